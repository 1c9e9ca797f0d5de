"""``iopdocs clauses list``, ``show``, ``new`` and ``diff``, as somebody who has never seen a terminal meets them."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from iopdocs.errors import LibraryError
from iopdocs.library.clauses import folded
from iopdocs.library.layer_reader import load_library
from tests.helpers.command import iopdocs
from tests.helpers.layers import make_layer
from tests.helpers.properties import examples

EXAMPLE = Path(__file__).parents[2] / "examples" / "trygga-kvallar.yaml"
SURPLUS = "klausuler/ekonomi/overskott/aterbetalas.md.j2"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("IOPDOCS_LAYERS", raising=False)
    return tmp_path


def listed(*arguments: str) -> dict[str, dict[str, object]]:
    data = json.loads(iopdocs("clauses", "list", "--format", "json", *arguments).out)
    return {
        text["id"]: text for section in data["avsnitt"] for one in section["klausuler"] for text in one["varianter"]
    }


def test_every_clause_is_listed_under_its_section_in_the_order_of_the_agreement() -> None:
    out = iopdocs("clauses", "list").out
    assert all(len(line) <= 80 for line in out.splitlines())
    assert (
        out.index("Avtalspartner (avsnitt/parter)") < out.index("Ekonomi (avsnitt/ekonomi)") < out.index("Underskrift")
    )
    assert {folded(id_) for id_ in listed()} == {
        folded(variant.id) for clause in load_library().clauses.values() for variant in clause.variants.values()
    }
    assert "[bas]" not in out


def test_a_variant_says_what_chooses_it_and_the_sections_own_is_marked() -> None:
    texts = listed("--section", "ekonomi")
    assert texts["överskott/återbetalas"]["väljs_när"] == "ekonomi.överskott.hantering: återbetalas"
    own = [text["variant"] for id_, text in texts.items() if id_.startswith("överskott/") and text["avsnittets_egen"]]
    assert len(own) == 1
    assert f"    * {own[0]}" in iopdocs("clauses", "list", "--section", "ekonomi").out


def test_the_list_says_in_plain_words_when_a_text_is_right_and_what_chooses_it() -> None:
    out = " ".join(iopdocs("clauses", "list").out.split())
    assert "Väljs av ”hantering: återbetalas”." in out
    assert "Väljs av avtalets uppgifter." in out
    surplus = load_library().clauses["överskott"].variants["återbetalas"].front
    assert f"Överskott återbetalas Passar när: {surplus.fits_when}" in out
    for code in ("|där(", "|antal", " and not ", " is not ", "=="):
        assert code not in out


def test_the_condition_itself_stands_where_the_text_is_shown() -> None:
    assert "is not ja" in " ".join(iopdocs("clauses", "show", "förlängning/ingen").out.split())


def test_a_part_that_only_other_texts_take_in_is_not_listed_among_what_can_be_chosen() -> None:
    out = iopdocs("clauses", "list").out
    choosable, _heading, parts = out.partition("\nDelar som andra texter tar in\n")
    assert "hävningens_verkan" not in choosable
    assert "hävningens_verkan" in parts
    assert "  hävning\n" in choosable


@pytest.mark.parametrize(
    "name", ["särskilda villkor", "sarskilda_villkor", "Särskilda-Villkor", "avsnitt/sarskilda_villkor"]
)
def test_a_section_is_known_in_any_spelling(name: str) -> None:
    out = iopdocs("clauses", "list", "--section", name).out
    assert out.startswith("Särskilda villkor (avsnitt/sarskilda_villkor)")
    assert "Ekonomi" not in out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["list", "--section", "ekonmi"], "menade du ekonomi?"),
        (["list", "--section", "qqqq"], "välj bland"),
        (["list", "--layer", "nix"], "nix: lagret finns inte"),
        (["show", "overskot"], "menade du överskott?"),
        (["show", "överskott/aterbetala"], "menade du överskott/återbetalas?"),
        (["show", "överskott/qqqq"], "välj bland: överskott/"),
        (["show", "återbetalas"], "menade du överskott/återbetalas?"),
        (["show", "avsnitt/ekonmi"], "menade du avsnitt/ekonomi?"),
        (["show", "qqqq"], "iopdocs clauses list"),
        (["show", "../../etc/passwd"], "ingen text heter"),
        (["show", "överskott", "--agreement", "nix.yaml"], "nix.yaml"),
        (["show"], "ID saknas"),
        (["new", "överskott"], "--layer saknas"),
        (["new", "överskott", "--layer", "l"], "skriv vilken"),
        (["new", "min_klausul", "--layer", "l"], "--section ekonomi"),
        (["new", "min_klausul", "--layer", "l", "--section", "ekonmi"], "menade du ekonomi?"),
        (["new", "../x", "--layer", "l"], "kan inte vara namnet på en text"),
        (["new", "överskott/..", "--layer", "l"], "kan inte vara namnet på en text"),
        (["new", "avsnitt/ml", "--layer", "l"], "menade du avsnitt/mal?"),
        (["diff", "overskot"], "menade du överskott?"),
        (["lst"], "kommandot finns inte"),
    ],
)
def test_mistake_is_reported_with_remedy(folder: Path, arguments: list[str], says: str) -> None:
    done = iopdocs("clauses", *arguments)
    assert done.code == 2
    assert says in done.err
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("id_", ["överskott/återbetalas", "Overskott/Aterbetalas", "ÖVERSKOTT/ÅTERBETALAS", SURPLUS])
def test_a_text_is_shown_with_its_source_and_as_it_reads(id_: str) -> None:
    out = iopdocs("clauses", "show", id_).out
    assert out.startswith("överskott/återbetalas – Överskott återbetalas")
    assert "ekonomi.överskott.beskrivning" in out
    assert "Så blir den i exempelavtalet" in out
    assert "\n  Ett överskott återbetalas" in out.partition("Så blir den")[2]
    assert "Granskad      nej" in out


def test_a_text_is_shown_by_the_path_of_its_file(folder: Path) -> None:
    layer = make_layer(folder / "l", {SURPLUS: "Vår text.\n"})
    out = iopdocs("clauses", "show", layer / SURPLUS, "--layer", layer).out
    assert "Lager         provkommun – ersätter texten i bas" in out
    assert "  Vår text." in out
    assert "ange dess lager" in iopdocs("clauses", "show", layer / SURPLUS).err


def test_clause_with_variants_lists_each_and_how_to_choose() -> None:
    out = iopdocs("clauses", "show", "overskott").out
    for variant in load_library().clauses["överskott"].variants.values():
        assert f"  {variant.id}\n" in out
    assert "Passar när" in out
    assert "iopdocs clauses show överskott/" in out
    assert "klausuler: {överskott: " in out


def test_a_section_is_shown_whole() -> None:
    out = iopdocs("clauses", "show", "avsnitt/mål").out
    assert "Mål med avtalad verksamhet" in out
    assert out == iopdocs("clauses", "show", "avsnitt/mal").out


@pytest.mark.parametrize("section", ["avtalstid", "organisation", "omforhandling", "sarskilda_villkor"])
def test_a_section_is_shown_with_the_sample_that_has_most_of_it(section: str) -> None:
    shown = iopdocs("clauses", "show", f"avsnitt/{section}").out.partition("Så blir den i")[2]
    assert "Ingenting" not in shown
    assert len(shown.splitlines()) > 15


OWN = """
titel: Lån
klausuler: {tvist: allmän domstol}
egna_klausuler:
  - {rubrik: Utlån av tält, efter: tvist, text: Tälten lämnas torra.}
  - {rubrik: Två nycklar, text: Nycklarna kvitteras.}
