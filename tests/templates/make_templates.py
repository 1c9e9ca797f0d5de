"""Write the Word templates of this folder: what municipalities have, made by us.

`svenska-stilar.docx` has Swedish style names, a logo, a numbering and margins of its own. `bara-normal.docx` has next
to nothing: headings that only their outline levels tell, on a lying A4. `libreoffice.docx` is the first one, saved by
LibreOffice (`python tests/templates/make_templates.py --libreoffice`); it differs from version to version, so it is
kept as it was written once. Lengths are in twentieths of a point.
"""

from __future__ import annotations

import struct
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

from iopdocs.writers.docx.inline import field
from iopdocs.writers.docx.namespaces import DECLARATION, RELATIONSHIP_TYPES, WORD_TYPES, R, W
from iopdocs.writers.docx.package import Relationship, core_properties, entry, pack, relationships_xml

FOLDER = Path(__file__).resolve().parent
GREEN = "1E5B3A"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
LOGO_TEXT = "Exempelstads kommuns vapen: ett grönt fält med tre vågor"
EMU = 360000  # of a centimetre


def logo() -> bytes:
    """Return a PNG of 72 × 72 points: three waves on green. Stored, not packed, so that every zlib gives the same."""
    side = 72
    rows = bytearray()
    for y in range(side):
        rows.append(0)
        for x in range(side):
            edge = min(x, y, side - 1 - x, side - 1 - y) < 3
            wave = any(abs(y - level - (abs(x % 24 - 12) - 6) // 2) < 3 for level in (20, 36, 52))
            rows.append(0 if edge or wave else 1)
    stored = b"\x78\x01\x01" + struct.pack("<HH", len(rows), len(rows) ^ 0xFFFF) + rows
    stored += struct.pack(">I", zlib.adler32(rows))
    palette = bytes.fromhex("FFFFFF" + GREEN)
    header = struct.pack(">IIBBBBB", side, side, 8, 3, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"PLTE", palette), (b"IDAT", stored), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


def style(identifier: str, name: str, paragraph: str = "", text: str = "", based_on: str = "Normal") -> str:
    """Return a paragraph style."""
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    default = ' w:default="1"' if identifier == "Normal" else ""
    inside = f"<w:pPr>{paragraph}</w:pPr>" * bool(paragraph) + f"<w:rPr>{text}</w:rPr>" * bool(text)
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{identifier}"><w:name w:val="{name}"/>{base}<w:qFormat/>'
        f"{inside}</w:style>"
    )


def font(name: str, half_points: int, colour: str = "", bold: bool = False) -> str:
    """Return run properties."""
    return (
        f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:cs="{name}"/>'
        + "<w:b/><w:bCs/>" * bold
        + f'<w:color w:val="{colour}"/>' * bool(colour)
        + f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'
    )


def air(before: int, after: int, more: str = "") -> str:
    """Return the spacing of a paragraph."""
    return f'<w:spacing w:before="{before}" w:after="{after}"{more}/>'


def styles_part(styles: str, language: str) -> bytes:
    """Return a styles part."""
    return (
        f'{DECLARATION}<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>'
        f'<w:lang w:val="{language}"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>{styles}</w:styles>'
    ).encode()


def swedish_styles() -> bytes:
    """Return styles with the names and ids of a Swedish Word."""
    numbered = '<w:numPr>{}<w:numId w:val="1"/></w:numPr>'
    headings = "".join(
        style(
            f"Rubrik{level}",
            f"Rubrik {level}",
            "<w:keepNext/><w:keepLines/>"
            + numbered.format(f'<w:ilvl w:val="{level - 1}"/>' if level > 1 else "")
            + air(before, 80)
            + f'<w:outlineLvl w:val="{level - 1}"/>',
            font("Arial", size, GREEN, bold=True),
        )
        for level, before, size in ((1, 360, 30), (2, 240, 25), (3, 200, 23))
    )
    return styles_part(
        style("Normal", "Normal", air(0, 0, ' w:line="276" w:lineRule="auto"'), font("Times New Roman", 24), "")
        + style("Rubrik", "Rubrik", "<w:keepNext/>" + air(0, 160), font("Arial", 48, GREEN, bold=True))
        + style("Underrubrik", "Underrubrik", air(0, 240), font("Arial", 24))
        + headings
        + style("Brdtext", "Brödtext", air(0, 140))
        + style("Punktlista", "Punktlista", air(0, 60) + "<w:contextualSpacing/>", "", "Brdtext")
        + style("Numreradlista", "Numrerad lista", air(0, 60), "", "Brdtext")
        + style("Beskrivning", "Beskrivning", "<w:keepNext/>" + air(160, 80), font("Arial", 20, GREEN, bold=True))
        + style(
            "Sidhuvud", "Sidhuvud", '<w:tabs><w:tab w:val="right" w:pos="8789"/></w:tabs>', font("Arial", 18, "444444")
        )
        + style(
            "Sidfot",
            "Sidfot",
            '<w:pBdr><w:top w:val="single" w:sz="6" w:space="6" w:color="1E5B3A"/></w:pBdr>'
            '<w:tabs><w:tab w:val="right" w:pos="8789"/></w:tabs>',
            font("Arial", 16, "444444"),
        ),
        "sv-SE",
    )


def heading_list() -> bytes:
    """Return a numbering part whose one list counts the headings "1", "1.1"; the heading of its fourth level is not used."""
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        + f'<w:pStyle w:val="Rubrik{depth + 1}"/>' * (depth < 3)
        + f'<w:lvlText w:val="{".".join(f"%{n}" for n in range(1, depth + 2))}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="851" w:hanging="851"/></w:pPr></w:lvl>'
        for depth in range(9)
    )
    return (
        f'{DECLARATION}<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0"><w:nsid w:val="2B3A4C5D"/>'
        f'<w:multiLevelType w:val="multilevel"/><w:tmpl w:val="2B3A4C5D"/>{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    ).encode()


def run(text: str) -> str:
    """Return *text* as a run."""
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def control(title: str, identifier: int, shown: str) -> str:
    """Return a content control as Word writes one that nobody has filled in."""
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val="{title}"/><w:id w:val="{identifier}"/></w:sdtPr>'
        f"<w:sdtContent>{shown}</w:sdtContent></w:sdt>"
    )


