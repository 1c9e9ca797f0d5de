"""The overview page of a batch: one HTML file that needs no other."""
