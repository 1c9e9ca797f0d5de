"""Escapes and bombs: hostile files of every kind that iopdocs reads, each with one line that says what it tries.

The keys of the dictionaries are those lines; ``python -m tests.corpus`` prints them all. Files that are not text are
built when they are needed, and none is stored. Whatever finds a new way adds it here.
"""
