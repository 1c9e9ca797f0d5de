"""Conditions of a point that no single path can express: the name, path and missing parts of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum

from attrs import frozen

from iopdocs.library.data_paths import is_blank
from iopdocs.model.agreement import Agreement
from iopdocs.model.closing import SigningForm
from iopdocs.model.fields import EVERY_PARTY
from iopdocs.model.organisation import Group, GroupKind
from iopdocs.model.parties import Party

_LONGEST = 60


class Condition(Enum):
    """Demands that no single path can express."""

    PUBLIC_PARTY = "offentlig part"
    CIVIL_PARTY = "idéburen part"
    EACH_PARTY_HAS_RESOURCES = "varje part har resurser"
    BOTH_SIDES_HAVE_RESOURCES = "båda sidor har resurser"
    EACH_PARTY_HAS_DUTY = "varje part har ett ansvar"
    EACH_PARTY_HAS_SIGNATORY = "varje part har undertecknare"
    EACH_GROUP_HAS_MANDATE = "varje grupp har mandat"
    EACH_GROUP_DESCRIBED = "varje grupp har ledamöter, ordförande och möten"
    STEERING_GROUP = "styrgrupp"
    MANAGEMENT_GROUP = "ledningsgrupp"
    WORKING_GROUP = "arbetsgrupp"
    TERM_KNOWN = "start och slut eller tills vidare"
    EXTENSION_KNOWN = "förlängning"


@frozen
class MissingPart:
    """Something that a point needs and the agreement lacks: *path* is where it belongs, *says* what it is, if known.

    *says* names a party by its name, else by its number, and a group by its number.
    """

    path: str
    says: str = ""


@frozen
class _Rule:
    """*path* is where the condition looks, *means* what it asks for, *lacks* yields what an agreement lacks."""

    path: str
    means: str
    lacks: Callable[[Agreement], Iterable[MissingPart]]


def lacks(agreement: Agreement, condition: Condition) -> tuple[MissingPart, ...]:
    """Return what *condition* finds lacking in *agreement*, in the order of the data; nothing when it holds."""
    return tuple(_RULES[condition].lacks(agreement))


def looks_at(condition: Condition) -> str:
    """Return the path that *condition* is about."""
    return _RULES[condition].path


def meaning(condition: Condition) -> str:
    """Return what *condition* asks for, as a sentence."""
    return _RULES[condition].means


def _public_party(agreement: Agreement) -> Iterator[MissingPart]:
    if not any(_is_public(party) for party in agreement.parties):
        yield MissingPart("parter")


def _civil_party(agreement: Agreement) -> Iterator[MissingPart]:
    if not any(_is_civil(party) for party in agreement.parties):
        yield MissingPart("parter")


def _each_party_has_resources(agreement: Agreement) -> Iterator[MissingPart]:
    giving = _meant(agreement, _givers(agreement))
    yield from _no_parties(agreement)
    for number, party in enumerate(agreement.parties, 1):
        if id(party) not in giving:
            yield MissingPart("ekonomi.resurser", f"det som {_called(number, party)} bidrar med")


def _both_sides_have_resources(agreement: Agreement) -> Iterator[MissingPart]:
    giving = _meant(agreement, _givers(agreement))
    given = [party for party in agreement.parties if id(party) in giving]
    if not any(_is_public(party) for party in given):
        yield MissingPart("ekonomi.resurser", "det som den offentliga sidan bidrar med")
    if not any(_is_civil(party) for party in given):
        yield MissingPart("ekonomi.resurser", "det som den idéburna sidan bidrar med")


def _each_party_has_duty(agreement: Agreement) -> Iterator[MissingPart]:
    entries = agreement.organisation.responsibilities if agreement.organisation else ()
    names = [one.party for one in entries if one.party and not (is_blank(one.role) and is_blank(one.duties))]
    bearing = _meant(agreement, names)
    yield from _no_parties(agreement)
    for number, party in enumerate(agreement.parties, 1):
        if id(party) not in bearing:
            yield MissingPart("organisation.ansvar", f"det som {_called(number, party)} svarar för")


def _each_party_has_signatory(agreement: Agreement) -> Iterator[MissingPart]:
    yield from _no_parties(agreement)
    if agreement.signing is not None and agreement.signing.form is SigningForm.ELECTRONIC:
        return
    for number, party in enumerate(agreement.parties, 1):
        if is_blank(party.signatories):
            yield MissingPart(f"parter[{number}].undertecknare", f"undertecknare för {_called(number, party)}")


def _each_group_has_mandate(agreement: Agreement) -> Iterator[MissingPart]:
    for number, group in _groups(agreement):
        if is_blank(group.mandate):
            yield MissingPart(f"organisation.grupper[{number}].mandat", f"mandat för grupp {number}")


def _each_group_described(agreement: Agreement) -> Iterator[MissingPart]:
    for number, group in _groups(agreement):
        wanted = (("ledamöter", group.members), ("ordförande", group.chair), ("möten", group.meetings))
        for key, value in wanted:
            if is_blank(value):
                says = f"{key} för grupp {number}"
                yield MissingPart(f"organisation.grupper[{number}].{key}", says)


def _group_of(kind: GroupKind) -> Callable[[Agreement], Iterator[MissingPart]]:
    def find(agreement: Agreement) -> Iterator[MissingPart]:
        if not any(group.kind is kind for _number, group in _groups(agreement)):
            yield MissingPart("organisation.grupper")

    return find


def _term_known(agreement: Agreement) -> Iterator[MissingPart]:
    term = agreement.term
    if term is None or term.start is None:
        yield MissingPart("avtalstid.start", "första dagen")
    if term is None or (term.end is None and term.until_further_notice is not True):
        yield MissingPart("avtalstid.slut", "sista dagen, eller ”tills_vidare: ja”")


def _extension_known(agreement: Agreement) -> Iterator[MissingPart]:
    term = agreement.term
    extension = term.extension if term else None
    if (term and term.until_further_notice is True) or (extension and extension.times == 0):
        return
    if extension is None or extension.times is None:
        yield MissingPart("avtalstid.förlängning.antal", "hur många gånger, eller 0")
    if extension is None or extension.length is None:
        yield MissingPart("avtalstid.förlängning.längd", "hur länge")
    if extension is None or extension.negotiated is None:
        yield MissingPart("avtalstid.förlängning.förhandlas_senast", "när parterna senast förhandlar")


def _called(number: int, party: Party) -> str:
    """Return the name of *party* on one line, shortened where it is very long; its number when it has no name."""
    name = " ".join((party.called or "")[: 4 * _LONGEST].split())
    if not name:
        return f"part {number}"
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"


def _is_public(party: Party) -> bool:
    return party.kind is not None and party.kind.is_public


def _is_civil(party: Party) -> bool:
    return party.kind is not None and party.kind.is_civil


def _no_parties(agreement: Agreement) -> Iterator[MissingPart]:
    if not agreement.parties:
        yield MissingPart("parter", "parterna")


def _groups(agreement: Agreement) -> Iterator[tuple[int, Group]]:
    groups = agreement.organisation.groups if agreement.organisation else ()
    yield from ((number, group) for number, group in enumerate(groups, 1) if not is_blank(group))


def _givers(agreement: Agreement) -> list[str]:
    """Return the names of the parties that contribute a resource, in the agreement itself or in an appendix."""
    economies = [agreement.economy, *(appendix.economy for appendix in agreement.appendices)]
    return [resource.party for economy in economies if economy for resource in economy.resources if resource.party]


def _meant(agreement: Agreement, names: Iterable[str]) -> set[int]:
    """Return the identities of the parties that *names* mean; ”alla parter” means each of them."""
    found: set[int] = set()
    for name in names:
        if " ".join(name.split()).casefold() == EVERY_PARTY:
            return {id(party) for party in agreement.parties}
        party = agreement.party(name)
        found |= {id(party)} if party is not None else set()
    return found


_RULES: Mapping[Condition, _Rule] = {
    Condition.PUBLIC_PARTY: _Rule(
        "parter", "Minst en part har en offentlig ”typ”, till exempel kommun.", _public_party
    ),
    Condition.CIVIL_PARTY: _Rule(
        "parter", "Minst en part har en idéburen ”typ”, till exempel ideell förening.", _civil_party
    ),
    Condition.EACH_PARTY_HAS_RESOURCES: _Rule(
        "ekonomi.resurser",
        "Varje part står under ”resurser” i avtalet eller i en bilaga, eller så står där ”alla parter”.",
        _each_party_has_resources,
    ),
    Condition.BOTH_SIDES_HAVE_RESOURCES: _Rule(
        "ekonomi.resurser",
        "Minst en offentlig och minst en idéburen part står under ”resurser”.",
        _both_sides_have_resources,
    ),
    Condition.EACH_PARTY_HAS_DUTY: _Rule(
        "organisation.ansvar", "Varje part har en roll eller ett ansvar.", _each_party_has_duty
    ),
    Condition.EACH_PARTY_HAS_SIGNATORY: _Rule(
        "parter.undertecknare",
        "Varje part har en undertecknare, eller avtalet skrivs under elektroniskt.",
        _each_party_has_signatory,
    ),
    Condition.EACH_GROUP_HAS_MANDATE: _Rule(
        "organisation.grupper.mandat",
        "Varje grupp har ett mandat. Finns ingen grupp är villkoret uppfyllt.",
        _each_group_has_mandate,
    ),
    Condition.EACH_GROUP_DESCRIBED: _Rule(
        "organisation.grupper",
        "Varje grupp har ledamöter, ordförande och möten. Finns ingen grupp är villkoret uppfyllt.",
        _each_group_described,
    ),
    Condition.STEERING_GROUP: _Rule(
        "organisation.grupper", "Minst en grupp har ”typ: styrgrupp”.", _group_of(GroupKind.STEERING)
    ),
    Condition.MANAGEMENT_GROUP: _Rule(
        "organisation.grupper", "Minst en grupp har ”typ: ledningsgrupp”.", _group_of(GroupKind.MANAGEMENT)
    ),
    Condition.WORKING_GROUP: _Rule(
        "organisation.grupper", "Minst en grupp har ”typ: arbetsgrupp”.", _group_of(GroupKind.WORKING)
    ),
    Condition.TERM_KNOWN: _Rule("avtalstid", "Avtalet har start, och slut eller ”tills_vidare: ja”.", _term_known),
    Condition.EXTENSION_KNOWN: _Rule(
        "avtalstid.förlängning",
        "Det står hur många gånger och hur länge avtalet kan förlängas och när det förhandlas; uppfyllt också av "
        "”antal: 0” och av ”tills_vidare: ja”.",
        _extension_known,
    ),
}
