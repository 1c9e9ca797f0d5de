"""A file is written whole or not at all, and what stood there before stays until then."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from iopdocs.errors import WriteError
from iopdocs.files.atomic import write_atomically


def test_a_failed_write_leaves_the_old_file_and_no_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "a.docx"
    target.write_bytes(b"gammalt")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(WriteError, match="disken"):
        write_atomically(target, b"nytt")
    assert target.read_bytes() == b"gammalt"
    assert [path.name for path in tmp_path.iterdir()] == ["a.docx"]


def test_file_open_elsewhere_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "a.docx"
    target.write_bytes(b"gammalt")

    def locked(source: object, place: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "replace", locked)
    with pytest.raises(WriteError, match="öppen i ett annat program"):
        write_atomically(target, b"nytt")
    assert target.read_bytes() == b"gammalt"
    assert [path.name for path in tmp_path.iterdir()] == ["a.docx"]


@pytest.mark.parametrize(
    ("name", "says"),
    [("finns/inte.docx", "mappen finns inte"), ("mapp", "är en mapp"), ("fil/a.docx", ""), ("a\0b", "inget filnamn")],
)
def test_impossible_output_path_is_reported(tmp_path: Path, name: str, says: str) -> None:
    (tmp_path / "mapp").mkdir()
    (tmp_path / "fil").write_bytes(b"")
    with pytest.raises(WriteError) as caught:
        write_atomically(tmp_path / name, b"x")
    assert says in str(caught.value)


@pytest.mark.skipif(os.name == "nt", reason="links need rights of their own on Windows")
def test_a_link_is_written_through(tmp_path: Path) -> None:
    target = tmp_path / "riktig.docx"
    target.write_bytes(b"gammalt")
    link = tmp_path / "länk.docx"
    link.symlink_to(target)
    write_atomically(link, b"nytt")
    assert link.is_symlink()
    assert target.read_bytes() == b"nytt"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_the_rights_of_the_file_stay(tmp_path: Path) -> None:
    target = tmp_path / "a.docx"
    target.write_bytes(b"gammalt")
    target.chmod(0o640)
    write_atomically(target, b"nytt")
    assert target.stat().st_mode & 0o777 == 0o640