def picture() -> str:
    """Return the logo as an inline picture, 1.6 cm wide."""
    size = f'cx="{int(1.6 * EMU)}" cy="{int(1.6 * EMU)}"'
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{WP}" distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr id="1" name="Bild 1" descr="{LOGO_TEXT}"/><a:graphic xmlns:a="{A}"><a:graphicData uri="{PIC}">'
        f'<pic:pic xmlns:pic="{PIC}"><pic:nvPicPr><pic:cNvPr id="1" name="vapen.png"/><pic:cNvPicPr/></pic:nvPicPr>'
        '<pic:blipFill><a:blip r:embed="rId1"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>'
        f'<a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def story(tag: str, style_id: str, *paragraphs: str) -> bytes:
    """Return a header (``hdr``) or footer (``ftr``)."""
    inside = "".join(f'<w:p><w:pPr><w:pStyle w:val="{style_id}"/></w:pPr>{one}</w:p>' for one in paragraphs)
    return f'{DECLARATION}<w:{tag} xmlns:w="{W}" xmlns:r="{R}">{inside}</w:{tag}>'.encode()


def relation(identifier: str, kind: str, target: str) -> Relationship:
    """Return a relationship inside the package."""
    return Relationship(identifier, RELATIONSHIP_TYPES + kind, target, False)


def document(body: str, section: str) -> bytes:
    """Return the main part."""
    return (
        f'{DECLARATION}<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{body}<w:sectPr>{section}</w:sectPr></w:body>'
        "</w:document>"
    ).encode()


MAIN = relation("rId1", "officeDocument", "/word/document.xml")


