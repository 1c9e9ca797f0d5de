"""The published schema fits what the linter writes, and nothing that it does not write."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given

import iopdocs
from iopdocs.library.layer_reader import load_library
from iopdocs.linter.formats.report_schema import report_schema
from tests.helpers.properties import examples
from tests.helpers.strategies import agreements

ROOT = Path(__file__).parents[2]
LIBRARY = load_library()
PUBLISHED = json.loads((ROOT / "docs" / "rapport.schema.json").read_text(encoding="utf-8"))
UNREAD = {"fil": "b.yaml", "gick_inte_att_läsa": "b.yaml: filen finns inte"}


def closed(schema: Any) -> Any:
    """Return *schema* with every key that it does not name refused, so that a new key must be described."""
    made = copy.deepcopy(schema)
    for record in [made, *made["$defs"].values()]:
        record["additionalProperties"] = False
    return made


VALIDATOR = jsonschema.Draft202012Validator(closed(report_schema()))


def output(*reports: iopdocs.Report) -> dict[str, Any]:
    return {"format": 1, "rapporter": [json.loads(report.to_json()) for report in reports] + [UNREAD]}


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(PUBLISHED)


def test_every_example_gives_a_report_that_fits() -> None:
    paths = sorted((ROOT / "examples").glob("*.yaml"))
    reports = [iopdocs.lint(iopdocs.load(path), profiles=["grund"], library=LIBRARY) for path in paths]
    VALIDATOR.validate(output(*reports))
    assert any(report.findings for report in reports)


def test_a_report_with_an_exception_fits() -> None:
    text = "avtalstid: {start: 2027-01-01, slut: 2026-01-01}\nlint: {undantag: [{regel: S101, skäl: prov}]}\n"
    report = iopdocs.lint(iopdocs.loads(text), library=LIBRARY)
    assert report.exempted
    VALIDATOR.validate(output(report))


def test_a_report_with_a_baseline_fits() -> None:
    gone = [{"fil": "a.yaml", "kod": "S101", "fingeravtryck": "0123456789abcdef"}]
    VALIDATOR.validate({**output(), "i_baslinjen": 3, "inaktuellt_i_baslinjen": gone})


@pytest.mark.parametrize(
    ("path", "value"),
    [(("format",), 2), (("rapporter", 0, "fynd", 0, "nivå"), "allvarligt"), (("rapporter", 0, "fynd", 0, "rad"), 0),
     (("rapporter", 0, "fynd", 0, "kod"), "S1"), (("rapporter", 0, "profiler", 0, "uppfyllda"), "3")],
)  # fmt: skip
def test_what_the_linter_would_never_write_does_not_fit(path: tuple[Any, ...], value: Any) -> None:
    made = output(iopdocs.lint(iopdocs.loads("titel: x"), library=LIBRARY))
    place = made
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(made, PUBLISHED, cls=jsonschema.Draft202012Validator)


def test_a_key_that_a_later_version_adds_is_let_through() -> None:
    jsonschema.validate({**output(), "senare": 1}, PUBLISHED, cls=jsonschema.Draft202012Validator)


@given(agreements())
@examples(25)
def test_any_agreement_gives_a_report_that_fits(agreement: iopdocs.Agreement) -> None:
    VALIDATOR.validate(output(iopdocs.lint(agreement, library=LIBRARY)))
