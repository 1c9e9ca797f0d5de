"""Every printed text, number and date of an agreement stands in its document, in formatted form."""

from __future__ import annotations

import re
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given

import iopdocs
from iopdocs.library.layer_reader import load_library
from iopdocs.model.agreement import Agreement
from iopdocs.model.fields import EVERY_PARTY, Field, PartyRef, Year, walk
from iopdocs.values import formats
from iopdocs.values.counts import Hours
from iopdocs.values.money import Money
from iopdocs.values.period import Period
from iopdocs.values.text import RichText
from tests.helpers.docx_reading import whole_text
from tests.helpers.properties import examples
from tests.helpers.strategies import plausible_agreements

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))
LIBRARY = load_library()

# Data that choose a whole clause, or are told in words of its own, instead of being printed as they stand.
CHOOSE_A_CLAUSE = re.compile(
    r"status|.*(målgruppen_deltog|registrerad_idéburen|tills_vidare|upphör_utan_uppsägning|automatisk|force_majeure|utan_vinstsyfte"
    r"|underskrift\.form|bidrag\.får_sökas|beslutsordning|tvist\.steg\[\d+\]\.form|uppräkning\.metod|underskott\.bärs_av"
    r"|personuppgifter\.ansvar|utbetalningar\[\d+\]\.takt|insatser\[\d+\]\.bilaga|röstbärarroll)"
)


def forms(agreement: Agreement, field: Field, value: Any) -> list[str]:
    """Return the ways in which *value* may stand in a document."""
    if field.type is PartyRef:
        party = agreement.party(value)
        return [party.called if party is not None and party.called else str(value)]
    if isinstance(value, RichText):
        return list(re.findall(r"\w{4,}", value.source))
    if isinstance(value, Money):
        return [formats.kronor(value), formats.amount(value)]
    if isinstance(value, date):
        return [formats.long_date(value), formats.short_date(value)]
    if isinstance(value, Period):
        return [formats.period(value)]
    if field.type in (int, Hours):
        return [formats.whole(value), formats.number_word(value)]
    return [formats.as_text(value, field.type)]


def left_out(agreement: Agreement, text: str) -> list[str]:
    lowered = text.casefold()
    missing = []
    for path, field, value in walk(agreement):
        if not field.entry.printed or isinstance(value, bool) or CHOOSE_A_CLAUSE.fullmatch(path):
            continue
        if isinstance(value, str) and not isinstance(value, Enum) and not value.strip():
            continue
        if field.type is PartyRef and value.casefold() == EVERY_PARTY:
            continue
        wanted = forms(agreement, field, value)
        fits = all if isinstance(value, RichText) else any
        if not fits(form.casefold() in lowered for form in wanted):
            missing.append(f"{path} = {wanted}")
    return missing


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_everything_in_an_example_stands_in_its_document(path: Path) -> None:
    agreement = iopdocs.load(path)
    text = whole_text(iopdocs.render(agreement, library=LIBRARY).to_docx())
    assert left_out(agreement, text) == []


@examples(60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(agreement=plausible_agreements())
def test_everything_in_any_agreement_stands_in_its_document(agreement: Agreement) -> None:
    text = whole_text(iopdocs.render(agreement, library=LIBRARY).to_docx())
    assert left_out(agreement, text) == []


def test_the_year_of_a_resource_is_never_grouped_as_a_number() -> None:
    assert formats.as_text(2027, Year) == "2027"
