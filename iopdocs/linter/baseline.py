"""Baselines: known findings that the linter hides, so that it reports only new ones. A baseline never quotes an agreement."""

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

from iopdocs.errors import LoadError, Problem, printable_name
from iopdocs.files.loader import FORMAT, kind_of, load_record, read_nodes
from iopdocs.files.nodes import EmptyNode, MapNode, Node
from iopdocs.files.text_file import clean_text, read_text
from iopdocs.files.value_readers import fold, nearest
from iopdocs.files.yaml_quoting import inline_text
from iopdocs.findings import Finding
from iopdocs.linter.report import Report
from iopdocs.model.fields import entry, fields_of

_CODE = re.compile(r"[A-ZÅÄÖ][0-9]{3}")
_MARK = re.compile(r"[0-9a-f]{16}")


@frozen(kw_only=True)
class KnownFinding:
    """A known finding. *file* is relative to the baseline's folder, with slashes."""

    file: str | None = entry("fil", "Fil", "Avtalets fil, räknad från baslinjens mapp.")
    code: str | None = entry("kod", "Kod", "Regelns kod.")
    path: str | None = entry("väg", "Väg", "Var i data fyndet stod; för den som läser.")
    fingerprint: str | None = entry("fingeravtryck", "Fingeravtryck", "Fyndets namn, sexton hexadecimala siffror.")

    @property
    def key(self) -> tuple[str, str, str]:
        """Identifies the finding when two entries are compared."""
        return self.file or "", self.code or "", self.fingerprint or ""


@frozen(kw_only=True)
class _Content:
    findings: tuple[KnownFinding, ...] = entry("fynd", "Fynd", "De fynd som är kända.", many=True)


@frozen
class Baseline:
    """The known findings in the file *path*."""

    path: Path
    entries: tuple[KnownFinding, ...] = ()


@frozen
class BaselineComparison:
    """A report compared with a baseline: *report* without known findings, *hidden* their number, *used* their entries."""

    report: Report
    hidden: int
    used: tuple[KnownFinding, ...]


def read_baseline(path: Path) -> Baseline:
    """Return the baseline in the file *path* (.yaml, .yml or .json).

    Raises:
        LoadError: when the file is missing or is not a baseline; every problem has its position.
    """
    text = clean_text(read_text(path), str(path))
    _refuse_other(read_nodes(text, kind=kind_of(path), file=str(path)).root, path)
    content, positions = load_record(text, _Content, kind=kind_of(path), file=str(path))
    problems = []
    for number, known in enumerate(content.findings, 1):
        where = f"fynd[{number}]"
        for key, value, is_right, hint in (
            ("fil", known.file, bool(known.file), "skriv ”fil:” och avtalets fil"),
            ("kod", known.code, bool(_CODE.fullmatch(known.code or "")), "skriv ”kod:” med en bokstav och tre siffror"),
            ("fingeravtryck", known.fingerprint, bool(_MARK.fullmatch(known.fingerprint or "")), _remake_hint(path)),
        ):
            if not is_right:
                message = "{key} har fel form" if value else "{key} saknas"
                place = f"{where}.{key}" if f"{where}.{key}" in positions else where
                problems.append(Problem(message.format(key=key), hint, str(path), place, positions.get(place)))
    if problems:
        raise LoadError(problems)
    return Baseline(path, content.findings)


def _refuse_other(root: Node, path: Path) -> None:
    """Refuse a file that is clearly not a baseline: an error for each of its keys would not help."""
    keys = {fold(key.text) for key, _value in root.entries} - {"format"} if isinstance(root, MapNode) else set()
    meant = any(nearest(key, {"fynd": "fynd"}) for key in keys)
    if isinstance(root, EmptyNode) or (isinstance(root, MapNode) and (not keys or (meant and len(keys) < 3))):
        return
    hint = "ange en fil som är skriven med --write-baseline"
    raise LoadError.one("är ingen baslinje", hint, str(path))


def _remake_hint(path: Path) -> str:
    return f"gör om baslinjen med --write-baseline {printable_name(path)}"


