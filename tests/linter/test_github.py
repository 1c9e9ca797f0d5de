"""GitHub annotations: commands that GitHub reads as they were meant, with nothing of what the agreement says."""

from __future__ import annotations

import re
from urllib.parse import unquote

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from iopdocs.errors import Position, Problem
from iopdocs.findings import Finding, Level
from iopdocs.linter.formats.github import annotations
from iopdocs.linter.report import ExemptedFinding, Report
from tests.helpers.properties import examples

FOUND = Finding(
    code="S101", name="slut-före-start", level=Level.ERROR, path="avtalstid.slut", message="HEMLIGT meddelande",
    hint="HEMLIGT råd", quote="HEMLIGT citat", title="Avtalet slutar innan det börjar.", file="avtal.yaml",
    position=Position(3, 9), end=Position(3, 19), fingerprint="0123456789abcdef",
)  # fmt: skip


def lines(*findings: Finding, failures: tuple[Problem, ...] = ()) -> list[str]:
    return list(annotations([Report("avtal.yaml", findings, (), (ExemptedFinding(FOUND, "HEMLIGT skäl"),))], failures))


def read(line: str) -> tuple[str, dict[str, str], str]:
    """Read a workflow command as GitHub's runner does: properties parted by commas, then percent signs undone."""
    match = re.fullmatch(r"::([a-z]+)(?: ([^\r\n]*?))?::([^\r\n]*)", line)
    assert match, line
    properties = dict(part.split("=", 1) for part in match[2].split(",")) if match[2] else {}
    return match[1], {key: unquote(value) for key, value in properties.items()}, unquote(match[3])


def test_a_finding_is_one_command_with_its_place() -> None:
    assert lines(FOUND) == [
        "::error file=avtal.yaml,line=3,col=9,endLine=3,endColumn=19,title=S101::Avtalet slutar innan det börjar (avtalstid.slut)"
    ]


@pytest.mark.parametrize(
    ("level", "word"), [(Level.ERROR, "error"), (Level.WARNING, "warning"), (Level.ADVICE, "notice")]
)
def test_the_three_levels_have_their_commands(level: Level, word: str) -> None:
    assert read(lines(attrs.evolve(FOUND, level=level))[0])[0] == word


def test_columns_are_left_out_where_a_finding_goes_over_lines() -> None:
    _word, properties, _text = read(lines(attrs.evolve(FOUND, end=Position(5, 2)))[0])
    assert properties == {"file": "avtal.yaml", "line": "3", "endLine": "5", "title": "S101"}


def test_nothing_that_the_finding_says_of_the_data_is_there() -> None:
    failure = Problem("HEMLIGT problem", "HEMLIG hjälp", "b.yaml", "HEMLIG väg", Position(4, 2))
    told = lines(FOUND, failures=(failure,))
    assert "HEMLIG" not in "".join(told)
    assert told[1].startswith("::error file=b.yaml,line=4,col=2::Filen kunde inte läsas")


def test_what_has_a_meaning_in_a_command_is_escaped() -> None:
    (line,) = lines(attrs.evolve(FOUND, file="a:b,100%\n.yaml", title="50 %\r\nklart"))
    assert "file=a%3Ab%2C100%25%0A.yaml," in line
    assert line.endswith("::50 %25%0D%0Aklart (avtalstid.slut)")


@given(st.text(max_size=20), st.text(max_size=20), st.text(max_size=20))
@examples(100)
def test_whatever_a_file_is_called_it_comes_back_as_it_was(file: str, title: str, path: str) -> None:
    (line,) = lines(attrs.evolve(FOUND, file=f"f{file}", title=f"t{title}", path=path))
    assert "\n" not in line
    assert "\r" not in line
    word, properties, text = read(line)
    assert (word, properties["file"], properties["title"]) == ("error", f"f{file}", "S101")
    assert text.startswith("t")
