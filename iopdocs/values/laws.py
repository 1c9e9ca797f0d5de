"""References to laws: the name of a law or an ordinance and its number in Svensk författningssamling."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import frozen

from iopdocs.errors import ValueProblem
from iopdocs.values.figures import SPACE

_NUMBER = r"(?P<number>(?:1[6-9]|2[01])[0-9]{2}:[1-9][0-9]{0,3})(?!:?[0-9])"
_KIND = r"(?:lag(?:en)?|förordning(?:en)?|kungörelse(?:n)?)"
_FORMS = (
    re.compile(
        rf"(?P<name>{_KIND}){SPACE}\((?:SFS{SPACE})?{_NUMBER}\)(?P<about>{SPACE}(?:om|med)\b.*)",
        re.IGNORECASE | re.DOTALL,
    ),
    re.compile(rf"(?P<name>\S.*?){SPACE}\((?:SFS{SPACE})?{_NUMBER}\)(?P<about>)", re.IGNORECASE | re.DOTALL),
    re.compile(rf"(?P<name>)(?:SFS{SPACE}){_NUMBER}(?P<about>)", re.IGNORECASE),
    re.compile(rf"(?P<name>{_KIND}){SPACE}{_NUMBER}(?P<about>{SPACE}om\b.*)?", re.IGNORECASE | re.DOTALL),
)
_KIND_FIRST = re.compile(rf"{_KIND}(?= (?:om|med)\b)", re.IGNORECASE)
_IN_PROSE = re.compile(
    rf"(?<!\w)(?:(?:{_KIND}|\w+(?:lagen|balken|förordningen)){SPACE})?\((?:SFS{SPACE})?{_NUMBER}\)|(?<!\w)SFS{SPACE}"
    + _NUMBER.replace("?P<number>", "?P<bare>"),
    re.IGNORECASE,
)


@frozen
class LawReference:
    """A law or an ordinance: its *name* without number (``lag om offentlig upphandling``) and *number* (``2016:1145``)."""

    name: str
    number: str

    @classmethod
    def parse(cls, text: str) -> LawReference:
        """Read ``lag (2016:1145) om offentlig upphandling``, ``kommunallagen (2017:725)`` or ``SFS 2016:1145``.

        Raises:
            ValueProblem: when *text* has no number of a law, or more than one.
        """
        value = " ".join(text.split())
        for form in _FORMS:
            match = form.fullmatch(value)
            if match and len(re.findall(r"[0-9]{4}:[0-9]", value)) == 1:
                return cls(f"{match['name']}{match['about'] or ''}", match["number"])
        raise ValueProblem(
            f"”{text}” är ingen lag med nummer", "skriv till exempel ”lag (2016:1145) om offentlig upphandling”"
        )

    def __str__(self) -> str:
        """Return ``lag (2016:1145) om offentlig upphandling``."""
        if not self.name:
            return f"SFS {self.number}"
        kind = _KIND_FIRST.match(self.name)
        if kind:
            return f"{kind[0]} ({self.number}){self.name[kind.end() :]}"
        return f"{self.name} ({self.number})"


def find(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield (number of the law, start, exclusive end) of each law in running *text*, with the word before its number."""
    for match in _IN_PROSE.finditer(text):
        yield match["number"] or match["bare"], match.start(), match.end()
