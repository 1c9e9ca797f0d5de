"""Start a new text: a copy of the text below, or a skeleton, that works without changes."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from attrs import frozen

from iopdocs.authoring.clause_list import can_be_chosen, section_of_clause
from iopdocs.authoring.text_lookup import ENDING, SECTIONS, TextMatch, find_section, find_text, plain, stack_of
from iopdocs.errors import LibraryError
from iopdocs.library.clauses import FOLDER, Clause, Variant, same_id
from iopdocs.library.data_paths import field_at
from iopdocs.library.layers import MANIFEST, Library
from iopdocs.library.source import extends_somewhere, inclusions, tags
from iopdocs.library.texts import LayerText

_NAME = re.compile(r"[^\W\d_](?:[\w \-]{0,58}\w)?")
_DATUM = re.compile(r"[^\W\d]\w*(?:\.\w+)+")
_RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))})
# What a folder that is meant to be a layer holds, also before it has a lager.yaml.
_OF_A_LAYER = frozenset({"avsnitt", "klausuler", "dokument", "profiler", "ordlistor", "exempel", "mall.docx"})


@frozen
class NewText:
    """A text to begin with.

    *files* are the files to write, by their name in the layer, the text itself first; *id* the id of the text;
    *copied* the text below that it is a copy of; *section* the section that includes it; *paste* what the author must
    put into that section by hand, where a tool cannot find the place; *alike* a text that may have been meant.
    """

    id: str
    files: dict[str, str]
    copied: LayerText | None = None
    section: str = ""
    paste: str = ""
    alike: str = ""


def start(library: Library, id_: str, section: str = "", own: Library | None = None) -> NewText:
    """Return how to begin the text *id_* on top of *library*; *section* is where a new clause belongs.

    *own* is the library with the layer that is written to, when it exists: its section text is extended.

    Raises:
        LibraryError: when the id cannot be one, is a clause with several variants, or is new and has no section.
    """
    try:
        found = find_text(library, id_)
    except LibraryError as error:
        return _new(library, id_, section, error, own or library)
    if not found.name and found.clause is not None:
        ids = ", ".join(one.id for one in found.clause.variants.values())
        what = f"{found.clause.name} har flera varianter"
        hint = f"skriv vilken: {ids} – eller {found.clause.name}/ och ett nytt namn"
        raise LibraryError.one(what, hint)
    begun = _copy(library, found)
    taken = _taken(own, found.variant.id) if own and found.variant else ""
    if own is not None and taken and taken not in begun.files:
        what = f"{begun.id} finns redan"
        hint = f"ändra i den filen, eller döp om den till {found.name}"
        raise LibraryError.one(what, hint, own.layers[-1].texts[taken].file)
    return begun


def manifest(folder: Path, base: str | None) -> str:
    """Return a ``lager.yaml`` for the new layer *folder*, written for version *base* of the base layer."""
    name = " ".join(folder.resolve().name.split()) or "eget"
    lines = [
        "# Ett lager: egna texter ovanpå de som följer med iopdocs.",
        "format: 1",
        f"namn: {_quoted(name)}",
        "# ägare: Den som svarar för texterna",
        "version: 1",
    ]
    return "\n".join([*lines, *([f"grundversion: {_quoted(base)}"] if base else [])]) + "\n"


def refuse_strange_folder(folder: Path) -> None:
    """Raise :class:`LibraryError` where *folder* is no layer but has other contents, so that it is not made into one."""
    if folder.suffix.casefold() == ".zip" and not folder.is_dir():
        hint = "packa upp zip-filen, ange mappen och packa den igen när texten är klar"
        raise LibraryError.one("en text kan inte skrivas i en zip-fil", hint, str(folder))
    if folder.exists() and not folder.is_dir():
        hint = "ange en mapp för lagret, till exempel vart-lager"
        raise LibraryError.one("är ingen mapp", hint, str(folder))
    if not folder.is_dir() or (folder / MANIFEST).is_file():
        return
    names = {path.name for path in folder.iterdir() if not path.name.startswith(".")}
    if names - _OF_A_LAYER:
        what = "mappen är inget lager, och innehåller annat"
        hint = "ange en ny mapp, till exempel {folder}".format(folder=folder / "vart-lager")
        raise LibraryError.one(what, hint, str(folder))


def _copy(library: Library, found: TextMatch) -> NewText:
    below = stack_of(library, found.name)[0]
    id_ = library.id_of(below)
    lines = [
        "---",
        f"# En egen text i stället för den i lagret {below.layer}. Ändra texten under den andra raden med ---.",
        "# Det som inte står här uppe (titel, källa och annat) är som i texten under.",
        f"id: {_quoted(id_)}",
        f"# Så märks det när texten under ändras:  iopdocs clauses diff {_shown_id(found)}",
        f"ersätter: {{id: {_quoted(id_)}, hash: {below.digest[:16]}}}",
        "version: 1",
        "# När en jurist har läst texten skrivs namn och datum här.",
        "granskad: nej",
        "---",
    ]
    return NewText(_shown_id(found), {found.name: "\n".join(lines) + "\n" + below.words}, copied=below)


def _shown_id(found: TextMatch) -> str:
    return found.variant.id if found.variant else found.name.removesuffix(ENDING)


def _new(library: Library, id_: str, section: str, error: LibraryError, own: Library) -> NewText:
    word, slash, rest = id_.strip().partition("/")
    clause_name = "_".join(word.lower().replace("-", " ").split())
    variant_name = " ".join(rest.replace("_", " ").split())
    parts = [clause_name, *([variant_name] if slash else [])]
    if plain(word) in ("avsnitt", "dokument") or id_.endswith(".j2"):
        raise error
    wrong = next((part for part in parts if not _NAME.fullmatch(part)), None)
    if wrong is not None:
        what = f"”{id_.strip()[:100]}” kan inte vara namnet på en text"
        hint = "skriv bokstäver, siffror och _, till exempel min_klausul eller överskott/fonderas"
        raise LibraryError.one(what, hint)
    clause = next((one for one in own.clauses.values() if plain(one.name) == plain(clause_name)), None)
    if clause is not None and slash:
        return _variant(own, clause, variant_name, error)
    if clause is not None:
        section = section_of_clause(own, clause)
    if not section:
        hint = "; ".join(filter(None, [problem.hint for problem in error.problems]))
        what = f"ingen klausul heter ”{clause_name}”"
        more = "är den ny, säg i vilket avsnitt den ska stå: --section ekonomi"
        raise LibraryError.one(what, f"{hint} – {more}" if "?" in hint else more)
    return _clause(library, clause_name, variant_name, find_section(library, section), own)


def _variant(library: Library, clause: Clause, name: str, error: LibraryError) -> NewText:
    if not can_be_chosen(library, clause):
        what = f"klausulen {clause.name} har bara en text, och avsnittet tar alltid in den"
        raise LibraryError.one(what, f"skriv en egen i stället: {clause.name}")
    first = next(iter(clause.variants.values()))
    folder, _slash, file = first.text.name.rpartition("/")
    if not first.name:
        folder = f"{folder}/{file.removesuffix(ENDING)}"
    section = section_of_clause(library, clause)
    id_ = f"{clause.name}/{name}"
    path = _taken(library, id_) or _free(library, f"{folder}/{_ascii(name)}")
    near = next((problem.hint for problem in error.problems if "?" in problem.hint), "")
    printed = _printed(list(clause.variants.values()))
    title = f"{clause.name.replace('_', ' ').capitalize()}: {name}"
    return NewText(id_, {path: _skeleton(id_, section, title, printed)}, section=section, alike=near)


def _clause(library: Library, clause: str, variant: str, section: str, own: Library) -> NewText:
    base = f"{FOLDER}{section}/{_ascii(clause)}"
    id_ = f"{clause}/{variant}" if variant else clause
    path = _taken(own, id_) if own is not library else ""
    path = path or _free(library, f"{base}/{_ascii(variant)}" if variant else base)
    title = clause.replace("_", " ").capitalize()
    files = {path: _skeleton(id_, section, title, ())}
    name = f"{SECTIONS}{section}{ENDING}"
    tag = f'{{% klausul "{clause}", "{variant}" %}}' if variant else f'{{% klausul "{clause}" %}}'
    place = f"\n## {title}\n\n{tag}\n"
    top = own.layers[-1].texts.get(name) if own is not library else None
    if top is not None and any(one.clause and plain(one.name) == plain(clause) for one in inclusions(top.body)):
        return NewText(id_, files, section=section)
    if top is None:
        files[name] = _section(library, name, place)
        return NewText(id_, files, section=section)
    if extends_somewhere(top.body):
        # What stands outside the blocks of such a text is never read.
        return NewText(id_, files, section=section, paste=place.strip())
    files[name] = _added(Path(top.file), place)
    return NewText(id_, files, section=section)


def _added(file: Path, place: str) -> str:
    """Return the contents of *file* with *place* added, with the line endings of the file."""
    text = file.read_bytes().decode("utf-8-sig")
    end = "\r\n" if "\r\n" in text else "\n"
    return text.rstrip() + end + place.replace("\n", end)


def _section(library: Library, name: str, place: str) -> str:
    below = stack_of(library, name)[0]
    lines = [
        "---",
        f"# Avsnittet är som i lagret {below.layer}, med en klausul till sist.",
        f"id: {_quoted(library.id_of(below))}",
        "version: 1",
        "granskad: nej",
        "---",
        f'{{% include "bas/{name}" %}}',
    ]
    return "\n".join(lines) + "\n" + place


def _skeleton(id_: str, section: str, title: str, printed: tuple[str, ...]) -> str:
    lines = [
        "---",
        "# Skriv texten under den andra raden med ---. Rader här uppe som börjar med # läser bara du.",
        f"id: {_quoted(id_)}",
        f"avsnitt: {_quoted(section)}",
        f"titel: {_quoted(title)}",
        "# beskrivning: Vad texten gör, i en mening.",
        "# passar_när: När texten är rätt val.",
        "version: 1",
        "# När en jurist har läst texten skrivs namn och datum här.",
        "granskad: nej",
        "---",
        # The words that UNWRITTEN finds: as long as they remain, the check and the linter report them.
        "SKRIV HÄR: klausulens text, vem som gör vad, när det sker och vad som händer annars.",
    ]
    for path in printed:
        lines += [f"{{% if {path} %}}", f"{{{{ {path} }}}}", "{% endif %}"]
    return "\n".join(lines) + "\n"


def _printed(variants: list[Variant]) -> tuple[str, ...]:
    """Return the data that every one of *variants* prints: a new one must too, or they would be left out."""
    found = [{tag.inside for tag in tags(variant.text.body) if tag.opening == "{{"} for variant in variants]
    common = set.intersection(*found) if found else set()
    fields = {path: field_at(path) for path in common if _DATUM.fullmatch(path)}
    return tuple(sorted(path for path, field in fields.items() if field and not field.many and not field.is_record))


def _ascii(name: str) -> str:
    """Return *name* as a file name: ASCII letters and digits, joined by ``_``."""
    plain_name = unicodedata.normalize("NFD", name.casefold().replace("ø", "o").replace("æ", "a"))
    made = re.sub(r"[^a-z0-9]+", "_", "".join(one for one in plain_name if not unicodedata.combining(one))).strip("_")
    return f"{made or 'text'}_text" if made in _RESERVED or not made else made


def _taken(own: Library, id_: str) -> str:
    """Return the file of the topmost layer of *own* that has the text *id_* already, by its name there; else nothing."""
    texts = own.layers[-1].texts
    return next(
        (name for name in sorted(texts) if name.startswith(FOLDER) and same_id(own.id_of(texts[name]), id_)), ""
    )


def _free(library: Library, path: str) -> str:
    """Return *path* with its ending, and a number where a text with another id has that name."""
    names = library.names()
    numbered = (f"{path}{'' if n == 1 else f'_{n}'}{ENDING}" for n in range(1, len(names) + 2))
    return next(name for name in numbered if name not in names)


def _quoted(text: str) -> str:
    """Return *text* as a value of YAML: bare where that is safe to read back."""
    if re.fullmatch(r"[^\W\d][\w]*(?:[ /\-]\w+)*:?(?: \w+)*", text) and ":" not in text:
        return text
    if text.isdigit():
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
