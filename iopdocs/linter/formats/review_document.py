"""The data of a granskningsprotokoll: what was reviewed, how each profile is met, all findings, and what was omitted."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import PurePath

import attrs
from attrs import frozen

from iopdocs.assembly import render_document
from iopdocs.document.tree import Document, Section, SectionKind
from iopdocs.document.walk import blocks_of, plain
from iopdocs.errors import Position
from iopdocs.findings import Finding, Level
from iopdocs.library.data_paths import holds
from iopdocs.library.layers import Library
from iopdocs.library.profiles import Change, Point
from iopdocs.linter.engine import FAILED
from iopdocs.linter.options import LintOptions
from iopdocs.linter.report import CheckedPoint, Report, Tally
from iopdocs.linter.rules import RULES
from iopdocs.linter.tool_description import NAME, tool_version
from iopdocs.model.agreement import Agreement
from iopdocs.model.fields import entry

DOCUMENT = "granskningsprotokoll"
"""The document text that prints a review, and the title of the result."""
ROOT = "granskning"
"""The name of the review in its texts."""
MOST_SHOWN = 1000
"""The largest number of listed findings; the rest is in the other reports."""

_OWN_PLACE = re.compile(r"(egna_avsnitt|bilagor)\[(\d+)\]")
_NO_FILE = ("", "<text>")


@frozen(kw_only=True)
class ReviewedPoint:
    """A point of a profile, and whether it is met."""

    code: str | None = entry("kod", "Kod", "Punktens kod.")
    title: str | None = entry("titel", "Titel", "Vad som ska finnas.")
    section: str | None = entry("avsnitt", "Avsnitt", "Avsnittet i avtalet där det hör hemma, med nummer om det finns.")
    met: bool | None = entry("uppfylld", "Uppfylld", "Ja om avtalet har det.")
    where: str | None = entry("var", "Var", "Den bilaga där det finns, om det inte finns i avsnittet.")
    sources: str | None = entry("källa", "Källa", "Källorna: dokument och rubrik.")


@frozen(kw_only=True)
class ReviewedChange:
    """A point or a rule that a profile removes, or gives another level."""

    code: str | None = entry("kod", "Kod", "Punktens eller regelns kod.")
    title: str | None = entry("titel", "Titel", "Punktens titel eller regelns rubrik.")
    removed: bool | None = entry("tas_bort", "Tas bort", "Ja om den inte gäller.")
    level: Level | None = entry("nivå", "Nivå", "Den nivå som profilen ger.")
    reason: str | None = entry("skäl", "Skäl", "Profilens skäl.")


@frozen(kw_only=True)
class ReviewedProfile:
    """A profile, and how the agreement meets it."""

    name: str | None = entry("namn", "Namn", "Profilens namn.")
    description: str | None = entry("beskrivning", "Beskrivning", "Vems krav det är.")
    met: int | None = entry("uppfyllda", "Uppfyllda", "Så många punkter är uppfyllda.")
    total: int | None = entry("antal", "Antal", "Så många punkter har profilen.")
    points: tuple[ReviewedPoint, ...] = entry("punkter", "Punkter", "Punkterna, i avsnittens ordning.", many=True)
    changes: tuple[ReviewedChange, ...] = entry(
        "ändringar", "Ändringar", "Punkter och regler som profilen tar bort eller ger en annan nivå.", many=True
    )


@frozen(kw_only=True)
class ReviewedFinding:
    """A finding, or several that demand the same; with *reason* an exempted one."""

    code: str | None = entry("kod", "Kod", "Regelns kod, eller flera med komma mellan.")
    message: str | None = entry("meddelande", "Meddelande", "Vad som är fel.")
    hint: str | None = entry("gör_så", "Gör så", "Vad som skulle vara rätt.")
    sources: str | None = entry("källa", "Källa", "Källorna: dokument och rubrik.")
    section: str | None = entry("avsnitt", "Avsnitt", "Avsnittet i avtalet, eller att det inte hör till något.")
    row: int | None = entry("rad", "Rad", "Raden i datafilen.")
    reason: str | None = entry("skäl", "Skäl", "Skälet till ett undantag.")


@frozen(kw_only=True)
class LevelFindings:
    """All findings of one level."""

    level: Level | None = entry("nivå", "Nivå", "fel, varning eller råd.")
    count: int | None = entry("antal", "Antal", "Så många är de.")
    findings: tuple[ReviewedFinding, ...] = entry("fynd", "Fynd", "Fynden, i avsnittens ordning.", many=True)
    left_out: int | None = entry("visas_inte", "Visas inte", "Så många av dem är inte med i listan.")


@frozen(kw_only=True)
class Review:
    """A review of an agreement, ready to be printed."""

    day: date | None = entry("dag", "Dag", "Dagen för granskningen.")
    tool: str | None = entry("verktyg", "Verktyg", "Programmet och dess version.")
    file: str | None = entry("datafil", "Datafil", "Namnet på avtalets datafil.")
    digest: str | None = entry(
        "kontrollsumma",
        "Kontrollsumma",
        "De första 16 tecknen av SHA-256 för datafilens text i UTF-8, utan BOM och med radslut LF.",
    )
    profiles: tuple[ReviewedProfile, ...] = entry(
        "profiler", "Profiler", "Profilerna, i den ordning de begärts.", many=True
    )
    levels: tuple[LevelFindings, ...] = entry(
        "nivåer", "Nivåer", "Fynden nivå för nivå, de allvarligaste först.", many=True
    )
    exempted: tuple[ReviewedFinding, ...] = entry("undantag", "Undantag", "Fynd som avtalet undantar.", many=True)
    not_examined: tuple[str, ...] = entry(
        "ej_prövat", "Ej prövat", "Vad som inte är prövat, som hela meningar.", many=True
    )
    texts: int | None = entry("texter", "Texter", "Så många texter är avtalet satt med.")
    texts_reviewed: int | None = entry(
        "granskade_texter", "Granskade texter", "Så många av dem har en jurist granskat."
    )


def make_review(
    agreement: Agreement,
    library: Library,
    report: Report,
    document: Document,
    options: LintOptions,
) -> Review:
    """Return the review of *agreement* from *report*; its *document* gives the numbers of the sections.

    *options* are those of the report; their day is that of the review.
    """
    texts = _texts(document, library)
    source = agreement.source if agreement.source and agreement.source.file not in _NO_FILE else None
    return Review(
        day=options.today,
        tool=f"{NAME} {tool_version()}",
        file=PurePath(source.file).name if source else None,
        digest=hashlib.sha256(source.text.encode()).hexdigest()[:16] if source else None,
        profiles=tuple(_profile(agreement, library, document, tally) for tally in report.tallies),
        levels=tuple(_levels(document, report)),
        exempted=tuple(
            attrs.evolve(_finding(document, one.finding), reason=one.reason) for one in report.exempted[:MOST_SHOWN]
        ),
        not_examined=tuple(_not_examined(agreement, library, report, options)),
        texts=len(texts),
        texts_reviewed=sum(reviewed for reviewed in texts.values()),
    )


def review_document(agreement: Agreement, library: Library, review: Review) -> Document:
    """Return *review* of *agreement* as a document, made by the library's text ``dokument/granskningsprotokoll.md.j2``.

    Raises:
        RenderError: when a text of the library is wrong.
    """
    document = render_document(agreement, library, DOCUMENT, {ROOT: review})
    title = f"{plain(document.title) or 'Granskningsprotokoll'}: {document.properties.title}"
    return attrs.evolve(document, properties=attrs.evolve(document.properties, title=title, status="", draft=False))


def _profile(agreement: Agreement, library: Library, document: Document, tally: Tally) -> ReviewedProfile:
    order = [one.name for one in document.outline]
    checked = sorted(tally.checked, key=lambda one: _rank(order, one.point.section or ""))
    return ReviewedProfile(
        name=tally.profile,
        description=library.profile(tally.profile).description,
        met=tally.met,
        total=tally.total,
        points=tuple(_point(agreement, document, one) for one in checked),
        changes=tuple(_change(library, one) for one in library.profile(tally.profile).changes),
    )


def _change(library: Library, change: Change) -> ReviewedChange:
    points = (point for layer in library.layers for name in layer.profiles for point in library.profile(name).points)
    titles = (point.title for point in points if point.code == change.code)
    rules = (rule.page.title for rule in RULES if rule.code == change.code)
    title = next(titles, None) or next(rules, None)
    return ReviewedChange(
        code=change.code, title=title, removed=change.removed is True, level=change.level,
        reason=_sentence(change.reason or "") or None,
    )  # fmt: skip


def _rank(order: Sequence[str], name: str) -> int:
    return order.index(name) if name in order else len(order)


def _point(agreement: Agreement, document: Document, checked: CheckedPoint) -> ReviewedPoint:
    point = checked.point
    return ReviewedPoint(
        code=point.code,
        title=point.title,
        section=_section(document, point.section or "") or "Utanför avtalets text",
        met=checked.met,
        where=_where(agreement, point) if checked.met else None,
        sources="; ".join(map(str, point.sources)) or None,
    )


def _where(agreement: Agreement, point: Point) -> str | None:
    """Return the appendices that meet a point, when its own section does not."""
    if not point.paths or any(holds(agreement, path) for path in point.paths):
        return None
    may_be_appended = [path for path in point.paths if path.partition(".")[0] in ("insatser", "ekonomi")]
    numbers = [
        str(number)
        for number, appendix in enumerate(agreement.appendices, 1)
        if any(holds(appendix, path) for path in may_be_appended)
    ]
    return "bilaga {numbers}".format(numbers=", ".join(numbers)) if numbers else None


def _section(document: Document, name: str) -> str:
    """Return the heading of section *name*, with its number when the agreement prints it."""
    section = _shown(document, name)
    if section is not None:
        return f"{section.number} {plain(section.heading)}".strip()
    return next((one.heading for one in document.outline if one.name == name), "")


def _shown(document: Document, name: str) -> Section | None:
    return next((one for one in document.sections if one.name == name and one.kind is not SectionKind.APPENDIX), None)


def _levels(document: Document, report: Report) -> Iterator[LevelFindings]:
    room = MOST_SHOWN
    order = [one.name for one in document.outline]
    findings = sorted(report.findings, key=lambda one: _rank(order, _place(one)))
    for level in sorted(Level, key=lambda one: -one.rank):
        found = [finding for finding in findings if finding.level is level]
        gaps = _by_gap(found)
        shown = gaps[:room]
        room -= len(shown)
        yield LevelFindings(
            level=level,
            count=len(found),
            findings=tuple(_finding(document, *same) for same in shown),
            left_out=len(found) - sum(map(len, shown)) or None,
        )


def _by_gap(findings: Sequence[Finding]) -> list[list[Finding]]:
    """Return *findings* in order, grouping those in which points of several profiles report the same gap."""
    gaps: dict[tuple[str, str, str, int], list[Finding]] = {}
    for number, finding in enumerate(findings, 1):
        # Only points can demand the same thing: a rule that reports the same twice has found two places.
        alone = 0 if finding.profiles else number
        gaps.setdefault((finding.path, finding.message, finding.section, alone), []).append(finding)
    return list(gaps.values())


def _finding(document: Document, *same: Finding) -> ReviewedFinding:
    finding = same[0]
    elsewhere = "Utanför avsnitten" if finding.path else "Hela avtalet"
    # A finding without a place has the first place in the file, which carries no information.
    row = finding.position.line if finding.position and finding.position != Position(1, 1) else None
    return ReviewedFinding(
        code=", ".join(dict.fromkeys(one.code for one in same)),
        message=_sentence(finding.message),
        # Hints on the same gap differ in how much they ask for; meeting the longest meets all.
        hint=_sentence(max((one.hint for one in same), key=len)) or None,
        sources="; ".join(dict.fromkeys(source for one in same for source in one.sources)) or None,
        section=_appendix(document, finding.path) or _section(document, _place(finding)) or elsewhere,
        row=row,
    )


def _place(finding: Finding) -> str:
    """Return the name of the section that *finding* belongs to: an own section has its number in the data."""
    own = _OWN_PLACE.match(finding.path)
    return f"eget-{own[2]}" if own and own[1] == "egna_avsnitt" and not finding.section else finding.section


def _appendix(document: Document, path: str) -> str:
    """Return the number and the heading of the appendix that prints *path*."""
    own = _OWN_PLACE.match(path)
    if own is None or own[1] != "bilagor":
        return ""
    section = next((one for one in document.sections if one.id == f"bilaga-{own[2]}"), None)
    return f"{section.number} {plain(section.heading)}".strip() if section is not None else ""


def _sentence(text: str) -> str:
    """Return *text*, which follows other text on a line in other reports, as a sentence."""
    text = text.strip()
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text.endswith((".", "!", "?", ":", "”")) else ".")


def _texts(document: Document, library: Library) -> dict[str, bool]:
    """Return the texts that *document* is made from, and whether a lawyer has reviewed each."""
    names = {block.origin.file for block in blocks_of(document) if hasattr(block, "origin")}
    names |= {section.origin.file for section in document.sections}
    found = {name: library.find(name) for name in sorted(names) if name}
    return {
        name: (one[1].front.reviewed or "nej").strip().casefold() not in ("nej", "")
        for name, one in found.items()
        if one is not None
    }


def _not_examined(agreement: Agreement, library: Library, report: Report, options: LintOptions) -> Iterator[str]:
    asked = {tally.profile for tally in report.tallies}
    others = sorted({name for layer in library.layers for name in layer.profiles} - asked)
    if others:
        yield "Avtalet är inte prövat mot dessa profiler: {names}.".format(names=", ".join(others))
    if options.today is None:
        yield "Ingen granskningsdag är angiven. Regler som räknar från en dag har därför inte prövats."
    if options.select:
        yield "Bara regler vars koder börjar så här har prövats: {codes}.".format(codes=", ".join(options.select))
    if options.ignore:
        yield "Regler vars koder börjar så här har lämnats utanför: {codes}.".format(codes=", ".join(options.ignore))
    for finding in report.findings:
        if finding.code == FAILED:
            yield _sentence(finding.message)
    files = sum(1 for appendix in agreement.appendices if appendix.file)
    if files:
        yield f"Bilagor som är egna filer har inte lästs: {files}."
