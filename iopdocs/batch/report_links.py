"""Links from a report to the documents of its batch, wherever on the same disk or share the two are."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

from iopdocs.batch.outcome import BatchReport, OutcomeState, WrittenDocument


def link_to(report: BatchReport, file: WrittenDocument, path: Path) -> str:
    """Return the address of *file* from a report at *path*; empty when there is no file, or no relative path to it."""
    if file.state is OutcomeState.FAILED:
        return ""
    try:
        way = os.path.relpath(report.folder, os.path.abspath(path.parent))
    except ValueError:  # another drive on Windows
        return ""
    steps = [*way.replace(os.sep, "/").split("/"), *file.name.split("/")]
    address = "/".join(quote(step, safe="", errors="replace") for step in steps if step not in ("", "."))
    # A name like a:b must not be read as a scheme.
    return f"./{address}"
