"""Compose the packages: load, render, lint, annotate and review; only this module defines draft and final documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

import attrs

from iopdocs.assembly import Assembled, assemble
from iopdocs.document.comments import PlacedComment, with_comments
from iopdocs.document.draft_marks import Gap, OpenItem, annotate, mark_draft
from iopdocs.document.tree import Comment, Document
from iopdocs.document.unprinted_data import not_printed
from iopdocs.errors import LoadError, Problem, ProblemsError
from iopdocs.files.embedded_data import embedded_text
from iopdocs.files.path_arguments import AnyPath
from iopdocs.findings import Level
from iopdocs.library.choices_as_facts import answered
from iopdocs.library.layer_reader import load_library
from iopdocs.library.layers import Library
from iopdocs.library.profiles import Profile, advice, lacking, unmet
from iopdocs.library.rule_limits import Limits
from iopdocs.linter.engine import lint_agreement
from iopdocs.linter.external_rules import rules_for
from iopdocs.linter.form_advice import Advice, advise, wrong_answers
from iopdocs.linter.formats.review_document import make_review, review_document
from iopdocs.linter.options import LintOptions
from iopdocs.linter.report import Report
from iopdocs.linter.rule import Rule
from iopdocs.model.agreement import Agreement
from iopdocs.model.assessment import Answer, Answered, FormChoice
from iopdocs.model.fields import label_at


class NotFinalError(ProblemsError):
    """The agreement cannot be made final: each problem is something missing or inconsistent, with the code of its rule."""


def lint(
    agreement: Agreement,
    *,
    profiles: str | Sequence[str] = ("grund",),
    today: date | None = None,
    limits: Limits | None = None,
    select: str | Sequence[str] = (),
    ignore: str | Sequence[str] = (),
    rules: Sequence[Rule] = (),
    layers: AnyPath | Sequence[AnyPath] = (),
    library: Library | None = None,
) -> Report:
    """Return what is missing from *agreement* under *profiles* and in its document, and what is inconsistent.

    Args:
        agreement: the agreement; one that was loaded from a file gives findings with line and column.
        profiles: names of profiles in the library; ``grund`` is what every agreement needs.
        today: the day to count from, without the time of a datetime. Rules that need it report nothing without it,
            since nothing here reads the clock.
        limits: figures that rules compare with, overriding those of the profiles.
        select: codes, or prefixes of codes (``S``, ``K1``), of the rules to run; all when empty.
        ignore: codes, or prefixes of codes, of the rules to omit.
        rules: the caller's own rules (:mod:`iopdocs.rules`, codes X001–X999), besides those of installed packages.
        layers: a folder, or several, with layers on top of the base layer, the last one uppermost.
        library: a library from :func:`iopdocs.load_library`, when many agreements share one; *layers* is then ignored.

    Raises:
        TypeError: when an argument has another type than declared.
        LibraryError: when a layer, a profile or an own rule is missing or wrong.
        RenderError: when a text of a layer is wrong.
    """
    _check(agreement)
    options = _options(profiles, today, limits, select, ignore, rules)
    assembled = assemble(agreement, _library(library, layers))
    return attrs.evolve(lint_assembled(assembled, options), assembled=assembled)


def lint_assembled(assembled: Assembled, options: LintOptions) -> Report:
    """Return what :func:`lint` returns, for an agreement whose texts have been run.

    Raises:
        LibraryError: when a profile or an own rule is missing or wrong.
    """
    library, document = assembled.library, assembled.document
    return lint_agreement(
        assembled.effective, library, options, document=document, rules=rules_for(library, options.rules)
    )


def review(
    agreement: Agreement,
    *,
    profiles: str | Sequence[str] = ("grund",),
    today: date | None = None,
    limits: Limits | None = None,
    select: str | Sequence[str] = (),
    ignore: str | Sequence[str] = (),
    rules: Sequence[Rule] = (),
    layers: AnyPath | Sequence[AnyPath] = (),
    library: Library | None = None,
) -> Document:
    """Return a granskningsprotokoll of *agreement*, to be filed with the case: the report of :func:`lint` as a document.

    It contains what was reviewed, which points of each profile are met and where, every finding with its hint and
    source, the exemptions with their reasons, and what was not examined. It quotes the agreement.

    Arguments and errors are those of :func:`lint`; any part of the agreement may be absent.

    Args:
        agreement: the agreement.
        profiles: names of the profiles to review it against.
        today: the day of the review, printed in the document; without one the document states that it is missing.
        limits: figures that rules compare with.
        select: codes of the rules to run, which the document names.
        ignore: codes of the rules to omit, which the document names.
        rules: the caller's own rules.
        layers: folders of layers.
        library: a library from :func:`iopdocs.load_library`.
    """
    _check(agreement)
    options = _options(profiles, today, limits, select, ignore, rules)
    return review_assembled(assemble(agreement, _library(library, layers)), options)


def review_assembled(assembled: Assembled, options: LintOptions, report: Report | None = None) -> Document:
    """Return what :func:`review` returns, for an agreement whose texts have been run; *report* if it is already linted.

    Raises:
        LibraryError: when a profile or an own rule is missing or wrong.
        RenderError: when a text of the protocol is wrong.
    """
    report = report or lint_assembled(assembled, options)
    agreement, library = assembled.effective, assembled.library
    # Sections have the numbers that the reader of the draft sees, in which missing sections are counted.
    shown = annotate(assembled.document, _gaps(agreement, library.profile("grund"), answered(agreement, library)))
    return review_document(agreement, library, make_review(agreement, library, report, shown, options))


def render(
    agreement: Agreement,
    *,
    final: bool = False,
    comments: bool = False,
    contents: bool = False,
    profiles: str | Sequence[str] = ("grund",),
    report: Report | None = None,
    data: bool = True,
    layers: AnyPath | Sequence[AnyPath] = (),
    library: Library | None = None,
) -> Document:
    """Return *agreement* as a document: a draft that shows what is missing, or with *final* one to sign.

    Args:
        agreement: the agreement; any part of it may be absent in a draft.
        final: omit all marks of a draft, and refuse while something is missing.
        comments: add every finding of the linter as a Word comment at its place; a final document has none.
        contents: add a table of contents before the first section.
        profiles: names of the profiles whose demands a draft shows and a final document must meet.
        report: an existing report of :func:`lint` on the agreement, perhaps with other limits; a draft's first page and
            comments show it.
        data: embed in a DOCX the data that it prints, so that a register can be made from documents. The legal
            assessment, the choice of form and notes to the linter are never embedded.
        layers: a folder, or several, with layers on top of the base layer, the last one uppermost.
        library: a library from :func:`iopdocs.load_library`, when many agreements share one; *layers* is then ignored.

    Raises:
        LibraryError: when a layer or a profile is missing or wrong.
        RenderError: when a text of a layer is wrong.
        NotFinalError: with *final*, when a finding of level fel or a placeholder remains.
    """
    _check(agreement)
    library = _library(library, layers)
    assembled = report.assembled if report else None
    if assembled is None or assembled.agreement is not agreement or assembled.library is not library:
        assembled = assemble(agreement, library)
    return finish(
        assembled, report, profiles=_names("profiles", profiles), final=final,
        comments=comments, contents=contents, data=data,
    )  # fmt: skip


def choose_form(
    answers: FormChoice | Mapping[str, str],
    *,
    layers: AnyPath | Sequence[AnyPath] = (),
    library: Library | None = None,
) -> Advice:
    """Return the form of cooperation that *answers* lead to, a partnership or another, and the reasons (vägval).

    The questions and the forms are ``library.choices``. A question without an answer counts as open.

    Example::

        advice = choose_form({"villig-part": "ja", "gemensamt-mål": "ja", "vinst": "nej"})
        print(advice.verdict, [form.name for form in advice.forms])

    Args:
        answers: ja, nej or oklart by the id of each question; or the ``choice`` of an agreement, with reasons.
        layers: a folder, or several, with layers on top of the base layer; the topmost ``vagval.yaml`` is used.
        library: a library from :func:`iopdocs.load_library`; *layers* is then ignored.

    Raises:
        LoadError: when an answer is not ja, nej or oklart, or a question or a form does not exist; every problem is listed.
        LibraryError: when a layer is missing or wrong.
    """
    choices = _library(library, layers).choices
    words = [answer.value for answer in Answer]
    wrong = [] if isinstance(answers, FormChoice) else [
        Problem(f"svaret är {answer!r}", f"skriv {', '.join(words[:-1])} eller {words[-1]}", path=question)
        for question, answer in answers.items() if answer not in words
    ]  # fmt: skip
    if wrong:
        raise LoadError(wrong)
    choice = answers if isinstance(answers, FormChoice) else FormChoice(
        answers=tuple(Answered(question=question, answer=Answer(answer)) for question, answer in answers.items())
    )  # fmt: skip
    unknown = [Problem(message, hint, path=path) for path, message, hint in wrong_answers(choice, choices)]
    if unknown:
        raise LoadError(unknown)
    return advise(choices, choice.answers)


def finish(
    assembled: Assembled,
    report: Report | None = None,
    *,
    profiles: Sequence[str] = ("grund",),
    final: bool = False,
    comments: bool = False,
    contents: bool = False,
    data: bool = True,
) -> Document:
    """Return what :func:`render` returns, for an agreement whose texts have been run.

    Raises:
        LibraryError: when a profile is missing or wrong.
        NotFinalError: with *final*, when a finding of level fel or a placeholder remains.
    """
    agreement, library = assembled.effective, assembled.library
    document = attrs.evolve(assembled.document, contents=contents)
    if data:
        left_out = {path for path, _field, _value in not_printed(assembled.agreement, document)}
        document = attrs.evolve(document, data=embedded_text(assembled.agreement, left_out))
    if report is None or final:
        # A final document must meet what the profiles demand, whatever the report was asked to omit.
        report = lint_assembled(assembled, LintOptions(profiles=tuple(profiles)))
    if final:
        _refuse_unfinished(report)
        return attrs.evolve(document, properties=attrs.evolve(document.properties, draft=False))
    known = answered(agreement, library)
    gaps: dict[tuple[str, str], Gap] = {}
    for name in profiles:
        for gap in _gaps(agreement, library.profile(name), known):
            gaps.setdefault((gap.section, gap.path), gap)
    draft = mark_draft(annotate(document, list(gaps.values())), _open_items(report), agreement)
    return with_comments(draft, _remarks(report)) if comments else draft


def _open_items(report: Report) -> list[OpenItem]:
    """Return the list on a draft's first page: what must be done and what is inconsistent, without advice."""
    return [OpenItem(finding.message, finding.hint, finding.section) for finding in report.at_least(Level.WARNING)]


