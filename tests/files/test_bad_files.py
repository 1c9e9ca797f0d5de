"""Files that cannot be read at all: each is refused with a place and what would be right, in Swedish."""

import os
import random
import socket
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iopdocs.errors import LoadError, Position
from iopdocs.files.loader import load, loads
from tests.helpers.properties import examples
from tests.helpers.refusals import no_reading
from tests.helpers.sample_agreement import SAMPLE


def problems_of(path):
    with pytest.raises(LoadError) as caught:
        load(path)
    assert str(path) in str(caught.value)
    return caught.value.problems


def error_of(read, *arguments, **options):
    """Return the LoadError that a reading ends in, if any; every other error fails the test."""
    try:
        read(*arguments, **options)
    except LoadError as error:
        return error
    return None


def write(tmp_path, data, name="avtal.yaml"):
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def test_a_file_that_does_not_exist(tmp_path):
    assert problems_of(tmp_path / "saknas.yaml")[0].message == "filen finns inte"


def test_a_folder(tmp_path):
    assert problems_of(tmp_path)[0].message == "är en mapp, ingen fil"


@pytest.mark.skipif(os.name == "nt", reason="such files are there on POSIX alone")
@pytest.mark.parametrize("kind", ["pipe", "socket", "device"])
def test_what_is_no_regular_file(tmp_path, monkeypatch, kind):
    monkeypatch.chdir(tmp_path)  # the name of a socket must be short
    path = Path("/dev/zero" if kind == "device" else "avtal.yaml")
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "socket":
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(str(path))
    (problem,) = problems_of(path)
    assert problem.message == "är ingen vanlig fil, utan ett rör, en enhet eller liknande"
    assert problem.hint == "spara innehållet i en fil och ange den"


def test_the_file_that_is_always_empty():
    assert problems_of(os.devnull)[0].message == "filen är tom"


def test_a_file_that_may_not_be_read(tmp_path, monkeypatch):
    path = write(tmp_path, "titel: x")
    no_reading(monkeypatch, path.name)
    assert problems_of(path)[0].message == "filen får inte läsas"


def test_a_name_that_is_no_name():
    with pytest.raises(LoadError, match="är inget filnamn"):
        load("a\0b.yaml")


@pytest.mark.parametrize("data", [b"", b"\n  \n", b"\xef\xbb\xbf"])
def test_an_empty_file(tmp_path, data):
    (problem,) = problems_of(write(tmp_path, data))
    assert "tom" in problem.message or "inga uppgifter" in problem.message
    assert "iopdocs new" in problem.hint


def test_a_file_of_comments_only(tmp_path):
    (problem,) = problems_of(write(tmp_path, "# titel: x\n\n# slut\n"))
    assert "inga uppgifter" in problem.message


def test_ten_megabytes(tmp_path):
    (problem,) = problems_of(write(tmp_path, b"titel: " + b"x" * 10_000_000))
    assert "större än 5 MB" in problem.message


def test_a_text_over_five_megabytes():
    with pytest.raises(LoadError, match="större än 5 MB"):
        loads("x" * 5_000_001)


def test_another_suffix(tmp_path):
    assert ".txt" in problems_of(write(tmp_path, "titel: x", "avtal.txt"))[0].message
    assert "saknar ändelse" in problems_of(write(tmp_path, "titel: x", "avtal"))[0].message


@pytest.mark.parametrize("suffix", [".yaml", ".yml", ".YAML"])
def test_the_usual_suffixes_are_read(tmp_path, suffix):
    assert load(write(tmp_path, "titel: x", "avtal" + suffix)).title == "x"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_gets_a_hint_how_to_save(tmp_path, encoding):
    (problem,) = problems_of(write(tmp_path, "titel: Kvällar\n".encode(encoding)))
    assert "UTF-16" in problem.message
    assert "Spara som" in problem.hint
    assert "UTF-8" in problem.hint


def test_windows_1252_gets_a_hint_how_to_save(tmp_path):
    (problem,) = problems_of(write(tmp_path, "format: 1\r\ntitel: Kvällar\r\n".encode("cp1252")))
    assert "Windows-1252" in problem.message
    assert "Spara som" in problem.hint
    assert problem.position == Position(2, 10)


