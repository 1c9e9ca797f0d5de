"""Nothing is done twice: the texts of an agreement are run once whatever is asked of it, and a rule that is not asked is not called."""

from __future__ import annotations

import pickle
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import attrs
import pytest

import iopdocs
from iopdocs.assembly import Renderer
from iopdocs.batch.worker_task import WorkerSettings, make
from iopdocs.cli.commands.clauses_preview_command import source_of
from iopdocs.cli.lint_settings import LintCommandOptions
from iopdocs.findings import Level
from iopdocs.library.layers import Library
from iopdocs.linter import engine, external_rules
from iopdocs.linter.options import LintOptions
from iopdocs.linter.rule import Case, Hit, Rule, RulePage
from iopdocs.linter.rules import RULES
from iopdocs.model.assessment import Exemption, LintNotes
from iopdocs.preview.current_view import PreviewState
from iopdocs.sources.rows import SourceRow
from tests.helpers.command import iopdocs as run
from tests.helpers.layers import make_layer

EXAMPLES = Path(__file__).parents[2] / "examples"
EXAMPLE = EXAMPLES / "trygga-kvallar.yaml"
AGREEMENT = iopdocs.load(EXAMPLE)
LIBRARY = iopdocs.load_library()


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The documents whose texts have been run."""
    found: list[str] = []
    real = Renderer.run

    def counted(self: Renderer, agreement: Any, document: str, *rest: Any) -> Any:
        found.append(document)
        return real(self, agreement, document, *rest)

    monkeypatch.setattr(Renderer, "run", counted)
    return found


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How many times each rule of the package has been called."""
    found: Counter[str] = Counter()

    def counted(rule: Rule) -> Rule:
        def check(case: Case) -> Iterator[Any]:
            found[rule.code] += 1
            yield from rule.check(case)

        return attrs.evolve(rule, check=check)

    rules = tuple(map(counted, RULES))
    for module in (engine, external_rules):
        monkeypatch.setattr(module, "RULES", rules)
    return found


@pytest.mark.parametrize("how", [{}, {"final": True}, {"comments": True, "contents": True, "data": False}])
def test_in_python_the_texts_run_once_for_a_document(runs: list[str], how: dict[str, bool]) -> None:
    iopdocs.render(AGREEMENT, library=LIBRARY, **how)  # type: ignore[arg-type]
    assert runs == ["avtal"]


@pytest.mark.parametrize("library", [None, LIBRARY])
def test_a_report_that_was_made_before_brings_its_texts(runs: list[str], library: Library | None) -> None:
    report = iopdocs.lint(AGREEMENT, library=library)
    document = iopdocs.render(AGREEMENT, report=report, library=library)
    assert runs == ["avtal"]
    travelled = pickle.loads(pickle.dumps(report))
    assert travelled == report
    assert iopdocs.render(AGREEMENT, report=travelled, library=library).to_docx() == document.to_docx()


def test_a_report_on_another_agreement_or_with_other_texts_lends_nothing(tmp_path: Path) -> None:
    other = attrs.evolve(AGREEMENT, title="Ett annat avtal")
    make_layer(tmp_path / "lager", {"avsnitt/mal.md.j2": "# Mål\n\nBara dessa ord.\n"})
    report = iopdocs.lint(AGREEMENT)
    assert "Ett annat avtal" in iopdocs.render(other, report=report).to_markdown()
    assert "Bara dessa ord." in iopdocs.render(AGREEMENT, report=report, layers=tmp_path / "lager").to_markdown()


def test_a_protocol_runs_the_texts_of_the_agreement_and_its_own_once(runs: list[str]) -> None:
    iopdocs.review(AGREEMENT, library=LIBRARY)
    assert runs == ["avtal", "granskningsprotokoll"]


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (["render", "-o", "ut.html"], ["avtal"]),
        (["render", "-o", "ut.docx", "--final"], ["avtal"]),
        (["lint"], ["avtal"]),
        (["review", "-o", "ut.html"], ["avtal", "granskningsprotokoll"]),
    ],
    ids=lambda value: " ".join(value),
)
def test_a_command_runs_the_texts_of_a_file_once(
    runs: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str], expected: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    name, *rest = command
    assert run(name, EXAMPLE, *rest).code == 0
    assert runs == expected


