"""Prepare a reference document: add a style for every role, add missing lists and set the language."""

from __future__ import annotations

import copy
from collections.abc import Mapping

from attrs import frozen
from lxml import etree

from iopdocs.document.xml_escape import escape
from iopdocs.writers.docx.colours import apply_look, look_of_headings
from iopdocs.writers.docx.namespaces import add_paragraph_properties, fragment, set_numbering, value_of, w
from iopdocs.writers.docx.numbering import NumberedList, abstract_list, concrete_list, levels
from iopdocs.writers.docx.styles import HEADINGS, StyleRole, find_styles

# Elements that follow w:contextualSpacing in w:pPr (ECMA-376 part 1, 17.3.1.26).
_AFTER_CONTEXTUAL_SPACING = (
    "mirrorIndents",
    "suppressOverlap",
    "jc",
    "textDirection",
    "textAlignment",
    "textboxTightWrap",
    "outlineLvl",
    "divId",
    "cnfStyle",
    "rPr",
    "sectPr",
    "pPrChange",
)


@frozen
class Lists:
    """The lists of a numbering part: the ``w:num`` of each shared list, and the ids that new ordered lists use."""

    numbers: Mapping[NumberedList, int]
    ordered_abstract: int
    next_number: int


def complete_styles(styles: etree._Element, ours: etree._Element) -> dict[StyleRole, str]:
    """Add the missing styles of *ours* to *styles*, in its colours, and return the style id for each role.

    Body text is an exception: a template without a style for it uses its normal style, and the role is omitted.
    """
    ids = find_styles(styles)
    our_ids = find_styles(ours)
    taken = {style.get(w("styleId")) for style in styles.findall(w("style"))}
    normal = _default_paragraph(styles)
    same = {_default_paragraph(ours): normal, our_ids[StyleRole.BODY]: normal}
    same |= {our_ids[role]: ids[role] for role in ids if role in our_ids}
    if StyleRole.SUBTITLE in ids:
        _remove_spacing(_style(styles, ids[StyleRole.SUBTITLE]))
    look = look_of_headings(styles, ids[StyleRole.HEADING_1]) if StyleRole.HEADING_1 in ids else None
    added = [role for role in StyleRole if role not in ids and role is not StyleRole.BODY and role in our_ids]
    for role in added:
        identifier = our_ids[role]
        while identifier in taken:
            identifier += "Iop"
        taken.add(identifier)
        same[our_ids[role]] = ids[role] = identifier
    for role in added:
        style = copy.deepcopy(_style(ours, our_ids[role]))
        style.set(w("styleId"), ids[role])
        for tag in ("basedOn", "next"):
            for child in style.findall(w(tag)):
                target = same.get(value_of(child), "")
                child.set(w("val"), target) if target else style.remove(child)
        for numbering in style.findall(f"{w('pPr')}/{w('numPr')}"):
            numbering.getparent().remove(numbering)  # type: ignore[union-attr]
        if look is not None:
            apply_look(style, role, look)
        styles.append(style)
    return ids


def _style(styles: etree._Element, identifier: str) -> etree._Element:
    return next(style for style in styles.findall(w("style")) if style.get(w("styleId")) == identifier)


def _remove_spacing(style: etree._Element) -> None:
    """Remove the space between paragraphs of *style*: each line below a title is a paragraph."""
    properties = style.find(w("pPr"))
    if properties is None:
        properties = add_paragraph_properties(style)
    if properties.find(w("contextualSpacing")) is None:
        place = sum(1 for child in properties if etree.QName(child).localname not in _AFTER_CONTEXTUAL_SPACING)
        properties.insert(place, fragment("<w:contextualSpacing/>"))


def _default_paragraph(styles: etree._Element) -> str:
    for style in styles.findall(w("style")):
        if style.get(w("type")) == "paragraph" and style.get(w("default")) in ("1", "true", "on"):
            return str(style.get(w("styleId"), ""))
    return ""


def complete_lists(styles: etree._Element, numbering: etree._Element, roles: Mapping[StyleRole, str]) -> Lists:
    """Add the missing lists to *numbering*, linked to the styles. The template's lists are kept.

    The template's heading numbering is kept if every level prints the standard numbers ("1", "1.1", with or without a
    trailing dot) and no level is linked to another style.
    """
    headings = tuple(roles[role] for role in HEADINGS)
    used: dict[NumberedList, int] = {}
    ordered_abstract = 0
    for which in NumberedList:
        abstract = _find_list(numbering, which)
        if abstract is None and which is NumberedList.HEADINGS:
            own = _template_headings(styles, numbering, headings)
            if own:
                used[which] = own
                continue
        if abstract is None:
            abstract = 1 + max((_number(a, "abstractNumId") for a in numbering.findall(w("abstractNum"))), default=0)
            _add_abstract(numbering, abstract_list(abstract, which, levels(which, headings, roles[StyleRole.APPENDIX])))
            number = 1 + max((_number(n, "numId") for n in numbering.findall(w("num"))), default=0)
            _add_number(numbering, concrete_list(number, abstract))
            _link(styles, which, number, roles)
            _unlink(numbering, abstract)
        else:
            number = _first_number(numbering, abstract)
        used[which] = number
        ordered_abstract = abstract
    highest = max((_number(n, "numId") for n in numbering.findall(w("num"))), default=0)
    return Lists(used, ordered_abstract, highest + 1)


