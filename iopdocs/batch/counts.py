"""The counts of a batch: the same numbers under the same words in the text, the log and every report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from attrs import frozen

from iopdocs.batch.outcome import BatchReport, OutcomeState
from iopdocs.json_objects import json_field

_DOCUMENTS = {
    OutcomeState.WRITTEN: ("{n} dokument skrivet", "{n} dokument skrivna"),
    OutcomeState.UNCHANGED: ("{n} dokument oförändrat", "{n} dokument oförändrade"),
    OutcomeState.BESIDE: (
        "{n} dokument skrivet bredvid ett som har ändrats",
        "{n} dokument skrivna bredvid sådana som har ändrats",
    ),
    OutcomeState.UNCHANGED_BESIDE: (
        "{n} dokument oförändrat bredvid ett som har ändrats",
        "{n} dokument oförändrade bredvid sådana som har ändrats",
    ),
    OutcomeState.FAILED: ("{n} dokument kunde inte skrivas", ""),
}


@frozen(kw_only=True)
class BatchCounts:
    """The counts of a batch; *agreements* are those read and those unread."""

    agreements: int = json_field("avtal", "Så många avtal hade källan, av dem som körningen hann med.")
    read: int = json_field("lästa", "Så många av avtalen kunde läsas.")
    unread: int = json_field("kunde_inte_läsas", "Så många av avtalen kunde inte läsas.")
    with_findings: int = json_field(
        "har_fynd", "Så många av avtalen har fynd på nivån --fail-on eller, med --final, saknar något."
    )
    problems: int = json_field(
        "fel_utan_avtal", "Så mycket i källan hör inte till något avtal och är inte med; det står under problem."
    )
    written: int = json_field("skrivna", "Så många dokument skrevs på sin plats.")
    unchanged: int = json_field("oförändrade", "Så många dokument var redan som de ska vara.")
    beside: int = json_field("skrivna_bredvid", "Så många dokument skrevs bredvid ett som har ändrats.")
    unchanged_beside: int = json_field("oförändrade_bredvid", "Så många låg redan bredvid ett som har ändrats.")
    unwritten: int = json_field("kunde_inte_skrivas", "Så många dokument kunde inte skrivas.")
    left_behind: int = json_field("kvarlämnade", "Så många dokument i mappen är kvarlämnade och ligger kvar.")
    moved: int = json_field("undanflyttade", "Så många kvarlämnade dokument flyttades undan.")


def counts_of(report: BatchReport) -> BatchCounts:
    """Return the counts of *report*."""
    states = _states(report)
    unread = sum(outcome.row is None for outcome in report.outcomes)
    moved = sum(bool(one.moved_to) for one in report.left_behind)
    return BatchCounts(
        agreements=len(report.outcomes),
        read=len(report.outcomes) - unread,
        unread=unread,
        with_findings=sum(outcome.has_findings for outcome in report.outcomes),
        problems=len(report.problems),
        written=states[OutcomeState.WRITTEN],
        unchanged=states[OutcomeState.UNCHANGED],
        beside=states[OutcomeState.BESIDE],
        unchanged_beside=states[OutcomeState.UNCHANGED_BESIDE],
        unwritten=states[OutcomeState.FAILED],
        left_behind=len(report.left_behind) - moved,
        moved=moved,
    )


def _states(report: BatchReport) -> Counter[OutcomeState]:
    return Counter(written.state for outcome in report.outcomes for written in outcome.written)


def summary_of(report: BatchReport) -> str:
    """Return the counts of *report* as a sentence, without those that are zero."""
    counts, states = counts_of(report), _states(report)
    documents = ", ".join(counted(states[state], *words) for state, words in _DOCUMENTS.items() if states[state])
    head = f"{counts.agreements} avtal" + (f": {documents}" if documents else "")
    return "; ".join([head, *_others(counts)]) + "."


def _others(counts: BatchCounts) -> Iterator[str]:
    for number, singular, plural in (
        (counts.unread, "{n} avtal kunde inte läsas", ""),
        (counts.with_findings, "{n} avtal har fynd", ""),
        (counts.problems, "{n} fel i källan hör inte till något avtal", ""),
        (counts.left_behind, "{n} dokument är kvarlämnat", "{n} dokument är kvarlämnade"),
        (counts.moved, "{n} dokument flyttades undan", ""),
    ):
        if number:
            yield counted(number, singular, plural)


def counted(number: int, singular: str, plural: str = "") -> str:
    """Return *singular* or *plural* with *number* for ``{n}``; without *plural* the words are the same for all."""
    return (singular if number == 1 or not plural else plural).format(n=number)