@pytest.mark.parametrize("final", [False, True])
def test_a_row_of_a_batch_runs_the_texts_once(runs: list[str], final: bool) -> None:
    work = WorkerSettings(kinds=("docx", "html", "md"), final=final, lint=LintOptions(today=date(2026, 11, 22)))
    made = make(SourceRow("a", EXAMPLE.name, AGREEMENT), work, {})
    assert set(made.files) == {"docx", "html", "md"}
    assert runs == ["avtal"]


def test_the_preview_runs_the_texts_once(runs: list[str]) -> None:
    source = source_of(EXAMPLE, LintCommandOptions(no_config=True))
    assert PreviewState(source, lambda: datetime(2027, 5, 4)).look().shown is not None
    assert runs == ["avtal"]


@pytest.mark.parametrize("code", ["S101", "K201", "T101", "L1"])
def test_a_rule_that_is_not_selected_is_not_called(calls: Counter[str], code: str) -> None:
    iopdocs.lint(AGREEMENT, library=LIBRARY, select=code)
    assert calls == {rule.code: 1 for rule in RULES if rule.code.startswith(code)}


def test_a_rule_that_is_ignored_is_not_called(calls: Counter[str]) -> None:
    iopdocs.lint(AGREEMENT, library=LIBRARY, ignore=["S", "T1"])
    assert calls == {rule.code: 1 for rule in RULES if not rule.code.startswith(("S", "T1"))}


def test_a_point_alone_calls_no_rule(calls: Counter[str]) -> None:
    (finding,) = iopdocs.lint(iopdocs.loads("titel: x"), library=LIBRARY, select="K104").findings
    assert finding.code == "K104"
    assert not calls


def test_what_is_selected_says_the_same_as_among_all() -> None:
    exemptions = (
        Exemption(rule="S104", reason="Ett skäl."),
        Exemption(rule="K1"),
        Exemption(rule="K113", reason="Nej."),
    )
    draft = iopdocs.load(EXAMPLES / "utkast-ofullstandigt.yaml")
    agreement = attrs.evolve(draft, lint=LintNotes(exemptions=exemptions))
    everything = iopdocs.lint(agreement, library=LIBRARY, today=date(2030, 1, 1)).findings
    for selected in ("S", "K", "K201", "T", "L", "R"):
        found = iopdocs.lint(agreement, library=LIBRARY, today=date(2030, 1, 1), select=selected).findings
        # An exemption from what was not asked for is left in peace.
        asked = [one for one in everything if one.code.startswith(selected) and "S104" not in one.message]
        assert list(found) == asked


def own(code: str, path: str) -> Rule:
    def check(case: Case) -> Iterator[Hit]:
        yield Hit(path, "egen regel")

    return Rule(code, "egen", Level.ADVICE, (), check, RulePage("Egen.", "v", "v", "d", "b", "k"))


def test_what_a_rule_that_was_not_called_would_have_said_silences_nothing() -> None:
    agreement = iopdocs.loads("titel: x\nekonomi: {resurser: [{part: alla parter, slag: kontanta medel}]}")
    rules = [own("X001", "ekonomi.resurser[1].belopp")]

    def codes(**asked: str) -> list[str]:
        found = iopdocs.lint(agreement, library=LIBRARY, rules=rules, **asked).findings  # type: ignore[arg-type]
        return [one.code for one in found if one.path == "ekonomi.resurser[1].belopp"]

    assert codes() == ["X001"]
    assert codes(select="K201") == codes(ignore="X") == ["K201"]


def test_a_selected_rule_that_fails_does_not_pass_for_one_that_found_nothing() -> None:
    def check(case: Case) -> Iterator[Hit]:
        raise ZeroDivisionError

    broken = attrs.evolve(own("X001", ""), check=check)

    def codes(**asked: str) -> list[str]:
        found = iopdocs.lint(iopdocs.loads("titel: x"), library=LIBRARY, rules=[broken], **asked)  # type: ignore[arg-type]
        return [one.code for one in found.findings]

    assert codes(select="X001") == ["T901"]
    assert codes(select="X001", ignore="T9") == codes(select="S101") == []
