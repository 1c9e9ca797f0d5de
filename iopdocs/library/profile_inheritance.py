"""Resolve profiles that extend others: the final points, changes and limits of each, over all layers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import attrs
from attrs import define, frozen

from iopdocs.errors import Problem
from iopdocs.files.value_readers import fold, nearest
from iopdocs.findings import Family
from iopdocs.library.data_paths import section_of
from iopdocs.library.profile_reader import WrittenProfile, is_rule_code, shown
from iopdocs.library.profiles import Change, Point, Profile
from iopdocs.library.rule_limits import Limits

BELOW = "bas/"
"""Before a name: the profile of that name in the next layer below that has one."""

_DEEPEST = (
    50  # the longest chain of profiles that extend one another: more than anybody needs, less than the stack allows
)

_Key = tuple[int, str]
"""A profile: the number of its layer from the bottom, and its name."""


@frozen
class ResolvedProfiles:
    """Every profile of a library with what it extends merged in: *profiles* by name, from the topmost layer of each."""

    profiles: Mapping[str, Profile]
    problems: tuple[Problem, ...]


def resolve_profiles(layers: Sequence[Mapping[str, WrittenProfile]], sections: Sequence[str]) -> ResolvedProfiles:
    """Return the profiles of *layers* (from the bottom) in their final form, and every problem with them.

    *sections* are the names of the sections that a point can belong to.
    """
    work = _Resolving(layers)
    found: dict[str, Profile] = {}
    for number, layer in enumerate(layers):
        for name, written in layer.items():
            work.problems += _unknown_sections(written, sections)
            profile = work.profile((number, name), ())
            if profile is not None:
                found[name] = profile
    return ResolvedProfiles(found, tuple(work.problems))


def near(name: str, known: Sequence[str]) -> str:
    """Return a hint that names the one of *known* that *name* may stand for, and all of them."""
    found = nearest(name, {fold(one): one for one in known})
    listed = ", ".join(known)
    if found:
        return f"menade du ”{found}”? Välj bland: {listed}"
    return "välj bland: " + listed


@define
class _Resolving:
    """The profiles resolved so far (``None``: cannot be used), and the problems found."""

    layers: Sequence[Mapping[str, WrittenProfile]]
    done: dict[_Key, Profile | None] = attrs.Factory(dict)
    problems: list[Problem] = attrs.Factory(list)

    def profile(self, key: _Key, chain: tuple[_Key, ...]) -> Profile | None:
        """Return the profile *key* in its final form; *chain* are the profiles that extend it, in order."""
        if key not in self.done:
            self.done[key] = self._made(key, (*chain, key))
        return self.done[key]

    def _made(self, key: _Key, chain: tuple[_Key, ...]) -> Profile | None:
        number, name = key
        written = self.layers[number][name]
        parents: list[Profile] = []
        whole = True
        for place, said in enumerate(written.profile.extends, 1):
            parent = self._parent(written, said, f"utökar[{place}]", chain)
            whole = whole and parent is not None
            parents += [parent] if parent is not None else []
        if not whole:
            # Changes to points that could not be inherited would be reported as wrong without being so.
            return None
        inherited = _by_code(point for parent in parents for point in parent.points)
        wrong = list(_unknown_changes(written, inherited))
        self.problems += wrong
        return None if wrong else _joined(written.profile, inherited, parents)

    def _parent(self, written: WrittenProfile, said: str, path: str, chain: tuple[_Key, ...]) -> Profile | None:
        number, name = chain[-1]
        wanted, top = said.strip(), len(self.layers)
        if wanted.startswith(BELOW):
            wanted, top = wanted.removeprefix(BELOW), number
        key = next(((n, wanted) for n in range(top - 1, -1, -1) if wanted in self.layers[n]), None)
        problem: tuple[str, str] | None = None
        if key is None:
            known = sorted({one for layer in self.layers[:top] for one in layer} - ({name} if top > number else set()))
            what = "profilen ”{name}” finns inte" if top > number else "inget lager under har profilen ”{name}”"
            problem = what.format(name=shown(wanted)), near(wanted, known) if known else "ta bort raden"
        elif key == chain[-1]:
            below = any(name in layer for layer in self.layers[:number])
            hint = "skriv ”{below}” för profilen i lagret under" if below else "ta bort ”{name}” ur listan"
            problem = "profilen utökar sig själv", hint.format(below=BELOW + name, name=name)
        elif key in chain:
            names = " → ".join(one for _layer, one in (*chain[chain.index(key) :], key))
            problem = f"profilerna utökar varandra i en cirkel: {names}", "ta bort en av dem"
        elif len(chain) >= _DEEPEST and key not in self.done:
            problem = f"fler än {_DEEPEST} profiler utökar varandra i rad", "utöka färre"
        if problem is None and key is not None:
            return self.profile(key, chain)
        if problem is not None:
            self.problems.append(written.problem(*problem, path))
        return None


def _by_code(points: Iterator[Point]) -> dict[str, Point]:
    """Return *points* by code; where several profiles bring the same code, the first named takes precedence."""
    found: dict[str, Point] = {}
    for point in points:
        found.setdefault(point.code or "", point)
    return found


def _joined(own: Profile, inherited: Mapping[str, Point], parents: Sequence[Profile]) -> Profile:
    changes = {change.code: change for change in own.changes}
    replaced = {point.code: point for point in own.points}
    points = [
        replaced[code] if code in replaced else _changed(point, changes.get(code))
        for code, point in inherited.items()
        if code in replaced or not _removed(changes.get(code))
    ]
    points += [point for point in own.points if point.code not in inherited]
    limits = own.limits or Limits()
    kept = {point.code: point for point in points}
    # An own point that replaces the inherited one also replaces the changes to it.
    changed = [change for change in own.changes if change.code not in replaced]
    for parent in parents:
        limits = limits.over(parent.limits or Limits())
        said = {change.code for change in changed}
        changed += [one for one in parent.changes if one.code not in said and _still_holds(one, kept, inherited)]
    return attrs.evolve(own, extends=(), points=tuple(points), changes=tuple(changed), limits=limits)


def _still_holds(change: Change, kept: Mapping[str | None, Point], inherited: Mapping[str, Point]) -> bool:
    """Return whether the inherited *change* still applies: another parent or an own point may restore the point."""
    point = kept.get(change.code)
    if point is None:
        # Removed further down, or a rule. A point that the own profile removes is marked there.
        return change.code not in inherited
    return not _removed(change) and point.level is change.level


def _changed(point: Point, change: Change | None) -> Point:
    return attrs.evolve(point, level=change.level) if change is not None and change.level is not None else point


def _removed(change: Change | None) -> bool:
    return change is not None and change.removed is True


def _unknown_changes(written: WrittenProfile, inherited: Mapping[str, Point]) -> Iterator[Problem]:
    for number, change in enumerate(written.profile.changes, 1):
        code = change.code or ""
        if code in inherited or is_rule_code(code):
            continue
        if Family.of(code) is Family.COMPLETENESS:
            message = "punkten ”{code}” finns inte i det som profilen utökar"
            hint = near(code, sorted(inherited)) if inherited else "skriv ”utökar:” med den profil som har punkten"
        else:
            message = "”{code}” är ingen kod"
            hint = "en kod är K, S, J, R, L, T eller X och tre siffror, till exempel R401"
        yield written.problem(message.format(code=shown(code)), hint, f"ändringar[{number}].regel")


def _unknown_sections(written: WrittenProfile, sections: Sequence[str]) -> Iterator[Problem]:
    for number, point in enumerate(written.profile.points, 1):
        if point.section and point.section not in sections:
            message = f"avsnittet ”{shown(point.section)}” finns inte"
            meant = section_of(point.section.lower()) or point.section
            yield written.problem(message, near(meant, sections), f"punkter[{number}].avsnitt")
