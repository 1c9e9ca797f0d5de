"""R – advice on the term: long enough to build something, extended after an evaluation."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from iopdocs.findings import Level
from iopdocs.linter.rule import Case, Hit, rule
from iopdocs.values.duration import Duration, Unit


@rule("R401", "kort-avtalstid", Level.ADVICE, reads=("avtalstid.start", "avtalstid.slut", "avtalstid.försök"))
def shorter_than_standard(case: Case) -> Iterable[Hit]:
    """En avtalstid som är kortare än standardtiden.

    Vad: Tiden från avtalets start till dess slut är kortare än gränsen ”standardtid”, om profilen eller inställningarna
        har en. Regeln tiger för försök (”försök: ja”), för avtal tills vidare och när start eller slut saknas.
    Varför: Det tar tid att bygga tillit, pröva och lära. Västra Götalandsregionen siktar på fem år.
    Dåligt exempel:
        avtalstid: {start: 2027-01-01, slut: 2027-12-31}
    Bra exempel:
        avtalstid: {start: 2027-01-01, slut: 2031-12-31}
    Källa: vgr, Regionens riktlinje för IOP.
    """
    term, standard = case.agreement.term, case.limits.standard_term
    if term is None or standard is None or standard.unit.needs_calendar or term.start is None or term.end is None:
        return
    if term.pilot or term.until_further_notice or term.end < term.start:
        return
    if term.end < last_day(term.start, standard):
        yield Hit(
            "avtalstid.slut",
            f"avtalet gäller kortare tid än {standard}",
            "avtala en längre tid, eller skriv ”försök: ja” om det är tänkt att vara kort",
        )


def last_day(start: date, length: Duration) -> date:
    """Return the last day of a period of *length* that begins on *start*; at most the last representable date."""
    if length.unit in (Unit.DAYS, Unit.WEEKS):
        days = length.amount * (7 if length.unit is Unit.WEEKS else 1)
        return start + timedelta(days=days - 1) if (date.max - start).days >= days else date.max
    months = length.amount * (12 if length.unit is Unit.YEARS else 1)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if year > 9999:
        return date.max
    # A day missing in the month (31 January and one month) becomes the first of the next month, so that no month is short.
    following = date(year, month + 1, 1) + timedelta(days=start.day - 1) if (year, month) < (9999, 11) else date.max
    if following.month != month + 1 and following is not date.max:
        following = following.replace(day=1)
    return following - timedelta(days=1)


@rule(
    "R409",
    "automatisk-förlängning",
    Level.ADVICE,
    reads=("avtalstid.förlängning.automatisk", "avtalstid.förlängning.efter_uppföljning"),
)
def automatic_extension(case: Case) -> Iterable[Hit]:
    """En automatisk förlängning utan att någon har sett efter hur det går.

    Vad: ”automatisk” är ja, och ”efter_uppföljning” är inte ja.
    Varför: En förlängning är ett tillfälle att lära av det som har varit; sker den av sig själv går det förlorat, och den
        rättsliga bedömningen blir inte omprövad.
    Dåligt exempel:
        avtalstid: {förlängning: {automatisk: ja}}
    Bra exempel:
        avtalstid: {förlängning: {automatisk: ja, efter_uppföljning: ja}}
    Källa: famna, Utvärdera och omförhandla; malmo, Period för avtalet.
    """
    extension = case.agreement.term.extension if case.agreement.term else None
    if extension and extension.automatic and not extension.after_follow_up:
        yield Hit(
            "avtalstid.förlängning.automatisk",
            "avtalet förlängs av sig självt, utan föregående uppföljning",
            "låt parterna gå igenom uppföljningen först: ”efter_uppföljning: ja”, eller ”automatisk: nej”",
        )
