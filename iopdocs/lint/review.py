"""The data of a granskningsprotokoll: what was reviewed, how each profile is met, every finding, and what was left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import PurePath

import attrs
from attrs import frozen

from iopdocs.errors import Position
from iopdocs.library.layers import Library
from iopdocs.library.paths import holds
from iopdocs.library.profiles import Level, Point
from iopdocs.lint.engine import FAILED
from iopdocs.lint.findings import Checked, Finding, Report, Tally
from iopdocs.lint.tool import NAME, tool_version
from iopdocs.messages import _
from iopdocs.model.agreement import Agreement
from iopdocs.model.fields import entry
from iopdocs.render.document import Document, Section, SectionKind, blocks_of, plain
from iopdocs.render.engine import render_document

DOCUMENT = "granskningsprotokoll"
"""The document of the layers that prints a review, and the title of what it makes."""
ROOT = "granskning"
"""The name under which its texts find the review."""
MOST_SHOWN = 1000
"""Findings that are listed at the most; nobody reads further, and the rest is in the other reports."""


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
class ReviewedProfile:
    """A profile, and how the agreement meets it."""

    name: str | None = entry("namn", "Namn", "Profilens namn.")
    description: str | None = entry("beskrivning", "Beskrivning", "Vems krav det är.")
    met: int | None = entry("uppfyllda", "Uppfyllda", "Så många punkter är uppfyllda.")
    total: int | None = entry("antal", "Antal", "Så många punkter har profilen.")
    points: tuple[ReviewedPoint, ...] = entry("punkter", "Punkter", "Punkterna, i avsnittens ordning.", many=True)


@frozen(kw_only=True)
class ReviewedFinding:
    """A finding, or with *reason* one that the agreement excepts."""

    code: str | None = entry("kod", "Kod", "Regelns kod.")
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
    *,
    today: date | None = None,
    selected: Sequence[str] = (),
    ignored: Sequence[str] = (),
) -> Review:
    """Return the review that *report* makes of *agreement*, whose *document* gives the sections their numbers.

    *today* is the day of the review, *selected* the codes that alone were asked, *ignored* those that were left out.
    """
    texts = _texts(document, library)
    return Review(
        day=today,
        tool=f"{NAME} {tool_version()}",
        file=PurePath(agreement.source.file).name if agreement.source and agreement.source.file else None,
        profiles=tuple(_profile(agreement, library, document, tally) for tally in report.tallies),
        levels=tuple(_levels(document, report)),
        exempted=tuple(
            attrs.evolve(_finding(document, one.finding), reason=one.reason) for one in report.exempted[:MOST_SHOWN]
        ),
        not_examined=tuple(_not_examined(agreement, library, report, today, selected, ignored)),
        texts=len(texts),
        texts_reviewed=sum(reviewed for reviewed in texts.values()),
    )


def review_document(agreement: Agreement, library: Library, review: Review) -> Document:
    """Return *review* of *agreement* as a document, made by the library's text ``dokument/granskningsprotokoll.md.j2``.

    Raises:
        RenderError: when a text of the library is wrong.
    """
    document = render_document(agreement, library, DOCUMENT, {ROOT: review})
    title = f"{plain(document.title) or _('Granskningsprotokoll')}: {document.properties.title}"
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
    )


def _rank(order: Sequence[str], name: str) -> int:
    return order.index(name) if name in order else len(order)


def _point(agreement: Agreement, document: Document, checked: Checked) -> ReviewedPoint:
    point = checked.point
    return ReviewedPoint(
        code=point.code,
        title=point.title,
        section=_section(document, point.section or "") or _("Utanför avtalets text"),
        met=checked.met,
        where=_where(agreement, point) if checked.met else None,
        sources="; ".join(map(str, point.sources)) or None,
    )


def _where(agreement: Agreement, point: Point) -> str | None:
    """Return the appendices where a point that is met is met, when they and not its own section meet it."""
    if not point.paths or any(holds(agreement, path) for path in point.paths):
        return None
    may_be_appended = [path for path in point.paths if path.partition(".")[0] in ("insatser", "ekonomi")]
    numbers = [
        str(number)
        for number, appendix in enumerate(agreement.appendices, 1)
        if any(holds(appendix, path) for path in may_be_appended)
    ]
    return _("bilaga {numbers}").format(numbers=", ".join(numbers)) if numbers else None


def _section(document: Document, name: str) -> str:
    """Return the heading of section *name* with its number, without one where the agreement does not print it."""
    section = _shown(document, name)
    if section is not None:
        return f"{section.number} {plain(section.heading)}".strip()
    return next((one.heading for one in document.outline if one.name == name), "")


def _shown(document: Document, name: str) -> Section | None:
    return next((one for one in document.sections if one.name == name and one.kind is not SectionKind.APPENDIX), None)


def _levels(document: Document, report: Report) -> Iterator[LevelFindings]:
    room = MOST_SHOWN
    order = [one.name for one in document.outline]
    findings = sorted(report.findings, key=lambda one: _rank(order, one.section))
    for level in sorted(Level, key=lambda one: -one.rank):
        found = [finding for finding in findings if finding.level is level]
        shown = found[:room]
        room -= len(shown)
        yield LevelFindings(
            level=level,
            count=len(found),
            findings=tuple(_finding(document, finding) for finding in shown),
            left_out=len(found) - len(shown) or None,
        )


def _finding(document: Document, finding: Finding) -> ReviewedFinding:
    elsewhere = _("Utanför avsnitten") if finding.path else _("Hela avtalet")
    # The first place in the file is where a finding stands that has no place of its own: it says nothing.
    row = finding.position.line if finding.position and finding.position != Position(1, 1) else None
    return ReviewedFinding(
        code=finding.code,
        message=_sentence(finding.message),
        hint=_sentence(finding.hint) or None,
        sources="; ".join(finding.sources) or None,
        section=_section(document, finding.section) or elsewhere,
        row=row,
    )


def _sentence(text: str) -> str:
    """Return *text*, which begins in the middle of a line in other reports, as a sentence."""
    text = text.strip()
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text.endswith((".", "!", "?", ":", "”")) else ".")


def _texts(document: Document, library: Library) -> dict[str, bool]:
    """Return the texts that *document* is made of, and whether a lawyer has reviewed each."""
    names = {block.origin.file for block in blocks_of(document) if hasattr(block, "origin")}
    names |= {section.origin.file for section in document.sections}
    found = {name: library.find(name) for name in sorted(names) if name}
    return {
        name: (one[1].front.reviewed or "nej").strip().casefold() not in ("nej", "")
        for name, one in found.items()
        if one is not None
    }


def _not_examined(
    agreement: Agreement,
    library: Library,
    report: Report,
    today: date | None,
    selected: Sequence[str],
    ignored: Sequence[str],
) -> Iterator[str]:
    asked = {tally.profile for tally in report.tallies}
    others = sorted({name for layer in library.layers for name in layer.profiles} - asked)
    if others:
        yield _("Avtalet är inte prövat mot dessa profiler: {names}.").format(names=", ".join(others))
    if today is None:
        yield _("Ingen granskningsdag är angiven. Regler som räknar från en dag har därför inte prövats.")
    if selected:
        yield _("Bara regler vars koder börjar så här har prövats: {codes}.").format(codes=", ".join(selected))
    if ignored:
        yield _("Regler vars koder börjar så här har lämnats utanför: {codes}.").format(codes=", ".join(ignored))
    for finding in report.findings:
        if finding.code == FAILED:
            yield _sentence(finding.message)
    files = sum(1 for appendix in agreement.appendices if appendix.file)
    if files:
        yield _("Bilagor som är egna filer har inte lästs: {count}.").format(count=files)
