"""The output of ``iopdocs register``: the file written, what could not be read, and the counts as a table."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from iopdocs.cli.terminal import TerminalStyle, columns_of, harmless, json_text, wrap
from iopdocs.errors import printable_name
from iopdocs.register.json_writer import SUMMARY
from iopdocs.register.rows import Register
from iopdocs.register.summary import Summary, SummaryTable

_MOST_PROBLEMS = 200
_MOST_NAMES = 10
_WIDEST = 66


def problem_lines(register: Register) -> Iterator[str]:
    """Yield the files that could not be read, and the notes on the sources."""
    messagesten_line = [*register.problems, *register.notes]
    yield from (harmless(str(message)) for message in messagesten_line[:_MOST_PROBLEMS])
    if len(messagesten_line) > _MOST_PROBLEMS:
        yield f"… och {len(messagesten_line) - _MOST_PROBLEMS} till"


def written_line(register: Register, path: Path) -> str:
    """Return the line that reports the register at *path*."""
    extended = sum(row.extensions for row in register.rows)
    parts = [f"{len(register.rows)} avtal"]
    if extended:
        parts.append(f"{extended} förlängningar inräknade")
    parts.append(f"{len(register.watch)} att bevaka")
    if register.problems:
        parts.append(f"{len(register.problems)} problem, se ovan")
    return f"{printable_name(path)}: {', '.join(parts)}."


def summary_text(summary: Summary) -> str:
    """Return the counts as JSON."""
    return json_text(SUMMARY.data(summary))


def summary_lines(summary: Summary, look: TerminalStyle) -> Iterator[str]:
    """Yield the counts as lines that fit *look*."""
    heading = f"{summary.total} partnerskap, varav {summary.active} pågår den {summary.day}."
    yield look.style(heading, bold=True)
    if summary.drafts:
        yield from wrap(f"{summary.drafts} är utkast eller säger ingen status, och räknas inte som pågående.", look, 0)
    for table in summary.tables:
        if table.counts:
            yield ""
            yield from _table(table, look, summary.total)


def _table(table: SummaryTable, look: TerminalStyle, total: int) -> Iterator[str]:
    room = max(10, min(_WIDEST, look.width - 24))
    head = f"{'':{room}}{'Antal':>8}{'Pågår':>8}"
    yield look.style(table.heading + head[columns_of(table.heading, look.encoding) :], bold=True)
    shown = table.counts[:_MOST_NAMES] if table.several and len(table.counts) > 2 * _MOST_NAMES else table.counts
    for count in shown:
        *lines, last = list(wrap(count.label, TerminalStyle(room, encoding=look.encoding), 2, in_column=True)) or [""]
        yield from lines
        yield f"{last}{' ' * max(0, room - columns_of(last, look.encoding))}{count.total:>8}{count.active:>8}"
    if len(shown) < len(table.counts):
        yield f"  … och {len(table.counts) - len(shown)} till"
    if table.several and sum(count.total for count in table.counts) > total:
        yield from wrap("Ett avtal kan räknas på flera rader.", look, 2)
