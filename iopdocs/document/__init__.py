"""The document tree and what is done to it before it is written."""
