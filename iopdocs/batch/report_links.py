"""Links from a report to the documents of its batch, wherever on the same disk or share the two stand."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

from iopdocs.batch.outcome import BatchReport, OutcomeState, WrittenDocument


def link_to(report: BatchReport, file: WrittenDocument, path: Path) -> str:
    """Return the address of *file* from a report at *path*; empty where there is no file, or no way to it."""
    if file.state is OutcomeState.FAILED:
        return ""
    try:
        way = os.path.relpath(report.folder, os.path.abspath(path.parent))
    except ValueError:  # another drive of Windows
        return ""
    steps = [*way.replace(os.sep, "/").split("/"), *file.name.split("/")]
    address = "/".join(quote(step, safe="", errors="replace") for step in steps if step not in ("", "."))
    # What looks like a scheme (a:b) must not be taken for one.
    return f"./{address}"
