"""Make a document tree from agreement and library: run the texts, insert the data, number the sections."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from attrs import field, frozen
from jinja2 import TemplateNotFound
from jinja2.exceptions import TemplateSyntaxError

from iopdocs.document.block_builder import FillValues, empty, fill, rich_blocks
from iopdocs.document.markdown_parser import ContainerShape, Shape, TextShape, shapes_of_text
from iopdocs.document.numbering import resolve_numbers, slug
from iopdocs.document.text_exceptions import TextSyntaxError
from iopdocs.document.tree import (
    Block,
    Document,
    Heading,
    Inline,
    Origin,
    OutlineEntry,
    Paragraph,
    ParagraphStyle,
    Placeholder,
    Properties,
    Section,
    SectionKind,
    Text,
    TextUse,
    Value,
)
from iopdocs.document.value_tokens import MARK, TOKEN, RichValue, ValueRecorder, section_names, sections_of
from iopdocs.library.choices_as_facts import with_choices
from iopdocs.library.clauses import folded
from iopdocs.library.layers import Library
from iopdocs.library.texts import LayerText
from iopdocs.model.agreement import Agreement, Status
from iopdocs.model.clauses import OwnClause
from iopdocs.model.fields import fields_of
from iopdocs.templating.data_view import Root, View
from iopdocs.templating.derived_names import DERIVED
from iopdocs.templating.loader import LayerLoader
from iopdocs.templating.sandbox import TextEnvironment
from iopdocs.templating.step_counting import RECORDER
from iopdocs.templating.text_errors import fault
from iopdocs.templating.text_limits import too_large

TITLES = frozenset({"titel", "granskning_titel"})
"""The sections that contain the title block of a document."""
APPENDICES = "bilagor"
"""The section whose level-1 headings start appendices."""
SIGNING = "underskrift"
SPECIAL = "sarskilda_villkor"
"""The section that includes the parties' own clauses that name no place."""
_LONGEST_NAME = 200
_PRINTED = re.compile(f"{MARK.pattern}|{TOKEN.pattern}")


@frozen(eq=False)
class Renderer:
    """A library with its texts compiled, reusable for any number of agreements."""

    library: Library
    environment: TextEnvironment = field(init=False)

    @environment.default
    def _make_environment(self) -> TextEnvironment:
        return TextEnvironment(self.library)

    def run(
        self, agreement: Agreement, document: str, extra: Mapping[str, Any] | None = None
    ) -> tuple[str, ValueRecorder]:
        """Run the texts of *document* and return (Markdown with tokens, the data behind the tokens).

        *extra* are further records available to the texts, by their Swedish names.

        Raises:
            RenderError: when a text is wrong; file, line and hint are given.
        """
        root = View(Root(agreement, DERIVED), agreement, "")
        recorder = ValueRecorder()
        names = [field.key for field in fields_of(Agreement)] + list(DERIVED[Agreement])
        context: dict[str, Any] = {name: root.get(name) for name in names}
        context |= {name: View(root.root, record, name) for name, record in (extra or {}).items()}
        try:
            template = self.environment.get_template(self.environment.resolve(f"dokument/{document}.md.j2"))
            markdown = template.render(context | {"avtal": root, RECORDER: recorder})
            self._check_size(markdown)
            return markdown, recorder
        except RecursionError as error:
            raise fault(error, self.library) from None
        except (TemplateNotFound, TemplateSyntaxError) as error:
            raise fault(error, self.library) from error
        except Exception as error:
            # Every error in a text of a layer must be reported with file and line, never as a traceback.
            raise fault(error, self.library) from error

    def _check_size(self, markdown: str) -> None:
        found = too_large(markdown)
        if found is None:
            return
        message, hint, end = found
        marks = list(MARK.finditer(markdown, 0, end))
        text = self._source(int(marks[-1][1])) if marks else None
        if text is not None:
            raise TextSyntaxError(message, int(marks[-1][2]), text.name, text.file, hint)
        # A line of only signs has no mark: the section that it belongs to is known.
        names = section_names(markdown[: end + _LONGEST_NAME])
        under = self.library.find(f"avsnitt/{names[-1]}.md.j2") if names else None
        raise TextSyntaxError(message, 1, None, under[1].file if under else "", hint)

    def origin(self, source: int, line: int) -> Origin:
        """Return the origin that a line mark denotes."""
        text = self._source(source)
        return Origin(text.layer, text.name, line) if text else Origin()

    def texts(self, markdown: str, recorder: ValueRecorder) -> tuple[TextUse, ...]:
        """Return the texts whose words or values occur in *markdown*, each once, in order of occurrence."""
        printed = [source for _value, source, _line in recorder.values]
        met = [int(match[1]) if match[3] is None else printed[int(match[3])] for match in _PRINTED.finditer(markdown)]
        return tuple(self._use(text) for text in map(self._source, dict.fromkeys(met)) if text is not None)

    def _source(self, number: int) -> LayerText | None:
        loader = self.environment.loader
        return loader.sources[number] if isinstance(loader, LayerLoader) else None

    def _use(self, text: LayerText) -> TextUse:
        front = text.front
        reviewed = (front.reviewed or "").strip()
        return TextUse(
            text.name, self.library.id_of(text), text.layer, text.digest, front.version or "",
            "" if reviewed.casefold() in ("", "nej") else reviewed,
        )  # fmt: skip


