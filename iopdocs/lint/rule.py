"""What a rule is: one function that yields where something is wrong and what, with code, name, level and sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from attrs import frozen

from iopdocs.library.profiles import Level
from iopdocs.model.agreement import Agreement

Check = Callable[[Agreement], Iterable[tuple[str, str]]]
"""Yields (Swedish path, message) for each place where the rule is broken."""


@frozen
class Rule:
    """A rule: its *check* and what the catalogue says of it. *doc* has the parts Vad, Varför, exempel and Källa."""

    code: str
    name: str
    level: Level
    sources: tuple[str, ...]
    check: Check
    doc: str


def rule(code: str, name: str, level: Level, *sources: str) -> Callable[[Check], Rule]:
    """Make a :class:`Rule` of the function below, whose docstring is the rule's page."""

    def make(check: Check) -> Rule:
        return Rule(code, name, level, sources, check, check.__doc__ or "")

    return make
