"""SARIF 2.1.0, the findings format of code review tools; it contains places and titles, never the data."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from iopdocs.errors import Position, Problem
from iopdocs.findings import Explained, Family, Finding, Level
from iopdocs.library.layers import Library
from iopdocs.linter.catalogue import catalogue
from iopdocs.linter.report import Report
from iopdocs.linter.rule import Rule
from iopdocs.linter.rules import RULES
from iopdocs.linter.tool_description import NAME, posix, tool_version

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
BASE = "SRCROOT"
"""The base of relative addresses: the folder in which the command was run."""

_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.ADVICE: "note"}


def sarif(
    reports: Iterable[Report],
    library: Library,
    rules: Sequence[Rule] = RULES,
    failures: Iterable[Problem] = (),
) -> dict[str, Any]:
    """Return *reports* as a SARIF log (OASIS, Static Analysis Results Interchange Format 2.1.0) with one run.

    It contains none of the data: a result's message is the title of its rule and the path in the data, since a log is
    often stored where the agreement may not be. Exempted findings are suppressed results, without the reason, which is
    the user's text too. Lines and columns count from 1 in characters; the end is exclusive.

    Args:
        reports: the reports, one for each agreement.
        library: the library that they were linted with; the points of its profiles are described among the rules.
        rules: the rules that were run.
        failures: the files that could not be read; only the file and the place in it are reported.
    """
    found = [
        (finding, is_left)
        for report in reports
        for finding, is_left in (
            *((finding, False) for finding in report.findings),
            *((left.finding, True) for left in report.exempted),
        )
    ]
    return sarif_log(found, catalogue(library, rules), failures)


def sarif_log(
    found: Iterable[tuple[Finding, bool]],
    described: Sequence[Explained],
    failures: Iterable[Problem] = (),
    command: str = "iopdocs lint",
) -> dict[str, Any]:
    """Return findings of any checker as a SARIF log like that of :func:`sarif`.

    Args:
        found: each finding, and whether the user has exempted it.
        described: the descriptions of all codes that were checked.
        failures: the files that could not be read.
        command: the command that reports why a file could not be read.
    """
    places = {one.code: number for number, one in enumerate(described)}
    suppressed = {"suppressions": [{"kind": "inSource", "status": "accepted"}]}
    results = [_result(finding, places) | (suppressed if is_left else {}) for finding, is_left in found]
    notifications = [_notification(failure, command) for failure in failures]
    invocation: dict[str, Any] = {"executionSuccessful": not notifications}
    if notifications:
        invocation["toolExecutionNotifications"] = notifications
    driver = {
        "name": NAME,
        "version": tool_version(),
        "language": "sv",
        "rules": [_descriptor(one) for one in described],
    }
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "language": "sv",
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": {BASE: {"description": {"text": "Mappen där granskningen kördes."}}},
                "invocations": [invocation],
                "results": results,
            }
        ],
    }


def without_data(finding: Finding) -> str:
    """Return a message for *finding* without data of the agreement: the title of the rule, and the path."""
    title = finding.title.strip().rstrip(".") or finding.code
    return f"{title} ({finding.path})" if finding.path else title


def unread(command: str) -> str:
    """Return the message on a file that could not be read, without its contents; *command* explains more."""
    return f"Filen kunde inte läsas. Kör ”{command}” på den för att se varför."


def _descriptor(one: Explained) -> dict[str, Any]:
    family = Family.of(one.code)
    tags = dict.fromkeys(tag for tag in (family.label if family else "", *map(_document, one.sources)) if tag)
    return {
        "id": one.code,
        "name": one.name,
        "shortDescription": {"text": one.title},
        "fullDescription": {"text": one.what or one.title},
        "help": {"text": _help(one, markdown=False), "markdown": _help(one, markdown=True)},
        "defaultConfiguration": {"level": _LEVELS[one.level]},
        "properties": {"tags": list(tags), "källor": list(one.sources), "nivå": one.level.value},
    }


def _document(source: str) -> str:
    return source.split(",")[0].strip()


def _help(one: Explained, *, markdown: bool) -> str:
    parts = []
    for heading, text, example in (
        ("Vad", one.what, False),
        ("Varför", one.why, False),
        ("Gör så", one.hint, False),
        ("Dåligt exempel", one.bad, True),
        ("Bra exempel", one.good, True),
        ("Källa", "; ".join(one.sources), False),
    ):
        if not text:
            continue
        if not markdown:
            parts.append(f"{heading}:\n{text}")
        elif example:
            fence = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
            parts.append(f"**{heading}**\n\n{fence}yaml\n{text}\n{fence}")
        else:
            parts.append(f"**{heading}**\n\n{text}")
    return "\n\n".join(parts) or one.title


def _result(finding: Finding, places: Mapping[str, int]) -> dict[str, Any]:
    result: dict[str, Any] = {"ruleId": finding.code}
    if finding.code in places:
        result["ruleIndex"] = places[finding.code]
    result |= {"level": _LEVELS[finding.level], "message": {"text": without_data(finding)}}
    if finding.file:
        result["locations"] = [_location(finding.file, finding.position, finding.end)]
    if finding.fingerprint:
        result["partialFingerprints"] = {f"{NAME}/v1": finding.fingerprint}
    return result


def _location(file: str, start: Position | None, end: Position | None) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": _artifact(file)}
    if start is not None:
        region = {"startLine": start.line, "startColumn": start.column}
        if end is not None:
            region |= {"endLine": end.line, "endColumn": end.column}
        place["region"] = region
    return {"physicalLocation": place}


def _artifact(file: str) -> dict[str, Any]:
    path = PurePath(file)
    if path.is_absolute():
        return {"uri": path.as_uri()}
    return {"uri": quote(os.fsencode(posix(file))), "uriBaseId": BASE}


def _notification(failure: Problem, command: str) -> dict[str, Any]:
    result: dict[str, Any] = {"level": "error", "message": {"text": unread(command)}}
    if failure.file:
        result["locations"] = [_location(failure.file, failure.position, None)]
    return result
