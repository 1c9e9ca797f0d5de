"""The read-only view that texts see of an agreement: Swedish keys, no methods, and absences that print as placeholders."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum
from typing import Any, NoReturn

from attrs import frozen
from jinja2.runtime import Undefined

from iopdocs.document.text_exceptions import TextRuntimeError
from iopdocs.document.tree import Inline, Placeholder, Value
from iopdocs.files.value_readers import fold
from iopdocs.model.agreement import Agreement
from iopdocs.model.fields import EVERY_PARTY, Field, PartyRef, by_key, is_absent
from iopdocs.model.parties import Party
from iopdocs.values.formats import as_text
from iopdocs.values.people import PeopleSpan

Derived = Mapping[type, Mapping[str, Callable[["View"], Any]]]
"""Names that are computed from a record, by its class."""


@frozen(eq=False)
class Root:
    """The data shared by all views of one agreement."""

    agreement: Agreement
    derived: Derived

    def party(self, reference: str) -> View | None:
        """Return the view of the party that *reference* means, or ``None``."""
        party = self.agreement.party(reference)
        if party is None:
            return None
        place = next(n for n, one in enumerate(self.agreement.parties, 1) if one is party)
        return View(self, party, f"parter[{place}]")


def suggestion(word: str, known: Iterable[str]) -> str:
    """Return the hint "menade du ”x”?" for the nearest of *known*, or nothing."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"menade du ”{near[0]}”?" if near else ""


class Leaf:
    """A single datum: its value, its path in the data and its type in the dictionary."""

    __slots__ = ("kind", "path", "root", "value")

    def __init__(self, root: Root, value: Any, path: str, kind: Any) -> None:
        self.root, self.value, self.path, self.kind = root, value, path, kind

    @property
    def text(self) -> str:
        """The datum as it is printed."""
        if self.kind is PartyRef:
            party = self.root.party(self.value)
            if party is not None and party.record.called:
                return str(party.record.called)
        return as_text(self.value, self.kind)

    def party(self) -> View | None:
        """The party that the datum refers to, if it does."""
        return self.root.party(self.value) if self.kind is PartyRef else None

    def __bool__(self) -> bool:
        if isinstance(self.value, bool):
            return self.value
        return not isinstance(self.value, str) or isinstance(self.value, Enum) or bool(self.value.strip())

    def __contains__(self, word: object) -> bool:
        if not isinstance(self.value, str) or isinstance(self.value, Enum):
            raise TextRuntimeError(
                f"”in” går bara att använda med en lista eller en text, och {self.path} är ingen", "skriv =="
            )
        return fold(str(self._comparable(word))) in fold(self.value)

    def _comparable(self, other: Any) -> Any:
        return other.value if isinstance(other, Leaf) else other

    def __eq__(self, other: object) -> bool:
        if isinstance(other, View):
            mine = self.party()
            return mine is not None and mine.record is other.record
        wanted = self._comparable(other)
        if isinstance(self.value, Enum) and isinstance(wanted, str):
            words = [member.value for member in type(self.value)]
            if wanted not in words:
                hint = suggestion(wanted, words) or "välj bland: {words}".format(words=", ".join(words))
                raise TextRuntimeError(f"”{wanted}” är inget av orden för {self.path}", hint)
            return bool(self.value.value == wanted)
        if self.kind is PartyRef and isinstance(wanted, str):
            return " ".join(str(self.value).split()).casefold() == " ".join(wanted.split()).casefold()
        return bool(self.value == wanted)

    __hash__ = None  # type: ignore[assignment]

    def _order(self, other: Any) -> Any:
        wanted = self._comparable(other)
        if type(wanted) is not type(self.value) or isinstance(wanted, str | bool | Enum):
            raise TextRuntimeError(
                f"{self.path} kan inte jämföras med < eller >",
                "det går bara med tal, belopp och datum av samma slag",
            )
        return wanted

    def __lt__(self, other: Any) -> bool:
        return bool(self.value < self._order(other))

    def __le__(self, other: Any) -> bool:
        return bool(self.value <= self._order(other))

    def __gt__(self, other: Any) -> bool:
        return bool(self.value > self._order(other))

    def __ge__(self, other: Any) -> bool:
        return bool(self.value >= self._order(other))


