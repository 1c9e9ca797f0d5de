"""Layers that tests write in a folder of their own."""

from __future__ import annotations

from pathlib import Path

from iopdocs.library.layer_reader import load_library
from iopdocs.library.layers import Library


def make_layer(folder: Path, texts: dict[str, str], name: str = "provkommun") -> Path:
    """Write a layer with *texts* (by path in the layer) into *folder* and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "lager.yaml").write_text(f"format: 1\nnamn: {name}\n", encoding="utf-8")
    for path, text in texts.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def library_with(folder: Path, section: str, name: str = "bakgrund") -> Library:
    """Return the base library with one section text replaced by *section*."""
    return load_library([make_layer(folder, {f"avsnitt/{name}.md.j2": section})])


def document_of(folder: Path, text: str) -> Library:
    """Return a library whose document is the one section ``prov`` with *text*."""
    texts = {"dokument/avtal.md.j2": '{% include "avsnitt/prov.md.j2" %}', "avsnitt/prov.md.j2": text}
    return load_library([make_layer(folder, texts)])
