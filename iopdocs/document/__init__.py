"""The document tree and its transformations before it is written."""
