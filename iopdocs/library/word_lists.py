"""Word lists: the words that the wording rules look for, as data in the layers, each with its replacement."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath

import attrs
from attrs import frozen

from iopdocs.errors import LibraryError, LoadError, Position, Problem
from iopdocs.files.loader import load_record
from iopdocs.library.layer_files import LayerFiles
from iopdocs.library.profiles import SourceReference
from iopdocs.model.fields import entry

FOLDER = "ordlistor"
BELOW = "bas/"
"""Prefix of a list's name that means the list of that name in the layer below."""

_GAPS = re.compile(r"\s+")
_FORM = re.compile(r"[^\W_]+(?:[- ][^\W_]+)*")
_PHRASE = re.compile(r"[^\W_]+(?:(?:[- ]|, )[^\W_]+)*")
_HYPHENS = re.compile("[\u2010\u2011]")
_MARKS = re.compile("[\u00ad\u200b-\u200d\u2060]")


@frozen(kw_only=True)
class Word:
    """A word to avoid: its *lemma*, every *form* it has in a text, and what to write *instead*."""

    lemma: str | None = entry("ord", "Ord", "Ordet som det står i en ordbok.", example="beställare")
    forms: tuple[str, ...] = entry(
        "former",
        "Former",
        "Ordets böjda former, hela ord. Grundformen behöver inte upprepas.",
        many=True,
        example="[beställaren, beställarna]",
    )
    instead: tuple[str, ...] = entry(
        "i_stället", "I stället", "Vad som kan skrivas i stället.", many=True, example="[kommunen]"
    )
    help: str | None = entry("hjälp", "Hjälp", "Varför ordet inte passar, i en mening.")
    sources: tuple[SourceReference, ...] = entry("källa", "Källa", "De källor som avråder från ordet.", many=True)

    @property
    def spellings(self) -> tuple[str, ...]:
        """The lemma and its forms, folded by :func:`fold`, each once."""
        return tuple(dict.fromkeys(fold(form) for form in (self.lemma or "", *self.forms)))


@frozen(kw_only=True)
class DroppedWord:
    """A word that a list removes from the one it extends, and why."""

    lemma: str | None = entry("ord", "Ord", "Ordet som inte ska gälla.", example="offert")
    reason: str | None = entry("skäl", "Skäl", "Varför. Krävs.")


@frozen(kw_only=True)
class WordList:
    """Words to avoid, and phrases in which they mean something else."""

    name: str | None = entry("namn", "Namn", "Listans namn.")
    description: str | None = entry("beskrivning", "Beskrivning", "Vad orden har gemensamt.")
    extends: tuple[str, ...] = entry(
        "utökar",
        "Utökar",
        "Listor vars ord också gäller; bas/ före namnet är listan i lagret under.",
        many=True,
        example="[bas/upphandlingsord]",
    )
    words: tuple[Word, ...] = entry("ord", "Ord", "Orden.", many=True)
    silent_in: tuple[str, ...] = entry(
        "tyst_vid", "Tyst vid", "Fraser där orden inte ska anmärkas på.", many=True, example="[privat utförare]"
    )
    dropped: tuple[DroppedWord, ...] = entry(
        "tas_bort", "Tas bort", "Ord från den utökade listan som inte ska gälla, vart och ett med skäl.", many=True
    )


@frozen
class WordListFile:
    """A word list as it is written in one layer, with the file and the positions in it."""

    list: WordList
    file: str
    positions: Mapping[str, Position]

    def problem(self, path: str, message: str, hint: str) -> Problem:
        """Return a problem at *path* in the file."""
        return Problem(message, hint, self.file, path, self.positions.get(path))


def fold(text: str) -> str:
    """Return *text* as words are compared: composed, in lower case, one space between words, no invisible marks."""
    if not text.isascii():
        text = _HYPHENS.sub("-", _MARKS.sub("", unicodedata.normalize("NFC", text)))
    return _GAPS.sub(" ", text.strip()).casefold()


def parse_word_list(text: str, *, name: str, file: str) -> WordListFile:
    """Return the word list that *text* (YAML) contains; its name is *name* unless it gives another.

    Raises:
        LibraryError: when a key is unknown, a word or a form is no word, occurs twice, or is removed without reason.
    """
    try:
        words, positions = load_record(text, WordList, file=file)
    except LoadError as error:
        raise LibraryError(error.problems) from error
    found = WordListFile(attrs.evolve(words, name=words.name or name), file, positions)
    problems = list(_wrong(found))
    if problems:
        raise LibraryError(problems)
    return found


