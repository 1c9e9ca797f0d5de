"""Find a text by the name a person types: a clause, one of its variants, a section, a document or a file."""

from __future__ import annotations

import difflib
import os
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from attrs import frozen

from iopdocs.errors import LibraryError, Problem
from iopdocs.library.clauses import FOLDER, Clause, Variant, folded, same_id
from iopdocs.library.layers import Library
from iopdocs.library.texts import LayerText

SECTIONS, DOCUMENTS = "avsnitt/", "dokument/"
ENDING = ".md.j2"
_LONGEST = 100


@frozen
class TextMatch:
    """The result of a look-up: one text by its *name* in the layers, or a *clause* that has several (*name* empty)."""

    name: str
    clause: Clause | None = None
    variant: Variant | None = None


def plain(word: str) -> str:
    """Return *word* normalised for comparing typed names: å is a, and case, spaces, ``_`` and ``-`` do not matter."""
    return "".join(one for one in unicodedata.normalize("NFD", folded(word)) if not unicodedata.combining(one))


def stack_of(library: Library, name: str) -> tuple[LayerText, ...]:
    """Return the texts called *name* (a path in a layer), the topmost first."""
    return tuple(layer.texts[name] for layer in reversed(library.layers) if name in layer.texts)


def text_under(library: Library, own: LayerText) -> LayerText | None:
    """Return the text that *own* replaces: by its name, by the id that it replaces, or by its own id."""
    number = next(place for place, layer in enumerate(library.layers) if layer.texts.get(own.name) is own)
    found = library.replaced_by(own, number)
    if found is not None or not own.name.startswith(FOLDER):
        return found
    id_ = library.id_of(own)
    texts = (text for layer in reversed(library.layers[:number]) for text in layer.texts.values())
    return next((one for one in texts if one.name.startswith(FOLDER) and same_id(library.id_of(one), id_)), None)


def find_text(library: Library, word: str) -> TextMatch:
    """Return what *word* means: ``överskott``, ``overskott/aterbetalas``, ``avsnitt/ekonomi`` or a file of a layer.

    Raises:
        LibraryError: when nothing has that name; the message names the nearest.
    """
    wanted = word.strip().rstrip("/")
    found = _by_file(library, wanted) or _by_folder(library, wanted) or _by_clause(library, wanted)
    if found is None and "/" not in wanted:
        found = _by_folder(library, SECTIONS + wanted)
    if found is None:
        raise LibraryError([_unknown(library, wanted)])
    return found


def find_section(library: Library, word: str) -> str:
    """Return the name of the section (``sarskilda_villkor``) that *word* means, in any spelling or by its heading.

    Raises:
        LibraryError: when there is none; the message names the nearest, or all.
    """
    known = section_names(library)
    wanted = plain(word.strip().removeprefix(SECTIONS).removesuffix(ENDING))
    if wanted in known:
        return known[wanted]
    near = difflib.get_close_matches(wanted[:_LONGEST], known, n=1, cutoff=0.6)
    names = sorted({plain(name).replace(" ", "_") for name in known.values() if not name.startswith("granskning")})
    hint = f"menade du {known[near[0]]}?" if near else "välj bland: " + ", ".join(names)
    raise LibraryError.one(f"avsnittet ”{word.strip()[:_LONGEST]}” finns inte", hint)


def section_names(library: Library) -> Mapping[str, str]:
    """Return the section's name in the layers by each plain form of it: name, id and heading."""
    found: dict[str, str] = {}
    stems = [name.removeprefix(SECTIONS).removesuffix(ENDING) for name in library.names(SECTIONS)]
    for stem in stems:
        found.setdefault(plain(library.heading(stem)), stem)
    return found | {plain(stem): stem for stem in stems}


def _by_file(library: Library, wanted: str) -> TextMatch | None:
    if not wanted.endswith(".j2"):
        return None
    if wanted in library.names():
        return _named(library, wanted)
    real = os.path.realpath(wanted)
    for layer in library.layers:
        for name, text in layer.texts.items():
            if os.path.realpath(text.file) == real:
                return _named(library, name)
    if Path(wanted).is_file():
        what, hint = "filen hör inte till något av lagren", "ange dess lager: --layer MAPP"
        raise LibraryError.one(what, hint, wanted)
    return None


def _named(library: Library, name: str) -> TextMatch:
    for clause in library.clauses.values():
        for variant in clause.variants.values():
            if variant.text.name == name:
                return TextMatch(name, clause, variant)
    return TextMatch(name)


def _by_folder(library: Library, wanted: str) -> TextMatch | None:
    folder, slash, rest = wanted.partition("/")
    if plain(folder) == "avsnitt" and slash:
        stem = section_names(library).get(plain(rest.removesuffix(ENDING)))
        return TextMatch(f"{SECTIONS}{stem}{ENDING}") if stem else None
    if plain(folder) == "dokument" and slash:
        names = {plain(name[len(DOCUMENTS) : -len(ENDING)]): name for name in library.names(DOCUMENTS)}
        name = names.get(plain(rest))
        return TextMatch(name) if name else None
    return None


def _by_clause(library: Library, wanted: str) -> TextMatch | None:
    word, slash, rest = wanted.partition("/")
    clause = next((one for one in library.clauses.values() if plain(one.name) == plain(word)), None)
    if clause is None:
        return None
    if not slash:
        only = clause.only if len(clause.variants) == 1 else None
        return TextMatch(only.text.name, clause, only) if only else TextMatch("", clause)
    variant = next((one for one in clause.variants.values() if plain(one.name) == plain(rest)), None)
    variant = variant or (clause.wanted("ja") if plain(rest) == "ja" else None)
    return TextMatch(variant.text.name, clause, variant) if variant else None


def _unknown(library: Library, wanted: str) -> Problem:
    what = f"ingen text heter ”{wanted[:_LONGEST]}”"
    word, slash, rest = wanted.partition("/")
    clause = next((one for one in library.clauses.values() if plain(one.name) == plain(word)), None)
    if clause is not None and slash:
        ids = {plain(one.name): one.id for one in clause.variants.values()}
        near = difflib.get_close_matches(plain(rest)[:_LONGEST], ids, n=1, cutoff=0.6)
        hint = f"menade du {ids[near[0]]}?" if near else "välj bland: " + ", ".join(ids.values())
        return Problem(what, hint)
    known = {plain(one.name): one.name for one in library.clauses.values()}
    known |= {plain(v.id): v.id for one in library.clauses.values() for v in one.variants.values()}
    known |= {f"{SECTIONS}{name}": f"{SECTIONS}{stem}" for name, stem in section_names(library).items()}
    # Often only the name of the variant is remembered: "återbetalas".
    known |= {plain(v.name): v.id for one in library.clauses.values() for v in one.variants.values() if v.name}
    alike = difflib.get_close_matches(plain(wanted)[:_LONGEST], known, n=1, cutoff=0.6)
    hint = f"menade du {known[alike[0]]}?" if alike else "se alla: iopdocs clauses list"
    return Problem(what, hint)
