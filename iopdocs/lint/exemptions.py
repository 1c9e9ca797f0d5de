"""Exemptions: findings that the data ask to leave in peace, with a reason; one that is of no use is told."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Sequence

from iopdocs.lint.findings import Exempted, Finding
from iopdocs.lint.places import fingerprint, stretch
from iopdocs.lint.rules.layers import useless_exemption
from iopdocs.messages import _
from iopdocs.model.agreement import Agreement
from iopdocs.model.assessment import Exemption


def exempt(
    agreement: Agreement, found: Sequence[Finding], known: Collection[str]
) -> tuple[list[Finding], tuple[Exempted, ...]]:
    """Return (the findings that remain, those that the data except): what is wrong with an exemption is a finding too.

    *known* are the codes of the rules and points that were asked.
    """
    exemptions = agreement.lint.exemptions if agreement.lint else ()
    kept: list[Finding] = []
    exempted: list[Exempted] = []
    used: set[int] = set()
    for finding in found:
        number = next((n for n, one in enumerate(exemptions, 1) if _valid(one) and _fits(one, finding)), None)
        if number is None:
            kept.append(finding)
        else:
            used.add(number)
            exempted.append(Exempted(finding, (exemptions[number - 1].reason or "").strip()))
    for number, one in enumerate(exemptions, 1):
        if number not in used:
            kept.append(_useless(agreement, number, one, known))
    return kept, tuple(exempted)


def _valid(exemption: Exemption) -> bool:
    return bool((exemption.rule or "").strip() and (exemption.reason or "").strip())


def _fits(exemption: Exemption, finding: Finding) -> bool:
    path = (exemption.path or "").strip()
    below = finding.path.startswith((f"{path}.", f"{path}["))
    return finding.code == (exemption.rule or "").strip().upper() and (not path or finding.path == path or below)


def _useless(agreement: Agreement, number: int, exemption: Exemption, known: Collection[str]) -> Finding:
    code = (exemption.rule or "").strip().upper()
    path = f"lint.undantag[{number}]"
    if not code:
        message, hint = _("undantaget säger inte vilken regel det gäller"), _("skriv ”regel:” och regelns kod")
    elif not (exemption.reason or "").strip():
        message = _("undantaget från {code} saknar skäl och gäller därför inte").format(code=code)
        hint = _("skriv ”skäl:” och varför regeln inte ska gälla")
    elif code not in known:
        near = difflib.get_close_matches(code, known, n=1, cutoff=0.6)
        message = _("regeln {code} finns inte, eller har inte prövats").format(code=code)
        hint = _("menade du {near}?").format(near=near[0]) if near else _("se vilka regler som finns: iopdocs rules")
    else:
        message = _("undantaget från {code} behövs inte: regeln har inget att säga").format(code=code)
        hint = _("ta bort undantaget")
    start, end = stretch(agreement, path, None)
    rule = useless_exemption
    return Finding(
        code=rule.code, name=rule.name, level=rule.level, path=path, message=message, hint=hint, sources=rule.sources,
        file=agreement.source.file if agreement.source else "", position=start, end=end, title=rule.page.title,
        fingerprint=fingerprint(agreement, rule.code, path, code, number),
    )  # fmt: skip
