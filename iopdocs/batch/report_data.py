"""The report of a batch as plain data with Swedish keys, and as JSON."""

from __future__ import annotations

from typing import Any

import attrs

from iopdocs.batch.outcome import AgreementOutcome, BatchReport
from iopdocs.batch.report_words import known_day, standing
from iopdocs.files.fingerprints import is_marked_json, marked_json
from iopdocs.register.json_writer import OWN_KEYS, plain_value, problem_data
from iopdocs.register.rows import RegisterRow

FORMAT = 1
_KIND = "batch"


def as_data(report: BatchReport) -> dict[str, Any]:
    """Return *report* as plain data; it may quote the agreements. Amounts are in kronor, days as 2027-01-31."""
    day = known_day(report)
    return {
        "format": FORMAT,
        "källa": report.source,
        "dag": day.isoformat() if day else None,
        "avbrutet": report.interrupted,
        "gamla_namn": list(report.renamed),
        "profiler": list(report.profiles),
        "rubriker": dict(report.headings),
        "antal": {
            "avtal": len(report.outcomes),
            "misslyckade_avtal": sum(one.stopped for one in report.outcomes),
            "fel_utan_avtal": len(report.problems),
        },
        "problem": [problem_data(one) for one in report.problems],
        "avtal": [_outcome(one) for one in report.outcomes],
    }


def write_json(report: BatchReport) -> bytes:
    """Return *report* as JSON in UTF-8; ``märke`` tells whether somebody has edited it."""
    return marked_json(as_data(report), _KIND)


def is_untouched(data: bytes) -> bool:
    """Tell whether *data* is a report that :func:`write_json` made and that nobody has edited since."""
    return is_marked_json(data, _KIND)


def _outcome(one: AgreementOutcome) -> dict[str, Any]:
    return {
        "id": one.id,
        "plats": one.place,
        "titel": one.title,
        "läge": standing(one).value,
        "misslyckat": one.stopped,
        "filer": [
            {"slag": file.kind, "namn": file.name, "läge": file.state.value, "sha256": file.digest}
            for file in one.written
        ],
        "problem": [problem_data(problem) for problem in one.problems],
        "fynd": dict(one.levels),
        "uppfyllt": [
            {"profil": tally.profile, "avsnitt": tally.section, "uppfyllda": tally.met, "punkter": tally.total}
            for tally in one.tallies
        ],
        "saknas": [
            {"kod": lack.code, "titel": lack.title, "avsnitt": lack.section, "profil": lack.profile}
            for lack in one.lacking
        ],
        "register": _row(one.row) if one.row else None,
    }


def _row(row: RegisterRow) -> dict[str, Any]:
    values = attrs.asdict(row, recurse=False)
    return {key: plain_value(values[name]) for key, name in OWN_KEYS.items()}
