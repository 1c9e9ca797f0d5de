"""The other tables of the overview page: how complete, what is missing, money, and every agreement with its documents."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from iopdocs.batch.outcome import AgreementOutcome, BatchReport, OutcomeState, WrittenDocument
from iopdocs.batch.overview.figures import MoneyFigures, PartyFigures, ProfileFigures, added
from iopdocs.batch.overview.markup import HtmlTag, heading, table, width
from iopdocs.batch.report_links import link_to
from iopdocs.batch.report_words import AgreementStanding, heading_of, name_of, standing
from iopdocs.document.xml_escape import one_line
from iopdocs.errors import Problem
from iopdocs.values.formats import NBSP, whole

_MOST_PROBLEMS = 5
_MARKS = {
    AgreementStanding.UNREAD: "✕",
    AgreementStanding.FAULTY: "✕",
    AgreementStanding.WARNED: "!",
    AgreementStanding.WELL: "✓",
}
_BESIDE = {
    OutcomeState.WRITTEN: "",
    OutcomeState.UNCHANGED: "",
    OutcomeState.BESIDE: "skrivet bredvid ett som har ändrats",
    OutcomeState.UNCHANGED_BESIDE: "oförändrat bredvid ett som har ändrats",
}


def heat_map(report: BatchReport, profile: ProfileFigures, number: int) -> str:
    """Return how each agreement meets *profile* by section, those that lack the most first."""
    order = sorted(
        (place for place, met in enumerate(profile.met) if met),
        key=lambda place: (_share(*added(profile.met[place])), place),
    )
    if not order:
        return ""
    head = [
        heading("Avtal", "text"),
        heading("Allt", "share", klass="all"),
        *(heading(heading_of(report, section), "share", klass="tall") for section in profile.sections),
    ]
    rows = []
    for place in order:
        met, total = added(profile.met[place])
        cells = "".join(_heat(*one) for one in profile.met[place])
        rows.append(
            f'<tr data-i="{place}"><th scope="row"><span class="name">{one_line(name_of(report.outcomes[place]))}</span></th>'
            f'<td class="bar {width(met, total)}">{met}/{total}</td>{cells}</tr>\n'
        )
    sums = [added(met[column] for met in profile.met if met) for column in range(len(profile.sections))]
    first = (
        f'<tr class="sum"><th scope="row">{"Tillsammans"}</th>{_sum(*added(sums))}'
        f"{''.join(_sum(*one) for one in sums)}</tr>\n"
    )
    caption = f"Uppfyllda punkter av alla i profilen {profile.name}, avsnitt för avsnitt"
    return table(caption, head, rows, "heat", first=first, more=f' data-profile="{number}"')


def _share(met: int, total: int) -> float:
    return met / total if total else 1.0


def _heat(met: int, total: int) -> str:
    if not total:
        return "<td></td>"
    kind = 0 if not met else 3 if met == total else 2 if met * 2 > total else 1
    return f'<td class="q{kind}">{met}/{total}</td>'


def _sum(met: int, total: int) -> str:
    # What is not quite all must not be said to be all.
    return f"<td>{100 * met // total}{NBSP}%</td>" if total else "<td></td>"


def missing(report: BatchReport, profile: ProfileFigures, number: int) -> str:
    """Return what *profile* asks for and agreements lack, the commonest first."""
    read = sum(1 for met in profile.met if met)
    counts = [0] * len(profile.points)
    for lacks in profile.lacks:
        for point in lacks:
            counts[point] += 1
    rows = [
        f'<tr data-r="{place}"><th scope="row">{one_line(point.title or point.code)}'
        f" <small>{one_line(point.code)}</small></th><td>{one_line(heading_of(report, point.section))}</td>"
        f'<td class="bar {width(counts[place], read)}">{whole(counts[place])}</td>'
        f"<td>{100 * counts[place] // read if read else 0}{NBSP}%</td></tr>\n"
        for place, point in enumerate(profile.points)
    ]
    if not rows:
        return ""
    head = [
        heading("Det här saknas", "text"), heading("Avsnitt", "text"), heading("Avtal", "number", klass="count"),
        heading("Andel av avtalen", "number"),
    ]  # fmt: skip
    caption = f"Vad avtalen saknar av det som profilen {profile.name} kräver"
    return table(caption, head, rows, "missing", more=f' data-profile="{number}"')


def money_table(money: MoneyFigures, caption: str, who: str, name: str, *, parts: bool) -> str:
    """Return a table of *money*, a row per party; with *parts* cash and the value of the rest are told apart."""
    if not money.parties:
        return ""
    head = [
        heading(who, "text"),
        *(heading(column, "number") for column in money.columns),
        heading("Totalt", "number"),
    ]
    if parts:
        head += [heading("varav pengar", "number"), heading("varav värde av annat", "number")]
    most = max((party.total for party in money.parties), default=0)
    largest = max(
        (sum(pair) for party in money.parties for pair in zip(party.cash, party.value, strict=True)), default=0
    )
    rows = [_party(number, party, largest, most, parts) for number, party in enumerate(money.parties)]
    sums = PartyFigures(
        "",
        tuple(sum(column) for column in zip(*(party.cash for party in money.parties), strict=True)),
        tuple(sum(column) for column in zip(*(party.value for party in money.parties), strict=True)),
    )
    first = f'<tr class="sum"><th scope="row">{"Tillsammans"}</th>{_amounts(sums, parts)}</tr>\n'
    return table(caption, head, rows, "money", first=first, more=f' data-money="{name}"')


def _party(number: int, party: PartyFigures, largest: int, most: int, parts: bool) -> str:
    return (
        f'<tr data-r="{number}"><th scope="row">{one_line(party.name) or "Ej angiven"}</th>'
        f"{_amounts(party, parts, largest, most)}</tr>\n"
    )


def _amounts(party: PartyFigures, parts: bool, largest: int = 0, most: int = 0) -> str:
    cells = [
        _amount(cash + value, largest) for cash, value in zip(party.cash, party.value, strict=True)
    ]  # fmt: skip
    cells.append(_amount(party.total, most, "all"))
    if parts:
        cells += [_amount(sum(party.cash), 0), _amount(sum(party.value), 0)]
    return "".join(cells)


def _amount(part: int, all_: int, klass: str = "") -> str:
    kind = " ".join(filter(None, (klass, f"bar {width(part, all_)}" if all_ else "")))
    return f'<td class="{kind}">{kronor(part)}</td>' if kind else f"<td>{kronor(part)}</td>"


def kronor(amount: int) -> str:
    """Return *amount* in öre as whole kronor; nothing for none."""
    return whole((amount + 50) // 100) if amount else ""


def agreements(report: BatchReport, path: Path) -> str:
    """Return every agreement with how it stands, and links to its documents from *path*."""
    head = [
        heading("Avtal", "text"), heading("Idéburna parter", "text"), heading("Status", "text"),
        heading("Läge", "text"), heading("Fel", "number", klass="few"), heading("Varningar", "number", klass="few"),
        heading("Råd", "number", klass="few"), HtmlTag(f'<th scope="col">{"Dokument"}</th>'),
    ]  # fmt: skip
    rows = [_agreement(report, number, one, path) for number, one in enumerate(report.outcomes)]
    return table("Alla avtal med läge, fynd och dokument", head, rows, "list")


def _agreement(report: BatchReport, number: int, one: AgreementOutcome, path: Path) -> str:
    row, how = one.row, standing(one)
    about = " · ".join(filter(None, (*(row.case_numbers if row else ()), one.id if one.id != name_of(one) else "")))
    problems = "".join(f"<li>{one_line(said(problem))}</li>" for problem in one.problems[:_MOST_PROBLEMS])
    left = len(one.problems) - _MOST_PROBLEMS
    problems += f"<li>{f'och {left} problem till'}</li>" if left > 0 else ""
    counts = "".join(f"<td>{one.levels.get(level, 0) if row else ''}</td>" for level in ("fel", "varning", "råd"))
    return (
        f'<tr data-i="{number}"><th scope="row"><span class="name">{one_line(name_of(one))}</span>'
        f"{f'<small>{one_line(about)}</small>' if about else ''}</th>"
        f"<td>{one_line(', '.join(row.civil)) if row else ''}</td><td>{one_line(row.status) if row else ''}</td>"
        f'<td><span class="state s{list(AgreementStanding).index(how)}"><span aria-hidden="true">{_MARKS[how]}</span> {how.value}</span>'
        f"{f'<ul>{problems}</ul>' if problems else ''}</td>{counts}"
        f"<td>{' '.join(_document(report, file, path, name_of(one)) for file in one.written)}</td></tr>\n"
    )


def _document(report: BatchReport, file: WrittenDocument, path: Path, name: str) -> str:
    kind = one_line(file.kind.upper())
    if file.state is OutcomeState.FAILED:
        return f"<span>{f'{kind} misslyckades'}</span>"
    address = link_to(report, file, path)
    shown = f'{kind}<span class="unseen"> {"för"} {one_line(name)}</span>'
    shown = f'<a href="{one_line(address)}">{shown}</a>' if address else f"<span>{kind}: {one_line(file.name)}</span>"
    beside = _BESIDE[file.state]
    return f"{shown} <small>{beside}</small>" if beside else shown


def said(problem: Problem) -> str:
    """Return *problem* on a line."""
    return str(problem)


def options(names: Sequence[str]) -> str:
    """Return the choices of a list, by number."""
    return "".join(f'<option value="{number}">{one_line(name)}</option>' for number, name in enumerate(names))
