"""``iopdocs clauses``: the texts of the agreement, and an author's own texts that replace them."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

import click

from iopdocs.cli.swedish_click import SwedishGroup

COMMANDS = ("list", "show", "new", "diff", "check", "preview", "used")
"""The commands in the order an author needs them; each has its own module in this package."""


class ClauseGroup(SwedishGroup):
    """A group whose commands are imported only when used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands whose modules are installed."""
        return [name for name in COMMANDS if find_spec(_module(name)) is not None]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command *cmd_name*, imported when it is asked for."""
        if cmd_name not in self.list_commands(ctx):
            return None
        loaded = import_module(_module(cmd_name)).command
        return loaded if isinstance(loaded, click.Command) else None


def _module(name: str) -> str:
    return f"iopdocs.cli.commands.clauses_{name}_command"


@click.group(cls=ClauseGroup, name="clauses", short_help="Se avtalets texter, och skriv egna ovanpå dem.")
def command() -> None:
    """Se avtalets texter, och skriv egna ovanpå dem i ett lager: en mapp med textfiler.

    Börja med: iopdocs clauses list
    """
