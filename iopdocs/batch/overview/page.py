"""The overview page of a batch: one file that needs no other, to look at, to sort, to filter and to print.

Data never become markup: what is shown is escaped, and what the script adds up stands as JSON without ``<``. The page's
own policy (CSP) lets it fetch nothing, and run nothing but the one script of ours.
"""

from __future__ import annotations

import base64
import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from iopdocs.batch.outcome import BatchReport
from iopdocs.batch.overview import figures
from iopdocs.batch.overview.markup import bars
from iopdocs.batch.overview.tables import agreements, heat_map, kronor, missing, money_table, options, said
from iopdocs.batch.overview.timeline import Axis, axis, timeline
from iopdocs.batch.report_words import known_day, told_renamed
from iopdocs.document.xml_escape import escape, one_line
from iopdocs.files.fingerprints import blank, is_marked, marked
from iopdocs.values.formats import NBSP, long_date, whole

_MARK = '<meta name="iopdocs-batch" content="'
_FILES = Path(__file__).with_name("page_files")
_SHAPES = (
    '<svg class="shapes" width="0" height="0" aria-hidden="true" focusable="false"><defs>'
    '<pattern id="stripes" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="5" height="5" fill="#dfe9f1"/><rect width="2" height="5" fill="#4a7da6"/></pattern>'
    '<g id="diamond"><path d="M0 2 8 10 0 18-8 10Z" fill="#fff"/><path d="M0 4 6 10 0 16-6 10Z" fill="#9c2f14"/></g>'
    '<g id="dot"><circle cy="10" r="6" fill="#fff"/><circle cy="10" r="4" fill="#1b1f23"/></g></defs></svg>'
)
_HEAT_LEGEND = (
    '<ul class="legend">\n'
    f'<li><span class="q3">4/4</span> {"allt finns"}</li>\n<li><span class="q2">3/4</span> {"mer än hälften"}</li>\n'
    f'<li><span class="q1">1/4</span> {"hälften eller mindre"}</li>\n<li><span class="q0">0/4</span> {"inget finns"}</li>\n</ul>\n'
)
_TIME_LEGEND = (
    '<ul class="legend">\n'
    '<li><svg aria-hidden="true"><rect class="term" x="0" y="5" width="100%" height="10"/></svg> '
    f"{'avtalet gäller'}</li>\n"
    '<li><svg aria-hidden="true"><use href="#diamond" x="50%"/></svg> '
    f"{'sista dag för uppsägning'}</li>\n"
    '<li><svg aria-hidden="true"><rect class="late" x="0" y="5" width="100%" height="10"/></svg> '
    f"{'efter den dagen, till slutet'}</li>\n"
    '<li><svg aria-hidden="true"><use href="#dot" x="50%"/></svg> '
    f"{'nästa uppföljning'}</li>\n"
    '<li><svg aria-hidden="true"><rect class="today" x="45%" y="0" width="2" height="20"/></svg> '
    f"{'rapportens dag'}</li>\n</ul>\n"
)