def _wrong(read: WordListFile) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for number, word in enumerate(read.list.words, 1):
        where = f"ord[{number}]"
        if not word.lemma or not word.lemma.strip():
            yield read.problem(where, "ordet saknas", "skriv ”ord:” och ordet i grundform")
            continue
        for path, form in ((f"{where}.ord", word.lemma), *_numbered(f"{where}.former", word.forms)):
            if not _FORM.fullmatch(fold(form)):
                hint = "skriv hela ord, med ett mellanslag mellan dem och inga andra tecken än bindestreck"
                yield read.problem(path, f"”{form}” är inget ord", hint)
        if not word.instead and not word.help:
            message = f"det framgår inte vad som ska stå i stället för ”{word.lemma}”"
            yield read.problem(where, message, "skriv ”i_stället:” med ett eller flera ord, eller ”hjälp:”")
        for form in word.spellings:
            if form in seen:
                message = f"”{form}” står också under ordet ”{seen[form]}”"
                yield read.problem(where, message, "ta bort formen på det ena stället")
            seen.setdefault(form, word.lemma)
    for path, phrase in _numbered("tyst_vid", read.list.silent_in):
        if not _PHRASE.fullmatch(fold(phrase)):
            hint = "skriv hela ord, utan andra skiljetecken än komma och bindestreck"
            yield read.problem(path, f"”{phrase}” är ingen fras", hint)
    for number, dropped in enumerate(read.list.dropped, 1):
        where = f"tas_bort[{number}]"
        if not dropped.lemma:
            yield read.problem(where, "ordet som tas bort saknas", "skriv ”ord:” och ordet")
        if not (dropped.reason or "").strip():
            hint = "skriv ”skäl:” och varför ordet inte ska gälla"
            yield read.problem(where, "det saknas ett skäl till att ordet tas bort", hint)


def _numbered(path: str, items: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for number, item in enumerate(items, 1):
        yield f"{path}[{number}]", item


Find = Callable[[str, int | None], tuple[int, WordListFile] | None]
"""Returns (layer number, list) of the topmost layer that has the name, looking under a layer if its number is given."""


def resolve(name: str, find: Find, below: int | None = None, under: tuple[str, ...] = ()) -> WordList | None:
    """Return the list *name* with the lists it extends merged in, and without the words it removes.

    A word of its own takes precedence over the same word in a list that it extends. ``None`` when no layer has it.

    Raises:
        LibraryError: when it extends a list that does not exist or itself, or removes a word that does not exist.
    """
    found = find(name, below)
    if found is None:
        return None
    layer, read = found
    here = f"{layer}/{name}"
    words: dict[str, Word] = {}
    silent: list[str] = []
    for path, other in _numbered("utökar", read.list.extends):
        inner = other.removeprefix(BELOW)
        inner_list = _inherited(read, path, inner, find, None if other == inner else layer, (*under, here))
        if inner_list is None:
            hint = f"listan i lagret under heter bas/{inner}"
            raise LibraryError([read.problem(path, f"ordlistan ”{other}” finns inte", hint)])
        words |= {fold(word.lemma or ""): word for word in inner_list.words}
        silent += inner_list.silent_in
    for number, dropped in enumerate(read.list.dropped, 1):
        if words.pop(fold(dropped.lemma or ""), None) is None:
            message = f"”{dropped.lemma}” finns inte i någon lista som utökas"
            hint = "skriv ordet som det står efter ”ord:” i den listan"
            raise LibraryError([read.problem(f"tas_bort[{number}]", message, hint)])
    words |= {fold(word.lemma or ""): word for word in read.list.words}
    return attrs.evolve(
        read.list, extends=(), dropped=(), words=tuple(words.values()), silent_in=(*silent, *read.list.silent_in)
    )


def _inherited(
    read: WordListFile, path: str, name: str, find: Find, below: int | None, under: tuple[str, ...]
) -> WordList | None:
    found = find(name, below)
    if found is not None and f"{found[0]}/{name}" in under:
        hint = f"listan i lagret under heter bas/{name}"
        raise LibraryError([read.problem(path, f"listan ”{name}” utökar sig själv", hint)])
    return resolve(name, find, below, under)


def read_word_lists(files: LayerFiles) -> tuple[Mapping[str, WordListFile], list[Problem]]:
    """Return the word lists among *files* by the name of their file, and what is wrong in those that could not be read."""
    found: dict[str, WordListFile] = {}
    problems: list[Problem] = []
    for name in files.directly_in(FOLDER, ".yaml"):
        stem = PurePosixPath(name).stem
        try:
            found[stem] = parse_word_list(files.read_text(name), name=stem, file=files.file(name))
        except (LibraryError, LoadError) as error:
            problems += error.problems
    return found, problems


def problems_of(layers: Sequence[Mapping[str, WordListFile]]) -> list[Problem]:
    """Return the problems of the lists of *layers*, from the bottom up: what is extended and what is misspelt."""
    problems: list[Problem] = []
    extended = {name.removeprefix(BELOW) for layer in layers for read in layer.values() for name in read.list.extends}
    for number, layer in enumerate(layers):
        under = {name for other in layers[:number] for name in other}
        for name, read in layer.items():
            near = difflib.get_close_matches(name, under, n=1, cutoff=0.8)
            if near and name not in under | extended:
                hint = "menade du {near}?".format(near=f"{near[0]}.yaml")
                problems.append(Problem(f"ingen regel läser ordlistan ”{name}”", hint, read.file))
            try:
                resolve(name, finder(layers), number + 1)
            except LibraryError as error:
                problems += error.problems
    return problems


def finder(layers: Sequence[Mapping[str, WordListFile]]) -> Find:
    """Return the look-up of a list by name in *layers*, from the top down."""

    def find(name: str, below: int | None) -> tuple[int, WordListFile] | None:
        for number in range((len(layers) if below is None else below) - 1, -1, -1):
            if name in layers[number]:
                return number, layers[number][name]
        return None

    return find
