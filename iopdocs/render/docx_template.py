"""A reference document made ready: every role has a style, every list is there, and the language is right."""

from __future__ import annotations

import copy
from collections.abc import Mapping

from attrs import frozen
from lxml import etree

from iopdocs.render.docx_numbering import NumberedList, abstract_list, concrete_list, levels
from iopdocs.render.docx_styles import HEADINGS, Role
from iopdocs.render.docx_xml import fragment, set_numbering, value_of, w


@frozen
class Lists:
    """The lists of a numbering part: the ``w:num`` of each that is not counted anew, and what new ones start from."""

    numbers: Mapping[NumberedList, int]
    ordered_abstract: int
    next_number: int


def find_styles(styles: etree._Element) -> dict[Role, str]:
    """Return the id of the style that plays each role, by its name, or for headings by its outline level."""
    by_name: dict[tuple[str, str], str] = {}
    by_outline: dict[int, str] = {}
    for style in styles.findall(w("style")):
        identifier, kind = str(style.get(w("styleId"), "")), str(style.get(w("type"), "paragraph"))
        by_name.setdefault((kind, value_of(style.find(w("name"))).casefold()), identifier)
        outline = value_of(style.find(f"{w('pPr')}/{w('outlineLvl')}"))
        if outline.isdecimal():
            by_outline.setdefault(int(outline), identifier)
    found = {}
    for role in Role:
        for name in role.value:
            if (role.kind, name.casefold()) in by_name:
                found[role] = by_name[role.kind, name.casefold()]
                break
    for depth, role in enumerate(HEADINGS):
        if role not in found and depth in by_outline:
            found[role] = by_outline[depth]
    return found


def complete_styles(styles: etree._Element, ours: etree._Element) -> dict[Role, str]:
    """Add to *styles* what it lacks of *ours*; return the id of the style for each role.

    Body text is the exception: where a template has no style for it, its own normal style is the right one, and the
    role is left out.
    """
    found = find_styles(styles)
    our_ids = find_styles(ours)
    taken = {style.get(w("styleId")) for style in styles.findall(w("style"))}
    normal = _default_paragraph(styles)
    same = {_default_paragraph(ours): normal}
    same |= {our_ids[role]: found[role] for role in found if role in our_ids}
    for role in Role:
        if role in found or role is Role.BODY or role not in our_ids:
            continue
        style = copy.deepcopy(_style(ours, our_ids[role]))
        identifier = our_ids[role]
        while identifier in taken:
            identifier += "Iop"
        taken.add(identifier)
        style.set(w("styleId"), identifier)
        same[our_ids[role]] = found[role] = identifier
        for tag in ("basedOn", "next"):
            for child in style.findall(w(tag)):
                target = same.get(value_of(child), "")
                child.set(w("val"), target) if target else style.remove(child)
        for numbering in style.findall(f"{w('pPr')}/{w('numPr')}"):
            numbering.getparent().remove(numbering)  # type: ignore[union-attr]
        styles.append(style)
    return found


def _style(styles: etree._Element, identifier: str) -> etree._Element:
    return next(style for style in styles.findall(w("style")) if style.get(w("styleId")) == identifier)


def _default_paragraph(styles: etree._Element) -> str:
    for style in styles.findall(w("style")):
        if style.get(w("type")) == "paragraph" and style.get(w("default")) in ("1", "true", "on"):
            return str(style.get(w("styleId"), ""))
    return ""


def complete_lists(styles: etree._Element, numbering: etree._Element, roles: Mapping[Role, str]) -> Lists:
    """Add the lists that *numbering* lacks, linked to the styles; lists of the template's own are kept.

    A template's own numbering of headings counts as ours where its first level is plain ("1" or "1.") and linked to
    the style of the first heading.
    """
    headings = tuple(roles[role] for role in HEADINGS)
    used: dict[NumberedList, int] = {}
    ordered_abstract = 0
    for which in NumberedList:
        abstract = _named(numbering, which)
        if abstract is None and which is NumberedList.HEADINGS:
            own = _own_headings(styles, numbering, headings[0])
            if own:
                used[which] = own
                continue
        if abstract is None:
            abstract = 1 + max((_number(a, "abstractNumId") for a in numbering.findall(w("abstractNum"))), default=0)
            _add_abstract(numbering, abstract_list(abstract, which, levels(which, headings, roles[Role.APPENDIX])))
            number = 1 + max((_number(n, "numId") for n in numbering.findall(w("num"))), default=0)
            _add_number(numbering, concrete_list(number, abstract))
            _link(styles, which, number, roles)
        else:
            number = _first_number(numbering, abstract)
        used[which] = number
        ordered_abstract = abstract
    highest = max((_number(n, "numId") for n in numbering.findall(w("num"))), default=0)
    return Lists(used, ordered_abstract, highest + 1)


