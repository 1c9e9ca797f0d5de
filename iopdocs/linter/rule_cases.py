"""Test cases of a rule as data: agreements in which it reports findings, and near misses in which it reports none.

For the package's own rules and for external rules: a YAML file for each rule, run by one test::

    @pytest.mark.parametrize("case", read_cases(Path("tests/fall")), ids=str)
    def test_the_rule_says_what_the_case_says(case):
        assert case.found(rules=(my_rule,)) == case.expected
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from attrs import frozen

from iopdocs.assembly import assemble
from iopdocs.files.loader import load_record, loads
from iopdocs.files.text_file import read_text
from iopdocs.findings import Finding
from iopdocs.library.layer_reader import load_library
from iopdocs.library.layers import Library
from iopdocs.library.rule_limits import Limits
from iopdocs.linter.engine import lint_agreement
from iopdocs.linter.options import LintOptions
from iopdocs.linter.rule import Rule
from iopdocs.linter.rules import RULES
from iopdocs.model.fields import entry


@frozen(kw_only=True)
class RuleCase:
    """An agreement (*data*, YAML) and the paths at which the rule reports a finding; no paths means no finding."""

    name: str | None = entry("namn", "Namn", "Vad fallet visar.")
    data: str | None = entry("data", "Data", "Avtalet, som YAML i ett block efter |.")
    found_at: tuple[str, ...] = entry(
        "fynd",
        "Fynd",
        "Vägarna där regeln ska säga något, i filens ordning; ”avtalet” när den gäller hela avtalet.",
        many=True,
    )
    says: tuple[str, ...] = entry("säger", "Säger", "Ord som ska stå i meddelandena.", many=True)
    today: date | None = entry("idag", "Idag", "Dagen som regeln räknar från.")
    limits: Limits | None = entry("gränser", "Gränser", "De tal som regeln jämför med.")
    profiles: tuple[str, ...] = entry("profiler", "Profiler", "Profiler att granska mot; annars grund.", many=True)


@frozen(kw_only=True)
class RuleCases:
    """The cases of one rule."""

    code: str | None = entry("regel", "Regel", "Regelns kod.")
    cases: tuple[RuleCase, ...] = entry("fall", "Fall", "Fallen.", many=True)


@frozen
class NamedCase:
    """A case with the code of its rule and the file that contains it."""

    code: str
    file: str
    case: RuleCase

    def __str__(self) -> str:
        return f"{self.code} {self.case.name}"

    @property
    def expected(self) -> list[str]:
        """The paths at which the rule should report a finding."""
        return ["" if path == "avtalet" else path for path in self.case.found_at]

    def findings(self, rules: Sequence[Rule] = RULES, library: Library | None = None) -> list[Finding]:
        """Return the rule's findings, and a finding T901 for any rule that failed."""
        agreement = loads(self.case.data or "format: 1\n", file=f"{self.file} ({self.case.name})")
        made = assemble(agreement, library or load_library())
        options = LintOptions(profiles=self.case.profiles or ("grund",), today=self.case.today, limits=self.case.limits)
        report = lint_agreement(made.effective, made.library, options, document=made.document, rules=rules)
        return [finding for finding in report.findings if finding.code in (self.code, "T901")]

    def found(self, rules: Sequence[Rule] = RULES, library: Library | None = None) -> list[str]:
        """Return the paths of the rule's findings."""
        return [finding.path for finding in self.findings(rules, library)]


def read_cases(folder: Path) -> list[NamedCase]:
    """Return every case in the YAML files of *folder*.

    Raises:
        LoadError: when a file is invalid; each problem has its position.
    """
    named_cases = []
    for path in sorted(folder.glob("*.yaml")):
        cases, _positions = load_record(read_text(path), RuleCases, file=str(path))
        named_cases += [NamedCase(cases.code or path.stem, path.name, case) for case in cases.cases]
    return named_cases
