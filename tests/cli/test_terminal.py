"""Lines that fit a terminal, with nothing in them that steers it, and a mark under the right characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iopdocs.cli.terminal import TerminalStyle, cell, columns_of, harmless, in_one_piece, pointed, wrap
from tests.helpers.properties import examples
from tests.helpers.timing import within

LINES = st.text(st.characters(exclude_characters="\n"), max_size=300)


@pytest.mark.parametrize(
    ("line", "start", "end", "shown", "mark"),
    [
        ("slut: 2026", 6, 10, "slut: 2026", "      ^^^^"),
        ("\ta: b", 4, 5, "    a: b", "       ^"),
        ("漢字: b", 4, 5, "漢字: b", "      ^"),
        ("e\u0301: b", 4, 5, "e\u0301: b", "   ^"),
        ("a\x1b[31m: b", 8, 9, "a\ufffd[31m: b", "        ^"),
        ("a", 5, 9, "a", " ^"),
        ("", 0, 1, "", "^"),
    ],
)
def test_the_mark_stands_under_what_it_is_about(line: str, start: int, end: int, shown: str, mark: str) -> None:
    assert pointed(line, start, end, 80) == (shown, mark)


def test_a_long_line_is_cut_on_both_sides_of_the_mark() -> None:
    shown, mark = pointed("x" * 500 + "HIT" + "y" * 500, 500, 503, 40)
    assert shown[0] == shown[-1] == "…"
    assert len(shown) <= 40
    assert shown[mark.index("^") : mark.rindex("^") + 1] == "HIT"


def test_a_line_of_a_megabyte_costs_nothing() -> None:
    line = "漢" * 1_000_000
    with within(5):
        for _turn in range(100):
            pointed(line, 500_000, 999_999, 80)


@examples(100)
@given(
    LINES, st.integers(0, 320), st.integers(0, 320), st.integers(3, 120), st.sampled_from(["utf-8", "cp1252", "ascii"])
)
def test_no_line_is_wider_than_its_room_and_the_mark_stands_below_it(
    line: str, start: int, end: int, room: int, encoding: str
) -> None:
    shown, mark = pointed(line, start, end, room, encoding)
    wide = sum(1 if one in "…" else cell(one, encoding)[1] for one in shown)
    assert wide <= max(room, 7)
    assert mark.strip(" ") == "^" * mark.count("^") != ""
    assert len(mark) <= wide + 1


@examples(100)
@given(
    st.text(st.characters(exclude_characters="\ufdd0\ufdd1"), max_size=300),
    st.integers(20, 120),
    st.sampled_from([0, 4, 6]),
)
def test_wrapped_lines_fit_and_keep_every_visible_character(text: str, width: int, indent: int) -> None:
    lines = list(wrap(text, TerminalStyle(width), indent))
    assert all(columns_of(line) <= width or "/" in line or "\\" in line for line in lines)
    assert all(columns_of(line) <= width for line in wrap(text, TerminalStyle(width), indent, in_column=True))
    assert "".join("".join(lines).split()) == "".join(harmless(text).split())


@pytest.mark.parametrize("width", [20, 40, 120])
@pytest.mark.parametrize(
    "path", ["avtal.yaml", f"/hem/åsa/mina avtal/{'x-' * 100}/avtal 1.yaml", f"{'y' * 200} 1.docx"]
)
def test_a_path_is_never_broken_across_lines(path: str, width: int) -> None:
    said = f"Skriv om texten i {in_one_piece(path)}, mellan två rader med bindestreck."
    lines = list(wrap(said, TerminalStyle(width), 2))
    assert [path in line for line in lines].count(True) == 1
    assert all(columns_of(line) <= width for line in lines if path not in line)
    assert " ".join(line.strip() for line in lines) == f"Skriv om texten i {path}, mellan två rader med bindestreck."


def test_an_address_in_a_message_is_never_broken() -> None:
    assert any(
        "https://exempel.se/en/lang/adress" in line
        for line in wrap("Se https://exempel.se/en/lang/adress.", TerminalStyle(20), 6)
    )


@given(st.text(max_size=200))
def test_nothing_that_steers_a_terminal_is_left(text: str) -> None:
    assert not {chr(code) for code in (*range(10), *range(11, 32), *range(127, 160), 0x202E, 0x2066)} & set(
        harmless(text)
    )
