"""Data files: reading with positions, shape check, typed conversion and writing, and atomic writing of any file."""
