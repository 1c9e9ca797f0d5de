"""The command ``iopdocs``. Every command ends with a Swedish message and an exit code, never a traceback."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from iopdocs.cli.swedish_click import SwedishGroup, usage_message
from iopdocs.cli.terminal import echo
from iopdocs.errors import IopdocsError, printable_name
from iopdocs.files.system_errors import is_too_long, reason, too_long

COMMANDS = (
    "new", "render", "lint", "rule", "rules", "review", "check", "styles", "schema", "convert", "workbook", "vagval",
    "batch", "register", "clauses", "variables",
)  # fmt: skip
"""Every command in the order a newcomer meets them; each has a module in :mod:`iopdocs.cli.commands`."""


class LazyGroup(SwedishGroup):
    """A group whose commands are imported only when used, so that ``--help`` is fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order a newcomer meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command *cmd_name*, imported when it is asked for."""
        if cmd_name == "preview":
            # A name that people may type; the help lists the command only once, under clauses.
            from iopdocs.cli.commands.clauses_command import command as clauses

            return clauses.get_command(ctx, cmd_name)
        if cmd_name not in (*COMMANDS, "help"):
            return None
        command = import_module(f"iopdocs.cli.commands.{cmd_name}_command").command
        return command if isinstance(command, click.Command) else None


def _version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value:
        from importlib.metadata import version

        echo(f"iopdocs {version('iopdocs')}")
        ctx.exit()


@click.group(
    cls=LazyGroup,
    help="Avtal om idéburet offentligt partnerskap (IOP): från en datafil till Word, och besked om vad som saknas.",
    epilog="Börja med: iopdocs new avtal.yaml",
)
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Visa versionen.")
def application() -> None:
    """Group the commands."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit: 0 for success, 1 for findings, 2 when something could not be read or run."""
    for stream in (sys.stdout, sys.stderr):
        # A console that cannot show a character must not stop the work: it prints a question mark.
        reconfigure: Callable[..., Any] | None = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
    sys.exit(_run(arguments))


def _run(arguments: Sequence[str] | None) -> int:
    try:
        result = application.main(args=arguments, prog_name="iopdocs", standalone_mode=False)
    except click.exceptions.Exit as done:
        return int(done.exit_code)
    except click.Abort:
        echo("Avbrutet.", err=True)
        return 130
    except click.ClickException as error:
        echo(usage_message(error), err=True)
        return 2
    except IopdocsError as error:
        echo(str(error), err=True)
        return 2
    except BrokenPipeError:
        # The reader of the output closed the pipe (| head): nothing more can be printed.
        with contextlib.suppress(OSError):
            sys.stdout.close()
        return 0
    except KeyboardInterrupt:
        echo("Avbrutet.", err=True)
        return 130
    except OSError as error:
        echo(_refused(error), err=True)
        return 2
    except Exception as error:
        # An internal error must not look like the user's error, nor print a traceback.
        if os.environ.get("IOPDOCS_DEBUG"):
            raise
        echo(f"Ett fel i iopdocs självt ({type(error).__name__}).", err=True)
        echo("Anmäl det gärna. Sätt IOPDOCS_DEBUG=1 för att se var det uppstod.", err=True)
        return 2
    return result if isinstance(result, int) else 0


def _refused(error: OSError) -> str:
    """Return the message about a file that was refused where no command expected it."""
    name = os.fsdecode(error.filename) if isinstance(error.filename, str | bytes | os.PathLike) else ""
    if is_too_long(error):
        return str(too_long(Path(name)))
    hint = "Kontrollera att namnet inte är för långt, att disken inte är full och att du får läsa och skriva där."
    return f"{printable_name(name)}: kunde inte läsas eller skrivas ({reason(error)})\n{hint}"
