"""A baseline: the findings that are known already, so that only new ones are told; it never quotes the agreements."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from pathlib import Path

import attrs
from attrs import frozen

from iopdocs.errors import LoadError, Problem
from iopdocs.files.loader import FORMAT, kind_of, load_record, read_nodes
from iopdocs.files.nodes import EmptyNode, MapNode, Node
from iopdocs.files.text_file import clean_text, read_text
from iopdocs.files.value_readers import fold, nearest
from iopdocs.files.yaml_quoting import inline_text
from iopdocs.findings import Finding
from iopdocs.linter.report import Report
from iopdocs.model.fields import entry

_CODE = re.compile(r"[A-ZÅÄÖ][0-9]{3}")
_MARK = re.compile(r"[0-9a-f]{16}")


@frozen(kw_only=True)
class KnownFinding:
    """A finding that is known: *file* is counted from the folder of the baseline, with slashes."""

    file: str | None = entry("fil", "Fil", "Avtalets fil, räknad från baslinjens mapp.")
    code: str | None = entry("kod", "Kod", "Regelns kod.")
    path: str | None = entry("väg", "Väg", "Var i data fyndet stod; för den som läser.")
    fingerprint: str | None = entry("fingeravtryck", "Fingeravtryck", "Fyndets namn, sexton hexadecimala siffror.")

    @property
    def key(self) -> tuple[str, str, str]:
        """What two mentions of the same finding have in common."""
        return self.file or "", self.code or "", self.fingerprint or ""


@frozen(kw_only=True)
class _Content:
    findings: tuple[KnownFinding, ...] = entry("fynd", "Fynd", "De fynd som är kända.", many=True)


@frozen
class Baseline:
    """The known findings that the file *path* lists."""

    path: Path
    entries: tuple[KnownFinding, ...] = ()


@frozen
class BaselineComparison:
    """What is left of a report: *report* without the known findings, *hidden* how many they are, *used* their entries."""

    report: Report
    hidden: int
    used: tuple[KnownFinding, ...]


def read_baseline(path: Path) -> Baseline:
    """Return the baseline in the file *path* (.yaml, .yml or .json).

    Raises:
        LoadError: when the file is missing or no baseline; every problem has its place.
    """
    text = clean_text(read_text(path), str(path))
    _refuse_other(read_nodes(text, kind=kind_of(path), file=str(path)).root, path)
    content, positions = load_record(text, _Content, kind=kind_of(path), file=str(path))
    problems = []
    for number, one in enumerate(content.findings, 1):
        where = f"fynd[{number}]"
        for key, value, is_right, hint in (
            ("fil", one.file, bool(one.file), "skriv ”fil:” och avtalets fil"),
            ("kod", one.code, bool(_CODE.fullmatch(one.code or "")), "skriv ”kod:” med en bokstav och tre siffror"),
            ("fingeravtryck", one.fingerprint, bool(_MARK.fullmatch(one.fingerprint or "")), _remake(path)),
        ):
            if not is_right:
                message = "{key} har fel form" if value else "{key} saknas"
                place = f"{where}.{key}" if f"{where}.{key}" in positions else where
                problems.append(Problem(message.format(key=key), hint, str(path), place, positions.get(place)))
    if problems:
        raise LoadError(problems)
    return Baseline(path, content.findings)


def _refuse_other(root: Node, path: Path) -> None:
    """Refuse a file that was never meant for a baseline: what each of its keys is called would be of no help."""
    keys = {fold(key.text) for key, _value in root.entries} - {"format"} if isinstance(root, MapNode) else set()
    meant = any(nearest(key, {"fynd": "fynd"}) for key in keys)
    if isinstance(root, EmptyNode) or (isinstance(root, MapNode) and (not keys or (meant and len(keys) < 3))):
        return
    hint = "ange en fil som är skriven med --write-baseline"
    raise LoadError.one("är ingen baslinje", hint, str(path))


def _remake(path: Path) -> str:
    return f"gör om baslinjen med --write-baseline {path}"


def compare(report: Report, baseline: Baseline) -> BaselineComparison:
    """Return *report* without the findings that *baseline* lists."""
    by_key = {one.key: one for one in baseline.entries}
    kept, used = [], []
    for finding in report.findings:
        known = by_key.get(_known(finding, report, baseline.path).key)
        if known is None:
            kept.append(finding)
        else:
            used.append(known)
    return BaselineComparison(attrs.evolve(report, findings=tuple(kept)), len(used), tuple(used))


def stale(
    baseline: Baseline, used: Collection[KnownFinding], linted: Iterable[str], asked: Callable[[KnownFinding], bool]
) -> tuple[KnownFinding, ...]:
    """Return the entries of *baseline* that are of no more use, since what they hid is no longer found.

    *linted* are the files that were linted, *asked* tells whether the rule of an entry was: what nobody looked for may
    still be there. An entry whose file is gone is stale too.
    """
    files = {placed(file, baseline.path) for file in linted}
    return tuple(
        one
        for one in baseline.entries
        if one not in used
        and (asked(one) if one.file in files else not (baseline.path.parent / (one.file or "")).exists())
    )


def renewed(
    reports: Iterable[Report], path: Path, old: Baseline | None, asked: Callable[[KnownFinding], bool]
) -> Baseline:
    """Return a baseline for the file *path* with every finding of *reports*, sorted.

    Entries of *old* stay where nobody looked: those of other files that are still there, and of rules not asked.
    """
    linted = []
    entries: dict[tuple[str, str, str], KnownFinding] = {}
    for report in reports:
        linted.append(placed(report.file, path))
        for finding in report.findings:
            one = _known(finding, report, path)
            entries[one.key] = one
    for one in old.entries if old else ():
        elsewhere = one.file not in linted and (path.parent / (one.file or "")).exists()
        if elsewhere or (one.file in linted and not asked(one)):
            entries.setdefault(one.key, one)
    order = sorted(entries.values(), key=lambda one: (one.file or "", one.code or "", one.path or "", one.key))
    return Baseline(path, tuple(order))


def write_baseline(baseline: Baseline) -> bytes:
    """Return *baseline* as a file holds it: JSON when its name ends with .json, else YAML.

    Raises:
        LoadError: when the name ends with neither .yaml, .yml nor .json.
    """
    rows = [
        {"fil": one.file or "", "kod": one.code or "", "väg": one.path or "", "fingeravtryck": one.fingerprint or ""}
        for one in baseline.entries
    ]
    if kind_of(baseline.path) == "json":
        return (json.dumps({"format": FORMAT, "fynd": rows}, ensure_ascii=False, indent=2) + "\n").encode()
    lines = [
        "# Fynd som är kända. Skriven av: iopdocs lint … --write-baseline",
        f"format: {FORMAT}",
        "fynd:" if rows else "fynd: []",
    ]
    for row in rows:
        written = [f"{key}: {inline_text(value)}" for key, value in row.items() if value]
        lines += [f"  - {written[0]}", *(f"    {one}" for one in written[1:])]
    return ("\n".join(lines) + "\n").encode()


def count_by_code(entries: Iterable[KnownFinding]) -> list[tuple[str, str, int]]:
    """Return (file, code, how many) of *entries*, sorted."""
    counts = Counter((one.file or "", one.code or "") for one in entries)
    return [(file, code, counts[file, code]) for file, code in sorted(counts)]


def _known(finding: Finding, report: Report, path: Path) -> KnownFinding:
    return KnownFinding(
        file=placed(report.file, path), code=finding.code, path=finding.path, fingerprint=finding.fingerprint
    )


def placed(file: str, baseline: Path) -> str:
    """Return the name of *file* counted from the folder of *baseline*, with slashes and in NFC."""
    folder = os.path.realpath(baseline.parent)
    try:
        relative = os.path.relpath(os.path.realpath(file), folder)
    except ValueError:  # Windows: another drive
        relative = os.path.realpath(file)
    return unicodedata.normalize("NFC", relative.replace(os.sep, "/"))
