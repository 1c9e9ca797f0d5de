"""The effective formatting of paragraphs and runs: own properties before those of styles (ECMA-376 part 1, 17.7.2)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any

from attrs import Factory, frozen
from lxml import etree

from iopdocs.accessibility.package import OpenedDocument, is_on, val, w

_DEEPEST = 30


@frozen(eq=False, slots=False)
class EffectiveFormatting:
    """The styles of a document, from which the formatting of paragraphs and runs is computed."""

    package: OpenedDocument
    _style_properties: dict[tuple[str, str, str], etree._Element | None] = Factory(dict)
    _default_properties: dict[str, etree._Element | None] = Factory(dict)
    _cell_shades: dict[etree._Element, tuple[etree._Element, ...]] = Factory(dict)
    _last: dict[str, Any] = Factory(dict)

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
    def _style_names(self) -> Mapping[str, str]:
        return {identifier: val(style.find(w("name"))).casefold() for identifier, style in self.styles.items()}

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

    def _of_style(self, identifier: str, properties: str, tag: str) -> etree._Element | None:
        """Return the property *tag* of the style *identifier* or of the nearest style it is based on that has it."""
        key = identifier, properties, tag
        if key not in self._style_properties:
            found = (style.find(f"{w(properties)}/{w(tag)}") for style in self.chain(identifier))
            self._style_properties[key] = next((one for one in found if one is not None), None)
        return self._style_properties[key]

    def _remembered(self, paragraph: etree._Element, key: str, find: Callable[[], Any]) -> Any:
        """Return what *find* returns for *paragraph*, found once for all its runs."""
        if self._last.get("") is not paragraph:
            self._last.clear()
            self._last[""] = paragraph
        if key not in self._last:
            self._last[key] = find()
        return self._last[key]

    def style_of(self, paragraph: etree._Element) -> str:
        """Return the id of the style of *paragraph*."""
        own = properties_of(paragraph, "pPr")
        default = self._defaults.get("paragraph", "")
        if own is None:
            return default
        return str(self._remembered(paragraph, "pStyle", lambda: val(own.find(w("pStyle"))) or default))

    def style_name(self, paragraph: etree._Element) -> str:
        """Return the name of the style of *paragraph* in lower case."""
        return self._style_names.get(self.style_of(paragraph), "")

    def paragraph(self, paragraph: etree._Element, tag: str) -> etree._Element | None:
        """Return the property *tag* of *paragraph*: its own, or that of the nearest style that has it."""
        own = properties_of(paragraph, "pPr")
        found = None if own is None else self._remembered(paragraph, tag, lambda: own.find(w(tag)))
        return self._of_style(self.style_of(paragraph), "pPr", tag) if found is None else found

    def shades_behind(self, paragraph: etree._Element) -> tuple[etree._Element, ...]:
        """Return the shadings of *paragraph* and of the cells that it is in, from the innermost."""
        own = self.paragraph(paragraph, "shd")
        return (*(() if own is None else (own,)), *self._shades_around(paragraph))

    def _shades_around(self, element: etree._Element) -> tuple[etree._Element, ...]:
        cell = next(element.iterancestors(w("tc")), None)
        if cell is None:
            return ()
        if cell not in self._cell_shades:
            own = properties_of(cell, "tcPr")
            shade = None if own is None else own.find(w("shd"))
            self._cell_shades[cell] = (*(() if shade is None else (shade,)), *self._shades_around(cell))
        return self._cell_shades[cell]

    def run(self, run: etree._Element, tag: str, paragraph: etree._Element) -> etree._Element | None:
        """Return the property *tag* of *run* in *paragraph*, from itself, its styles or the document's defaults."""
        own = properties_of(run, "rPr")
        styles = [self.style_of(paragraph)]
        if own is not None:
            found = own.find(w(tag))
            if found is not None:
                return found
            styles.insert(0, val(own.find(w("rStyle"))))
        for identifier in styles:
            found = self._of_style(identifier, "rPr", tag)
            if found is not None:
                return found
        return self._default(tag)

    def _default(self, tag: str) -> etree._Element | None:
        if tag not in self._default_properties:
            self._default_properties[tag] = None if self.defaults is None else self.defaults.find(w(tag))
        return self._default_properties[tag]

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


def properties_of(element: etree._Element, tag: str) -> etree._Element | None:
    """Return the properties *tag* of *element*: its first child, or nothing (ECMA-376 part 1, 17.3.1.22 and 17.3.2.1)."""
    # Not len(element), which counts the children.
    first = next(element.iterchildren(), None)
    return first if first is not None and first.tag == w(tag) else None


def inside(element: etree._Element, tag: str) -> bool:
    """Return whether *element* is inside an element *tag*."""
    return next(element.iterancestors(w(tag)), None) is not None
