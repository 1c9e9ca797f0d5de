"""Find files of a layer that are not read, because of their name or place."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator
from pathlib import PurePosixPath

from iopdocs.authoring.layer_findings import FILES, of_problem
from iopdocs.errors import LibraryError
from iopdocs.findings import Finding
from iopdocs.library.layer_files import LayerFiles
from iopdocs.library.layers import MANIFEST, REFERENCE, Layer
from iopdocs.writers.docx.template_opening import open_template

TEXTS = ("dokument", "avsnitt", "klausuler")
_DATA = ("profiler", "ordlistor", "exempel", "bedomning")
_FILES = ("lager.yaml", "vagval.yaml", "mall.docx")
_TEXT_LIKE = (".md", ".txt", ".j2", ".jinja", ".jinja2", ".docx", ".doc", ".odt", ".rtf", ".html", ".markdown")
_ENDING = ".md.j2"
_LEFT_BEHIND = re.compile(r"\A(?:~\$|\.|#.*#\Z)|~\Z|\.(?:bak|swp|tmp|orig)\Z", re.IGNORECASE)
_TRANSLATED = {"sections": "avsnitt", "clauses": "klausuler", "documents": "dokument", "examples": "exempel"}


def unread_files(layer: Layer) -> Iterator[Finding]:
    """Yield a problem for each file of *layer* that looks as if it should be read, but is not."""
    files = layer.files
    tops = [name for name in (*files.files, *files.folders) if "/" not in name]
    for name in sorted(tops):
        if _LEFT_BEHIND.search(name):
            continue
        if name in files.folders and files.has(f"{name}/{MANIFEST}"):
            what = "mappen är ett eget lager inne i lagret, och läses inte"
            yield FILES.finding(what, "ta bort den om den är en kopia, annars flytta ut den", file=files.file(name))
        elif name in files.folders:
            yield from _in_folder(files, name)
        elif name == REFERENCE:
            yield from _reference(layer)
        elif name not in _FILES:
            near = _near(name, _FILES, 0.75)
            if near:
                yield _unread(files.file(name), f"döp om den till {near}")
            elif name.casefold().endswith(_ENDING):
                yield _unread(files.file(name), "flytta den till mappen avsnitt eller klausuler")


def _reference(layer: Layer) -> Iterator[Finding]:
    if layer.reference is None:
        return  # Reported when the layer was read.
    try:
        open_template(layer.reference, layer.files.file(REFERENCE))
    except LibraryError as error:
        yield from (of_problem(FILES, problem) for problem in error.problems)


def _in_folder(files: LayerFiles, folder: str) -> Iterator[Finding]:
    inside = [name for name in files.below(folder) if not _LEFT_BEHIND.search(PurePosixPath(name).name)]
    if folder in TEXTS:
        for name in inside:
            yield from _text_file(PurePosixPath(name), files.file(name))
    elif folder in _DATA:
        for name in inside:
            yield from _data_file(PurePosixPath(name), files.file(name))
    else:
        known = (*TEXTS, *_DATA)
        near = _TRANSLATED.get(folder.casefold()) or _near(folder, known, 0.7)
        if near:
            hint = f"döp om mappen till {near}"
            what = "mappen läses inte: en mapp i ett lager kan inte heta så"
            yield FILES.finding(what, hint, file=files.file(folder))
        elif any(name.endswith(".j2") for name in inside):
            what = "mappen läses inte, fast det finns texter i den"
            yield FILES.finding(what, "flytta texterna till mappen avsnitt eller klausuler", file=files.file(folder))


def _text_file(path: PurePosixPath, file: str) -> Iterator[Finding]:
    name, relative = path.name, str(path.relative_to(path.parts[0]))
    if not name.endswith(_ENDING):
        if name.casefold().endswith(_TEXT_LIKE) or "." not in name:
            stem = re.split(r"\.", name)[0]
            written = name.casefold().endswith((".docx", ".doc", ".odt", ".rtf"))
            verb = "spara orden som ren text i" if written else "döp om den till"
            yield _unread(file, f"{verb} {_plain(stem)}{_ENDING}")
        elif name.casefold().endswith((".yaml", ".yml")):
            yield _unread(file, "här ligger bara texter, med namn som slutar på .md.j2")
    elif unicodedata.normalize("NFC", relative) != relative:
        what = "bokstäverna å, ä och ö i filens namn är lagrade på ett sätt som inte känns igen"
        hint = f"döp om filen, helst utan å, ä och ö: {_plain(relative)}"
        yield FILES.finding(what, hint, file=file)
    elif relative != relative.casefold():
        what = "filens namn har stora bokstäver, och då känns den inte igen på alla datorer"
        yield FILES.finding(what, f"döp om den till {relative.casefold()}", file=file)


def _data_file(path: PurePosixPath, file: str) -> Iterator[Finding]:
    if path.suffix.casefold() in (".yml", ".yaml", ".txt", ".json") and (path.suffix != ".yaml"):
        yield _unread(file, f"döp om den till {path.name.split('.')[0]}.yaml")
    elif path.suffix == ".yaml" and len(path.parts) > 2:
        yield _unread(file, f"flytta den till mappen {path.parts[0]}")


def _unread(file: str, hint: str) -> Finding:
    return FILES.finding("filen läses inte", hint, file=file)


def _plain(name: str) -> str:
    flat = unicodedata.normalize("NFKD", name.casefold())
    return re.sub(r"[ ]+", "_", "".join(one for one in flat if not unicodedata.combining(one)))


def _near(name: str, known: tuple[str, ...], cutoff: float) -> str:
    return next(iter(difflib.get_close_matches(name.casefold(), known, n=1, cutoff=cutoff)), "")