def write_overview(report: BatchReport, path: Path) -> bytes:
    """Return *report* as a page to stand at *path*, from where its links lead to the documents."""
    style = f"{_file('stil.css')}\n{bars()}\n{_axis_style(report, axis(report))}"
    start, script = _file("start.js"), _file("skript.js")
    profiles = [figures.profile(report, name) for name in report.profiles]
    paid, put = figures.paid_to(report), figures.put_in(report)
    policy = (
        f"default-src 'none'; style-src 'sha256-{_hash(style)}'; script-src 'sha256-{_hash(start)}' 'sha256-{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    title = f"Översikt över {whole(len(report.outcomes))} avtal"
    day = known_day(report)
    about = f"Källa: {report.source}" + (f" · {long_date(day)}" if day else "")
    page = (
        f'<!DOCTYPE html>\n<html lang="sv">\n<head>\n<meta charset="utf-8">\n{_MARK}{blank()}">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{one_line(title)} – {one_line(report.source)}</title>\n<style>{style}</style>\n<script>{start}</script>\n</head>\n<body>\n"
        f'<a class="skip" href="#innehall">{"Hoppa till innehållet"}</a>\n{_SHAPES}\n'
        f"<header>\n<h1>{one_line(title)}</h1>\n<p>{one_line(about)}</p>\n</header>\n"
        f"{_controls(report)}{_main(report, path, profiles, paid, put)}"
        f'<script type="application/json" id="data">{_json(figures.data_of(report, profiles, paid, put))}</script>\n'
        f"<script>{script}</script>\n</body>\n</html>\n"
    )
    return marked(page, _MARK)


def is_untouched(data: bytes) -> bool:
    """Tell whether *data* is a page that :func:`write_overview` made and that nobody has edited since."""
    return data.startswith(b"<!DOCTYPE html>") and is_marked(data, _MARK)


def _json(data: Any) -> str:
    # Without < nothing can end the element, or begin a comment in it.
    text = json.dumps(data, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


@cache
def _file(name: str) -> str:
    return (_FILES / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _axis_style(report: BatchReport, years: Axis) -> str:
    """Return where the lines between years stand, and that of the day of the report."""
    day = known_day(report)
    today = f"{years.at(day)}%" if day else "-1%"
    return f":root{{--years:{years.last - years.first + 1};--today:{today}}}"


def _controls(report: BatchReport) -> str:
    """Return the filter, which the script shows: without it nothing could be filtered."""
    names = sorted({name for one in report.outcomes for name in figures.parties_of(one.row)})
    states = sorted({one.row.status for one in report.outcomes if one.row and one.row.status})
    profiles = (
        f'<label>{"Profil"} <select id="f-profile">{options(report.profiles)}</select></label>\n'
        if len(report.profiles) > 1
        else ""
    )
    return (
        f'<form id="filter" class="filter" role="search" aria-label="{"Välj avtal"}" hidden>\n'
        f'<label class="grow">{"Sök"} <input type="search" id="f-text" autocomplete="off" spellcheck="false"></label>\n'
        f'<label>{"Status"} <select id="f-status"><option value="">{"alla"}</option>{_words(states)}</select></label>\n'
        f'<label>{"Part"} <select id="f-party"><option value="">{"alla"}</option>{options(names)}</select></label>\n'
        f'{profiles}<label class="check"><input type="checkbox" id="f-faulty"> {"Bara de med fel"}</label>\n'
        f'<button type="reset">{"Rensa"}</button>\n<button type="button" id="print">{"Skriv ut"}</button>\n'
        '<p id="count" role="status"></p>\n</form>\n'
    )


def _words(words: list[str]) -> str:
    return "".join(f'<option value="{escape(word)}">{one_line(word)}</option>' for word in words)


def _main(
    report: BatchReport,
    path: Path,
    profiles: list[figures.ProfileFigures],
    paid: figures.MoneyFigures,
    put: figures.MoneyFigures,
) -> str:
    unread = sum(one.row is None for one in report.outcomes)
    left_out = (
        f"{whole(unread)} avtal gick inte att läsa och är inte med här; de står under Alla avtal." if unread else ""
    )
    unknown = sum(bool(one.row and one.row.unknown_paid) for one in report.outcomes)
    not_known = (
        f"I {whole(unknown)} avtal finns utbetalningar utan känt belopp eller år; de är inte med här."
        if unknown
        else ""
    )
    how = "".join(heat_map(report, profile, number) for number, profile in enumerate(profiles))
    what = "".join(missing(report, profile, number) for number, profile in enumerate(profiles))
    to = money_table(
        paid, "Vad som betalas enligt avtalen, i kronor", "Betalas till", "p", parts=False
    )  # fmt: skip
    by = money_table(
        put, "Vad parterna bidrar med enligt avtalen, i kronor", "Part", "r", parts=True
    )  # fmt: skip
    return (
        f'<main id="innehall" tabindex="-1">\n{_notices(report)}{_key_figures(report, profiles)}'
        + _section(
            "kompletta", "Hur kompletta är avtalen?", how, [_HEAT_LEGEND, left_out], "Inget avtal har granskats."
        )
        + _section("saknas", "Vad saknas oftast?", what, [], "Inget saknas.")
        + _section("tider", "Vilka avtal löper ut?", timeline(report), [_TIME_LEGEND], "Inget avtal har någon tid.")
        + _section(
            "betalas",
            "Vad betalas till vem?",
            to,
            [not_known],
            "Inga utbetalningar med belopp och år finns i avtalen.",
        )
        + _section("bidrar", "Vad bidrar parterna med?", by, [], "Inga resurser med belopp finns i avtalen.")
        + _section("avtal", "Alla avtal", agreements(report, path), [], "")
        + "</main>\n"
    )


def _section(name: str, title: str, body: str, notes: list[str], empty: str) -> str:
    said = "".join(note if note.startswith("<") else f"<p>{one_line(note)}</p>\n" for note in notes if note)
    return (
        f'<section aria-labelledby="{name}">\n<h2 id="{name}">{escape(title)}</h2>\n'
        + (said + body if body else f"<p>{one_line(empty)}</p>\n")
        + '<p class="none" hidden>' + escape("Inget i urvalet att visa här.") + "</p>\n</section>\n"
    )  # fmt: skip


def _notices(report: BatchReport) -> str:
    lines = [said(problem) for problem in report.problems]
    if lines:
        lost = "{n} fel i källan hör inte till något avtal, och det som står där är inte med i något dokument."
        lines.insert(0, lost.format(n=whole(len(lines))))
    if report.interrupted:
        lines.insert(0, "Körningen avbröts, så alla avtal är inte med. Kör samma kommando igen för att fortsätta.")
    if told := told_renamed(report):
        lines.append(told)
    if not lines:
        return ""
    items = "".join(f"<li>{one_line(line)}</li>" for line in lines)
    return f'<section class="notice" aria-labelledby="problem">\n<h2 id="problem">{"Att känna till"}</h2>\n<ul>{items}</ul>\n</section>\n'


def _key_figures(report: BatchReport, profiles: list[figures.ProfileFigures]) -> str:
    sums = [sum(column) for column in zip(*figures.key_figures(report), strict=True)]
    numbers, faulty, ends, notice, paid = sums or [0] * 5
    met, total = figures.added(pair for one in (profiles[0].met if profiles else ()) for pair in one)
    share = f"{100 * met // total}{NBSP}%" if total else "–"
    tiles = [
        ("0", whole(numbers), "avtal"),
        ("1", whole(faulty), "har fel att åtgärda"),
        ("share", share, "av det som profilen kräver är på plats"),
        ("3", whole(notice), "har sista dag för uppsägning inom ett halvår"),
        ("2", whole(ends), "löper ut inom ett år"),
        ("4", kronor(paid) or "0", f"kronor betalas {report.day.year} enligt avtalen"),
    ]
    items = "".join(
        f'<li><b data-k="{key}">{value}</b> <span>{escape(text)}</span></li>\n' for key, value, text in tiles
    )
    return f'<ul class="tiles" aria-label="{"Läget i korthet"}">\n{items}</ul>\n'