class View:
    """A record of the agreement."""

    __slots__ = ("_seen", "path", "record", "root")

    def __init__(self, root: Root, record: Any, path: str) -> None:
        self.root, self.record, self.path = root, record, path
        self._seen: dict[str, Any] = {}

    def get(self, key: str) -> Any:
        """Return the value under the Swedish *key*; an absence where there is none.

        Raises:
            TextRuntimeError: when a record of this kind has no such key.
        """
        if key not in self._seen:
            self._seen[key] = self._find(key)
        return self._seen[key]

    def _find(self, key: str) -> Any:
        cls = type(self.record)
        field = by_key(cls).get(key)
        if field is not None:
            return wrap(self.root, getattr(self.record, field.name), _join(self.path, key), field)
        derived = self.root.derived.get(cls, {})
        if key in derived:
            return derived[key](self)
        return unknown(key, self.path, (*by_key(cls), *derived))

    def __bool__(self) -> bool:
        return not is_absent(self.record)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Leaf):
            return other == self
        return isinstance(other, View) and other.record is self.record

    __hash__ = None  # type: ignore[assignment]


class ListView:
    """A list of records or data."""

    __slots__ = ("field", "items", "path", "root")

    def __init__(self, root: Root, items: tuple[Any, ...], path: str, field: Field | None = None) -> None:
        self.root, self.items, self.path, self.field = root, items, path, field

    def __iter__(self) -> Iterator[Any]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def __bool__(self) -> bool:
        return any(bool(item) for item in self.items)


class Missing(Undefined):
    """A datum or part that is absent: false, empty, and printed as a placeholder."""

    __slots__ = ("_seen", "cls", "label", "note", "path", "root")

    def __init__(self, root: Root, path: str, label: str, note: str = "", cls: Any = None) -> None:
        super().__init__(name=path)
        self.root, self.path, self.label, self.note, self.cls = root, path, label, note, cls
        self._seen: dict[str, Any] = {}

    def get(self, key: str) -> Any:
        """Return the absence of the value under *key* in the absent part."""
        if key not in self._seen:
            self._seen[key] = self._find(key)
        return self._seen[key]

    def _find(self, key: str) -> Any:
        field = by_key(self.cls).get(key) if self.cls else None
        if field is not None:
            return wrap(self.root, () if field.many else None, _join(self.path, key), field)
        known = (*by_key(self.cls), *self.root.derived.get(self.cls, {})) if self.cls else ()
        if key in known:
            return Missing(self.root, _join(self.path, key), key)
        return unknown(key, self.path, known)

    def _fail_with_undefined_error(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TextRuntimeError(f"{self.path} saknas i avtalet och går inte att räkna med", "pröva först med ”if”")

    __add__ = __radd__ = __sub__ = __rsub__ = _fail_with_undefined_error
    __lt__ = __le__ = __gt__ = __ge__ = _fail_with_undefined_error
    __call__ = __getitem__ = _fail_with_undefined_error

    def __eq__(self, other: object) -> bool:
        return False

    __hash__ = None  # type: ignore[assignment]

    def __str__(self) -> str:
        return ""

    def __bool__(self) -> bool:
        return False


def unknown(key: str, path: str, known: Iterable[str]) -> NoReturn:
    """Raise the error that *key* does not exist at *path*, with the nearest key that does."""
    where = path or "avtalet"
    raise TextRuntimeError(f"”{key}” finns inte i {where}", suggestion(key, known))


def wrap(root: Root, value: Any, path: str, field: Field) -> Any:
    """Return the view of the *value* of *field* at *path*."""
    if field.many:
        return ListView(
            root, tuple(_wrap_one(root, item, f"{path}[{n}]", field) for n, item in enumerate(value, 1)), path, field
        )
    if value is None:
        return Missing(root, path, field.entry.label, field.entry.help, field.type if field.is_record else None)
    return _wrap_one(root, value, path, field)


def _wrap_one(root: Root, value: Any, path: str, field: Field) -> Any:
    if field.is_record:
        return View(root, value, path)
    if isinstance(value, PeopleSpan) and value.most is None:
        # A single number compares with numbers in texts, as every other count does.
        value = value.fewest
    return Leaf(root, value, path, field.type)


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def party_name(party: View) -> tuple[Inline, ...]:
    """Return the agreement's name for *party*, ready to print."""
    record: Party = party.record
    if record.short_name is not None:
        return (Value(record.short_name, f"{party.path}.kallas"),)
    if record.name is not None:
        return (Value(record.name, f"{party.path}.namn"),)
    return (Placeholder(f"{party.path}.namn", "Partens namn"),)


def is_everyone(leaf: Leaf) -> bool:
    """Return whether a reference to a party means all of them."""
    return leaf.kind is PartyRef and str(leaf.value).strip().casefold() == EVERY_PARTY
