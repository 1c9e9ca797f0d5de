"""List every name that a text may use: the data of an agreement, names computed from them, filters, tests and loops."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from attrs import frozen

from iopdocs.authoring.text_lookup import plain
from iopdocs.model.agreement import Agreement
from iopdocs.model.fields import ClauseName, Field, PartyRef, fields_of
from iopdocs.templating.derived_names import DERIVED, DERIVED_SAID
from iopdocs.templating.filters import FILTERS_SAID, TESTS_SAID
from iopdocs.values.ages import AgeSpan
from iopdocs.values.counts import Hours
from iopdocs.values.duration import Duration
from iopdocs.values.identifiers import CaseNumber, OrganisationNumber
from iopdocs.values.money import Money
from iopdocs.values.people import PeopleSpan
from iopdocs.values.period import Period
from iopdocs.values.text import RichText, Year

_KINDS: dict[Any, str] = {
    str: "text", RichText: "löptext", bool: "ja/nej", int: "antal", Hours: "antal", Decimal: "tal", Year: "år",
    date: "datum", Money: "belopp", Duration: "tidslängd", Period: "period", AgeSpan: "åldersspann",
    PeopleSpan: "antal personer",
    OrganisationNumber: "organisationsnummer", CaseNumber: "diarienummer", ClauseName: "klausul",
    PartyRef: "part",
}  # fmt: skip

LOOP: tuple[tuple[str, str, str], ...] = (
    ("loop.index", "Vilket varv det är: 1, 2, 3 …", "{% for p in parter %}{{ loop.index }} {% endfor %}"),
    ("loop.index0", "Vilket varv det är, räknat från 0.", "{% for p in parter %}{{ loop.index0 }} {% endfor %}"),
    ("loop.revindex", "Hur många varv som är kvar, det här medräknat.", "{% for p in parter %}{{ loop.revindex }} {% endfor %}"),
    ("loop.revindex0", "Hur många varv som är kvar efter det här.", "{% for p in parter %}{{ loop.revindex0 }} {% endfor %}"),
    ("loop.first", "Om det är det första varvet.", "{% for p in parter %}{% if not loop.first %}, {% endif %}{{ p }}{% endfor %}"),
    ("loop.last", "Om det är det sista varvet.", "{% for p in parter %}{{ p }}{% if loop.last %}.{% endif %}{% endfor %}"),
    ("loop.length", "Hur många varv det blir.", "{% for p in parter %}{% if loop.length > 1 %}{{ p }} {% endif %}{% endfor %}"),
    ("loop.depth", "Hur många slingor som ligger i varandra.", "{% for p in parter %}{{ loop.depth }} {% endfor %}"),
    ("loop.previtem", "Det som slingan hade i varvet före.", "{% for p in parter %}{% if not loop.first %}{{ loop.previtem }} {% endif %}{% endfor %}"),
    ("loop.nextitem", "Det som slingan har i nästa varv.", "{% for p in parter %}{% if not loop.last %}{{ loop.nextitem }} {% endif %}{% endfor %}"),
)  # fmt: skip
"""The attributes of ``loop`` within ``{% for … %}``: name, meaning, an example."""


@frozen
class TextVariable:
    """A name of the agreement.

    *path* is its place in the data (``parter.namn``), *written* how a text writes it (``p.namn`` within the loop
    *loop*, else the path), *computed* whether it is computed from the data, *same* the path of another
    record with the same names, which are then not repeated.
    """

    path: str
    written: str
    kind: str
    label: str
    help: str
    many: bool = False
    loop: str = ""
    computed: bool = False
    words: tuple[str, ...] = ()
    same: str = ""

    def as_data(self) -> dict[str, object]:
        """Return the name as JSON has it."""
        return {
            "namn": self.path, "skrivs": self.written, "slag": self.kind, "etikett": self.label, "hjälp": self.help,
            "lista": self.many, "slinga": self.loop, "beräknas": self.computed, "ord": list(self.words),
            "samma_som": self.same,
        }  # fmt: skip


@frozen
class TextTool:
    """A filter, a test or a name of a loop: what it does, and an example."""

    name: str
    kind: str
    says: str
    example: str

    def as_data(self) -> dict[str, object]:
        """Return it as JSON has it."""
        return {"namn": self.name, "slag": self.kind, "hjälp": self.says, "exempel": self.example}


FILTER, TEST, IN_LOOP = "filter", "test", "i en slinga"


def variables() -> tuple[TextVariable, ...]:
    """Return every name of an agreement, in the order of the dictionary; each record's computed names after its data."""
    first: dict[type, str] = {}
    return tuple(_below(Agreement, "", "", "", first, frozenset({"p", "loop"})))


def tools() -> tuple[TextTool, ...]:
    """Return every filter, every test and every attribute of ``loop``."""
    return (
        *(TextTool(name, FILTER, *said) for name, said in FILTERS_SAID.items()),
        *(TextTool(name, TEST, *said) for name, said in TESTS_SAID.items()),
        *(TextTool(name, IN_LOOP, says, example) for name, says, example in LOOP),
    )


def matching(words: str) -> tuple[tuple[TextVariable, ...], tuple[TextTool, ...]]:
    """Return the names and tools whose name, label or explanation contains every word of *words*, in any spelling."""
    wanted = plain(words).split()

    def holds(said: str) -> bool:
        told = plain(said)
        return all(word in told for word in wanted)

    names = tuple(one for one in variables() if holds(f"{one.path} {one.written} {one.label} {one.help}"))
    return names, tuple(one for one in tools() if holds(f"{one.name} {one.says}"))


def _below(
    cls: type, path: str, written: str, loop: str, first: dict[type, str], taken: frozenset[str]
) -> Iterator[TextVariable]:
    first[cls] = path
    records = []
    for field in fields_of(cls):
        here, said = _join(path, field.key), _join(written, field.key)
        same = first.get(field.type, "") if field.is_record else ""
        yield TextVariable(
            here, said, _kind(field), field.entry.label, field.entry.help, field.many, loop, same=same,
            words=_words(field),
        )  # fmt: skip
        if field.is_record and not same and not field.keyed:
            first[field.type] = here
            records.append((field, here, said))
    for name in DERIVED.get(cls, {}):
        says = DERIVED_SAID[name]
        kind = "lista" if says.startswith("Lista") else "ja/nej" if says.startswith("Om ") else "beräknas"
        yield TextVariable(
            _join(path, name), _join(written, name), kind, "", says, kind == "lista", loop, computed=True
        )
    for field, here, said in records:
        if field.many:
            turn = _turn(field.key, taken)
            inner = f"{{% for {turn} in {said} %}} … {{% endfor %}}"
            both = loop.replace("…", inner) if loop else inner
            yield from _below(field.type, here, turn, both, first, taken | {turn})
        else:
            yield from _below(field.type, here, said, loop, first, taken)


def _turn(key: str, taken: frozenset[str]) -> str:
    """Return a short name for the items of a loop over *key*: its fewest first letters that no outer loop uses."""
    if key == "parter":
        return "p"
    letters = key.replace("_", "")
    return next((letters[:n] for n in range(1, len(letters)) if letters[:n] not in taken), f"{letters}_en")


def _kind(field: Field) -> str:
    if field.keyed:
        return "klausul och variant"
    if field.is_record:
        return "grupp av uppgifter"
    if isinstance(field.type, type) and issubclass(field.type, Enum):
        return "ett av orden"
    return _KINDS[field.type]


def _words(field: Field) -> tuple[str, ...]:
    is_enum = isinstance(field.type, type) and issubclass(field.type, Enum)
    return tuple(str(member.value) for member in field.type) if is_enum else ()


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key
