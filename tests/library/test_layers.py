"""Layers: what a folder must hold, which layer wins, and what a mistake is told as."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

import iopdocs
from iopdocs.document.numbering import slug
from iopdocs.errors import LibraryError
from iopdocs.library.clauses import folded
from iopdocs.library.layer_reader import load_library, templates_dir
from iopdocs.library.project_settings import load_settings
from iopdocs.library.source import inclusions
from iopdocs.library.texts import parse_text
from tests.helpers.layers import make_layer


def test_the_uppermost_layer_wins(tmp_path: Path) -> None:
    one = make_layer(tmp_path / "ett", {"avsnitt/mal.md.j2": "Ett."}, name="ett")
    two = make_layer(tmp_path / "två", {"avsnitt/mal.md.j2": "Två."}, name="två")
    found = load_library([one, two]).find("avsnitt/mal.md.j2")
    assert found is not None
    assert found[1].body == "Två."
    below = load_library([one, two]).find("avsnitt/mal.md.j2", below=found[0])
    assert below is not None
    assert below[1].body == "Ett."


@pytest.mark.parametrize(
    ("folder", "says"),
    [("finns-inte", "lagret finns inte"), ("fil.txt", "är ingen mapp"), ("tom", "lager.yaml saknas")],
)
def test_folder_that_is_not_a_layer_is_reported(tmp_path: Path, folder: str, says: str) -> None:
    (tmp_path / "fil.txt").write_text("x")
    (tmp_path / "tom").mkdir()
    with pytest.raises(iopdocs.LibraryError, match=says):
        load_library([tmp_path / folder])


def test_all_mistakes_in_a_layer_are_reported_with_file_and_line(tmp_path: Path) -> None:
    layer = make_layer(
        tmp_path / "lager",
        {
            "avsnitt/mal.md.j2": "---\nid: mal\nrubrk: Mål\n---\nText.",
            "avsnitt/ekonomi.md.j2": "---\nid: ekonomi\n",
            "avsnitt/parter.md.j2": "Text \ue000.",
            "profiler/egen.yaml": "namn: egen\npunkter:\n  - {kod: K9, titel: X, finns: [måål.syfte]}\n",
        },
    )
    with pytest.raises(iopdocs.LibraryError) as caught:
        load_library([layer])
    told = [(Path(p.file).name, p.position.line if p.position else 0, p.message) for p in caught.value.problems]
    assert any(name == "mal.md.j2" and line == 3 and "rubrk" in message for name, line, message in told)
    assert any(name == "ekonomi.md.j2" and "---" in message for name, line, message in told)
    assert any(name == "parter.md.j2" and "reserverat" in message for name, line, message in told)
    assert sum(name == "egen.yaml" and line == 3 for name, line, message in told) == 2


def test_text_that_no_document_includes_is_reported(tmp_path: Path) -> None:
    layer = make_layer(tmp_path / "l", {"avsnitt/avtalstd.md.j2": "Text."})
    with pytest.raises(iopdocs.LibraryError, match=r"avtalstd.*används inte.*menade du avsnitt/avtalstid\.md\.j2"):
        load_library([layer])


def test_a_new_text_that_another_takes_in_is_used(tmp_path: Path) -> None:
    texts = {"klausuler/eget/ny.md.j2": "Ny.", "avsnitt/mal.md.j2": '{% include "klausuler/eget/ny.md.j2" %}'}
    assert load_library([make_layer(tmp_path / "l", texts)]).find("klausuler/eget/ny.md.j2")


def test_hashes_are_the_same_whatever_the_line_ends_and_the_front_matter() -> None:
    a = parse_text("---\nid: a\n---\nText å.\n", name="a", layer="x", file="a")
    b = parse_text("---\nid: b\nversion: 2\n---\nText a\u030a.\n", name="a", layer="x", file="a")
    assert a.digest == b.digest


def test_every_text_of_ours_says_that_no_lawyer_has_reviewed_it() -> None:
    library = load_library()
    texts = [text for layer in library.layers for text in layer.texts.values()]
    assert len(texts) > 20
    for text in texts:
        assert text.front.reviewed == "nej", text.name
        assert slug((text.front.id or "").rpartition("/")[2], "_") == text.stem, text.name
        assert text.front.version, text.name


def test_every_text_of_ours_says_what_it_is() -> None:
    library = load_library()
    texts = library.layers[0].texts
    clauses = [text for name, text in texts.items() if name.startswith("klausuler/")]
    ids = [folded(text.front.id or "") for text in clauses]
    assert len(clauses) > 45
    assert len(set(ids)) == len(ids)
    named = {folded(one.name) for text in texts.values() for one in inclusions(text.body) if one.clause}
    for text in clauses:
        assert f"avsnitt/{text.front.section}.md.j2" in texts, text.name
        assert text.front.title, text.name
        assert text.front.description, text.name
        # A text that others take in as a part of theirs is never chosen.
        if folded((text.front.id or "").partition("/")[0]) in named:
            assert text.front.fits_when, text.name


def test_every_clause_that_a_section_of_ours_names_is_there_with_its_own_variant() -> None:
    library = load_library()
    for text in library.layers[0].texts.values():
        for name, own in re.findall(r'{% klausul "([^"]+)"(?:, "([^"]+)")? %}', text.body):
            clause = library.clause(name)
            assert clause is not None, (text.name, name)
            assert not own or own == "nej" or clause.variant(own), (text.name, name, own)


def test_a_point_of_a_profile_needs_code_title_and_something_to_try(tmp_path: Path) -> None:
    layer = make_layer(tmp_path / "l", {"profiler/p.yaml": "namn: p\npunkter:\n  - {kod: K901}\n"})
    with pytest.raises(iopdocs.LibraryError) as caught:
        load_library([layer])
    assert len(caught.value.problems) == 2


def test_a_profile_that_does_not_exist_names_those_that_do() -> None:
    with pytest.raises(iopdocs.LibraryError, match="grund"):
        load_library().profile("finnsinte")


BLOCKS = '{% extends "bas/avsnitt/mal.md.j2" %}\n'


@pytest.mark.parametrize(
    ("outside", "says"),
    [
        ("{% block syften %}Nytt.{% endblock %}", r"l/avsnitt/mal\.md\.j2:2.*”syften” finns inte.*menade du ”syfte”"),
        ("Vårt eget mål.", r":2.*utanför block kommer inte med: ”Vårt eget mål\.”"),
        ("{% if titel %}\nVårt mål.\n{% endif %}", r":3.*utanför block"),
        ("{{ titel }}", r":2.*utanför block"),
        ('{% include "avsnitt/parter.md.j2" %}', r":2.*utanför block"),
        ("{% block syfte %}Nytt.{% endblock %}\n\nMera.", r":4.*utanför block kommer inte med: ”Mera\.”"),
    ],
)
def test_text_lost_when_extending_another_is_reported(tmp_path: Path, outside: str, says: str) -> None:
    layer = make_layer(tmp_path / "l", {"avsnitt/mal.md.j2": f"{BLOCKS}{outside}\n"})
    with pytest.raises(iopdocs.LibraryError, match=says) as caught:
        load_library([layer])
    assert len(caught.value.problems) == 1


@pytest.mark.parametrize(
    "outside",
    [
        "", "{# Mål. #}", "{% set x = mål %}", "{% set x %}Ord.{% endset %}", "{% macro m() %}Ord.{% endmacro %}",
        "{% block syfte %}{% block eget %}Ord.{% endblock %}{% endblock %}",
        "{% block syfte %}Ord.{% if titel %} Mera.{% endif %}{% endblock %}",
    ],
)  # fmt: skip
def test_what_loses_nothing_is_no_mistake(tmp_path: Path, outside: str) -> None:
    assert load_library([make_layer(tmp_path / "l", {"avsnitt/mal.md.j2": f"{BLOCKS}{outside}\n"})])


def test_blocks_of_every_text_below_can_be_filled(tmp_path: Path) -> None:
    new = "{% block syfte %}{{ super() }}{% block tillägg %}Ett.{% endblock %}{% endblock %}"
    one = make_layer(tmp_path / "ett", {"avsnitt/mal.md.j2": BLOCKS + new}, name="ett")
    filled = "{% block tillägg %}Två.{% endblock %}{% block målgrupp %}Alla.{% endblock %}"
    two = make_layer(tmp_path / "två", {"avsnitt/mal.md.j2": BLOCKS + filled}, name="två")
    assert load_library([one, two])
    with pytest.raises(iopdocs.LibraryError, match="”tillägg” finns inte"):
        load_library([two])


def test_layer_given_twice_is_reported(tmp_path: Path) -> None:
    layer = make_layer(tmp_path / "l", {})
    with pytest.raises(iopdocs.LibraryError, match="lagret står två gånger – ta bort det ena"):
        load_library([layer, tmp_path / "." / "l"])


@pytest.mark.parametrize(("below", "above"), [("samma", "samma"), ("Samma", "samma"), (None, "samma")])
def test_layers_with_the_same_name_are_distinguished_by_folder(tmp_path: Path, below: str | None, above: str) -> None:
    one, two = make_layer(tmp_path / "samma", {}, name=below or ""), make_layer(tmp_path / "l", {}, name=above)
    with pytest.raises(iopdocs.LibraryError) as caught:
        load_library([one, two])
    (problem,) = caught.value.problems
    assert (problem.file, problem.path) == (str(two / "lager.yaml"), "namn")
    assert f"lagret heter ”{above}”, som lagret i {one}" in problem.message
    assert "ge lagret ett eget namn" in problem.hint


def test_layer_with_the_name_of_the_base_layer_is_reported(tmp_path: Path) -> None:
    with pytest.raises(iopdocs.LibraryError, match="lagret heter ”bas”, som grundlagret – ge lagret ett eget namn"):
        load_library([make_layer(tmp_path, {}, name="bas")])


def test_empty_manifest_gets_a_hint_of_what_to_write(tmp_path: Path) -> None:
    layer = make_layer(tmp_path / "exempelstad", {})
    (layer / "lager.yaml").write_text("\n")
    with pytest.raises(iopdocs.LibraryError, match=r"lager\.yaml: filen är tom – .*namn: exempelstad"):
        load_library([layer])


def test_word_document_among_the_texts_is_reported(tmp_path: Path) -> None:
    layer = make_layer(tmp_path / "l", {})
    (layer / "avsnitt").mkdir()
    (layer / "avsnitt/mal.md.j2").write_bytes((templates_dir() / "mall.docx").read_bytes())
    with pytest.raises(iopdocs.LibraryError, match=r"mal\.md\.j2: filen är ett Word-dokument.*oformaterad text"):
        load_library([layer])


@pytest.mark.parametrize(("word", "chosen"), [("fond", True), ("FOND", True), ("skuld", False)])
def test_a_condition_can_look_for_a_word_in_a_text(tmp_path: Path, word: str, chosen: bool) -> None:
    front = f"---\nid: överskott/fonderas\nväljs_när: '\"{word}\" in ekonomi.överskott.beskrivning'\n---\n"
    name = "klausuler/ekonomi/overskott/fonderas.md.j2"
    library = load_library([make_layer(tmp_path / "l", {name: f"{front}Så fonderas det.\n"})])
    data = "ekonomi: {överskott: {beskrivning: Pengarna sätts av i en fond.}}\n"
    assert ("Så fonderas det." in repr(iopdocs.render(iopdocs.loads(data), library=library))) is chosen


def test_backslashes_in_the_settings_are_explained(tmp_path: Path) -> None:
    (tmp_path / "iopdocs.yaml").write_text('lager: ["G:\\avtal\\exempelstad"]\n')
    with pytest.raises(iopdocs.LoadError, match=r'skriv / i stället: "G:/avtal/exempelstad"'):
        load_settings(tmp_path / "iopdocs.yaml")


needs_links = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no links and pipes for every user")


@needs_links
@pytest.mark.parametrize(
    "where", ["avsnitt/p.md.j2", "mall.docx", "exempel/a.yaml", "annat/a.txt", "lager.yaml", "ordlistor"]
)
def test_link_out_of_a_layer_is_refused_before_anything_is_opened(where: str, tmp_path: Path) -> None:
    secret = tmp_path / "hemligt"
    secret.mkdir()
    (secret / "fil.txt").write_text("namn: hemligt\n", encoding="utf-8")
    layer = tmp_path / "lager"
    (layer / where).parent.mkdir(parents=True)
    if where != "lager.yaml":
        (layer / "lager.yaml").write_text("namn: prov\n", encoding="utf-8")
    (layer / where).symlink_to(secret if "." not in where else secret / "fil.txt")
    with pytest.raises(LibraryError) as caught:
        load_library([layer])
    (problem,) = caught.value.problems
    assert problem.file == str(layer / where)
    assert problem.message == "länken leder ut ur lagret"
    assert "hemligt" not in str(caught.value)


@needs_links
def test_pipe_in_a_layer_is_refused_at_once(tmp_path: Path) -> None:
    (tmp_path / "avsnitt").mkdir()
    (tmp_path / "lager.yaml").write_text("namn: prov\n", encoding="utf-8")
    os.mkfifo(tmp_path / "avsnitt" / "bakgrund.md.j2")
    with pytest.raises(LibraryError, match="ingen vanlig fil"):
        load_library([tmp_path])


@needs_links
def test_link_inside_a_layer_and_to_the_layer_itself_is_followed(tmp_path: Path) -> None:
    layer = tmp_path / "lager"
    (layer / "avsnitt").mkdir(parents=True)
    (layer / "lager.yaml").write_text("namn: prov\n", encoding="utf-8")
    (layer / "texter").mkdir()
    (layer / "texter" / "a.md").write_text("## Bakgrund\n\nOrd.\n", encoding="utf-8")
    (layer / "avsnitt" / "bakgrund.md.j2").symlink_to(layer / "texter" / "a.md")
    (tmp_path / "namn").symlink_to(layer)
    assert "avsnitt/bakgrund.md.j2" in load_library([tmp_path / "namn"]).layers[1].texts
