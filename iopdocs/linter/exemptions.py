"""Exemptions: findings that the data exempt with a reason; an exemption without effect is reported."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Sequence

from iopdocs.findings import Finding
from iopdocs.linter.locations import fingerprint, stretch
from iopdocs.linter.report import ExemptedFinding
from iopdocs.linter.rules.templates.layer_texts import useless_exemption
from iopdocs.model.agreement import Agreement
from iopdocs.model.assessment import Exemption

_SEPARATOR = re.compile(r"[\s,;/]+")
_SHOWN = 40  # characters of an invalid code that a message repeats


def exempt(
    agreement: Agreement, found: Sequence[Finding], known: Collection[str], asked: Collection[str]
) -> tuple[list[Finding], tuple[ExemptedFinding, ...]]:
    """Return (remaining findings, exempted findings); an error in an exemption is a finding too.

    *known* are the codes of all rules and points, *asked* those that were checked: for the others it is unknown whether
    an exemption has an effect.
    """
    exemptions = agreement.lint.exemptions if agreement.lint else ()
    kept: list[Finding] = []
    exempted: list[ExemptedFinding] = []
    used: set[int] = set()
    taken_by: dict[int, int] = {}
    for finding in found:
        first, *others = [n for n, one in enumerate(exemptions, 1) if _valid(one) and _fits(one, finding)] or [0]
        if not first:
            kept.append(finding)
            continue
        used.add(first)
        for number in others:
            taken_by.setdefault(number, first)
        exempted.append(ExemptedFinding(finding, (exemptions[first - 1].reason or "").strip()))
    for number, one in enumerate(exemptions, 1):
        wrong = None if number in used else _wrong(one, taken_by.get(number), known, asked)
        if wrong is not None:
            kept.append(_finding(agreement, number, one, *wrong))
    return kept, tuple(exempted)


def _valid(exemption: Exemption) -> bool:
    return bool((exemption.rule or "").strip() and (exemption.reason or "").strip())


def _fits(exemption: Exemption, finding: Finding) -> bool:
    path = (exemption.path or "").strip()
    below = finding.path.startswith((f"{path}.", f"{path}["))
    return finding.code == (exemption.rule or "").strip().upper() and (not path or finding.path == path or below)


def _wrong(
    exemption: Exemption, first: int | None, known: Collection[str], asked: Collection[str]
) -> tuple[str, str] | None:
    """Return (message, hint) on an exemption without effect, if it is wrong; *first* is the one already covering it."""
    code = (exemption.rule or "").strip().upper()
    shown = code if len(code) <= _SHOWN else code[: _SHOWN - 1] + "…"
    if not code:
        return "undantaget säger inte vilken regel det gäller", "skriv ”regel:” och regelns kod"
    if not (exemption.reason or "").strip():
        message = f"undantaget från {shown} saknar skäl och gäller därför inte"
        return message, "skriv ”skäl:” och varför regeln inte ska gälla"
    if code not in known:
        return _no_code(code, shown, known)
    if first is not None:
        message = f"undantaget från {code} står redan i undantag {first}"
        return message, "ta bort det ena"
    if code in asked:
        message = f"undantaget från {code} behövs inte: regeln har inget att säga"
        return message, "ta bort undantaget"
    return None


def _no_code(code: str, shown: str, known: Collection[str]) -> tuple[str, str]:
    one_each = "skriv ett undantag för varje regel, med hela dess kod"
    if len(_SEPARATOR.split(code.strip(" ,;/"), maxsplit=1)) > 1:
        return f"”{shown}” är flera koder, men ett undantag gäller exakt en", one_each
    if any(one.startswith(code) for one in known):
        return f"”{shown}” är bara början på en kod, men ett undantag gäller exakt en", one_each
    near = difflib.get_close_matches(code[:_SHOWN], known, n=1, cutoff=0.6)
    hint = f"menade du {near[0]}?" if near else "se vilka regler som finns: iopdocs rules"
    return f"regeln {shown} finns inte", hint


def _finding(agreement: Agreement, number: int, exemption: Exemption, message: str, hint: str) -> Finding:
    code = (exemption.rule or "").strip().upper()
    path = f"lint.undantag[{number}]"
    start, end = stretch(agreement, path, None)
    rule = useless_exemption
    return Finding(
        code=rule.code, name=rule.name, level=rule.level, path=path, message=message, hint=hint, sources=rule.sources,
        file=agreement.source.file if agreement.source else "", position=start, end=end, title=rule.page.title,
        fingerprint=fingerprint(agreement, rule.code, path, code, number),
    )  # fmt: skip
