"""The sample agreements of the base layer: they differ in shape, load, and each makes a document of every kind."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import iopdocs
from iopdocs.document.tree import Placeholder
from iopdocs.document.walk import all_inlines
from iopdocs.library.layer_reader import load_library
from iopdocs.model.agreement import Agreement
from iopdocs.model.fields import fields_of
from tests.helpers.layers import make_layer

LIBRARY = load_library()
SAMPLES = LIBRARY.samples
WHOLE, EMPTY = "maximalt", "tomt"
ROOT = Path(__file__).parents[2]


def sample(name: str) -> Agreement:
    return iopdocs.load(SAMPLES[name])


def printed_keys(record: Any) -> Iterator[str]:
    """Yield ``Class.key`` of each datum in *record* that is filled in."""
    for field in fields_of(type(record)):
        value = getattr(record, field.name)
        items = value if field.many else () if value is None else (value,)
        if items:
            yield f"{type(record).__name__}.{field.key}"
        for item in items:
            if field.is_record:
                yield from printed_keys(item)


def possible_keys(kind: type, seen: set[type]) -> Iterator[str]:
    """Yield ``Class.key`` of each datum that is printed."""
    if kind in seen:
        return
    seen.add(kind)
    for field in fields_of(kind):
        if not field.entry.printed:
            continue
        yield f"{kind.__name__}.{field.key}"
        if field.is_record:
            yield from possible_keys(field.type, seen)


def test_there_are_about_a_dozen_with_ascii_names() -> None:
    assert 12 <= len(SAMPLES) <= 20
    assert all(name.isascii() for name in SAMPLES)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_says_what_it_is_for_and_is_small(name: str) -> None:
    lines = Path(SAMPLES[name]).read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# ")
    assert name == WHOLE or len(lines) <= 60


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_makes_a_document_in_every_form(name: str) -> None:
    made = iopdocs.render(sample(name))
    assert made.to_docx()
    assert "<h1" in made.to_html()
    assert "\n## " in made.to_markdown()


@pytest.mark.parametrize("name", SAMPLES)
def test_nothing_in_a_sample_is_left_unprinted_or_points_at_nothing(name: str) -> None:
    report = iopdocs.lint(sample(name))
    assert [(one.code, one.path, one.message) for one in report.findings if one.code.startswith("T")] == []


def test_the_whole_sample_has_every_datum_that_is_printed() -> None:
    assert set(possible_keys(Agreement, set())) - set(printed_keys(sample(WHOLE))) == set()


def test_the_empty_sample_has_a_title_alone() -> None:
    assert sample(EMPTY) == Agreement(title=sample(EMPTY).title)


def test_the_samples_differ_in_shape() -> None:
    every = {name: sample(name) for name in SAMPLES}
    parties = {name: len(one.parties) for name, one in every.items()}
    assert {2, 3, 13} <= set(parties.values())
    public = [sum(bool(party.kind and party.kind.is_public) for party in one.parties) for one in every.values()]
    assert 2 in public
    assert any(one.term and one.term.until_further_notice for one in every.values())
    assert any(one.insats_frame and not one.insatser for one in every.values())
    assert any(appendix.economy for one in every.values() for appendix in one.appendices)
    own = [clause for one in every.values() for clause in one.own_clauses]
    assert any(clause.after for clause in own)
    assert any(clause.replaces for clause in own)
    assert any(clause.section for clause in own)


def test_every_gap_of_a_sample_is_a_datum_that_it_lacks() -> None:
    for name in SAMPLES:
        gaps = [node for node in all_inlines(iopdocs.render(sample(name))) if isinstance(node, Placeholder)]
        assert all(node.path for node in gaps), name


def test_a_layer_adds_samples_and_replaces_those_of_the_same_name(tmp_path: Path) -> None:
    folder = make_layer(tmp_path, {"exempel/tomt.yaml": "titel: Vårt\n", "exempel/vart-eget.yaml": "titel: Eget\n"})
    samples = load_library([folder]).samples
    assert set(samples) == {*SAMPLES, "vart-eget"}
    assert iopdocs.load(samples["tomt"]).title == "Vårt"


def test_the_samples_go_with_the_package() -> None:
    build = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]
    wheel = build["targets"]["wheel"]
    assert "/templates" in wheel["include"]
    assert wheel["sources"]["templates"] == "iopdocs/templates"
    assert not [pattern for pattern in wheel.get("exclude", []) if "exempel" in pattern]
