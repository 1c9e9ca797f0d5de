"""The data in a Word document: what is there, what never is, and what is not believed."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import attrs
import pytest
from hypothesis import given

import iopdocs
from iopdocs.errors import LoadError
from iopdocs.files.embedded_data import KEPT, embedded_text, printed_part, read_embedded, wrapped
from iopdocs.model.fields import fields_of
from tests.helpers import docx_checks
from tests.helpers.document_samples import sample
from tests.helpers.properties import examples
from tests.helpers.strategies import agreements

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))


def package(*parts: bytes, name: str = "customXml/item{}.xml") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "<x/>")
        for number, part in enumerate(parts, 1):
            archive.writestr(name.format(number), part)
    return stream.getvalue()


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_the_data_of_the_examples_come_back(file: Path) -> None:
    given_agreement = iopdocs.load(file)
    data = iopdocs.render(given_agreement).to_docx()
    assert read_embedded(data) == printed_part(given_agreement)
    assert docx_checks.faults(data) == []
    assert docx_checks.audit(data) == []


@given(agreements())
@examples(200)
def test_any_data_come_back(given_agreement: iopdocs.Agreement) -> None:
    kept = printed_part(given_agreement)
    assert read_embedded(attrs.evolve(sample(), data=embedded_text(given_agreement)).to_docx()) == kept
    assert printed_part(kept) == kept
    for path, field, _value in kept.leaves:
        assert field.entry.printed or path.split(".")[0].split("[")[0] in KEPT, path


def test_what_belongs_to_the_case_is_never_there() -> None:
    assert not KEPT & {"rättslig_bedömning", "vägval", "lint"}
    assert {field.key for field in fields_of(iopdocs.Agreement)} >= KEPT
    secret = iopdocs.loads(
        "titel: T\nrättslig_bedömning: {slutsats: Hemligt}\nvägval: {motivering: Hemligt}\n"
        "lint: {undantag: [{regel: R401, skäl: Hemligt}]}\n"
    )
    data = iopdocs.render(secret).to_docx()
    assert read_embedded(data) == iopdocs.loads("titel: T")
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert not any(b"Hemligt" in archive.read(name) for name in archive.namelist() if name.startswith("customXml"))
    by_hand = wrapped('{"titel": "T", "rättslig_bedömning": {"slutsats": "Hemligt"}}')
    assert read_embedded(package(by_hand)).assessment is None


def test_what_the_texts_do_not_print_is_not_there(tmp_path: Path) -> None:
    layer = tmp_path / "lager"
    (layer / "avsnitt").mkdir(parents=True)
    (layer / "lager.yaml").write_text("namn: kort\n", encoding="utf-8")
    (layer / "avsnitt" / "mal.md.j2").write_text("# Mål\n\n{{ mål.syfte }}\n", encoding="utf-8")
    given_agreement = iopdocs.loads("titel: T\nmål: {syfte: Sägs., vision: Sägs inte.}\n")
    goals = read_embedded(iopdocs.render(given_agreement, layers=layer).to_docx()).goals
    assert goals is not None
    assert (goals.purpose, goals.vision) == ("Sägs.", None)


def test_without_data_there_is_no_part() -> None:
    data = iopdocs.render(iopdocs.loads("titel: T"), data=False).to_docx()
    assert not any(name.startswith("customXml") for name in zipfile.ZipFile(io.BytesIO(data)).namelist())
    with pytest.raises(LoadError, match="innehåller inga data från iopdocs"):
        read_embedded(data)


NAMESPACE = "urn:iopdocs:avtal:1"
BOMB = b'<!DOCTYPE a [<!ENTITY x "' + b"x" * 1000 + b'"><!ENTITY y "' + b"&x;" * 1000 + b'">]>'


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "inget Word-dokument"),
        (b"PK\x03\x04 inget", "inget Word-dokument"),
        (package(), "innehåller inga data från iopdocs"),
        (package(b"<a xmlns='urn:annat'/>", b"inte xml"), "innehåller inga data från iopdocs"),
        (package(b"<annat xmlns='urn:iopdocs:avtal:1'/>"), "innehåller inga data från iopdocs"),
        (package(BOMB + f'<avtal xmlns="{NAMESPACE}">&y;</avtal>'.encode()), "innehåller inga data från iopdocs"),
        (package(b'<avtal xmlns="urn:iopdocs:avtal:7">{}</avtal>'), "format 7, som är nyare"),
        (package(wrapped('{"format": 99, "titel": "T"}')), "format 99, som är nyare"),
        (package(wrapped("{trasigt")), "data är skadade"),
        (package(wrapped('{"titel": {}}')), "data är skadade"),
        (package(wrapped("")), "data är skadade"),
        (package(wrapped('{"titel": "A"}'), wrapped('{"titel": "B"}')), "data från flera avtal"),
        (package(f'<avtal xmlns="{NAMESPACE}">'.encode() + b" " * 30_000_000), "större än 20 MB"),
    ],
)
def test_unreadable_source_is_reported(data: bytes, words: str) -> None:
    with pytest.raises(LoadError, match=words):
        read_embedded(data)


def test_a_part_that_stands_twice_with_the_same_data_is_read() -> None:
    part = wrapped('{"titel": "A"}')
    assert read_embedded(package(part, part)).title == "A"
    assert read_embedded(package(part, name="customXML\\Item{}.xml")).title == "A"


def test_data_that_are_too_large_are_left_out() -> None:
    # A thousand long texts make more than a reader would take.
    many = iopdocs.Agreement(title="x" * 5_000_001)
    assert embedded_text(many) == ""
