"""Assign numbers, ids and reference targets once per document, so that all outputs agree."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

import attrs

from iopdocs.document.tree import (
    Block,
    CrossReference,
    Document,
    Emphasis,
    Heading,
    Inline,
    Link,
    ListBlock,
    Paragraph,
    Placeholder,
    Section,
    SectionKind,
    SignatureBlock,
    SignatureLine,
    Strong,
    Table,
)
from iopdocs.document.walk import plain

Numbers = Mapping[str, tuple[str, str]]
"""(prefix, number) of every heading by id: ``("avsnitt", "3.1")``, ``("bilaga", "2")``."""

_BASE = "bas"


def slug(text: str, joint: str = "-") -> str:
    """Return *text* as an id: a-z and 0-9, words joined by *joint*. Å, ä and ö become a, a and o."""
    flat = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(r"[^a-z0-9]+", joint, "".join(c for c in flat if not unicodedata.combining(c))).strip(joint)


def resolve_numbers(document: Document) -> Document:
    """Return *document* with numbers and ids on its headings, and its cross-references resolved to them."""
    used = {section.id for section in document.cover}
    names = _names(document.sections, used)
    numbers: dict[str, tuple[str, str]] = {}
    sections = []
    count = appendices = 0
    for section in document.sections:
        if section.kind is SectionKind.SECTION:
            count += 1
            number, prefix, own = str(count), "avsnitt", str(count)
        elif section.kind is SectionKind.APPENDIX:
            appendices += 1
            number, prefix, own = f"Bilaga {appendices}", "bilaga", str(appendices)
        else:
            number = prefix = own = ""
        name = next(names)
        numbers[name] = (prefix, own)
        base = number if section.kind is SectionKind.SECTION else ""
        sections.append(
            attrs.evolve(section, id=name, number=number, blocks=_number(section.blocks, base, names, used, numbers))
        )
    titles = {entry.name: entry.heading for entry in document.outline}
    return attrs.evolve(
        document,
        title=_refer(document.title, numbers, titles),
        front=tuple(_refer_block(block, numbers, titles) for block in document.front),
        cover=tuple(_refer_section(section, numbers, titles) for section in document.cover),
        sections=tuple(_refer_section(section, numbers, titles) for section in sections),
    )


def _refer_section(section: Section, numbers: Numbers, titles: Mapping[str, str]) -> Section:
    heading = _refer(section.heading, numbers, titles)
    blocks = tuple(_refer_block(block, numbers, titles) for block in section.blocks)
    same = heading is section.heading and all(new is old for new, old in zip(blocks, section.blocks, strict=True))
    return section if same else attrs.evolve(section, heading=heading, blocks=blocks)


def _names(sections: tuple[Section, ...], used: set[str]) -> Iterator[str]:
    """Return the ids of *sections* and of their headings, in order, and add them to *used*.

    On a collision a section takes precedence, then a heading of the base layer, then of another layer, and last of the
    data. A reference in a base text therefore keeps its target when another heading has the same words.
    """
    wanted: list[tuple[int, str]] = []
    for section in sections:
        wanted.append((0, section.id))
        wanted += [
            (_rank(block), block.id or slug(plain(block.children)))
            for block in section.blocks
            if isinstance(block, Heading)
        ]
    names = {}
    for place in sorted(range(len(wanted)), key=lambda place: wanted[place][0]):
        names[place] = _unique(wanted[place][1], used)
    return iter([names[place] for place in range(len(wanted))])


def _rank(heading: Heading) -> int:
    return 1 if heading.origin.layer == _BASE else 2 if heading.origin.layer else 3


def _unique(wanted: str, used: set[str]) -> str:
    name, n = wanted or "rubrik", 1
    while name in used:
        n += 1
        name = f"{wanted or 'rubrik'}-{n}"
    used.add(name)
    return name


def _number(
    blocks: tuple[Block, ...], base: str, names: Iterator[str], used: set[str], numbers: dict[str, tuple[str, str]]
) -> tuple[Block, ...]:
    counts = [0, 0, 0]
    done: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading):
            depth = min(max(block.level, 2), 4) - 2
            counts[depth] += 1
            counts[depth + 1 :] = [0] * (2 - depth)
            # A heading that skips a level is moved up, so that no number contains a zero and no level is missing.
            while depth and not counts[depth - 1]:
                counts[depth - 1], counts[depth] = counts[depth], 0
                depth -= 1
            number = ".".join([base, *(str(n) for n in counts[: depth + 1])]) if base else ""
            name = next(names)
            numbers[name] = ("avsnitt" if number else "", number)
            block = Heading(depth + 2, block.children, name, number, block.origin)
        elif isinstance(block, SignatureBlock):
            block = attrs.evolve(block, intro=tuple(_unnumbered(child, used) for child in block.intro))
        done.append(block)
    return tuple(done)


def _unnumbered(block: Block, used: set[str]) -> Block:
    """Return *block*, with a heading unnumbered: no reference uses the number of a heading in a signature block."""
    if not isinstance(block, Heading):
        return block
    return Heading(2, block.children, _unique(block.id or slug(plain(block.children)), used), "", block.origin)


def _refer(children: tuple[Inline, ...], numbers: Numbers, titles: Mapping[str, str]) -> tuple[Inline, ...]:
    if not any(isinstance(child, CrossReference | Emphasis | Strong | Link) for child in children):
        return children
    inlines: list[Inline] = []
    for child in children:
        if isinstance(child, CrossReference):
            inner = _refer(child.children, numbers, titles)
            if child.target in numbers and (inner or numbers[child.target][1]):
                prefix, number = numbers[child.target]
                child = CrossReference(child.target, prefix, number, inner)
            elif inner:
                inlines += inner
                continue
            else:
                child = Placeholder("", lacking_target(child.target, titles), "Avsnittet finns inte i avtalet.")
        elif isinstance(child, Emphasis):
            child = Emphasis(_refer(child.children, numbers, titles))
        elif isinstance(child, Strong):
            child = Strong(_refer(child.children, numbers, titles))
        elif isinstance(child, Link):
            child = Link(_refer(child.children, numbers, titles), child.href)
        inlines.append(child)
    return tuple(inlines)


def lacking_target(target: str, titles: Mapping[str, str]) -> str:
    """Return the label of a reference whose *target* is missing in the document. *titles* maps section name to title."""
    return f"hänvisning till ”{titles.get(target, target)}”"


def _refer_block(block: Block, numbers: Numbers, titles: Mapping[str, str]) -> Block:
    if isinstance(block, Paragraph | Heading):
        children = _refer(block.children, numbers, titles)
        return block if children is block.children else attrs.evolve(block, children=children)
    if isinstance(block, ListBlock):
        items = tuple(tuple(_refer_block(child, numbers, titles) for child in item) for item in block.items)
        return attrs.evolve(block, items=items)
    if isinstance(block, Table):
        return attrs.evolve(
            block,
            caption=_refer(block.caption, numbers, titles),
            header=tuple(_refer(cell, numbers, titles) for cell in block.header),
            rows=tuple(tuple(_refer(cell, numbers, titles) for cell in row) for row in block.rows),
        )
    if isinstance(block, SignatureBlock):
        return attrs.evolve(
            block,
            intro=tuple(_refer_block(child, numbers, titles) for child in block.intro),
            lines=tuple(
                SignatureLine(_refer(line.label, numbers, titles), _refer(line.value, numbers, titles))
                for line in block.lines
            ),
        )
    return block


def renumber(document: Document, sections: tuple[Section, ...]) -> Document:
    """Return *document* with *sections* replaced and numbered again."""
    return resolve_numbers(attrs.evolve(document, sections=sections))
