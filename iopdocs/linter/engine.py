"""Run the rules over an agreement; the only module that converts a path to file, line and column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import attrs
from attrs import frozen

from iopdocs.document.tree import Document
from iopdocs.errors import Position
from iopdocs.findings import Family, Finding, Level
from iopdocs.library.choices_as_facts import answered
from iopdocs.library.data_paths import section_of
from iopdocs.library.layers import Library
from iopdocs.library.profiles import Change, Point, Profile, advice, is_given, lacking, unmet
from iopdocs.library.rule_limits import DEFAULT_LIMITS, Limits
from iopdocs.linter.exemptions import exempt
from iopdocs.linter.locations import fingerprint, stretch
from iopdocs.linter.options import LintOptions
from iopdocs.linter.report import CheckedPoint, Report, Tally
from iopdocs.linter.rule import Case, Hit, Rule
from iopdocs.linter.rules import RULES
from iopdocs.model.agreement import Agreement

FAILED = "T901"
"""The code of the finding that a rule could not be run."""
HOLE = "K201"
"""The code of a datum that a text prints and the agreement lacks; not reported when a point of a profile covers it."""


@frozen
class _Subject:
    """The rule or point of a hit, as shown in its finding."""

    code: str
    name: str
    level: Level
    title: str
    sources: tuple[str, ...] = ()
    section: str = ""
    profiles: tuple[str, ...] = ()


@frozen
class _Located:
    """A hit, its rule or point, and its place: everything that a finding is made from."""

    subject: _Subject
    hit: Hit
    file: str
    start: Position | None
    end: Position | None


def lint_agreement(
    agreement: Agreement,
    library: Library,
    options: LintOptions | None = None,
    *,
    document: Document | None = None,
    rules: Sequence[Rule] = RULES,
) -> Report:
    """Return what is missing from *agreement* and *document*, and the findings of the *rules* that *options* select.

    A rule that *options* leave out, or that every profile removes, is not called.

    Raises:
        LibraryError: when a profile does not exist.
    """
    options = options or LintOptions()
    profiles = [library.profile(name) for name in options.profiles]
    case = Case(agreement, library, document, options.today, _limits(options, profiles))
    known = answered(agreement, library)
    tallies = tuple(_tally(agreement, profile, known) for profile in profiles)
    wanted = [rule for rule in rules if options.wants(rule.code) and not _is_removed(rule.code, profiles)]
    failed: set[str] = set()
    hits = [*_missing(case, profiles, tallies, known), *_hits(case, wanted, known, profiles, failed)]
    points_and_own = [
        located for located in hits if Family.of(located.subject.code) in (Family.COMPLETENESS, Family.OWN)
    ]
    reported = {located.hit.path for located in points_and_own if located.subject.code != HOLE}
    hits = [located for located in hits if located.subject.code != HOLE or located.hit.path not in reported]
    hits = [located for located in hits if _is_reported(located.subject.code, options)]
    asked = ({rule.code for rule in wanted} | {code for code in _points(profiles) if options.wants(code)}) - failed
    kept, exempted = exempt(agreement, list(_findings(agreement, hits)), _known(rules, library), asked)
    findings = [finding for finding in kept if _is_reported(finding.code, options)]
    findings.sort(key=lambda finding: _order(finding.position, finding.code, finding.path))
    return Report(agreement.source.file if agreement.source else "", tuple(findings), tallies, exempted)


def _limits(options: LintOptions, profiles: Sequence[Profile]) -> Limits:
    figures = options.limits or Limits()
    for profile in profiles:
        figures = figures.over(profile.limits or Limits())
    return figures.over(DEFAULT_LIMITS)


def _is_reported(code: str, options: LintOptions) -> bool:
    # A selected rule that failed must not look like one that found nothing, even when *select* omits this code.
    return not options.ignores(code) if code == FAILED else options.wants(code)


def _order(position: Position | None, code: str, path: str) -> tuple[int, int, str, str]:
    return position.line if position else 0, position.column if position else 0, code, path


def _known(rules: Sequence[Rule], library: Library) -> set[str]:
    """Return the codes of all rules, and of all points in the profiles of *library*."""
    written = [one.profile for layer in library.layers for one in layer.profiles.values()]
    return {rule.code for rule in (*RULES, *rules)} | _points(written)


def _points(profiles: Iterable[Profile]) -> set[str]:
    return {point.code or "" for profile in profiles for point in profile.points}


def _tally(agreement: Agreement, profile: Profile, known: Sequence[str]) -> Tally:
    missing = unmet(agreement, profile, known)
    return Tally(profile.name or "", tuple(CheckedPoint(point, point not in missing) for point in profile.points))


def _missing(
    case: Case, profiles: Sequence[Profile], tallies: Sequence[Tally], known: Sequence[str]
) -> Iterator[_Located]:
    """Yield each point that is not met, once even when several profiles demand it, at the first path that it lacks."""
    by_code: dict[str, list[tuple[Profile, Point]]] = {}
    for profile, tally in zip(profiles, tallies, strict=True):
        for checked in tally.checked:
            if not checked.met:
                by_code.setdefault(f"{checked.point.code} {checked.point.path}", []).append((profile, checked.point))
    for demands in by_code.values():
        point = max((point for _profile, point in demands), key=lambda one: (one.level or Level.ERROR).rank)
        lacks = lacking(case.agreement, point, known)
        subject = _Subject(
            point.code or "", point.title or "", point.level or Level.ERROR, f"{point.title} saknas",
            tuple(map(str, point.sources)), point.section or "", tuple(profile.name or "" for profile, _point in demands),
        )  # fmt: skip
        yield _located(case, subject, Hit(lacks[0].path, f"{point.title} saknas", advice(point, lacks)))


def _hits(
    case: Case, rules: Iterable[Rule], known: Sequence[str], profiles: Sequence[Profile], failed: set[str]
) -> Iterator[_Located]:
    """Yield the hits of *rules*, without those on missing data that the text of a chosen clause states (*known*).

    The codes of rules that raise are added to *failed*.
    """
    for rule in rules:
        try:
            for found in rule.check(case):
                hit = found if isinstance(found, Hit) else Hit(*found)
                if known and hit.path and is_given(case.agreement, hit.path, known):
                    continue
                level = _level(rule.code, hit.level or rule.level, profiles)
                section = section_of(hit.path)
                subject = _Subject(rule.code, rule.name, level, rule.page.title, rule.sources, section)
                yield _located(case, subject, hit)
        except Exception as error:
            # A rule that fails must neither hide the findings of others nor look like one that found nothing.
            failed.add(rule.code)
            if not _is_removed(FAILED, profiles):
                message = f"regeln {rule.code} kunde inte köras ({type(error).__name__})"
                hit = Hit("", message, "anmäl felet till den som gjort regeln", word=rule.code)
                level = _level(FAILED, Level.ERROR, profiles)
                yield _located(case, _Subject(FAILED, "regel-gick-fel", level, "En regel kunde inte köras."), hit)


def _located(case: Case, subject: _Subject, hit: Hit) -> _Located:
    """Return *hit* with its place: in the data, or in the text of a layer that is its origin."""
    origin = hit.origin
    if origin is None or not origin.file:
        source = case.agreement.source
        return _Located(subject, hit, source.file if source else "", *stretch(case.agreement, hit.path, hit.span))
    texts = (
        layer.texts[origin.file]
        for layer in reversed(case.library.layers)
        if origin.file in layer.texts and origin.layer in ("", layer.name)
    )
    section = subject.section or origin.file.rpartition("/")[2].partition(".")[0]
    file = next((text.file for text in texts), origin.file)
    return _Located(attrs.evolve(subject, section=section), hit, file, Position(max(1, origin.line), 1), None)


def _findings(agreement: Agreement, hits: Iterable[_Located]) -> Iterator[Finding]:
    """Yield a finding for each of *hits* in the order of the file; equal ones at a place are numbered."""
    times: Counter[tuple[str, str, str]] = Counter()
    for one in sorted(hits, key=lambda one: _order(one.start, one.subject.code, one.hit.path)):
        subject, hit = one.subject, one.hit
        times[key := (subject.code, hit.path or one.file, hit.word)] += 1
        yield Finding(
            code=subject.code, name=subject.name, level=subject.level, path=hit.path, message=hit.message, hint=hit.hint,
            sources=subject.sources, section=subject.section, file=one.file, position=one.start, end=one.end,
            title=subject.title, quote=hit.quote, profiles=subject.profiles,
            fingerprint=fingerprint(agreement, subject.code, hit.path, hit.word, times[key]),
        )  # fmt: skip


def _level(code: str, level: Level, profiles: Sequence[Profile]) -> Level:
    """Return the level that the profiles give the rule *code*, the gravest when they differ; else *level*."""
    levels = [change.level for change in _changes(code, profiles) if change is not None and change.level is not None]
    return max(levels, key=lambda one: one.rank, default=level)


def _changes(code: str, profiles: Sequence[Profile]) -> list[Change | None]:
    """Return the changes that *profiles* make to the rule *code*."""
    return [next((one for one in profile.changes if one.code == code), None) for profile in profiles]


def _is_removed(code: str, profiles: Sequence[Profile]) -> bool:
    """Return whether every one of *profiles* removes the rule *code*."""
    changes = _changes(code, profiles)
    return bool(changes) and all(change is not None and change.removed for change in changes)


__all__ = ["FAILED", "HOLE", "lint_agreement"]
