"""S – samstämmighet: what the agreement says in one place against what it says in another."""

from __future__ import annotations

from collections.abc import Iterable

from iopdocs.library.profiles import Level
from iopdocs.lint.rule import Rule, rule
from iopdocs.messages import _
from iopdocs.model.agreement import Agreement
from iopdocs.model.fields import EVERY_PARTY, PartyRef
from iopdocs.model.identifiers import OrganisationNumber
from iopdocs.model.period import Period


@rule("S101", "slut-före-start", Level.ERROR, "malmo, Period för avtalet")
def end_before_start(agreement: Agreement) -> Iterable[tuple[str, str]]:
    """En tid som slutar innan den börjar.

    Vad: Avtalstidens slut, eller slutet på en period, ligger före dess start.
    Varför: Då går det inte att säga när avtalet gäller.
    Dåligt exempel: start 2027-01-01 och slut 2026-12-31.
    Bra exempel: start 2027-01-01 och slut 2029-12-31.
    Källa: malmo, Period för avtalet.
    """
    term = agreement.term
    if term and term.start and term.end and term.end < term.start:
        yield (
            "avtalstid.slut",
            _("avtalet slutar {end} innan det börjar {start}").format(end=term.end, start=term.start),
        )
    for path, _field, value in agreement.leaves:
        if isinstance(value, Period) and value.end < value.start:
            yield path, _("perioden slutar {end} innan den börjar {start}").format(end=value.end, start=value.start)


@rule("S102", "okänd-part", Level.ERROR, "malmo, Avtalspartner")
def unknown_party(agreement: Agreement) -> Iterable[tuple[str, str]]:
    """En betalare, mottagare eller ansvarig som inte är part.

    Vad: Ett namn som ska vara en parts namn eller korta namn är inte det.
    Varför: Den som inte är part kan varken betala, ta emot eller svara för något enligt avtalet.
    Dåligt exempel: från ”komunen” när parten kallas ”kommunen”.
    Bra exempel: från ”kommunen”.
    Källa: malmo, Avtalspartner.
    """
    for path, field, value in agreement.leaves:
        if field.type is PartyRef and value.strip().casefold() != EVERY_PARTY and agreement.party(value) is None:
            names = ", ".join(party.called for party in agreement.parties if party.called)
            yield path, _("”{name}” är ingen part – parterna är: {names}").format(name=value, names=names or _("inga"))


@rule("S103", "kontrollsiffra", Level.WARNING, "lag (1974:174) om identitetsbeteckning för juridiska personer m.fl.")
def wrong_check_digit(agreement: Agreement) -> Iterable[tuple[str, str]]:
    """Ett organisationsnummer med fel kontrollsiffra.

    Vad: Den sista siffran stämmer inte med de nio före den.
    Varför: Numret är felskrivet och pekar på fel organisation eller ingen.
    Dåligt exempel: 212000-0002.
    Bra exempel: 212000-0001.
    Källa: lag (1974:174) om identitetsbeteckning för juridiska personer m.fl.
    """
    for path, _field, value in agreement.leaves:
        if isinstance(value, OrganisationNumber) and not value.check_digit_is_right:
            yield path, _("organisationsnumret {number} har fel kontrollsiffra").format(number=value)


CONSISTENCY: tuple[Rule, ...] = (end_before_start, unknown_party, wrong_check_digit)
