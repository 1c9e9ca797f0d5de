"""Where words come from: layers with texts, profiles and a reference document, and which layer won."""