@frozen(eq=False)
class Assembled:
    """An agreement with the *document* made from it by the library's texts, before it is a draft or a final document.

    *agreement* is as given; *effective* also has the facts implied by its chosen clauses.
    """

    agreement: Agreement
    effective: Agreement
    library: Library
    document: Document


def assemble(agreement: Agreement, library: Library) -> Assembled:
    """Run the texts of *library* over *agreement*, once for all later uses.

    Raises:
        RenderError: when a text of the library is wrong.
    """
    effective = with_choices(agreement, library)
    return Assembled(agreement, effective, library, render_document(effective, library))


@lru_cache(maxsize=8)
def renderer_of(library: Library) -> Renderer:
    """Return the renderer of *library*, cached so that its texts are compiled once."""
    return Renderer(library)


def render_document(
    agreement: Agreement, library: Library, document: str = "avtal", extra: Mapping[str, Any] | None = None
) -> Document:
    """Return the document that the library's text ``dokument/<document>.md.j2`` makes from *agreement*.

    *extra* are further records (attrs classes with a dictionary) available to the texts, by Swedish name.

    Raises:
        RenderError: when a text of the library is wrong.
    """
    renderer = renderer_of(library)
    markdown, recorder = renderer.run(agreement, document, extra)
    title: tuple[Inline, ...] = ()
    front: tuple[Block, ...] = ()
    sections: list[Section] = []
    outline: list[OutlineEntry] = []
    texts = list(sections_of(markdown))
    own = _own_clauses(agreement, recorder, [name for name, _text in texts])
    for name, text in texts:
        shapes, filling = _shapes(text, recorder, renderer, _origin_of(library, name))
        if name in TITLES:
            title, front = _title(shapes, filling)
            continue
        heading = (Text(library.heading(name)),)
        outline.append(OutlineEntry(name, library.heading(name)))
        if name == SIGNING:
            sections += _own_sections(agreement, None, outline)
        blocks = fill(shapes, filling)
        main, appendices = _split(blocks) if name == APPENDICES else (blocks, [])
        main += _own_blocks(own.pop(name, ()), any(isinstance(block, Heading) for block in main))
        if main:
            sections.append(Section(name, name, heading, main, origin=filling.default))
        sections += appendices
        sections += _own_sections(agreement, name, outline)
    document_tree = Document(
        title=title,
        front=front,
        sections=tuple(sections),
        properties=_properties(agreement),
        reference=library.reference,
        reference_file=library.reference_file,
        outline=tuple(outline),
        clauses=tuple(recorder.clauses),
        texts=renderer.texts(markdown, recorder),
    )
    return resolve_numbers(document_tree)


def _origin_of(library: Library, name: str) -> Origin:
    found = library.find(f"avsnitt/{name}.md.j2")
    text: LayerText | None = found[1] if found else None
    return Origin(text.layer, text.name) if text else Origin()


def _shapes(
    text: str, recorder: ValueRecorder, renderer: Renderer, default: Origin
) -> tuple[tuple[Shape, ...], FillValues]:
    """Number the tokens of one section from 0, so that its shape is the same for every agreement, and parse it."""
    numbers: list[int] = []

    def renumber(match: re.Match[str]) -> str:
        numbers.append(int(match[1]))
        return f"\ue000{len(numbers) - 1}\ue001"

    shapes = shapes_of_text(TOKEN.sub(renumber, text))
    printed = [recorder.values[number] for number in numbers]
    places = [(source, line) for _value, source, line in printed]
    return shapes, FillValues([value for value, _source, _line in printed], places, renderer.origin, default)


