"""Write the overview page of a batch: one self-contained file to view, sort, filter and print.

The markup is in ``page_files/``; this module provides its data. The page's own policy (CSP) allows no requests, and no
scripts except its own.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from iopdocs.batch.agreement_standing import (
    AgreementStanding,
    heading_of,
    known_day,
    left_behind_notices,
    name_of,
    standing,
)
from iopdocs.batch.counts import summary_of
from iopdocs.batch.outcome import BatchReport
from iopdocs.batch.overview import figures
from iopdocs.batch.overview.timeline import axis, timeline
from iopdocs.batch.report_links import link_to
from iopdocs.document.html_templates import html_template
from iopdocs.files.fingerprints import blank, is_marked, marked
from iopdocs.values.formats import NBSP, long_date, whole

_MARK = '<meta name="iopdocs-batch" content="'
_FILES = Path(__file__).with_name("page_files")


def write_overview(report: BatchReport, path: Path) -> bytes:
    """Return *report* as a page whose links to the documents are relative to *path*."""
    style, scripts = _style(report), [_file("start.js"), _file("skript.js")]
    profiles = [figures.profile(report, name) for name in report.profiles]
    paid, put = figures.paid_to(report), figures.put_in(report)
    rows, day = [outcome.row for outcome in report.outcomes if outcome.row], known_day(report)
    page = html_template(_FILES / "overview.html.j2").render(
        report=report,
        title=f"Översikt över {whole(len(report.outcomes))} avtal",
        about=f"Källa: {report.source}" + (f" · {long_date(day)}" if day else ""),
        digest=blank(),
        style=style,
        style_hash=_hash(style),
        scripts=scripts,
        script_hashes=[_hash(script) for script in scripts],
        statuses=sorted({row.status for row in rows if row.status}),
        parties=sorted({name for row in rows for name in figures.parties_of(row)}),
        notices=_notices(report),
        key_figures=_key_figures(report, profiles),
        profiles=profiles,
        unread=len(report.outcomes) - len(rows),
        unknown_paid=sum(bool(row.unknown_paid) for row in rows),
        years=range(axis(report).first, axis(report).last + 1),
        timeline=timeline(report),
        paid=paid,
        put=put,
        summary=summary_of(report),
        data=figures.data_of(report, profiles, paid, put),
        added=figures.added,
        heading=lambda section: heading_of(report, section),
        kronor=kronor,
        link=lambda file: link_to(report, file, path),
        name_of=name_of,
        percent=_percent,
        standing=standing,
        standings=list(AgreementStanding),
        whole=whole,
        width=width,
    )
    return marked(page, _MARK)


def is_untouched(data: bytes) -> bool:
    """Return whether *data* is an unedited page made by :func:`write_overview`."""
    return data.startswith(b"<!DOCTYPE html>") and is_marked(data, _MARK)


def kronor(amount: int) -> str:
    """Return *amount* in öre as whole kronor; empty for zero."""
    return whole((amount + 50) // 100) if amount else ""


def width(part: int, whole: int) -> str:
    """Return the class that draws *part* of *whole* as a bar behind a number."""
    share = round(100 * part / whole) if whole > 0 else 0
    return f"w{min(100, max(1 if part > 0 else 0, share))}"


def _percent(met: int, total: int) -> str:
    # A part that is less than the whole must not be shown as the whole.
    return f"{100 * met // total}{NBSP}%" if total else ""


@cache
def _file(name: str) -> str:
    return (_FILES / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _style(report: BatchReport) -> str:
    """Return the style sheet of the page, which replaces the style attributes that its policy blocks."""
    bars = "".join(f".w{number}{{--w:{number}%}}" for number in range(101))
    years, day = axis(report), known_day(report)
    today = f"{years.at(day)}%" if day else "-1%"
    return f"{_file('stil.css')}\n{bars}\n:root{{--years:{years.last - years.first + 1};--today:{today}}}"


def _notices(report: BatchReport) -> list[str]:
    lines = [str(problem) for problem in report.problems]
    if lines:
        lost = f"{whole(len(lines))} fel i källan hör inte till något avtal"
        lines.insert(0, f"{lost}, och det som står där är inte med i något dokument.")
    if report.interrupted:
        lines.insert(0, "Körningen avbröts, så alla avtal är inte med. Kör samma kommando igen för att fortsätta.")
    return [*lines, *map(str, report.unmoved), *left_behind_notices(report)]


def _key_figures(report: BatchReport, profiles: Sequence[figures.ProfileFigures]) -> list[tuple[str, str, str]]:
    """Return (name for the script, figure, description) of each key figure."""
    sums = [sum(column) for column in zip(*figures.key_figures(report), strict=True)]
    numbers, faulty, ends, notice, paid = sums or [0] * 5
    met, total = figures.added(pair for met in (profiles[0].met if profiles else ()) for pair in met)
    return [
        ("0", whole(numbers), "avtal"),
        ("1", whole(faulty), "har fel att åtgärda"),
        ("share", _percent(met, total) or "–", "av det som profilen kräver är på plats"),
        ("3", whole(notice), "har sista dag för uppsägning inom ett halvår"),
        ("2", whole(ends), "löper ut inom ett år"),
        ("4", kronor(paid) or "0", f"kronor betalas {report.day.year} enligt avtalen"),
    ]
