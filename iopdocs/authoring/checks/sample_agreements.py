"""Render every text with every sample agreement, and with each variant chosen in each of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs
from attrs import define, field, frozen

from iopdocs.assembly import render_document
from iopdocs.authoring.checks.front_matter import condition_text
from iopdocs.authoring.checks.lost_parts import lost_heading, targets_in
from iopdocs.authoring.checks.tags import cannot_run
from iopdocs.authoring.layer_findings import RENDERING, SAMPLES, can_be_named, of_problem
from iopdocs.document.tree import Document
from iopdocs.errors import LoadError, Position, Problem, RenderError
from iopdocs.findings import Finding
from iopdocs.library.agreement_facts import problems_of_text
from iopdocs.library.choices_as_facts import with_choices
from iopdocs.library.clauses import Variant, folded
from iopdocs.library.includes import endless
from iopdocs.library.layers import Layer, Library
from iopdocs.library.texts import FrontMatter, LayerText
from iopdocs.linter.document_gaps import DocumentGap, holes
from iopdocs.model.agreement import Agreement
from iopdocs.model.clauses import ClauseChoice
from iopdocs.model.fields import ClauseName

_ROUNDS = 12
"""How many times failing texts are removed and the rest is tried again."""

Samples = Mapping[str, Agreement]


def load_samples(library: Library, layer: int) -> tuple[Samples, list[Finding]]:
    """Return the sample agreements of *library* by name, and the problems in those of layer number *layer*."""
    read: dict[str, Agreement] = {}
    found: list[Finding] = []
    own = set(library.layers[layer].samples.values())
    for name, file in library.samples.items():
        try:
            read[name] = library.sample(name)
        except LoadError as error:
            found += [of_problem(SAMPLES, problem) for problem in error.problems if file in own]
    return read, found


def runnable(library: Library) -> Library:
    """Return *library* without the words of texts that cannot run, so that the others can be tried."""
    wrong = {problem.file for problem in endless(library)}
    layers = []
    for layer in library.layers:
        texts = {name: _runnable(text, text.file in wrong) for name, text in layer.texts.items()}
        layers.append(attrs.evolve(layer, texts=texts))
    return Library(tuple(layers))


def _runnable(text: LayerText, empty: bool) -> LayerText:
    front = text.front
    made = condition_text(text)
    if made is not None and ("{" in (front.applies or "") or "%}" in (front.applies or "") or cannot_run(made.body)):
        front = attrs.evolve(front, applies=None)
    if any(problems_of_text(text)):
        front = attrs.evolve(front, implies=(), answers=())
    return attrs.evolve(text, front=front, body="" if empty or cannot_run(text.body) else text.body)


@frozen
class _SampleVariant:
    """A *sample* as it is, or with a variant of each clause in *choices* (folded clause to variant)."""

    sample: str
    agreement: Agreement
    choices: Mapping[str, Variant]

    @property
    def chosen(self) -> Agreement:
        """The agreement with the choices made."""
        rest = tuple(one for one in self.agreement.clauses if folded(one.clause or "") not in self.choices)
        made = tuple(
            ClauseChoice(clause=ClauseName(one.clause), variant=one.name or "ja")
            for one in self.choices.values()
            if can_be_named(one.clause)
        )
        return attrs.evolve(self.agreement, clauses=(*rest, *made))


@define
class SampleResults:
    """The results of rendering: the number of *renderings*, and what was *found*, once for each place."""

    renderings: int = 0
    found: list[Finding] = field(factory=list)
    below: dict[tuple[str, tuple[tuple[str, str], ...]], frozenset[tuple[str, str]]] = field(factory=dict, repr=False)
    _told: set[tuple[str, int, str]] = field(factory=set)

    def tell(self, problem: Problem, *, advice: bool = False) -> None:
        """Keep *problem*, unless the same has been reported for the same place."""
        key = (problem.file, problem.position.line if problem.position else 0, problem.message.partition(" (")[0])
        if key not in self._told:
            self._told.add(key)
            self.found.append(of_problem(RENDERING, problem, advice=advice))


def try_samples(library: Library, samples: Samples, layer: int) -> SampleResults:
    """Render every sample as it is, and with each variant that layer number *layer* has a text for chosen.

    A failing text is reported and removed, and the rest is tried again, so that all that fail are reported at once.
    """
    trial = SampleResults()
    library = runnable(library)
    waiting = list(_tries(library, samples, layer))
    for _round in range(_ROUNDS):
        failed: list[_SampleVariant] = []
        files: set[str] = set()
        for one in waiting:
            trial.renderings += 1
            try:
                made = render_document(with_choices(one.chosen, library), library)
            except RenderError as error:
                failed.append(one)
                files |= _tell(error, one, library, trial)
            else:
                _references(made, one, library, layer, trial)
        if not files:
            break
        library = _without(library, files)
        waiting = failed
    return trial


def _tries(library: Library, samples: Samples, layer: int) -> Iterator[_SampleVariant]:
    """Yield each sample as it is, and then with the first variant of every clause chosen, the second, and so on."""
    clauses = library.clauses.values()
    variants = [[one for one in clause.variants.values() if one.layer == layer] for clause in clauses]
    rounds = max((len(one) for one in variants), default=0)
    for name, agreement in samples.items():
        yield _SampleVariant(name, agreement, {})
        for number in range(rounds):
            chosen = {folded(one[number].clause): one[number] for one in variants if number < len(one)}
            yield _SampleVariant(name, agreement, chosen)


def _tell(error: RenderError, one: _SampleVariant, library: Library, trial: SampleResults) -> set[str]:
    """Report what stopped a rendering, and return the files of the texts that did."""
    known = {text.file: (number, text) for number, of in enumerate(library.layers) for text in of.texts.values()}
    files = set()
    for problem in error.problems:
        place = known.get(problem.file)
        if place is not None:
            files.add(problem.file)
        where = f"med exempelavtalet {one.sample}"
        variant = next((v for v in one.choices.values() if place and v.text.name == place[1].name), None)
        if variant is not None:
            where += f" och {variant.id} valt"
        told = f"{problem.message} ({where})"
        # Also an error in a text below: this layer, or a sample of its own, may have caused it.
        trial.tell(attrs.evolve(problem, message=told))
    return files


def _references(made: Document, one: _SampleVariant, library: Library, layer: int, trial: SampleResults) -> None:
    """Report references without a target in this sample, in this layer's own texts and because of this layer."""
    texts = library.layers[layer].texts
    for hole in holes(made):
        text = texts.get(hole.origin.file)
        if not hole.placeholder.path and layer and (text is None or hole.origin.layer != text.layer):
            _lost_target(hole, one, library, layer, trial, {entry.name: entry.heading for entry in made.outline})
        if hole.placeholder.path or text is None or hole.origin.layer != text.layer:
            continue
        message = f"{hole.placeholder.label} leder ingenstans (med exempelavtalet {one.sample})"
        hint = "skriv hänvisningen inom {% if … %} med den uppgift som avsnittet handlar om"
        trial.tell(Problem(message, hint, text.file, position=Position(max(hole.origin.line, 1), 1)), advice=True)