def _remarks(report: Report) -> list[PlacedComment]:
    found = []
    for finding in report.findings:
        text = [f"{finding.code} {finding.level.value}: {finding.message}.", finding.hint]
        if finding.sources:
            text.append("Källa: {sources}.".format(sources="; ".join(finding.sources)))
        found.append(PlacedComment(finding.path, finding.section, Comment(tuple(part for part in text if part))))
    return found


def _gaps(agreement: Agreement, profile: Profile, known: Sequence[str]) -> list[Gap]:
    """Return what *agreement* lacks of *profile* that a section would show; assessments are not part of the document."""
    gaps = []
    for point in unmet(agreement, profile, known):
        if point.section:
            lacks = lacking(agreement, point, known)
            documents = tuple(dict.fromkeys(source.document for source in point.sources if source.document))
            gaps.append(Gap(point.section, lacks[0].path, point.title or "", advice(point, lacks), documents))
    return gaps


def _refuse_unfinished(report: Report) -> None:
    problems = [
        Problem(
            finding.message,
            finding.hint,
            finding.file,
            finding.path,
            finding.position,
            code=finding.code,
            label=label_at(Agreement, finding.path),
        )
        for finding in report.errors
    ]
    if problems:
        raise NotFinalError(problems)


def _check(agreement: Agreement) -> None:
    if not isinstance(agreement, Agreement):
        raise TypeError(f"detta är inget avtal: {agreement!r} – läs in det först med iopdocs.load(…)")


