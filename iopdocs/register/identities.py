"""Identify parties across agreements, and agreements that continue others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import timedelta

from attrs import field, frozen

from iopdocs.register.rows import RegisterRow

EARLIEST, LATEST = timedelta(days=31), timedelta(days=92)
"""An agreement follows another if it begins at most so long before, or after, the day the other ends."""
_DRAFTS = frozenset({"", "utkast"})


@frozen
class Identities:
    """The identities of the parties in a register: the number, if given anywhere for the name, else the name."""

    numbers: Mapping[str, str] = field(factory=dict)

    @classmethod
    def of(cls, rows: Iterable[RegisterRow]) -> Identities:
        """Return the identities of the parties in *rows*. A name with two numbers is identified by the name."""
        numbers_by_name: dict[str, set[str]] = defaultdict(set)
        for row in rows:
            for name, number in row.organisation_numbers:
                numbers_by_name[folded(name)].add(digits(number))
        return cls({name: next(iter(numbers)) for name, numbers in numbers_by_name.items() if len(numbers) == 1})

    def party(self, row: RegisterRow, name: str) -> str:
        """Return the identity of the party *name* of *row*."""
        own = next((number for other, number in row.organisation_numbers if folded(other) == folded(name)), None)
        return digits(own) if own else self.numbers.get(folded(name), folded(name))

    def parties(self, row: RegisterRow, names: Iterable[str]) -> frozenset[str]:
        """Return the identities of the parties *names* of *row*."""
        return frozenset(self.party(row, name) for name in names)

    def keys(self, row: RegisterRow) -> tuple[tuple[object, ...], ...]:
        """Return the keys of the partnership of *row*. Rows with a key in common are the same partnership.

        A key is a diarienummer with its public party and an organisation, or the parties and the purpose.
        """
        public, civil = self.parties(row, row.public), self.parties(row, (*row.civil, *row.others))
        keys: list[tuple[object, ...]] = [
            ("diarienummer", party, folded(number), other)
            for party in sorted(public)
            for number in row.case_numbers
            for other in sorted(civil or {""})
        ]
        if row.purpose and (public or civil):
            keys.append(("syfte", public, civil, folded(row.purpose)))
        return tuple(keys)


def folded(text: str) -> str:
    """Return *text* normalised for comparison, without differences of letter case and white space."""
    return " ".join(text.split()).casefold()


def digits(number: str) -> str:
    """Return the ten digits of an organisation number."""
    return "".join(character for character in number if character.isdigit())[-10:]


def is_draft(row: RegisterRow) -> bool:
    """Return whether *row* is a draft or has no status."""
    return row.status in _DRAFTS


def follows(first: RegisterRow, second: RegisterRow) -> bool:
    """Return whether the term of *second* continues where that of *first* ends."""
    if first.end is None or second.start is None or first.ended_early:
        return False
    if first.start is not None and second.start <= first.start:
        return False
    if second.end is not None and second.end <= first.end:
        return False
    return -EARLIEST <= second.start - first.end <= LATEST
