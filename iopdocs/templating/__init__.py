"""The language of the layers' texts: what a text may contain, how it is run, and its errors."""
