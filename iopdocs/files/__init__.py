"""How data come and go: positioned reading, shape check, typed conversion, writing; the one way to write a file."""
