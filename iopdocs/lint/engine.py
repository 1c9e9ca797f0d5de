"""Runs the rules over an agreement; the one place that turns a path into file, line and column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from iopdocs.errors import Position
from iopdocs.library.layers import Library
from iopdocs.library.profiles import Level, Point, Profile, unmet
from iopdocs.lint.findings import Finding, Report, Tally
from iopdocs.lint.holes import holes
from iopdocs.lint.rule import Rule
from iopdocs.lint.rules import RULES
from iopdocs.messages import _
from iopdocs.model.agreement import Agreement
from iopdocs.render.document import Document


def lint_agreement(
    agreement: Agreement,
    library: Library,
    *,
    document: Document | None = None,
    profiles: Sequence[str] = ("grund",),
    rules: Sequence[Rule] = RULES,
) -> Report:
    """Return what is missing from *agreement* under *profiles* and from its *document*, and what *rules* say of it.

    Raises:
        LibraryError: when a profile does not exist.
    """
    found: list[Finding] = []
    tallies = []
    for name in profiles:
        profile = library.profile(name)
        missing = unmet(agreement, profile)
        tallies.append(Tally(name, len(profile.points) - len(missing), len(profile.points)))
        found += [_missing(agreement, profile, point) for point in missing]
    for rule in rules:
        found += _apply(agreement, rule)
    if document is not None:
        found += _holes(agreement, document, {finding.path for finding in found})
    found.sort(key=lambda finding: (_line(finding), finding.code, finding.path))
    return Report(agreement.source.file if agreement.source else "", tuple(found), tuple(tallies))


def _line(finding: Finding) -> tuple[int, int]:
    return (finding.position.line, finding.position.column) if finding.position else (0, 0)


def _missing(agreement: Agreement, profile: Profile, point: Point) -> Finding:
    path = point.path
    return Finding(
        code=point.code or "",
        name=f"{profile.name}: {point.title}",
        level=point.level or Level.ERROR,
        path=path,
        message=_("{title} saknas").format(title=point.title),
        hint=point.help or "",
        sources=tuple(str(source) for source in point.sources),
        section=point.section or "",
        file=agreement.source.file if agreement.source else "",
        position=position(agreement, path),
    )


def _holes(agreement: Agreement, document: Document, told: set[str]) -> Iterator[Finding]:
    """Yield what the texts would print and the agreement lacks, unless it is *told* already."""
    file = agreement.source.file if agreement.source else ""
    for hole in holes(document):
        node = hole.placeholder
        if not node.path:
            where = f"{hole.origin.file}:{hole.origin.line}"
            message = _("{label} leder ingenstans (texten {where})").format(label=node.label, where=where)
            hint = _("ta med det som hänvisningen gäller, eller ändra texten")
            yield Finding(
                "T102", "hänvisning-utan-mål", Level.ERROR, "", message, hint, section=hole.section, file=file
            )
        elif node.path not in told:
            message = _("{label} saknas").format(label=node.label)
            place = position(agreement, node.path)
            yield Finding(
                "K201", "uppgift-saknas", Level.ERROR, node.path, message, node.help,
                section=hole.section, file=file, position=place,
            )  # fmt: skip


def _apply(agreement: Agreement, rule: Rule) -> Iterator[Finding]:
    file = agreement.source.file if agreement.source else ""
    try:
        for path, message in rule.check(agreement):
            yield Finding(
                rule.code, rule.name, rule.level, path, message,
                sources=rule.sources, section=_section(path), file=file, position=position(agreement, path),
            )  # fmt: skip
    except Exception as error:
        # A rule that fails must neither hide what the others say nor pass for one that found nothing.
        message = _("regeln {code} kunde inte köras ({kind})").format(code=rule.code, kind=type(error).__name__)
        yield Finding(
            "T901", "regel-gick-fel", Level.ERROR, "", message, _("anmäl felet till den som gjort regeln"), file=file
        )


def position(agreement: Agreement, path: str) -> Position | None:
    """Return where *path* stands in the agreement's file: the place of the nearest key that exists."""
    if agreement.source is None:
        return None
    where = path
    while where:
        if where in agreement.source.positions:
            return agreement.source.positions[where]
        where = where.rpartition(".")[0] if not where.endswith("]") else where.rpartition("[")[0]
    return Position(1, 1)


_SECTIONS = {
    "parter": "parter", "partsförhållanden": "parter", "bakgrund": "bakgrund", "värdegrund": "vardegrund",
    "insatser": "insatser", "insatsram": "insatser", "överenskommelse": "overenskommelse",
    "utgångspunkter": "utgangspunkter", "mål": "mal", "organisation": "organisation", "kunskap": "kunskap",
    "ekonomi": "ekonomi", "avtalstid": "avtalstid", "omförhandling": "omforhandling", "hävning": "omforhandling",
    "tvist": "omforhandling", "särskilda_villkor": "sarskilda_villkor", "underskrift": "underskrift",
    "bilagor": "bilagor",
}  # fmt: skip


def _section(path: str) -> str:
    """Return the name of the section that prints *path*."""
    return _SECTIONS.get(path.split(".")[0].split("[")[0], "")
