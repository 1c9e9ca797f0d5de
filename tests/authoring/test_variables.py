"""``iopdocs variables`` and docs/variabler.md: every name that a text may use, and no other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from iopdocs.assembly import render_document
from iopdocs.authoring.variables import LOOP, TextVariable, tools, variables
from iopdocs.files.loader import load
from iopdocs.model.agreement import Agreement
from iopdocs.model.fields import fields_of
from iopdocs.templating.derived_names import DERIVED, DERIVED_SAID
from iopdocs.templating.filters import FILTERS, FILTERS_SAID, TESTS, TESTS_SAID
from iopdocs.templating.sandbox import _LOOP
from tests.helpers.command import iopdocs
from tests.helpers.layers import document_of

ROOT = Path(__file__).parents[2]
EXAMPLE = load(ROOT / "examples" / "trygga-kvallar.yaml")
PAGE = (ROOT / "docs" / "variabler.md").read_text(encoding="utf-8")


def test_every_filter_test_and_name_of_a_loop_is_explained() -> None:
    assert FILTERS_SAID.keys() == FILTERS.keys()
    assert TESTS_SAID.keys() == TESTS.keys()
    assert {name.removeprefix("loop.") for name, _says, _example in LOOP} == _LOOP
    assert DERIVED_SAID.keys() == {name for names in DERIVED.values() for name in names}


def test_every_name_of_the_model_is_listed_once() -> None:
    paths = [one.path for one in variables()]
    assert len(set(paths)) == len(paths)
    assert {field.key for field in fields_of(Agreement)} <= set(paths)
    assert {"parter.undertecknare.namn", "ekonomi.utfallskontrakt.utfall", "offentliga_parter"} <= set(paths)


def in_loops(one: TextVariable) -> str:
    use = f"{{% if {one.written} %}}x{{% endif %}}"
    return one.loop.replace("…", use) if one.loop else use


def test_a_text_can_use_every_name_as_it_is_written(tmp_path: Path) -> None:
    # Names of the granskning are no part of the agreement's texts, but texts may ask for them all the same.
    text = "\n\n".join(in_loops(one) for one in variables() if not one.path.startswith("klausuler"))
    agreement = load(ROOT / "examples" / "flyktingmottagande.yaml")
    for number, one in enumerate((EXAMPLE, agreement, Agreement())):
        render_document(one, document_of(tmp_path / str(number), text))


@pytest.mark.parametrize("tool", tools(), ids=lambda tool: f"{tool.kind} {tool.name}")
def test_every_example_can_be_pasted_into_a_text(tmp_path: Path, tool: object) -> None:
    example = getattr(tool, "example", "")
    text = example if "for p in" in example else f"{{% for p in parter %}}{example}\n\n{{% endfor %}}"
    text = f"{{% for r in ekonomi.resurser if r.belopp %}}{text}{{% endfor %}}" if "r." in example else text
    made = render_document(EXAMPLE, document_of(tmp_path, text)).to_markdown()
    only_some = "{% if" in example or "utan(" in example
    assert only_some or len(made.split("<!--")[0].strip()) > 10


def test_examples_print_what_is_said(tmp_path: Path) -> None:
    text = "{{ avtalstid.start|datum }} och {{ avtalstid.start|kortdatum }} och {{ (parter|första)|genitiv }}"
    made = render_document(EXAMPLE, document_of(tmp_path, text)).to_markdown()
    assert "1 mars 2027" in FILTERS_SAID["datum"][0]
    assert " 2027 och 2027-" in made.replace("\u00a0", " ")
    assert made.split("<!--")[0].rstrip().endswith("s")


@pytest.mark.parametrize("word", ["överskott", "OVERSKOTT", "Överskott"])
def test_a_search_finds_names_and_tools_in_any_spelling(word: str) -> None:
    done = iopdocs("variables", word)
    assert done.code == 0
    assert "ekonomi.överskott.hantering" in done.out
    assert "återinvesteras" in done.out
    assert "avtalstid.start" not in done.out


def test_what_stands_in_a_list_is_shown_with_its_loop() -> None:
    out = iopdocs("variables", "undertecknare").out
    assert "{% for p in parter %} {% for u in p.undertecknare %} … {% endfor %} {% endfor %}" in out
    assert "u.namn" in out


def test_a_search_for_several_words_finds_what_has_them_all() -> None:
    one = iopdocs("variables", "uppsägning", "tid")
    assert one.code == 0
    assert "avtalstid.uppsägningstid" in one.out
    assert "avtalstid.start" not in one.out
    assert one.out == iopdocs("variables", "TID  uppsagning").out
    none = iopdocs("variables", "uppsägning", "qqqq")
    assert none.code == 1
    assert "”uppsägning qqqq”" in none.err


def test_a_search_for_nothing_says_what_was_meant() -> None:
    done = iopdocs("variables", "uppsägningstd")
    assert done.code == 1
    assert "menade du avtalstid.uppsägningstid?" in done.err
    assert iopdocs("variables", "qqqq").code == 1


def test_a_program_can_read_them_all() -> None:
    data = json.loads(iopdocs("variables", "--format", "json").out)
    assert len(data["namn"]) == len(variables())
    assert {one["slag"] for one in data["verktyg"]} == {"filter", "test", "i en slinga"}
    status = next(one for one in data["namn"] if one["namn"] == "status")
    assert "utkast" in status["ord"]


def test_the_page_has_every_name_and_its_links_lead_somewhere() -> None:
    for one in variables():
        assert f"`{one.written}`" in PAGE
    for tool in tools():
        assert f"`{tool.name}`" in PAGE
