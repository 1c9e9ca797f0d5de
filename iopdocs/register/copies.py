"""A data file and the document made of it are one agreement, also when one of them has been changed since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import attrs
from attrs import frozen

from iopdocs.register.identities import Identities, folded, follows
from iopdocs.register.rows import RegisterRow, Watch, WatchKind


@frozen
class ReadAgreement:
    """An agreement as it was read, and whether that was from a document."""

    row: RegisterRow
    is_document: bool


@frozen
class CountedAgreement:
    """An agreement that counts: its *row*, read from *file*, and the rows of its *documents*, which may say otherwise."""

    row: RegisterRow
    file: str
    documents: tuple[RegisterRow, ...]


_LABELS: Mapping[str, str] = {
    "case_numbers": "diarienummer",
    "organisation_numbers": "organisationsnummer",
    "public_kinds": "typ av part",
    "purpose": "syfte",
    "start": "startdatum",
    "end": "slutdatum",
    "until_further_notice": "tills vidare",
    "renews": "förlängning",
    "notice_last": "sista dag för uppsägning",
    "negotiate_last": "sista dag för förhandling",
    "follow_up": "nästa uppföljning",
    "follow_up_text": "uppföljning",
    "bands": "målgrupp",
    "area": "huvudområde",
    "further_areas": "fler områden",
    "sums": "resurser",
    "paid": "utbetalningar",
}


def without_copies(found: Sequence[ReadAgreement]) -> Iterator[CountedAgreement]:
    """Yield each agreement once: a document is left out that says the same as a data file or as another document.

    So is one that says something else than the only data file of the same agreement (:func:`_is_same`), whose data count.
    Two data files that say the same are two rows: that they are, is for somebody to look at.
    """
    said: dict[RegisterRow, int] = {}
    titled: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(found):
        if not one.is_document:
            said.setdefault(_said(one.row), number)
            titled[folded(one.row.title)].append(number)
    known = Identities.of(one.row for one in found)
    groups: dict[int, list[ReadAgreement]] = {}
    for number, one in enumerate(found):
        first = number
        if one.is_document and _says_something(one.row):
            data = [n for n in titled[folded(one.row.title)] if _is_same(known, found[n].row, one.row)]
            alike = said.get(_said(one.row))
            first = alike if alike is not None else data[0] if len(data) == 1 else number
            said.setdefault(_said(one.row), first)
        groups.setdefault(first, []).append(one)
    for first in sorted(groups):
        row = found[first].row
        alike_ones = sorted(groups[first], key=lambda one: one.row is not row)
        files = ", ".join(dict.fromkeys(one.row.file for one in alike_ones))
        whole = attrs.evolve(row, file=files, edited=any(one.row.edited for one in alike_ones))
        yield CountedAgreement(whole, row.file, tuple(one.row for one in alike_ones if one.row is not row))


def differing(whole: CountedAgreement, id: str) -> Iterator[Watch]:
    """Yield what to watch where a document of *whole*, which the register calls *id*, says something else than its data.

    What only one of them says is passed by: a document does not hold all that a data file may.
    """
    for document in whole.documents:
        labels = [
            label for name, label in _LABELS.items() if _differs(getattr(whole.row, name), getattr(document, name))
        ]
        if labels:
            text = "dokumentet {document} säger något annat än {data} om {what}; registret visar det som står i {data}"
            advice = "kontrollera vad som gäller, rätta datafilen om det behövs och gör dokumentet på nytt"
            text = text.format(document=document.file, data=whole.file, what=", ".join(labels))
            yield Watch(WatchKind.DIFFERING, (id,), text, advice)


def _differs(one: object, other: object) -> bool:
    return bool(one) and bool(other) and one != other


def _is_same(known: Identities, first: RegisterRow, second: RegisterRow) -> bool:
    """Tell whether two rows are the same agreement: title, parties and diarienummer are, and the times are not apart.

    Where one of them lacks a diarienummer they must begin on the same day instead.
    """
    parties = [known.parties(row, (*row.public, *row.civil, *row.others)) for row in (first, second)]
    if folded(first.title) != folded(second.title) or parties[0] != parties[1]:
        return False
    if follows(first, second) or follows(second, first):
        return False
    if not first.case_numbers or not second.case_numbers:
        return first.start == second.start
    numbers = [{folded(number) for number in row.case_numbers} for row in (first, second)]
    return numbers[0] == numbers[1] and not (_is_over(first, second) or _is_over(second, first))


def _is_over(first: RegisterRow, second: RegisterRow) -> bool:
    return first.end is not None and second.start is not None and first.end < second.start


def _said(row: RegisterRow) -> RegisterRow:
    # A data file is kept up when an agreement is signed or ends; its document stays as it was.
    return attrs.evolve(row, id="", ids=(), file="", edited=False, status="", active=False, ended_early=False)


def _says_something(row: RegisterRow) -> bool:
    return bool(row.title and (row.public or row.civil or row.others))
