"""The pages of docs/ for people who write Python: the public names with their signatures, and the classes of the model."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from enum import Enum
from functools import cached_property
from types import ModuleType
from typing import Any

import attrs

import iopdocs
import iopdocs.model
import iopdocs.rules
import iopdocs.values
from iopdocs.model.agreement import Agreement
from iopdocs.model.fields import Field, fields_of

NOTICE = "<!-- Skriven av scripts/make_reference.py. Ändra koden och kör `make docs`. -->\n"
REFERENCE_INTRO = """# Public names in Python

What `iopdocs` and `iopdocs.rules` export, with signatures. The classes of an agreement and its values, `iopdocs.model` and
`iopdocs.values`, have [a page of their own](modell.md); [python.md](python.md) is the guide. `help(iopdocs.render)` shows the same.

Arguments after `*` are given by name. `Kind` is `"yaml"` or `"json"`, `DocumentKind` one of `"docx"`, `"pdf"`, `"html"` and `"md"`,
and `Tell` a function of how many agreements are finished, how many there are, and the outcome of the last one.

Records are frozen: `attrs.evolve` makes a changed copy. Errors are subclasses of
`IopdocsError`, except `TypeError` and `ValueError` for arguments that no user chose.
"""
MODEL_INTRO = """# The model in Python

