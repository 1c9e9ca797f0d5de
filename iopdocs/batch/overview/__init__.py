"""The overview page of a batch: one self-contained HTML file."""
