"""Which texts made a Word document: kept in it, and compared with the library at hand by ``iopdocs clauses used``."""

from __future__ import annotations

import json
import shutil
import zipfile
from io import BytesIO
from pathlib import Path

import attrs
import docx
import pytest

import iopdocs as package
from iopdocs.document.draft_marks import OpenItem, mark_draft
from iopdocs.document.tree import Document, TextUse
from iopdocs.document.walk import all_inlines, blocks_of, plain
from iopdocs.library.layer_reader import load_library
from tests.helpers.command import iopdocs
from tests.helpers.layers import make_layer

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "trygga-kvallar.yaml"
GOALS = "avsnitt/mal.md.j2"
FRONT = "---\nid: mal\nversion: 7\ngranskad: Anna Jurist 2027-01-02\n---\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("IOPDOCS_LAYERS", raising=False)
    make_layer(tmp_path / "l", {GOALS: FRONT + "Vårt mål är {{ mål.syfte }}\n"})
    assert iopdocs("render", EXAMPLE, "-o", "a.docx", "--layer", "l").code == 0
    return tmp_path


def told(*arguments: str) -> dict[str, dict[str, str]]:
    data = json.loads(iopdocs("clauses", "used", "a.docx", "--format", "json", *arguments).out)
    return {one["fil"]: one for one in data["texter"]}


def test_every_text_of_the_document_is_listed_as_unchanged() -> None:
    done = iopdocs("clauses", "used", "a.docx", "--layer", "l")
    assert done.code == 0
    assert "a.docx är som när iopdocs gjorde det." in done.out
    assert all(len(line) <= 80 for line in done.out.splitlines())
    assert "version 7; lager provkommun; hash" in done.out
    assert "granskad: Anna Jurist 2027-01-02" in " ".join(done.out.split())
    library = load_library(["l"])
    document = package.render(package.load(EXAMPLE), library=library)
    texts = told("--layer", "l")
    assert set(texts) == {text.name for text in document.texts}
    for text in document.texts:
        assert texts[text.name]["hash"] == text.digest
        assert texts[text.name]["nu"] == "oförändrad"


def test_what_decided_a_clause_is_kept() -> None:
    surplus = next(one for one in told("--layer", "l").values() if one["id"].startswith("överskott/"))
    assert surplus["id"] == "överskott/återinvesteras"
    assert surplus["val"] == "följer av uppgifterna"
    assert surplus["avsnitt"] == "ekonomi"


def test_text_changed_since_is_reported(folder: Path) -> None:
    (folder / "l" / GOALS).write_text(FRONT + "Något annat {{ mål.syfte }}\n", encoding="utf-8")
    done = iopdocs("clauses", "used", "a.docx", "--layer", "l")
    assert done.code == 1
    assert "ändrad sedan dess" in done.out
    one = told("--layer", "l")[GOALS]
    assert one["hash_nu"] != one["hash"]


def test_front_matter_and_line_ends_are_no_change(folder: Path) -> None:
    file = folder / "l" / GOALS
    text = file.read_text(encoding="utf-8").replace("version: 7", "version: 8").replace("\n", "\r\n")
    file.write_bytes(text.encode())
    assert iopdocs("clauses", "used", "a.docx", "--layer", "l").code == 0


def test_removed_or_replaced_text_and_missing_layer_are_reported(folder: Path) -> None:
    done = iopdocs("clauses", "used", "a.docx")
    assert done.code == 1
    assert "lagret provkommun med --layer" in " ".join(done.out.split())
    assert told()[GOALS]["nu"] == "lagret är inte med"
    make_layer(folder / "top", {"avsnitt/kunskap.md.j2": "Annat.\n"}, name="topp")
    assert told("--layer", "l", "--layer", "top")["avsnitt/kunskap.md.j2"]["nu"].startswith("ersatt")
    (folder / "l" / GOALS).unlink()
    assert told("--layer", "l")[GOALS]["nu"] == "finns inte längre"


def test_a_text_whose_file_has_another_name_is_known_by_its_id(folder: Path) -> None:
    old, new = (f"klausuler/ekonomi/overskott/{name}.md.j2" for name in ("aterinvesteras", "stannar_kvar"))
    layer = make_layer(folder / "k", {old: "---\nid: överskott/återinvesteras\n---\nPengarna stannar.\n"}, name="k")
    assert iopdocs("render", EXAMPLE, "-o", "a.docx", "--layer", "k", "--overwrite").code == 0
    (layer / old).rename(layer / new)
    done = iopdocs("clauses", "used", "a.docx", "--layer", "k")
    assert done.code == 0
    assert "finns inte längre" not in done.out
    assert f"filen heter nu {new}" in " ".join(done.out.split())
    assert told("--layer", "k")[old]["fil_nu"] == new
    (layer / new).write_text("---\nid: överskott/återinvesteras\n---\nPengarna går.\n", encoding="utf-8")
    done = iopdocs("clauses", "used", "a.docx", "--layer", "k")
    assert done.code == 1
    assert "ändrad sedan dess" in done.out
    (layer / new).write_text("---\nid: överskott/annat\n---\nPengarna stannar.\n", encoding="utf-8")
    assert told("--layer", "k")[old]["nu"] == "finns inte längre"


