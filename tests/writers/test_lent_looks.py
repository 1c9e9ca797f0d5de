"""What a Word template lends arrives whole: embedded fonts, pictures, theme and numbering, with their relationships."""

from __future__ import annotations

import uuid

import pytest
from lxml import etree

from iopdocs.opc import PartRelation, open_package
from tests.helpers import docx_checks
from tests.helpers.command import iopdocs as run
from tests.helpers.docx_checks import w
from tests.helpers.word_templates import parts, replaced
from tests.writers.test_hostile_templates import EVIL, PNG, active, made_with, picture, template

KEY = uuid.UUID("1dc3b2a1-0f4e-4c55-9f0a-5b6c7d8e9fa0")
FONT = b"\x00\x01\x00\x00" + bytes(range(256)) * 40
"""The bytes of a font, as far as anything here reads them."""
FONT_PART, LOGO_PART = "word/fonts/exempelstad.odttf", "word/media/logo.png"
FAMILY = "Exempelstadsgrotesk"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def obfuscated(font: bytes, key: uuid.UUID) -> bytes:
    """Return *font* as Word embeds it (ECMA-376 part 4, 2.8.1): its first 32 bytes XORed with the key, last byte first."""
    turned = key.bytes[::-1]
    return bytes(byte ^ turned[place % 16] for place, byte in enumerate(font[:32])) + font[32:]


def with_looks() -> bytes:
    """Return a template with an embedded font, a picture in its header, and a theme and numbering of its own."""
    embedded = f'<w:embedRegular r:id="f" w:fontKey="{{{str(KEY).upper()}}}"/>'
    data = template(
        header=picture('r:embed="p"'),
        header_rels=(("p", "image", "media/logo.png", False),),
        part="word/fontTable.xml",
        part_xml=("</w:fonts>", f'<w:font w:name="{FAMILY}" xmlns:r="{R}">{embedded}</w:font></w:fonts>'),
        part_rels=(("f", "font", "fonts/exempelstad.odttf", False),),
        extra={
            LOGO_PART: ("image/png", PNG),
            FONT_PART: ("application/vnd.openxmlformats-officedocument.obfuscatedFont", obfuscated(FONT, KEY)),
        },
    )
    data = replaced(data, "word/theme/theme1.xml", ('<a:latin typeface="Arial"/>', f'<a:latin typeface="{FAMILY}"/>'))
    return replaced(data, "word/numbering.xml", ('w:left="737" w:hanging="737"', 'w:left="851" w:hanging="851"'))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """An agreement rendered with that template."""
    folder = tmp_path_factory.mktemp("lager")
    (folder / "lager.yaml").write_text("namn: prov\n", encoding="utf-8")
    (folder / "mall.docx").write_bytes(with_looks())
    (folder / "avtal.yaml").write_text("titel: Prov\n", encoding="utf-8")
    assert run("render", "avtal.yaml", "-o", "ut.docx", "--layer", ".", cwd=folder).code == 0
    return (folder / "ut.docx").read_bytes()


def to(made: bytes, part: str, target: str) -> list[PartRelation]:
    return [relation for relation in open_package(made).relations(part).values() if relation.target == target]


def test_the_document_is_valid(made: bytes) -> None:
    assert docx_checks.faults(made) == []
    assert active(made) == []


def test_an_embedded_font_is_there_and_can_be_read_with_its_key(made: bytes) -> None:
    table = etree.fromstring(parts(made)["word/fontTable.xml"])
    font = next(one for one in table.iter(w("font")) if one.get(w("name")) == FAMILY)
    embedded = font.find(w("embedRegular"))
    assert embedded is not None
    relation = open_package(made).relations("word/fontTable.xml")[str(embedded.get(f"{{{R}}}id"))]
    assert (relation.kind, relation.target, relation.external) == ("font", FONT_PART, False)
    key = uuid.UUID(str(embedded.get(w("fontKey"))).strip("{}"))
    assert obfuscated(parts(made)[FONT_PART], key) == FONT


def test_the_picture_of_the_header_is_there_and_the_header_leads_to_it(made: bytes) -> None:
    assert parts(made)[LOGO_PART] == PNG
    headers = [name for name in parts(made) if name.startswith("word/header") and to(made, name, LOGO_PART)]
    assert len(headers) == 1
    (relation,) = to(made, "word/document.xml", headers[0])
    assert relation.kind == "header"
    blip = next(etree.fromstring(parts(made)[headers[0]]).iter("{*}blip"))
    assert open_package(made).relations(headers[0])[str(blip.get(f"{{{R}}}embed"))].target == LOGO_PART


def test_the_theme_is_there_as_it_was(made: bytes) -> None:
    assert [relation.kind for relation in to(made, "word/document.xml", "word/theme/theme1.xml")] == ["theme"]
    before, after = (
        etree.tostring(etree.fromstring(parts(data)["word/theme/theme1.xml"]), method="c14n")
        for data in (with_looks(), made)
    )
    assert before == after
    assert FAMILY.encode() in after


def test_the_numbering_of_the_headings_is_that_of_the_template(made: bytes) -> None:
    numbering = etree.fromstring(parts(made)["word/numbering.xml"])
    level = next(one for one in numbering.iter(w("lvl")) if one.find(w("pStyle")) is not None)
    indent = level.find(f"{w('pPr')}/{w('ind')}")
    assert indent is not None
    assert (indent.get(w("left")), indent.get(w("hanging"))) == ("851", "851")
    assert [relation.kind for relation in to(made, "word/document.xml", "word/numbering.xml")] == ["numbering"]


@pytest.mark.parametrize("name", ["LOGO.PNG", "Bild 1.Png", "mapp/BEF.JPEG"])
def test_a_picture_is_lent_whatever_the_case_of_its_name(name: str) -> None:
    kind, data = ("image/png", PNG) if name.lower().endswith("png") else ("image/jpeg", b"\xff\xd8\xff\xe0 bild")
    lent = template(
        header=picture('r:embed="p"'),
        header_rels=(("p", "image", f"media/{name}", False),),
        extra={f"word/media/{name}": (kind, data)},
    )
    assert parts(made_with(lent))[f"word/media/{name}"] == data


@pytest.mark.parametrize("scheme", ["FILE", "EXCEL", "BASE", "CHROME", "ftp", "Data"])
def test_no_attribute_holds_an_address_whatever_the_case_of_its_scheme(scheme: str) -> None:
    shape = f'<v:shape id="s" adj="{scheme}:{EVIL}"><v:fill/></v:shape>'
    lent = template(header=f"<w:p><w:r><w:pict>{shape}</w:pict></w:r></w:p>")
    assert active(made_with(lent)) == []
