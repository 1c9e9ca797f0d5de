"""Every command and every option tells what it does."""

from __future__ import annotations

from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from iopdocs.cli.app import application


def commands() -> Iterator[tuple[str, click.Command]]:
    context = click.Context(application)
    for name in application.list_commands(context):
        command = application.get_command(context, name)
        assert command is not None
        yield name, command


def test_the_promised_commands_exist() -> None:
    assert {"new", "render", "lint", "schema", "convert"} <= {name for name, _ in commands()}


@pytest.mark.parametrize(("name", "command"), list(commands()), ids=[name for name, _ in commands()])
def test_every_command_and_option_has_help(name: str, command: click.Command) -> None:
    shown = CliRunner().invoke(application, [name, "--help"])
    assert shown.exit_code == 0
    assert command.help
    silent = [p.name for p in command.params if isinstance(p, click.Option) and not p.help]
    assert silent == []


def test_every_command_is_listed_with_a_sentence() -> None:
    shown = CliRunner().invoke(application, ["--help"]).output
    for name, command in commands():
        assert name in shown
        assert command.get_short_help_str()
