"""Find files of a layer that are not read, because of their name or place."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from iopdocs.authoring.layer_findings import FILES, of_problem
from iopdocs.errors import LibraryError
from iopdocs.findings import Finding
from iopdocs.library.layers import MANIFEST, REFERENCE
from iopdocs.writers.docx.template_opening import open_template

TEXTS = ("dokument", "avsnitt", "klausuler")
_DATA = ("profiler", "ordlistor", "exempel", "bedomning")
_FILES = ("lager.yaml", "vagval.yaml", "mall.docx")
_TEXT_LIKE = (".md", ".txt", ".j2", ".jinja", ".jinja2", ".docx", ".doc", ".odt", ".rtf", ".html", ".markdown")
_ENDING = ".md.j2"
_LEFT_BEHIND = re.compile(r"\A(?:~\$|\.|#.*#\Z)|~\Z|\.(?:bak|swp|tmp|orig)\Z", re.IGNORECASE)
_TRANSLATED = {"sections": "avsnitt", "clauses": "klausuler", "documents": "dokument", "examples": "exempel"}


def unread_files(folder: Path) -> Iterator[Finding]:
    """Yield a problem for each file in the layer *folder* that looks as if it should be read, but is not."""
    for path in sorted(folder.iterdir()):
        if _LEFT_BEHIND.search(path.name):
            continue
        if path.is_dir() and (path / MANIFEST).is_file():
            what = "mappen är ett eget lager inne i lagret, och läses inte"
            yield FILES.finding(what, "ta bort den om den är en kopia, annars flytta ut den", file=str(path))
        elif path.is_dir():
            yield from _in_folder(path)
        elif path.name == REFERENCE:
            yield from _reference(path)
        elif path.name not in _FILES:
            near = _near(path.name, _FILES, 0.75)
            if near:
                yield _unread(path, f"döp om den till {near}")
            elif path.name.casefold().endswith(_ENDING):
                yield _unread(path, "flytta den till mappen avsnitt eller klausuler")


def _reference(path: Path) -> Iterator[Finding]:
    try:
        open_template(path.read_bytes(), str(path))
    except LibraryError as error:
        yield from (of_problem(FILES, problem) for problem in error.problems)
    except OSError:
        return  # Reported when the layer was read.


def _in_folder(folder: Path) -> Iterator[Finding]:
    if folder.name in TEXTS:
        for path in _files_below(folder):
            yield from _text_file(path, folder)
    elif folder.name in _DATA:
        for path in _files_below(folder):
            yield from _data_file(path, folder)
    else:
        known = (*TEXTS, *_DATA)
        near = _TRANSLATED.get(folder.name.casefold()) or _near(folder.name, known, 0.7)
        if near:
            hint = f"döp om mappen till {near}"
            what = "mappen läses inte: en mapp i ett lager kan inte heta så"
            yield FILES.finding(what, hint, file=str(folder))
        elif any(path.name.endswith(".j2") for path in _files_below(folder)):
            what = "mappen läses inte, fast det finns texter i den"
            yield FILES.finding(what, "flytta texterna till mappen avsnitt eller klausuler", file=str(folder))


def _files_below(folder: Path) -> list[Path]:
    found = (path for path in folder.rglob("*") if path.is_file() and not _LEFT_BEHIND.search(path.name))
    return sorted(found)


def _text_file(path: Path, folder: Path) -> Iterator[Finding]:
    name = path.name
    relative = path.relative_to(folder).as_posix()
    if not name.endswith(_ENDING):
        if name.casefold().endswith(_TEXT_LIKE) or "." not in name:
            stem = re.split(r"\.", name)[0]
            written = name.casefold().endswith((".docx", ".doc", ".odt", ".rtf"))
            verb = "spara orden som ren text i" if written else "döp om den till"
            yield _unread(path, f"{verb} {_plain(stem)}{_ENDING}")
        elif name.casefold().endswith((".yaml", ".yml")):
            yield _unread(path, "här ligger bara texter, med namn som slutar på .md.j2")
    elif unicodedata.normalize("NFC", relative) != relative:
        what = "bokstäverna å, ä och ö i filens namn är lagrade på ett sätt som inte känns igen"
        hint = f"döp om filen, helst utan å, ä och ö: {_plain(relative)}"
        yield FILES.finding(what, hint, file=str(path))
    elif relative != relative.casefold():
        what = "filens namn har stora bokstäver, och då känns den inte igen på alla datorer"
        yield FILES.finding(what, f"döp om den till {relative.casefold()}", file=str(path))


def _data_file(path: Path, folder: Path) -> Iterator[Finding]:
    if path.suffix.casefold() in (".yml", ".yaml", ".txt", ".json") and (path.suffix != ".yaml"):
        yield _unread(path, f"döp om den till {path.name.split('.')[0]}.yaml")
    elif path.suffix == ".yaml" and path.parent != folder:
        yield _unread(path, f"flytta den till mappen {folder.name}")


def _unread(path: Path, hint: str) -> Finding:
    return FILES.finding("filen läses inte", hint, file=str(path))


def _plain(name: str) -> str:
    flat = unicodedata.normalize("NFKD", name.casefold())
    return re.sub(r"[ ]+", "_", "".join(one for one in flat if not unicodedata.combining(one)))


def _near(name: str, known: tuple[str, ...], cutoff: float) -> str:
    return next(iter(difflib.get_close_matches(name.casefold(), known, n=1, cutoff=cutoff)), "")
