"""The language of the layers' texts: what a text may say, how it is run, and what goes wrong in it."""