def _title(shapes: tuple[Shape, ...], filling: FillValues) -> tuple[tuple[Inline, ...], tuple[Block, ...]]:
    inside = next(
        (shape.children for shape in shapes if isinstance(shape, ContainerShape) and shape.kind == "titel"), shapes
    )
    title: tuple[Inline, ...] = ()
    rest = list(inside)
    if rest and isinstance(rest[0], TextShape):
        first = fill((TextShape(rest[0].parts, level=1),), filling)
        title = first[0].children if first and isinstance(first[0], Heading) else ()
        rest = rest[1:]
    blocks = fill(rest, filling)
    front = tuple(
        Paragraph(block.children, ParagraphStyle.SUBTITLE, block.origin)
        if isinstance(block, Paragraph) and block.style is ParagraphStyle.BODY
        else block
        for block in blocks
    )
    return title, front


def _split(blocks: tuple[Block, ...]) -> tuple[tuple[Block, ...], list[Section]]:
    """Split the blocks of the appendices' section: those before a heading, and a section for each level-1 heading."""
    starts = [place for place, block in enumerate(blocks) if isinstance(block, Heading) and block.level == 1]
    main = blocks[: starts[0]] if starts else blocks
    found = []
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(blocks)], strict=False), 1):
        heading = blocks[start]
        if isinstance(heading, Heading):
            found.append(
                Section(
                    f"bilaga-{number}", APPENDICES, heading.children, blocks[start + 1 : end],
                    kind=SectionKind.APPENDIX, origin=heading.origin,
                )
            )  # fmt: skip
    return main, found


def _own_clauses(
    agreement: Agreement, recorder: ValueRecorder, sections: Sequence[str]
) -> dict[str, tuple[tuple[str, OwnClause], ...]]:
    """Return, by section, the parties' own clauses that end it, with their paths: those that no clause includes."""
    met = {folded(one.clause) for one in recorder.clauses}
    if not met:
        return {}  # A document that includes no clauses, such as a granskningsprotokoll, is not the agreement.
    found: dict[str, tuple[tuple[str, OwnClause], ...]] = {}
    last = SPECIAL if SPECIAL in sections else sections[-1] if sections else ""
    for number, own in enumerate(agreement.own_clauses, 1):
        beside = own.replaces or own.after
        if beside and folded(beside) in met:
            continue
        wanted = slug(own.section.value, "_") if own.section else last
        place = wanted if wanted in sections else last
        found[place] = (*found.get(place, ()), (f"egna_klausuler[{number}]", own))
    return found


def _own_blocks(clauses: Sequence[tuple[str, OwnClause]], under_heading: bool) -> tuple[Block, ...]:
    """Return *clauses* as blocks. Under another heading a clause needs its own, or it would read as part of it."""
    found: list[Block] = []
    for path, own in clauses:
        if own.heading is not None and own.heading.strip():
            found.append(Heading(2, (Value(own.heading, f"{path}.rubrik"),), ""))
            under_heading = True
        elif under_heading:
            help_ = "Skriv ”rubrik:”. Utan den hör klausulen till rubriken ovanför."
            found.append(Heading(2, (Placeholder(f"{path}.rubrik", "Klausulens rubrik", help_),), ""))
        if own.text is not None and own.text.source.strip():
            found += rich_blocks(RichValue(own.text.source, f"{path}.text"))
        else:
            help_ = "Skriv ”text:” och klausulens ord."
            found.append(Paragraph((Placeholder(f"{path}.text", "Klausulens text", help_),)))
    return tuple(found)


def _own_sections(agreement: Agreement, after: str | None, outline: list[OutlineEntry]) -> list[Section]:
    """Return the user's own sections to insert after section *after*; with ``None`` those that name no section."""
    found = []
    for number, own in enumerate(agreement.own_sections, 1):
        place = slug(own.after.value, "_") if own.after else None
        if place != after:
            continue
        path = f"egna_avsnitt[{number}]"
        heading: tuple[Inline, ...] = (Value(own.heading, f"{path}.rubrik"),) if own.heading is not None else ()
        blocks = rich_blocks(RichValue(own.text.source, f"{path}.text")) if own.text else ()
        if blocks and empty(heading):
            help_ = "Skriv ”rubrik:” och avsnittets rubrik."
            heading = (Placeholder(f"{path}.rubrik", "Avsnittets rubrik", help_),)
        if blocks or not empty(heading):
            name = f"eget-{number}"
            found.append(Section(name, name, heading, blocks))
            outline.append(OutlineEntry(name, own.heading or ""))
    return found


def _properties(agreement: Agreement) -> Properties:
    return Properties(
        title=" ".join((agreement.title or "Avtal om idéburet offentligt partnerskap").split()),
        case_numbers=tuple(str(party.case_number) for party in agreement.parties if party.case_number),
        status=agreement.status.value if agreement.status else "",
        draft=agreement.status in (None, Status.DRAFT),
    )
