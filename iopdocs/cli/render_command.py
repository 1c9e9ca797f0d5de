"""``iopdocs render``: data files become documents."""

from __future__ import annotations

from pathlib import Path

import click

from iopdocs.cli.places import quoted
from iopdocs.cli.swedish import SwedishCommand
from iopdocs.errors import IopdocsError, Problem, WriteError
from iopdocs.messages import _


@click.command(cls=SwedishCommand, name="render", short_help="Gör Word, HTML eller Markdown av datafiler.")
@click.argument("filer", metavar="FIL…", nargs=-1, required=True, type=click.Path(readable=False, path_type=Path))
@click.option(
    "-o",
    "--output",
    "output",
    metavar="PLATS",
    required=True,
    help="Fil, eller mapp om den finns eller slutar med snedstreck.",
)
@click.option(
    "--to",
    "kind",
    type=click.Choice(["docx", "html", "md"]),
    help="Slag av dokument; annars efter filens ändelse, eller docx.",
)
@click.option("--final", is_flag=True, help="Färdigt dokument utan utkastmärken; går inte så länge något saknas.")
@click.option(
    "--layer",
    "layers",
    metavar="MAPP",
    multiple=True,
    type=click.Path(readable=False, path_type=Path),
    help="Lager med egna texter; kan upprepas, det sista överst. Annars enligt iopdocs.yaml.",
)
@click.option("--no-config", is_flag=True, help="Läs inte iopdocs.yaml.")
@click.option("--overwrite", is_flag=True, help="Ersätt även dokument som har ändrats eller inte är gjorda av iopdocs.")
def command(
    filer: tuple[Path, ...],
    output: str,
    kind: str | None,
    final: bool,
    layers: tuple[Path, ...],
    no_config: bool,
    overwrite: bool,
) -> int:
    """Gör ett dokument av varje FIL (.yaml, .yml eller .json).

    Det som saknas i avtalet visas som gula platshållare, om du inte väljer --final.
    """
    from iopdocs.cli.setups import Options, Setups
    from iopdocs.files.load import load
    from iopdocs.produce import NotFinalError, lint, render

    targets = _targets(filer, output, kind)
    setups = Setups(Options(layers=layers, no_config=no_config))
    worst = 0
    for source, target, setup in zip(filer, targets, [setups.of(source) for source in filer], strict=True):
        try:
            agreement = load(source)
            report = lint(
                agreement, library=setup.library, profiles=setup.profiles, limits=setup.limits, select=setup.select,
                ignore=setup.ignore,
            )  # fmt: skip
            document = render(agreement, library=setup.library, profile=setup.profiles, final=final)
            _make_folder(target.parent, output)
            document.save(target, overwrite=overwrite)
        except NotFinalError as error:
            click.echo(_("{file}: blir inte färdigt förrän detta är åtgärdat:").format(file=source), err=True)
            click.echo(str(error), err=True)
            worst = max(worst, 1)
        except IopdocsError as error:
            click.echo(str(error), err=True)
            worst = 2
        else:
            left = len(report.findings)
            rest = (
                _("inget saknas")
                if not left
                else _("{n} att åtgärda – se: iopdocs lint {file}").format(n=left, file=quoted(source))
            )
            click.echo(f"{target}: {rest}")
    return worst


def _targets(sources: tuple[Path, ...], output: str, kind: str | None) -> list[Path]:
    """Return where each of *sources* goes; folders named with a final slash are made."""
    place = Path(output)
    if not (output.endswith(("/", "\\")) or place.is_dir()):
        if len(sources) > 1:
            raise WriteError(
                [Problem(_("flera filer kan inte bli en"), _("ange en mapp: {place}/").format(place=output), output)]
            )
        if kind and place.suffix.lower() != f".{kind}":
            raise WriteError(
                [
                    Problem(
                        _("ändelsen passar inte med --to {kind}").format(kind=kind),
                        _("skriv {name}").format(name=place.with_suffix(f".{kind}")),
                        output,
                    )
                ]
            )
        return [place]
    targets = [place / f"{source.stem}.{kind or 'docx'}" for source in sources]
    seen: dict[str, Path] = {}
    for source, target in zip(sources, targets, strict=True):
        other = seen.setdefault(str(target).casefold(), source)
        if other is not source:
            raise WriteError(
                [
                    Problem(
                        _("{one} och {other} skulle bli samma dokument").format(one=other, other=source),
                        _("gör dem var för sig"),
                        str(target),
                    )
                ]
            )
    return targets


def _make_folder(folder: Path, output: str) -> None:
    """Make the folder that *output* named with a final slash; any other folder must be there already."""
    if not output.endswith(("/", "\\")):
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        hint = _("ange en mapp som du får skriva i")
        raise WriteError([Problem(_("mappen kan inte skapas"), hint, output)]) from error
