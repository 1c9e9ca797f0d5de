"""Hostile Word documents and workbooks: zips of XML, built when they are needed from a whole file of ours."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Mapping

Parts = dict[str, bytes]
Change = Callable[[Parts], Parts | bytes]
"""Returns the parts of a hostile file, or its bytes, from the parts of a whole one."""

MAIN = ("word/document.xml", "xl/workbook.xml")
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def packed(parts: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip of *parts*."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def hostile(whole: bytes, change: Change) -> bytes:
    """Return the file *whole* with *change* made to its parts."""
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        changed = change({name: archive.read(name) for name in archive.namelist()})
    return changed if isinstance(changed, bytes) else packed(changed)


def _main(parts: Parts) -> str:
    return next(name for name in MAIN if name in parts)


def _prolog(text: str, inside: str = "") -> Change:
    """Return the change that puts *text* before the root of the main part, and *inside* first in it."""

    def change(parts: Parts) -> Parts:
        name = _main(parts)
        xml = parts[name].decode()
        start = xml.index("?>") + 2 if xml.startswith("<?xml") else 0
        end = xml.index(">", start) + 1
        return parts | {name: (xml[:start] + text + xml[start:end] + inside + xml[end:]).encode()}

    return change


def _inside(xml: str) -> Change:
    return _prolog("", xml)


def _relation(kind: str, target: str, mode: str = "") -> Change:
    def change(parts: Parts) -> Parts:
        folder, _slash, base = _main(parts).rpartition("/")
        name = f"{folder}/_rels/{base}.rels"
        row = f'<Relationship Id="onda" Type="{RELATIONS}{kind}" Target="{target}"{mode}/></Relationships>'
        return parts | {name: parts[name].replace(b"</Relationships>", row.encode())}

    return change


def _sized(size: int) -> Change:
    """Return the change that lets the zip state *size* bytes for its main part, whatever it has."""

    def change(parts: Parts) -> bytes:
        data = bytearray(packed(parts))
        place = data.rindex(b"PK\x01\x02", 0, data.rindex(_main(parts).encode()))
        struct.pack_into("<I", data, place + 24, size)
        return bytes(data)

    return change


def _renamed(name: str) -> Change:
    return lambda parts: parts | {name: parts[_main(parts)]}


def _twice(parts: Parts) -> bytes:
    data = packed(parts | {"twice.xml": b"<a/>", "twicf.xml": b"<b/>"})
    return data.replace(b"twicf.xml", b"twice.xml")


def _nested(parts: Parts) -> Parts:
    inner = packed(parts)
    for _turn in range(20):
        inner = packed({"a.docx": inner}, zipfile.ZIP_STORED)
    return parts | {"word/embeddings/a.docx": inner}


def _types(old: bytes, new: bytes) -> Change:
    return lambda parts: (
        parts
        | {
            "[Content_Types].xml": parts["[Content_Types].xml"].replace(old, new),
        }
    )


def _without(*endings: str) -> Change:
    return lambda parts: {name: data for name, data in parts.items() if not name.endswith(endings)}


LAUGHS = (
    "<!DOCTYPE a [<!ENTITY a0 'lol'>" + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12)) + "]>"
)

# What it tries with a Word document or a workbook, both.
BOTH: Mapping[str, Change] = {
    "an entity that reads a file": _prolog('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "&x;"),
    "an entity that fetches from the network": _prolog('<!DOCTYPE a [<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]>', "&x;"),
    "a parameter entity that fetches a DTD": _prolog('<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;]>'),
    "a DTD from elsewhere": _prolog('<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd">'),
    "a billion laughs": _prolog(LAUGHS, "&a11;"),
    "a quadratic bomb: one long entity many times": _prolog(f"<!DOCTYPE a [<!ENTITY x '{'x' * 50_000}'>]>", "&x;" * 5_000),
    "an entity that holds itself": _prolog("<!DOCTYPE a [<!ENTITY x '&y;'><!ENTITY y '&x;'>]>", "&x;"),
    "a DOCTYPE in UTF-16": lambda parts: parts | {_main(parts): "<!DOCTYPE a><a/>".encode("utf-16")},
    "an instruction that fetches a style sheet": _prolog('<?xml-stylesheet href="http://127.0.0.1:9/x.xsl" type="text/xsl"?>'),
    "an XInclude of a file": _inside('<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>'),
    "elements in a hundred thousand levels": _inside("<a>" * 100_000 + "</a>" * 100_000),
    "elements in two hundred levels": _inside("<a>" * 200 + "</a>" * 200),
    "an element with ten thousand attributes": _inside("<a " + " ".join(f'a{n}="1"' for n in range(10_000)) + "/>"),
    "an attribute of twelve million characters": _inside(f'<a b="{"x" * 12_000_000}"/>'),
    "a name of a hundred thousand characters": _inside(f"<{'a' * 100_000}/>"),
    "ten thousand namespaces": _inside("<a " + " ".join(f'xmlns:n{n}="u:{n}"' for n in range(10_000)) + "/>"),
    "a comment of a million characters": _inside(f"<!--{'x' * 1_000_000}-->"),
    "an unknown encoding": lambda parts: parts | {_main(parts): b'<?xml version="1.0" encoding="x-onda"?><a/>'},
    "an encoding that lies": lambda parts: parts | {_main(parts): b'<?xml version="1.0" encoding="utf-16"?><a/>'},
    "a root of another kind": lambda parts: parts | {_main(parts): b"<a/>"},
    "a main part that is empty": lambda parts: parts | {_main(parts): b""},
    "a main part that is no XML": lambda parts: parts | {_main(parts): b"\xff\xfe\0" * 1000},
    "a bomb: a part that states two gigabytes": _sized(2_000_000_000),
    "a bomb: a part that is larger than it states": _sized(10),
    "a bomb: a part of 210 million spaces": lambda parts: parts | {"a/a.xml": b"<a>" + b" " * 210_000_000 + b"</a>"},
    "a zip in a zip in a zip": _nested,
    "twenty-one thousand parts": lambda parts: parts | {f"a/{n}.xml": b"<a/>" for n in range(21_000)},
    "a part that leads out of the file": _renamed("../../../etc/onda.xml"),
    "a part with an absolute path": _renamed("/etc/onda.xml"),
    "a part on a disk of Windows": _renamed("C:\\onda.xml"),
    "a part that leads out by backslashes": _renamed("word\\..\\..\\onda.xml"),
    "a part with a name of a hundred thousand characters": _renamed("a" * 60_000),
    "a part with a NUL in its name": _renamed("word/a\0b.xml"),
    "a part twice": _twice,
    "a part compressed in another way": lambda parts: packed(parts, zipfile.ZIP_BZIP2),
    "a part compressed in yet another way": lambda parts: packed(parts, zipfile.ZIP_LZMA),
    "a program before the zip": lambda parts: b"MZ" + b"\0" * 1000 + packed(parts),
    "a program after the zip": lambda parts: packed(parts) + b"MZ" + b"\0" * 100_000,
    "half a zip": lambda parts: packed(parts)[: len(packed(parts)) // 2],
    "a zip without parts": lambda parts: packed({}),
    "no list of content types": _without("[Content_Types].xml"),
    "no relationships": _without(".rels"),
    "a list of content types that is empty": lambda parts: parts | {"[Content_Types].xml": b"<a/>"},
    "every part as a picture": _types(b'ContentType="application/', b'ContentType="image/'),
    "a main part with macros": _types(b".main+xml", b".macroEnabled.main+xml"),
    "a relationship to itself": lambda parts: _relation("officeDocument", _main(parts).rpartition("/")[2])(parts),
    "relationships that lead in a ring": lambda parts: _relation("styles", "../_rels/.rels")(parts),
    "a relationship to what is not there": _relation("styles", "saknas.xml"),
    "a relationship out of the file": _relation("styles", "../../../../etc/passwd"),
    "a relationship to a file of the computer": _relation("image", "file:///etc/passwd", ' TargetMode="External"'),
    "a relationship to the network": _relation("attachedTemplate", "http://127.0.0.1:9/x.dotm", ' TargetMode="External"'),
    "a main part elsewhere": lambda parts: parts | {"_rels/.rels": parts["_rels/.rels"].replace(b"Target=", b'TargetMode="External" Target=')},
    "fifty thousand relationships": lambda parts: parts | {
        "_rels/.rels": parts["_rels/.rels"].replace(
            b"</Relationships>",
            "".join(f'<Relationship Id="r{n}" Type="x" Target="a{n}.xml"/>' for n in range(50_000)).encode() + b"</Relationships>",
        )
    },
}  # fmt: skip


def _sheet(rows: str, before: str = "") -> Change:
    """Return the change that gives the sheet Avtal the XML *rows*."""
    text = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{before}<sheetData>{rows}</sheetData>'

    def change(parts: Parts) -> Parts:
        return parts | {"xl/worksheets/sheet1.xml": f"{text}</worksheet>".encode()}

    return change


def _cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


_HEAD = f'<row r="1">{_cell("A1", "Avtal")}{_cell("B1", "Titel")}</row>'
_ONE = f'<row r="2">{_cell("A2", "A1")}'
WORKBOOKS: Mapping[str, Change] = {
    "two hundred thousand rows and more": _sheet(
        _HEAD + "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(2, 200_010))
    ),
    "a million empty rows": _sheet(_HEAD + "<row/>" * 1_000_000),
    "a row with sixteen thousand columns": _sheet(_HEAD + _ONE + "<c><v>1</v></c>" * 16_384 + "</row>"),
    "a cell beyond the last column": _sheet(_HEAD + _ONE + _cell("ZZZZZZ2", "x") + "</row>"),
    "a cell beyond the last row": _sheet(_HEAD + f'<row r="99999999999">{_cell("A99999999999", "x")}</row>'),
    "a cell without a place": _sheet(_HEAD + _ONE + _cell("", "x") + "</row>"),
    "rows in the wrong order": _sheet(_ONE + "</row>" + _HEAD),
    "a shared text that is not there": _sheet(_HEAD + _ONE + '<c r="B2" t="s"><v>99999999999</v></c></row>'),
    "a shared text before the first": _sheet(_HEAD + _ONE + '<c r="B2" t="s"><v>-1</v></c></row>'),
    "a style that is not there": _sheet(_HEAD + _ONE + '<c r="B2" s="99999999"><v>1</v></c></row>'),
    "a number of a hundred thousand digits": _sheet(_HEAD + _ONE + f'<c r="B2"><v>{"9" * 100_000}</v></c></row>'),
    "a number with a huge exponent": _sheet(_HEAD + _ONE + '<c r="B2"><v>1e999999</v></c></row>'),
    "not a number": _sheet(_HEAD + _ONE + '<c r="B2"><v>NaN</v></c></row>'),
    "a formula that fetches": _sheet(_HEAD + _ONE + '<c r="B2" t="str"><f>WEBSERVICE("http://127.0.0.1:9")</f><v>x</v></c></row>'),
    "an error of Excel": _sheet(_HEAD + _ONE + '<c r="B2" t="e"><v>#REF!</v></c></row>'),
    "a text of a million characters": _sheet(_HEAD + _ONE + _cell("B2", "x" * 1_000_000) + "</row>"),
    "a NUL written as Excel does": _sheet(_HEAD + _ONE + _cell("B2", "a_x0000_b") + "</row>"),
    "the whole sheet as one merged cell": lambda parts: _merged(parts, "A1:XFD1048576"),
    "a merged cell that is none": lambda parts: _merged(parts, "A0:ÅÄÖ"),
    "sixty thousand merged cells": lambda parts: _merged(parts, *(f"A{n}:B{n}" for n in range(2, 60_002))),
    "a sheet that is another's": lambda parts: parts | {
        "xl/_rels/workbook.xml.rels": parts["xl/_rels/workbook.xml.rels"].replace(b"sheet2.xml", b"sheet1.xml")
    },
    "a sheet that is the list of sheets": lambda parts: parts | {
        "xl/_rels/workbook.xml.rels": parts["xl/_rels/workbook.xml.rels"].replace(b"worksheets/sheet1.xml", b"workbook.xml")
    },
}  # fmt: skip


def _merged(parts: Parts, *places: str) -> Parts:
    cells = "".join(f'<mergeCell ref="{place}"/>' for place in places)
    changed = _sheet(_HEAD + _ONE + _cell("B2", "x") + "</row>")(parts)
    assert isinstance(changed, dict)
    name = "xl/worksheets/sheet1.xml"
    return changed | {
        name: changed[name].replace(b"</sheetData>", f"</sheetData><mergeCells>{cells}</mergeCells>".encode())
    }


def _body(xml: str) -> Change:
    return lambda parts: (
        parts | {"word/document.xml": parts["word/document.xml"].replace(b"<w:body>", f"<w:body>{xml}".encode(), 1)}
    )


def _styles(xml: str) -> Change:
    return lambda parts: (
        parts | {"word/styles.xml": parts["word/styles.xml"].replace(b"</w:styles>", f"{xml}</w:styles>".encode(), 1)}
    )


DOCUMENTS: Mapping[str, Change] = {
    "five thousand paragraphs": _body("<w:p/>" * 5_000),
    "tables in a hundred levels": _body("<w:tbl><w:tr><w:tc>" * 100 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 100),
    "a table of a thousand columns": _body("<w:tbl><w:tr>" + "<w:tc><w:p/></w:tc>" * 1_000 + "</w:tr></w:tbl>"),
    "a cell that spans two thousand million columns": _body(
        '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>'
    ),
    "a table that says it has a thousand million empty columns": _body(
        '<w:tbl><w:tr><w:trPr><w:gridBefore w:val="1000000000"/></w:trPr><w:tc><w:p/></w:tc></w:tr></w:tbl>'
    ),
    "a style that is based on itself": _styles('<w:style w:type="paragraph" w:styleId="x"><w:basedOn w:val="x"/></w:style>'),
    "styles that are based on each other": _styles(
        '<w:style w:type="paragraph" w:styleId="x"><w:basedOn w:val="y"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="y"><w:basedOn w:val="x"/></w:style>'
    ),
    "a row of five thousand styles, each based on the one before": _styles(
        "".join(f'<w:style w:type="paragraph" w:styleId="x{n}"><w:basedOn w:val="x{n - 1}"/></w:style>' for n in range(5_000))
    ),
    "a style without an id": _styles('<w:style w:type="paragraph"/>'),
    "a numbering that is not there": _body('<w:p><w:pPr><w:numPr><w:ilvl w:val="99"/><w:numId w:val="-5"/></w:numPr></w:pPr></w:p>'),
    "a field without end": _body('<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>' * 100),
    "fields in a thousand levels": _body('<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>' * 1_000),
    "a content control in a hundred levels": _body("<w:sdt><w:sdtContent>" * 100 + "<w:p/>" + "</w:sdtContent></w:sdt>" * 100),
    "a heading of a million characters": _body(
        f'<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>{"x" * 1_000_000}</w:t></w:r></w:p>'
    ),
    "a size that is no number": _body('<w:p><w:r><w:rPr><w:sz w:val="åäö"/></w:rPr><w:t>x</w:t></w:r></w:p>'),
    "a size of a hundred digits": _body(f'<w:p><w:r><w:rPr><w:sz w:val="{"9" * 100}"/></w:rPr><w:t>x</w:t></w:r></w:p>'),
    "a colour that is none": _body('<w:p><w:r><w:rPr><w:color w:val="&lt;x&gt;"/></w:rPr><w:t>x</w:t></w:r></w:p>'),
    "a language that is none": _body('<w:p><w:r><w:rPr><w:lang w:val="' + "x" * 1_000 + '"/></w:rPr><w:t>x</w:t></w:r></w:p>'),
    "data that are no JSON": lambda parts: parts | {
        name: b"<a>{</a>" for name in parts if name.startswith("customXml/item") and "Props" not in name
    },
    "data in a hundred thousand levels": lambda parts: parts | {
        name: b"<a>" + b"[" * 100_000 + b"</a>" for name in parts if name.startswith("customXml/item") and "Props" not in name
    },
}  # fmt: skip
