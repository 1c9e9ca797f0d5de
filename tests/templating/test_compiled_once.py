"""A text that has been compiled for one library serves the next, and nobody can tell but by the clock."""

from __future__ import annotations

from pathlib import Path

import iopdocs
from iopdocs.assembly import render_document
from iopdocs.document.tree import Document, Paragraph
from iopdocs.document.walk import blocks_of, plain
from iopdocs.library.layer_reader import load_library, read_library
from iopdocs.library.layers import Library
from tests.helpers.layers import make_layer

AGREEMENT = iopdocs.load(Path(__file__).parents[2] / "examples" / "trygga-kvallar.yaml")
SECTION = "---\nid: bakgrund\nrubrik: Bakgrund\nversion: 1\n---\n"


def paragraphs(made: Document) -> dict[str, tuple[str, str, int]]:
    """Return the words of each paragraph with the layer, the text and the line that they come from."""
    return {
        plain(block.children): (block.origin.layer, block.origin.file, block.origin.line)
        for block in blocks_of(made)
        if isinstance(block, Paragraph)
    }


def test_a_text_that_is_changed_on_the_disk_is_compiled_anew(tmp_path: Path) -> None:
    for words in ("Staden växer.", "Staden krymper."):
        library = load_library([make_layer(tmp_path, {"avsnitt/bakgrund.md.j2": f"{SECTION}\n{words}\n"})])
        assert words in paragraphs(render_document(AGREEMENT, library))


def test_the_same_words_in_two_layers_say_each_where_they_come_from(tmp_path: Path) -> None:
    for name, before in (("norr", ""), ("soder", "\n\n")):
        section = {"avsnitt/bakgrund.md.j2": f"{SECTION}{before}\nStaden växer.\n"}
        # Another text, so that the texts that come after it get other numbers.
        more = {"avsnitt/andra.md.j2": SECTION.replace("bakgrund", "andra")} if before else {}
        library, _problems = read_library([make_layer(tmp_path / name, section | more, name)])
        line = 6 + len(before)
        made = paragraphs(render_document(AGREEMENT, library))
        assert made["Staden växer."] == (name, "avsnitt/bakgrund.md.j2", line + 1)


def test_every_paragraph_has_the_same_origin_the_second_time() -> None:
    first, second = (render_document(AGREEMENT, Library(load_library().layers)) for _turn in range(2))
    assert paragraphs(first) == paragraphs(second)
    assert all(line > 0 for _layer, _file, line in paragraphs(second).values())
