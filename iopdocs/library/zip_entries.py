"""The entries of a zip that holds a layer: their names, and everything for which such a zip is refused, before it is read."""

from __future__ import annotations

import re
import stat
import unicodedata
import zipfile
from collections.abc import Iterator, Mapping, Sequence

from iopdocs.errors import LibraryError, Problem
from iopdocs.opc import PackageLimits

LAYER_LIMITS = PackageLimits(parts=5_000, part=20_000_000, whole=100_000_000)
LARGEST_ZIP = 50_000_000
"""The maximum size of a layer's zip itself, in bytes."""
MOST_SIGNATURES = 2 * LAYER_LIMITS.parts
"""How many times the signature of an entry may occur in a zip; the Word template in it, also a zip, has some."""

_MOST_PROBLEMS = 20
_SUSPICIOUS, _TIMES = 1_000_000, 200  # a text is packed to a third or a fifth, never to a two-hundredth
_LONGEST_NAME = 250
_DEEPEST = 12
_UTF_8 = 0x800
_ENCRYPTED = 0x41
_DRIVE = re.compile(r"[A-Za-z]:")
_RENAME = "döp om filen, och packa lagrets mapp igen"
_REPACK = "packa lagrets mapp igen i Utforskaren, Finder eller med zip -r"


def refuse_entries(entries: Sequence[zipfile.ZipInfo], file: str) -> None:
    """Raise :class:`LibraryError` for the zip *file* with a problem for each of its *entries* that a layer cannot have."""
    problems = [Problem(what, hint, file) for what, hint in _wrong(entries)]
    if len(problems) > _MOST_PROBLEMS:
        more = Problem(f"och {len(problems) - _MOST_PROBLEMS} fel till", "rätta de här först", file)
        problems = [*problems[:_MOST_PROBLEMS], more]
    if problems:
        raise LibraryError(problems)


def name_of(entry: zipfile.ZipInfo) -> str:
    """Return the name of *entry*, with å, ä and ö right also where the zip does not say how they are written."""
    name = entry.orig_filename
    if entry.flag_bits & _UTF_8 or name.isascii():
        return name
    try:
        # zip -r in Linux and Finder write UTF-8 without saying so, and zipfile has read it as the letters of old DOS.
        return name.encode("cp437").decode("utf-8")
    except UnicodeError:
        return name


def names_in(entries: Sequence[zipfile.ZipInfo]) -> Mapping[str, str]:
    """Return each name among *entries*, of files and folders (ending with ``/``), with the name that the zip has for it.

    What a layer's folder would not have either is left out: hidden folders, and what Finder adds.
    """
    named = {name_of(entry): entry.filename for entry in entries}
    return {name: inner for name, inner in named.items() if not _is_hidden(name)}


def top_folder(names: Mapping[str, str]) -> str:
    """Return the one folder, with ``/`` after it, that contains everything in *names*; else an empty text."""
    seen = [name for name in names if not name.startswith(".")]
    tops = {name.partition("/")[0] for name in seen}
    return f"{tops.pop()}/" if len(tops) == 1 and all("/" in name for name in seen) else ""


def _is_hidden(name: str) -> bool:
    folders = name.rstrip("/").split("/")[: None if name.endswith("/") else -1]
    return any(folder.startswith(".") for folder in folders) or folders[:1] == ["__MACOSX"]


def _wrong(entries: Sequence[zipfile.ZipInfo]) -> Iterator[tuple[str, str]]:
    """Yield (message, hint) for all that is wrong with *entries*."""
    if len(entries) > LAYER_LIMITS.parts:
        hint = "ett lager är texter och en Word-mall; ta bort annat ur det"
        yield f"zip-filen har fler än {LAYER_LIMITS.parts} filer", hint
        return
    if sum(entry.file_size for entry in entries) > LAYER_LIMITS.whole:
        hint = "ett lager är texter och en Word-mall; ta bort annat ur det"
        yield f"filerna i zip-filen är tillsammans större än {LAYER_LIMITS.whole // 1_000_000} MB", hint
    named = []
    for entry in entries:
        name = name_of(entry)
        wrong = _wrong_name(name)
        if wrong is None:
            named.append(name)
            wrong = _wrong_content(entry)
        if wrong is not None:
            yield f"”{_shown(name)}” i zip-filen {wrong[0]}", wrong[1]
    yield from _doubles(named)


