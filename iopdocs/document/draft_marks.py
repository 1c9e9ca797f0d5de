"""Additions to a draft: a placeholder for each missing part, and a first page with the remaining work."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import attrs
from attrs import frozen

from iopdocs.document.numbering import renumber
from iopdocs.document.tree import (
    Block,
    CrossReference,
    Document,
    Inline,
    ListBlock,
    Paragraph,
    ParagraphStyle,
    Placeholder,
    Section,
    SectionKind,
    Strong,
    Text,
    Value,
)
from iopdocs.document.walk import all_inlines, plain
from iopdocs.model.agreement import Agreement, Status
from iopdocs.model.fields import is_absent
from iopdocs.model.parties import Decision
from iopdocs.values.formats import as_text


@frozen
class Gap:
    """Something that a profile requires and the agreement lacks. *section* is the section's name in the library.

    *sources* are the short names of the documents that require it.
    """

    section: str
    path: str
    label: str
    help: str = ""
    sources: tuple[str, ...] = ()


def annotate(document: Document, gaps: Sequence[Gap]) -> Document:
    """Return *document* with a placeholder for each of *gaps* in its section. A section not yet shown is added."""
    if not gaps:
        return document
    shown = {node.path for node in all_inlines(document) if isinstance(node, Placeholder)}
    missing = [gap for gap in gaps if gap.path not in shown]
    if not missing:
        return document
    sections = list(document.sections)
    for gap in missing:
        paragraph = Paragraph(
            (Placeholder(gap.path, gap.label, _with_sources(gap), whole=True),), ParagraphStyle.PLACEHOLDER
        )
        place = next((n for n, section in enumerate(sections) if section.name == gap.section), None)
        if place is None:
            sections.insert(_place(document, sections, gap.section), _new(document, gap.section, paragraph))
        else:
            section = sections[place]
            sections[place] = attrs.evolve(section, blocks=(*section.blocks, paragraph))
    return renumber(document, tuple(sections))


def _with_sources(gap: Gap) -> str:
    """Return the help text of *gap*, followed by its sources."""
    if not gap.sources:
        return gap.help
    names = ", ".join(gap.sources[:-1]) + (" och " if len(gap.sources) > 1 else "") + gap.sources[-1]
    return " ".join(part for part in (gap.help, f"Källa: {names}.") if part)


def _new(document: Document, name: str, paragraph: Paragraph) -> Section:
    heading = next((entry.heading for entry in document.outline if entry.name == name), name)
    return Section(name, name, (Text(heading),), (paragraph,))


def _place(document: Document, sections: Sequence[Section], name: str) -> int:
    """Return the index of section *name* among *sections*: after the last shown section that precedes it."""
    order = [entry.name for entry in document.outline]
    before = set(order[: order.index(name)]) if name in order else set(order)
    places = [n for n, section in enumerate(sections) if section.name in before]
    return places[-1] + 1 if places else 0


@frozen
class OpenItem:
    """Remaining work: *message* what to do, *help* how, *section* where (its name in the library)."""

    message: str
    help: str = ""
    section: str = ""


def mark_draft(document: Document, items: Sequence[OpenItem] = (), agreement: Agreement | None = None) -> Document:
    """Return *document* as a draft, with a first page of remaining work and facts to confirm before signing.

    A signed agreement without remaining work gets no such page, only the note that no lawyer has reviewed its texts.
    """
    facts = _facts(agreement) if agreement is not None and agreement.status not in _SIGNED else ()
    if not items and not facts:
        front = (*document.front, *_not_reviewed(document))
        return attrs.evolve(document, front=front, properties=attrs.evolve(document.properties, draft=True))
    sections = [_left_to_do(document, items)]
    if facts:
        heading = (Text("Kontrollera före undertecknande"),)
        intro = Paragraph((Text("De här uppgifterna står i avtalet. Pröva dem mot beslut, stadgar och register."),))
        sections.append(
            Section(
                "kontrollera", "kontrollera", heading, (intro, ListBlock(tuple((fact,) for fact in facts))),
                kind=SectionKind.UNNUMBERED,
            )
        )  # fmt: skip
    return attrs.evolve(document, cover=tuple(sections), properties=attrs.evolve(document.properties, draft=True))


_SIGNED = (Status.SIGNED, Status.IN_FORCE, Status.NOTICE_GIVEN, Status.ENDED)


def _not_reviewed(document: Document) -> tuple[Paragraph, ...]:
    """Return a note on how many texts of *document* no lawyer has reviewed, or nothing if all are reviewed."""
    texts = document.texts
    unreviewed = sum(not text.reviewed for text in texts)
    if texts and not unreviewed:
        return ()
    if unreviewed == len(texts):
        message = "Avtalstexterna är inte granskade av någon jurist."
    elif unreviewed == 1:
        message = f"En av avtalets {len(texts)} texter är inte granskad av någon jurist."
    else:
        message = f"{unreviewed} av avtalets {len(texts)} texter är inte granskade av någon jurist."
    advice = "Låt en jurist läsa avtalet innan det skrivs under."
    return (Paragraph((Text(f"{message} {advice}"),), ParagraphStyle.NOTE),)


def _left_to_do(document: Document, items: Sequence[OpenItem]) -> Section:
    blocks: list[Block] = [*_not_reviewed(document)]
    places = {section.name: number for number, section in enumerate(document.sections)}
    ordered = sorted(items, key=lambda item: places.get(item.section, len(places)))
    if ordered:
        blocks.append(ListBlock(tuple((Paragraph(_item(document, item)),) for item in ordered)))
    else:
        blocks.append(Paragraph((Text("Granskningen har inget att anmärka."),)))
    return Section(
        "kvar-att-gora", "kvar-att-gora", (Text("Kvar att göra"),), tuple(blocks), kind=SectionKind.UNNUMBERED
    )


def _item(document: Document, item: OpenItem) -> tuple[Inline, ...]:
    section = next((section for section in document.sections if section.name == item.section and section.number), None)
    message = item.message[:1].upper() + item.message[1:]
    parts: list[Inline] = [Strong((Text(message),))]
    if section is not None:
        prefix, _space, number = ("avsnitt", "", section.number)
        if section.kind is SectionKind.APPENDIX:
            prefix, _space, number = section.number.lower().partition(" ")
        parts += [Text(" ("), CrossReference(section.id, prefix, number), Text(")")]
    parts.append(Text("."))
    if item.help:
        help_ = item.help[:1].upper() + item.help[1:]
        parts.append(Text(f" {help_}" if help_.endswith((".", "?", "!")) else f" {help_}."))
    return tuple(parts)


def _facts(agreement: Agreement) -> tuple[Paragraph, ...]:
    """Return the facts to confirm: who the parties are, who has decided and who signs."""
    facts = []
    for number, party in enumerate(agreement.parties, 1):
        path = f"parter[{number}]"
        parts: list[Inline] = [Strong((Value(party.name or party.called or "", f"{path}.namn"),))]
        if party.organisation_number is not None:
            value = Value(str(party.organisation_number), f"{path}.organisationsnummer")
            parts += [Text("; organisationsnummer "), value]
        if party.decision is not None and not is_absent(party.decision):
            parts += [Text("; beslut: "), *_joined(_decision(party.decision, f"{path}.beslut"))]
        if party.authority_to_sign:
            parts += [Text("; firmateckning: "), Value(party.authority_to_sign, f"{path}.firmateckning")]
        signatories = [
            Value(signatory.name, f"{path}.undertecknare[{n}].namn")
            for n, signatory in enumerate(party.signatories, 1)
            if signatory.name
        ]
        if signatories:
            parts += [Text("; undertecknare: "), *_joined(signatories)]
        if len(parts) > 1 and plain((parts[0],)):
            facts.append(Paragraph(tuple(parts)))
    return tuple(facts)


def _decision(decision: Decision, path: str) -> list[Value]:
    texts = (
        ("organ", decision.body),
        ("datum", as_text(decision.decided, date) if decision.decided else None),
        ("paragraf", decision.paragraph),
        ("referens", decision.reference),
    )
    return [Value(text, f"{path}.{key}") for key, text in texts if text]


def _joined(values: Sequence[Value]) -> list[Inline]:
    parts: list[Inline] = []
    for value in values:
        parts += [Text(", "), value] if parts else [value]
    return parts
