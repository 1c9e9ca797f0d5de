"""``python -m iopdocs`` is the command line."""

from iopdocs.cli import main

main()
