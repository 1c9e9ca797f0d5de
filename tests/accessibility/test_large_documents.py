"""A large document: one beyond the limit is refused in words that say the limit, and deep or cyclic ones are read."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import docx
import pytest

from iopdocs.accessibility.checker import check_document as check
from iopdocs.accessibility.package import MOST_ELEMENTS, UnreadableDocument


def document(path: Path, body: str) -> Path:
    """Write a document whose body is *body*, and return its path."""
    plain = path.with_name("tom.docx")
    docx.Document().save(str(plain))
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                data = re.sub(rb"<w:body>.*</w:body>", f"<w:body>{body}</w:body>".encode(), data, flags=re.DOTALL)
            new.writestr(name, data)
    return path


def test_a_document_beyond_the_limit_is_refused_with_the_limit(tmp_path: Path) -> None:
    path = document(tmp_path / "stort.docx", "<w:p/>" * MOST_ELEMENTS)
    with pytest.raises(UnreadableDocument, match=r"högst 300 000 går att läsa – dela upp det"):
        check(path)


def test_deeply_nested_tables_are_read(tmp_path: Path) -> None:
    inner = "<w:p><w:r><w:t>x</w:t></w:r></w:p>"
    for _level in range(50):
        inner = f"<w:tbl><w:tr><w:tc>{inner}</w:tc></w:tr></w:tbl>"
    rows = {outcome.row.number: outcome.faults for outcome in check(document(tmp_path / "djupt.docx", inner)).outcomes}
    assert len([fault for fault in rows[9] if "inuti en annan tabell" in fault.message]) == 49
