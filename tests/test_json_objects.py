"""Objects of JSON: the data and their schema come from the same keys, so that the one always fits the other."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

import jsonschema
import pytest
from attrs import field, frozen
from hypothesis import given
from hypothesis import strategies as st

from iopdocs.json_objects import JsonObject, json_field, json_fields, json_key


class Colour(Enum):
    RED = "röd"
    BLUE = "blå"


@frozen
class Wheel:
    spokes: int = json_field("ekrar", "Ekrarna.", minimum=1)
    maker: str = ""

    @property
    def is_whole(self) -> bool:
        return self.spokes > 20


@frozen
class Bicycle:
    name: str
    colour: Colour
    price: Decimal
    bought: date | None
    wheels: tuple[Wheel, ...]
    spare: Wheel | None
    tags: tuple[str, ...]
    lamps: Mapping[str, int] = field(converter=dict)


def age(bicycle: Bicycle) -> int | None:
    return 2027 - bicycle.bought.year if bicycle.bought else None


WHEEL = JsonObject(Wheel, (*json_fields(Wheel), json_key("helt", "Inget fattas.", "is_whole")))
BICYCLE = JsonObject(
    Bicycle,
    (
        json_key("namn", "Namnet.", "name"),
        json_key("färg", "Färgen.", "colour"),
        json_key("pris", "Priset.", "price"),
        json_key("köpt", "Dagen.", "bought"),
        json_key("ålder", "Åldern.", age),
        json_key("hjul", "Hjulen.", "wheels", of=WHEEL),
        json_key("reserv", "Reservhjulet.", "spare", of=WHEEL),
        json_key("ekrar_i_reserven", "Ekrarna i det.", "spare.spokes"),
        json_key("märken", "Märkena.", "tags"),
        json_key("lampor", "Lamporna.", "lamps"),
        json_key("antal_hjul", "Så många hjul.", lambda bicycle: len(bicycle.wheels), int),
    ),
    name="cykel",
)
SCHEMA = BICYCLE.document_schema(before={"märke": {"type": "string"}})

WHEELS = st.builds(Wheel, st.integers(1, 40))
BICYCLES = st.builds(
    Bicycle, st.text(), st.sampled_from(Colour), st.decimals(0, 10**9, places=2),
    st.none() | st.dates(date(2000, 1, 1), date(2026, 1, 1)), st.lists(WHEELS).map(tuple), st.none() | WHEELS,
    st.lists(st.text()).map(tuple), st.dictionaries(st.text(), st.integers(0, 9)),
)  # fmt: skip


def test_a_record_becomes_its_keys_in_order() -> None:
    spare = Wheel(30)
    made = Bicycle("Blixten", Colour.BLUE, Decimal("900.50"), date(2020, 5, 4), (spare, Wheel(2)), spare, ("a",), {})
    assert list(BICYCLE.data(made).items()) == [
        ("namn", "Blixten"),
        ("färg", "blå"),
        ("pris", 900.5),
        ("köpt", "2020-05-04"),
        ("ålder", 7),
        ("hjul", [{"ekrar": 30, "helt": True}, {"ekrar": 2, "helt": False}]),
        ("reserv", {"ekrar": 30, "helt": True}),
        ("ekrar_i_reserven", 30),
        ("märken", ["a"]),
        ("lampor", {}),
        ("antal_hjul", 2),
    ]


@given(bicycle=BICYCLES)
def test_whatever_a_record_holds_its_data_are_json_that_fits_the_schema(bicycle: Bicycle) -> None:
    data = json.loads(json.dumps({"märke": "x", **BICYCLE.data(bicycle)}))
    jsonschema.validate(data, SCHEMA, cls=jsonschema.Draft202012Validator)


@pytest.mark.parametrize(
    ("key", "value"),
    [("namn", None), ("färg", "grön"), ("pris", "1"), ("köpt", 1), ("hjul", None), ("hjul", [{"ekrar": 0, "helt": True}]),
     ("hjul", [{"ekrar": 3}]), ("reserv", "nej"), ("märken", [1]), ("lampor", {"fram": "en"}), ("antal_hjul", -1)],
)  # fmt: skip
def test_what_is_never_written_does_not_fit(key: str, value: Any) -> None:
    data = BICYCLE.data(Bicycle("", Colour.RED, Decimal(1), None, (), None, (), {})) | {"märke": ""}
    jsonschema.validate(data, SCHEMA, cls=jsonschema.Draft202012Validator)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**data, key: value}, SCHEMA, cls=jsonschema.Draft202012Validator)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({name: data[name] for name in data if name != key}, SCHEMA)


def test_without_other_keys_an_object_has_those_of_the_fields_that_have_one() -> None:
    assert JsonObject(Wheel).data(Wheel(30, "Ekerverket")) == {"ekrar": 30}


def test_an_object_with_a_name_is_defined_once() -> None:
    both = JsonObject(
        Any, (json_key("en", "En.", "a", Bicycle, of=BICYCLE), json_key("två", "Två.", "b", Bicycle, of=BICYCLE))
    )
    schema = both.document_schema()
    assert list(schema["$defs"]) == ["cykel"]
    assert schema["properties"]["två"] == {"$ref": "#/$defs/cykel", "description": "Två."}
