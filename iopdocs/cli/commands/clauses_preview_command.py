"""``iopdocs clauses preview``: the document in the browser while its texts and data are being written."""

from __future__ import annotations

import webbrowser
from datetime import datetime
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import click

from iopdocs.cli import options
from iopdocs.cli.swedish_click import SwedishCommand
from iopdocs.cli.terminal import echo
from iopdocs.errors import LoadError, install_hint

if TYPE_CHECKING:
    from iopdocs.cli.lint_settings import LintCommandOptions
    from iopdocs.preview.watched_files import PreviewInputs, PreviewSource, WatchedPaths

_EXTRA = ("starlette", "uvicorn", "watchfiles")


def _port(_context: click.Context, param: click.Parameter, value: str) -> int:
    if not value.isascii() or not value.isdigit() or int(value[:6]) > 65535:
        raise click.BadParameter("skriv ett tal från 1 till 65535", param=param)
    return int(value)


@click.command(
    cls=SwedishCommand, name="preview", short_help="Visa avtalet i webbläsaren medan du ändrar texter och uppgifter."
)
@click.argument("fil", metavar="[FIL]", required=False, type=options.PATH)
@options.layers("Lager med egna texter; kan upprepas, det sista överst. Annars enligt iopdocs.yaml.")
@options.profiles
@click.option(
    "--port", metavar="N", callback=_port, default="0", help="Port på den här datorn, 1–65535. Annars en ledig."
)
@click.option("--no-open", is_flag=True, help="Öppna inte webbläsaren.")
@options.no_config
def command(
    fil: Path | None, layers: tuple[Path, ...], profiles: tuple[str, ...], port: int, no_open: bool, no_config: bool
) -> int:
    """Visa avtalet i FIL i webbläsaren: texten, fynden och varifrån varje stycke kommer.

    Sidan följer med när texterna eller uppgifterna ändras. Utan FIL visas ett exempelavtal. Sidan kan bara ses på den
    här datorn. Avsluta med Ctrl-C.
    """
    from iopdocs.cli.lint_settings import LintCommandOptions
    from iopdocs.linter.options import LintOptions

    try:
        from iopdocs.preview.server import address_of, listen, server_of
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _EXTRA:
            raise
        echo(f"Förhandsvisningen behöver några paket till: {install_hint(*_EXTRA)}", err=True)
        return 2
    from iopdocs.preview.current_view import PreviewState

    _refuse_nothing(fil)
    chosen = LintCommandOptions(lint=LintOptions(profiles=profiles), layers=layers, no_config=no_config)
    source = source_of(fil, chosen)
    listening = listen(port)
    address = address_of(listening)
    echo(f"Förhandsvisning: {address}  (avsluta med Ctrl-C)")
    if not no_open:
        # Some browsers block the caller until they are closed.
        Thread(target=webbrowser.open, args=[address], daemon=True).start()
    try:
        server_of(PreviewState(source, datetime.now), listening).run(sockets=[listening])
    except KeyboardInterrupt:
        pass
    finally:
        listening.close()
    echo("Förhandsvisningen är avslutad.")
    return 0


def source_of(file: Path | None, chosen: LintCommandOptions) -> PreviewSource:
    """Return the source of the preview: *file* with the options *chosen*, or with the settings above it."""
    from iopdocs.preview.watched_files import PreviewSource

    return PreviewSource(file=file, given=lambda: _given(file, chosen), places=lambda: _places(file, chosen))


def _refuse_nothing(file: Path | None) -> None:
    """Refuse a missing file at once; one with errors is shown with its errors, to be corrected."""
    from iopdocs.files.loader import load

    if file is not None and not file.is_file():
        load(file)


def _given(file: Path | None, chosen: LintCommandOptions) -> PreviewInputs:
    from iopdocs.cli.lint_settings import LintSettingsFinder
    from iopdocs.preview.watched_files import PreviewInputs

    setup = LintSettingsFinder(chosen).of(_beside(file))
    return PreviewInputs(library=setup.library, options=setup.lint)


def _places(file: Path | None, chosen: LintCommandOptions) -> WatchedPaths:
    """Return the paths to watch, including settings that do not exist yet and layers named by invalid settings."""
    from iopdocs.library.project_settings import NAME, find_settings, load_settings
    from iopdocs.preview.watched_files import WatchedPaths, base_layer_in_checkout

    files = [file.absolute()] if file is not None else []
    layers = [layer.absolute() for layer in chosen.layers]
    if not chosen.no_config:
        here = _beside(file).absolute().parent
        files += [folder / NAME for folder in (here, *here.parents)]
        try:
            settings = find_settings(here)
            if settings is not None:
                files.append(settings)
                if not layers:
                    layers += [layer.absolute() for layer in load_settings(settings).layers]
        except LoadError:
            pass
    base = base_layer_in_checkout()
    files += [layer for layer in layers if layer.is_file()]
    folders = [layer for layer in layers if not layer.is_file()]
    return WatchedPaths(tuple(dict.fromkeys(files)), tuple(dict.fromkeys([*folders, *([base] if base else [])])))


def _beside(file: Path | None) -> Path:
    return file if file is not None else Path("iopdocs.yaml")