def _options(
    profiles: str | Sequence[str],
    today: date | None,
    limits: Limits | None,
    select: str | Sequence[str],
    ignore: str | Sequence[str],
    rules: Sequence[Rule],
) -> LintOptions:
    if today is not None and not isinstance(today, date):
        raise TypeError(f"today ska vara ett datum (datetime.date), men är {today!r}")
    return LintOptions(
        profiles=_names("profiles", profiles), select=_codes("select", select), ignore=_codes("ignore", ignore),
        limits=limits, today=today.date() if isinstance(today, datetime) else today, rules=tuple(rules),
    )  # fmt: skip


def _names(argument: str, words: str | Iterable[str]) -> tuple[str, ...]:
    if isinstance(words, str):
        return (words,)
    found = tuple(words) if isinstance(words, Iterable) and not isinstance(words, bytes | Mapping) else (None,)
    if not all(isinstance(word, str) for word in found):
        raise TypeError(f"{argument} ska vara en text eller en lista av texter, men är {words!r}")
    return tuple(str(word) for word in found)


def _codes(argument: str, words: str | Iterable[str]) -> tuple[str, ...]:
    # Every code begins with an empty text, which must not select all rules.
    return tuple(word for word in _names(argument, words) if word.strip())


def _library(library: Library | None, layers: AnyPath | Sequence[AnyPath]) -> Library:
    return library or load_library(layers)
