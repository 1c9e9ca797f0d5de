"""Pages from templates: whatever the data hold, they stay text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError
from lxml import html

from iopdocs.document.html_templates import html_template

SPIKES = st.sampled_from(["<b>", "</p>", "{{ 7 * 7 }}", "{% raw %}", '" onload="x', "&lt;", "]]>", "</script>"])
TEXT = st.lists(st.text(st.characters(exclude_categories=("Cc", "Cs", "Co", "Cn"))) | SPIKES, min_size=1).map("".join)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mallar")
    (folder / "part.html.j2").write_text("{% macro cell(text) %}<i>{{ text }}</i>{% endmacro %}", encoding="utf-8")
    (folder / "page.html.j2").write_text(
        '{% from "part.html.j2" import cell %}<p title="{{ text }}">{{ text }}</p>{{ cell(text) }}'
        '<script id="data">{{ [text]|tojson }}</script>',
        encoding="utf-8",
    )
    return folder


@given(text=TEXT)
def test_data_are_text_in_elements_attributes_parts_and_scripts(folder: Path, text: str) -> None:
    tree = html.fragment_fromstring(html_template(folder / "page.html.j2").render(text=text), create_parent="div")
    assert [(one.tag, dict(one.attrib)) for one in tree] == [
        ("p", {"title": text}),
        ("i", {}),
        ("script", {"id": "data"}),
    ]
    assert [tree[0].text or "", tree[1].text or ""] == [text, text]
    assert json.loads(tree[2].text) == [text]


def test_characters_that_no_page_can_hold_are_replaced(folder: Path) -> None:
    assert '<p title="a\ufffd\ufffdb">' in html_template(folder / "page.html.j2").render(text="a\x00\ud800b")


def test_a_name_that_is_not_given_is_a_mistake_and_not_a_gap(folder: Path) -> None:
    with pytest.raises(UndefinedError):
        html_template(folder / "page.html.j2").render()
