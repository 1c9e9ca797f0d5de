"""The DOCX as a file: the same bytes for the same tree, nothing left over from elsewhere, and valid."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import attrs
import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from iopdocs.document.tree import Document, TextUse
from iopdocs.errors import LibraryError
from iopdocs.writers.docx.package import is_untouched
from iopdocs.writers.docx.provenance import read_property
from tests.helpers import docx_checks
from tests.helpers.document_samples import sample
from tests.helpers.properties import examples

ROOT = Path(__file__).parents[2]
ALL_THREE = """
import hashlib
from tests.helpers.document_samples import sample
d = sample()
print(hashlib.sha256(d.to_docx() + d.to_html().encode() + d.to_markdown().encode()).hexdigest())
"""


def parts(data: bytes) -> dict[str, bytes]:
    archive = zipfile.ZipFile(BytesIO(data))
    return {name: archive.read(name) for name in archive.namelist()}


def test_the_same_document_gives_the_same_bytes_in_any_process() -> None:
    document = sample()
    here = document.to_docx() + document.to_html().encode() + document.to_markdown().encode()
    for seed in ("1", "2"):
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"}
        command = [sys.executable, "-c", ALL_THREE]
        there = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.strip()
        assert there == hashlib.sha256(here).hexdigest()


def test_package_contains_no_time_and_no_system() -> None:
    for info in zipfile.ZipFile(BytesIO(sample().to_docx())).infolist():
        assert info.date_time == (1980, 1, 1, 0, 0, 0)
        assert info.create_system == 3


def test_the_properties_are_ours_alone() -> None:
    found = parts(sample().to_docx())
    assert not any(b"python-docx" in part for part in found.values())
    core = etree.fromstring(found["docProps/core.xml"])
    assert {etree.QName(child).localname: child.text for child in core} == {
        "title": "Trygga kvällar i Norrby",
        "language": "sv-SE",
        "contentStatus": "UTKAST",
    }
    assert not {"docProps/app.xml", "docProps/thumbnail.jpeg"} & set(found)


def test_the_validator_and_our_own_checks_find_nothing() -> None:
    data = sample().to_docx()
    assert docx_checks.faults(data) == []
    assert docx_checks.audit(data) == []


def test_the_reference_document_is_what_its_script_makes() -> None:
    import importlib.util

    spec = importlib.util.spec_from_file_location("make_mall", ROOT / "scripts" / "make_mall.py")
    assert spec is not None
    assert spec.loader is not None
    make_mall = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(make_mall)
    mall = (ROOT / "templates" / "sv" / "mall.docx").read_bytes()
    # Compressed bytes may differ between versions of zlib; what is compressed may not.
    assert parts(make_mall.mall()) == parts(mall)
    assert docx_checks.faults(mall) == []
    assert docx_checks.audit(mall) == []


def test_everything_is_swedish_and_on_a4() -> None:
    found = parts(sample().to_docx())
    for name in ("word/styles.xml", "word/settings.xml"):
        root = etree.fromstring(found[name])
        tags = {
            element.get(docx_checks.w("val"))
            for element in root.iter(docx_checks.w("lang"), docx_checks.w("themeFontLang"))
        }
        assert tags == {"sv-SE"}
    size = docx_checks.main_part(sample().to_docx()).find(f".//{docx_checks.w('pgSz')}")
    assert size is not None
    assert (size.get(docx_checks.w("w")), size.get(docx_checks.w("h"))) == ("11906", "16838")


def test_a_file_is_known_as_ours_until_it_is_edited() -> None:
    data = sample().to_docx()
    assert is_untouched(data)
    assert not is_untouched(edited(data, "word/document.xml", b"Norrby", b"Soderby"))
    assert not is_untouched(edited(data, "word/header2.xml", b"KS 2026", b"KS 2027"))
    assert not is_untouched(data[:-30])
    assert not is_untouched(b"PK")
    saved_again = BytesIO()
    docx.Document(BytesIO(data)).save(saved_again)
    assert not is_untouched(saved_again.getvalue())


USES = (
    TextUse("avsnitt/mal.md.j2", "mal", "bas", "a" * 64, "1"),
    TextUse(
        "klausuler/ekonomi/overskott/aterbetalas.md.j2", "överskott/återbetalas", "Ö & <k>", "b" * 64, "2", "A B 2027"
    ),
)


def with_texts(*uses: TextUse) -> Document:
    return attrs.evolve(sample(), texts=uses)


def properties(data: bytes) -> dict[str, str]:
    root = etree.fromstring(parts(data)["docProps/custom.xml"])
    return {str(one.get("name")): "".join(map(str, one.itertext())) for one in root}


def test_the_texts_that_made_it_are_kept_as_properties() -> None:
    data = with_texts(*USES).to_docx()
    found = properties(data)
    assert found["iopdocs-avsnitt-01"] == f"mal; fil mal; version 1; lager bas; sha256 {'a' * 64}"
    assert found["iopdocs-klausul-02"].startswith(
        "överskott/återbetalas; fil ekonomi/overskott/aterbetalas; version 2;"
    )
    assert "; lager Ö & <k>;" in found["iopdocs-klausul-02"]
    assert parts(data)["docProps/custom.xml"].isascii()
    assert docx_checks.faults(data) == []
    assert data == with_texts(*USES).to_docx()


def test_an_edited_property_is_an_edit() -> None:
    data = with_texts(*USES).to_docx()
    assert is_untouched(data)
    for old, new in (
        (b"version 2", b"version 3"),
        (b"iopdocs-klausul-02", b"iopdocs-klausul-03"),
        (b'pid="3"', b'pid="9"'),
    ):
        assert not is_untouched(edited(data, "docProps/custom.xml", old, new))
    taken = re.sub(rb"<property [^>]*iopdocs-klausul.*?</property>", b"", parts(data)["docProps/custom.xml"])
    assert not is_untouched(edited(data, "docProps/custom.xml", parts(data)["docProps/custom.xml"], taken))
    assert not is_untouched(edited(data, "docProps/custom.xml", b"</Properties>", b"<x/></Properties>"))
    assert not is_untouched(edited(data, "word/document.xml", b"Norrby", b"Soderby"))


@given(
    texts=st.lists(
        st.builds(
            TextUse,
            name=st.text(max_size=300).map(lambda name: f"klausuler/{name}.md.j2"),
            id=st.text(max_size=200), layer=st.text(max_size=300), digest=st.just("c" * 64),
            version=st.text(max_size=300), reviewed=st.text(max_size=300),
        ),
        max_size=4,
    )
)  # fmt: skip
@examples(60)
def test_whatever_texts_are_called_the_properties_are_short_and_the_file_is_ours(texts: list[TextUse]) -> None:
    data = with_texts(*texts).to_docx()
    assert is_untouched(data)
    assert all(len(value) <= 255 for value in properties(data).values())
    kept = [found for name, value in properties(data).items() if (found := read_property(name, value))]
    assert [one.digest for one in kept] == ["c" * 64 for _text in texts]


def test_properties_of_a_template_stay_in_the_template() -> None:
    template = BytesIO()
    docx.Document(BytesIO(with_texts(*USES).to_docx())).save(template)
    mixed = edited(template.getvalue(), "docProps/custom.xml", b"iopdocs-avsnitt-01", b"Handlaggare")
    data = attrs.evolve(with_texts(USES[0]), reference=mixed).to_docx()
    assert sorted(properties(data)) == ["iopdocs-avsnitt-01", "iopdocs-digest", "iopdocs-format"]
    assert docx_checks.faults(data) == []
    assert is_untouched(data)


WITH_DATA = attrs.evolve(sample(), data='{"format":1,"titel":"Trygga kvällar & <annat>"}')


def test_the_data_are_a_custom_xml_part() -> None:
    data = WITH_DATA.to_docx()
    root = etree.fromstring(parts(data)["customXml/item1.xml"])
    assert root.tag == "{urn:iopdocs:avtal:1}avtal"
    assert root.text == WITH_DATA.data
    assert data == WITH_DATA.to_docx()
    assert docx_checks.faults(data) == []
    assert docx_checks.audit(data) == []
    assert is_untouched(data)
    assert not is_untouched(edited(data, "customXml/item1.xml", b"Trygga", b"Otrygg"))
    without = attrs.evolve(WITH_DATA, data="").to_docx()
    assert {name for name in parts(data) if name not in parts(without)} == {
        "customXml/item1.xml", "customXml/itemProps1.xml", "customXml/_rels/item1.xml.rels",
    }  # fmt: skip


def test_the_data_of_a_template_stay_in_the_template() -> None:
    template = WITH_DATA.to_docx()
    again = attrs.evolve(sample(), reference=template)
    assert not any(name.startswith("customXml") for name in parts(again.to_docx()))
    # Data of its own are no part of the design: a document gets its agreement and nothing else.
    own = edited(template, "customXml/item1.xml", b"urn:iopdocs:avtal:1", b"urn:kommun:mall")
    own = edited(own, "customXml/itemProps1.xml", b"6C1F5E0B", b"AAAAAAAA")
    data = attrs.evolve(WITH_DATA, reference=own).to_docx()
    assert b"urn:iopdocs:avtal:1" in parts(data)["customXml/item1.xml"]
    assert not any(b"urn:kommun:mall" in part for part in parts(data).values())
    assert docx_checks.faults(data) == []
    assert docx_checks.audit(data) == []
    assert is_untouched(data)


def edited(data: bytes, name: str, old: bytes, new: bytes) -> bytes:
    found = parts(data)
    assert old in found[name]
    found[name] = found[name].replace(old, new)
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for part, content in found.items():
            archive.writestr(part, content)
    return buffer.getvalue()


@pytest.mark.parametrize("data", [b"", b"not a zip", sample().to_html().encode()])
def test_a_reference_document_that_is_none_is_refused(data: bytes) -> None:
    with pytest.raises(LibraryError, match=r"mall\.docx: .*Word"):
        attrs.evolve(sample(), reference=data).to_docx()


def foreign() -> bytes:
    """A municipality's template as python-docx's own: other style names and numbering, US Letter, a header, text."""
    template = docx.Document()
    template.styles["Normal"].font.name = "Georgia"
    template.styles["Heading 1"].name = "Rubrik 1"
    template.add_paragraph("Texten i mallen ska inte med.")
    template.sections[0].header.paragraphs[0].text = "Exempelstads kommun"
    buffer = BytesIO()
    template.save(buffer)
    return buffer.getvalue()


def test_a_template_from_elsewhere_lends_its_looks() -> None:
    data = attrs.evolve(sample(), reference=foreign()).to_docx()
    found = parts(data)
    assert docx_checks.faults(data) == []
    assert any(b"Exempelstads kommun" in part for name, part in found.items() if "header" in name)
    assert b"Texten i mallen" not in found["word/document.xml"]
    assert b"Georgia" in found["word/styles.xml"]
    styles = etree.fromstring(found["word/styles.xml"])
    names = [docx_checks.value(style.find(docx_checks.w("name"))) for style in styles.findall(docx_checks.w("style"))]
    assert names.count("Rubrik 1") == 1
    assert "heading 1" not in names
    assert "Underskriftsrad" in names
    assert is_untouched(data)


def test_a_template_that_was_made_by_us_can_be_used_again() -> None:
    data = attrs.evolve(sample(), reference=sample().to_docx()).to_docx()
    assert docx_checks.faults(data) == []
    assert docx_checks.paragraphs(data) == docx_checks.paragraphs(sample().to_docx())
    header = etree.fromstring(parts(data)["word/header2.xml"])
    assert docx_checks.text_of(header) == "Trygga kvällar i Norrby\tKS 2026/123"
