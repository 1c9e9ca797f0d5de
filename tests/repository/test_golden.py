"""Each example's Word document is the one kept in tests/golden/; `make golden` writes them again and shows what changed."""

from __future__ import annotations

import runpy
from pathlib import Path

import attrs
import pytest
from lxml import etree

import iopdocs

ROOT = Path(__file__).parents[2]
GOLDEN = runpy.run_path(str(ROOT / "scripts" / "make_golden.py"))
EXAMPLES = GOLDEN["examples"]()
LINES_SHOWN = 120


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.stem)
def test_the_document_is_the_one_that_is_kept(example: Path) -> None:
    kept = GOLDEN["golden_file"](example)
    found = GOLDEN["difference"](kept.read_text(encoding="utf-8"), GOLDEN["golden_text"](example), kept.name)
    if found:
        rest = f"\n… and {len(found) - LINES_SHOWN} lines more" if len(found) > LINES_SHOWN else ""
        shown = "\n".join(found[:LINES_SHOWN])
        pytest.fail(f"{shown}{rest}\n\nIf this is meant, run `make golden` and commit the difference.", pytrace=False)


def test_every_example_has_a_golden_document_and_nothing_else_is_kept() -> None:
    assert sorted(GOLDEN["GOLDEN"].iterdir()) == [GOLDEN["golden_file"](example) for example in EXAMPLES]


def test_golden_documents_are_small_enough_to_read() -> None:
    assert sum(file.stat().st_size for file in GOLDEN["GOLDEN"].iterdir()) < 1_500_000


def test_a_golden_document_is_xml_and_the_same_whenever_it_is_made() -> None:
    text = GOLDEN["golden_text"](EXAMPLES[0])
    assert text == GOLDEN["golden_text"](EXAMPLES[0])
    parts = [part.get("name") for part in etree.fromstring(text.encode())]
    assert "word/document.xml" in parts
    assert "word/numbering.xml" in parts


def test_another_name_is_a_difference_of_the_lines_that_print_it() -> None:
    agreement = iopdocs.load(ROOT / "examples" / "trygga-kvallar.yaml")
    before = GOLDEN["normalised"](iopdocs.render(agreement).to_docx())
    after = GOLDEN["normalised"](iopdocs.render(attrs.evolve(agreement, title="Ljusa\u00a0kvällar")).to_docx())
    found = [line.strip("+ ") for line in GOLDEN["difference"](before, after, "x.xml") if line.startswith("+ ")]
    # The title and the page header; a no-break space looks like a space, so it is spelled out.
    assert found == ["<w:r><w:t>Ljusa&#xA0;kvällar</w:t></w:r>", "<w:r><w:t>Ljusa kvällar</w:t></w:r>"]


def test_a_new_heading_is_one_difference_though_bookmarks_are_counted() -> None:
    agreement = iopdocs.load(ROOT / "examples" / "trygga-kvallar.yaml")
    document = iopdocs.render(agreement)
    first, second = document.sections[0], document.sections[1]
    longer = attrs.evolve(first, blocks=(*first.blocks, attrs.evolve(first.blocks[0], id="ny-rubrik")))
    changed = attrs.evolve(document, sections=(longer, second, *document.sections[2:]))
    found = GOLDEN["difference"](
        GOLDEN["normalised"](document.to_docx()), GOLDEN["normalised"](changed.to_docx()), "x.xml"
    )
    assert sum(line.startswith("@@") for line in found) == 1
    assert "-" not in {line[:1] for line in found[2:]}
