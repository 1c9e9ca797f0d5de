"""The agreement as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import attrs
from attrs import frozen

from iopdocs.enums import SwedishWord
from iopdocs.errors import Position
from iopdocs.model.assessment import FormChoice, LegalAssessment, LintNotes
from iopdocs.model.background import Background
from iopdocs.model.clauses import ClauseChoice, OwnClause
from iopdocs.model.closing import Appendix, OwnSection, Signing
from iopdocs.model.economy import Economy
from iopdocs.model.fields import Field, entry, walk
from iopdocs.model.goals import Goals
from iopdocs.model.insatser import Insats, InsatsFrame
from iopdocs.model.knowledge import Knowledge
from iopdocs.model.organisation import Organisation
from iopdocs.model.parties import Party, Relations
from iopdocs.model.positions import unchanged_positions
from iopdocs.model.renegotiation_and_disputes import Dispute, Renegotiation, Termination
from iopdocs.model.special_terms import SpecialTerms
from iopdocs.model.starting_points import Basis, Understanding
from iopdocs.model.term import Term
from iopdocs.model.value_base import ValueBase


class Status(SwedishWord):
    """The stage of an agreement's life."""

    DRAFT = "utkast"
    DECIDED = "beslutad"
    SIGNED = "undertecknad"
    IN_FORCE = "gällande"
    NOTICE_GIVEN = "uppsagd"
    ENDED = "upphörd"


class Area(SwedishWord):
    """The huvudområden of the register (source: famna-rapport, Typ av insatsområden)."""

    SAFETY = "Trygghetsskapande insatser"
    LEISURE = "Fritids- och utbildningsstödjande insatser"
    HEALTH = "Hälsofrämjande och rehabiliterande insatser"
    CRIME = "Insatser för personer som utsatts för, bevittnat eller begått brott samt brottspreventiva åtgärder"
    LABOUR = "Arbetsmarknads- och integrationsinsatser"
    DISABILITY = "Insatser för personer med funktionsnedsättning"
    BASIC_NEEDS = "Akuta insatser för att tillgodose basbehov"
    OTHER = "Övrigt"


@frozen
class DataOrigin:
    """The origin of an agreement's data: the file name, its text and the position of each Swedish path in it.

    *positions* maps a path (``parter[1].namn``) to the start of its value. *text* is kept so that a finding can quote
    the line it refers to. *read* is the agreement whose values stand there: one that is made from it by
    :func:`attrs.evolve` has the same origin and other values (see :attr:`Agreement.positions`).
    """

    file: str
    text: str
    positions: Mapping[str, Position] = attrs.field(factory=dict)
    read: Agreement | None = attrs.field(default=None, eq=False, repr=False)


