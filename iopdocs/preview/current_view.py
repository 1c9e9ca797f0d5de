"""The current view of the page: the current document and findings, or the last valid ones and the current errors."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from threading import Lock

import attrs
from attrs import Factory, define, field, frozen

from iopdocs.api import finish, lint_assembled
from iopdocs.assembly import assemble
from iopdocs.errors import IopdocsError, LibraryError, LoadError, Problem, ProblemsError
from iopdocs.files.loader import load
from iopdocs.library.layer_reader import forget_base_layer
from iopdocs.library.layers import Library
from iopdocs.linter.report import Report
from iopdocs.model.agreement import Agreement
from iopdocs.model.parties import Party, PartyKind
from iopdocs.preview.origins import Origins
from iopdocs.preview.watched_files import Mark, PreviewInputs, PreviewSource, stamp_of
from iopdocs.writers.html import html_body, html_contents

Stamp = tuple[tuple[Path, Mark], ...]


@frozen(eq=False)
class ShownDocument:
    """A document as shown: its *title*, the HTML of its *body* and *contents*, the *report* and the *origins*."""

    title: str
    body: str
    contents: str
    report: Report
    origins: Origins
    made: datetime


@frozen(eq=False)
class CurrentView:
    """The contents of the page: *shown* is the last document that could be made, if any, *trouble* the current errors.

    *what* names the kind of trouble in a few words. *file* is the shown file, *layers* the names of the layers from the
    bottom, *samples* the names to choose among and *sample* the chosen one. *version* grows with every change.
    """

    version: int
    file: str
    layers: tuple[str, ...]
    shown: ShownDocument | None
    trouble: tuple[Problem, ...] = ()
    what: str = ""
    samples: tuple[str, ...] = ()
    sample: str = ""


@define
class PreviewState:
    """Makes views of *source*; *now* is the clock. A view is kept until :meth:`changed` is called."""

    source: PreviewSource
    now: Callable[[], datetime]
    version: int = 1
    _views: dict[str, CurrentView] = Factory(dict)
    _good: dict[str, ShownDocument] = Factory(dict)
    _given: tuple[Stamp, PreviewInputs] | None = None
    _layers: tuple[str, ...] = ()
    _samples: tuple[str, ...] = ()
    _lock: Lock = field(factory=Lock, repr=False)

    def changed(self) -> None:
        """Note that a file has changed: everything is read again at the next request for the view."""
        self.version += 1

    def look(self, sample: str = "") -> CurrentView:
        """Return the current view; *sample* is the name of a sample agreement, when no file was given."""
        with self._lock:
            # Read before the files: a change while they are read then makes the view outdated at once.
            version = self.version
            kept = self._views.get(sample)
            if kept is None or kept.version != version:
                kept = self._views[sample] = self._view(version, sample)
            return kept

    def _view(self, version: int, sample: str) -> CurrentView:
        trouble: tuple[Problem, ...] = ()
        what = ""
        name = str(self.source.file) if self.source.file is not None else ""
        try:
            given = self._read()
            if self.source.file is None:
                sample = sample or _first(given.library)
                name = "exempelavtalet {name}".format(name=sample or "i programmet")
            self._good[sample] = self._shown(given, sample)
        except ProblemsError as error:
            trouble, what = error.problems, _kind(error)
        except (IopdocsError, OSError) as error:
            trouble, what = (Problem(str(error)),), "Något gick inte att läsa"
        except Exception as error:
            # A bug in iopdocs must not end the preview: the next change may avoid it.
            message = f"fel i iopdocs självt ({type(error).__name__})"
            trouble, what = (Problem(message, "anmäl det gärna"),), "Fel i iopdocs"
        return CurrentView(version, name, self._layers, self._good.get(sample), trouble, what, self._samples, sample)

    def _read(self) -> PreviewInputs:
        places = self.source.places()
        data = self.source.file.absolute() if self.source.file is not None else None
        stamp = stamp_of(attrs.evolve(places, files=tuple(file for file in places.files if file != data)))
        if self._given is None or self._given[0] != stamp:
            # When only the data have changed the texts are reused, which saves most of the work.
            self._given = None
            forget_base_layer()
            self._given = (stamp, self.source.given())
        given = self._given[1]
        self._layers = tuple(layer.name for layer in given.library.layers)
        self._samples = tuple(given.library.samples) if self.source.file is None else ()
        return given

    def _shown(self, given: PreviewInputs, sample: str) -> ShownDocument:
        agreement = self._agreement(given.library, sample)
        made = self.now()
        assembled = assemble(agreement, given.library)
        report = lint_assembled(assembled, attrs.evolve(given.options, today=made.date()))
        document = finish(assembled, report, profiles=given.options.profiles)
        origins = Origins(document, given.library, agreement)
        return ShownDocument(
            document.properties.title, html_body(document, origins), html_contents(document), report, origins, made
        )

    def _agreement(self, library: Library, sample: str) -> Agreement:
        if self.source.file is not None:
            return load(self.source.file)
        if not sample:
            return _minimal()
        if sample not in library.samples:
            known = ", ".join(library.samples) or "inga finns"
            hint = f"välj bland: {known}"
            raise LibraryError.one(f"exempelavtalet ”{sample}” finns inte", hint)
        return library.sample(sample)


def _first(library: Library) -> str:
    """Return the first sample of the topmost layer that has any, or an empty text."""
    return next((name for layer in reversed(library.layers) for name in sorted(layer.samples)), "")


def _kind(error: ProblemsError) -> str:
    return "Fel i uppgifterna" if isinstance(error, LoadError) else "Fel i texten"


def _minimal() -> Agreement:
    municipality = Party(name="Exempelstads kommun", short_name="Kommunen", kind=PartyKind.MUNICIPALITY)
    association = Party(name="Föreningen Exempel", short_name="Föreningen", kind=PartyKind.ASSOCIATION)
    return Agreement(title="Exempel på avtal", parties=(municipality, association))
