"""The dictionary: what every generator relies on."""

import unicodedata

import pytest
from hypothesis import given

from iopdocs.model.agreement import Agreement
from iopdocs.model.economy import Economy, Surplus
from iopdocs.model.fields import by_key, fields_of, is_absent, walk
from iopdocs.model.parties import Party
from tests.helpers.properties import examples
from tests.helpers.strategies import agreements, records, texts


def classes(cls=Agreement, found=()):
    found = (*found, cls)
    for field in fields_of(cls):
        if field.is_record and field.type not in found:
            found = classes(field.type, found)
    return found


@pytest.mark.parametrize("cls", classes())
def test_every_field_has_a_key_a_label_and_a_help_text(cls):
    for field in fields_of(cls):
        assert field.key == unicodedata.normalize("NFC", field.key)
        assert field.key.isidentifier()
        assert field.key == field.key.lower()
        assert field.entry.label[0].isupper()
        assert field.entry.help.endswith((".", "…"))
    assert len(by_key(cls)) == len(fields_of(cls))


@pytest.mark.parametrize("cls", classes())
def test_every_field_of_every_part_may_be_absent(cls):
    assert is_absent(cls())


@examples(50)
@given(agreements())
def test_the_values_that_are_walked_are_those_that_are_present(agreement):
    paths = [path for path, _field, _value in walk(agreement)]
    assert len(paths) == len(set(paths))
    assert bool(paths) or is_absent(agreement)


@examples(50)
@given(texts())
def test_any_legal_text_is_kept_as_it_is(text):
    assert Party(name=text).name == text


@examples(50)
@given(records(Economy))
def test_records_are_equal_when_their_fields_are(economy):
    same = Economy(**{field.name: getattr(economy, field.name) for field in fields_of(Economy)})
    assert same == economy
    assert hash(same) == hash(economy)


@pytest.mark.parametrize("text", ["a\x00", "\ud800", "\x1b[31m", "\uffff"])
def test_a_character_that_no_document_can_hold_is_refused(text):
    with pytest.raises(ValueError, match="kan inte stå i ett dokument"):
        Party(name=text)


def test_line_breaks_are_of_one_kind():
    assert Party(name="a\r\nb\rc").name == "a\nb\nc"


def test_a_value_of_the_wrong_type_is_refused():
    with pytest.raises(TypeError, match="ska vara en lista"):
        Party(units="Socialnämnden")
    with pytest.raises(TypeError, match="ska vara"):
        Party(name=5)


def test_an_empty_record_is_absent_and_an_empty_text_is_not():
    assert is_absent(Economy(surplus=Surplus()))
    assert not is_absent(Party(name=""))