def _number(element: etree._Element, attribute: str) -> int:
    return int(element.get(w(attribute), "0"))


def _named(numbering: etree._Element, which: NumberedList) -> int | None:
    for abstract in numbering.findall(w("abstractNum")):
        if value_of(abstract.find(w("name"))) == which.value:
            return _number(abstract, "abstractNumId")
    return None


def _own_headings(styles: etree._Element, numbering: etree._Element, first: str) -> int:
    number = value_of(_style(styles, first).find(f"{w('pPr')}/{w('numPr')}/{w('numId')}"))
    for concrete in numbering.findall(w("num")):
        if concrete.get(w("numId")) != number:
            continue
        wanted = value_of(concrete.find(w("abstractNumId")))
        for abstract in numbering.findall(w("abstractNum")):
            level = abstract.find(w("lvl"))
            if abstract.get(w("abstractNumId")) == wanted and level is not None:
                plain = value_of(level.find(w("lvlText"))) in ("%1", "%1.")
                linked = value_of(level.find(w("pStyle"))) == first
                return int(number) if plain and linked else 0
    return 0


def _first_number(numbering: etree._Element, abstract: int) -> int:
    for concrete in numbering.findall(w("num")):
        plain = concrete.find(w("lvlOverride")) is None
        if value_of(concrete.find(w("abstractNumId"))) == str(abstract) and plain:
            return _number(concrete, "numId")
    number = 1 + max((_number(n, "numId") for n in numbering.findall(w("num"))), default=0)
    _add_number(numbering, concrete_list(number, abstract))
    return number


def _add_abstract(numbering: etree._Element, xml: str) -> None:
    """Put a list among the others: abstract lists stand before the concrete ones (17.9.17)."""
    first = numbering.find(w("num"))
    element = fragment(xml)
    if first is not None:
        first.addprevious(element)
    else:
        last = numbering.find(w("numIdMacAtCleanup"))
        numbering.append(element) if last is None else last.addprevious(element)


def _add_number(numbering: etree._Element, xml: str) -> None:
    last = numbering.find(w("numIdMacAtCleanup"))
    numbering.append(fragment(xml)) if last is None else last.addprevious(fragment(xml))


def _link(styles: etree._Element, which: NumberedList, number: int, roles: Mapping[Role, str]) -> None:
    if which is NumberedList.HEADINGS:
        for depth, role in enumerate(HEADINGS):
            set_numbering(_style(styles, roles[role]), number, depth)
        return
    linked = {
        NumberedList.APPENDICES: Role.APPENDIX,
        NumberedList.BULLETS: Role.BULLET,
        NumberedList.NUMBERS: Role.NUMBER,
    }
    if which in linked:
        set_numbering(_style(styles, roles[linked[which]]), number, 0)


def set_language(root: etree._Element, language: str) -> None:
    """Make *language* (BCP 47) the language of everything in a styles or settings part."""
    for element in root.iter(w("lang"), w("themeFontLang")):
        element.set(w("val"), language)
    if root.tag != w("styles"):
        return
    defaults = root.find(w("docDefaults"))
    if defaults is None:
        defaults = fragment("<w:docDefaults/>")
        root.insert(0, defaults)
    properties = defaults.find(f"{w('rPrDefault')}/{w('rPr')}")
    if properties is None:
        for old in defaults.findall(w("rPrDefault")):
            defaults.remove(old)
        defaults.insert(0, fragment("<w:rPrDefault><w:rPr/></w:rPrDefault>"))
        properties = defaults[0][0]
    if properties.find(w("lang")) is None:
        properties.append(fragment("<w:lang/>"))
        properties[-1].set(w("val"), language)
