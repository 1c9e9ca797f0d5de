"""Fields of a Word part (ECMA-376 part 1, 17.16): those that only count and repeat stay, the others leave their result.

A field may be spread over many runs and paragraphs, and hold other fields. Its instruction is put together as Word does it.
"""

from __future__ import annotations

import re

from attrs import Factory, define
from lxml import etree

from iopdocs.writers.docx.namespaces import remove, unwrap, w

ALLOWED_FIELDS = frozenset(
    [
        "=", "AUTHOR", "CREATEDATE", "DATE", "DOCPROPERTY", "FILENAME", "HYPERLINK", "IF", "KEYWORDS", "NOTEREF",
        "NUMPAGES", "PAGE", "PAGEREF", "PRINTDATE", "REF", "SAVEDATE", "SECTION", "SECTIONPAGES", "SEQ", "STYLEREF",
        "SUBJECT", "SYMBOL", "TIME", "TITLE", "TOC",
    ]
)  # fmt: skip
"""The instructions that a template may have: they fetch, open and run nothing."""

ALLOWED_ADDRESS = re.compile(r"\s*(?:https?://|mailto:|tel:)[^\s\\<>\"]+\s*", re.IGNORECASE)
"""An address that a link may lead to."""

# Only these may have other fields in their instruction: elsewhere a nested field could become the name or the address.
_HOLDS_FIELDS = frozenset(["=", "IF"])
_ARGUMENT = re.compile(r'"((?:[^"\\]|\\.)*)"|(\\\S+)|(\S+)')


@define(eq=False)
class _Field:
    """A field that is being read: its marks, the text of its instruction, and all that its instruction prints."""

    marks: list[etree._Element]
    instruction: list[etree._Element] = Factory(list)
    printed: list[etree._Element] = Factory(list)
    in_result: bool = False
    nested: bool = False

    @property
    def code(self) -> str:
        return "".join(node.text or "" for node in self.instruction)


def clean_fields(root: etree._Element) -> list[str]:
    """Take every field that is not allowed out of *root*, its result left as text; return their instructions."""
    refused = []
    for simple in list(root.iter(w("fldSimple"))):
        code = str(simple.get(w("instr"), ""))
        if not is_allowed(code):
            refused.append(code.strip())
            unwrap(simple)
    open_fields: list[_Field] = []
    for node in list(root.iter(w("fldChar"), w("instrText"), w("delInstrText"), w("t"), w("tab"), w("sym"))):
        if node.tag == w("fldChar"):
            refused += _mark(node, open_fields)
        elif node.tag in (w("instrText"), w("delInstrText")):
            if open_fields and not open_fields[-1].in_result:
                open_fields[-1].instruction.append(node)
            else:
                remove(node)
        else:
            for field in open_fields:
                if not field.in_result:
                    field.printed.append(node)
    for field in open_fields:
        refused.append(field.code.strip())
        remove(*field.marks, *field.instruction, *field.printed)
    return [code or "utan namn" for code in refused]


def _mark(node: etree._Element, open_fields: list[_Field]) -> list[str]:
    """Take in the beginning, the middle or the end of a field; return its instruction where it ends and is refused."""
    kind = node.get(w("fldCharType"))
    if kind == "begin":
        if open_fields and not open_fields[-1].in_result:
            open_fields[-1].nested = True
        open_fields.append(_Field([node]))
    elif not open_fields:
        remove(node)
    elif kind == "separate" and not open_fields[-1].in_result:
        open_fields[-1].marks.append(node)
        open_fields[-1].in_result = True
    elif kind == "end":
        field = open_fields.pop()
        if not is_allowed(field.code) or (field.nested and _name(field.code) not in _HOLDS_FIELDS):
            remove(*field.marks, node, *field.instruction, *field.printed)
            return [field.code.strip()]
    else:
        remove(node)
    return []


def is_allowed(code: str) -> bool:
    """Return whether the instruction *code* is one that a template may have; a link must lead to an ordinary address."""
    name = _name(code)
    if name not in ALLOWED_FIELDS:
        return False
    if name != "HYPERLINK":
        return True
    arguments = list(_ARGUMENT.finditer(code.strip()))[1:]
    takes = {"\\l", "\\o", "\\t", "\\s"}
    previous, address = "", None
    for argument in arguments:
        if argument[2]:
            if argument[2].lower() not in {*takes, "\\h", "\\n", "\\m", "\\*"}:
                return False
        elif previous not in takes and address is None:
            address = argument[1] if argument[1] is not None else argument[3]
        previous = (argument[2] or "").lower()
    return address is None or ALLOWED_ADDRESS.fullmatch(address) is not None


def _name(code: str) -> str:
    stripped = code.strip()
    return "=" if stripped.startswith("=") else stripped.split(maxsplit=1)[0].upper() if stripped else ""
