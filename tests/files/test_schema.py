import json

import jsonschema
import pytest
from hypothesis import given

from iopdocs.files.data_writer import dumps
from iopdocs.files.loader import loads
from iopdocs.files.nodes import EmptyNode, ListNode, MapNode
from iopdocs.files.schema import examples_of, schema
from iopdocs.files.skeleton import skeleton
from iopdocs.files.yaml_reader import read_yaml
from iopdocs.model.agreement import Agreement
from iopdocs.model.clauses import ClauseChoice
from iopdocs.model.fields import fields_of
from tests.helpers.properties import examples
from tests.helpers.sample_agreement import SAMPLE
from tests.helpers.strategies import agreements


def as_json(node):
    """Return a file as an editor sees it, values as texts."""
    if isinstance(node, MapNode):
        return {key.text: as_json(value) for key, value in node.entries}
    if isinstance(node, ListNode):
        return [as_json(item) for item in node.items]
    return None if isinstance(node, EmptyNode) else node.text


SCHEMA = schema()


def valid(data):
    return jsonschema.Draft202012Validator(SCHEMA).is_valid(data)


def record_classes(cls=Agreement, found=None):
    found = {} if found is None else found
    found[cls.__name__] = cls
    for field in fields_of(cls):
        if field.is_record and field.type.__name__ not in found:
            record_classes(field.type, found)
    return found


def test_the_schema_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(schema())
    assert SCHEMA["$schema"].endswith("2020-12/schema")


def test_the_sample_is_valid_as_text_and_as_json():
    assert valid(as_json(read_yaml(SAMPLE, "x").root))
    assert valid(json.loads(dumps(loads(SAMPLE), "json")))


def test_the_skeleton_is_valid():
    assert valid(as_json(read_yaml(skeleton(), "x").root))


@examples(50)
@given(agreements())
def test_any_agreement_is_valid_as_json(agreement):
    errors = list(jsonschema.Draft202012Validator(SCHEMA).iter_errors(json.loads(dumps(agreement, "json"))))
    assert errors == []


@pytest.mark.parametrize(
    "data",
    [
        {"tittel": "x"},
        {"parter": [{"name": "x"}]},
        {"parter": {"namn": "x"}},
        {"titel": ["x"]},
        {"status": "klar"},
        {"avtalstid": {"start": "snart"}},
        {"parter": [{"organisationsnummer": "123"}]},
        {"mål": {"målgrupp": {"antal": -1}}},
        {"format": 2},
        [],
    ],
)
def test_what_is_wrong_is_not_valid(data):
    assert not valid(data)


@pytest.mark.parametrize("amount", ["900 000 kr", 900000, "1,5 miljoner kronor", None])
def test_what_may_be_written_in_more_ways_than_one_is_valid_in_each(amount):
    assert valid({"ekonomi": {"budget": [{"belopp": amount, "år": "2027"}, {"belopp": amount, "år": 2027}]}})
    assert valid({"ekonomi": {"utan_vinstsyfte": "ja"}, "avtalstid": {"tills_vidare": True}})


@pytest.mark.parametrize("cls", record_classes().values(), ids=record_classes())
def test_every_example_of_the_dictionary_is_valid_and_can_be_read(cls):
    definitions = SCHEMA["$defs"]
    if cls is ClauseChoice:
        assert cls.__name__ not in definitions  # written as a map of names that a layer gives
        return
    described = SCHEMA["properties"] if cls is Agreement else definitions[cls.__name__]["properties"]
    for field in fields_of(cls):
        about = described[field.key]
        assert about["title"] == field.entry.label
        assert about["description"] == field.entry.help
        assert about.get("examples", []) == examples_of(field)
        for example in examples_of(field):
            assert jsonschema.Draft202012Validator({**about, "$defs": definitions}).is_valid(example)
