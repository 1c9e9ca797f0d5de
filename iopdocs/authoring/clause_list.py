"""List the clauses of a library by section, in the order of the agreement: the texts of each, and what chooses them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from iopdocs.authoring.text_lookup import ENDING, SECTIONS, plain, section_names, stack_of
from iopdocs.library.clauses import FOLDER, Clause, Variant
from iopdocs.library.includes import Node, graph
from iopdocs.library.layers import Library
from iopdocs.library.source import inclusions
from iopdocs.library.texts import FrontMatter, LayerText

OTHER = "övrigt"
"""The section of clauses that name none."""


@frozen
class ListedText:
    """A text that a clause can have.

    *fits* is when it is the right choice, *own* whether the section uses it when neither the data nor their facts
    choose, *when* the facts that choose it as written in its file and *chosen_by* the same in plain words, *layers*
    those whose texts extend one another, the topmost first; *reviewed* is empty when no lawyer has reviewed it.
    """

    id: str
    name: str
    title: str
    description: str
    fits: str
    own: bool
    when: str
    chosen_by: str
    layers: tuple[str, ...]
    file: str
    version: str
    reviewed: str

    def as_data(self) -> dict[str, object]:
        """Return the text as JSON has it."""
        return {
            "id": self.id, "variant": self.name, "titel": self.title, "beskrivning": self.description,
            "passar_när": self.fits, "avsnittets_egen": self.own, "väljs_när": self.when, "väljs_av": self.chosen_by,
            "lager": list(self.layers), "fil": self.file, "version": self.version, "granskad": self.reviewed or "nej",
        }  # fmt: skip


@frozen
class ListedClause:
    """A clause; *chosen* is whether the data can choose its text (a clause that is included by its file cannot be)."""

    name: str
    title: str
    chosen: bool
    texts: tuple[ListedText, ...]

    def as_data(self) -> dict[str, object]:
        """Return the clause as JSON has it."""
        texts = [one.as_data() for one in self.texts]
        return {"id": self.name, "titel": self.title, "väljs": self.chosen, "varianter": texts}


@frozen
class ListedSection:
    """A section with its *heading* and clauses; *name* is its name in the layers."""

    name: str
    heading: str
    clauses: tuple[ListedClause, ...]

    def as_data(self) -> dict[str, object]:
        """Return the section as JSON has it."""
        clauses = [one.as_data() for one in self.clauses]
        return {"avsnitt": self.name, "rubrik": self.heading, "klausuler": clauses}


def listed(library: Library, section: str = "") -> tuple[ListedSection, ...]:
    """Return the sections that have clauses, in the order of the agreement; only *section* when it is given."""
    order = _reading_order(library)
    tagged = {plain(name) for name in _tags(library)}
    defaults = _defaults(library)
    places = {name: place for place, name in enumerate(order)}
    by_section: dict[str, list[tuple[int, ListedClause]]] = {}
    for clause in library.clauses.values():
        texts = tuple(
            _listed_text(library, variant, defaults.get(plain(clause.name)), clause)
            for variant in clause.variants.values()
        )
        place = min((places.get(one.text.name, len(order)) for one in clause.variants.values()), default=len(order))
        one = ListedClause(clause.name, clause.title, plain(clause.name) in tagged, texts)
        by_section.setdefault(section_of_clause(library, clause), []).append((place, one))
    names = [name.removeprefix(SECTIONS).removesuffix(ENDING) for name in order if name.startswith(SECTIONS)]
    names += sorted(by_section.keys() - set(names))
    return tuple(
        ListedSection(name, _heading(library, name), tuple(one for _place, one in _sorted(by_section[name])))
        for name in names
        if name in by_section and section in ("", name)
    )


def _sorted(clauses: Sequence[tuple[int, ListedClause]]) -> list[tuple[int, ListedClause]]:
    return sorted(clauses, key=lambda item: (item[0], item[1].name))


def _heading(library: Library, name: str) -> str:
    return library.heading(name) if name != OTHER else "Övrigt"


def section_of_clause(library: Library, clause: Clause) -> str:
    """Return the section that *clause* belongs to: from its front matter, else the folder of its file."""
    known = section_names(library)
    first = next(iter(clause.variants.values())).text.name
    folder = first.removeprefix(FOLDER).partition("/")[0]
    return known.get(plain(clause.section)) or known.get(plain(folder)) or OTHER


def condition_in_words(front: FrontMatter) -> str:
    """Return what chooses a text with *front* besides its name: the facts it implies, and its own condition."""
    parts = [f"{one.path}: {one.value}" for one in front.implies]
    return "; ".join([*parts, *([front.applies] if front.applies else [])])


def chosen_by(front: FrontMatter) -> str:
    """Return in plain words what chooses a text with *front* besides its name; nothing when nothing does."""
    facts = [f"”{(one.path or '').rpartition('.')[2]}: {one.value}”" for one in front.implies]
    if not front.applies:
        return " och ".join(facts)
    return " och ".join([*facts, "andra uppgifter"]) if facts else "avtalets uppgifter"


def reviewed_by(text: LayerText) -> str:
    """Return who has reviewed *text*, as its front matter has it; nothing when no lawyer has."""
    said = (text.front.reviewed or "").strip()
    return "" if said.casefold() in ("", "nej") else said


def _listed_text(library: Library, variant: Variant, default: str | None, clause: Clause) -> ListedText:
    own = plain(variant.name) == default if default is not None else clause.only is variant
    return ListedText(
        variant.id, variant.name, variant.front.title or variant.id, variant.front.description or "",
        variant.front.fits_when or "", own, condition_in_words(variant.front), chosen_by(variant.front),
        tuple(text.layer for text in stack_of(library, variant.text.name)), variant.text.file, variant.text.front.version or "", reviewed_by(variant.text),
    )  # fmt: skip


def _reading_order(library: Library) -> list[str]:
    """Return the names of all texts that the agreement includes, in reading order."""
    edges = graph(library)
    found = library.find(f"dokument/avtal{ENDING}")
    order: dict[str, None] = {}
    seen: set[Node] = set()

    def visit(node: Node) -> None:
        if node in seen:
            return
        seen.add(node)
        order[node[1]] = None
        for _taken, target in edges.get(node, ()):
            visit(target)

    if found is not None:
        visit((found[0], found[1].name))
    return list(order)


def can_be_chosen(library: Library, clause: Clause) -> bool:
    """Return whether the data can choose the text of *clause*: some text has a ``klausul`` tag for it."""
    return any(plain(name) == plain(clause.name) for name in _tags(library))


def _tags(library: Library) -> Iterator[str]:
    """Yield the name of each clause that some text has a ``klausul`` tag for."""
    for edges in graph(library).values():
        yield from (taken.name for taken, _node in edges if taken.clause)


def _defaults(library: Library) -> Mapping[str, str]:
    """Return the section's own variant by clause, both plain: the second name of ``{% klausul "a", "b" %}``."""
    found: dict[str, str] = {}
    for layer, name in graph(library):
        for taken in inclusions(library.layers[layer].texts[name].body):
            if taken.clause and taken.own:
                found.setdefault(plain(taken.name), plain(taken.own))
    return found
