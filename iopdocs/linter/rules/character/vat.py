"""J – VAT and invoices on the parties' money: signs of a sale."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from iopdocs.findings import Level
from iopdocs.linter.economies import economies
from iopdocs.linter.rule import Case, Hit, rule
from iopdocs.model.economy import Economy, ResourceKind

_TOKEN = re.compile(r"\w+|[.;:!?,()\n–]")
_WORD = re.compile(
    r"faktura(?:n|ns|s)?|fakturor(?:na|nas|s)?|fakturera(?:s|r|t|ts|d|de|des|nde)?|fakturering(?:en|ens|ar|arna)?|"
    r"mervärdess?katt(?:en|ens|er|erna|s)?|moms(?:en|ens)?"
)
_DENIES = frozenset(
    [
        "inte",
        "ej",
        "icke",
        "aldrig",
        "ingen",
        "inget",
        "inga",
        "varken",
        "befriad",
        "befriat",
        "befriade",
        "undantagen",
        "undantaget",
        "undantagna",
        "fri",
        "fria",
        "fritt",
    ]
)
_BREAKS = frozenset([",", "(", ")", "–", "men", "utan"])
_JOINS = frozenset(["och", "samt"])
_OWN_COSTS = frozenset(["kopia", "kopior", "kvitto", "kvitton", "kvittot", "kvittona", "kvittokopior", "fakturakopior"])


@rule(
    "J308",
    "moms-eller-faktura",
    Level.WARNING,
    reads=(
        "ekonomi.utbetalningar.moms",
        "ekonomi.utbetalningar.underlag",
        "ekonomi.utbetalningar.ändamål",
        "ekonomi.resurser.beskrivning",
    ),
)
def vat_or_invoice(case: Case) -> Iterable[Hit]:
    """Mervärdesskatt eller faktura på en parts medel.

    Vad: En utbetalning har ”moms: ja”, eller orden faktura, fakturera, mervärdesskatt eller moms i någon böjning står i dess
        underlag eller ändamål, eller i beskrivningen av kontanta medel; bilagornas ekonomi räknas med. Varje ord sägs
        en gång för varje text. Regeln tiger när
        ordet är nekat (”utan moms”, ”inte mot faktura”, ”mervärdesskatt utgår inte”) och när det gäller kopior och kvitton
        som visar organisationens egna kostnader.
    Varför: Den som fakturerar och lägger på mervärdesskatt säljer något. Pengarna i ett partnerskap är en resurs som en part
        bidrar med och betalas till exempel mot en skriftlig rekvirering.
    Dåligt exempel:
        ekonomi: {utbetalningar: [{belopp: 50 000 kr, underlag: faktura varje kvartal}]}
    Bra exempel:
        ekonomi: {utbetalningar: [{belopp: 50 000 kr, underlag: skriftlig rekvirering, moms: nej}]}
    Källa: malmo, Ekonomi; famna, Lagen om offentlig upphandling (LOU).
    """
    for path, economy in economies(case.agreement):
        for number, payment in enumerate(economy.payments, 1):
            if payment.vat:
                message = "mervärdesskatt läggs på beloppet, som vid en försäljning"
                yield Hit(f"{path}.utbetalningar[{number}].moms", message, _hint())
        for where, text in _texts(path, economy):
            reported: set[str] = set()
            for start, end in sale_words(text):
                word = text[start:end]
                if word.casefold() not in reported:
                    reported.add(word.casefold())
                    message = f"”{word}” hör till en försäljning"
                    yield Hit(where, message, _hint(), span=(start, end), word=word.casefold())


def _hint() -> str:
    return "låt medlen betalas mot en rekvirering, utan faktura och mervärdesskatt, eller pröva om det är ett köp"


def _texts(path: str, economy: Economy) -> Iterator[tuple[str, str]]:
    for number, payment in enumerate(economy.payments, 1):
        yield f"{path}.utbetalningar[{number}].underlag", payment.basis or ""
        yield f"{path}.utbetalningar[{number}].ändamål", payment.purpose or ""
    for number, resource in enumerate(economy.resources, 1):
        if resource.kind is ResourceKind.CASH:
            yield f"{path}.resurser[{number}].beskrivning", resource.description or ""


def sale_words(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, exclusive end) of each word for VAT or invoice in *text* that is not negated in its clause."""
    # ”inte … utan …” reverses a negation, also across a comma, so an earlier negation is tracked separately.
    denied = has_denied = own_costs = False
    waiting: list[tuple[int, int]] = []
    before = ""
    for match in _TOKEN.finditer(text):
        word = match[0].casefold() if match.end() - match.start() < 30 else "…"
        ends = word in ".;:!?\n"
        if ends or word in _BREAKS or (word in _DENIES and before in _JOINS):
            yield from waiting
            waiting = []
        if ends or word in _BREAKS:
            has_denied = has_denied and not ends and word != "men"
            own_costs = own_costs and word == "utan"
            denied = word == "utan" and not has_denied
        elif word in _DENIES:
            # A negation after the word applies to it as well: ”mervärdesskatt utgår inte”.
            waiting, denied, has_denied = [], True, True
        elif word in _OWN_COSTS:
            own_costs = True
        elif not denied and not own_costs and _WORD.fullmatch(word):
            waiting.append(match.span())
        before = word
    yield from waiting
