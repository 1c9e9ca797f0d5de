"""Show a text as it reads in an agreement: rendered alone, with the sample that prints most of it or the user's own."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs
from attrs import frozen

from iopdocs.assembly import render_document, renderer_of
from iopdocs.authoring.text_lookup import ENDING, SECTIONS
from iopdocs.document.tree import Block, ClauseUse, Document, Heading, Properties, Section, Value
from iopdocs.document.value_tokens import MARK, TOKEN
from iopdocs.document.walk import all_inlines
from iopdocs.errors import IopdocsError, RenderError
from iopdocs.files.value_readers import write_value
from iopdocs.library.choices_as_facts import with_choices
from iopdocs.library.clauses import Variant, folded
from iopdocs.library.layer_files import LayerFiles
from iopdocs.library.layers import Layer, Library, Manifest
from iopdocs.library.texts import parse_text
from iopdocs.model.agreement import Agreement
from iopdocs.model.clauses import ClauseChoice
from iopdocs.model.fields import ClauseName, walk
from iopdocs.model.parties import Party, PartyKind

_SHOWN = "visning"
_DIGEST = re.compile(r"<!-- iopdocs-digest: \w+ -->\n*\Z")


@frozen
class Rendered:
    """A text in an agreement: *sample* is the sample's name, empty for an agreement of the user's.

    *markdown* is empty where the text prints nothing in the agreement; *use* is what the agreement itself has for
    the clause, ``None`` where the text is no clause or the agreement never reaches it.
    """

    sample: str
    markdown: str
    use: ClauseUse | None


def rendered(library: Library, name: str, variant: Variant | None, agreement: Agreement | None) -> Rendered:
    """Return the text *name* (a path in the layers) as it reads in *agreement*, or in the sample that shows most of it.

    The parties' own clauses are left out: they are among the text's blocks, but not a part of the text.

    Raises:
        RenderError: when the text, or for a section another text, is wrong.
    """
    alone = _shown_in(library, name, _taking_in(name))
    sample = ""
    if agreement is None:
        sample, agreement = _best_sample(library, alone, name, variant)
    use = _use(library, agreement, variant) if variant is not None and not sample else None
    chosen = _chosen(agreement, variant, library)
    if name.startswith(SECTIONS) or variant is not None:
        try:
            document = render_document(chosen, _shown_in(library, name, _among_others(name)), _SHOWN)
        except RenderError:
            # Another text is wrong; this one may still be right, except for its references.
            document = render_document(chosen, alone, _SHOWN)
    else:
        document = render_document(chosen, library, name.rpartition("/")[2].removesuffix(ENDING))
        return Rendered(sample, _markdown(document), use)
    wanted = name.removeprefix(SECTIONS).removesuffix(ENDING) if name.startswith(SECTIONS) else _SHOWN
    sections = [one for one in document.sections if one.name == wanted]
    front = document.front if wanted == "titel" else ()
    title = document.title if wanted == "titel" else ()
    return Rendered(sample, _markdown(Document(title, (*front, *_blocks(sections)), (), Properties(draft=False))), use)


def _blocks(sections: list[Section]) -> Iterator[Block]:
    for section in sections:
        blocks = tuple(_without_bare(tuple(block for block in section.blocks if not _is_own(block))))
        if blocks and section.name != _SHOWN:
            yield Heading(1, section.heading, "")
        yield from blocks


def _is_own(block: Block) -> bool:
    """Return whether *block* belongs to a clause that the parties have written themselves."""
    inlines = all_inlines(Document((), (block,), ()))
    return any(isinstance(one, Value) and one.path.startswith("egna_klausuler[") for one in inlines)


def _without_bare(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Yield *blocks* without the headings that now have nothing below them."""
    for place, block in enumerate(blocks):
        after = blocks[place + 1] if place + 1 < len(blocks) else None
        ends = after is None or (
            isinstance(after, Heading) and isinstance(block, Heading) and after.level <= block.level
        )
        if not (isinstance(block, Heading) and ends):
            yield block


def _markdown(document: Document) -> str:
    bare = attrs.evolve(document, properties=attrs.evolve(document.properties, draft=False, status=""))
    return _DIGEST.sub("", bare.to_markdown()).strip()


def _taking_in(name: str) -> str:
    return f'{{% include "{name}" %}}' if name.startswith(SECTIONS) else f'{{% include "{SECTIONS}{_SHOWN}{ENDING}" %}}'


