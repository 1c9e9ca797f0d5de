"""`make tree FILE=…` prints the document tree: a node on each line, with the text and line that it comes from."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

import iopdocs
from iopdocs.document.tree import Document, Origin, Paragraph, Section, Text
from tests.helpers.document_strategies import documents

ROOT = Path(__file__).parents[2]
TREE = runpy.run_path(str(ROOT / "scripts" / "print_tree.py"))
EXAMPLE = ROOT / "examples" / "trygga-kvallar.yaml"


@pytest.fixture(scope="module")
def lines() -> list[str]:
    return list(TREE["tree"](iopdocs.render(iopdocs.load(EXAMPLE))).splitlines())


def test_a_section_is_printed_with_number_heading_and_text(lines: list[str]) -> None:
    assert 'Section bakgrund 1 "Bakgrundsförutsättningar" (bas:avsnitt/bakgrund.md.j2)' in lines


def test_a_paragraph_is_printed_with_words_paths_and_line(lines: list[str]) -> None:
    place = lines.index('Section bakgrund 1 "Bakgrundsförutsättningar" (bas:avsnitt/bakgrund.md.j2)')
    assert re.fullmatch(r'  Heading 2 1\.1 Text\("Behov och samhällsutmaning"\) \(:\d+\)', lines[place + 1])
    assert re.fullmatch(r"  Paragraph Value\(bakgrund\.behov\) \(:\d+\)", lines[place + 2])


def test_a_block_from_another_text_is_printed_with_that_text(lines: list[str]) -> None:
    assert any(re.search(r"\(bas:klausuler/insatser/insatser\.md\.j2:\d+\)$", line) for line in lines)


def test_long_words_are_cut() -> None:
    paragraph = Paragraph((Text("ord " * 50),), origin=Origin("bas", "a.md.j2", 3))
    section = Section("a", "a", (Text("A"),), (paragraph,), origin=Origin("bas", "a.md.j2"))
    assert TREE["tree"](Document((), (), (section,))).splitlines()[-1] == (
        '  Paragraph Text("ord ord ord ord ord ord ord ord ord ord…") (:3)'
    )


@given(documents())
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_document_has_a_line_for_each_node(document: Document) -> None:
    known = r"Document|Cover|Section|Paragraph|Heading|ListBlock|Item|Table|Row|SignatureBlock|Line|PageBreak"
    lines = TREE["tree"](document).split("\n")[:-1]
    assert [line for line in lines if not re.match(rf" *(?:{known})\b", line)] == []
    assert sum(line.startswith("Section ") for line in lines) == len(document.sections)


def test_the_command_prints_the_tree_and_reports_a_file_that_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    assert TREE["main"]([str(EXAMPLE)]) == 0
    assert capsys.readouterr().out.startswith("Document Value(titel)\n")
    assert TREE["main"](["finns-inte.yaml"]) == 2
    assert "finns-inte.yaml" in capsys.readouterr().err
    assert TREE["main"]([]) == 2
    assert "FILE=" in capsys.readouterr().err
