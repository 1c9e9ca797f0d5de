"""The command line: one file per command, thin; the only room that prints."""

from __future__ import annotations

from iopdocs.cli.app import main as main
