"""The findings of the linter as text, by section, with the line of the file and a mark under the place."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from iopdocs.cli.terminal import TerminalStyle, harmless, pointed, wrap
from iopdocs.errors import printable_name
from iopdocs.findings import Finding, Level
from iopdocs.library.layers import Library
from iopdocs.library.source import BASE, inclusions
from iopdocs.linter.report import Report
from iopdocs.model.agreement import DataOrigin

_COLOURS = {Level.ERROR: "red", Level.WARNING: "yellow", Level.ADVICE: "cyan"}
_DOCUMENT = "dokument/avtal.md.j2"


def report_text(
    report: Report, library: Library, source: DataOrigin | None, look: TerminalStyle, hidden: int = 0
) -> str:
    """Return *report* as text that ends with a line break.

    Args:
        report: the report.
        library: the library that the agreement was linted with; its sections give the headings and their order.
        source: the agreement's file: its text, and the place of each value in it.
        look: width, colours and encoding.
        hidden: how many findings a baseline hides.
    """
    lines = _lines_of(report, library, source)
    pieces = list(_header(report, look))
    for heading, findings in _by_section(report, library):
        pieces += ["", *(look.style(line, bold=True) for line in wrap(heading, look, 2))]
        for finding in findings:
            pieces += _finding(finding, [] if _is_missing(finding, report, source) else lines(finding.file), look)
    if not report.findings:
        pieces.append("  Inget att anmärka.")
    exempted = len(report.exempted)
    of_exempted = "{n} undantaget i avtalet" if exempted == 1 else "{n} undantagna i avtalet"
    aside = [of_exempted.format(n=exempted)] if exempted else []
    aside += [f"{hidden} i baslinjen"] if hidden else []
    if aside:
        pieces += wrap("Visas inte: {what}.".format(what=", ".join(aside)), look, 2)
    return "\n".join([*pieces, "", ""])


def _header(report: Report, look: TerminalStyle) -> Iterator[str]:
    tallies = [f"{t.profile}: {t.met} av {t.total} punkter uppfyllda" for t in report.tallies]
    file = printable_name(report.file)
    yield look.style(file, bold=True) + (f" – {harmless(tallies[0])}" if len(tallies) == 1 else "")
    if len(tallies) > 1:
        for tally in tallies:
            yield from wrap(tally, look, 2)


def _by_section(report: Report, library: Library) -> Iterator[tuple[str, list[Finding]]]:
    """Yield (heading, findings): the sections in the document's order, then the rest, then the texts of layers."""
    left = list(report.findings)
    elsewhere = [finding for finding in left if finding.file != report.file]
    left = [finding for finding in left if finding.file == report.file]
    for name in section_order(library):
        found = [finding for finding in left if finding.section == name]
        if found:
            yield library.heading(name), found
            left = [finding for finding in left if finding.section != name]
    if left:
        yield "Avtalet i övrigt", left
    if elsewhere:
        yield "Texterna i lagren", elsewhere


def section_order(library: Library) -> list[str]:
    """Return the names of the sections in the order of the agreement."""
    bodies = [layer.texts[_DOCUMENT].body for layer in reversed(library.layers) if _DOCUMENT in layer.texts]
    known = [name.rsplit("/", 1)[-1].split(".", 1)[0] for name in library.names("avsnitt/")]
    taken = (inclusion.name.removeprefix(BASE) for body in bodies for inclusion in inclusions(body))
    order = (name.removeprefix("avsnitt/").split(".", 1)[0] for name in taken if name.startswith("avsnitt/"))
    return list(dict.fromkeys([*order, *known]))


def _is_missing(finding: Finding, report: Report, source: DataOrigin | None) -> bool:
    """Return whether *finding* is about missing data: its place is then only the nearest existing one."""
    return finding.file == report.file and (source is None or finding.path not in source.positions)


def _lines_of(report: Report, library: Library, source: DataOrigin | None) -> Callable[[str], list[str]]:
    known = {report.file: source.text.split("\n") if source else []}

    def lines(file: str) -> list[str]:
        if file not in known:
            text = library.text_of(file)
            known[file] = text.lines if text else []
        return known[file]

    return lines


def _finding(finding: Finding, lines: list[str], look: TerminalStyle) -> Iterator[str]:
    place = printable_name(finding.file)
    if finding.position:
        named = finding.position.name
        place += f": {harmless(named)}" if named else f":{finding.position.line}:{finding.position.column}"
    level = look.style(finding.level.value, fg=_COLOURS[finding.level], bold=True)
    message = harmless(finding.message).replace("\n", " ")
    start = f"    {place} {finding.level.value} {finding.code}"
    first = next(wrap(message, look, len(start) + 1), "").strip() if len(start) + 20 < look.width else ""
    if first == " ".join(message.split()):
        yield f"    {place} {level} {finding.code} {first}"
    else:
        yield f"    {place}"
        head, *more = wrap(f"{finding.level.value} {finding.code} {message}", look, 4)
        yield head.replace(finding.level.value, level, 1)
        yield from more
    snippet = _snippet(finding, lines, look)
    yield from snippet
    if finding.quote and not snippet:
        yield from wrap(f"”{_short(finding.quote)}”", look, 6)
    yield from wrap(finding.path, look, 6)
    yield from wrap(finding.hint, look, 6)
    if finding.sources:
        yield from wrap("Källa: " + "; ".join(finding.sources), look, 6)


def _short(text: str) -> str:
    return text if len(text) <= 300 else text[:299] + "…"


def _snippet(finding: Finding, lines: list[str], look: TerminalStyle) -> list[str]:
    place, end = finding.position, finding.end
    if place is None or place.line > len(lines):
        return []
    line = lines[place.line - 1]
    if not line.strip():
        return []
    number = str(place.line)
    start = place.column - 1
    stop = start + 1 if end is None else end.column - 1 if end.line == place.line else len(line)
    shown, mark = pointed(line, start, stop, look.width - 9 - len(number), look.encoding)
    carets = look.style(mark.lstrip(), fg=_COLOURS[finding.level], bold=True)
    return [
        f"      {number} | {shown}".rstrip(),
        f"      {' ' * len(number)} | {' ' * (len(mark) - len(mark.lstrip()))}{carets}",
    ]
