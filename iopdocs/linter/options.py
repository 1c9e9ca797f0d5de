"""The options of the linter: profiles, rules, limits and the day to count from."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from attrs import frozen

from iopdocs.library.rule_limits import Limits

if TYPE_CHECKING:
    from iopdocs.linter.rule import Rule


@frozen(kw_only=True)
class LintOptions:
    """The options of the linter.

    *profiles* are names of profiles in the library. *select* and *ignore* are codes, or prefixes of codes (``S``,
    ``K1``), of the rules to run and to omit; an empty *select* means all. *limits* override those of the profiles. Rules
    that count from a day report nothing without *today*. *rules* are the caller's own, besides those of packages.
    """

    profiles: tuple[str, ...] = ("grund",)
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    limits: Limits | None = None
    today: date | None = None
    rules: tuple[Rule, ...] = ()

    def wants(self, code: str) -> bool:
        """Return whether the rule or point *code* is run."""
        return (not self.select or code.startswith(self.select)) and not self.ignores(code)

    def ignores(self, code: str) -> bool:
        """Return whether the rule or point *code* is ignored."""
        return code.startswith(self.ignore)
