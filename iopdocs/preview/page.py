"""The page: a header with the status, the document, and the findings beside it. Data never become markup."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from iopdocs.document.html_templates import html_template
from iopdocs.errors import Position
from iopdocs.findings import Finding, Level
from iopdocs.preview.current_view import CurrentView
from iopdocs.preview.origins import shown as shown_name
from iopdocs.writers.html import MAIN

_TEMPLATE = Path(__file__).with_name("page_files") / "page.html.j2"


def page_of(view: CurrentView, run: str) -> str:
    """Return the page that shows *view*; *run* names this run of the server. An element with ``data-live`` is replaced later."""
    shown, file = view.shown, shown_name(view.file) if view.file else ""
    findings = shown.report.findings if shown else ()
    return html_template(_TEMPLATE).render(
        view=view,
        shown=shown,
        run=run,
        title=shown.title if shown else file or "Avtal",
        file=file,
        main=MAIN,
        levels=list(Level),
        counts=Counter(finding.level for finding in findings),
        findings=sorted(findings, key=lambda finding: -finding.level.rank),
        anchor=lambda finding: _anchor(view, finding),
        place=_place,
        sentence=lambda text: text[:1].upper() + text[1:],
    )


def _anchor(view: CurrentView, finding: Finding) -> str:
    anchor = view.shown.origins.anchor(finding.path, finding.section) if view.shown else ""
    return "-".join(anchor.split())


def _place(file: str, position: Position | None) -> str:
    """Return the place as ``avtal.yaml:12``."""
    name = shown_name(file) if file else ""
    return f"{name}:{position.line}" if position is not None else name
