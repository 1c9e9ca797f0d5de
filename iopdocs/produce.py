"""Composes the rooms: load, render, lint and annotate; alone says what a draft and a final document are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import attrs

from iopdocs.errors import Problem, ProblemsError
from iopdocs.library.layers import Library, load_library
from iopdocs.lint.engine import lint_agreement
from iopdocs.lint.findings import Report
from iopdocs.messages import _
from iopdocs.model.agreement import Agreement
from iopdocs.render.annotate import Gap, annotate, mark_draft
from iopdocs.render.document import Document, Placeholder, all_inlines
from iopdocs.render.engine import render_document


class NotFinalError(ProblemsError):
    """The agreement cannot be made final: each problem is something that is missing or does not add up."""


def lint(
    agreement: Agreement,
    *,
    profiles: Sequence[str] = ("grund",),
    layers: Sequence[str | Path] = (),
    library: Library | None = None,
) -> Report:
    """Return what is missing from *agreement* under *profiles*, and what does not add up.

    Args:
        agreement: the agreement; one that was loaded from a file gives findings with line and column.
        profiles: names of profiles in the library; ``grund`` is what every agreement needs.
        layers: folders of layers on top of the base layer, the last one uppermost.
        library: a library from :func:`iopdocs.load_library`, when many agreements share one; *layers* is then ignored.

    Raises:
        LibraryError: when a layer or a profile is missing or wrong.
    """
    return lint_agreement(agreement, library or load_library(layers), profiles=profiles)


def render(
    agreement: Agreement,
    *,
    final: bool = False,
    profile: str = "grund",
    layers: Sequence[str | Path] = (),
    library: Library | None = None,
) -> Document:
    """Return *agreement* as a document: a draft that shows what is missing, or with *final* one to sign.

    Args:
        agreement: the agreement; any part of it may be absent in a draft.
        final: leave out all marks of a draft, and refuse while something is missing.
        profile: the profile whose demands a draft shows and a final document must meet.
        layers: folders of layers on top of the base layer, the last one uppermost.
        library: a library from :func:`iopdocs.load_library`, when many agreements share one; *layers* is then ignored.

    Raises:
        LibraryError: when a layer or a profile is missing or wrong.
        RenderError: when a text of a layer is wrong.
        NotFinalError: with *final*, when a finding of level fel or a placeholder remains.
    """
    words = library or load_library(layers)
    document = render_document(agreement, words)
    report = lint_agreement(agreement, words, profiles=(profile,))
    if final:
        _refuse_unfinished(document, report)
        return attrs.evolve(document, properties=attrs.evolve(document.properties, draft=False))
    missing = [finding for finding in report.findings if finding.code.startswith("K")]
    gaps = [Gap(f.section, f.path, f.name.partition(": ")[2], f.hint) for f in missing]
    return mark_draft(annotate(document, gaps))


def _refuse_unfinished(document: Document, report: Report) -> None:
    problems = [
        Problem(f"{finding.code} {finding.message}", finding.hint, finding.file, finding.path, finding.position)
        for finding in report.errors
    ]
    told = {finding.path for finding in report.errors}
    for node in all_inlines(document):
        if isinstance(node, Placeholder) and node.path not in told:
            told.add(node.path)
            problems.append(Problem(_("{label} saknas").format(label=node.label), node.help, report.file, node.path))
    if problems:
        raise NotFinalError(problems)
