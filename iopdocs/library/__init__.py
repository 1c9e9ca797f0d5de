"""Layers with texts, profiles and a reference document, and the look-up of which layer takes precedence."""
