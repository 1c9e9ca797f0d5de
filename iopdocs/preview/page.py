"""The page: a header that says how things stand, the document, and the findings beside it. Data never become markup."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from iopdocs.document.xml_escape import escape, one_line
from iopdocs.errors import Problem
from iopdocs.findings import Finding, Level
from iopdocs.preview.current_view import CurrentView, ShownDocument
from iopdocs.preview.origins import shown as shown_name
from iopdocs.writers.html import MAIN

_LABELS = {Level.ERROR: "Fel", Level.WARNING: "Varningar", Level.ADVICE: "Råd"}
_ONE = {Level.ERROR: "Fel", Level.WARNING: "Varning", Level.ADVICE: "Råd"}


def page_of(view: CurrentView, run: str) -> str:
    """Return the page that shows *view*; *run* names this run of the server. An element with ``data-live`` is replaced later."""
    title = view.shown.title if view.shown else shown_name(view.file) if view.file else "Avtal"
    findings = view.shown.report.findings if view.shown else ()
    return f"""<!DOCTYPE html>
<html lang="sv">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title data-live id="_pv-name">{one_line(title)} – {"förhandsvisning"}</title>
<link rel="icon" href="/ikon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/stil.css">
<script src="/skript.js" defer></script>
</head>
<body data-version="{escape(run)}.{view.version}">
<a class="skip" href="#{MAIN}">{"Hoppa till avtalet"}</a>
<a class="skip" href="#_pv-findings">{"Hoppa till fynden"}</a>
<header class="pv-top">
<div class="pv-what" id="_pv-what" data-live>
<p class="pv-title">{one_line(title)}</p>
<p class="pv-from">{_from(view)}</p>
</div>
{_state(view)}
{_samples(view)}<div class="pv-tools">
<button type="button" id="_pv-show-findings" aria-expanded="true" aria-controls="_pv-panel">{"Fynd"} <span id="_pv-total" data-live>({len(findings)})</span></button>
<button type="button" id="_pv-show-origin" aria-pressed="false">{"Visa ursprung"}</button>
</div>
</header>
{_trouble(view)}
<div class="pv-columns">
<div class="pv-paper{" pv-old" if view.trouble else ""}" id="_pv-paper" data-live>
{view.shown.contents if view.shown else ""}<main id="{MAIN}" tabindex="-1">
{view.shown.body if view.shown else _nothing_yet(title)}</main>
</div>
<aside class="pv-panel" id="_pv-panel" aria-labelledby="_pv-findings">
<div class="pv-head"><h2 id="_pv-findings" tabindex="-1">{"Fynd"}</h2>
<button type="button" id="_pv-close">{"Stäng"}</button></div>
{_filter(findings)}
{_findings(view.shown)}
</aside>
</div>
</body>
</html>
"""


def _nothing_yet(title: str) -> str:
    return f"<h1>{one_line(title)}</h1>\n<p>{'Här visas avtalet när felen ovan är rättade.'}</p>\n"


def _from(view: CurrentView) -> str:
    layers = ", ".join(view.layers) or "–"
    file = shown_name(view.file) if view.file else ""
    return one_line(f"{file} · lager: {layers}")


def _state(view: CurrentView) -> str:
    kind, text = "ok", ""
    if view.shown is not None:
        text = "Uppdaterad {time}".format(time=view.shown.made.strftime("%H:%M:%S"))
    if view.trouble:
        kind, text = "wrong", view.what
    return f'<p class="pv-state" id="_pv-state" role="status" data-live data-state="{kind}">{one_line(text)}</p>'


def _samples(view: CurrentView) -> str:
    if not view.samples:
        return '<div id="_pv-samples" data-live></div>\n'
    options = "".join(
        f'<option value="{one_line(name)}"{" selected" if name == view.sample else ""}>{one_line(name)}</option>'
        for name in view.samples
    )
    return (
        f'<div id="_pv-samples" data-live><form method="get" action="/"><label for="_pv-sample">{"Exempelavtal"}</label> '
        f'<select id="_pv-sample" name="exempel">{options}</select> <button>{"Visa"}</button></form></div>\n'
    )


def _trouble(view: CurrentView) -> str:
    if not view.trouble:
        return '<div id="_pv-trouble" data-live></div>'
    after = "Nedan står avtalet som det var innan." if view.shown else ""
    rows = "".join(f"<li>{_problem(problem)}</li>\n" for problem in view.trouble)
    return (
        f'<div id="_pv-trouble" data-live><section class="pv-trouble" aria-labelledby="_pv-wrong" tabindex="0">\n'
        f'<h2 id="_pv-wrong">{one_line(view.what)}</h2>\n<ul>\n{rows}</ul>\n<p>{after}</p>\n</section></div>'
    )


def _problem(problem: Problem) -> str:
    place = shown_name(problem.file) if problem.file else ""
    if problem.position is not None:
        place += f":{problem.position.line}"
    parts = [f'<span class="pv-file">{escape(place)}</span>'] if place else []
    parts += [escape(text) for text in (problem.path, problem.message, problem.hint) if text]
    return " – ".join(parts)


def _filter(findings: Sequence[Finding]) -> str:
    counts = Counter(finding.level for finding in findings)
    boxes = "".join(
        f'<label><input type="checkbox" name="niva" value="{_class(level)}" checked> {label} '
        f'<span id="_pv-n-{_class(level)}" data-live>({counts[level]})</span></label>\n'
        for level, label in _LABELS.items()
    )
    return f'<fieldset class="pv-filter"><legend>{"Visa"}</legend>\n{boxes}</fieldset>'


def _findings(shown: ShownDocument | None) -> str:
    if shown is None or not shown.report.findings:
        text = "Granskningen har inget att anmärka." if shown else "Inget är granskat ännu."
        return f'<div id="_pv-list" data-live><p>{text}</p></div>'
    gravest_first = sorted(shown.report.findings, key=lambda finding: -finding.level.rank)
    rows = "".join(_finding(finding, shown) for finding in gravest_first)
    return f'<div id="_pv-list" data-live><ol class="pv-list">\n{rows}</ol></div>'


def _finding(finding: Finding, shown: ShownDocument) -> str:
    anchor = shown.origins.anchor(finding.path, finding.section)
    place = shown_name(finding.file) if finding.file else ""
    if place and finding.position is not None:
        place += f":{finding.position.line}"
    link = ""
    if anchor:
        # The code makes the links different from each other for those who hear them out of their place.
        about = f'<span class="pv-unseen">: {one_line(finding.code)} {one_line(finding.message)}</span>'
        link = f'<a href="#{_fragment(anchor)}">{"Visa i avtalet"}{about}</a> '
    hint = f'<p class="pv-hint">{escape(_capital(finding.hint))}</p>\n' if finding.hint else ""
    file = f'<span class="pv-file">{escape(place)}</span>' if place else ""
    return (
        f'<li data-level="{_class(finding.level)}">\n<p class="pv-kind"><span class="pv-level">{_ONE[finding.level]}</span> '
        f'<span class="pv-code">{one_line(finding.code)}</span></p>\n<p class="pv-message">{escape(_capital(finding.message))}</p>\n'
        f'{hint}<p class="pv-place">{link}{file}</p>\n</li>\n'
    )


def _class(level: Level) -> str:
    return {"råd": "rad"}.get(level.value, level.value)


def _fragment(anchor: str) -> str:
    return escape("-".join(anchor.split()))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
