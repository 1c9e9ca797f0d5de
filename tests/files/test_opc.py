"""Zips of XML from others: whatever is wrong with one, every reader answers with a Swedish message or a reading."""

import contextlib
import io
import zipfile
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

import iopdocs
from iopdocs.accessibility.checker import check_document
from iopdocs.authoring.word_template_report import report_on
from iopdocs.errors import IopdocsError
from iopdocs.files.embedded_data import read_embedded
from iopdocs.opc import OpcError, OpcFault, PackageLimits, open_package
from iopdocs.sources.reader import read_source
from iopdocs.tables.own_reports import own_report
from iopdocs.tables.workbook_reader import read_workbook
from iopdocs.writers.docx.package import is_untouched

RELS = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'


@cache
def document() -> bytes:
    return iopdocs.render(iopdocs.loads("titel: x")).to_docx()


@cache
def workbook() -> bytes:
    made, book = io.BytesIO(), Workbook()
    book.active.title = "Avtal"
    for row in (("Avtal", "Titel"), ("A1", "Trygga kvällar")):
        book.active.append(row)
    book.save(made)
    return made.getvalue()


def zipped(*parts: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, data in parts:
            archive.writestr(name, data)
    return made.getvalue()


LIMITS = PackageLimits(parts=10, part=50_000, tree=50_000, whole=100_000)


def fault_of(data: bytes) -> OpcFault | None:
    try:
        package = open_package(data, LIMITS)
        for name in package.sizes:
            package.tree(name)
    except OpcError as error:
        return error.fault
    return None


def locked() -> bytes:
    data = bytearray(zipped(("a.xml", b"<a/>")))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (zipped(("a.xml", b"<a/>"), ("mapp/b.xml", b"<a/>")), None),
        (b"", OpcFault.DAMAGED),
        (b"PK\x03\x04", OpcFault.DAMAGED),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, OpcFault.LOCKED),
        (locked(), OpcFault.LOCKED),
        (zipped(("/a.xml", b"<a/>")), OpcFault.DAMAGED),
        (zipped(("\\a.xml", b"<a/>")), OpcFault.DAMAGED),
        (zipped(("b/../../a.xml", b"<a/>")), OpcFault.DAMAGED),
        (zipped(("b\\..\\a.xml", b"<a/>")), OpcFault.DAMAGED),
        (zipped(("a.xml", b"<a/>"), method=zipfile.ZIP_BZIP2), OpcFault.DAMAGED),
        (zipped(("a.xml", b"<a")), OpcFault.DAMAGED),
        (zipped(("a.xml", b"<!DOCTYPE a><a/>")), OpcFault.DOCTYPE),
        (zipped(("a.xml", b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>')), OpcFault.DOCTYPE),
        (zipped(("a.xml", "<!DOCTYPE a><a/>".encode("utf-16"))), OpcFault.DOCTYPE),
        (zipped(("a.xml", b"<a>" + b" " * 1_000_000 + b"</a>")), OpcFault.TOO_LARGE),
        (zipped(*((f"{number}.xml", b"<a/>") for number in range(11))), OpcFault.TOO_LARGE),
        (zipped(*((f"{number}.xml", b"<a/>" + b" " * 40_000) for number in range(10))), OpcFault.TOO_LARGE),
    ],
)
def test_a_package_is_read_or_refused_for_what_is_wrong_with_it(data: bytes, fault: OpcFault | None) -> None:
    assert fault_of(data) is fault


def test_a_name_that_stands_twice_is_refused() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = zipped(("a.xml", b"<a/>"), ("a.xml", b"<b/>"))
    assert fault_of(data) is OpcFault.DAMAGED


def test_a_stream_with_a_doctype_or_damage_is_refused() -> None:
    for xml, fault in ((b"<!DOCTYPE a><a><b/></a>", OpcFault.DOCTYPE), (b"<a><b/>", OpcFault.DAMAGED)):
        with pytest.raises(OpcError) as caught:
            list(open_package(zipped(("a.xml", xml))).elements("a.xml", ["b"]))
        assert (caught.value.fault, caught.value.part) == (fault, "a.xml")


def test_relations_lead_to_parts_by_their_whole_names() -> None:
    rels = RELS.replace(
        b"/>",
        b'><Relationship Id="1" Type="t/styles" Target="../s.xml"/><Relationship Id="2" Type="t/x" Target="/y/z.xml"/>'
        b'<Relationship Id="3" Type="t/link" Target="https://exempel.se/../a" TargetMode="External"/></Relationships>',
    )
    found = open_package(zipped(("word/_rels/d.xml.rels", rels))).relations("word/d.xml")
    assert [(one.kind, one.target, one.external) for one in found.values()] == [
        ("styles", "s.xml", False),
        ("x", "y/z.xml", False),
        ("link", "https://exempel.se/../a", True),
    ]


def read_everywhere(data: bytes, folder: Path) -> None:
    """Let every reader of packages have *data*: each reads it or raises an error of ours."""
    word, sheet = folder / "a.docx", folder / "a.xlsx"
    word.write_bytes(data)
    sheet.write_bytes(data)
    for read in (
        lambda: check_document(word),
        lambda: report_on(data, "mall.docx"),
        lambda: read_embedded(data),
        lambda: read_workbook(str(sheet)),
        lambda: read_source(word),
        lambda: read_source(sheet),
    ):
        with contextlib.suppress(IopdocsError):
            read()
    own_report(sheet)
    is_untouched(data)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    which=st.sampled_from([document, workbook]),
    place=st.floats(0, 1),
    length=st.integers(0, 40),
    new=st.binary(max_size=40),
    is_cut=st.booleans(),
)
def test_a_damaged_file_is_never_a_traceback(tmp_path: Path, which, place, length, new, is_cut) -> None:
    whole = which()
    start = int(place * len(whole))
    read_everywhere(whole[:start] + new + (b"" if is_cut else whole[start + length :]), tmp_path)


@pytest.mark.parametrize("which", [document, workbook])
def test_every_part_may_be_damaged(which, tmp_path: Path) -> None:
    whole = which()
    for info in zipfile.ZipFile(io.BytesIO(whole)).infolist():
        start = info.header_offset + 30 + len(info.filename)
        middle = start + info.compress_size // 2
        for damaged in (b"\xff" * 8, b"\0" * 8):
            data = whole[:middle] + damaged + whole[middle + len(damaged) :]
            read_everywhere(data, tmp_path)
        with contextlib.suppress(IopdocsError):
            read_embedded(whole[:middle])
