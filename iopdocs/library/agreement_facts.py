"""Check that the facts and demands that front matter names exist in an agreement."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from iopdocs.errors import Position, Problem, ValueProblem
from iopdocs.files.value_readers import read_value
from iopdocs.library.data_paths import field_at, nearest_path
from iopdocs.library.layers import Library
from iopdocs.library.texts import NUMBERS, LayerText
from iopdocs.model.fields import PartyRef


def problems_of_facts(library: Library) -> list[Problem]:
    """Yield a problem for each fact or demand in front matter that no agreement has."""
    problems: list[Problem] = []
    for layer in library.layers:
        for text in layer.texts.values():
            problems += problems_of_text(text)
    return problems


def problems_of_text(text: LayerText) -> Iterator[Problem]:
    """Yield a problem for each fact or demand in the front matter of *text* that no agreement has."""
    for implied in text.front.implies:
        path, value = str(implied.path), str(implied.value)
        place = text.positions.get(f"innebär.{path[:60]}")
        field = field_at(path)
        if field is None:
            yield _unknown(path, text, place)
        elif field.many or field.is_record or not _single(path):
            message = f"”{path}” är ingen enskild uppgift"
            yield Problem(message, "välj en uppgift som bara finns en gång", text.file, position=place)
        elif field.type not in (str, bool, PartyRef, *NUMBERS) and not issubclass(field.type, Enum):
            message = f"”{path}” är varken ett ord, ett antal eller ja eller nej"
            yield Problem(message, "skriv villkoret efter ”väljs_när” i stället", text.file, position=place)
        else:
            try:
                read_value(value, field.type)
            except ValueProblem as error:
                yield Problem(error.message, error.hint, text.file, position=place)
    for number, path in enumerate(text.front.answers, 1):
        if field_at(path) is None:
            yield _unknown(path, text, text.positions.get(f"svarar_på[{number}]"))


def _single(path: str) -> bool:
    steps = path.split(".")
    fields = [field_at(".".join(steps[:count])) for count in range(1, len(steps))]
    return not any(field is None or field.many for field in fields)


def _unknown(path: str, text: LayerText, place: Position | None) -> Problem:
    near = nearest_path(path)
    hint = f"menade du {near}?" if near else "alla uppgifter visas av: iopdocs variables"
    return Problem(f"”{path[:60]}” finns inte i något avtal", hint, text.file, position=place)
