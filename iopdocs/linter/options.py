"""What is asked of a linting: which profiles and rules, with which figures, counted from which day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from attrs import frozen

from iopdocs.library.rule_limits import Limits

if TYPE_CHECKING:
    from iopdocs.linter.rule import Rule


@frozen(kw_only=True)
class LintOptions:
    """What is asked of a linting.

    *profiles* are names of profiles in the library. *select* and *ignore* are codes, or beginnings of codes (``S``,
    ``K1``), of the rules to run and to leave out; an empty *select* means all. *limits* go before those of the profiles.
    Rules that count from a day are silent without *today*. *rules* are the caller's own, besides those of packages.
    """

    profiles: tuple[str, ...] = ("grund",)
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    limits: Limits | None = None
    today: date | None = None
    rules: tuple[Rule, ...] = ()

    def wants(self, code: str) -> bool:
        """Return whether the rule or point *code* is to be run."""
        return (not self.select or code.startswith(self.select)) and not self.ignores(code)

    def ignores(self, code: str) -> bool:
        """Return whether the rule or point *code* is left out."""
        return code.startswith(self.ignore)
