"""Hypothesis strategies that build anything the model can hold, from the dictionary of its fields."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

import attrs
from hypothesis import strategies as st

from iopdocs.model.agreement import Agreement
from iopdocs.model.fields import EVERY_PARTY, ClauseName, Field, PartyRef, Year, fields_of
from iopdocs.model.parties import Party, PartyKind
from iopdocs.values.ages import AgeSpan
from iopdocs.values.counts import Hours
from iopdocs.values.duration import Duration, Unit
from iopdocs.values.identifiers import CaseNumber, OrganisationNumber
from iopdocs.values.money import LARGEST, Money
from iopdocs.values.people import PeopleSpan
from iopdocs.values.period import Period
from iopdocs.values.price_base_amounts import PriceBaseAmounts
from iopdocs.values.text import RichText

_ILLEGAL = [chr(code) for code in (*range(0x20), 0xFFFE, 0xFFFF) if code not in (0x09, 0x0A, 0x0D)]
# What has a meaning somewhere on the way: YAML, Markdown, Jinja, XML, our own tokens, right-to-left, combined emoji.
_TRICKY = (
    "", " ", "  två  mellanslag  ", "\tindraget", "rad ett\nrad två", "rad\n\nrad\n", "\n", "null", "~", "ja", "NO", "012",
    "2027-01-01", "1_000", "Storgatan 1 #b", "#b", "a: b", "a:", "- punkt", "1. punkt", "? x", "[a, b]", "{a: b}", "{{ x }}",
    "{% if x %}", "{# x #}", "*kursiv*", "**fet**", "_a_", "`kod`", "# rubrik", "> citat", "| a | b |", "::: sidbrytning",
    "[text](adress)", "![bild](x)", "<b>&amp;</b>", "]]>", "\\", "\\n", "a\\", '"citat"', "'enkla'", "”typografiska”",
    "!tag", "&ankare", "*alias", "%direktiv", "@", "...", "---", "<<", "=", "1,5 mkr", "\ue000", "\ue0007\ue001", "\ue001x",
    "עברית", "\u202eåäö\u202c", "👩‍👩‍👧", "e\u0301", "a\u00a0b", "\u00adx", "\u2028", "\u0085", "\ufeff", "\x7f", "\U0010ffff",
    "\u3000bred", "Åsa & Söner's", "+46 70", "50 %", "x" * 300,
)  # fmt: skip

WORDS = (
    "ett stöd",
    "Trygga kvällar",
    "Parterna möts varje månad.",
    "Unga i Norrby",
    "Öppen verksamhet",
    "Kvällsvandring",
)


def characters() -> st.SearchStrategy[str]:
    """Any character that an XML document can hold."""
    return st.characters(exclude_categories=["Cs"], exclude_characters=_ILLEGAL)


def texts(max_size: int = 40) -> st.SearchStrategy[str]:
    """Any text that an XML document can hold, line breaks as LF, with those that are known to make trouble."""
    tricky = st.sampled_from(_TRICKY)
    free = st.text(characters(), max_size=max_size)
    mixed = st.lists(tricky | st.text(characters(), max_size=5), min_size=1, max_size=3).map("".join)
    return (tricky | free | mixed).map(lambda text: text.replace("\r\n", "\n").replace("\r", "\n"))


def plain_texts() -> st.SearchStrategy[str]:
    """Short Swedish texts such as people write."""
    return st.sampled_from(WORDS)


def moneys() -> st.SearchStrategy[Money]:
    """Any amount of money, most often a round one."""
    round_ones = st.integers(0, 5000).map(lambda thousands: Money(thousands * 1000))
    any_amount = st.decimals(0, LARGEST, places=2).map(Money)
    bases = st.builds(
        PriceBaseAmounts, st.sampled_from([Decimal("0.5"), Decimal(1), Decimal(5)]), st.integers(1957, 2199)
    )
    return round_ones | any_amount | st.builds(Money, st.integers(0, 10**6), bases)


def numbers() -> st.SearchStrategy[Decimal]:
    """Any number that a field may hold: 0 to 1 000 000 with at most six decimals."""
    return st.integers(0, 100).map(Decimal) | st.decimals(0, 1_000_000, places=6)


def durations() -> st.SearchStrategy[Duration]:
    """Any length of time."""
    return st.builds(Duration, st.integers(0, 36) | st.integers(0, 9999), st.sampled_from(Unit))


def dates() -> st.SearchStrategy[date]:
    """Any date, most often one of the years that agreements are about."""
    return st.dates(date(2025, 1, 1), date(2032, 12, 31)) | st.dates()


def periods() -> st.SearchStrategy[Period]:
    """Any period, also one whose end is before its start."""
    return st.builds(Period, dates(), dates())


def age_spans() -> st.SearchStrategy[AgeSpan]:
    """Any span of ages."""
    closed = st.lists(st.integers(0, 130), min_size=2, max_size=2).map(lambda ages: AgeSpan(*sorted(ages)))
    return st.builds(AgeSpan, st.integers(0, 130)) | closed


def people_spans() -> st.SearchStrategy[PeopleSpan]:
    """Any number of people, and any span of them."""
    numbers_of_people = st.integers(0, 999_999_999)
    closed = st.lists(numbers_of_people, min_size=2, max_size=2, unique=True).map(
        lambda ends: PeopleSpan(*sorted(ends))
    )
    return st.builds(PeopleSpan, numbers_of_people) | closed


def organisation_numbers() -> st.SearchStrategy[OrganisationNumber]:
    """Any ten digits, with right or wrong check digit, with and without century."""
    digits = st.text("0123456789", min_size=10, max_size=10).filter(lambda text: text.strip("0"))
    return st.builds(OrganisationNumber, digits, st.sampled_from(["", "16", "18", "19", "20"]))


def case_numbers() -> st.SearchStrategy[CaseNumber]:
    """Any diarienummer: such as authorities write, and any other line of text."""
    usual = st.sampled_from(["KS 2026/123", "KSN-2016-1422", "0193/15", "KS/2015:438", "2026"])
    odd = texts(20).map(lambda text: " ".join(text.split("\n"))[:100].strip()).filter(bool)
    return (usual | odd).map(CaseNumber)


def party_refs() -> st.SearchStrategy[PartyRef]:
    """Any reference to a party, also to one that does not exist."""
    return (st.sampled_from(["kommunen", "föreningen", EVERY_PARTY]) | texts(20)).map(PartyRef)


def clause_names() -> st.SearchStrategy[ClauseName]:
    """Any name of a clause, those that the base layer has and others."""
    known = st.sampled_from(["överskott", "tvist", "andra_bidrag", "force majeure", "icke-diskriminering", "ja"])
    return (known | st.from_regex(r"\A[a-zåäö](?:[a-zåäö0-9_ -]{0,20}[a-zåäö0-9_])?\Z")).map(ClauseName)


def values(
    kind: Any, *, text: st.SearchStrategy[str] | None = None, party: st.SearchStrategy[PartyRef] | None = None
) -> st.SearchStrategy[Any]:
    """Any value of a leaf type of the model; *text* and *party* stand in for free text and references."""
    if isinstance(kind, type) and issubclass(kind, Enum):
        return st.sampled_from(kind)
    free = texts() if text is None else text
    makers: dict[Any, Callable[[], st.SearchStrategy[Any]]] = {
        str: lambda: free,
        RichText: lambda: free.map(RichText),
        PartyRef: lambda: party_refs() if party is None else party,
        ClauseName: clause_names,
        bool: st.booleans,
        int: lambda: st.integers(0, 999_999_999),
        Hours: lambda: st.integers(0, 999_999_999).map(Hours),
        Year: lambda: st.integers(1900, 2200).map(Year),
        Decimal: numbers,
        date: dates,
        Money: moneys,
        Duration: durations,
        OrganisationNumber: organisation_numbers,
        CaseNumber: case_numbers,
        Period: periods,
        AgeSpan: age_spans,
        PeopleSpan: people_spans,
    }
    return makers[kind]()


@st.composite
def records(
    draw: st.DrawFn,
    cls: type,
    *,
    max_fields: int = 4,
    text: st.SearchStrategy[str] | None = None,
    party: st.SearchStrategy[PartyRef] | None = None,
) -> Any:
    """Any object of the model class *cls*, at most *max_fields* of its fields present, lists of at most two."""
    fields = fields_of(cls)
    chosen = draw(st.lists(st.sampled_from(fields), max_size=min(max_fields, len(fields)), unique_by=lambda f: f.name))
    return cls(**{field.name: draw(_field(field, max(1, max_fields - 1), text, party)) for field in chosen})


def _field(
    field: Field, max_fields: int, text: st.SearchStrategy[str] | None, party: st.SearchStrategy[PartyRef] | None
) -> st.SearchStrategy[Any]:
    if field.keyed:
        key, value = field.keyed
        pairs = st.builds(field.type, **{one.name: values(one.type, text=text) for one in (key, value)})
        return st.lists(pairs, min_size=1, max_size=2, unique_by=lambda pair: getattr(pair, key.name)).map(tuple)
    is_record = attrs.has(field.type) and bool(fields_of(field.type))
    one = (
        records(field.type, max_fields=max_fields, text=text, party=party)
        if is_record
        else values(field.type, text=text, party=party)
    )
    return st.lists(one, min_size=1, max_size=2).map(tuple) if field.many else one


def agreements(max_fields: int = 5) -> st.SearchStrategy[Agreement]:
    """Any agreement the model can hold, sensible or not."""
    return records(Agreement, max_fields=max_fields)


@st.composite
def plausible_agreements(draw: st.DrawFn, max_fields: int = 6, text: st.SearchStrategy[str] | None = None) -> Agreement:
    """An agreement with a title and two to four parties of different names, referred to by names that exist.

    Free text is short Swedish unless *text* says otherwise.
    """
    words = plain_texts() if text is None else text
    civil = draw(
        st.lists(st.sampled_from(["föreningen", "stiftelsen", "församlingen"]), min_size=1, max_size=3, unique=True)
    )
    parties = [
        Party(name="Exempelstads kommun", kind=PartyKind.MUNICIPALITY, short_name="kommunen", units=("Socialnämnden",)),
        *(Party(name=f"Norrbys {name}", kind=PartyKind.ASSOCIATION, short_name=name) for name in civil),
    ]
    names = st.sampled_from([PartyRef(str(party.called)) for party in parties])
    rest = draw(records(Agreement, max_fields=max_fields, text=words, party=names))
    return attrs.evolve(rest, title=draw(words), parties=tuple(parties))