def _lost_target(
    hole: DocumentGap,
    one: _SampleVariant,
    library: Library,
    layer: int,
    trial: SampleResults,
    titles: Mapping[str, str],
) -> None:
    """Report a reference of a text below that has no target, but has one without layer number *layer*."""
    if (hole.placeholder.label, hole.origin.file) in _holes_below(one, library, layer, trial):
        return
    where = f"med exempelavtalet {one.sample}"
    targets = targets_in(library, hole, titles)
    lost = lost_heading(library, layer, targets.keys())
    position = Position(lost.line, 1) if lost else None
    if lost is None:
        message = "i avtalet står {label}: {file}, rad {line}, hänvisar till en rubrik som är borta ({where})"
        hint = "lagret har tagit bort rubriken: skriv den i den text som ska ha den"
    else:
        message = "rubriken är borta, men {file}, rad {line}, hänvisar till den: i avtalet står {label} ({where})"
        hint = "skriv rubriken med samma ord som i texten under: {heading}"
        if lost.block:
            hint = "skriv {super} i blocket, eller rubriken med samma ord som i texten under: {heading}"
    told = message.format(
        label=f"[{hole.placeholder.label}]",
        line=min(targets.values(), default=hole.origin.line),
        file=f"{hole.origin.layer}/{hole.origin.file}",
        where=where,
    )
    hint = hint.format(super="{{ super() }}", heading=lost.heading if lost else "")
    place = lost.file if lost else library.layers[layer].folder
    trial.tell(Problem(told, hint, place, position=position), advice=bool(one.choices))


def _holes_below(one: _SampleVariant, library: Library, layer: int, trial: SampleResults) -> frozenset[tuple[str, str]]:
    """Return the references (label, file) without a target in this sample also without layer number *layer*."""
    key = (one.sample, tuple(sorted((name, variant.id) for name, variant in one.choices.items())))
    if key not in trial.below:
        below = Library(library.layers[:layer])
        try:
            made = render_document(with_choices(one.chosen, below), below)
        except RenderError:
            trial.below[key] = frozenset()
        else:
            trial.below[key] = frozenset((hole.placeholder.label, hole.origin.file) for hole in holes(made))
    return trial.below[key]


def _without(library: Library, files: set[str]) -> Library:
    """Return *library* without the words of the texts in *files*."""

    def emptied(layer: Layer) -> Layer:
        texts = {
            name: attrs.evolve(text, body="", front=_quiet(text.front)) if text.file in files else text
            for name, text in layer.texts.items()
        }
        return attrs.evolve(layer, texts=texts)

    return Library(tuple(emptied(layer) for layer in library.layers))


def _quiet(front: FrontMatter) -> FrontMatter:
    return attrs.evolve(front, applies=None)