def _wrong_name(name: str) -> tuple[str, str] | None:
    if len(name) > _LONGEST_NAME:
        return f"har ett namn som är längre än {_LONGEST_NAME} tecken", _RENAME
    steps = name.removesuffix("/").split("/")
    if len(steps) > _DEEPEST:
        return (
            f"ligger i fler än {_DEEPEST - 1} mappar i varandra",
            "flytta filen högre upp, och packa lagrets mapp igen",
        )
    if any(unicodedata.category(one) in ("Cc", "Cs", "Zl", "Zp") for one in name):
        return "har styrtecken i namnet", _RENAME
    if "\\" in name:
        return "har \\ i namnet", f"mappar skiljs åt med /; {_REPACK}"
    if name.startswith("/") or _DRIVE.match(name):
        return (
            "har ett namn som börjar med en rot eller en enhet",
            f"en fil i ett lager har ett namn räknat från lagret; {_REPACK}",
        )
    if ".." in steps:
        return "leder ut ur lagret", f"ta bort filen; {_REPACK}"
    if "" in steps or "." in steps:
        return "har en tom mapp eller punkt i namnet", _REPACK
    return None


def _wrong_content(entry: zipfile.ZipInfo) -> tuple[str, str] | None:
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind == stat.S_IFLNK:
        return "är en länk", "lägg en kopia av filen i lagret i stället, och packa det igen"
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "är ingen vanlig fil", "ta bort den ur lagret, och packa det igen"
    if entry.flag_bits & _ENCRYPTED:
        return "är låst med lösenord", "packa lagrets mapp igen utan lösenord"
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "är packad på ett ovanligt sätt", _REPACK
    if entry.file_size > LAYER_LIMITS.part:
        return f"är större än {LAYER_LIMITS.part // 1_000_000} MB", "ta bort eller minska filen, och packa lagret igen"
    if entry.file_size > max(_SUSPICIOUS, _TIMES * entry.compress_size):
        return f"blir mer än {_TIMES} gånger större när den packas upp", "ta bort filen, och packa lagret igen"
    return None


def _doubles(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield (message, hint) for names that some computers take for the same, and for a file with the name of a folder."""
    seen: dict[str, str] = {}
    folders: dict[str, str] = {}
    told: set[str] = set()
    for name in names:
        key = _key(name.rstrip("/"))
        if key in seen:
            message = (
                f"”{_shown(name)}” i zip-filen har samma namn som ”{_shown(seen[key])}”, bortsett från stora bokstäver"
            )
            if name == seen[key]:
                message = f"”{_shown(name)}” finns två gånger i zip-filen"
            yield message, "ta bort eller döp om den ena, och packa lagret igen"
        seen.setdefault(key, name)
        for folder in folders_above(name):
            written = folders.setdefault(_key(folder), folder)
            if written != folder and folder not in told:
                told.add(folder)
                message = f"”{_shown(folder)}” och ”{_shown(written)}” i zip-filen är samma mapp på somliga datorer"
                yield message, "lägg filerna i en mapp, och packa lagret igen"
    for name in names:
        if not name.endswith("/") and _key(name) in folders:
            yield f"”{_shown(name)}” i zip-filen är både fil och mapp", _REPACK


def folders_above(name: str) -> Iterator[str]:
    """Yield the folders that the entry *name* is in, the outermost first; a folder is not in itself."""
    steps = name.rstrip("/").split("/")
    yield from ("/".join(steps[:number]) for number in range(1, len(steps)))


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _shown(name: str) -> str:
    """Return *name* fit to print, and no longer than a line."""
    plain = "".join(one if one.isprintable() else f"\\x{ord(one):02x}" for one in name)
    return plain if len(plain) <= 120 else f"{plain[:119]}…"
