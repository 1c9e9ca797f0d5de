"""Click's help and messages in Swedish."""

from __future__ import annotations

import click

from iopdocs.errors import printable_name

_HELP = ("-h", "--help")


class SwedishCommand(click.Command):
    """A command whose help has Swedish headings."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        pieces = " ".join(self.collect_usage_pieces(ctx)).replace("[OPTIONS]", "[VAL]")
        formatter.write_usage(ctx.command_path, pieces, prefix="Så här: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options."""
        _write_options(self, ctx, formatter)

    def get_help_option_names(self, ctx: click.Context) -> list[str]:
        """Return the names of the help option, the same for every command however its context was made."""
        return list(_HELP)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the help option."""
        return _help_option(super().get_help_option(ctx))


class SwedishGroup(click.Group):
    """A group of commands whose help has Swedish headings."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the line of usage."""
        formatter.write_usage(ctx.command_path, "KOMMANDO [VAL]…", prefix="Så här: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands, then the options."""
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        limit = formatter.width - 6 - max((len(name) for name, _command in commands), default=0)
        with formatter.section("Kommandon"):
            formatter.write_dl([(name, command.get_short_help_str(limit)) for name, command in commands if command])
        _write_options(self, ctx, formatter)

    def get_help_option_names(self, ctx: click.Context) -> list[str]:
        """Return the names of the help option, the same for every command however its context was made."""
        return list(_HELP)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the help option."""
        return _help_option(super().get_help_option(ctx))


def _write_options(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    options = [param for param in command.get_params(ctx) if isinstance(param, click.Option)]
    records = [record for option in options if (record := option.get_help_record(ctx)) is not None]
    if records:
        with formatter.section("Val"):
            formatter.write_dl([(name, text.replace("[required]", "[krävs]")) for name, text in records])


def _help_option(option: click.Option | None) -> click.Option | None:
    if option is not None:
        option.help = "Visa den här hjälpen."
    return option


def usage_message(error: click.ClickException) -> str:
    """Return the error in how a command was called, in Swedish, and how to see its help."""
    if isinstance(error, click.NoSuchOption):
        text = f"valet {error.option_name} finns inte"
        if error.possibilities:
            text += f" – menade du {sorted(error.possibilities)[0]}?"
    elif isinstance(error, click.MissingParameter):
        name = error.param.make_metavar(error.ctx) if error.param is not None and error.ctx is not None else ""
        if isinstance(error.param, click.Option):
            name = error.param.opts[0]
        text = f"{name} saknas"
    elif isinstance(error, click.BadParameter):
        name = error.param.opts[0] if error.param is not None else ""
        choices = getattr(getattr(error.param, "type", None), "choices", None)
        if choices:
            text = "{name} ska vara något av: {words}".format(name=name, words=", ".join(map(str, choices)))
        else:
            text = f"{name} har ett värde som inte går: {error.message}"
    elif isinstance(error, click.BadOptionUsage) and "does not take" in error.message:
        text = f"valet {error.option_name} tar inget värde"
    elif isinstance(error, click.BadOptionUsage):
        text = f"valet {error.option_name} behöver ett värde"
    elif "No such command" in error.message:
        text = "kommandot finns inte: {name}".format(name=error.message.split("'")[1])
    elif "Missing command" in error.message:
        text = "ange ett kommando"
    elif "unexpected extra argument" in error.message:
        text = "för många argument"
    else:
        text = error.message
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "iopdocs"
    return printable_name(text) + "\n" + f"Skriv {path} --help för hjälp."
