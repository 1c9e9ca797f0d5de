"""What is wrong with the shape of data: an unknown key, or a text, list or map where something else belongs."""

from __future__ import annotations

import unicodedata

from iopdocs.errors import Problem
from iopdocs.files.nodes import NOWHERE, ListNode, Node, TextNode
from iopdocs.files.value_readers import fold, nearest
from iopdocs.model.fields import Field, by_key, fields_of


def problem_at(node: Node, message: str, hint: str = "", path: str = "", *, code: str = "fel-typ") -> Problem:
    """Return the problem of *node*; *path* is the way to it from the record or list that it lies in."""
    return Problem(message, hint, path=path, position=None if node.position is NOWHERE else node.position, code=code)


def unknown_key(key: TextNode, cls: type) -> Problem:
    """Return the problem of a key that records of the class *cls* lack, with the key that was probably meant."""
    shown = key.text if len(key.text) <= 60 else key.text[:59] + "…"
    near = _near_key(key.text, cls)
    hint = f"menade du ”{near}”?" if near else "nycklarna här är: {keys}".format(keys=", ".join(by_key(cls)))
    return problem_at(key, f"okänd nyckel ”{shown}”", hint, f".{shown}", code="okänd-nyckel")


def not_a_map(node: Node, cls: type) -> Problem:
    """Return the problem of a list or a text where a record of the class *cls* belongs."""
    keys = ", ".join(list(by_key(cls))[:6])
    if isinstance(node, ListNode):
        message, hint = (
            "här står en lista, men det ska vara uppgifter med nycklar",
            f"ta bort bindestrecket eller [ ] och skriv till exempel nycklarna: {keys}",
        )
    else:
        message, hint = (
            "här står en text, men det ska vara uppgifter med nycklar",
            f"skriv varje uppgift på en egen rad under, indragen, med en av nycklarna: {keys}",
        )
    return problem_at(node, message, hint)


def not_pairs(node: Node, name: Field, value: Field) -> Problem:
    """Return the problem of a list or a text where a map from *name* to *value* belongs."""
    message = f"här ska stå {name.key} och {value.key} med kolon emellan"
    return problem_at(node, message, f"skriv till exempel {name.entry.example}: {value.entry.example}")


def not_a_list(node: Node, field: Field) -> Problem:
    """Return the problem of a map or a text where the list of *field* belongs."""
    if isinstance(node, TextNode):
        if field.is_record:
            hint = "sätt bindestreck före varje punkt och ge den nycklar: {keys}".format(
                keys=", ".join(list(by_key(field.type))[:6])
            )
        else:
            shown = node.text if len(node.text) <= 40 else "…"
            hint = f"skriv [{shown}], eller varje punkt på en egen rad efter ett bindestreck"
        return problem_at(node, "här står en text, men det ska vara en lista", hint)
    if field.is_record:
        return problem_at(
            node,
            "här står uppgifter utan bindestreck, men det ska vara en lista",
            "sätt bindestreck före den första nyckeln i varje punkt",
        )
    return problem_at(
        node,
        "här står uppgifter med nycklar, men det ska vara en lista av texter",
        "skriv varje punkt efter ett bindestreck, inom citattecken om den innehåller kolon",
    )


def not_a_text(node: Node, field: Field) -> Problem:
    """Return the problem of a map or a list where the single value of *field* belongs."""
    if isinstance(node, ListNode):
        hint = "skriv värdet utan bindestreck och [ ]"
        if field.type is str:
            hint = "skriv texten utan bindestreck och [ ], eller sätt citattecken om den"
        if not field.entry.printed and field.entry.example:
            # A code or a name, not text to print: quotation marks around several words would not make it valid.
            hint = f"skriv exakt ett, utan bindestreck och [ ], till exempel {field.entry.example}"
        return problem_at(node, "här står en lista, men det ska vara ett enda värde", hint)
    return problem_at(
        node,
        "här står uppgifter med nycklar, men det ska vara ett enda värde",
        "sätt citattecken om texten om den innehåller kolon, eller ta bort indraget",
    )


def _near_key(word: str, cls: type) -> str | None:
    fields = fields_of(cls)
    plain = {_without_marks(field.key): field.key for field in fields}
    wanted = _without_marks(word.replace("-", "_").replace(" ", "_"))
    english = {field.name: field.key for field in fields}
    return plain.get(wanted) or english.get(wanted) or nearest(word, {fold(field.key): field.key for field in fields})


def _without_marks(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word.strip().casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))
