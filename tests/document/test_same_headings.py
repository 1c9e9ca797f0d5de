"""A text of ours refers to the section or the clause that it means, also where another has the same heading."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

import iopdocs
from iopdocs.library.layer_reader import load_library
from iopdocs.library.layers import Library
from tests.helpers.layers import make_layer

DATA = """
titel: Prov
parter:
  - {namn: Exempelstads kommun, typ: kommun, kallas: kommunen}
  - {namn: Föreningen Vinden, typ: ideell förening, kallas: föreningen}
mål: {syfte: Syftet.}
organisation: {beslutsfattande: Vi beslutar., beslutsordning: beslutar i enighet}
hävning: {grunder: [om någon fuskar], påföljd_vid_brist: [dialog, hävning]}
tvist: {steg: [{form: dialog}, {form: allmän domstol}]}
"""
OWN = """
egna_klausuler:
  - {rubrik: Hävning, avsnitt: organisation, text: Barn får häva.}
  - {rubrik: Tvist, avsnitt: organisation, text: Barn avgör.}
"""


def markdown(data: str, library: Library | None = None) -> str:
    return iopdocs.render(iopdocs.loads(data), library=library).to_markdown().replace("\u00a0", " ")


def number_of(text: str, heading: str, under: str) -> str:
    """Return the number of the heading that has the words *under* right below it."""
    before = text[: text.index(under)]
    line = [one for one in before.splitlines() if one.startswith("#")][-1]
    assert line.endswith(f" {heading}")
    return line.split()[1]


def points_right(text: str) -> None:
    assert f"får avtalet hävas enligt avsnitt {number_of(text, 'Hävning', 'om någon fuskar')}" in text
    assert f"ta frågan vidare enligt avsnitt {number_of(text, 'Tvist', 'En tvist om avtalet')}" in text


def test_own_clauses_with_headings_of_ours_take_no_reference() -> None:
    points_right(markdown(DATA + OWN))


def test_a_section_of_a_layer_with_headings_of_ours_takes_no_reference(tmp_path: Path) -> None:
    section = "---\nid: mal\nrubrik: Mål\nversion: 1\n---\n{{ mål.syfte }}\n\n## Hävning\n\nBarn får häva.\n\n## Tvist\n\nBarn avgör.\n"
    library = load_library([make_layer(tmp_path, {"avsnitt/mal.md.j2": section})])
    text = markdown(DATA, library)
    assert "Barn får häva." in text
    points_right(text)


def test_a_layer_that_writes_the_clause_anew_is_what_is_meant(tmp_path: Path) -> None:
    section = '---\nid: omforhandling\nrubrik: Omförhandling\nversion: 1\n---\n{% klausul "brister", "enligt uppgifterna" %}\n\n## Hävning\n\nBara om någon fuskar.\n'
    text = markdown(
        DATA + OWN.replace("organisation", "underskrift"),
        load_library([make_layer(tmp_path, {"avsnitt/omforhandling.md.j2": section})]),
    )
    assert f"hävas enligt avsnitt {number_of(text, 'Hävning', 'Bara om någon fuskar')}" in text


@given(
    st.sampled_from(["Ekonomi", "Mål med avtalad verksamhet", "Hävning", "Tvist", "Ekonomi 2", "Tvist-2"]),
    st.integers(1, 3),
)
def test_every_heading_has_an_id_of_its_own(heading: str, times: int) -> None:
    own = "egna_avsnitt:\n" + f"  - {{rubrik: {heading}, text: Ord.}}\n" * times
    document = iopdocs.render(iopdocs.loads(DATA + OWN + own))
    names = [section.id for section in document.sections]
    names += [block.id for section in document.sections for block in section.blocks if hasattr(block, "level")]
    assert len(names) == len(set(names))
