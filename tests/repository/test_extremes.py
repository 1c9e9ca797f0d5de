"""Agreements of a size and shape that nobody writes: valid, whole, and nothing outside the page."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import date, timedelta
from pathlib import Path

import pytest

import iopdocs
from iopdocs.accessibility.checker import check_document
from iopdocs.document.tree import Document
from iopdocs.library.layer_reader import load_library
from iopdocs.model.agreement import Agreement
from iopdocs.model.background import Background
from iopdocs.model.closing import Appendix
from iopdocs.model.economy import Economy, Payment, Resource, ResourceKind
from iopdocs.model.fields import PartyRef
from iopdocs.model.insatser import Insats
from iopdocs.model.parties import Party, PartyKind, Signatory
from iopdocs.values.money import Money
from iopdocs.values.text import RichText
from tests.helpers.docx_checks import audit, faults
from tests.helpers.docx_reading import whole_text

LIBRARY = load_library()
ENDLESS = "Samverkansföreningen" + "förtrygghetochgemenskapinorrbyochsundeby" * 5
RIGHT_TO_LEFT = "מועדון הנוער של נורבי \u202eåäö\u202c"
EMOJI = "Fritidsgården 👩‍👩‍👧‍👦 i Norrby 🇸🇪"


def many() -> Agreement:
    kinds = (PartyKind.MUNICIPALITY, *[PartyKind.ASSOCIATION] * 19)
    parties = [
        Party(
            name=f"Part nummer {n} i Exempelstad",
            short_name=f"part {n}",
            kind=kind,
            signatories=[Signatory(name=f"Namn {n}-{s}", role="ordförande") for s in range(1, 5)],
        )
        for n, kind in enumerate(kinds, 1)
    ]
    insatser = [
        Insats(
            name=f"Insats {n}", description=f"Beskrivning av insats {n}.", responsible=[PartyRef(f"part {n % 20 + 1}")]
        )
        for n in range(1, 201)
    ]
    payments = [
        Payment(
            amount=Money(1000 + n),
            payer=PartyRef("part 1"),
            payee=PartyRef(f"part {n % 19 + 2}"),
            due=date(2027, 1, 1) + timedelta(days=n),
            purpose=f"betalning {n}",
        )
        for n in range(500)
    ]
    resources = [
        Resource(party=PartyRef(f"part {n}"), kind=ResourceKind.PREMISES, description=f"lokal {n}")
        for n in range(1, 21)
    ]
    return Agreement(
        title="Många parter",
        parties=parties,
        insatser=insatser,
        economy=Economy(resources=resources, payments=payments),
    )


def long() -> Agreement:
    title = " ".join(f"ord{n}" for n in range(300))
    need = "\n\n".join(" ".join(f"bakgrund{n}x{m}" for m in range(100)) for n in range(100))
    return Agreement(title=title, parties=[Party(name="Exempelstads kommun")], background=Background(need=need))


def odd() -> Agreement:
    return Agreement(
        title=EMOJI,
        parties=[
            Party(name=ENDLESS, kind=PartyKind.ASSOCIATION, address="Storgatan" + "x" * 200),
            Party(name=RIGHT_TO_LEFT, kind=PartyKind.MUNICIPALITY, signatories=[Signatory(name=EMOJI, role=ENDLESS)]),
        ],
        background=Background(need=RIGHT_TO_LEFT, area=ENDLESS),
        insatser=[Insats(name=ENDLESS, description=EMOJI, place=RIGHT_TO_LEFT)],
        economy=Economy(
            resources=[
                Resource(
                    party=PartyRef(ENDLESS), kind=ResourceKind.CASH, amount=Money(999_999_999_999), description=ENDLESS
                )
            ]
        ),
        appendices=[
            Appendix(title=ENDLESS, text=RichText(f"Text med **{EMOJI}** i.\n\n- {RIGHT_TO_LEFT}\n- {ENDLESS}"))
        ],
    )


AGREEMENTS = {"many": many, "long": long, "odd": odd}


@pytest.fixture(scope="module", params=AGREEMENTS)
def rendered(request: pytest.FixtureRequest) -> tuple[Agreement, Document]:
    agreement = AGREEMENTS[request.param]()
    return agreement, iopdocs.render(agreement, library=LIBRARY, contents=True, comments=True)


def test_it_is_valid_and_accessible(rendered: tuple[Agreement, Document], tmp_path: Path) -> None:
    data = rendered[1].to_docx()
    assert faults(data) == []
    assert audit(data) == []
    made = tmp_path / "avtal.docx"
    made.write_bytes(data)
    broken = [
        (one.row.number, one.faults) for one in check_document(made).outcomes if one.faults and not one.row.advice
    ]
    assert broken == []


def test_nothing_is_lost(rendered: tuple[Agreement, Document]) -> None:
    agreement, document = rendered
    docx, html = " ".join(whole_text(document.to_docx()).split()), document.to_html()
    for _path, field, value in agreement.leaves:
        if field.type is str and field.entry.printed:
            for line in filter(None, (" ".join(part.split()) for part in str(value).split("\n"))):
                assert line in docx
                assert line[:40].split(" ")[0] in html
    for amount in ("1 000", "1 499") if len(agreement.parties) == 20 else ():
        assert amount in docx.replace("\u00a0", " ")


def test_nothing_stands_outside_the_page(rendered: tuple[Agreement, Document], tmp_path: Path) -> None:
    if not (shutil.which("soffice") and shutil.which("pdftotext")):
        pytest.skip("LibreOffice or poppler is not installed")
    made = tmp_path / "avtal.pdf"
    made.write_bytes(rendered[1].to_pdf())
    boxes = subprocess.run(
        ["pdftotext", "-bbox", str(made), "-"], capture_output=True, encoding="utf-8", errors="replace", check=True
    ).stdout
    width = 0.0
    words = 0
    for line in boxes.splitlines():
        page = re.search(r'<page width="([\d.]+)"', line)
        if page:
            width = float(page[1])
        word = re.search(r'<word xMin="(-?[\d.]+)" yMin="[\d.]+" xMax="(-?[\d.]+)"', line)
        if word:
            words += 1
            assert float(word[1]) >= 0, line
            assert float(word[2]) <= width, line
    assert words > 50