Each class of an agreement with its attributes, their types, and the Swedish key that data files, JSON and problems use for them.
What each key means, with examples and sources: [data.md](data.md). Everything is imported from `iopdocs.model`, the types of values
(`Money`, `Duration` …) from `iopdocs.values`; how values are made is said [last](#values).

All arguments are given by name, and all may be absent: `None`, or `()` where there may be several. A list becomes a tuple, but type checkers ask for the tuple: `parties=(one, other)`.
`PartyRef` is a `str`, the short name (`short_name`, else `name`) of a party; `Year` is an `int`; `ClauseName` and `RichText` hold
the name of a clause and text with paragraphs and lists.
"""
HELD = ("Document", "Library")
"""Records whose attributes are the package's own: callers hand them on."""
LONGEST = 110


def reference_page() -> str:
    """Return docs/python-referens.md: every public name outside the model."""
    groups: dict[str, list[str]] = {"Functions": [], "Records": [], "Words": [], "Errors": []}
    for name in iopdocs.__all__:
        if name != "Agreement":
            groups[_group(getattr(iopdocs, name))].append(_described(iopdocs, name))
    parts = [f"\n## {group}\n" + "".join(entries) for group, entries in groups.items()]
    rules = [_described(iopdocs.rules, name) for name in iopdocs.rules.__all__ if name not in iopdocs.__all__]
    return "".join([NOTICE, "\n", REFERENCE_INTRO, *parts, "\n## Rules of one's own (iopdocs.rules)\n", *rules])


def model_page() -> str:
    """Return docs/modell.md: class, attribute, type and Swedish key of everything in an agreement."""
    public = {name: getattr(iopdocs.model, name) for name in iopdocs.model.__all__}
    records = [one for one in _reached(Agreement) if one.__name__ in public]
    enums = [one for one in public.values() if _is_enum(one)]
    values = [getattr(iopdocs.values, name) for name in iopdocs.values.__all__]
    lines = [NOTICE, "\n", MODEL_INTRO, *map(_record, records), "\n## Words\n", *map(_words, enums), "\n## Values\n"]
    return "".join(
        [*lines, *(_value(one) for one in values if attrs.has(one)), *(_words(one) for one in values if _is_enum(one))]
    )


def _is_enum(one: Any) -> bool:
    return inspect.isclass(one) and issubclass(one, Enum)


def _group(one: Any) -> str:
    if inspect.isfunction(one):
        return "Functions"
    if issubclass(one, Exception):
        return "Errors"
    return "Words" if _is_enum(one) else "Records"


def _reached(cls: Any) -> list[Any]:
    """Return *cls* and every record class that it leads to, in the order of a data file."""
    found: list[Any] = []
    waiting = [cls]
    while waiting:
        one = waiting.pop(0)
        if one not in found:
            found.append(one)
            waiting = [field.type for field in fields_of(one) if field.is_record] + waiting
    return found


def _record(cls: Any) -> str:
    rows = "".join(
        f"| `{field.name}` | {_type(field)} | `{field.key}` | {field.entry.label} |\n" for field in fields_of(cls)
    )
    head = "| Attribute | Type | Swedish key | Label |\n|---|---|---|---|\n"
    return f"\n## {cls.__name__}\n\n{_first(cls)}\n\n{head}{rows}"


def _type(field: Field) -> str:
    name = field.type.__name__
    linked = f"[`{name}`](#{name.lower()})" if field.is_record or _is_enum(field.type) else f"`{name}`"
    return f"tuple of {linked}" if field.many else linked


def _words(enum: Any) -> str:
    rows = "".join(f"| `{member.name}` | `{member.value}` |\n" for member in enum)
    return f"\n### {enum.__name__}\n\n{_first(enum)}\n\n| Member | Word |\n|---|---|\n{rows}"


def _value(cls: Any) -> str:
    reading = "\n`parse` reads what people write, and `str` writes it.\n" if hasattr(cls, "parse") else ""
    return f"\n### {cls.__name__}\n\n{_code(cls.__name__, cls)}\n{_first(cls)}\n{reading}"


def _described(module: ModuleType, name: str) -> str:
    one = getattr(module, name)
    lines = [f"\n### {name}\n\n"]
    if _is_enum(one):
        lines += [f"{_first(one)}\n\n", "| Member | Word |\n|---|---|\n"]
        lines += [f"| `{member.name}` | `{member.value}` |\n" for member in one]
    elif inspect.isfunction(one):
        lines += [_code(name, one), "\n", _markdown(inspect.getdoc(one) or "")]
    else:
        lines += [_markdown((inspect.getdoc(one) or "").partition("\n\nAttributes:")[0])]
        lines += [] if name in HELD else _attributes(one)
        lines += [] if name == "Library" else _members(one)
    return "".join(lines)


def _attributes(cls: Any) -> Iterator[str]:
    if attrs.has(cls):
        yield "\n| Attribute | Type |\n|---|---|\n"
        shown = [one for one in attrs.fields(cls) if not one.name.startswith("_")]
        yield from (f"| `{one.name}` | `{_annotation(one.type)}` |\n".replace(" | None", " \\| None") for one in shown)


def _members(cls: Any) -> Iterator[str]:
    if issubclass(cls, Exception):
        bases = [
            base.__name__
            for base in cls.__mro__[1:-1]
            if base.__name__ in iopdocs.__all__ or base in (TypeError, ValueError)
        ]
        yield f"\nA subclass of {', '.join(f'`{base}`' for base in bases)}.\n" if bases else ""
        return
    found = []
    for name, member in vars(cls).items():
        if name.startswith("_"):
            continue
        if isinstance(member, property | cached_property):
            found.append(f"- `.{name}`: {_first(member)}\n")
        elif inspect.isfunction(member):
            found.append(f"- `.{name}{_signature(member)}`: {_first(member)}\n")
    yield "\n" if found else ""
    yield from found


def _code(name: str, one: Any) -> str:
    return f"```python\n{name}{_signature(one)}\n```\n"


def _signature(one: Any) -> str:
    """Return the signature of a function or class as it would be written, on several lines if it is long."""
    found = inspect.signature(one)
    parts: list[str] = []
    for parameter in found.parameters.values():
        if parameter.kind is parameter.KEYWORD_ONLY and "*" not in parts:
            parts.append("*")
        if parameter.name != "self":
            parts.append(_parameter(parameter))
    returned = "" if inspect.isclass(one) else f" -> {_annotation(found.return_annotation)}"
    line = f"({', '.join(parts)}){returned}"
    return line if len(line) <= LONGEST else "(\n    " + ",\n    ".join(parts) + f",\n){returned}"


def _parameter(parameter: inspect.Parameter) -> str:
    text = parameter.name
    if parameter.annotation is not parameter.empty:
        text += f": {_annotation(parameter.annotation)}"
    if parameter.default is not parameter.empty:
        default = parameter.default
        shown = f"{type(default).__name__}.{default.name}" if isinstance(default, Enum) else repr(default)
        text += f" = {shown if len(shown) <= 30 else '…'}"
    return text


def _annotation(annotation: Any) -> str:
    text = annotation if isinstance(annotation, str) else getattr(annotation, "__name__", str(annotation))
    return text.replace("AnyPath", "str | PathLike[str]")


def _first(one: Any) -> str:
    """Return the first paragraph of the docstring of *one*."""
    return _plain(" ".join((inspect.getdoc(one) or "").split("\n\n")[0].split()))


def _plain(text: str) -> str:
    text = re.sub(r":\w+:`(?:~[\w.]+\.|iopdocs\.\w+\.(?:\w+\.)*)?([\w.]+)`", r"`\1`", text)
    return re.sub(r"(?<![\w*])\*(\w+)\*(?![\w*])", r"`\1`", text.replace("``", "`"))


def _markdown(doc: str) -> str:
    """Return a docstring as Markdown: its parts Args and Raises as lists, its examples as code."""
    lines: list[str] = []
    for paragraph in doc.split("\n\n"):
        head, _, rest = paragraph.partition("\n")
        if head in ("Args:", "Raises:"):
            lines.append(f"{head[:-1]}:\n\n" + "".join(_items(rest)))
        elif head == "Example::":
            lines.append("")
        elif paragraph.startswith("    "):
            code = "\n".join(line.removeprefix("    ") for line in paragraph.splitlines())
            lines.append(f"```python\n{code}\n```\n")
        else:
            lines.append(_plain(paragraph) + "\n")
    return "\n".join(one for one in lines if one)


def _items(text: str) -> Iterator[str]:
    joined = re.sub(r"\n {8,}", " ", text)
    for line in joined.splitlines():
        name, _, says = line.strip().partition(": ")
        yield f"- `{name}`: {_plain(says)}\n"


PAGES = {"python-referens.md": reference_page, "modell.md": model_page}