def swedish() -> bytes:
    """Return the template with Swedish style names."""
    tab = "<w:r><w:tab/></w:r>"
    number = control("Diarienummer", 101, run("Dnr ") + run("[diarienummer]"))
    header = story("hdr", "Sidhuvud", picture() + run(" Exempelstads kommun") + tab + number)
    footer = story(
        "ftr",
        "Sidfot",
        control("Titel", 102, run("[titel]")) + tab + control("Status", 103, run("[status]")),
        run("Postadress: 123 45 Exempelstad") + tab + run("Sida ") + field("PAGE", "1") + run(" av ")
        + field("NUMPAGES", "1"),
    )  # fmt: skip
    body = (
        '<w:p><w:pPr><w:pStyle w:val="Rubrik"/></w:pPr>' + run("Skriv dokumentets rubrik") + "</w:p>"
        '<w:p><w:pPr><w:pStyle w:val="Brdtext"/></w:pPr><w:commentRangeStart w:id="0"/>'
        + run("Ta bort den här hjälptexten.")
        + '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r></w:p>'
    )
    section = (
        '<w:headerReference w:type="default" r:id="rId3"/><w:footerReference w:type="default" r:id="rId4"/>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2552" w:right="1416" w:bottom="1985" w:left="1701" '
        'w:header="680" w:footer="567" w:gutter="0"/>'
    )
    comment = (
        f'{DECLARATION}<w:comments xmlns:w="{W}"><w:comment w:id="0" w:author="Kommunikation" w:initials="K">'
        f"<w:p>{run('Så här gör du.')}</w:p></w:comment></w:comments>"
    ).encode()
    relations = (
        relation("rId1", "styles", "/word/styles.xml"),
        relation("rId2", "numbering", "/word/numbering.xml"),
        relation("rId3", "header", "/word/header1.xml"),
        relation("rId4", "footer", "/word/footer1.xml"),
        relation("rId5", "comments", "/word/comments.xml"),
    )
    image = relationships_xml((relation("rId1", "image", "/word/media/vapen.png"),))
    entries = [
        entry("word/document.xml", WORD_TYPES + "document.main+xml", document(body, section)),
        entry("word/_rels/document.xml.rels", "", relationships_xml(relations).encode()),
        entry("word/styles.xml", WORD_TYPES + "styles+xml", swedish_styles()),
        entry("word/numbering.xml", WORD_TYPES + "numbering+xml", heading_list()),
        entry("word/header1.xml", WORD_TYPES + "header+xml", header),
        entry("word/_rels/header1.xml.rels", "", image.encode()),
        entry("word/footer1.xml", WORD_TYPES + "footer+xml", footer),
        entry("word/comments.xml", WORD_TYPES + "comments+xml", comment),
        entry("word/media/vapen.png", "image/png", logo()),
    ]
    return pack(entries, [MAIN], core_properties("Exempelstads mall", "sv-SE", ""))


def bare() -> bytes:
    """Return the template with hardly a style, on a lying A4."""
    headings = "".join(
        style(
            f"Stil{level}",
            f"Exempelstad nivå {level}",
            f'<w:keepNext/>{air(240, 60)}<w:outlineLvl w:val="{level - 1}"/>',
            font("Arial", size, bold=True),
        )
        for level, size in ((1, 28), (2, 24))
    )
    normal = style("Normal", "Normal", air(0, 120), font("Arial", 22), "")
    section = (
        '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" '
        'w:left="1134" w:header="709" w:footer="709" w:gutter="284"/>'
    )
    entries = [
        entry("word/document.xml", WORD_TYPES + "document.main+xml", document("<w:p/>", section)),
        entry(
            "word/_rels/document.xml.rels",
            "",
            relationships_xml((relation("rId1", "styles", "/word/styles.xml"),)).encode(),
        ),
        entry("word/styles.xml", WORD_TYPES + "styles+xml", styles_part(normal + headings, "en-US")),
    ]
    return pack(entries, [MAIN], core_properties("Enkel mall", "sv-SE", ""))


MADE = {"svenska-stilar.docx": swedish, "bara-normal.docx": bare}


def save_by_libreoffice() -> None:
    """Let LibreOffice save the first template."""
    with tempfile.TemporaryDirectory() as name:
        profile, out = Path(name) / "profile", Path(name) / "out"
        command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to"]
        command += ["docx:MS Word 2007 XML", "--outdir", str(out), str(FOLDER / "svenska-stilar.docx")]
        subprocess.run(command, check=True, timeout=120)
        (FOLDER / "libreoffice.docx").write_bytes((out / "svenska-stilar.docx").read_bytes())


if __name__ == "__main__":
    for file, make in MADE.items():
        (FOLDER / file).write_bytes(make())
    if "--libreoffice" in sys.argv:
        save_by_libreoffice()