def _among_others(name: str) -> str:
    """Return a document in which the references of the text *name* have targets."""
    whole = f'{{% include "dokument/avtal{ENDING}" %}}\n'
    return whole if name.startswith(SECTIONS) else whole + _taking_in(name)


def _shown_in(library: Library, name: str, document: str) -> Library:
    """Return *library* with one more *document*, ``visning``, and a section of that name that contains the text *name*."""
    bodies = {f"dokument/{_SHOWN}{ENDING}": document, f"{SECTIONS}{_SHOWN}{ENDING}": f'{{% include "{name}" %}}'}
    texts = {path: parse_text(body, name=path, layer=_SHOWN, file=path) for path, body in bodies.items()}
    return Library((*library.layers, Layer(_SHOWN, LayerFiles(), Manifest(), texts, {}, None)))


def _chosen(agreement: Agreement, variant: Variant | None, library: Library) -> Agreement:
    """Return *agreement* with *variant* chosen, and the facts that follow."""
    if variant is not None and variant.name:
        others = tuple(one for one in agreement.clauses if folded(one.clause or "") != folded(variant.clause))
        choice = ClauseChoice(clause=ClauseName(variant.clause), variant=variant.name)
        agreement = attrs.evolve(agreement, clauses=(*others, choice))
    return with_choices(agreement, library)


def _use(library: Library, agreement: Agreement, variant: Variant) -> ClauseUse | None:
    try:
        document = render_document(with_choices(agreement, library), library)
    except RenderError:
        return None
    return next((one for one in document.clauses if folded(one.clause) == folded(variant.clause)), None)


def samples_of(library: Library) -> dict[str, Agreement]:
    """Return the sample agreements of *library* by name, or a built-in one where it has none that can be read."""
    found: dict[str, Agreement] = {}
    for name in library.samples:
        try:
            found[name] = library.sample(name)
        except IopdocsError:
            # `clauses check` reports what is wrong with a sample; showing a text needs only one valid sample.
            continue
    return found or {"två parter": _two_parties()}


def _two_parties() -> Agreement:
    return Agreement(
        title="Mötesplatsen",
        parties=(
            Party(name="Exempelstads kommun", kind=PartyKind.MUNICIPALITY, short_name="kommunen"),
            Party(name="Föreningen Mötesplatsen", kind=PartyKind.ASSOCIATION, short_name="föreningen"),
        ),
    )


def _best_sample(library: Library, alone: Library, name: str, variant: Variant | None) -> tuple[str, Agreement]:
    """Return the sample that prints most lines of the text, those whose facts contradict the variant last."""
    best: tuple[tuple[bool, int, int], str, Agreement] | None = None
    wrong: RenderError | None = None
    for sample, agreement in samples_of(library).items():
        try:
            lines, length = _printed(alone, name, _chosen(agreement, variant, library))
        except RenderError as error:
            wrong = error
            continue
        score = (not _goes_against(agreement, variant), lines, -length)
        if best is None or score > best[0]:
            best = (score, sample, agreement)
    if best is None:
        assert wrong is not None
        raise wrong
    return best[1], best[2]


def _printed(library: Library, name: str, agreement: Agreement) -> tuple[int, int]:
    """Return how many lines of the text *name*, and of what it includes, are printed, and the total length."""
    renderer = renderer_of(library)
    agreement = attrs.evolve(agreement, own_clauses=())
    markdown, recorder = renderer.run(agreement, _SHOWN if not name.startswith("dokument/") else "avtal")
    places = [(int(mark[1]), int(mark[2])) for mark in MARK.finditer(markdown)]
    places += [recorder.values[int(token[1])][1:] for token in TOKEN.finditer(markdown)]
    origins = (renderer.origin(source, line) for source, line in set(places))
    return len({(one.file, one.line) for one in origins if one.file}), len(markdown)


def _goes_against(agreement: Agreement, variant: Variant | None) -> bool:
    if variant is None or not variant.front.implies:
        return False
    data = {path: write_value(value) for path, _field, value in walk(agreement)}
    words = {
        path: ("ja" if value else "nej") if isinstance(value, bool) else str(value) for path, value in data.items()
    }
    return any(str(one.path) in words and words[str(one.path)] != one.value for one in variant.front.implies)
