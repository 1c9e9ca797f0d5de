"""The clauses of a library: the variants of each, their files and layers, and their front matter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

import attrs
from attrs import frozen

from iopdocs.errors import Problem
from iopdocs.library.texts import FrontMatter, LayerText

FOLDER = "klausuler/"
STANDARD = "standard"
"""The variant that ``ja`` means."""
_COPY = re.compile(
    r"\A(?:kopia av|copy of|kopia_av)\b|[ _-]+(?:kopia|copy|kopi)\b|\(\d+\)(?=\.md\.j2)| \d+(?=\.md\.j2)", re.IGNORECASE
)
_YES, _NO = ("ja", "true"), ("nej", "false")


@frozen
class Variant:
    """A text that a clause can have.

    *name* is the variant's name, empty for a clause that has only one text; *text* its topmost file, in layer number
    *layer*; *front* its front matter, completed from the texts under it. *others* are texts of other names that claim to be
    the same variant; they are not used.
    """

    clause: str
    name: str
    layer: int
    text: LayerText
    front: FrontMatter
    others: tuple[LayerText, ...] = ()

    @property
    def id(self) -> str:
        """``överskott/återbetalas``, or the clause's name alone."""
        return f"{self.clause}/{self.name}" if self.name else self.clause


@frozen
class Clause:
    """A clause: *variants* by folded name, those of the topmost layer first, else by the names of their files."""

    name: str
    variants: Mapping[str, Variant]

    @property
    def section(self) -> str:
        """The section that the clause belongs to, from the first variant that names one; else empty."""
        return next((one.front.section for one in self.variants.values() if one.front.section), "")

    @property
    def title(self) -> str:
        """What the clause is called in lists."""
        first = next(iter(self.variants.values()))
        return (first.front.title or self.name) if len(self.variants) == 1 else self.name.replace("_", " ").capitalize()

    def variant(self, name: str) -> Variant | None:
        """Return the variant called *name*; letter case, spaces, ``_`` and ``-`` do not matter."""
        return self.variants.get(folded(name))

    @property
    def only(self) -> Variant | None:
        """The only variant of the clause, or the one without a name among several."""
        return next(iter(self.variants.values())) if len(self.variants) == 1 else self.variants.get("")

    def wanted(self, choice: str) -> Variant | None:
        """Return the variant that *choice* in the data means: its name, or ``ja`` for the standard or only one."""
        found = self.variant(choice) if choice else None
        return found or ((self.variant(STANDARD) or self.only) if folded(choice) in _YES else None)


def folded(name: str) -> str:
    """Return *name* as names of clauses and variants are compared."""
    # A subclass of str may compare as it likes, and is no key to look up by.
    return _folded(str(name))


@lru_cache(maxsize=4096)
def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFC", name).casefold().replace("_", " ").replace("-", " ").replace("–", " ")
    return " ".join(plain.split())


def same_id(one: str, other: str) -> bool:
    """Return whether two ids are the same: letter case, spaces, ``_``, ``-`` and ``–`` do not matter, the slash does."""
    return [folded(part) for part in one.split("/")] == [folded(part) for part in other.split("/")]


def is_copy(name: str) -> bool:
    """Return whether a text file called *name* looks like what a file manager calls a copy."""
    return bool(_COPY.search(name.rsplit("/", 1)[-1]))


def wants_none(choice: str) -> bool:
    """Return whether the data leave the clause out."""
    return folded(choice) in _NO


def front_of(texts: Sequence[LayerText]) -> FrontMatter:
    """Return the front matter of the first of *texts*, completed key by key from the texts after it (the lower layers)."""
    names = [field.name for field in attrs.fields(FrontMatter) if field.name not in ("replaces", "reviewed", "version")]
    values = {}
    for name in names:
        said = [getattr(text.front, name) for text in texts]
        values[name] = next((value for value in said if value not in (None, ())), said[0])
    return attrs.evolve(texts[0].front, **values)


def clauses_of(layers: Sequence[Mapping[str, LayerText]]) -> Mapping[str, Clause]:
    """Return every clause of the texts of *layers* (from the bottom) by folded name, sorted by name."""
    found: dict[str, dict[str, list[Variant]]] = {}
    names: dict[str, str] = {}
    for variant in _variants(layers):
        names.setdefault(folded(variant.clause), variant.clause)
        found.setdefault(folded(variant.clause), {}).setdefault(folded(variant.name), []).append(variant)
    return {
        key: Clause(names[key], {name: _chosen(same) for name, same in sorted(found[key].items(), key=_order)})
        for key in sorted(found)
    }


def _order(item: tuple[str, list[Variant]]) -> tuple[int, str]:
    best = _chosen(item[1])
    return -best.layer, best.text.name


def _chosen(same: Iterable[Variant]) -> Variant:
    first, *others = sorted(same, key=lambda one: (-one.layer, is_copy(one.text.name), one.text.name))
    return attrs.evolve(first, others=tuple(other.text for other in others))


def _variants(layers: Sequence[Mapping[str, LayerText]]) -> Iterator[Variant]:
    for name in sorted({name for texts in layers for name in texts if name.startswith(FOLDER)}):
        stack = [(number, texts[name]) for number, texts in enumerate(layers) if name in texts][::-1]
        front = front_of([text for _number, text in stack])
        number, text = stack[0]
        clause, _slash, variant = (front.id or text.stem).partition("/")
        yield Variant(clause.strip(), variant.strip(), number, text, front)


def problems_of_clauses(clauses: Iterable[Clause]) -> list[Problem]:
    """Return a problem for each two texts of one layer that claim to be the same variant: only one can be used."""
    problems = []
    for clause in clauses:
        for variant in clause.variants.values():
            for other in variant.others:
                if other.layer == variant.text.layer:
                    what = f"texten har samma id som {variant.text.name}: {variant.id}"
                    hint = f"ge den ett eget id, till exempel {variant.id} 2"
                    if is_copy(other.name) or other.digest == variant.text.digest:
                        hint = "ta bort kopian, eller ge den ett eget id om båda behövs"
                    problems.append(Problem(what, hint, other.file, position=other.positions.get("id")))
    return problems
