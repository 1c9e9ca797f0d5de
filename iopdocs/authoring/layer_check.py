"""Report every problem in a layer at once: files, front matter, tags, Markdown, references and renderings."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import attrs

from iopdocs.authoring.checks.cross_references import dead_references, targets_of
from iopdocs.authoring.checks.front_matter import front_mistakes
from iopdocs.authoring.checks.lost_parts import dropped_headings, emptied_blocks
from iopdocs.authoring.checks.markdown import markdown_slips
from iopdocs.authoring.checks.sample_agreements import SampleResults, load_samples, try_samples
from iopdocs.authoring.checks.tags import tag_mistakes, words_for_tags
from iopdocs.authoring.checks.unused_files import unread_files
from iopdocs.authoring.layer_findings import LAYER, TEMPLATE, LayerCheck, of_problem, texts_of
from iopdocs.authoring.word_template_report import active_content
from iopdocs.errors import LibraryError, Problem
from iopdocs.findings import Finding, Level
from iopdocs.library.layer_reader import read_base, read_library, templates_dir
from iopdocs.library.layers import REFERENCE, Layer, Library
from iopdocs.templating.text_errors import cut


def check_layer(layers: Sequence[str | Path] = (), *, rendered: bool = True) -> LayerCheck:
    """Return every problem in the topmost of *layers* (folders or zips), which extends the others and the base.

    Without layers the base layer itself is checked. Problems in a layer below are not reported.
    Not *rendered*: the texts are read only, which is quick.

    Raises:
        LibraryError: when a folder is missing or no layer.
    """
    above = [folder for folder in layers if not _is_base(folder)]
    library, problems = read_library(above) if above else read_base()
    layer = len(library.layers) - 1
    folder = str(above[-1]) if above else library.layers[0].folder
    samples, wrong_samples = load_samples(library, layer)
    trial = try_samples(library, samples, layer) if rendered else SampleResults()
    ours = [problem for problem in problems if _is_in(problem, folder)]
    nameless = {text.file for text in texts_of(library, layer) if text.front.id is None}
    found = [
        *(of_problem(LAYER, problem) for problem in ours if not _follows(problem, ours, nameless)),
        *unread_files(library.layers[layer]),
        *front_mistakes(library, layer, frozenset(problem.file for problem in ours if problem.path)),
        *_in_texts(library, layer),
        *_in_template(library.layers[layer]),
        *wrong_samples,
    ]
    found = _once([*found, *_news(trial.found, found)])
    return LayerCheck(
        folder, library.layers[layer].name, len(library.layers[layer].texts), len(samples), trial.renderings,
        tuple(sorted(found, key=_order)), library,
    )  # fmt: skip


def _in_texts(library: Library, layer: int) -> Iterator[Finding]:
    targets = targets_of(library)
    for text in texts_of(library, layer):
        yield from tag_mistakes(text, library, layer)
        yield from markdown_slips(text)
        yield from words_for_tags(text)
        yield from dead_references(text, targets)
        yield from dropped_headings(text, library, layer)
        yield from emptied_blocks(text, library, layer)


def _in_template(layer: Layer) -> list[Finding]:
    if layer.reference is None:
        return []
    try:
        return active_content(layer.reference, layer.files.file(REFERENCE), TEMPLATE)
    except LibraryError:
        return []  # A file that is no Word document is reported when the samples are rendered.


def _is_base(folder: str | Path) -> bool:
    return os.path.realpath(folder) == os.path.realpath(templates_dir())


def _is_in(problem: Problem, folder: str) -> bool:
    inside = Path(os.path.abspath(folder))
    return not problem.file or inside in (
        Path(os.path.abspath(problem.file)),
        *Path(os.path.abspath(problem.file)).parents,
    )


def _follows(problem: Problem, told: Sequence[Problem], nameless: set[str]) -> bool:
    """Return whether *problem* is an unused text, unused only because its id could not be read, which is *told*."""
    start = problem.position is not None and problem.position.line == 1 and not problem.path
    return start and problem.file in nameless and any(one.path and one.file == problem.file for one in told)


def _news(found: Sequence[Finding], told: Sequence[Finding]) -> list[Finding]:
    """Return what rendering *found*, except on lines that reading has already reported (*told*)."""
    lines = {(one.file, one.line) for one in told if one.level is Level.ERROR}
    return [one for one in found if (one.file, one.line) not in lines]


def _once(found: Sequence[Finding]) -> list[Finding]:
    seen: dict[tuple[str, int, str], Finding] = {}
    for one in found:
        seen.setdefault((one.file, one.line, one.message), attrs.evolve(one, message=cut(one.message)))
    return list(seen.values())


def _order(one: Finding) -> tuple[str, int, int, str]:
    column = one.position.column if one.position else 0
    return one.file, one.line, column, one.message
