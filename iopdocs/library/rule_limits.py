"""Limits that rules compare with; a profile and ``iopdocs.yaml`` can set them."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum

import attrs
from attrs import frozen

from iopdocs.model.fields import entry
from iopdocs.values.duration import Duration, Unit


class PdfLevel(Enum):
    """The standard that a PDF claims: PDF/A-1, or PDF/A-2b or 3b with PDF/UA-1 (ISO 19005, ISO 14289)."""

    A1 = "a1"
    A2 = "a2"
    A3 = "a3"

    @property
    def part(self) -> str:
        """The part of ISO 19005."""
        return self.value[1]

    @property
    def accessible(self) -> bool:
        """Whether PDF/UA is asked for too; a PDF/A-1 cannot claim it in LibreOffice."""
        return self is not PdfLevel.A1


@frozen(kw_only=True)
class Limits:
    """Figures that rules compare with; a profile and ``iopdocs.yaml`` may each set some of them. Absent: not set."""

    sentence_words: int | None = entry(
        "ord_per_mening", "Ord per mening", "Fler ord än så i en mening är för långt. 0 stänger av.", example="40"
    )
    lix: int | None = entry(
        "lix", "Läsbarhetsindex", "Högre lix än så i ett avsnitt är svårläst. 0 stänger av.", example="60"
    )
    lix_words: int | None = entry(
        "lix_minst_ord", "Ord för läsbarhetsindex", "Lix räknas bara på avsnitt med minst så många ord.", example="100"
    )
    paid_before: Duration | None = entry(
        "betalning_före_start",
        "Betalning före start",
        "Tidigast så långt före avtalets start får en betalning ligga.",
        example="60 dagar",
    )
    paid_after: Duration | None = entry(
        "betalning_efter_slut",
        "Betalning efter slut",
        "Senast så långt efter avtalets slut får en betalning ligga.",
        example="90 dagar",
    )
    standard_term: Duration | None = entry(
        "standardtid", "Standardtid", "Kortare avtalstid än så ger ett råd.", example="5 år"
    )
    insats_words: int | None = entry(
        "ord_per_insats",
        "Ord per insats",
        "Fler ord än så om en insats är detaljreglering. 0 stänger av.",
        example="250",
    )
    euro_rate: Decimal | None = entry(
        "eurokurs", "Eurokurs", "Kronor per euro när taken för stöd av mindre betydelse räknas om.", example="11,20"
    )
    other_support: bool | None = entry(
        "annat_stöd_tillåtet",
        "Annat stöd tillåtet",
        "Ja om organisationen får ha annat stöd från samma offentliga part.",
        example="ja",
    )

    def over(self, other: Limits) -> Limits:
        """Return these limits, with those of *other* where these are not set."""
        own = {field.name: getattr(self, field.name) for field in attrs.fields(Limits)}
        return attrs.evolve(other, **{name: value for name, value in own.items() if value is not None})


DEFAULT_LIMITS = Limits(
    sentence_words=40,
    lix=60,
    lix_words=100,
    paid_before=Duration(60, Unit.DAYS),
    paid_after=Duration(90, Unit.DAYS),
    insats_words=250,
)
"""The limits where neither profile nor settings set any (domain, section 5: families S, L and R)."""
