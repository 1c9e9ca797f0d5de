"""Profiles: what somebody demands of an agreement, as data, and which of it an agreement does not meet."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any

from attrs import frozen

from iopdocs.errors import LibraryError, Problem
from iopdocs.files.load import load_record
from iopdocs.library.settings import Limits
from iopdocs.messages import _
from iopdocs.model.agreement import Agreement
from iopdocs.model.fields import EVERY_PARTY, by_key, entry, is_absent


class Level(Enum):
    """How grave a finding is."""

    ERROR = "fel"
    WARNING = "varning"
    ADVICE = "råd"

    @property
    def rank(self) -> int:
        """3 for fel, 2 for varning, 1 for råd."""
        return {"fel": 3, "varning": 2, "råd": 1}[self.value]


class Condition(Enum):
    """Demands that no single path can express."""

    PUBLIC_PARTY = "offentlig part"
    CIVIL_PARTY = "idéburen part"
    EACH_PARTY_HAS_RESOURCES = "varje part har resurser"
    TERM_KNOWN = "start och slut eller tills vidare"


_WHERE = {
    Condition.PUBLIC_PARTY: "parter",
    Condition.CIVIL_PARTY: "parter",
    Condition.EACH_PARTY_HAS_RESOURCES: "ekonomi.resurser",
    Condition.TERM_KNOWN: "avtalstid",
}


@frozen(kw_only=True)
class Reference:
    """A source: the document's short name and the heading in it."""

    document: str | None = entry("dokument", "Dokument", "Källans korta namn, till exempel malmo.")
    heading: str | None = entry("rubrik", "Rubrik", "Rubriken i källan.")

    def __str__(self) -> str:
        return f"{self.document}, {self.heading}" if self.heading else str(self.document)


@frozen(kw_only=True)
class Point:
    """One demand of a profile: met when any of *paths* holds something, or when *condition* holds."""

    code: str | None = entry("kod", "Kod", "Regelns kod, K och tre siffror.", example="K101")
    title: str | None = entry("titel", "Titel", "Vad som ska finnas, som det kallas i en lista.")
    section: str | None = entry("avsnitt", "Avsnitt", "Det avsnitt där det hör hemma: textfilens namn.")
    paths: tuple[str, ...] = entry(
        "finns", "Finns", "Vägar i data; punkten är mött om någon av dem har innehåll.", many=True
    )
    condition: Condition | None = entry("villkor", "Villkor", "Ett villkor som inte är en väg i data.")
    help: str | None = entry("hjälp", "Hjälp", "Vad den som fyller i ska skriva.")
    level: Level | None = entry("nivå", "Nivå", "fel, varning eller råd.")
    sources: tuple[Reference, ...] = entry("källa", "Källa", "De källor som kräver det.", many=True)

    @property
    def path(self) -> str:
        """Where in the data what is missing would stand."""
        return self.paths[0] if self.paths else _WHERE[self.condition] if self.condition else ""


@frozen(kw_only=True)
class Change:
    """What a profile says of a point that it has taken over, or of a rule: another level, or that it does not apply."""

    code: str | None = entry("regel", "Regel", "Punktens eller regelns kod.", example="K104")
    level: Level | None = entry("nivå", "Nivå", "fel, varning eller råd.")
    removed: bool | None = entry("tas_bort", "Tas bort", "Ja om punkten eller regeln inte ska gälla.", example="ja")
    reason: str | None = entry("skäl", "Skäl", "Varför. Krävs när något tas bort.")


@frozen(kw_only=True)
class Profile:
    """What one municipality, region or guide demands."""

    name: str | None = entry("namn", "Namn", "Profilens namn.")
    description: str | None = entry("beskrivning", "Beskrivning", "Vems krav det är.")
    extends: tuple[str, ...] = entry(
        "utökar", "Utökar", "De profiler vars punkter också krävs.", many=True, example="[grund]"
    )
    points: tuple[Point, ...] = entry("punkter", "Punkter", "Det som krävs.", many=True)
    changes: tuple[Change, ...] = entry(
        "ändringar", "Ändringar", "Punkter och regler som får annan nivå, eller tas bort med ett skäl.", many=True
    )
    limits: Limits | None = entry("gränser", "Gränser", "De tal som reglerna jämför med.")