def test_document_edited_in_word_is_reported_and_still_listed() -> None:
    document = docx.Document("a.docx")
    document.paragraphs[3].text = "Ändrat av någon."
    document.save("a.docx")
    done = iopdocs("clauses", "used", "a.docx", "--layer", "l")
    assert done.code == 0
    assert "har ändrats sedan iopdocs gjorde det" in " ".join(done.out.split())
    assert "avsnitt/mal" in done.out


def test_a_clause_that_the_data_leave_out_or_write_themselves_is_kept(folder: Path) -> None:
    data = "klausuler: {överskott: nej}\negna_klausuler: [{rubrik: Tvist, text: Vi pratar., i_stället_för: tvist}]\n"
    (folder / "b.yaml").write_text(data, encoding="utf-8")
    iopdocs("render", "b.yaml", "-o", "b.docx")
    found = json.loads(iopdocs("clauses", "used", "b.docx", "--format", "json").out)["texter"]
    how = {one["id"]: one["val"] for one in found}
    assert how["överskott"] == "ingen"
    assert "nu" in found[0]


def bomb() -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile("a.docx") as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name) if name != "docProps/custom.xml" else b" " * 120_000_000)
    return buffer.getvalue()


ENTITIES = b"""<?xml version="1.0"?><!DOCTYPE p [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
 xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property name="iopdocs-avsnitt-01">
<vt:lpwstr>&b;</vt:lpwstr></property></Properties>"""


def hostile() -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile("a.docx") as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name) if name != "docProps/custom.xml" else ENTITIES)
    return buffer.getvalue()


def foreign() -> bytes:
    buffer = BytesIO()
    docx.Document().save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (foreign, "inte gjort av iopdocs"),
        (bomb, "orimligt stor"),
        (lambda: b"PK\x03\x04 not a zip", "inget Word-dokument"),
        (lambda: b"", "inget Word-dokument"),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "lösenord"),
    ],
)
def test_document_not_made_by_iopdocs_is_reported(folder: Path, make: object, says: str) -> None:
    assert callable(make)
    (folder / "x.docx").write_bytes(make())
    done = iopdocs("clauses", "used", "x.docx")
    assert done.code == 2
    assert says in done.err
    assert done.out == ""


def test_entities_are_not_expanded(folder: Path) -> None:
    (folder / "x.docx").write_bytes(hostile())
    done = iopdocs("clauses", "used", "x.docx")
    assert "aaaaaaaaaa" not in done.said


def test_missing_file_is_reported() -> None:
    assert "nix.docx: filen finns inte" in iopdocs("clauses", "used", "nix.docx").err
    assert iopdocs("clauses", "used", "l").code == 2


def test_the_document_is_replaced_as_before_until_it_is_edited(folder: Path) -> None:
    shutil.copy("a.docx", "b.docx")
    assert iopdocs("render", EXAMPLE, "-o", "a.docx").code == 0
    assert (folder / "a.docx").read_bytes() != (folder / "b.docx").read_bytes()
    assert iopdocs("render", EXAMPLE, "-o", "b.docx", "--layer", "l").code == 0
    edited = docx.Document("b.docx")
    edited.core_properties.title = "Annat"
    edited.save("b.docx")
    assert iopdocs("render", EXAMPLE, "-o", "b.docx").code == 2


def draft(*reviewed: str) -> str:
    uses = tuple(TextUse(f"avsnitt/{n}.md.j2", str(n), "bas", "a" * 64, reviewed=one) for n, one in enumerate(reviewed))
    made = mark_draft(Document((), (), (), texts=uses), [OpenItem("något saknas")])
    return " ".join([plain(tuple(all_inlines(made))), str(len(list(blocks_of(made))))])


def test_a_draft_says_how_many_texts_no_lawyer_has_reviewed() -> None:
    assert "Avtalstexterna är inte granskade av någon jurist" in draft()
    assert "Avtalstexterna är inte granskade av någon jurist" in draft("", "")
    assert "2 av avtalets 3 texter är inte granskade av någon jurist" in draft("", "A", "")
    assert "En av avtalets 2 texter är inte granskad av någon jurist" in draft("A", "")
    assert "jurist" not in draft("A", "B")


def test_an_agreement_whose_texts_are_all_reviewed_has_no_such_note() -> None:
    document = Document((), (), (), texts=(TextUse("avsnitt/mal.md.j2", "mal", "bas", "a" * 64, reviewed="A"),))
    assert mark_draft(document).front == ()
    assert "jurist" in plain(tuple(all_inlines(mark_draft(attrs.evolve(document, texts=())))))
