"""Objects built in Python: the classes are exported and described, and everything that is wrong is reported at once."""

from __future__ import annotations

import inspect
import json
import pickle
from enum import Enum
from importlib import import_module
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import iopdocs
from iopdocs import Level, RecordError
from iopdocs.batch.agreement_standing import AgreementStanding
from iopdocs.enums import SwedishWord
from iopdocs.files.merge import merge
from iopdocs.linter.locations import position
from iopdocs.model import Agreement, Contact, Party, PartyKind, Resource, fields
from iopdocs.values import Unit
from tests.helpers.properties import examples

FOLDER = Path(iopdocs.__file__).parent / "model"
REFERENCES = {"PartyRef", "ClauseName", "Year"}
RECORDS = [getattr(iopdocs.model, name) for name in iopdocs.model.__all__ if attrs.has(getattr(iopdocs.model, name))]
WORDS = [
    *(one for name in iopdocs.model.__all__ if isinstance(one := getattr(iopdocs.model, name), type) and issubclass(one, Enum)),
    Level, Unit, AgreementStanding, iopdocs.OutcomeState, iopdocs.FormVerdict, iopdocs.RequirementVerdict, iopdocs.WatchKind,
]  # fmt: skip


def defined_in_the_model() -> set[str]:
    found = set()
    for file in FOLDER.glob("*.py"):
        module = import_module(f"iopdocs.model.{file.stem}")
        found |= {
            name
            for name, one in vars(module).items()
            if isinstance(one, type) and one.__module__ == module.__name__ and (attrs.has(one) or issubclass(one, Enum))
        }
    return found


def test_every_record_enum_and_reference_is_exported_and_nothing_else() -> None:
    assert set(iopdocs.model.__all__) == defined_in_the_model() | REFERENCES


@pytest.mark.parametrize("cls", RECORDS, ids=lambda cls: cls.__name__)
def test_signature_and_help_name_the_type_key_and_label_of_each_field(cls: type) -> None:
    parameters = inspect.signature(cls).parameters
    for field in fields.fields_of(cls):
        shown = str(parameters[field.name].annotation)
        assert shown != "Any"
        assert f"    {field.name} ({shown}): {field.entry.label} (``{field.key}``). {field.entry.help}" in str(
            cls.__doc__
        )


@pytest.mark.parametrize("cls", WORDS, ids=lambda cls: cls.__name__)
def test_a_word_equals_its_member_and_has_no_order_of_its_own(cls: type[SwedishWord]) -> None:
    for member in cls:
        assert member == member.value
        assert f"{member}" == str(member) == member.value
        assert {member: 1}[member.value] == 1
        assert json.loads(json.dumps({"x": member})) == {"x": member.value}
        assert pickle.loads(pickle.dumps(member)) is member
        for compare in ("__lt__", "__le__", "__gt__", "__ge__"):
            with pytest.raises(TypeError, match="ingen ordning"):
                getattr(member, compare)("fel")
    with pytest.raises(TypeError, match="ingen ordning"):
        sorted(["fel", *cls])


def test_levels_are_ordered_by_severity() -> None:
    assert sorted([Level.ERROR, Level.ADVICE, Level.WARNING]) == ["råd", "varning", "fel"]
    assert max(Level) is Level.ERROR
    assert Level.ADVICE <= Level.WARNING < Level.ERROR
    assert Level.ERROR >= Level.WARNING > Level.ADVICE


