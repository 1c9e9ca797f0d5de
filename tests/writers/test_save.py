"""Saving: the suffix chooses the kind, and nothing that somebody else has written is replaced."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import attrs
import pytest

from iopdocs.document.tree import Document
from iopdocs.errors import LibraryError, WriteError
from tests.helpers.document_samples import p, sample

SUFFIXES = (".docx", ".html", ".md")
OTHER = attrs.evolve(sample(), front=(p("En ny text."),))


def edit(path: Path) -> bytes:
    """Change the file as its own program would, a DOCX from the inside."""
    if path.suffix == ".docx":
        with zipfile.ZipFile(path) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        parts["word/document.xml"] = parts["word/document.xml"].replace(b"Norrby", b"Soderby")
        with zipfile.ZipFile(path, "w") as archive:
            for name, data in parts.items():
                archive.writestr(name, data)
    else:
        path.write_bytes(path.read_bytes().replace(b"Norrby", b"Soderby"))
    return path.read_bytes()


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_suffix_chooses_the_kind(tmp_path: Path, suffix: str) -> None:
    document = sample()
    path = document.save(tmp_path / f"avtal{suffix}")
    written = {
        ".docx": document.to_docx(),
        ".html": document.to_html().encode(),
        ".md": document.to_markdown().encode(),
    }
    assert path.read_bytes() == written[suffix]
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_a_suffix_in_capitals_is_as_good(tmp_path: Path) -> None:
    assert sample().save(str(tmp_path / "AVTAL.DOCX")).read_bytes() == sample().to_docx()


@pytest.mark.parametrize("name", ["avtal.odt", "avtal.doc", "avtal", "avtal.docx.bak"])
def test_an_unknown_suffix_is_refused_with_the_known_ones(tmp_path: Path, name: str) -> None:
    with pytest.raises(WriteError, match=r"välj \.docx, \.html, \.md eller \.pdf"):
        sample().save(tmp_path / name)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_file_of_ours_that_nobody_has_edited_is_replaced(tmp_path: Path, suffix: str) -> None:
    path = sample().save(tmp_path / f"avtal{suffix}")
    before = path.read_bytes()
    OTHER.save(path)
    assert path.read_bytes() != before


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_an_edited_file_is_kept_until_one_asks_for_it(tmp_path: Path, suffix: str) -> None:
    path = sample().save(tmp_path / f"avtal{suffix}")
    before = edit(path)
    with pytest.raises(WriteError, match=r"ändrad sedan den skapades.*--overwrite"):
        OTHER.save(path)
    assert path.read_bytes() == before
    OTHER.save(path, overwrite=True)
    assert path.read_bytes() != before


@pytest.mark.parametrize("content", [b"", b"hej", b"PK\x03\x04", b"\xff\xfe\x00"])
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_file_that_is_not_ours_is_kept(tmp_path: Path, suffix: str, content: bytes) -> None:
    path = tmp_path / f"avtal{suffix}"
    path.write_bytes(content)
    with pytest.raises(WriteError, match="inte skapad av iopdocs"):
        sample().save(path)
    assert path.read_bytes() == content


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_saving_the_same_again_changes_nothing(tmp_path: Path, suffix: str) -> None:
    path = sample().save(tmp_path / f"avtal{suffix}")
    os.utime(path, (0, 0))
    sample().save(path)
    assert path.stat().st_mtime == 0


def test_a_template_that_cannot_be_read_leaves_the_old_file(tmp_path: Path) -> None:
    path = sample().save(tmp_path / "avtal.docx")
    before = path.read_bytes()
    with pytest.raises(LibraryError):
        attrs.evolve(sample(), reference=b"?").save(path, overwrite=True)
    assert path.read_bytes() == before


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = sample().save(tmp_path / "avtal.docx")
    before = path.read_bytes()

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(WriteError, match="disken är full"):
        OTHER.save(path)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["avtal.docx"]


@pytest.mark.parametrize("where", ["finns/inte/avtal.docx", "fil/avtal.docx", "mapp.docx"])
def test_a_place_that_cannot_be_written_is_an_error_and_no_crash(tmp_path: Path, where: str) -> None:
    (tmp_path / "fil").write_bytes(b"")
    (tmp_path / "mapp.docx").mkdir()
    with pytest.raises(WriteError, match="mapp"):
        Document((), (), ()).save(tmp_path / where)
