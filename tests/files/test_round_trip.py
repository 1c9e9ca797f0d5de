import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from iopdocs.files.data_writer import dump, dumps
from iopdocs.files.loader import load, loads
from iopdocs.model.agreement import Agreement
from iopdocs.model.clauses import ClauseChoice, OwnClause
from iopdocs.model.economy import Economy, Surplus
from iopdocs.model.fields import walk
from iopdocs.model.parties import Party
from tests.helpers.properties import examples
from tests.helpers.strategies import agreements, plausible_agreements, texts

modest = examples(100)


@modest
@given(agreements())
def test_any_agreement_survives_yaml(agreement):
    assert loads(dumps(agreement)) == agreement


@modest
@given(agreements())
def test_any_agreement_survives_json(agreement):
    assert loads(dumps(agreement, "json"), kind="json") == agreement


@modest
@given(texts())
def test_any_text_survives_wherever_a_text_may_stand(text):
    agreement = Agreement(title=text, parties=(Party(name=text, units=(text, text)),))
    assert loads(dumps(agreement)) == agreement
    assert loads(dumps(agreement, "json"), kind="json") == agreement


@modest
@given(
    st.lists(st.from_regex(r"\A[a-zåäö]{1,5}\Z"), min_size=2, max_size=4),
    st.text(" \u00a0\t\n", min_size=1, max_size=3),
    st.sampled_from(["NFC", "NFD"]),
)
def test_spaces_and_composition_never_change_which_clause_is_named(words, space, form):
    name = unicodedata.normalize(form, space.join(words))
    agreement = Agreement(
        clauses=(ClauseChoice(clause=name, variant="ja"),),
        own_clauses=(OwnClause(heading="x", after=name), OwnClause(heading="y", replaces=name)),
    )
    assert agreement.clauses[0].clause == " ".join(words)
    assert loads(dumps(agreement)) == agreement
    assert loads(dumps(agreement, "json"), kind="json") == agreement


@modest
@given(plausible_agreements())
def test_every_value_that_is_present_has_a_position(agreement):
    for kind in ("yaml", "json"):
        positions = loads(dumps(agreement, kind), kind=kind).source.positions
        assert {path for path, _field, _value in walk(agreement)} <= set(positions)


@examples(50)
@given(plausible_agreements())
def test_writing_what_was_read_changes_nothing(agreement):
    text = dumps(agreement)
    assert dumps(loads(text)) == text


def test_a_record_with_nothing_in_it_stays_apart_from_one_that_is_absent():
    agreement = Agreement(economy=Economy(surplus=Surplus()), parties=(Party(), Party(name="")))
    text = dumps(agreement)
    assert "överskott: {}" in text
    assert loads(text) == agreement
    assert loads(dumps(agreement, "json"), kind="json") == agreement


def test_a_file_becomes_another_kind_of_file_with_nothing_lost(tmp_path, sample):
    written = dump(load(sample), tmp_path / "avtal.json")
    again = dump(load(written), tmp_path / "avtal.yml")
    assert load(again) == load(sample)
