"""From agreement to document: what Python users meet, and what a draft and a final document are."""

from __future__ import annotations

import hashlib
import os
import pickle
import re
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given

import iopdocs
from iopdocs.document.tree import Placeholder
from iopdocs.document.walk import all_inlines, blocks_of, plain
from iopdocs.library.layer_reader import load_library
from iopdocs.library.layers import Library
from tests.helpers.properties import examples
from tests.helpers.strategies import agreements, plausible_agreements

EXAMPLES = Path(__file__).parents[2] / "examples"
EXAMPLE = EXAMPLES / "trygga-kvallar.yaml"
LIBRARY = load_library()


def test_four_lines_of_python_make_a_document(tmp_path: Path) -> None:
    agreement = iopdocs.load(EXAMPLE)
    document = iopdocs.render(agreement)
    assert document.save(tmp_path / "avtal.docx").read_bytes() == document.to_docx()
    assert iopdocs.lint(agreement).findings == ()


@pytest.mark.parametrize(
    "first", ["import iopdocs.linter.engine", "import iopdocs.assembly", "import iopdocs.api", "pass"]
)
def test_the_functions_can_be_called_whatever_was_imported_before(first: str) -> None:
    code = f"{first}\nimport iopdocs\na = iopdocs.loads('titel: x')\niopdocs.render(a)\nprint(len(iopdocs.lint(a).findings))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert int(result.stdout) > 0


def test_every_public_name_is_there_and_listed() -> None:
    for name in iopdocs.__all__:
        assert getattr(iopdocs, name) is not None
        assert name in dir(iopdocs)
    assert iopdocs.__version__
    with pytest.raises(AttributeError):
        iopdocs.finns_inte  # noqa: B018


@pytest.mark.parametrize("seed", ["0", "1"])
def test_the_same_bytes_in_another_process_on_another_day(tmp_path: Path, seed: str) -> None:
    code = (
        "import sys, time, hashlib\n"
        f"time.time = lambda: {int(seed) * 86400 * 400 + 1_700_000_000}.0\n"
        "import iopdocs\n"
        f"d = iopdocs.render(iopdocs.load({str(EXAMPLE)!r}))\n"
        "print(hashlib.sha256(d.to_docx() + d.to_html().encode() + d.to_markdown().encode()).hexdigest())"
    )
    environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo" if seed == "1" else "UTC"}
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, timeout=60, check=True
    )
    document = iopdocs.render(iopdocs.load(EXAMPLE))
    here = hashlib.sha256(
        document.to_docx() + document.to_html().encode() + document.to_markdown().encode()
    ).hexdigest()
    assert result.stdout.strip() == here


def test_a_draft_shows_what_is_missing_in_its_section() -> None:
    (draft,) = EXAMPLES.glob("utkast*.yaml")
    agreement = iopdocs.load(draft)
    document = iopdocs.render(agreement, library=LIBRARY)
    shown = {node.path for node in all_inlines(document) if isinstance(node, Placeholder)}
    for finding in iopdocs.lint(agreement, library=LIBRARY).findings:
        if finding.code.startswith("K"):
            assert finding.path in shown, finding
    economy = next(section for section in document.sections if section.name == "ekonomi")
    assert plain(economy.heading) == "Ekonomi"


def test_a_draft_says_that_no_lawyer_has_reviewed_it_and_a_final_one_does_not() -> None:
    agreement = iopdocs.load(EXAMPLE)

    def says(final: bool) -> bool:
        document = iopdocs.render(agreement, final=final, library=LIBRARY)
        return any("jurist" in plain(block.children) for block in blocks_of(document) if hasattr(block, "children"))

    assert says(final=False)
    assert not says(final=True)


def test_final_is_refused_while_anything_is_missing() -> None:
    (draft,) = EXAMPLES.glob("utkast*.yaml")
    with pytest.raises(iopdocs.NotFinalError) as caught:
        iopdocs.render(iopdocs.load(draft), final=True, library=LIBRARY)
    assert any("K113" in str(problem) for problem in caught.value.problems)
    for problem in caught.value.problems:
        assert problem.code[0].isupper()
        assert not problem.message.startswith(problem.code)
        assert f"{problem.code} {problem.message}" in str(problem)
        assert problem.label or not problem.path