def compare(report: Report, baseline: Baseline) -> BaselineComparison:
    """Return *report* without the findings that *baseline* lists."""
    by_key = {known.key: known for known in baseline.entries}
    kept, used = [], []
    for finding in report.findings:
        known = by_key.get(_known_finding(finding, report, baseline.path).key)
        if known is None:
            kept.append(finding)
        else:
            used.append(known)
    return BaselineComparison(attrs.evolve(report, findings=tuple(kept)), len(used), tuple(used))


def stale(
    baseline: Baseline, used: Collection[KnownFinding], linted: Iterable[str], examined: Callable[[KnownFinding], bool]
) -> tuple[KnownFinding, ...]:
    """Return the entries of *baseline* that no longer match a finding.

    *linted* are the linted files. *examined* returns whether the rule of an entry was run: a finding that nobody
    looked for may remain. An entry whose file no longer exists is stale too.
    """
    files = {placed(file, baseline.path) for file in linted}
    return tuple(
        known
        for known in baseline.entries
        if known not in used
        and (examined(known) if known.file in files else not (baseline.path.parent / (known.file or "")).exists())
    )


def renewed(
    reports: Iterable[Report], path: Path, old: Baseline | None, examined: Callable[[KnownFinding], bool]
) -> Baseline:
    """Return a baseline for the file *path* with every finding of *reports*, sorted.

    Entries of *old* are kept if they were not examined: those of other files that exist, and of rules that were not run.
    """
    linted = []
    entries: dict[tuple[str, str, str], KnownFinding] = {}
    for report in reports:
        linted.append(placed(report.file, path))
        for finding in report.findings:
            known = _known_finding(finding, report, path)
            entries[known.key] = known
    for known in old.entries if old else ():
        elsewhere = known.file not in linted and (path.parent / (known.file or "")).exists()
        if elsewhere or (known.file in linted and not examined(known)):
            entries.setdefault(known.key, known)
    order = sorted(entries.values(), key=lambda known: (*known.key[:2], known.path or "", known.key))
    return Baseline(path, tuple(order))


def write_baseline(baseline: Baseline) -> bytes:
    """Return *baseline* as the bytes of a file: JSON when its name ends with .json, else YAML.

    Raises:
        LoadError: when the name ends with neither .yaml, .yml nor .json.
    """
    fields = fields_of(KnownFinding)
    rows = [{field.key: getattr(known, field.name) or "" for field in fields} for known in baseline.entries]
    if kind_of(baseline.path) == "json":
        return (json.dumps({"format": FORMAT, "fynd": rows}, ensure_ascii=False, indent=2) + "\n").encode()
    lines = [
        "# Fynd som är kända. Skriven av: iopdocs lint … --write-baseline",
        f"format: {FORMAT}",
        "fynd:" if rows else "fynd: []",
    ]
    for row in rows:
        written = [f"{key}: {inline_text(value)}" for key, value in row.items() if value]
        lines += [f"  - {written[0]}", *(f"    {line}" for line in written[1:])]
    return ("\n".join(lines) + "\n").encode()


def count_by_code(entries: Iterable[KnownFinding]) -> list[tuple[str, str, int]]:
    """Return (file, code, count) of *entries*, sorted."""
    counts = Counter((known.file or "", known.code or "") for known in entries)
    return [(file, code, counts[file, code]) for file, code in sorted(counts)]


def _known_finding(finding: Finding, report: Report, path: Path) -> KnownFinding:
    return KnownFinding(
        file=placed(report.file, path), code=finding.code, path=finding.path, fingerprint=finding.fingerprint
    )


def placed(file: str, baseline: Path) -> str:
    """Return *file* relative to the folder of *baseline*, with slashes and in NFC."""
    folder = os.path.realpath(baseline.parent)
    try:
        relative = os.path.relpath(os.path.realpath(file), folder)
    except ValueError:  # Windows: another drive
        relative = os.path.realpath(file)
    return unicodedata.normalize("NFC", relative.replace(os.sep, "/"))
