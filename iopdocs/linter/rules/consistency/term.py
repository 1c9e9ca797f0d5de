"""S – the parts of the term compared with each other: start and end, notice, extension."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from iopdocs.findings import Level
from iopdocs.linter.rule import Case, Hit, rule
from iopdocs.model.fields import is_absent
from iopdocs.model.schedule import later
from iopdocs.values import running_text
from iopdocs.values.duration import Duration
from iopdocs.values.period import Period


@rule("S101", "slut-före-start", Level.ERROR, reads=("avtalstid.start", "avtalstid.slut"))
def end_before_start(case: Case) -> Iterable[Hit]:
    """En tid som slutar innan den börjar.

    Vad: Avtalstidens slut, eller slutet på en period, ligger före dess start.
    Varför: Då går det inte att säga när avtalet gäller.
    Dåligt exempel:
        avtalstid: {start: 2027-01-01, slut: 2026-12-31}
    Bra exempel:
        avtalstid: {start: 2027-01-01, slut: 2029-12-31}
    Källa: malmo, Period för avtalet.
    """
    term = case.agreement.term
    if term and term.start and term.end and term.end < term.start:
        message = "avtalet slutar den {end}, innan det börjar den {start}"
        text = message.format(end=running_text.day(term.end), start=running_text.day(term.start))
        yield Hit("avtalstid.slut", text, "rätta den av dagarna som är fel, ”start” eller ”slut”")
    for path, _field, value in case.agreement.leaves:
        if isinstance(value, Period) and value.end < value.start:
            message = "perioden slutar den {end}, innan den börjar den {start}"
            text = message.format(end=running_text.day(value.end), start=running_text.day(value.start))
            yield Hit(path, text, "rätta den av dagarna som är fel: den första dagen står först")


@rule("S104", "tills-vidare-med-slutdag", Level.ERROR, reads=("avtalstid.tills_vidare", "avtalstid.slut"))
def open_ended_with_end(case: Case) -> Iterable[Hit]:
    """Ett avtal som både gäller tills vidare och har en slutdag.

    Vad: Avtalet är angivet som tills vidare och har ändå ett slutdatum.
    Varför: Läsaren vet inte om avtalet upphör på slutdagen.
    Dåligt exempel:
        avtalstid: {tills_vidare: ja, slut: 2029-12-31}
    Bra exempel:
        avtalstid: {tills_vidare: nej, slut: 2029-12-31}
    Källa: malmo, Period för avtalet.
    """
    term = case.agreement.term
    if term and term.until_further_notice and term.end:
        message = "avtalet gäller tills vidare men har också slutdagen den {end}"
        hint = "skriv ”tills_vidare: nej” om slutdagen gäller, annars ta bort slutdagen"
        yield Hit("avtalstid.slut", message.format(end=running_text.day(term.end)), hint)


@rule(
    "S105", "tills-vidare-utan-uppsägning", Level.WARNING, reads=("avtalstid.tills_vidare", "avtalstid.uppsägningstid")
)
def open_ended_without_notice(case: Case) -> Iterable[Hit]:
    """Ett avtal som gäller tills vidare och saknar uppsägningstid.

    Vad: Avtalet gäller tills vidare, och ingen uppsägningstid är angiven.
    Varför: Då framgår det inte hur en part kommer ur avtalet.
    Dåligt exempel:
        avtalstid: {tills_vidare: ja}
    Bra exempel:
        avtalstid: {tills_vidare: ja, uppsägningstid: 6 månader}
    Källa: uddevalla, avtalstid och uppsägningstid.
    """
    term = case.agreement.term
    if term and term.until_further_notice and term.notice is None:
        message = "avtalet gäller tills vidare men har ingen uppsägningstid"
        yield Hit("avtalstid.uppsägningstid", message, "skriv hur lång den är, till exempel uppsägningstid: 6 månader")


@rule(
    "S135",
    "förlängning-utan-gräns",
    Level.WARNING,
    reads=("avtalstid.förlängning.antal", "avtalstid.förlängning.längd", "avtalstid.förlängning.automatisk"),
)
def extension_without_limit(case: Case) -> Iterable[Hit]:
    """En förlängning som kan upprepas hur många gånger som helst.

    Vad: Förlängningen har en längd eller är automatisk, men antalet förlängningar saknas; eller antalet är 0.
    Varför: Utan antal kan avtalet förlängas utan slut, och uppdraget från början räcker inte för det.
    Dåligt exempel:
        avtalstid: {start: 2027-01-01, slut: 2029-12-31, förlängning: {längd: 12 månader, automatisk: nej}}
    Bra exempel:
        avtalstid: {start: 2027-01-01, slut: 2029-12-31, förlängning: {antal: 2, längd: 12 månader, automatisk: nej}}
    Källa: malmo, Period för avtalet.
    """
    extension = case.agreement.term.extension if case.agreement.term else None
    if extension is None:
        return
    path = "avtalstid.förlängning.antal"
    if extension.times == 0:
        message = "avtalet kan förlängas högst noll gånger, alltså inte alls"
        yield Hit(path, message, "ta bort förlängningen, eller skriv hur många gånger den kan ske")
    elif extension.times is None and (extension.automatic or extension.length is not None):
        what = "avtalet förlängs automatiskt utan gräns för hur många gånger"
        message = what if extension.automatic else "det framgår inte hur många gånger avtalet kan förlängas"
        yield Hit(path, message, "skriv ”antal”, till exempel antal: 1")


@rule(
    "S136",
    "uppsägningstid-längre-än-avtalet",
    Level.ERROR,
    reads=(
        "avtalstid.uppsägningstid",
        "avtalstid.förlängning.förhandlas_senast",
        "partsförhållanden.utträde.uppsägningstid",
        "avtalstid.start",
        "avtalstid.slut",
    ),
)
def notice_longer_than_term(case: Case) -> Iterable[Hit]:
    """En uppsägningstid som är längre än avtalet.

    Vad: Uppsägningstiden, uppsägningstiden vid utträde eller tiden för förhandling om förlängning är längre än
        avtalstiden.
    Varför: Då kan ingen part använda den.
    Dåligt exempel:
        avtalstid: {start: 2027-01-01, slut: 2027-06-30, uppsägningstid: 9 månader}
    Bra exempel:
        avtalstid: {start: 2027-01-01, slut: 2027-06-30, uppsägningstid: 2 månader}
    Källa: uddevalla, avtalstid och uppsägningstid; malmo, Period för avtalet.
    """
    term = case.agreement.term
    if term is None or term.start is None or term.end is None or term.end < term.start:
        return
    whole = running_text.stretch(Period(term.start, term.end))
    for path, what, length in _notices(case):
        after = later(term.start, length)
        if after is not None and after.toordinal() - term.end.toordinal() > 1:
            message = "{what} {length} är längre än hela avtalstiden {term}"
            yield Hit(
                path, message.format(what=what, length=running_text.length(length), term=whole), "skriv en kortare tid"
            )


def _notices(case: Case) -> Iterator[tuple[str, str, Duration]]:
    term, relations = case.agreement.term, case.agreement.relations
    if term and term.notice:
        yield "avtalstid.uppsägningstid", "uppsägningstiden", term.notice
    if term and term.extension and term.extension.negotiated:
        path = "avtalstid.förlängning.förhandlas_senast"
        yield path, "tiden för förhandling om förlängning", term.extension.negotiated
    if relations and relations.withdrawal and relations.withdrawal.notice:
        path = "partsförhållanden.utträde.uppsägningstid"
        yield path, "uppsägningstiden vid utträde", relations.withdrawal.notice


@rule(
    "S137",
    "fortsätter-utan-uppsägningstid",
    Level.WARNING,
    reads=("avtalstid.upphör_utan_uppsägning", "avtalstid.uppsägningstid", "avtalstid.förlängning.automatisk"),
)
def goes_on_without_notice(case: Case) -> Iterable[Hit]:
    """Ett avtal som fortsätter om ingen säger upp det, men saknar uppsägningstid.

    Vad: Avtalet upphör inte utan uppsägning, eller förlängs automatiskt, och uppsägningstiden saknas. Avtal som gäller
        tills vidare har en egen regel.
    Varför: Då framgår det inte när en part senast behöver säga upp avtalet för att det ska upphöra.
    Dåligt exempel:
        avtalstid: {slut: 2029-12-31, upphör_utan_uppsägning: nej}
    Bra exempel:
        avtalstid: {slut: 2029-12-31, upphör_utan_uppsägning: nej, uppsägningstid: 6 månader}
    Källa: malmo, Period för avtalet; uddevalla, avtalstid och uppsägningstid.
    """
    term = case.agreement.term
    if term is None or term.notice is not None or term.until_further_notice:
        return
    hint = "skriv ”uppsägningstid”"
    if term.ends_without_notice is False:
        message = "avtalet upphör bara om någon säger upp det, men uppsägningstiden saknas"
        yield Hit("avtalstid.uppsägningstid", message, hint)
    elif term.extension and term.extension.automatic:
        message = "avtalet förlängs om ingen säger upp det, men uppsägningstiden saknas"
        yield Hit("avtalstid.uppsägningstid", message, hint)


@rule("S140", "tills-vidare-med-förlängning", Level.WARNING, reads=("avtalstid.tills_vidare", "avtalstid.förlängning"))
def open_ended_with_extension(case: Case) -> Iterable[Hit]:
    """Ett avtal som gäller tills vidare och ändå kan förlängas.

    Vad: Avtalet gäller tills vidare och saknar slutdag, och har ändå bestämmelser om förlängning.
    Varför: Det som inte har något slut kan inte förlängas. Läsaren vet inte om avtalet har en slutdag.
    Dåligt exempel:
        avtalstid: {tills_vidare: ja, uppsägningstid: 6 månader, förlängning: {antal: 1, längd: 12 månader}}
    Bra exempel:
        avtalstid: {tills_vidare: ja, uppsägningstid: 6 månader}
    Källa: malmo, Period för avtalet.
    """
    term = case.agreement.term
    if term and term.until_further_notice and term.end is None and not is_absent(term.extension):
        message = "avtalet gäller tills vidare men har bestämmelser om förlängning"
        yield Hit("avtalstid.förlängning", message, "ta bort förlängningen, eller skriv en slutdag")


@rule(
    "S141",
    "upphör-och-förlängs",
    Level.ERROR,
    reads=("avtalstid.upphör_utan_uppsägning", "avtalstid.förlängning.automatisk"),
)
def ends_and_goes_on(case: Case) -> Iterable[Hit]:
    """Ett avtal som både upphör av sig självt och förlängs av sig självt.

    Vad: Avtalet upphör utan uppsägning på slutdagen, och förlängs automatiskt.
    Varför: De två bestämmelserna säger emot varandra om vad som händer när ingen gör något.
    Dåligt exempel:
        avtalstid:
          upphör_utan_uppsägning: ja
          uppsägningstid: 6 månader
          förlängning: {antal: 1, längd: 12 månader, automatisk: ja}
    Bra exempel:
        avtalstid:
          upphör_utan_uppsägning: ja
          uppsägningstid: 6 månader
          förlängning: {antal: 1, längd: 12 månader, automatisk: nej}
    Källa: malmo, Period för avtalet.
    """
    term = case.agreement.term
    if term and term.ends_without_notice and term.extension and term.extension.automatic:
        message = "avtalet upphör utan uppsägning på slutdagen men förlängs också automatiskt"
        hint = "skriv nej på det som inte ska gälla"
        yield Hit("avtalstid.förlängning.automatisk", message, hint)
