"""``iopdocs help``: the help of a command, as ``--help`` shows it."""

from __future__ import annotations

import click

from iopdocs.cli.swedish_click import SwedishCommand
from iopdocs.cli.terminal import echo


@click.command(cls=SwedishCommand, name="help", short_help="Visa hjälpen om ett kommando.")
@click.argument("kommando", metavar="[KOMMANDO]…", nargs=-1)
@click.pass_context
def command(context: click.Context, kommando: tuple[str, ...]) -> None:
    """Visa hjälpen om KOMMANDO, till exempel iopdocs help clauses check. Utan KOMMANDO visas alla kommandon."""
    shown = context.find_root()
    for name in kommando:
        group = shown.command
        found = group.get_command(shown, name) if isinstance(group, click.Group) else None
        if found is None:
            raise click.UsageError(f"kommandot finns inte: {' '.join(kommando)}", shown)
        shown = click.Context(found, info_name=name, parent=shown)
    echo(shown.get_help())