"""


@pytest.mark.parametrize("id_", ["avsnitt/omforhandling", "tvist/allman-domstol", "avsnitt/sarskilda_villkor"])
def test_what_the_parties_have_written_themselves_is_not_shown_as_part_of_a_text(folder: Path, id_: str) -> None:
    (folder / "a.yaml").write_text(OWN, encoding="utf-8")
    shown = iopdocs("clauses", "show", id_, "--agreement", "a.yaml").out.partition("Så blir den i")[2]
    assert shown
    for own in ("tält", "Tälten", "nycklar", "Nycklarna"):
        assert own not in shown


def test_section_lists_the_blocks_that_a_layer_can_replace(folder: Path) -> None:
    out = iopdocs("clauses", "show", "avsnitt/avtalstid").out
    blocks = out.partition("Block som ett lager kan ändra var för sig\n")[2].partition("Så är texten skriven")[0]
    rows = [line.split(maxsplit=1) for line in blocks.splitlines() if line.startswith("  ")]
    assert ["uppsägning", "Uppsägning"] in rows
    extends, block = (line.strip() for line in blocks.splitlines() if "{%" in line)
    text = f"{extends}\n{block}".replace("…", "Avtalet gäller till midsommar.")
    make_layer(folder / "l", {"avsnitt/avtalstid.md.j2": text})
    out = iopdocs("clauses", "show", "avsnitt/avtalstid", "--layer", "l").out
    assert "Avtalet gäller till midsommar." in out.partition("Så blir den i")[2]
    assert "  uppsägning" in out  # the layer's text still has the blocks of the text below
    assert "Block som" not in iopdocs("clauses", "show", "tvist/allman-domstol").out


def test_a_text_is_shown_in_an_agreement_of_ones_own() -> None:
    out = iopdocs("clauses", "show", "överskott/återbetalas", "--agreement", EXAMPLE).out
    assert "trygga-kvallar.yaml" in out
    assert "Avtalet självt har: återinvesteras (följer av uppgifterna)." in " ".join(out.split())


def test_texts_of_ours_can_be_shown() -> None:
    # Some, for each takes a second; `clauses check` renders every one with every sample.
    for id_ in [*list(listed())[::12], "avsnitt/titel", "avsnitt/bilagor", "dokument/avtal"]:
        done = iopdocs("clauses", "show", id_)
        assert done.code == 0, done.err
        assert done.out.startswith(id_)


def test_a_new_text_begins_as_a_copy_that_knows_what_it_replaces(folder: Path) -> None:
    done = iopdocs("clauses", "new", "overskott/aterbetalas", "--layer", "vårt lager")
    assert done.code == 0
    assert "är nu ett lager" in done.out
    assert 'iopdocs clauses show överskott/återbetalas --layer "vårt lager"' in done.out
    library = load_library([folder / "vårt lager"])
    base, own = (layer.texts[SURPLUS] for layer in library.layers)
    assert own.digest == base.digest
    assert own.front.replaces is not None
    assert own.front.replaces.id == "överskott/återbetalas"
    assert base.digest.startswith(own.front.replaces.hash or "-")
    assert own.front.reviewed == "nej"
    assert library.layers[1].name == "vårt lager"
    assert iopdocs("render", EXAMPLE, "-o", "a.md", "--layer", "vårt lager").code == 0


def test_nothing_that_somebody_has_written_is_overwritten(folder: Path) -> None:
    iopdocs("clauses", "new", "avsnitt/mål", "--layer", "l")
    file = folder / "l" / "avsnitt" / "mal.md.j2"
    file.write_text("Mitt.\n", encoding="utf-8")
    done = iopdocs("clauses", "new", "avsnitt/mål", "--layer", "l")
    assert done.code == 2
    assert "--overwrite" in done.err
    assert file.read_text(encoding="utf-8") == "Mitt.\n"
    assert iopdocs("clauses", "new", "avsnitt/mål", "--layer", "l", "--overwrite").code == 0
    assert "ersätter:" in file.read_text(encoding="utf-8")


def test_a_new_variant_works_at_once_and_prints_what_the_others_print(folder: Path) -> None:
    done = iopdocs("clauses", "new", "överskott/Fonderas i fem år", "--layer", "l")
    assert "klausuler: {överskott: Fonderas i fem år}" in done.out
    assert (folder / "l/klausuler/ekonomi/overskott/fonderas_i_fem_ar.md.j2").is_file()
    assert "överskott/Fonderas i fem år" in listed("--layer", "l")
    data = "ekonomi: {överskott: {beskrivning: Fonden heter Norra.}}\nklausuler: {överskott: fonderas i fem år}\n"
    (folder / "a.yaml").write_text(data, encoding="utf-8")
    assert iopdocs("render", "a.yaml", "-o", "a.md", "--layer", "l").code == 0
    made = (folder / "a.md").read_text(encoding="utf-8")
    assert "SKRIV HÄR:" in made
    assert "Fonden heter Norra." in made


def test_a_text_that_the_layer_has_is_not_begun_again(folder: Path) -> None:
    begin = ("clauses", "new", "överskott/fonderas", "--layer", "l")
    assert iopdocs(*begin).code == 0
    file = folder / "l/klausuler/ekonomi/overskott/fonderas.md.j2"
    for name in ("fonderas.md.j2", "var_fond.md.j2"):
        file = file.rename(file.with_name(name))
        before = {path: path.read_bytes() for path in (folder / "l").rglob("*") if path.is_file()}
        done = iopdocs(*begin)
        assert done.code == 2
        assert "finns redan" in done.err
        assert name in done.err
        assert {path: path.read_bytes() for path in (folder / "l").rglob("*") if path.is_file()} == before
    assert iopdocs(*begin, "--overwrite").code == 0
    assert [path.name for path in file.parent.iterdir()] == ["var_fond.md.j2"]
    assert iopdocs("clauses", "list", "--layer", "l").code == 0


def test_a_copy_is_not_begun_again_in_a_file_of_another_name(folder: Path) -> None:
    iopdocs("clauses", "new", "överskott/återbetalas", "--layer", "l")
    file = folder / "l" / SURPLUS
    file.rename(file.with_name("mitt.md.j2"))
    done = iopdocs("clauses", "new", "överskott/återbetalas", "--layer", "l")
    assert done.code == 2
    assert "mitt.md.j2: överskott/återbetalas finns redan" in done.err
    assert not file.exists()


@pytest.mark.parametrize("replaces", [True, False])
def test_a_text_whose_file_has_another_name_stands_beside_the_one_of_its_id(folder: Path, replaces: bool) -> None:
    iopdocs("clauses", "new", "tvist/dialog-ledning-medling", "--layer", "l")
    (file,) = (folder / "l/klausuler").rglob("*.md.j2")
    text = file.read_text(encoding="utf-8").replace("En tvist om avtalet", "En oenighet om avtalet")
    lines = [line for line in text.splitlines() if replaces or not line.startswith("ersätter:")]
    file.with_name("medling2.md.j2").write_text("\n".join(lines), encoding="utf-8")
    file.unlink()
    done = iopdocs("clauses", "diff", "tvist/dialog-ledning-medling", "--layer", "l")
    assert done.code == 0
    assert "finns bara" not in done.out
    assert "Ta bort" not in done.out
    assert "Under: bas" in done.out
    assert "En oenighet om" in done.out
    assert "ändrats" not in done.out
    checked = iopdocs("clauses", "check", "l")
    assert checked.code == 0
    assert "dialog_ledning_medling.md.j2" in checked.out


def test_missing_space_in_the_manifest_is_reported_as_in_an_agreement(folder: Path) -> None:
    make_layer(folder / "l", {})
    (folder / "l/lager.yaml").write_text("format:1\nnamn: l\n", encoding="utf-8")
    done = iopdocs("clauses", "check", "l")
    assert done.code == 2
    assert "lager.yaml:1:" in done.err
    assert "efter kolonet saknas ett mellanslag" in done.err


def test_a_new_clause_stands_in_the_section_that_was_asked_for(folder: Path) -> None:
    for name in ("min_klausul", "En till"):
        done = iopdocs("clauses", "new", name, "--layer", "l", "--section", "Särskilda villkor")
        assert done.code == 0, done.err
        assert done.err == ""
    assert "Ändrade l/avsnitt/sarskilda_villkor.md.j2" in done.out
    assert iopdocs("render", EXAMPLE, "-o", "a.md", "--layer", "l").code == 0
    made = (folder / "a.md").read_text(encoding="utf-8")
    assert made.index("Min klausul") < made.index("En till")
    assert made.count("\nSKRIV HÄR:") == 2
    assert iopdocs("clauses", "new", "min_klausul", "--layer", "l", "--overwrite").code == 0
    assert (folder / "l/avsnitt/sarskilda_villkor.md.j2").read_text(encoding="utf-8").count('"min_klausul"') == 1


def test_a_second_variant_leaves_the_first_as_the_sections_own(folder: Path) -> None:
    iopdocs("clauses", "new", "min_klausul", "--layer", "l", "--section", "ekonomi")
    assert iopdocs("clauses", "new", "min_klausul/annorlunda", "--layer", "l").code == 0
    first = folder / "l/klausuler/ekonomi/min_klausul.md.j2"
    first.write_text(first.read_text(encoding="utf-8").replace("SKRIV HÄR:", "Den första"), encoding="utf-8")
    iopdocs("render", EXAMPLE, "-o", "a.md", "--layer", "l")
    assert "Den första" in (folder / "a.md").read_text(encoding="utf-8")
    assert (
        "iopdocs clauses show min_klausul/annorlunda" in iopdocs("clauses", "show", "min klausul", "--layer", "l").out
    )
    assert "Den första" in iopdocs("clauses", "show", "min_klausul/ja", "--layer", "l").out


def test_line_ends_of_a_section_that_is_added_to_are_kept(folder: Path) -> None:
    make_layer(folder / "l", {})
    file = folder / "l/avsnitt/mal.md.j2"
    file.parent.mkdir()
    file.write_bytes("Vårt mål.\r\n\r\nMera.\r\n".encode())
    assert iopdocs("clauses", "new", "min_klausul", "--layer", "l", "--section", "mål").code == 0
    written = file.read_bytes()
    assert written.startswith("Vårt mål.\r\n\r\nMera.\r\n".encode())
    assert written.count(b"\n") == written.count(b"\r\n")


def test_section_with_blocks_is_unchanged_and_the_lines_to_paste_are_shown(folder: Path) -> None:
    section = '{% extends "bas/avsnitt/mal.md.j2" %}\n'
    make_layer(folder / "l", {"avsnitt/mal.md.j2": section})
    done = iopdocs("clauses", "new", "min_klausul", "--layer", "l", "--section", "mål")
    assert '{% klausul "min_klausul" %}' in done.out
    assert "texten används inte" in done.err
    assert (folder / "l/avsnitt/mal.md.j2").read_text(encoding="utf-8") == section


def test_a_folder_with_other_things_is_made_no_layer(folder: Path) -> None:
    (folder / "brev.docx").write_bytes(b"x")
    done = iopdocs("clauses", "new", "avsnitt/mål", "--layer", ".")
    assert done.code == 2
    assert "vart-lager" in done.err
    assert [path.name for path in folder.iterdir()] == ["brev.docx"]
    assert "är ingen mapp" in iopdocs("clauses", "new", "avsnitt/mål", "--layer", "brev.docx").err


def test_a_text_lies_on_the_layers_that_the_settings_name(folder: Path) -> None:
    make_layer(folder / "region", {"avsnitt/mal.md.j2": "Regionens mål.\n"}, name="region")
    make_layer(folder / "kommun", {}, name="kommun")
    (folder / "iopdocs.yaml").write_text("lager: [region, kommun]\n", encoding="utf-8")
    iopdocs("clauses", "new", "avsnitt/mål", "--layer", "kommun")
    assert "Regionens mål." in (folder / "kommun/avsnitt/mal.md.j2").read_text(encoding="utf-8")
    iopdocs("clauses", "new", "avsnitt/mål", "--layer", "region", "--overwrite")
    assert "Regionens mål." not in (folder / "region/avsnitt/mal.md.j2").read_text(encoding="utf-8")


@examples(40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(max_size=40), variant=st.text(max_size=40))
def test_whatever_a_text_is_called_the_layer_can_be_used_or_nothing_is_written(
    tmp_path_factory: pytest.TempPathFactory, name: str, variant: str
) -> None:
    folder = tmp_path_factory.mktemp("w") / "l"
    done = iopdocs("clauses", "new", f"{name}/{variant}" if variant else name, "--layer", folder, "--section", "mål")
    if done.code == 0:
        load_library([folder])
        assert all(path.name.isascii() for path in folder.rglob("*"))
    else:
        assert done.err.strip()
        assert not folder.exists()


def changed(folder: Path) -> Path:
    iopdocs("clauses", "new", "överskott/återbetalas", "--layer", "l")
    file = folder / "l" / SURPLUS
    text = file.read_text(encoding="utf-8").replace(
        "Ett överskott återbetalas", "Alla pengar som blir över återbetalas"
    )
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize("columns", ["40", "80", "120"])
def test_a_text_stands_beside_the_one_under_it(folder: Path, monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    changed(folder)
    monkeypatch.setenv("COLUMNS", columns)
    done = iopdocs("clauses", "diff", "overskott/aterbetalas", "--layer", "l")
    assert done.code == 0
    body = done.out.partition("\n\n")[2]
    assert all(len(line) <= int(columns) for line in body.splitlines())
    for word in ("Ett", "överskott", "Alla", "pengar"):
        assert word in body
    assert "texten under är som när den egna skrevs" in " ".join(done.out.split())


def test_changed_text_below_is_reported_with_the_line_to_write(folder: Path) -> None:
    file = changed(folder)
    right = file.read_text(encoding="utf-8")
    digest = load_library().layers[0].texts[SURPLUS].digest[:16]
    file.write_text(right.replace(digest, "00112233aabbccdd"), encoding="utf-8")
    done = iopdocs("clauses", "diff", "överskott", "--layer", "l")
    assert done.code == 1
    assert "har ändrats sedan den egna skrevs" in done.out
    assert "00112233aabbccdd" in done.out
    line = done.out.splitlines()[-1]
    assert line == f"ersätter: {{id: överskott/återbetalas, hash: {digest}}}"
    assert iopdocs("clauses", "diff", "--layer", "l").code == 1
    file.write_text(f"---\n{line}\n---\nNy text.\n", encoding="utf-8")
    assert iopdocs("clauses", "diff", "överskott", "--layer", "l").code == 0


def test_text_without_replaces_gets_the_line_to_write(folder: Path) -> None:
    make_layer(folder / "l", {SURPLUS: "Vår text.\n"})
    done = iopdocs("clauses", "diff", "överskott", "--layer", "l")
    assert done.code == 0
    assert "säger inte vilken text den ersätter" in " ".join(done.out.split())
    assert "hash: " in done.out


BLOCKS = """{% extends "bas/avsnitt/avtalstid.md.j2" %}

