"""Composes the rooms: load, render, lint and annotate; alone says what a draft and a final document are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import attrs

from iopdocs.errors import Problem, ProblemsError
from iopdocs.library.layers import Library, load_library
from iopdocs.library.profiles import unmet
from iopdocs.library.settings import Limits
from iopdocs.lint.engine import lint_agreement
from iopdocs.lint.findings import Report
from iopdocs.messages import _
from iopdocs.model.agreement import Agreement
from iopdocs.render.annotate import Gap, annotate, mark_draft
from iopdocs.render.document import Document
from iopdocs.render.engine import render_document


class NotFinalError(ProblemsError):
    """The agreement cannot be made final: each problem is something that is missing or does not add up."""


def lint(
    agreement: Agreement,
    *,
    profiles: str | Sequence[str] = ("grund",),
    today: date | None = None,
    limits: Limits | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    layers: str | Path | Sequence[str | Path] = (),
    library: Library | None = None,
) -> Report:
    """Return what is missing from *agreement* under *profiles* and in its document, and what does not add up.

    Args:
        agreement: the agreement; one that was loaded from a file gives findings with line and column.
        profiles: names of profiles in the library; ``grund`` is what every agreement needs.
        today: the day to count from; rules that need it are silent without it, since nothing here reads the clock.
        limits: figures that rules compare with, before those of the profiles.
        select: codes, or beginnings of codes (``S``, ``K1``), of the rules to ask; all when empty.
        ignore: codes, or beginnings of codes, of the rules to leave out.
        layers: folders of layers on top of the base layer, the last one uppermost.
        library: a library from :func:`iopdocs.load_library`, when many agreements share one; *layers* is then ignored.

    Raises:
        LibraryError: when a layer or a profile is missing or wrong.
        RenderError: when a text of a layer is wrong.
    """
    _check(agreement)
    words = _library(library, layers)
    document = render_document(agreement, words)
    return lint_agreement(
        agreement, words, document=document, profiles=[profiles] if isinstance(profiles, str) else profiles,
        today=today, limits=limits, select=select, ignore=ignore,
    )  # fmt: skip


def render(
    agreement: Agreement,
    *,
    final: bool = False,
    profile: str = "grund",
    layers: str | Path | Sequence[str | Path] = (),
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
    _check(agreement)
    words = _library(library, layers)
    document = render_document(agreement, words)
    report = lint_agreement(agreement, words, document=document, profiles=(profile,))
    if final:
        _refuse_unfinished(report)
        return attrs.evolve(document, properties=attrs.evolve(document.properties, draft=False))
    missing = unmet(agreement, words.profile(profile))
    gaps = [Gap(point.section or "", point.path, point.title or "", point.help or "") for point in missing]
    return mark_draft(annotate(document, gaps))


def _refuse_unfinished(report: Report) -> None:
    problems = [
        Problem(f"{finding.code} {finding.message}", finding.hint, finding.file, finding.path, finding.position)
        for finding in report.errors
    ]
    if problems:
        raise NotFinalError(problems)


def _check(agreement: Agreement) -> None:
    if not isinstance(agreement, Agreement):
        raise TypeError(
            _("detta är inget avtal: {value!r} – läs in det först med iopdocs.load(…)").format(value=agreement)
        )


def _library(library: Library | None, layers: str | Path | Sequence[str | Path]) -> Library:
    return library or load_library([layers] if isinstance(layers, str | Path) else layers)