def test_bytes_that_are_no_text(tmp_path):
    (problem,) = problems_of(write(tmp_path, b"titel: \x81\xff\n"))
    assert problem.message == "filen är ingen textfil i UTF-8"


def test_a_word_file(tmp_path):
    assert "Word" in problems_of(write(tmp_path, b"PK\x03\x04rest"))[0].message


@pytest.mark.parametrize("name", ["avtal.yaml", "avtal.json"])
def test_a_nul_byte(tmp_path, name):
    (problem,) = problems_of(write(tmp_path, b"format: 1\ntitel: a\x00b\n", name))
    assert "U+0000" in problem.message
    assert problem.position == Position(2, 9)


def test_bom_and_crlf_make_no_difference(tmp_path):
    text = "titel: Kvällar\nmål:\n  syfte: |\n    ett\n    två\n"
    plain = load(write(tmp_path, text))
    other = load(write(tmp_path, b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode(), "b.yaml"))
    assert other == plain
    assert other.goals.purpose == "ett\ntvå"
    assert other.source.positions == plain.source.positions
    assert other.source.text == text


def test_a_character_that_no_document_can_hold_has_its_place():
    text = "\n".join(["a", "bb", ""])
    with pytest.raises(LoadError) as caught:
        loads(text + "\x01")
    assert caught.value.problems[0].position == Position(3, 1)


@examples(100)
@given(st.binary(max_size=200), st.sampled_from([".yaml", ".json"]))
def test_arbitrary_bytes_raise_nothing_but_load_error(tmp_path_factory, data, suffix):
    path = tmp_path_factory.getbasetemp() / f"data{suffix}"
    path.write_bytes(data)
    error = error_of(load, path)
    assert error is None or str(error).startswith(str(path))


PIECES = (
    "titel", "parter", "namn", ":", "\n", "-", "[", "]", "{", "}", '"', "'", "#", "&a", "*a", "|", ">", "!x", "<<", "null", "~",
    ",", "1,5", "---", "\t", "\\", "\\ud800", "true", "?", "%", "@", "2027-02-30", "ekonomi:", "\r", "\u2028", " ", "  ",
)  # fmt: skip


@examples(100)
@given(st.text() | st.lists(st.sampled_from(PIECES)).map("".join), st.sampled_from(["yaml", "json"]))
def test_arbitrary_text_raises_nothing_but_load_error(text, kind):
    error = error_of(loads, text, kind=kind)
    assert error is None or all(problem.message for problem in error.problems)


@examples(100)
@given(st.integers(0, 10_000))
def test_a_file_with_a_few_characters_changed_raises_nothing_but_load_error(seed):
    chance = random.Random(seed)
    text = list(SAMPLE)
    for _ in range(chance.randrange(1, 5)):
        text[chance.randrange(len(text))] = chance.choice(":-[]{}\"'#&*!|>%@`, \t\nå")
    error = error_of(loads, "".join(text))
    assert error is None or all(problem.position for problem in error.problems)


@pytest.mark.parametrize(
    ("text", "line", "column", "says"),
    [
        ("parter:\n  - namn:Exempel kommun\n    typ: kommun\n", 2, 9, "saknas ett mellanslag"),
        ("värdegrund:\n  principer: []\n    - dialog\n", 2, 14, "ta bort []"),
        ("parter:\n  -namn: X\n", 2, 3, "bindestrecket saknas ett mellanslag"),
        ("mål:\n  syfte: |\n  Text utan indrag\n", 3, 3, "inte indragen"),
        ("mål:\n  syfte: |\n  Text utan indrag\n  Mer text: ja\n", 3, 3, "inte indragen"),
        ('parter:\n  - namn: "Föreningen "X""\n', 2, 24, "samma sorts citattecken"),
        ("mål:\n  syfte: 'Barnen's rätt'\n", 2, 18, "samma sorts citattecken"),
        ("titel: Norrby: en plats\n", 1, 14, "kolon"),
    ],
)
def test_common_mistake_is_reported_where_it_was_made(text: str, line: int, column: int, says: str) -> None:
    with pytest.raises(LoadError) as caught:
        loads(text, file="a.yaml")
    first = caught.value.problems[0]
    assert says in str(first)
    assert first.position == Position(line, column)
