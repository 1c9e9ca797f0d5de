"""Convert text in square brackets in a header, such as "[titel]", to content controls, which are hard to find in Word."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator
from itertools import islice

from lxml import etree

from iopdocs.document.xml_escape import escape
from iopdocs.writers.docx.namespaces import fragment, value_of, w

_FIRST_ID = 1_000_001
# The maximum number in one paragraph: a header has no room for more.
_MAX_MATCHES = 20


def add_controls(root: etree._Element, titles: Iterable[str], taken: set[int]) -> None:
    """Wrap each text of *root* that is one of *titles* in brackets in a content control with that title.

    An existing control without a title, as LibreOffice writes, gets the title. *taken* are the control ids in use.
    """
    known = tuple(titles)
    wanted = re.compile("|".join(re.escape(f"[{title}]") for title in known), re.IGNORECASE)
    for paragraph in list(root.iter(w("p"))):
        shown = "".join(text.text or "" for text in paragraph.iter(w("t")))
        if wanted.search(shown) is None:
            continue
        _split_runs(paragraph)
        for texts in list(_adjacent_texts(paragraph)):
            _wrap_matches(texts, wanted, known, taken)


def _split_runs(paragraph: etree._Element) -> None:
    """Split the runs of *paragraph* so that each has one child, and remove proofing marks between them."""
    for mark in list(paragraph.iter(w("proofErr"))):
        mark.getparent().remove(mark)  # type: ignore[union-attr]
    for run in list(paragraph.iter(w("r"))):
        properties = run.find(w("rPr"))
        for child in [child for child in run if child is not properties][:0:-1]:
            other = etree.Element(w("r"))
            if properties is not None:
                other.append(copy.deepcopy(properties))
            other.append(child)
            run.addnext(other)


def _adjacent_texts(paragraph: etree._Element) -> Iterator[list[etree._Element]]:
    """Yield lists of texts that follow each other with nothing between."""
    texts: list[etree._Element] = []
    previous: etree._Element | None = None
    for run in paragraph.iter(w("r")):
        text = run.find(w("t"))
        if texts and run.getprevious() is not previous:
            yield texts
            texts = []
        if text is None:
            if texts:
                yield texts
            texts = []
        else:
            texts.append(text)
        previous = run
    if texts:
        yield texts


def _wrap_matches(
    texts: list[etree._Element], wanted: re.Pattern[str], known: tuple[str, ...], taken: set[int]
) -> None:
    """Put each match of *wanted* in *texts* in a separate run inside a control."""
    whole = "".join(text.text or "" for text in texts)
    matches = list(islice(wanted.finditer(whole), _MAX_MATCHES))
    if not matches:
        return
    first = texts[0].getparent()
    container = None if first is None else next(first.iterancestors(w("sdt")), None)
    title_of_container = "" if container is None else value_of(container.find(f"{w('sdtPr')}/{w('alias')}")).strip()
    if first is None or title_of_container.casefold() in known:
        return
    pieces: list[etree._Element] = []
    end = 0
    for match in matches:
        pieces += _runs_of(texts, end, match.start())
        placeholder = _runs_of(texts, match.start(), match.end())[0]
        placeholder.find(w("t")).text = match.group()  # type: ignore[union-attr]
        title = match.group()[1:-1].casefold()
        if container is not None and not title_of_container:
            _set_title(container, title, taken)
            container = None
            pieces.append(placeholder)
        else:
            pieces.append(_control(placeholder, title, taken))
        end = match.end()
    pieces += _runs_of(texts, end, len(whole))
    for piece in pieces:
        first.addprevious(piece)
    for text in texts:
        run = text.getparent()
        if run is not None and run.getparent() is not None:
            run.getparent().remove(run)  # type: ignore[union-attr]


def _runs_of(texts: list[etree._Element], start: int, end: int) -> list[etree._Element]:
    """Return the text from *start* to *end* in *texts* as new runs with the same formatting."""
    runs, place = [], 0
    for text in texts:
        shown = text.text or ""
        part = shown[max(0, start - place) : max(0, end - place)]
        place += len(shown)
        if part:
            run = copy.deepcopy(text.getparent())
            copied = None if run is None else run.find(w("t"))
            if run is not None and copied is not None:
                copied.text = part
                copied.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
                runs.append(run)
    return runs


def _set_title(control: etree._Element, title: str, taken: set[int]) -> None:
    properties = control.find(w("sdtPr"))
    if properties is None:
        properties = etree.Element(w("sdtPr"))
        control.insert(0, properties)
    place = 1 if len(properties) and properties[0].tag == w("rPr") else 0
    for old in properties.findall(w("alias")):
        properties.remove(old)
    properties.insert(place, fragment(f'<w:alias w:val="{escape(title.capitalize())}"/>'))
    if properties.find(w("id")) is None:
        place = 1 + max(index for index, child in enumerate(properties) if child.tag in (w("alias"), w("tag")))
        properties.insert(place, fragment(f'<w:id w:val="{_free(taken)}"/>'))


def _control(placeholder: etree._Element, title: str, taken: set[int]) -> etree._Element:
    control = fragment(
        f'<w:sdt><w:sdtPr><w:alias w:val="{escape(title.capitalize())}"/><w:id w:val="{_free(taken)}"/></w:sdtPr>'
        "<w:sdtContent/></w:sdt>"
    )
    control[1].append(placeholder)
    return control


def _free(taken: set[int]) -> int:
    number = _FIRST_ID + len(taken)
    while number in taken:
        number += 1
    taken.add(number)
    return number
