"""Write tests/golden/ again: each example's Word document as XML that a person can compare, and print what changed.

The XML is normalised: an element per line (a run and its properties share one), attributes in order, invisible characters
spelled out. Numbers that are only counted are replaced by what they stand for, so that one new heading is one difference.
"""

from __future__ import annotations

import difflib
import io
import posixpath
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZipFile

from lxml import etree

import iopdocs

ROOT = Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "tests" / "golden"
PARTS = re.compile(r"word/(?:document|numbering|header\d+|footer\d+)\.xml")
NOISE = re.compile(r"xml:space|w:rsid\w*|w14:(?:para|text)Id")
"""Attributes that say nothing of the document: a program's own marks, and spaces that are kept everywhere."""
INVISIBLE = re.compile(r"[^\S ]|[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")
NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "xml": "http://www.w3.org/XML/1998/namespace",
}
W, R = f"{{{NAMESPACES['w']}}}", f"{{{NAMESPACES['r']}}}"


def examples() -> list[Path]:
    """Return the data files that have a golden document."""
    return sorted((ROOT / "examples").glob("*.yaml"))


def golden_file(example: Path) -> Path:
    """Return where the golden document of *example* is kept."""
    return GOLDEN / f"{example.stem}.xml"


def golden_text(example: Path) -> str:
    """Return the golden document of *example*: the draft that `iopdocs.render` makes, normalised."""
    return normalised(iopdocs.render(iopdocs.load(example)).to_docx())


def normalised(docx: bytes) -> str:
    """Return body, numbering, headers and footers of *docx* as one XML document that can be compared line by line."""
    with ZipFile(io.BytesIO(docx)) as package:
        parts = {name: package.read(name) for name in sorted(package.namelist()) if PARTS.fullmatch(name)}
        targets = {name: _targets(package, name) for name in parts}
    declared = " ".join(f'xmlns:{prefix}="{NAMESPACES[prefix]}"' for prefix in ("r", "w"))
    lines = [f"<package {declared}>"]
    for name, part in parts.items():
        root = etree.fromstring(part)
        _name_bookmarks(root)
        lines += [f"<part name={quoteattr(name)}>", *_lines(root, 1, targets[name]), "</part>"]
    return "\n".join([*lines, "</package>", ""])


def difference(before: str, after: str, name: str) -> list[str]:
    """Return the lines of a unified difference between the kept document and the one made now; none when equal."""
    found = difflib.unified_diff(
        before.splitlines(), after.splitlines(), f"kept/{name}", f"made/{name}", n=2, lineterm=""
    )
    return list(found)


def _targets(package: ZipFile, name: str) -> dict[str, str]:
    """Return what the relationships of a part point at, by their ids."""
    folder, file = posixpath.split(name)
    relationships = f"{folder}/_rels/{file}.rels"
    if relationships not in package.namelist():
        return {}
    return {str(one.get("Id")): str(one.get("Target")) for one in etree.fromstring(package.read(relationships))}


def _name_bookmarks(root: etree._Element) -> None:
    """Let the end of a bookmark bear its name, and take away the numbers that join start and end."""
    names: dict[str | None, str] = {}
    for element in root.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd"):
        number = element.attrib.pop(f"{W}id", None)
        if element.tag == f"{W}bookmarkStart":
            names[number] = str(element.get(f"{W}name"))
        else:
            element.set(f"{W}name", names.get(number, ""))


def _lines(element: etree._Element, depth: int, targets: Mapping[str, str]) -> Iterator[str]:
    indent = " " * depth
    if _fits_a_line(element):
        yield indent + _one_line(element, targets)
        return
    yield f"{indent}<{_start(element, targets)}>"
    for child in element:
        yield from _lines(child, depth + 1, targets)
    yield f"{indent}</{_prefixed(element.tag)}>"


def _fits_a_line(element: etree._Element) -> bool:
    name = etree.QName(element).localname
    return name == "r" or name.endswith("Pr") or not any(len(child) for child in element)


def _one_line(element: etree._Element, targets: Mapping[str, str]) -> str:
    inside = _visible(escape(element.text or "")) + "".join(_one_line(child, targets) for child in element)
    start = _start(element, targets)
    return f"<{start}>{inside}</{_prefixed(element.tag)}>" if inside else f"<{start}/>"


def _start(element: etree._Element, targets: Mapping[str, str]) -> str:
    attributes = {
        _prefixed(name): targets.get(value, value) if str(name).startswith(R) else value
        for name, value in element.attrib.items()
    }
    kept = sorted((name, value) for name, value in attributes.items() if not NOISE.fullmatch(name))
    return " ".join([_prefixed(element.tag), *(f"{name}={_visible(quoteattr(value))}" for name, value in kept)])


def _prefixed(name: object) -> str:
    qualified = etree.QName(str(name))
    prefix = next((prefix for prefix, uri in NAMESPACES.items() if uri == qualified.namespace), None)
    # A name from elsewhere is shown as it is; nothing that we write has one.
    return f"{prefix}:{qualified.localname}" if prefix else str(name)


def _visible(text: str) -> str:
    return INVISIBLE.sub(lambda match: f"&#x{ord(match[0]):X};", text)


def write() -> None:
    """Write the golden document of every example, remove those without one, and print every difference."""
    GOLDEN.mkdir(exist_ok=True)
    changed = 0
    for example in examples():
        kept = golden_file(example)
        before = kept.read_text(encoding="utf-8") if kept.is_file() else ""
        after = golden_text(example)
        found = difference(before, after, kept.name)
        if found:
            kept.write_text(after, encoding="utf-8", newline="\n")
            print(*(found if before else [f"new: {kept.name}, {len(found)} lines"]), sep="\n")
        changed += bool(found)
    for left in set(GOLDEN.glob("*.xml")) - {golden_file(example) for example in examples()}:
        left.unlink()
        changed += 1
        print(f"removed: {left.name}")
    print(f"{changed} golden documents changed" if changed else "no golden document has changed")


if __name__ == "__main__":
    write()