{% block uppsägning %}
{{ super() }}

Uppsägningen skickas till registrator.
{% endblock %}

{% block förlängning %}
Förlängs aldrig.
{% endblock %}
"""


@pytest.mark.parametrize("columns", ["40", "80"])
def test_a_text_that_extends_the_one_under_it_is_compared_block_by_block(
    folder: Path, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    make_layer(folder / "l", {"avsnitt/avtalstid.md.j2": BLOCKS})
    done = iopdocs("clauses", "diff", "avsnitt/avtalstid", "--layer", "l")
    assert done.code == 0
    said = " ".join(done.out.split())
    assert "följer texten under, utom i sina egna block: uppsägning, förlängning" in said
    assert "Block uppsägning – Uppsägning" in said
    assert "registrator" in said
    assert "märks inte" not in said
    assert "Avtalstid\n" not in done.out  # a block that is left alone is no difference
    assert "Förlängs aldrig." in said
    assert said.count("Block ") == 2
    assert "ersätter:" not in said


def test_a_text_that_takes_in_the_one_under_it_differs_only_in_what_it_adds(folder: Path) -> None:
    make_layer(folder / "l", {"avsnitt/mal.md.j2": 'Vi vill mer.\n\n{% include "bas/avsnitt/mal.md.j2" %}\n'})
    out = iopdocs("clauses", "diff", "avsnitt/mal", "--layer", "l").out
    assert "tar in texten under" in out
    assert "Vi vill mer." in out
    assert not [line for line in out.splitlines() if " < " in line or " | " in line]
    assert "mal (provkommun): tar in texten under" in iopdocs("clauses", "diff", "--layer", "l").out


def test_without_a_text_under_there_is_nothing_to_compare() -> None:
    assert "--layer" in iopdocs("clauses", "diff").out
    done = iopdocs("clauses", "diff", "överskott/återbetalas")
    assert done.code == 0
    assert "finns bara i lagret bas" in done.out


def test_layers_are_named_by_the_environment_when_nothing_else_does(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("ett", "två"):
        make_layer(folder / name, {"avsnitt/mal.md.j2": f"Mål {name}.\n"}, name=name)
    monkeypatch.setenv("IOPDOCS_LAYERS", os.pathsep.join(["ett", "två"]))
    assert "Mål två." in iopdocs("clauses", "show", "avsnitt/mål").out
    assert "Mål ett." in iopdocs("clauses", "show", "avsnitt/mål", "--layer", "ett").out
    (folder / "iopdocs.yaml").write_text("lager: [ett]\n", encoding="utf-8")
    assert "Mål ett." in iopdocs("clauses", "show", "avsnitt/mål").out
    (folder / "iopdocs.yaml").unlink()
    monkeypatch.setenv("IOPDOCS_LAYERS", os.pathsep.join(["ett", "borta"]))
    done = iopdocs("render", EXAMPLE, "-o", "a.md")
    assert done.code == 2
    assert "IOPDOCS_LAYERS: lagret borta finns inte" in done.err
    monkeypatch.setenv("IOPDOCS_LAYERS", "")
    assert iopdocs("clauses", "show", "avsnitt/mål").code == 0


def test_invalid_layer_is_reported_with_file_and_line(folder: Path) -> None:
    make_layer(folder / "l", {"avsnitt/mal.md.j2": "{{ mål.syftte }}\n"})
    done = iopdocs("clauses", "show", "avsnitt/mål", "--layer", "l")
    assert done.code == 2
    assert "mal.md.j2:1" in done.err
    assert "syfte" in done.err
    with pytest.raises(LibraryError):
        load_library([folder])
