"""Recognise batch reports and registers made by iopdocs, even if they have been edited and saved."""

from __future__ import annotations

import html
import json
import re
import unicodedata
import zipfile
import zlib
from enum import Enum
from pathlib import Path

_WORKBOOKS = (".xlsx", ".xlsm")
_MARK = re.compile(rb'^(?:\xef\xbb\xbf)?\s*\{\s*"m(?:\xc3\xa4|\\u00e4)rke"\s*:\s*"iopdocs (batch|register) ')
_HOLDER = re.compile(r"xl/(?:sharedStrings|worksheets/[^/]+)\.xml$")
_TEXT = re.compile(r">([^<>]+)<")
_START, _TOP, _LARGEST, _TAIL = 4_000, 100_000, 20_000_000, 100
_SEVERAL = 4
_UNREADABLE = (OSError, ValueError, LookupError, RuntimeError, EOFError, zlib.error, zipfile.BadZipFile)


class OwnReport(Enum):
    """A kind of file that iopdocs makes from agreements and that is not an agreement itself."""

    BATCH = "batch"
    REGISTER = "register"

    @property
    def description(self) -> str:
        """Return a description that follows the file's name in a sentence."""
        if self is OwnReport.BATCH:
            return "är en rapport från iopdocs batch"
        return "är ett register från iopdocs"


# Sheets, headings and keys that no file of agreements has.
_SHEETS = {
    OwnReport.BATCH: {"Avtal", "Saknas", "Problem"},
    OwnReport.REGISTER: {"Register", "Summor", "Att bevaka"},
}
_HEADINGS = {
    OwnReport.BATCH: {"Läge", "Idéburna parter", "Offentliga parter", "Sista dag för förhandling", "Betalas totalt", "Står i"},
    OwnReport.REGISTER: {"Pågår", "Offentlig aktör", "Idéburen aktör", "Uppföljning enligt avtalet", "Kontanta medel (kr)", "Dokumentet är ändrat"},
}  # fmt: skip
_KEYS = {
    OwnReport.BATCH: {"format", "källa", "profiler", "rubriker", "avtal"},
    OwnReport.REGISTER: {"format", "källor", "dag", "bevaka", "avtal"},
}


def own_report(path: Path) -> OwnReport | None:
    """Return the kind of report of the file *path*, edited or not, or ``None`` if it is not a report.

    Return ``None`` for an unreadable file, which is reported when it is loaded.
    """
    suffix = path.suffix.lower()
    try:
        # Exclude folders, and pipes, which may block.
        if not path.is_file():
            return None
        if suffix in _WORKBOOKS:
            return _workbook(path)
        if suffix in (".csv", ".tsv"):
            return _table(path)
        return _json(path) if suffix == ".json" else None
    except _UNREADABLE:
        return None


def _workbook(path: Path) -> OwnReport | None:
    with open(path, "rb") as file:
        file.seek(max(0, path.stat().st_size - _TAIL))
        end = file.read()
    marked = re.search(rb"iopdocs (batch|register) [0-9a-f]{64}$", end)
    if marked:
        return OwnReport(marked[1].decode())
    with zipfile.ZipFile(path) as archive:
        sheets = set(re.findall(r'<(?:\w+:)?sheet\b[^>]*?\bname="([^"]*)"', _part(archive, "xl/workbook.xml")))
        for kind, ours in _SHEETS.items():
            if ours <= sheets:
                return kind
        # Sheets may have been renamed or removed. Texts are stored in a shared list or in the sheets.
        holders = [name for name in archive.namelist() if _HOLDER.match(name)]
        return next(filter(None, (_headed(set(_TEXT.findall(_part(archive, name, _TOP)))) for name in holders)), None)


def _part(archive: zipfile.ZipFile, name: str, most: int = _LARGEST) -> str:
    with archive.open(name) as part:
        # Some programs write å, ä and ö as entities.
        return unicodedata.normalize("NFC", html.unescape(part.read(most).decode("utf-8", "replace")))


def _table(path: Path) -> OwnReport | None:
    with open(path, "rb") as file:
        start = file.read(_START)
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = start.decode("utf-16", "replace")
    else:
        try:
            text = start.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            # Either Windows-1252, or a character cut in two at the end.
            is_cut = error.start >= len(start) - 4
            text = start.decode("utf-8-sig", "ignore") if is_cut else start.decode("cp1252", "replace")
    lines = [line for line in unicodedata.normalize("NFC", text).splitlines() if line.strip(' ";,\t|')]
    heading = next((line for line in lines if not line.lower().startswith("sep=")), "")
    return _headed({cell.strip(' "') for cell in re.split(r"[;,\t|]", heading)})


def _headed(cells: set[str]) -> OwnReport | None:
    return next((kind for kind, ours in _HEADINGS.items() if len(ours & cells) >= _SEVERAL), None)


def _json(path: Path) -> OwnReport | None:
    with open(path, "rb") as file:
        start = file.read(_START)
        marked = _MARK.search(start)
        if marked:
            return OwnReport(marked[1].decode())
        data = start + file.read(_LARGEST)
    # Parsing a whole file takes time, and few have this key.
    root = json.loads(data) if b'"format"' in data else None
    keys = {unicodedata.normalize("NFC", key) for key in root} if isinstance(root, dict) else set()
    return next((kind for kind, ours in _KEYS.items() if ours <= keys), None)
