"""The effective formatting of paragraphs and runs: own properties before those of styles (ECMA-376 part 1, 17.7.2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from attrs import frozen
from lxml import etree

from iopdocs.accessibility.package import OpenedDocument, is_on, val, w

_DEEPEST = 30


@frozen(eq=False, slots=False)
class EffectiveFormatting:
    """The styles of a document, from which the formatting of paragraphs and runs is computed."""

    package: OpenedDocument

    @cached_property
    def styles(self) -> Mapping[str, etree._Element]:
        """Every style by its id."""
        root = self.package.related("styles")
        return {} if root is None else {str(style.get(w("styleId"))): style for style in root.findall(w("style"))}

    @cached_property
    def _defaults(self) -> Mapping[str, str]:
        return {
            str(style.get(w("type"))): identifier
            for identifier, style in self.styles.items()
            if style.get(w("default")) in ("1", "true", "on")
        }

    @cached_property
    def defaults(self) -> etree._Element | None:
        """The document's default run properties."""
        root = self.package.related("styles")
        return None if root is None else root.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}")

    def chain(self, identifier: str) -> Iterator[etree._Element]:
        """Yield the style *identifier* and the styles that it is based on."""
        for _turn in range(_DEEPEST):
            style = self.styles.get(identifier)
            if style is None:
                return
            yield style
            identifier = val(style.find(w("basedOn")))

    def style_of(self, paragraph: etree._Element) -> str:
        """Return the id of the style of *paragraph*."""
        return val(paragraph.find(f"{w('pPr')}/{w('pStyle')}")) or self._defaults.get("paragraph", "")

    def style_name(self, paragraph: etree._Element) -> str:
        """Return the name of the style of *paragraph* in lower case."""
        style = self.styles.get(self.style_of(paragraph))
        return "" if style is None else val(style.find(w("name"))).casefold()

    def paragraph(self, paragraph: etree._Element, tag: str) -> etree._Element | None:
        """Return the property *tag* of *paragraph*: its own, or that of the nearest style that has it."""
        own = paragraph.find(f"{w('pPr')}/{w(tag)}")
        if own is not None:
            return own
        for style in self.chain(self.style_of(paragraph)):
            found = style.find(f"{w('pPr')}/{w(tag)}")
            if found is not None:
                return found
        return None

    def run(self, run: etree._Element, tag: str, paragraph: etree._Element) -> etree._Element | None:
        """Return the property *tag* of *run* in *paragraph*, from itself, its styles or the document's defaults."""
        own = run.find(f"{w('rPr')}/{w(tag)}")
        if own is not None:
            return own
        for identifier in (val(run.find(f"{w('rPr')}/{w('rStyle')}")), self.style_of(paragraph)):
            for style in self.chain(identifier):
                found = style.find(f"{w('rPr')}/{w(tag)}")
                if found is not None:
                    return found
        return None if self.defaults is None else self.defaults.find(w(tag))

    def level(self, paragraph: etree._Element) -> int:
        """Return the heading level of *paragraph*, 1–9, or 0 when it is not a heading."""
        outline = val(self.paragraph(paragraph, "outlineLvl"))
        return int(outline) + 1 if outline.isdecimal() and int(outline) < 9 else 0

    def is_list_item(self, paragraph: etree._Element) -> bool:
        """Return whether *paragraph* is an item of a real list."""
        numbering = self.paragraph(paragraph, "numPr")
        return numbering is not None and val(numbering.find(w("numId"))) != "0"

    def size(self, run: etree._Element, paragraph: etree._Element) -> float:
        """Return the font size of *run* in points; 10 when none is set (ECMA-376 part 1, 17.3.2.38)."""
        written = val(self.run(run, "sz", paragraph))
        return int(written) / 2 if written.isdecimal() else 10.0

    def is_bold(self, run: etree._Element, paragraph: etree._Element) -> bool:
        """Return whether *run* is bold."""
        return is_on(self.run(run, "b", paragraph))


def text_of(element: etree._Element) -> str:
    """Return the visible text of *element*, with tabs and line breaks but without field codes and deletions."""
    parts = []
    for node in element.iter(w("t"), w("tab"), w("br"), w("cr"), w("noBreakHyphen")):
        if node.tag == w("t"):
            parts.append(node.text or "")
        elif node.tag == w("noBreakHyphen"):
            parts.append("\u2011")
        elif node.getparent() is not None and node.getparent().tag == w("r"):  # type: ignore[union-attr]
            parts.append("\t" if node.tag == w("tab") else "\n")
    return "".join(parts)


def paragraphs(root: etree._Element) -> Iterator[etree._Element]:
    """Yield every paragraph below *root* in reading order, including those inside tables and content controls."""
    yield from root.iter(w("p"))


def runs(paragraph: etree._Element) -> Iterator[etree._Element]:
    """Yield the runs of *paragraph* that contain text, also inside links, content controls and fields."""
    for run in paragraph.iter(w("r")):
        if any((node.text or "").strip() for node in run.findall(w("t"))):
            yield run


def inside(element: etree._Element, tag: str) -> bool:
    """Return whether *element* is inside an element *tag*."""
    return next(element.iterancestors(w(tag)), None) is not None
