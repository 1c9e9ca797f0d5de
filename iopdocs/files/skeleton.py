"""The skeleton of a new agreement: every key, empty, with a comment on its content."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from enum import Enum
from typing import Any

from iopdocs.files.loader import FORMAT
from iopdocs.model.agreement import Agreement
from iopdocs.model.fields import EVERY_PARTY, Field, PartyRef, fields_of

_WIDTH = 100
_RULE = "=" * 70


def skeleton() -> str:
    """Return a commented YAML file with every key of an agreement, empty. It loads without changes."""
    lines = [*_head(), f"format: {FORMAT}"]
    shown: dict[type, str] = {}
    for field in fields_of(Agreement):
        if field.is_record:
            heading = _comment(f"{field.entry.label.upper()} – {field.entry.help}", 0)
            lines += ["", "", f"# {_RULE}", *heading, f"# {_RULE}"]
            lines += _keys(field, 0, field.key, shown, headed=True)
        else:
            lines += ["", *_keys(field, 0, field.key, shown)]
    return "\n".join(lines) + "\n"


def _head() -> list[str]:
    paragraphs = (
        "Avtal om idéburet offentligt partnerskap (IOP)",
        (
            "Fyll i efter kolonet på varje rad. Det som lämnas tomt kommer inte med i avtalet, och rader som inte "
            "behövs kan tas bort. Rader som börjar med # är hjälptexter och kan också tas bort."
        ),
        (
            "En lista har ett bindestreck före varje punkt. Kopiera raderna från bindestrecket för att lägga till en "
            "punkt, till exempel en part till. Gör indrag med mellanslag, inte med tabb."
        ),
        (
            "Där det står [] hör flera korta värden hemma: [dialog, kvalitet]. Är de längre, ta bort [] och skriv "
            "varje värde på en egen rad under nyckeln, efter ett bindestreck."
        ),
        (
            'Sätt citattecken om en text som innehåller kolon eller #: "Mål: trygga kvällar". En lång text i flera '
            "stycken skrivs på raderna under nyckeln: sätt | efter kolonet och dra in texten."
        ),
        (
            "Redigerare som VS Code föreslår nycklar och ord medan du skriver: kör ”iopdocs schema > iop.schema.json” "
            "och ange den filen som JSON Schema för avtalet (i VS Code: tillägget YAML)."
        ),
        "Visa vad som återstår: iopdocs lint avtal.yaml. Gör dokumentet: iopdocs render avtal.yaml -o avtal.docx.",
    )
    lines: list[str] = []
    for paragraph in paragraphs:
        lines += [*(["#"] if lines else []), *_comment(paragraph, 0)]
    return [*lines, ""]


def _keys(field: Field, indent: int, path: str, shown: dict[type, str], *, headed: bool = False) -> Iterator[str]:
    """Yield the comment and the key of *field*, followed by its subkeys if its class is new in the file."""
    margin = " " * indent
    if not headed:
        yield from _comment(_about(field, shown), indent)
        if _is_words(field.type):
            shown.setdefault(field.type, path)
    if field.keyed:
        key, value = field.keyed
        yield f"{margin}{field.key}:"
        yield f"{margin}#  {key.entry.example}: {value.entry.example}"
        return
    if not field.is_record:
        yield f"{margin}{field.key}:" + (" []" if field.many else "")
        return
    if field.type in shown:
        same = f"Samma nycklar som under {shown[field.type]}."
        yield from _comment(same + (" " + "En lista." if field.many else ""), indent)
        yield f"{margin}{field.key}:"
        return
    shown[field.type] = path
    yield f"{margin}{field.key}:"
    inner = indent + (4 if field.many else 2)
    for number, part in enumerate(fields_of(field.type)):
        lines = list(_keys(part, inner, f"{path}.{part.key}", shown))
        if field.many and number == 0:
            lines = list(_dashed(lines, inner))
        yield from lines


def _dashed(lines: list[str], inner: int) -> Iterator[str]:
    """Yield *lines* with the dash of a list item before the first key. Comments above it align with the dash."""
    dashed = False
    for line in lines:
        if not dashed and not line.lstrip().startswith("#"):
            dashed = True
            yield line[: inner - 2] + "- " + line[inner:]
        else:
            yield line if dashed else line[2:]


def _about(field: Field, shown: dict[type, str]) -> str:
    """Return the help of *field*, followed by the words to choose from, else an example."""
    parts = [field.entry.help]
    if field.type is bool:
        parts.append("Skriv ja eller nej.")
    elif _is_words(field.type) and field.type in shown:
        parts.append(f"Samma ord som under {shown[field.type]}.")
    elif _is_words(field.type):
        choose = "En eller flera av: {words}." if field.many else "Välj: {words}."
        parts.append(choose.format(words=_words(field.type)))
    elif field.entry.example:
        parts.append(f"Exempel: {field.entry.example}")
    elif field.type is PartyRef and field.many:
        parts.append(f"Exempel: [kommunen, föreningen] eller [{EVERY_PARTY}]")
    elif field.type is PartyRef:
        parts.append("Exempel: kommunen")
    return " ".join(parts)


def _is_words(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Enum)


def _words(kind: type[Enum]) -> str:
    words = [str(member.value) for member in kind]
    return ("; " if any(" " in word for word in words) else ", ").join(words)


def _comment(text: str, indent: int) -> list[str]:
    lead = " " * indent + "# "
    return textwrap.wrap(
        text, _WIDTH, initial_indent=lead, subsequent_indent=lead, break_long_words=False, break_on_hyphens=False
    )