def test_every_problem_of_an_object_is_in_one_error() -> None:
    with pytest.raises(RecordError) as caught:
        Party(name=3, kind="kommun", units=("Nämnden", 4), signed_place="a\x00")  # type: ignore[arg-type]
    assert isinstance(caught.value, TypeError)
    assert isinstance(caught.value, ValueError)
    assert isinstance(caught.value, iopdocs.IopdocsError)
    assert [problem.path for problem in caught.value.problems] == ["namn", "typ", "enheter[2]", "ort"]
    lines = str(caught.value).splitlines()
    assert lines[0] == "Party.name (namn): ska vara str, men är 3"
    assert lines[1] == "Party.kind (typ): ska vara PartyKind, men är 'kommun' – skriv PartyKind.MUNICIPALITY"
    assert lines[2] == "Party.units[1] (enheter[2]): ska vara str, men är 4"
    assert lines[3].startswith("Party.signed_place (ort): tecknet U+0000")
    assert pickle.loads(pickle.dumps(caught.value)).problems == caught.value.problems


def test_a_word_of_a_list_is_no_text() -> None:
    with pytest.raises(RecordError, match="ska vara str"):
        Party(name=PartyKind.MUNICIPALITY)


@examples(50)
@given(
    st.dictionaries(
        st.sampled_from([field.name for field in fields.fields_of(Resource)]), st.just(object()), min_size=1
    )
)
def test_as_many_fields_are_reported_as_are_wrong(given: dict[str, object]) -> None:
    with pytest.raises(RecordError) as caught:
        Resource(**given)  # type: ignore[arg-type]
    assert {problem.attribute.removeprefix("Resource.") for problem in caught.value.problems} == set(given)


THREE = """\
titel: Trygga kvällar
parter:
  - namn: Ett
    ort: Staden
  - namn: Två
    ort: Staden
  - namn: Tre
bakgrund:
  behov: Unga
"""


def test_a_removed_party_leaves_no_place_to_those_that_take_its_number() -> None:
    loaded = iopdocs.loads(THREE, file="avtal.yaml")
    assert position(loaded, "parter[1].ort") == iopdocs.Position(4, 10)
    fewer = attrs.evolve(loaded, parties=loaded.parties[1:])
    assert position(fewer, "parter[1].ort") is None
    assert position(fewer, "parter[1].organisationsnummer") is None
    assert position(fewer, "bakgrund.behov") == position(loaded, "bakgrund.behov")
    lines = {finding.line for finding in iopdocs.lint(fewer).findings if finding.path.startswith("parter")}
    assert lines <= {0}
    assert iopdocs.lint(attrs.evolve(fewer, parties=loaded.parties)) == iopdocs.lint(loaded)


def test_positions_survive_pickling() -> None:
    loaded = pickle.loads(pickle.dumps(iopdocs.loads(THREE, file="avtal.yaml")))
    assert position(loaded, "parter[2].namn") == iopdocs.Position(5, 11)


def test_a_party_that_only_the_base_has_moves_the_places_of_the_others() -> None:
    merged = merge(iopdocs.loads(THREE), iopdocs.loads("parter: [{namn: Noll}]"))
    assert [party.name for party in merged.parties] == ["Noll", "Ett", "Två", "Tre"]
    assert position(merged, "parter[2].namn") == iopdocs.Position(3, 11)


@examples(100)
@given(st.permutations(range(3)), st.integers(0, 3), st.sampled_from(["Staden", "Byn", None]))
def test_a_place_is_that_of_the_same_value_or_absent(order: list[int], count: int, place: str | None) -> None:
    loaded = iopdocs.loads(THREE)
    parties = [loaded.parties[number] for number in order[:count]]
    if parties:
        parties[0] = attrs.evolve(parties[0], signed_place=place, contact=Contact(name="Ny"))
    evolved = attrs.evolve(loaded, parties=tuple(parties))
    lines = THREE.splitlines()
    for path, _field, value in evolved.leaves:
        found = evolved.positions.get(path)
        if found is not None:
            assert lines[found.line - 1][found.column - 1 :] == str(value)
            number = path.removeprefix("parter[")[:1]
            if path.startswith("parter"):
                assert evolved.parties[int(number) - 1] == loaded.parties[int(number) - 1]


def test_an_agreement_that_was_never_read_has_no_places() -> None:
    assert Agreement(title="x").positions == {}
