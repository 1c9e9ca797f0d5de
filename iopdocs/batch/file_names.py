"""File names that are valid on every system: Windows, macOS and Linux, on a file share or in an archive."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Mapping

from iopdocs.errors import WriteError
from iopdocs.model.agreement import Agreement
from iopdocs.model.parties import Party

LONGEST = 120
"""Characters that a name may have without its suffix: room for a folder, a number and a suffix in 260 on Windows."""
_LARGEST = 200
"""Bytes of UTF-8 that a name may have without its suffix; file systems allow 255."""

_FIELD = re.compile(r"\{([^{}]*)\}")
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]')
_RESERVED = re.compile(
    r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9\u00b9\u00b2\u00b3])(?=\.|$)", re.IGNORECASE
)


def _parties(wanted: Callable[[Party], bool]) -> Callable[[Agreement], str]:
    def named(agreement: Agreement) -> str:
        return ", ".join(party.called or "" for party in agreement.parties if wanted(party) and party.called)

    return named


def _case_number(agreement: Agreement) -> str:
    return next((str(party.case_number) for party in agreement.parties if party.case_number), "")


_FIELDS: Mapping[str, Callable[[Agreement], str]] = {
    "titel": lambda one: one.title or "",
    "diarienummer": _case_number,
    "status": lambda one: one.status.value if one.status else "",
    "start": lambda one: one.term.start.isoformat() if one.term and one.term.start else "",
    "slut": lambda one: one.term.end.isoformat() if one.term and one.term.end else "",
    "år": lambda one: str(one.term.start.year) if one.term and one.term.start else "",
    "offentlig": _parties(lambda party: party.kind is not None and party.kind.is_public),
    "idéburen": _parties(lambda party: party.kind is None or not party.kind.is_public),
}
ID = "avtal"
"""The field that contains the agreement's id in the source."""


def check_pattern(pattern: str) -> None:
    """Refuse a name *pattern* that contains an unknown field, or no field.

    Raises:
        WriteError: with the existing fields.
    """
    known = [ID, *_FIELDS]
    shown = ", ".join(f"{{{name}}}" for name in known)
    found = _FIELD.findall(pattern)
    for name in found:
        folded = unicodedata.normalize("NFC", name).strip().casefold()
        if folded not in known:
            near = difflib.get_close_matches(folded, known, n=1, cutoff=0.6)
            hint = f"menade du {{{near[0]}}}?" if near else f"välj bland: {shown}"
            raise WriteError.one(f"--name: {{{name[:40]}}} är ingen uppgift", hint)
    rest = _FIELD.sub("", pattern)
    if not found or "{" in rest or "}" in rest:
        hint = f'skriv till exempel "{{diarienummer}} {{titel}}"; det finns {shown}'
        raise WriteError.one("--name: mönstret ska ha uppgifter inom klamrar", hint)


def wanted_name(pattern: str, agreement: Agreement, id: str) -> str:
    """Return the name, without suffix, that *pattern* gives the documents of *agreement*.

    An absent field becomes empty text. When the whole name is empty, it is the id.
    """
    values = {name: get(agreement) for name, get in _FIELDS.items()} | {ID: id}

    def value(match: re.Match[str]) -> str:
        return values[unicodedata.normalize("NFC", match[1]).strip().casefold()]

    return safe_name(_FIELD.sub(value, pattern)) or safe_name(id) or ID


def safe_name(text: str) -> str:
    """Return *text* as a file name without suffix; empty when no character of it is allowed in one.

    The name is in NFC, on one line, without characters that some system forbids. It is never a device name of Windows,
    never hidden, never outside its folder, and not too long.
    """
    name = _FORBIDDEN.sub("-", unicodedata.normalize("NFC", text).replace("\n", " ").replace("\t", " "))
    name = " ".join(name.split())
    name = _shortened(name)
    name = name.lstrip(". ~").rstrip(". ")
    if not any(character.isalnum() for character in name):
        return ""
    return f"_{name}" if _RESERVED.match(name) else name


def _shortened(name: str) -> str:
    name = name[:LONGEST]
    while len(name.encode("utf-8", "replace")) > _LARGEST or (
        name and unicodedata.combining(name[-1]) and len(name) == LONGEST
    ):
        name = name[:-1]
    return name


def same(name: str) -> str:
    """Return *name* as file systems compare names that differ in letter case or normal form only."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


class FileNames:
    """Gives each agreement a name of its own: the first that wants a name has it, the next gets a number.

    An agreement that had a name in an earlier run, by *before* (id to name), keeps it as long as it wants the same.
    """

    def __init__(self, before: Mapping[str, str]) -> None:
        self._before = dict(before)
        self._kept = {same(name): id for id, name in before.items()}
        self._taken: set[str] = set()

    def take(self, id: str, wanted: str) -> str:
        """Return the name of the agreement *id*, which wants the name *wanted*."""
        old = self._before.get(id)
        if old is not None and _is_numbered(old, wanted) and same(old) not in self._taken:
            return self._give(old)
        for number in range(1, len(self._taken) + len(self._kept) + 3):
            name = wanted if number == 1 else f"{wanted} ({number})"
            if same(name) not in self._taken and self._kept.get(same(name), id) == id:
                return self._give(name)
        raise AssertionError("there is always a free number")

    def _give(self, name: str) -> str:
        self._taken.add(same(name))
        return name


def _is_numbered(name: str, wanted: str) -> bool:
    rest = same(name).removeprefix(same(wanted))
    return same(name).startswith(same(wanted)) and re.fullmatch(r"(?: \([0-9]+\))?", rest) is not None
