"""``"uppsägning"|variant``: a text knows which variant a clause has, whatever decided it."""

from __future__ import annotations

from pathlib import Path

import pytest

import iopdocs
from iopdocs.assembly import render_document
from iopdocs.document.tree import Document
from iopdocs.errors import RenderError
from iopdocs.library.choices_as_facts import with_choices
from iopdocs.library.layer_reader import load_library
from iopdocs.writers.markdown import write_markdown
from tests.helpers.layers import make_layer

TITLE = "avsnitt/titel.md.j2"


def rendered(tmp_path: Path, data: str, texts: dict[str, str]) -> Document:
    library = load_library([make_layer(tmp_path, texts)])
    return render_document(with_choices(iopdocs.loads("titel: Prov\n" + data), library), library)


def said(tmp_path: Path, data: str, expression: str) -> str:
    """Return what *expression* prints in the first text of the document, before any section."""
    page = write_markdown(rendered(tmp_path, data, {TITLE: f"# Prov\n\nSvar: ({{{{ {expression} }}}})\n"}))
    return page.partition("Svar: (")[2].partition(")")[0]


@pytest.mark.parametrize(
    ("data", "clause", "variant"),
    [
        ("klausuler: {uppsägning: ingen}", "uppsägning", "ingen"),
        ("klausuler: {uppsägning: ja}", "Uppsägning", "standard"),
        ("avtalstid: {uppsägningstid: 6 månader}", "uppsägning", "standard"),
        ("", "uppsägning", "nej"),
        ("avtalstid: {uppsägningstid: 6 månader}\nklausuler: {uppsägning: nej}", "uppsägning", "nej"),
        ("", "överskott", "egna ord"),
        ("ekonomi: {överskott: {hantering: dialog}}", "överskott", "dialog"),
        ("klausuler: {force_majeure: ja}", "force majeure", "ja"),
        ("egna_klausuler: [{i_stället_för: uppsägning, text: Vi talar.}]", "uppsägning", "egen"),
    ],
)
def test_the_filter_names_the_variant_that_the_document_takes_in_further_down(
    tmp_path: Path, data: str, clause: str, variant: str
) -> None:
    assert said(tmp_path, data, f'"{clause}"|variant') == variant


def test_to_ask_for_a_variant_is_not_to_take_it_in(tmp_path: Path) -> None:
    data = "klausuler: {uppsägning: ingen}"
    asked = rendered(tmp_path / "a", data, {TITLE: '# Prov\n\n{{ "uppsägning"|variant }}{{ "uppsägning"|variant }}\n'})
    plainly = rendered(tmp_path / "b", data, {TITLE: "# Prov\n"})
    assert asked.clauses == plainly.clauses


def test_an_appendix_with_an_economy_of_its_own_answers_for_itself(tmp_path: Path) -> None:
    name = "klausuler/ekonomi/overskott/aterbetalas.md.j2"
    other = "klausuler/ekonomi/overskott/dialog.md.j2"
    texts = dict.fromkeys((name, other), 'Här: {{ "överskott"|variant }}.\n')
    data = "klausuler: {överskott: återbetalas}\nbilagor: [{titel: Ekonomi, ekonomi: {överskott: {hantering: dialog}}}]"
    page = write_markdown(rendered(tmp_path, data, texts))
    assert page.index("Här: återbetalas.") < page.index("Här: dialog.")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{% if "uppsägnin"|variant == "ingen" %}{% endif %}', "menade du ”uppsägning”"),
        ('{% if "uppsägning"|variant == "igen" %}{% endif %}', "menade du ”ingen”"),
        ('{% if "uppsägning"|variant in ["ingen", "halv"] %}{% endif %}', "har ingen variant ”halv”"),
        ("{% if avtalstid|variant %}{% endif %}", "raka citattecken"),
    ],
)
def test_unknown_clause_or_variant_is_reported(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(RenderError) as caught:
        rendered(tmp_path, "", {TITLE: f"# Prov\n\n{text}\n"})
    assert message in str(caught.value)
    assert "titel.md.j2:3" in str(caught.value)


def test_a_condition_that_chooses_a_variant_cannot_ask_for_one(tmp_path: Path) -> None:
    name = "klausuler/avtalstid/uppsagning/delad.md.j2"
    front = (
        '---\nid: uppsägning/delad\navsnitt: avtalstid\nväljs_när: \'"uppsägning"|variant == "delad"\'\n---\nDelad.\n'
    )
    with pytest.raises(RenderError) as caught:
        rendered(tmp_path, "", {name: front})
    assert "”variant” går inte i ”väljs_när”" in str(caught.value)
    assert "delad.md.j2:4" in str(caught.value)
