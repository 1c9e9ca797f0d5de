"""What a rule of one's own is made of and tested with. These names stay here, wherever the modules behind them move."""

from iopdocs.findings import Level
from iopdocs.linter.rule import Case, Hit, Rule, rule
from iopdocs.linter.rule_cases import NamedCase, read_cases

__all__ = ["Case", "Hit", "Level", "NamedCase", "Rule", "read_cases", "rule"]
