"""The command line: one thin file per command; the only room that prints."""

from __future__ import annotations

from iopdocs.cli.app import main as main