@examples(40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(agreement=agreements())
def test_any_agreement_renders_in_every_form(agreement: iopdocs.Agreement) -> None:
    document = iopdocs.render(agreement, library=LIBRARY)
    assert document.to_docx() == iopdocs.render(agreement, library=LIBRARY).to_docx()
    assert document.to_html()
    assert document.to_markdown()
    iopdocs.lint(agreement, library=LIBRARY)


@examples(20, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(agreement=plausible_agreements())
def test_no_section_is_empty_and_numbers_have_no_gap(agreement: iopdocs.Agreement) -> None:
    document = iopdocs.render(agreement, library=LIBRARY)
    numbers = [section.number for section in document.sections if section.number.isdigit()]
    assert numbers == [str(n) for n in range(1, len(numbers) + 1)]
    for section in document.sections:
        assert section.blocks or section.number.startswith("Bilaga") or section.name.startswith("eget"), section.name


def test_documents_agreements_and_errors_travel_between_processes() -> None:
    agreement = iopdocs.load(EXAMPLE)
    document = iopdocs.render(agreement, library=LIBRARY)
    assert pickle.loads(pickle.dumps(agreement)) == agreement
    assert pickle.loads(pickle.dumps(document)) == document
    with pytest.raises(iopdocs.LoadError) as caught:
        iopdocs.loads("titel: [a]")
    assert pickle.loads(pickle.dumps(caught.value)).problems == caught.value.problems


AGREEMENT = iopdocs.loads("status: gällande\navtalstid: {start: 2026-01-01, slut: 2027-06-01}\n")
"""Over on 2028-01-01, which one rule says when it is told the day."""


def test_threads_that_begin_at_once_make_the_same_documents() -> None:
    """The texts are then compiled by all of them, side by side."""
    agreements = [iopdocs.load(path) for path in sorted(EXAMPLES.glob("*.yaml"))]
    library = Library(load_library().layers)
    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(lambda one: iopdocs.render(one, library=library), agreements * 2))
    assert made == [iopdocs.render(one) for one in agreements] * 2


def test_without_layers_the_texts_are_read_and_compiled_once() -> None:
    assert load_library() is load_library()


@pytest.mark.parametrize("run", [iopdocs.lint, iopdocs.review])
@pytest.mark.parametrize("today", ["2028-01-01", 5, True, ("2028", 1)])
def test_a_day_that_is_no_date_is_refused_at_the_call(run: Callable[..., object], today: object) -> None:
    with pytest.raises(TypeError, match=r"^today ska vara ett datum \(datetime.date\), men är "):
        run(AGREEMENT, today=today, library=LIBRARY)


def test_a_point_in_time_is_taken_as_its_day() -> None:
    day, moment = date(2028, 1, 1), datetime(2028, 1, 1, 23, 59)
    assert iopdocs.lint(AGREEMENT, today=moment, library=LIBRARY) == iopdocs.lint(AGREEMENT, today=day, library=LIBRARY)
    assert iopdocs.lint(AGREEMENT, today=day, library=LIBRARY) != iopdocs.lint(AGREEMENT, library=LIBRARY)
    one, other = (iopdocs.review(AGREEMENT, today=today, library=LIBRARY) for today in (day, moment))
    assert one.to_markdown() == other.to_markdown()
    assert "1\u00a0januari\u00a02028" in one.to_markdown()


@pytest.mark.parametrize("run", [iopdocs.lint, iopdocs.review])
@pytest.mark.parametrize("name", ["profiles", "select", "ignore"])
@pytest.mark.parametrize("value", [5, None, b"S101", ["S101", 5], {"S101": True}, [["S101"]]])
def test_what_are_no_names_or_codes_is_refused_at_the_call(
    run: Callable[..., object], name: str, value: object
) -> None:
    with pytest.raises(TypeError, match=rf"^{name} ska vara en text eller en lista av texter, men är "):
        run(AGREEMENT, library=LIBRARY, **{name: value})


def test_one_code_needs_no_list() -> None:
    def codes(**asked: object) -> set[str]:
        found = iopdocs.lint(AGREEMENT, library=LIBRARY, today=date(2028, 1, 1), **asked)  # type: ignore[arg-type]
        return {finding.code for finding in found.findings}

    assert codes(select="K101") == codes(select=["K101"]) == {"K101"}
    assert codes(ignore="K101") == codes() - {"K101"}
    assert codes(select="", ignore=["", " "]) == codes()
    assert codes(profiles="malmo") == codes(profiles=["malmo"])


def test_a_review_asks_only_what_it_says_that_it_has_asked() -> None:
    text = iopdocs.review(AGREEMENT, select="S", library=LIBRARY, today=date(2028, 1, 1)).to_markdown()
    assert "Bara regler vars koder börjar så här har prövats: S." in text
    assert not re.search(r"\bT[0-9]{3}\b|\bR[0-9]{3}\b", text)
