"""What an agreement's parts become: headings, numbers and references, and nothing where there is nothing."""

from __future__ import annotations

import iopdocs
from iopdocs.document.tree import Document, Heading, Paragraph, SignatureBlock
from iopdocs.document.walk import blocks_of, plain
from iopdocs.library.layer_reader import load_library

LIBRARY = load_library()
PARTIES = """
parter:
  - {namn: Exempelstads kommun, typ: kommun, kallas: kommunen}
  - {namn: Föreningen Vinden, typ: ideell förening, kallas: Vinden}
"""


def document(text: str) -> Document:
    from iopdocs.assembly import render_document

    return render_document(iopdocs.loads(text), LIBRARY)


def headings(made: Document) -> list[str]:
    return [f"{section.number} {plain(section.heading)}" for section in made.sections]


def words(made: Document) -> str:
    return "\n".join(plain(block.children) for block in blocks_of(made) if isinstance(block, Paragraph | Heading))


def test_an_absent_part_leaves_no_heading_and_no_gap_in_the_numbering() -> None:
    made = document("mål: {syfte: Trygghet.}\navtalstid: {start: 2027-01-01, slut: 2027-12-31}")
    assert headings(made)[:2] == ["1 Mål med avtalad verksamhet", "2 Period för avtalet"]


def test_a_part_with_nothing_in_it_is_as_absent_as_one_left_out() -> None:
    assert headings(document("titel: x\nmål:\nvärdegrund: {}")) == headings(document("titel: x"))


def test_there_is_no_empty_paragraph_and_no_lonely_heading() -> None:
    made = document("mål: {syfte: '', vision: ' ', övergripande_mål: Målet.}")
    for block in blocks_of(made):
        if isinstance(block, Paragraph | Heading):
            assert plain(block.children).strip()
    for section in made.sections:
        assert section.blocks
        assert not isinstance(section.blocks[-1], Heading)


def test_own_sections_stand_where_their_author_wants() -> None:
    made = document(
        "mål: {syfte: Trygghet.}\navtalstid: {start: 2027-01-01, tills_vidare: ja}\negna_avsnitt:\n"
        "  - {rubrik: Forskning, text: Text., efter: mål}\n  - {rubrik: Sist, text: Text.}\n  - {rubrik: Efter tomt, text: Text., efter: ekonomi}\n"
        + PARTIES
    )
    names = [heading.partition(" ")[2] for heading in headings(made)]
    assert names.index("Forskning") == names.index("Mål med avtalad verksamhet") + 1
    assert names.index("Efter tomt") == names.index("Period för avtalet") - 1
    assert names.index("Sist") == names.index("Underskrift") - 1


def test_appendices_are_numbered_and_referred_to_by_number() -> None:
    made = document(
        "insatser:\n  - {namn: Läger, beskrivning: Ett läger., bilaga: Plan för läger}\nbilagor:\n  - {titel: Budget, fil: b.pdf}\n  - {titel: Plan för läger, text: Planen.}\n"
    )
    assert [h for h in headings(made) if h.startswith("Bilaga ")] == ["Bilaga 1 Budget", "Bilaga 2 Plan för läger"]
    insatser = next(section for section in made.sections if section.name == "insatser")
    text = " ".join(plain(block.children) for block in insatser.blocks if isinstance(block, Paragraph))
    assert "bilaga\u00a02" in text.replace("Bilaga", "bilaga") or "bilaga\u00a02" in str(insatser.blocks)


def test_a_reference_to_a_section_follows_its_number() -> None:
    text = "avtalstid: {start: 2027-01-01, tills_vidare: ja, uppsägningstid: 3 månader}\nomförhandling: {påkallas_av: [alla parter], inleds_inom: 30 dagar}"
    short, long = document(text), document("mål: {syfte: x.}\nvärdegrund: {jämbördighet: y.}\n" + text)

    def number(made: Document) -> str:
        return next(section.number for section in made.sections if section.name == "avtalstid")

    assert f"avsnitt\u00a0{number(short)}" in words(short)
    assert f"avsnitt\u00a0{number(long)}" in words(long)
    assert number(short) != number(long)


def test_the_text_adapts_to_one_or_many_organisations() -> None:
    many = PARTIES + "  - {namn: Stiftelsen Lax, typ: stiftelse, kallas: Lax}\n  - {namn: ABF, typ: ideell förening}\n"
    assert "Exempelstads kommun och Föreningen Vinden" in "\n".join(
        plain(b.children) for b in document(PARTIES).front if isinstance(b, Paragraph)
    )
    front = "\n".join(plain(b.children) for b in document(many).front if isinstance(b, Paragraph))
    assert "Exempelstads kommun, Föreningen Vinden, Stiftelsen Lax och ABF" in front


def test_an_agreement_that_says_nothing_still_renders() -> None:
    made = iopdocs.render(iopdocs.loads("titel: Tomt"), library=LIBRARY)
    assert plain(made.title) == "Tomt"
    assert len(made.sections) > 5, "the draft shows what the profile demands"
    assert made.to_docx()[:2] == b"PK"


def test_every_block_to_sign_says_for_whom_also_when_nothing_else_is_known_of_the_party() -> None:
    agreement = iopdocs.loads(
        "parter: [{namn: Exempelstads kommun}, {namn: Lyktan, undertecknare: [{namn: Siv Sten}]}]"
    )
    (signing,) = [section for section in iopdocs.render(agreement).sections if section.name == "underskrift"]
    blocks = [block for block in signing.blocks if isinstance(block, SignatureBlock)]
    assert [plain(block.intro[0].children) for block in blocks if isinstance(block.intro[0], Heading)] == [
        "För Exempelstads kommun",
        "För Lyktan",
    ]
