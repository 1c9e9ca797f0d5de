"""``iopdocs styles``: create a Word template to change, and check what a Word template provides."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from iopdocs.cli import options
from iopdocs.cli.checker_output import unreadable_in_output, write_findings
from iopdocs.cli.file_paths import quoted, refuse_existing
from iopdocs.cli.swedish_click import SwedishCommand, SwedishGroup
from iopdocs.cli.terminal import echo
from iopdocs.errors import LibraryError, WriteError

if TYPE_CHECKING:
    from iopdocs.authoring.word_template_parts import HeaderReport
    from iopdocs.authoring.word_template_report import StyleReport, TemplateReport
    from iopdocs.cli.terminal import TerminalStyle
    from iopdocs.findings import FailOn

_LARGEST = 100_000_000


@click.group(cls=SwedishGroup, name="styles", short_help="Börja på en egen Word-mall, eller pröva den.")
def command() -> None:
    """Börja på en egen Word-mall, eller pröva den innan den läggs i ett lager som mall.docx."""


@command.command(cls=SwedishCommand, name="new", short_help="Skapa en Word-mall att ändra i.")
@click.argument("mall", metavar="MALL", type=options.PATH)
@options.layers("Lager vars mall kopieras; kan upprepas, det sista överst. Annars enligt iopdocs.yaml.")
@click.option("--overwrite", is_flag=True, help="Ersätt filen om den finns.")
@options.no_config
def new(mall: Path, layers: tuple[Path, ...], overwrite: bool, no_config: bool) -> None:
    """Skapa MALL (.docx), en kopia av den Word-mall som avtalen har nu, att ändra i Word."""
    from iopdocs.cli.lint_settings import LintCommandOptions, LintSettingsFinder
    from iopdocs.files.atomic import write_atomically

    if mall.suffix.lower() != ".docx":
        raise WriteError.one("en Word-mall slutar på .docx", "skriv till exempel mall.docx", str(mall))
    refuse_existing(mall, overwrite)
    reference = (
        LintSettingsFinder(LintCommandOptions(layers=layers, no_config=no_config))
        .of(Path("avtal.yaml"))
        .library.reference
    )
    assert reference is not None  # the base layer has one
    write_atomically(mall, reference)
    echo("Skapade {file}. Ändra den i Word och kör sedan: iopdocs styles check {file}".format(file=quoted(mall)))


@command.command(cls=SwedishCommand, name="check", short_help="Säg vad en Word-mall ger avtalet.")
@click.argument("mall", metavar="MALL", type=click.Path(readable=False, path_type=Path))
@options.finding_report
def check(mall: Path, form: str, output: Path | None, overwrite: bool, fail_on: FailOn | None) -> int:
    """Säg vad Word-mallen MALL (.docx eller .dotx) ger avtalet: stilar, sida, sidhuvud och sidfot.

    Slutkod 0: mallen går att använda. 1: det finns något på nivån --fail-on. 2: filen går inte att läsa.
    """
    from iopdocs.authoring.word_template_report import REMARKS, report_on

    with unreadable_in_output(form, output, REMARKS, "iopdocs styles check"):
        report = report_on(_read(mall), str(mall))
    return write_findings(
        form, output, text=lambda look: shown(report, look), data={"format": 1, **report.as_data()},
        findings=report.remarks, described=REMARKS, command="iopdocs styles check", read=(mall,), fail_on=fail_on,
    )  # fmt: skip


def _read(path: Path) -> bytes:
    message, hint = "filen kan inte läsas", "kontrollera att du får läsa den"
    try:
        if path.is_dir():
            message, hint = "är en mapp, ingen fil", "ange en Word-mall (.docx eller .dotx)"
        elif path.stat().st_size > _LARGEST:
            message, hint = "filen är större än 100 MB", "minska bilderna i den"
        elif path.is_file() or not path.exists():  # A pipe would block for ever.
            return path.read_bytes()
    except FileNotFoundError:
        message, hint = "filen finns inte", "kontrollera namnet"
    except (OSError, ValueError):
        pass
    raise LibraryError.one(message, hint, str(path))


def shown(report: TemplateReport, look: TerminalStyle) -> Iterator[str]:
    """Yield *report* as lines of text."""
    from iopdocs.cli.terminal import harmless, in_one_piece, wrap
    from iopdocs.findings import Level

    verdict = "går att använda" if report.usable else "behöver rättas"
    yield from (look.style(line, bold=True) for line in wrap(f"{in_one_piece(report.file)} – {verdict}", look, 0))
    for remark in sorted(report.remarks, key=lambda one: one.level is not Level.ERROR):
        word, colour = ("viktigt", "red") if remark.level is Level.ERROR else ("råd", "yellow")
        first, *rest = wrap(f"{word}: {remark.message} {remark.hint}", look, 2)
        yield first.replace(word, look.style(word, fg=colour, bold=True), 1)
        yield from rest
    found = [one for one in report.styles if one.found]
    missing = [one for one in report.styles if not one.found]
    for heading, lines in (
        ("Stilar som används ur mallen", map(_found, found)),
        ("Stilar som mallen saknar", map(_missing, missing)),
        ("Numrering", iter([report.numbering])),
        ("Sida", _page(report)),
        ("Sidhuvud och sidfot", _headers(report.headers)),
        ("Följer inte med till avtalet", iter(report.left_out)),
    ):
        body = list(lines)
        if body:
            yield ""
            yield look.style(heading, bold=True)
            for line in body:
                yield from wrap(harmless(line), look, 2)


def _found(one: StyleReport) -> str:
    return f"{one.role}: {one.shown} ({one.found})"


def _missing(one: StyleReport) -> str:
    instead = "{role}: iopdocs lägger till {style}" if one.added else "{role}: mallens {style} används"
    return instead.format(role=one.role, style=one.shown)


def _page(report: TemplateReport) -> Iterator[str]:
    page = report.page
    name = "A4" if page.is_a4 else "inte A4"
    yield f"{name}, {page.width} × {page.height} mm; texten är {page.text_width} mm bred"
    top, right, bottom, left = page.margins
    yield f"Marginaler: överst {top}, höger {right}, nederst {bottom}, vänster {left} mm"
    yield "Mallens språk: {language}. Avtalets språk sätts av iopdocs.".format(
        language=report.language or "inte angivet"
    )


def _headers(headers: tuple[HeaderReport, ...]) -> Iterator[str]:
    if not headers:
        yield "Mallen har varken sidhuvud eller sidfot."
    for one in headers:
        says = [f"”{one.text}”" if one.text else "ingen text"]
        if one.filled:
            says.append("iopdocs fyller i {fields}".format(fields=", ".join(one.filled)))
        if one.other_controls:
            says.append("fylls inte i: {fields}".format(fields=", ".join(one.other_controls)))
        if one.fields:
            says.append("fält som Word räknar ut: {fields}".format(fields=", ".join(one.fields)))
        for picture in one.pictures:
            text = "dekorativ" if picture.decorative else f"”{picture.text}”" if picture.text else "saknas"
            says.append(f"bild, alternativtext: {text}")
        yield f"{one.kind.capitalize()}, {one.pages}: {'; '.join(says)}"