@frozen(kw_only=True)
class Agreement:
    """An idéburet offentligt partnerskap as data: fifteen sections in the order of malmo's template.

    Every part may be absent: a draft is incomplete by nature. *source* records where the agreement was read from. It is
    not part of the agreement and is ignored when two agreements are compared.
    """

    title: str | None = entry("titel", "Titel", "Avtalets titel.", example="Trygga kvällar i Norrby")
    status: Status | None = entry(
        "status", "Status", "Var avtalet står: utkast, beslutad, undertecknad …", example="utkast"
    )
    ended_early: bool | None = entry(
        "upphörd_i_förtid",
        "Upphörd i förtid",
        "Ja om avtalet upphörde före sitt slutdatum.",
        sources=("famna-rapport",),
        printed=False,
        example="nej",
    )
    area: Area | None = entry(
        "huvudområde",
        "Huvudområde",
        "Det insatsområde som avtalet räknas till i registret.",
        sources=("famna-rapport",),
        printed=False,
        example="Trygghetsskapande insatser",
    )
    further_areas: tuple[Area, ...] = entry(
        "fler_områden",
        "Fler områden",
        "Andra insatsområden som avtalet rör.",
        sources=("famna-rapport",),
        printed=False,
        many=True,
    )
    parties: tuple[Party, ...] = entry(
        "parter", "Parter", "Avtalets parter, minst en offentlig och en idéburen.", sources=("malmo", "sou"), many=True
    )
    relations: Relations | None = entry(
        "partsförhållanden",
        "Parternas förhållande",
        "Hur parterna står till varandra, ansluter och utträder.",
        sources=("malmo",),
    )
    background: Background | None = entry(
        "bakgrund",
        "Bakgrundsförutsättningar",
        "Behovet, uppdraget och det som redan finns.",
        sources=("malmo", "vgr", "famna", "uddevalla"),
    )
    value_base: ValueBase | None = entry(
        "värdegrund", "Värdegrund", "Vad partnerskapet står för.", sources=("malmo", "vgr", "uddevalla")
    )
    insatser: tuple[Insats, ...] = entry(
        "insatser",
        "Insatser",
        "Den verksamhet som avtalet gäller.",
        sources=("malmo", "vgr", "famna", "uddevalla"),
        many=True,
    )
    insats_frame: InsatsFrame | None = entry(
        "insatsram", "Insatsram", "En ram för insatser som justeras över tid.", sources=("famna",)
    )
    understanding: Understanding | None = entry(
        "överenskommelse", "Avtalad överenskommelse", "Hur avtalet har tagits fram.", sources=("malmo",)
    )
    basis: Basis | None = entry(
        "utgångspunkter", "Avtalets form och utgångspunkt", "Vad avtalet reglerar och utgår från.", sources=("malmo",)
    )
    goals: Goals | None = entry(
        "mål",
        "Mål med avtalad verksamhet",
        "Syfte, mål, strategier och målgrupp.",
        sources=("malmo", "vgr", "famna", "uddevalla", "sou"),
    )
    organisation: Organisation | None = entry(
        "organisation",
        "Organisation och samverkan",
        "Roller, beslut, grupper och kommunikation.",
        sources=("malmo", "vgr", "famna", "uddevalla"),
    )
    knowledge: Knowledge | None = entry(
        "kunskap",
        "Kunskapsinhämtning och uppföljning",
        "Lärande, uppföljning och utvärdering.",
        sources=("malmo", "vgr", "famna", "uddevalla"),
    )
    economy: Economy | None = entry(
        "ekonomi",
        "Ekonomi",
        "Resurser, utbetalningar och överskott.",
        sources=("malmo", "vgr", "famna", "uddevalla", "sou"),
    )
    term: Term | None = entry(
        "avtalstid",
        "Period för avtalet",
        "Avtalstid, uppsägning och förlängning.",
        sources=("malmo", "vgr", "famna", "uddevalla"),
    )
    renegotiation: Renegotiation | None = entry(
        "omförhandling",
        "Omförhandling",
        "Omförhandling, avvikelser och ändringar.",
        sources=("malmo", "vgr", "famna", "uddevalla"),
    )
    termination: Termination | None = entry(
        "hävning", "Hävning", "Hävning, återbetalning och avveckling.", sources=("malmo", "vgr", "famna", "uddevalla")
    )
    dispute: Dispute | None = entry(
        "tvist", "Tvist", "Hur tvister löses.", sources=("malmo", "vgr", "famna", "uddevalla")
    )
    special_terms: SpecialTerms | None = entry(
        "särskilda_villkor", "Särskilda villkor", "Personuppgifter, sekretess, försäkring med mera."
    )
    signing: Signing | None = entry("underskrift", "Underskrift", "Hur avtalet skrivs under.", sources=("malmo",))
    appendices: tuple[Appendix, ...] = entry("bilagor", "Bilagor", "Avtalets bilagor i ordning.", many=True)
    own_sections: tuple[OwnSection, ...] = entry(
        "egna_avsnitt", "Egna avsnitt", "Avsnitt med egen rubrik och text.", many=True
    )
    clauses: tuple[ClauseChoice, ...] = entry(
        "klausuler",
        "Klausuler",
        "Valda varianter: klausulens namn, kolon och variantens namn, ett val på varje rad. Alla klausuler och varianter: iopdocs clauses list.",
        printed=False,
        many=True,
        keyed=True,
        example="{överskott: återbetalas}",
    )
    own_clauses: tuple[OwnClause, ...] = entry(
        "egna_klausuler", "Egna klausuler", "Klausuler med egen text, placerade där parterna vill ha dem.", many=True
    )
    assessment: LegalAssessment | None = entry(
        "rättslig_bedömning",
        "Rättslig bedömning",
        "Det som den offentliga parten dokumenterar innan den skriver under; hör till ärendet, inte till avtalet.",
        sources=("sou", "famna", "vgr"),
        printed=False,
    )
    choice: FormChoice | None = entry(
        "vägval",
        "Vägval",
        "Svaren som visar att ett partnerskap är rätt form; hör till ärendet, inte till avtalet.",
        sources=("malmo", "vgr", "famna"),
        printed=False,
    )
    lint: LintNotes | None = entry("lint", "Granskning", "Vad granskningen ska lämna, med skäl.", printed=False)

    source: DataOrigin | None = attrs.field(default=None, eq=False, repr=False)

    def party(self, reference: str) -> Party | None:
        """Return the party that *reference* (a ``kallas`` or a ``namn``) names, or ``None``. Letter case is ignored."""
        return self._named.get(" ".join(reference.split()).casefold())

    @cached_property
    def leaves(self) -> tuple[tuple[str, Field, Any], ...]:
        """Every value that is present: (Swedish path, field, value), depth first (see :func:`walk`)."""
        return tuple(walk(self))

    @cached_property
    def positions(self) -> Mapping[str, Position]:
        """The start in the file of each value that is the one that was read there, by Swedish path; "" is the whole."""
        if self.source is None:
            return {}
        if self.source.read is None or self.source.read == self:
            return {"": Position(1, 1), **self.source.positions}
        return unchanged_positions(self.source.positions, self.source.read, self)

    @cached_property
    def _named(self) -> Mapping[str, Party]:
        """The parties by name. A short name takes precedence over a name, and the first party over a later one."""
        by_name = [(party.name, party) for party in reversed(self.parties)]
        by_short_name = [(party.short_name, party) for party in reversed(self.parties)]
        return {" ".join(name.split()).casefold(): party for name, party in (*by_name, *by_short_name) if name}


def with_origin(agreement: Agreement, source: DataOrigin) -> Agreement:
    """Return *agreement* with *source*, whose positions are those of its values."""
    bare = attrs.evolve(agreement, source=None)
    return attrs.evolve(agreement, source=attrs.evolve(source, read=bare))


def with_positions_of(agreement: Agreement, other: Agreement) -> Agreement:
    """Return *agreement*, which is *other* with values filled in, with the positions of *other*."""
    if other.source is None:
        return agreement
    return with_origin(agreement, attrs.evolve(other.source, positions=other.positions))
