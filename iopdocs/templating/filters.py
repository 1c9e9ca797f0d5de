"""The only filters and tests that texts may use: each in Swedish, each keeping the path of its datum."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import Enum
from typing import Any, Protocol, runtime_checkable

from attrs import frozen
from jinja2 import pass_context
from jinja2.runtime import Context

from iopdocs.document.text_exceptions import TextRuntimeError
from iopdocs.document.tree import CrossReference, Inline, Placeholder, Text, Value
from iopdocs.document.value_tokens import Filled, RichValue
from iopdocs.model.fields import fields_of
from iopdocs.templating.data_view import Leaf, ListView, Missing, View, party_name
from iopdocs.values import formats
from iopdocs.values.money import Money
from iopdocs.values.people import PeopleSpan
from iopdocs.values.text import RichText


@frozen
class PrintedValue:
    """The result of a filter on a datum, ready to print."""

    inlines: tuple[Inline, ...]


def inlines(value: object) -> tuple[Inline, ...]:
    """Return *value*, whatever a text printed, as inline nodes.

    Raises:
        TextRuntimeError: when it is a whole part of the agreement, which has no single text.
    """
    if isinstance(value, PrintedValue):
        return value.inlines
    if isinstance(value, Missing):
        return (Placeholder(value.path, value.label, value.note),)
    if isinstance(value, Leaf):
        return (Value(value.text, value.path),)
    if isinstance(value, ListView):
        return _joined(value, "", "och").inlines
    if isinstance(value, View):
        if "benämning" in value.root.derived.get(type(value.record), {}):
            return party_name(value)
        raise TextRuntimeError(
            f"{value.path} är en grupp av uppgifter och kan inte skrivas ut",
            f"skriv vilken uppgift, till exempel {value.path}.{_first_key(value)}",
        )
    if isinstance(value, bool):
        return (Text("ja" if value else "nej"),)
    if isinstance(value, int):
        return (Text(formats.whole(value)),)
    if isinstance(value, str):
        return (Text(value),)
    raise TextRuntimeError("detta kan inte skrivas ut", "skriv namnet på en uppgift i avtalet")


def _first_key(view: View) -> str:
    """Return the first key of a record, for an example in a message."""
    return fields_of(type(view.record))[0].key


def _formatted(kind: type, form: Callable[[Any], str], what: str) -> Callable[[Any], Any]:
    def apply(value: Any) -> Any:
        if isinstance(value, Missing):
            return value
        if isinstance(value, Leaf) and isinstance(value.value, kind) and not isinstance(value.value, bool):
            return PrintedValue((Value(form(value.value), value.path),))
        raise TextRuntimeError(f"filtret passar bara för {what}")

    return apply


def _figures(value: Any) -> Any:
    """Digits only: an amount without its unit, or a number."""
    if isinstance(value, Leaf) and isinstance(value.value, Money):
        return PrintedValue((Value(formats.amount(value.value), value.path),))
    return value if isinstance(value, Missing) else PrintedValue(inlines(value))


def _count(value: Any) -> int:
    if isinstance(value, Missing):
        return 0
    if isinstance(value, ListView | list | tuple):
        return len(value)
    if isinstance(value, Leaf) and isinstance(value.value, int):
        return int(value.value)
    if isinstance(value, Leaf) and isinstance(value.value, PeopleSpan):
        return value.value.highest
    if isinstance(value, int):
        return value
    raise TextRuntimeError("filtret antal passar bara för listor och antal")


def enumerate_items(value: Any, key: str = "", ord: str = "och") -> Any:
    """Return the items as "a, b och c"; *key* is the datum of each record that is printed, *ord* the last joining word."""
    if isinstance(value, Missing):
        return value
    if not isinstance(value, ListView | list | tuple):
        raise TextRuntimeError("filtret uppräkning passar bara för listor")
    return _joined(value, key, ord)


def _joined(value: ListView | Sequence[Any], key: str, ord: str) -> PrintedValue:
    items = [inlines(_pick(item, key)) for item in value]
    if not items:
        field = value.field if isinstance(value, ListView) else None
        path = value.path if isinstance(value, ListView) else ""
        label, note = (field.entry.label, field.entry.help) if field else (path, "")
        return PrintedValue((Placeholder(path, label, note),))
    parts: list[Inline] = list(items[0])
    for number, item in enumerate(items[1:], 2):
        parts.append(Text(f" {ord} " if number == len(items) else ", "))
        parts += item
    return PrintedValue(tuple(parts))


def _pick(item: Any, key: str) -> Any:
    return item.get(key) if key and isinstance(item, View | Missing) else item


def _genitive(value: Any) -> Any:
    if isinstance(value, Missing):
        return value
    party = value if isinstance(value, View) else value.party() if isinstance(value, Leaf) else None
    if party is not None:
        own = party.record.genitive
        if own is not None:
            return PrintedValue((Value(own, f"{party.path}.genitiv"),))
        return _last_value(party_name(party), formats.genitive)
    return _last_value(inlines(value), formats.genitive)


def _last_value(parts: tuple[Inline, ...], change: Callable[[str], str]) -> PrintedValue:
    last = parts[-1]
    if isinstance(last, Value):
        return PrintedValue((*parts[:-1], Value(change(last.text), last.path)))
    if isinstance(last, Text):
        return PrintedValue((*parts[:-1], Text(change(last.text))))
    return PrintedValue(parts)


def _capital(value: Any) -> Any:
    if isinstance(value, Missing):
        return value
    if isinstance(value, Leaf) and value.kind is str and not value.path.startswith("parter["):
        raise TextRuntimeError(
            f"versal skulle ändra det som användaren har skrivit i {value.path}", "låt texten stå som den är"
        )
    first, *rest = inlines(value)
    if isinstance(first, Value):
        first = Value(_upper(first.text), first.path)
    elif isinstance(first, Text):
        first = Text(_upper(first.text))
    return PrintedValue((first, *rest))


def _upper(text: str) -> str:
    # str.capitalize lower-cases the rest, and "ß".upper() is two letters: only a single letter is capitalised.
    raised = text[:1].upper()
    return raised + text[1:] if len(raised) == 1 else text


def _sentence(value: Any) -> Any:
    if isinstance(value, Missing):
        return value
    parts = inlines(value)
    last = parts[-1] if parts else None
    text = last.text.rstrip() if isinstance(last, Value | Text) else "."
    return PrintedValue(
        parts if not text or text[-1] in ".!?:…" or text[-2:] in (".”", "!”", "?”", ".)") else (*parts, Text("."))
    )


def _number_word(value: Any, one: str = "ett") -> Any:
    """Print one to twelve in words; *one* is the word for 1: "en" or "ett"."""
    if isinstance(value, Missing):
        return value
    if isinstance(value, Leaf) and isinstance(value.value, PeopleSpan):
        return value
    number = _count(value)
    word = one if number == 1 else formats.number_word(number)
    return PrintedValue((Value(word, value.path) if isinstance(value, Leaf) else Text(word),))


def _one_or_many(value: Any, one: str, many: str) -> str:
    return one if _count(value) == 1 else many


def _where(value: Any, key: str, wanted: Any) -> Any:
    if isinstance(value, Missing):
        return value
    if not isinstance(value, ListView):
        raise TextRuntimeError("filtret där passar bara för listor")
    return ListView(value.root, tuple(item for item in value if item.get(key) == wanted), value.path, value.field)


def _with(value: Any, *keys: str) -> Any:
    """Keep the records in which any of *keys* (a key, or keys joined by points) has a value."""
    return _kept(value, keys, True)


def _without(value: Any, *keys: str) -> Any:
    """Keep the records in which none of *keys* has a value."""
    return _kept(value, keys, False)


def _kept(value: Any, keys: Sequence[str], wanted: bool) -> Any:
    if isinstance(value, Missing):
        return value
    if not isinstance(value, ListView):
        raise TextRuntimeError("filtren med och utan passar bara för listor")
    kept = tuple(item for item in value if any(bool(_reached(item, key)) for key in keys) is wanted)
    return ListView(value.root, kept, value.path, value.field)


def _reached(item: Any, key: str) -> Any:
    for part in key.split("."):
        if not isinstance(item, View | Missing):
            raise TextRuntimeError(f"”{key}” leder inte fram till en uppgift")
        item = item.get(part)
    return item


def _first(value: Any) -> Any:
    return _end(value, 0)


def _last(value: Any) -> Any:
    return _end(value, -1)


def _end(value: Any, place: int) -> Any:
    if isinstance(value, ListView) and value.items:
        return value.items[place]
    if isinstance(value, ListView):
        label = value.field.entry.label if value.field else value.path
        return Missing(value.root, value.path, label)
    return value


@pass_context
def _reference(context: Context, value: Any) -> Any:
    """Turn the title of an appendix into a reference to it: "bilaga 2"."""
    if isinstance(value, Missing):
        return value
    title = " ".join(str(value.value if isinstance(value, Leaf) else value).split()).casefold()
    root: View = context["avtal"]
    for number, appendix in enumerate(root.record.appendices, 1):
        if appendix.title and " ".join(appendix.title.split()).casefold() == title:
            return PrintedValue((CrossReference(f"bilaga-{number}"),))
    return PrintedValue((Text("bilagan \u201d"), *inlines(value), Text("\u201d")))


@runtime_checkable
class VariantSource(Protocol):
    """Looks up the variant of a clause in the document that *context* belongs to."""

    def variant_of(self, clause: str, context: Context) -> str:
        """Return the name of the variant; ``ja``, ``nej`` and ``egen`` where no variant has a name."""


@pass_context
def _variant(context: Context, value: Any) -> str:
    """Return the variant of the clause of that name in this document."""
    environment: object = context.environment
    if not isinstance(value, str) or not isinstance(environment, VariantSource):
        raise TextRuntimeError(
            'filtret variant behöver klausulens namn inom raka citattecken, till exempel "uppsägning"|variant'
        )
    return environment.variant_of(value, context)


FILTERS: Mapping[str, Callable[..., Any]] = {
    "kronor": _formatted(Money, formats.kronor, "belopp"),
    "tal": _figures,
    "datum": _formatted(date, formats.long_date, "datum"),
    "kortdatum": _formatted(date, formats.short_date, "datum"),
    "antal": _count,
    "uppräkning": enumerate_items,
    "genitiv": _genitive,
    "versal": _capital,
    "mening": _sentence,
    "räkneord": _number_word,
    "ental_flertal": _one_or_many,
    "där": _where,
    "med": _with,
    "utan": _without,
    "första": _first,
    "sista": _last,
    "hänvisning": _reference,
    "variant": _variant,
}
"""Every filter a text may use."""

FILTERS_SAID: Mapping[str, tuple[str, str]] = {
    "kronor": ("Skriver ett belopp med ”kronor” efter.", "{{ r.belopp|kronor }}"),
    "tal": ("Skriver bara siffrorna i ett belopp eller ett antal, för tabeller.", "{{ r.belopp|tal }}"),
    "datum": ("Skriver ett datum med månadens namn: 1 mars 2027.", "{{ avtalstid.start|datum }}"),
    "kortdatum": ("Skriver ett datum med siffror: 2027-03-01.", "{{ avtalstid.start|kortdatum }}"),
    "antal": (
        "Räknar hur många en lista har, att jämföra med.",
        "{% if parter|antal > 2 %}Parterna är flera.{% endif %}",
    ),
    "uppräkning": (
        "Skriver en lista som ”a, b och c”. Inom parentes: vilken uppgift som skrivs, och ett annat ord än ”och”.",
        '{{ parter|uppräkning("namn") }}',
    ),
    "genitiv": ("Skriver ett namn i genitiv: kommunens.", "{{ p|genitiv }}"),
    "versal": ("Skriver med stor bokstav först, i början av en mening.", "{{ p.benämning|versal }}"),
    "mening": ("Sätter punkt efter, om det inte redan står en.", "{{ mål.målgrupp.beskrivning|mening }}"),
    "räkneord": (
        "Skriver ett till tolv med bokstäver. Inom parentes: en eller ett.",
        '{{ parter|räkneord("en") }} parter',
    ),
    "ental_flertal": (
        "Väljer det första ordet om det är en, annars det andra.",
        '{{ mål.strategier|ental_flertal("detta sätt", "dessa sätt") }}',
    ),
    "där": (
        "Behåller de i en lista där en uppgift har ett visst värde.",
        '{% for i in ekonomi.resurser|där("slag", "kontanta medel") %}{{ i.part }} {% endfor %}',
    ),
    "med": (
        "Behåller de i en lista som har någon av uppgifterna.",
        '{% for d in mål.delmål|med("indikator", "målvärde") %}{{ d.mål }} {% endfor %}',
    ),
    "utan": (
        "Behåller de i en lista som inte har någon av uppgifterna.",
        '{% for d in mål.delmål|utan("senast") %}{{ d.mål }} {% endfor %}',
    ),
    "första": ("Tar den första i en lista.", "{{ (parter|första).namn }}"),
    "sista": ("Tar den sista i en lista.", "{{ (parter|sista).namn }}"),
    "hänvisning": ("Gör en bilagas titel till en hänvisning: bilaga 2.", '{{ "Verksamhetsplan"|hänvisning }}'),
    "variant": (
        "Säger vilken variant en klausul har i avtalet, vare sig avtalet, uppgifterna eller avsnittet har bestämt den; "
        "”ja” för en klausul med en enda text, ”nej” för en som inte är med, ”egen” när parternas egen står i stället. "
        "Går inte i ”väljs_när”.",
        '{% if "uppsägning"|variant == "ingen" %}Avtalet gäller hela avtalstiden.{% endif %}',
    ),
}
"""What each filter does, in a sentence, and an example: ``p`` is a party and ``r`` a resource."""


def _is(value: Any, wanted: bool) -> bool:
    if not isinstance(value, Leaf):
        return False
    # Some choices have these very words: andra bidrag ”nej”.
    word = "ja" if wanted else "nej"
    return value.value.value == word if isinstance(value.value, Enum) else value.value is wanted


TESTS: Mapping[str, Callable[..., bool]] = {
    "finns": bool,
    "saknas": lambda value: not isinstance(value, Leaf) and not value,
    "ja": lambda value: _is(value, True),
    "nej": lambda value: _is(value, False),
}
"""Every test a text may use after ``is``."""

TESTS_SAID: Mapping[str, tuple[str, str]] = {
    "finns": (
        "Uppgiften står i avtalet, också om den är 0 eller nej.",
        "{% if mål.målgrupp.antal is finns %}…{% endif %}",
    ),
    "saknas": ("Uppgiften står inte i avtalet.", "{% if avtalstid.slut is saknas %}…{% endif %}"),
    "ja": ("Uppgiften är ja.", "{% if avtalstid.tills_vidare is ja %}…{% endif %}"),
    "nej": (
        "Uppgiften är nej; den är inte nej bara för att den saknas.",
        "{% if avtalstid.tills_vidare is nej %}…{% endif %}",
    ),
}
"""When each test is true, and an example."""


def filled(value: Any) -> Filled:
    """Return what the token of a printed *value* stands for.

    Raises:
        TextRuntimeError: when *value* cannot be printed.
    """
    if isinstance(value, Leaf) and isinstance(value.value, RichText):
        return RichValue(value.value.source, value.path)
    return inlines(value)
