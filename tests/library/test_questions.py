"""Lists of questions: the ones that come with the package, a layer's own, and what a broken one is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iopdocs.errors import LibraryError
from iopdocs.library.layer_reader import load_library
from iopdocs.library.question_lists import Meaning, parse_questions

LIBRARY = load_library()
WHOLE = """\
titel: Våra frågor
innebörd: alla ska vara ja
källa: [{dokument: Riktlinje, rubrik: Prövning}]
frågor:
  - id: nytta
    fråga: Är det till nytta?
  - id: mål
    fråga: Är målet gemensamt?
"""


@pytest.mark.parametrize(
    ("name", "number", "meaning"),
    [
        ("kannetecken", 4, Meaning.ALL_YES_WANTED),
        ("offentligt-kontrakt", 6, Meaning.ALL_YES_IS_CONTRACT),
        ("offentligt-kontrakt-uhm", 5, Meaning.ALL_YES_IS_CONTRACT),
        ("statsstod", 5, Meaning.ANY_NO_IS_NO_AID),
        ("kommunallagen", 6, Meaning.ALL_YES_WANTED),
        ("vgr-villkor", 6, Meaning.ALL_YES_WANTED),
        ("skr-kriterier", 8, Meaning.ALL_YES_WANTED),
    ],
)
def test_the_base_layer_has_the_lists(name: str, number: int, meaning: Meaning) -> None:
    found = LIBRARY.questions(name)
    assert (found.name, len(found.questions), found.meaning) == (name, number, meaning)
    for question in found.questions:
        assert (question.text or "").endswith("?")
        assert question.sources or found.sources


def test_the_base_layer_has_no_other_lists_than_those() -> None:
    assert len(LIBRARY.question_lists) == 7


def test_unknown_list_is_reported_with_existing_lists() -> None:
    with pytest.raises(LibraryError, match=r"listan ”egen” finns inte.*välj bland: .*kannetecken"):
        LIBRARY.questions("egen")


def test_a_list_in_a_layer_goes_before_that_of_the_base_and_a_new_one_is_added(tmp_path: Path) -> None:
    (tmp_path / "bedomning").mkdir()
    (tmp_path / "lager.yaml").write_text("namn: exempelstad\n", encoding="utf-8")
    for name in ("kannetecken", "egen"):
        (tmp_path / "bedomning" / f"{name}.yaml").write_text(WHOLE, encoding="utf-8")
    library = load_library([tmp_path])
    assert library.questions("kannetecken").title == "Våra frågor"
    assert library.questions("egen").name == "egen"
    assert library.questions("statsstod") == LIBRARY.questions("statsstod")


def test_a_question_is_found_whatever_its_letter_case() -> None:
    found = parse_questions(WHOLE, name="egen", file="egen.yaml")
    assert found.question(" Mål ") is found.questions[1]
    assert found.question("mal") is None


@pytest.mark.parametrize(
    ("change", "line", "what", "right"),
    [
        (("titel: Våra frågor\n", ""), 1, "ingen titel", "titel:"),
        (("innebörd: alla ska vara ja\n", ""), 1, "vad svaren betyder", "alla ska vara ja"),
        (("alla ska vara ja", "alla ska vara nej"), 2, "alla ska vara nej", "alla ska vara ja"),
        (("källa: [{dokument: Riktlinje, rubrik: Prövning}]\n", ""), 1, "ingen källa", "dokument"),
        (("  - id: nytta\n    fråga: ", "  - fråga: "), 5, "inget id", "annat-stöd"),
        (("id: nytta", "id: Till nytta"), 5, "”Till nytta” har fel form", "annat-stöd"),
        (("    fråga: Är det till nytta?\n", ""), 5, "saknar text", "fråga:"),
        (("id: mål", "id: nytta"), 7, "samma id som fråga 1", "eget id"),
        (("fråga: Är målet", "fraga: Är målet"), 8, "fraga", "fråga"),
    ],
)
def test_invalid_list_is_reported_with_file_line_and_remedy(
    change: tuple[str, str], line: int, what: str, right: str
) -> None:
    with pytest.raises(LibraryError) as told:
        parse_questions(WHOLE.replace(*change), name="egen", file="bedomning/egen.yaml")
    problem = next(problem for problem in told.value.problems if what in problem.message)
    assert problem.file == "bedomning/egen.yaml"
    assert problem.position is not None
    assert problem.position.line == line
    assert right in problem.hint


def test_list_without_questions_is_reported() -> None:
    with pytest.raises(LibraryError, match="inga frågor"):
        parse_questions("titel: x\ninnebörd: alla ska vara ja\n", name="x", file="x.yaml")


@given(st.text(max_size=200) | st.lists(st.sampled_from(WHOLE.splitlines()), max_size=12).map("\n".join))
def test_any_text_is_a_list_or_is_reported(text: str) -> None:
    try:
        told = [question.id for question in parse_questions(text, name="x", file="x.yaml").questions]
    except LibraryError as error:
        told = [str(problem) for problem in error.problems]
    assert told
