"""Profiles: demands on an agreement, as data, and which of them an agreement does not meet."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import frozen

from iopdocs.findings import Level
from iopdocs.library.data_paths import field_at, holds
from iopdocs.library.point_conditions import Condition, MissingPart, lacks, looks_at, meaning
from iopdocs.library.rule_limits import Limits
from iopdocs.model.agreement import Agreement
from iopdocs.model.fields import entry

_MOST_TOLD = 5  # missing parts that one finding lists


@frozen(kw_only=True)
class SourceReference:
    """A source: the document's short name and the heading in it."""

    document: str | None = entry("dokument", "Dokument", "Källans korta namn, till exempel malmo.")
    heading: str | None = entry("rubrik", "Rubrik", "Rubriken i källan.")

    def __str__(self) -> str:
        return f"{self.document}, {self.heading}" if self.heading else str(self.document)


@frozen(kw_only=True)
class Point:
    """One demand of a profile: any of *paths* and all of *all_paths* have a value, and *condition* is met."""

    code: str | None = entry("kod", "Kod", "Regelns kod, K eller X och tre siffror.", example="K901")
    title: str | None = entry("titel", "Titel", "Vad som ska finnas, som det kallas i en lista.")
    section: str | None = entry("avsnitt", "Avsnitt", "Det avsnitt där det hör hemma: textfilens namn.")
    paths: tuple[str, ...] = entry(
        "finns", "Finns", "Vägar i data; punkten är mött om någon av dem har innehåll.", many=True
    )
    all_paths: tuple[str, ...] = entry("alla", "Alla", "Vägar i data som alla ska ha innehåll.", many=True)
    condition: Condition | None = entry("villkor", "Villkor", "Ett villkor som inte är en väg i data.")
    help: str | None = entry("hjälp", "Hjälp", "Vad den som fyller i ska skriva.")
    level: Level | None = entry("nivå", "Nivå", "fel, varning eller råd; annars fel.")
    sources: tuple[SourceReference, ...] = entry("källa", "Källa", "De källor som kräver det.", many=True)

    @property
    def path(self) -> str:
        """The path in the data where the missing value belongs."""
        if self.paths or self.all_paths:
            return (*self.paths, *self.all_paths)[0]
        return looks_at(self.condition) if self.condition else ""

    @property
    def reads(self) -> tuple[str, ...]:
        """Every path that the point reads."""
        return (*self.paths, *self.all_paths, *((looks_at(self.condition),) if self.condition else ()))

    @property
    def meaning(self) -> str:
        """When the point is met, in sentences."""
        said = ["Punkten är uppfylld när detta stämmer."]
        if len(self.paths) == 1:
            said.append(f"Uppgiften {self.paths[0]} finns.")
        elif self.paths:
            said.append("Någon av dessa uppgifter finns: {paths}.".format(paths=", ".join(self.paths)))
        if self.all_paths:
            said.append("Alla dessa uppgifter finns: {paths}.".format(paths=", ".join(self.all_paths)))
        if self.condition:
            said.append(meaning(self.condition))
        return " ".join(said)


@frozen(kw_only=True)
class Change:
    """A profile's change to an inherited point or to a rule: another level, or that it does not apply."""

    code: str | None = entry("regel", "Regel", "Punktens eller regelns kod.", example="K104")
    level: Level | None = entry("nivå", "Nivå", "fel, varning eller råd.")
    removed: bool | None = entry("tas_bort", "Tas bort", "Ja om punkten eller regeln inte ska gälla.", example="ja")
    reason: str | None = entry("skäl", "Skäl", "Varför. Krävs när något tas bort.")


@frozen(kw_only=True)
class Profile:
    """What one municipality, region or guide demands."""

    name: str | None = entry("namn", "Namn", "Profilens namn: filens namn utan ändelse.")
    description: str | None = entry("beskrivning", "Beskrivning", "Vems krav det är.")
    extends: tuple[str, ...] = entry(
        "utökar", "Utökar", "De profiler vars punkter också krävs.", many=True, example="[grund]"
    )
    points: tuple[Point, ...] = entry("punkter", "Punkter", "Det som krävs.", many=True)
    changes: tuple[Change, ...] = entry(
        "ändringar", "Ändringar", "Punkter och regler som får annan nivå, eller tas bort med ett skäl.", many=True
    )
    limits: Limits | None = entry("gränser", "Gränser", "De tal som reglerna jämför med.")


def unmet(agreement: Agreement, profile: Profile, answered: Sequence[str] = ()) -> tuple[Point, ...]:
    """Return the points of *profile* that *agreement* does not meet, in the profile's order.

    Insatser and ekonomi may be in an appendix instead (domain, section 5). *answered* are paths whose demands a
    clause that the agreement chooses answers with its own text.
    """
    return tuple(point for point in profile.points if lacking(agreement, point, answered))


def lacking(agreement: Agreement, point: Point, answered: Sequence[str] = ()) -> tuple[MissingPart, ...]:
    """Return what *agreement* needs to meet *point*, each with its place; nothing when the point is met."""
    found = list(lacks(agreement, point.condition)) if point.condition is not None else []
    if point.paths and not any(_stands(agreement, path) or _answered(path, answered) for path in point.paths):
        found.append(MissingPart(point.paths[0]))
    for path in point.all_paths:
        if not _stands(agreement, path):
            field = field_at(path)
            found.append(MissingPart(path, f"”{field.entry.label}”" if field else ""))
    return tuple(lack for lack in found if not _answered(lack.path, answered))


def _answered(path: str, answered: Sequence[str]) -> bool:
    """Return whether one of *answered* is *path*, contains it, or is a part of it: a part of a record answers it."""
    return any(f"{path}.".startswith((f"{one}.", f"{one}[")) or one.startswith(f"{path}.") for one in answered)


def is_given(agreement: Agreement, path: str, answered: Sequence[str]) -> bool:
    """Return whether *path*, which the data leave empty, is *answered* by the text of a chosen clause."""
    plain = re.sub(r"\[[0-9]+\]", "", path)
    return field_at(plain) is not None and _answered(plain, answered) and not _stands(agreement, plain)


def advice(point: Point, found: Sequence[MissingPart]) -> str:
    """Return what to write to meet *point*: its help, and the missing parts where only some are missing."""
    said = [lack.says for lack in found if lack.says]
    if not said:
        return point.help or ""
    listed = ", ".join(said[:_MOST_TOLD])
    if len(said) > _MOST_TOLD:
        listed = f"{listed} och {len(said) - _MOST_TOLD} till"
    return f"{point.help or ''} {f'Här fattas: {listed}.'}".strip()


def _stands(agreement: Agreement, path: str) -> bool:
    may_be_appended = path.partition(".")[0] in ("insatser", "ekonomi")
    return holds(agreement, path) or (may_be_appended and holds(agreement, f"bilagor.{path}"))