def _number(element: etree._Element, attribute: str) -> int:
    return int(element.get(w(attribute), "0"))


def _find_list(numbering: etree._Element, which: NumberedList) -> int | None:
    for abstract in numbering.findall(w("abstractNum")):
        if value_of(abstract.find(w("name"))) == which.value:
            return _number(abstract, "abstractNumId")
    return None


def _template_headings(styles: etree._Element, numbering: etree._Element, headings: tuple[str, ...]) -> int:
    """Return the number of the template's list of headings, or 0 if its numbering is not the standard one.

    Unlinked levels are linked to the headings.
    """
    number = value_of(_style(styles, headings[0]).find(f"{w('pPr')}/{w('numPr')}/{w('numId')}"))
    concrete = next(
        (candidate for candidate in numbering.findall(w("num")) if candidate.get(w("numId")) == number), None
    )
    if concrete is None or concrete.find(w("lvlOverride")) is not None:
        return 0
    wanted = value_of(concrete.find(w("abstractNumId")))
    abstract = next((a for a in numbering.findall(w("abstractNum")) if a.get(w("abstractNumId")) == wanted), None)
    by_depth = {} if abstract is None else {level.get(w("ilvl")): level for level in abstract.findall(w("lvl"))}
    levels_used = [by_depth[str(depth)] for depth in range(len(headings)) if str(depth) in by_depth]
    known = {style.get(w("styleId")) for style in styles.findall(w("style"))}
    if len(levels_used) < len(headings) or value_of(levels_used[0].find(w("pStyle"))) != headings[0]:
        return 0
    for depth, (level, style) in enumerate(zip(levels_used, headings, strict=True)):
        linked = value_of(level.find(w("pStyle")))
        if not _is_standard_number(level, depth) or (linked in known and linked != style):
            return 0
    for depth, (level, style) in enumerate(zip(levels_used, headings, strict=True)):
        for old in level.findall(w("pStyle")):
            level.remove(old)
        before = [child for child in level if etree.QName(child).localname in ("start", "numFmt", "lvlRestart")]
        before[-1].addnext(fragment(f'<w:pStyle w:val="{escape(style)}"/>'))
        set_numbering(_style(styles, style), int(number), depth)
    return int(number)


def _is_standard_number(level: etree._Element, depth: int) -> bool:
    """Return whether *level* prints "1.1" or "1.1."."""
    dotted = ".".join(f"%{n}" for n in range(1, depth + 2))
    return (
        value_of(level.find(w("lvlText"))) in (dotted, f"{dotted}.")
        and value_of(level.find(w("numFmt"))) in ("", "decimal")
        and value_of(level.find(w("start"))) == "1"
    )


def _first_number(numbering: etree._Element, abstract: int) -> int:
    for concrete in numbering.findall(w("num")):
        plain = concrete.find(w("lvlOverride")) is None
        if value_of(concrete.find(w("abstractNumId"))) == str(abstract) and plain:
            return _number(concrete, "numId")
    number = 1 + max((_number(n, "numId") for n in numbering.findall(w("num"))), default=0)
    _add_number(numbering, concrete_list(number, abstract))
    return number


def _add_abstract(numbering: etree._Element, xml: str) -> None:
    """Insert a list: abstract lists precede concrete ones (17.9.17)."""
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


def _link(styles: etree._Element, which: NumberedList, number: int, roles: Mapping[StyleRole, str]) -> None:
    if which is NumberedList.HEADINGS:
        for depth, role in enumerate(HEADINGS):
            set_numbering(_style(styles, roles[role]), number, depth)
        return
    linked = {
        NumberedList.APPENDICES: StyleRole.APPENDIX,
        NumberedList.BULLETS: StyleRole.BULLET,
        NumberedList.NUMBERS: StyleRole.NUMBER,
    }
    if which in linked:
        set_numbering(_style(styles, roles[linked[which]]), number, 0)


def _unlink(numbering: etree._Element, ours: int) -> None:
    """Unlink the styles of the list *ours* from other lists: a style belongs to only one list."""
    lists = numbering.findall(w("abstractNum"))
    linked = {
        value_of(link) for own in lists if _number(own, "abstractNumId") == ours for link in own.iter(w("pStyle"))
    }
    for other in lists:
        if _number(other, "abstractNumId") != ours:
            for link in list(other.iter(w("pStyle"))):
                if value_of(link) in linked:
                    link.getparent().remove(link)  # type: ignore[union-attr]


def set_language(root: etree._Element, language: str) -> None:
    """Set *language* (BCP 47) everywhere in a styles or settings part."""
    for element in root.iter(w("lang"), w("themeFontLang")):
        for name, tag in element.attrib.items():
            if not tag:
                # LibreOffice writes empty language tags.
                del element.attrib[name]
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
