"""Points of profiles: deleting a part of a complete agreement gives the points that rest on it, and no others."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import iopdocs
from iopdocs.findings import Level
from iopdocs.library.layer_reader import load_library
from iopdocs.library.point_conditions import Condition
from iopdocs.library.profiles import Point, Profile, unmet
from iopdocs.linter.engine import lint_agreement
from iopdocs.linter.options import LintOptions
from iopdocs.model.agreement import Agreement
from iopdocs.model.closing import Appendix
from iopdocs.model.fields import by_key
from tests.helpers.properties import examples
from tests.helpers.strategies import agreements

LIBRARY = load_library()
PROFILES = sorted(path.stem for path in Path(LIBRARY.layers[0].folder, "profiler").glob("*.yaml"))
COMPLETE = iopdocs.load(Path(__file__).with_name("complete.yaml"))
LEAVES = sorted({re.sub(r"\[\d+\]", "", path) for path, _field, _value in COMPLETE.leaves})

GIVERS = ("parter", "parter.kallas", "ekonomi.resurser.part")
RESTS_ON: dict[Condition, tuple[str, ...]] = {
    Condition.PUBLIC_PARTY: ("parter.typ",),
    Condition.CIVIL_PARTY: ("parter.typ",),
    Condition.EACH_PARTY_HAS_RESOURCES: GIVERS,
    Condition.BOTH_SIDES_HAVE_RESOURCES: (*GIVERS, "parter.typ"),
    Condition.EACH_PARTY_HAS_DUTY: ("parter", "parter.kallas", "organisation.ansvar.part"),
    Condition.EACH_PARTY_HAS_SIGNATORY: ("parter.undertecknare",),
    Condition.EACH_GROUP_HAS_MANDATE: ("organisation.grupper.mandat",),
    Condition.EACH_GROUP_DESCRIBED: tuple(
        f"organisation.grupper.{key}" for key in ("ledamöter", "ordförande", "möten")
    ),
    Condition.STEERING_GROUP: ("organisation.grupper.typ",),
    Condition.MANAGEMENT_GROUP: ("organisation.grupper.typ",),
    Condition.WORKING_GROUP: ("organisation.grupper.typ",),
    Condition.TERM_KNOWN: ("avtalstid.start", "avtalstid.slut"),
    Condition.EXTENSION_KNOWN: tuple(f"avtalstid.förlängning.{key}" for key in ("antal", "längd", "förhandlas_senast")),
}
"""What makes each condition fail when it is gone from the complete agreement."""

IDLE_WITHOUT = {
    Condition.EACH_GROUP_HAS_MANDATE: "organisation.grupper",
    Condition.EACH_GROUP_DESCRIBED: "organisation.grupper",
}
"""What a condition asks nothing without."""


def is_within(path: str, part: str) -> bool:
    return path == part or path.startswith(f"{part}.")


def is_gone(path: str, deleted: str) -> bool:
    """Tell whether nothing is left at *path*: every leaf of it was in *deleted*."""
    return all(is_within(leaf, deleted) for leaf in LEAVES if is_within(leaf, path))


def is_expected(point: Point, deleted: str) -> bool:
    if point.paths and all(is_gone(path, deleted) for path in point.paths):
        return True
    if any(is_gone(path, deleted) for path in point.all_paths):
        return True
    if point.condition is None or is_within(IDLE_WITHOUT.get(point.condition, "."), deleted):
        return False
    return any(is_within(path, deleted) for path in RESTS_ON[point.condition])


def parts_of(profiles: list[str]) -> list[str]:
    """Return every path that a point of *profiles* rests on, and every beginning of one."""
    found = set()
    for name in profiles:
        for point in LIBRARY.profile(name).points:
            conditions = RESTS_ON[point.condition] if point.condition else ()
            for path in (*point.paths, *point.all_paths, *conditions):
                steps = path.split(".")
                found |= {".".join(steps[: n + 1]) for n in range(len(steps))}
    return sorted(found)


def without(record: Any, path: str) -> Any:
    """Return *record* with nothing at *path*; where it leads through a list, in no item of it."""
    key, _dot, rest = path.partition(".")
    field = by_key(type(record))[key]
    if not rest:
        return attrs.evolve(record, **{field.name: () if field.many else None})
    value = getattr(record, field.name)
    if isinstance(value, tuple):
        return attrs.evolve(record, **{field.name: tuple(without(item, rest) for item in value)})
    return record if value is None else attrs.evolve(record, **{field.name: without(value, rest)})


def told(agreement: Agreement, profile: str) -> set[str]:
    report = lint_agreement(agreement, LIBRARY, LintOptions(profiles=(profile,)), rules=())
    return {finding.code for finding in report.findings}


@pytest.mark.parametrize("profile", PROFILES)
def test_the_complete_agreement_meets_every_point(profile: str) -> None:
    assert told(COMPLETE, profile) == set()
    for point in LIBRARY.profile(profile).points:
        for path in (*point.paths, *point.all_paths):
            assert any(is_within(leaf, path) for leaf in LEAVES), f"{point.code}: {path}"


@pytest.mark.parametrize("part", parts_of(PROFILES))
def test_deleting_a_part_gives_exactly_the_points_that_rest_on_it(part: str) -> None:
    left = without(COMPLETE, part)
    for profile in PROFILES:
        expected = {point.code for point in LIBRARY.profile(profile).points if is_expected(point, part)}
        assert told(left, profile) == expected, profile


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("mål.strategier", {"K322"}),
        ("mål.vision", {"K504"}),
        ("mål.allmännyttigt_mål", {"K703"}),
        ("mål.syfte", {"K408"}),
        ("kunskap.uppföljning", {"K108", "K333", "K334", "K410", "K509", "K611"}),
        ("kunskap.lärandemål", {"K511"}),
        ("värdegrund", {"K304", "K305", "K306", "K404", "K422", "K517", "K602"}),
        ("tvist.steg", {"K113", "K346", "K351", "K418", "K515", "K619"}),
        ("avtalstid.slut", {"K110", "K343", "K415", "K505", "K614"}),
        ("ekonomi.resurser", {"K109", "K336", "K414", "K512", "K704"}),
        ("ekonomi.samhällsvinst", {"K613"}),
        ("parter.undertecknare", {"K114", "K352"}),
        ("rättslig_bedömning.offentligt_kontrakt", {"K426", "K705"}),
        ("organisation.insyn", {"K516"}),
    ],
)
def test_what_each_source_asks_for_is_missed(part: str, expected: set[str]) -> None:
    left = without(COMPLETE, part)
    assert set().union(*(told(left, profile) for profile in PROFILES)) == expected


@pytest.mark.parametrize(
    ("profile", "headings"),
    [
        (
            "malmo",
            "Bakgrundsförutsättningar för avtalet|Värdegrund|Insatser|Avtalad överenskommelse|Avtalspartner|"
            "Avtalets form och utgångspunkt|Mål med avtalad verksamhet|Organisation och samverkan|"
            "Kunskapsinhämtning och uppföljning|Ekonomi|Period för avtalet|"
            "Omförhandling, hävningsrätt samt tvist|Underskrift",
        ),
        ("vgr", "Hur kan avtalet se ut?|Avtal och beslut"),
        ("famna", "Utforma avtal"),
        ("sou", "Kriterier för vad som kännetecknar idéburna offentliga partnerskap"),
    ],
)
def test_every_heading_of_a_source_is_demanded(profile: str, headings: str) -> None:
    demanded = [point for point in LIBRARY.profile(profile).points if point.level is Level.ERROR]
    assert set(headings.split("|")) <= {source.heading for point in demanded for source in point.sources}


@pytest.mark.parametrize("profile", PROFILES)
def test_every_point_is_reported_when_all_its_data_are_removed(profile: str) -> None:
    for point in LIBRARY.profile(profile).points:
        left = COMPLETE
        conditions = RESTS_ON[point.condition] if point.condition else ()
        for path in (*point.paths, *point.all_paths, *conditions):
            left = without(left, path)
        assert point.code in told(left, profile)


def test_empty_agreement_fails_every_point_of_every_profile() -> None:
    idle = set(IDLE_WITHOUT)
    for profile in PROFILES:
        points = LIBRARY.profile(profile).points
        assert told(Agreement(), profile) == {point.code for point in points if point.condition not in idle}


@pytest.mark.parametrize("path", ["insatser", "ekonomi"])
def test_what_stands_in_an_appendix_counts(path: str) -> None:
    name = by_key(Agreement)[path].name
    moved = Appendix(title="Årsplan", **{name: getattr(COMPLETE, name)})
    left = attrs.evolve(without(COMPLETE, path), appendices=(moved,))
    assert {profile: told(left, profile) for profile in PROFILES} == {profile: set() for profile in PROFILES}


def path_points(profile: Profile) -> list[Point]:
    return [point for point in profile.points if point.condition is None]


@given(agreements())
@examples(60)
def test_no_agreement_is_too_odd_for_any_profile(agreement: Agreement) -> None:
    for profile in PROFILES:
        demanded = LIBRARY.profile(profile)
        assert set(unmet(agreement, demanded)) <= set(demanded.points)
        lint_agreement(agreement, LIBRARY, LintOptions(profiles=(profile,)), rules=())


@given(agreements(max_fields=8), st.sampled_from(parts_of(PROFILES)))
@examples(60)
def test_more_data_never_meets_fewer_points(agreement: Agreement, part: str) -> None:
    less = without(agreement, part)
    for profile in PROFILES:
        demanded = LIBRARY.profile(profile)
        paths = attrs.evolve(demanded, points=tuple(path_points(demanded)))
        assert set(unmet(agreement, paths)) <= set(unmet(less, paths))


@pytest.mark.parametrize(
    ("text", "path", "says", "line"),
    [
        ("avtalstid:\n  start: 2027-01-01\n", "avtalstid.slut", "sista dagen", 2),
        ("avtalstid:\n  slut: 2027-01-01\n", "avtalstid.start", "första dagen", 2),
        ("avtalstid:\n  start: 2027-01-01\n  slut:\n", "avtalstid.slut", "sista dagen", 3),
    ],
)
def test_missing_start_or_end_is_reported_separately(text: str, path: str, says: str, line: int) -> None:
    (finding,) = lint_agreement(iopdocs.loads(text), LIBRARY, LintOptions(select=("K110",)), rules=()).findings
    assert finding.path == path
    assert f"Här fattas: {says}" in finding.hint
    assert finding.position is not None
    assert finding.position.line == line


PARTIES = "parter:\n  - {namn: K, typ: kommun%s}\n  - {namn: F, typ: ideell förening%s}\n"
SIGNED = ", undertecknare: [{namn: N}]"


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (PARTIES % ("", ""), "parter[1].undertecknare"),
        (PARTIES % (SIGNED, ""), "parter[2].undertecknare"),
        (PARTIES % (SIGNED, ", undertecknare: []"), "parter[2].undertecknare"),
        (PARTIES % (SIGNED, ", undertecknare: [{namn: ' '}]"), "parter[2].undertecknare"),
        (PARTIES % ("", "") + "underskrift: {form: original}\n", "parter[1].undertecknare"),
        ("underskrift: {form: elektronisk}\n", "parter"),
        (PARTIES % (SIGNED, SIGNED), None),
        (PARTIES % ("", "") + "underskrift: {form: elektronisk}\n", None),
    ],
)
def test_each_party_signs_or_all_do_it_electronically(text: str, path: str | None) -> None:
    found = lint_agreement(iopdocs.loads(text), LIBRARY, LintOptions(select=("K114",)), rules=()).findings
    assert [finding.path for finding in found] == ([path] if path else [])


@pytest.mark.parametrize(
    ("condition", "met", "not_met"),
    [
        (
            "varje part har ett ansvar",
            PARTIES % ("", "") + "organisation: {ansvar: [{part: alla parter, roll: gör}]}",
            PARTIES % ("", "") + "organisation: {ansvar: [{part: K, roll: gör}, {part: F}]}",
        ),
        (
            "båda sidor har resurser",
            PARTIES % ("", "") + "ekonomi: {resurser: [{part: K}]}\nbilagor: [{ekonomi: {resurser: [{part: F}]}}]",
            PARTIES % ("", "") + "  - {namn: R, typ: region}\nekonomi: {resurser: [{part: K}, {part: R}]}",
        ),
        (
            "varje part har resurser",
            PARTIES % ("", "") + "ekonomi: {resurser: [{part: ' Alla  parter '}]}",
            PARTIES % ("", "") + "ekonomi: {resurser: [{part: F}]}",
        ),
        (
            "varje grupp har mandat",
            "titel: utan grupper",
            "organisation: {grupper: [{namn: A, mandat: x}, {namn: B}]}",
        ),
        (
            "varje grupp har ledamöter, ordförande och möten",
            "organisation: {grupper: [{ledamöter: [{namn: A}], ordförande: A, möten: ofta}]}",
            "organisation: {grupper: [{ledamöter: [{namn: A}], möten: ofta}]}",
        ),
        ("styrgrupp", "organisation: {grupper: [{typ: styrgrupp}]}", "organisation: {grupper: [{typ: arbetsgrupp}]}"),
        ("ledningsgrupp", "organisation: {grupper: [{typ: ledningsgrupp}]}", "organisation: {grupper: [{namn: L}]}"),
        ("arbetsgrupp", "organisation: {grupper: [{typ: arbetsgrupp}]}", "organisation: {insyn: x}"),
        ("offentlig part", "parter: [{typ: region}]", "parter: [{typ: stiftelse}]"),
        ("idéburen part", "parter: [{typ: stiftelse}]", "parter: [{typ: vinstutdelande företag}]"),
        ("start och slut eller tills vidare", "avtalstid: {start: 2027-01-01, tills_vidare: ja}", "avtalstid: {tills_vidare: ja}"),
        ("förlängning", "avtalstid: {förlängning: {antal: 0}}", "avtalstid: {förlängning: {antal: 1, längd: 1 år}}"),
        ("förlängning", "avtalstid: {tills_vidare: ja}", "avtalstid: {förlängning: {automatisk: nej}}"),
    ],
)  # fmt: skip
def test_condition_separates_matches_from_near_misses(condition: str, met: str, not_met: str) -> None:
    profile = Profile(points=(Point(code="K901", condition=Condition(condition)),))
    assert unmet(iopdocs.loads(met), profile) == ()
    assert unmet(iopdocs.loads(not_met), profile) == profile.points


def test_every_condition_is_tried_here() -> None:
    assert set(RESTS_ON) == set(Condition)


def test_text_of_spaces_meets_nothing() -> None:
    agreement = iopdocs.loads(
        "insatser: [{namn: '  '}]\nbilagor: [{insatser: [{namn: ' '}], ekonomi: {}}]\ntvist: {steg: [{}]}"
    )
    assert {"K104", "K113"} <= told(agreement, "grund")
