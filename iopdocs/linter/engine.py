"""Runs the rules over an agreement; the one place that turns a path into file, line and column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import attrs

from iopdocs.document.tree import Document
from iopdocs.errors import Position
from iopdocs.findings import Finding, Level
from iopdocs.library.choices_as_facts import answered
from iopdocs.library.data_paths import section_of
from iopdocs.library.layers import Library
from iopdocs.library.profiles import Change, Point, Profile, advice, is_given, lacking, unmet
from iopdocs.library.rule_limits import DEFAULT_LIMITS, Limits
from iopdocs.linter.exemptions import exempt
from iopdocs.linter.locations import fingerprint, stretch
from iopdocs.linter.report import CheckedPoint, Report, Tally
from iopdocs.linter.rule import Case, Hit, Rule
from iopdocs.linter.rules import RULES
from iopdocs.model.agreement import Agreement

FAILED = "T901"
"""The code of what is said when a rule could not be run."""
HOLE = "K201"
"""The code of a datum that a text prints and the agreement lacks; silent where a point of a profile says the same."""


def lint_agreement(
    agreement: Agreement,
    library: Library,
    *,
    document: Document | None = None,
    profiles: Sequence[str] = ("grund",),
    rules: Sequence[Rule] = RULES,
    today: date | None = None,
    limits: Limits | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
) -> Report:
    """Return what is missing from *agreement* under *profiles* and from its *document*, and what *rules* say of it.

    *limits* go before those of the profiles. *select* and *ignore* are codes or beginnings of codes (``S``, ``K1``).

    Raises:
        LibraryError: when a profile does not exist.
    """
    demanded = [library.profile(name) for name in profiles]
    figures = limits or Limits()
    for profile in demanded:
        figures = figures.over(profile.limits or Limits())
    case = Case(agreement, library, document, today, figures.over(DEFAULT_LIMITS))
    known = answered(agreement, library)
    tallies = tuple(_tally(agreement, profile, known) for profile in demanded)
    found = [*_missing(case, demanded, tallies), *_said(case, rules, known)]
    told = {finding.path for finding in found if finding.code != HOLE and finding.code.startswith(("K", "X"))}
    found = [finding for finding in found if finding.code != HOLE or finding.path not in told]
    asked = _asked(rules, demanded) - {one.fingerprint for one in found if one.code == FAILED}
    asked = {code for code in asked if _wanted(code, select, ignore)}
    found = [one for one in _changed(found, demanded) if _wanted(one.code, select, ignore)]
    found.sort(key=_place)
    findings, exempted = exempt(agreement, _fingerprinted(case, found), _known(rules, library), asked)
    findings = [one for one in findings if _wanted(one.code, select, ignore)]
    findings.sort(key=_place)
    return Report(agreement.source.file if agreement.source else "", tuple(findings), tallies, exempted)


def _place(finding: Finding) -> tuple[int, int, str, str]:
    place = finding.position or Position(0, 0)
    return place.line, place.column, finding.code, finding.path


def _wanted(code: str, select: Sequence[str], ignore: Sequence[str]) -> bool:
    chosen = not select or code.startswith(tuple(select))
    return chosen and not (ignore and code.startswith(tuple(ignore)))


def _known(rules: Sequence[Rule], library: Library) -> set[str]:
    """Return the codes of all rules, and of all points in the profiles of *library* whichever are demanded."""
    written = (one for layer in library.layers for one in layer.profiles.values())
    points = {point.code or "" for one in written for point in one.profile.points}
    return {rule.code for rule in (*RULES, *rules)} | points


def _asked(rules: Sequence[Rule], profiles: Sequence[Profile]) -> set[str]:
    points = {point.code or "" for profile in profiles for point in profile.points}
    return {rule.code for rule in rules if not _removed(rule.code, profiles)} | points


def _tally(agreement: Agreement, profile: Profile, known: Sequence[str]) -> Tally:
    missing = unmet(agreement, profile, known)
    return Tally(profile.name or "", tuple(CheckedPoint(point, point not in missing) for point in profile.points))


def _missing(case: Case, profiles: Sequence[Profile], tallies: Sequence[Tally]) -> Iterator[Finding]:
    """Yield each point that is not met, once even when several profiles demand it, at what it lacks first."""
    known = answered(case.agreement, case.library)
    by_code: dict[str, list[tuple[Profile, Point]]] = {}
    for profile, tally in zip(profiles, tallies, strict=True):
        for checked in tally.checked:
            if not checked.met:
                by_code.setdefault(f"{checked.point.code} {checked.point.path}", []).append((profile, checked.point))
    for demands in by_code.values():
        point = max((point for _profile, point in demands), key=lambda one: (one.level or Level.ERROR).rank)
        lacks = lacking(case.agreement, point, known)
        yield _finding(
            case,
            Hit(lacks[0].path, f"{point.title} saknas", advice(point, lacks)),
            code=point.code or "",
            name=point.title or "",
            level=point.level or Level.ERROR,
            title=f"{point.title} saknas",
            sources=tuple(str(source) for source in point.sources),
            section=point.section or "",
            profiles=tuple(profile.name or "" for profile, _point in demands),
        )


def _said(case: Case, rules: Iterable[Rule], known: Sequence[str]) -> Iterator[Finding]:
    """Yield what *rules* find; not that something is missing where the text of a chosen clause says it (*known*)."""
    for rule in rules:
        try:
            for said in rule.check(case):
                hit = said if isinstance(said, Hit) else Hit(*said)
                if known and hit.path and is_given(case.agreement, hit.path, known):
                    continue
                yield _finding(
                    case, hit, code=rule.code, name=rule.name, level=hit.level or rule.level,
                    title=rule.page.title, sources=rule.sources, section=section_of(hit.path),
                )  # fmt: skip
        except Exception as error:
            # A rule that fails must neither hide what the others say nor pass for one that found nothing.
            message = f"regeln {rule.code} kunde inte köras ({type(error).__name__})"
            hit = Hit("", message, "anmäl felet till den som gjort regeln", word=rule.code)
            title = "En regel kunde inte köras."
            yield _finding(case, hit, code=FAILED, name="regel-gick-fel", level=Level.ERROR, title=title)


def _finding(
    case: Case,
    hit: Hit,
    *,
    code: str,
    name: str,
    level: Level,
    title: str,
    sources: tuple[str, ...] = (),
    section: str = "",
    profiles: tuple[str, ...] = (),
) -> Finding:
    agreement = case.agreement
    file = agreement.source.file if agreement.source else ""
    start, end = stretch(agreement, hit.path, hit.span)
    if hit.origin is not None and hit.origin.file:
        file = next(
            (
                layer.texts[hit.origin.file].file
                for layer in reversed(case.library.layers)
                if hit.origin.file in layer.texts and hit.origin.layer in ("", layer.name)
            ),
            hit.origin.file,
        )
        start, end = Position(max(1, hit.origin.line), 1), None
        section = section or hit.origin.file.rsplit("/", 1)[-1].split(".", 1)[0]
    return Finding(
        code=code, name=name, level=level, path=hit.path, message=hit.message, hint=hit.hint, sources=sources,
        section=section, file=file, position=start, end=end, title=title, quote=hit.quote, profiles=profiles,
        # The word alone for now: the whole fingerprint is known when all findings are.
        fingerprint=hit.word,
    )  # fmt: skip


def _fingerprinted(case: Case, found: Iterable[Finding]) -> list[Finding]:
    seen: Counter[tuple[str, str, str]] = Counter()
    named = []
    for one in found:
        key = (one.code, one.path or one.file, one.fingerprint)
        seen[key] += 1
        mark = fingerprint(case.agreement, one.code, one.path, one.fingerprint, seen[key])
        named.append(attrs.evolve(one, fingerprint=mark))
    return named


def _changed(found: Iterable[Finding], profiles: Sequence[Profile]) -> Iterator[Finding]:
    """Yield *found* as the profiles would have it: at another level, or not at all where every profile says so."""
    for finding in found:
        levels = [one.level for one in _changes(finding.code, profiles) if one is not None and one.level is not None]
        if finding.profiles:
            yield finding
        elif not _removed(finding.code, profiles):
            yield attrs.evolve(finding, level=max(levels, key=lambda one: one.rank)) if levels else finding


def _changes(code: str, profiles: Sequence[Profile]) -> list[Change | None]:
    """Return what each of *profiles* says of the rule *code*, if anything."""
    return [next((one for one in profile.changes if one.code == code), None) for profile in profiles]


def _removed(code: str, profiles: Sequence[Profile]) -> bool:
    said = _changes(code, profiles)
    return bool(said) and all(one is not None and one.removed for one in said)


__all__ = ["FAILED", "HOLE", "lint_agreement"]