def parse_profile(text: str, *, name: str, file: str) -> Profile:
    """Return the profile that *text* (YAML) holds.

    Raises:
        LibraryError: when a point lacks its code, title or condition, or names a path that the model lacks.
    """
    profile, positions = load_record(text, Profile, file=file)
    problems = []
    for number, point in enumerate(profile.points, 1):
        where = f"punkter[{number}]"
        problems += [Problem(message, hint, file, where, positions.get(where)) for message, hint in _wrong(point)]
    if problems:
        raise LibraryError(problems)
    return profile


def _wrong(point: Point) -> list[tuple[str, str]]:
    found = []
    if not re.fullmatch(r"[KX][0-9]{3}", point.code or ""):
        what = _("koden ”{code}” har fel form").format(code=point.code) if point.code else _("punkten har ingen kod")
        found.append((what, _("skriv ”kod:” med K och tre siffror, till exempel K101")))
    if not point.title:
        found.append((_("punkten har ingen titel"), _("skriv ”titel:” och vad som ska finnas")))
    if not point.paths and point.condition is None:
        found.append((_("punkten har inget att pröva"), _("skriv ”finns:” med vägar i data, eller ”villkor:”")))
    for path in point.paths:
        if not _known(path):
            found.append((_("vägen ”{path}” finns inte i ett avtal").format(path=path), _("kontrollera stavningen")))
    return found


def _known(path: str) -> bool:
    kind: Any = Agreement
    for key in path.split("."):
        field = by_key(kind).get(key) if isinstance(kind, type) and hasattr(kind, "__attrs_attrs__") else None
        if field is None:
            return False
        kind = field.type
    return True


def holds(record: Any, path: str) -> bool:
    """Tell whether *path* (Swedish keys joined by points) leads to anything in *record*; in a list, any item will do."""
    key, _dot, rest = path.partition(".")
    value = getattr(record, by_key(type(record))[key].name)
    items = value if isinstance(value, tuple) else (value,)
    return any(not _blank(item) and (not rest or holds(item, rest)) for item in items)


def _blank(value: object) -> bool:
    return is_absent(value) or isinstance(value, str) and not isinstance(value, Enum) and not value.strip()


def unmet(agreement: Agreement, profile: Profile) -> tuple[Point, ...]:
    """Return the points of *profile* that *agreement* does not meet, in the profile's order.

    Insatser and ekonomi may stand in an appendix instead (domain, section 5).
    """
    return tuple(point for point in profile.points if not _met(agreement, point))


def _met(agreement: Agreement, point: Point) -> bool:
    if point.condition is not None and not _CONDITIONS[point.condition](agreement):
        return False
    if not point.paths:
        return True
    return any(holds(agreement, path) or _in_appendix(agreement, path) for path in point.paths)


def _in_appendix(agreement: Agreement, path: str) -> bool:
    return path.split(".")[0] in ("insatser", "ekonomi") and holds(agreement, f"bilagor.{path}")


def _each_party_has_resources(agreement: Agreement) -> bool:
    economies = [agreement.economy, *(appendix.economy for appendix in agreement.appendices)]
    named = {resource.party for economy in economies if economy for resource in economy.resources if resource.party}
    if any(name.casefold() == EVERY_PARTY for name in named):
        return bool(agreement.parties)
    giving = [agreement.party(name) for name in named]
    return bool(agreement.parties) and all(any(party is one for one in giving) for party in agreement.parties)


def _term_known(agreement: Agreement) -> bool:
    term = agreement.term
    return term is not None and term.start is not None and (term.end is not None or term.until_further_notice is True)


_CONDITIONS: Mapping[Condition, Callable[[Agreement], bool]] = {
    Condition.PUBLIC_PARTY: lambda a: any(p.kind is not None and p.kind.is_public for p in a.parties),
    Condition.CIVIL_PARTY: lambda a: any(p.kind is not None and p.kind.is_civil for p in a.parties),
    Condition.EACH_PARTY_HAS_RESOURCES: _each_party_has_resources,
    Condition.TERM_KNOWN: _term_known,
}
