"""Who is who across agreements, and which agreement goes on where another ended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import timedelta

from attrs import field, frozen

from iopdocs.register.rows import RegisterRow

EARLIEST, LATEST = timedelta(days=31), timedelta(days=92)
"""An agreement follows another when it begins at most so long before, or after, the day that the other ends."""
_DRAFTS = frozenset({"", "utkast"})


@frozen
class Identities:
    """What the parties of a register are known by: a number where one is given for the name anywhere, else the name."""

    numbers: Mapping[str, str] = field(factory=dict)

    @classmethod
    def of(cls, rows: Iterable[RegisterRow]) -> Identities:
        """Return the identities of the parties in *rows*; a name that has two numbers is known by its name."""
        found: dict[str, set[str]] = defaultdict(set)
        for row in rows:
            for name, number in row.organisation_numbers:
                found[folded(name)].add(digits(number))
        return cls({name: next(iter(numbers)) for name, numbers in found.items() if len(numbers) == 1})

    def party(self, row: RegisterRow, name: str) -> str:
        """Return what the party *name* of *row* is known by."""
        own = next((number for other, number in row.organisation_numbers if folded(other) == folded(name)), None)
        return digits(own) if own else self.numbers.get(folded(name), folded(name))

    def parties(self, row: RegisterRow, names: Iterable[str]) -> frozenset[str]:
        """Return what the parties *names* of *row* are known by."""
        return frozenset(self.party(row, name) for name in names)

    def keys(self, row: RegisterRow) -> tuple[tuple[object, ...], ...]:
        """Return what makes *row* the same partnership as another row: one of these in common.

        The same diarienummer of the same public party with the same organisation, or the same parties and purpose.
        """
        public, civil = self.parties(row, row.public), self.parties(row, (*row.civil, *row.others))
        keys: list[tuple[object, ...]] = [
            ("diarienummer", one, folded(number), other)
            for one in sorted(public)
            for number in row.case_numbers
            for other in sorted(civil or {""})
        ]
        if row.purpose and (public or civil):
            keys.append(("syfte", public, civil, folded(row.purpose)))
        return tuple(keys)


def folded(text: str) -> str:
    """Return *text* as it is compared: letter case and white space make no difference."""
    return " ".join(text.split()).casefold()


def digits(number: str) -> str:
    """Return the ten digits of an organisation number."""
    return "".join(one for one in number if one.isdigit())[-10:]


def is_draft(row: RegisterRow) -> bool:
    """Tell whether *row* is not decided yet, as far as it says."""
    return row.status in _DRAFTS


def follows(first: RegisterRow, second: RegisterRow) -> bool:
    """Tell whether the time of *second* goes on where that of *first* ends."""
    if first.end is None or second.start is None or first.ended_early:
        return False
    if first.start is not None and second.start <= first.start:
        return False
    if second.end is not None and second.end <= first.end:
        return False
    return -EARLIEST <= second.start - first.end <= LATEST
