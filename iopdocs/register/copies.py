"""Count a data file and the document made from it as one agreement, even if one of them has changed since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import attrs
from attrs import frozen

from iopdocs.register.identities import Identities, folded, follows
from iopdocs.register.rows import RegisterRow, Watch, WatchKind


@frozen
class ReadAgreement:
    """An agreement as read, and whether it was read from a document."""

    row: RegisterRow
    is_document: bool


@frozen
class CountedAgreement:
    """An agreement in the register: its *row*, read from *file*, and the rows of its *documents*, which may differ."""

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
    "notice_uncounted": "uppsägningstid",
    "negotiation_uncounted": "tid för förhandling",
    "follow_up": "nästa uppföljning",
    "follow_up_text": "uppföljning",
    "bands": "målgrupp",
    "area": "huvudområde",
    "further_areas": "fler områden",
    "sums": "resurser",
    "paid": "utbetalningar",
}


def without_copies(agreements: Sequence[ReadAgreement]) -> Iterator[CountedAgreement]:
    """Yield each agreement once, without documents whose content equals a data file or another document.

    A document that differs from the only data file of the same agreement (:func:`_is_same`) is omitted too: the data
    file applies. Two equal data files give two rows, for a person to review.
    """
    first_by_content: dict[RegisterRow, int] = {}
    data_by_title: dict[str, list[int]] = defaultdict(list)
    for number, agreement in enumerate(agreements):
        if not agreement.is_document:
            first_by_content.setdefault(_content(agreement.row), number)
            data_by_title[folded(agreement.row.title)].append(number)
    known = Identities.of(agreement.row for agreement in agreements)
    groups: dict[int, list[RegisterRow]] = {}
    for number, agreement in enumerate(agreements):
        row, first = agreement.row, number
        if agreement.is_document and _has_content(row):
            data = [n for n in data_by_title[folded(row.title)] if _is_same(known, agreements[n].row, row)]
            equal = first_by_content.get(_content(row))
            first = equal if equal is not None else data[0] if len(data) == 1 else number
            first_by_content.setdefault(_content(row), first)
        groups.setdefault(first, []).append(row)
    for first in sorted(groups):
        main = agreements[first].row
        rows = sorted(groups[first], key=lambda row: row is not main)
        files = ", ".join(dict.fromkeys(row.file for row in rows))
        merged = attrs.evolve(main, file=files, edited=any(row.edited for row in rows))
        yield CountedAgreement(merged, main.file, tuple(row for row in rows if row is not main))


def differing(whole: CountedAgreement, id: str) -> Iterator[Watch]:
    """Yield a watch for each document of *whole*, named *id* in the register, that differs from its data.

    Values present in only one of them are ignored: a document does not contain everything a data file may.
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


def _differs(value: object, other: object) -> bool:
    return bool(value) and bool(other) and value != other


def _is_same(known: Identities, first: RegisterRow, second: RegisterRow) -> bool:
    """Return whether two rows are the same agreement: same title, parties and diarienummer, and no separate terms.

    If one of them lacks a diarienummer, they must begin on the same day instead.
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


def _content(row: RegisterRow) -> RegisterRow:
    # A data file is updated when an agreement is signed or ends; its document is not.
    return attrs.evolve(row, id="", ids=(), file="", edited=False, status="", active=False, ended_early=False)


def _has_content(row: RegisterRow) -> bool:
    return bool(row.title and (row.public or row.civil or row.others))
