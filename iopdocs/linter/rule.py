"""A rule: a function that yields the places and messages of violations, with code, name, level and a page."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable
from datetime import date
from functools import cached_property

from attrs import field, frozen

from iopdocs.document.tree import Document, Origin
from iopdocs.findings import Level
from iopdocs.library.layers import Library
from iopdocs.library.rule_limits import DEFAULT_LIMITS, Limits
from iopdocs.linter.passages import Passage, texts_of_data, words_of_layers
from iopdocs.model.agreement import Agreement

PARTS = ("Vad", "Varför", "Dåligt exempel", "Bra exempel", "Källa")
"""The parts of a rule's docstring, in this order."""


@frozen(eq=False)
class Case:
    """The input of a rule: the agreement, the texts it is printed with and the resulting document.

    *today* is the day to count from; without it, rules that need it report nothing. *limits* contains the figures that
    profile and settings give.
    """

    agreement: Agreement
    library: Library
    document: Document | None = None
    today: date | None = None
    limits: Limits = DEFAULT_LIMITS

    @cached_property
    def data_texts(self) -> tuple[Passage, ...]:
        """The free texts of the data that are printed, in the order of the model."""
        return tuple(texts_of_data(self.agreement))

    @cached_property
    def layer_words(self) -> tuple[Passage, ...]:
        """The texts that the layers print in this agreement, each once; empty without a document."""
        return tuple(words_of_layers(self.document)) if self.document is not None else ()


@frozen
class Hit:
    """A place where a rule is violated, and the message.

    *path* is the Swedish path in the data (``parter[1].namn``), empty for the agreement as a whole. *hint* describes
    the correction. *level* replaces the rule's own. *span* is the place within the value of *path* (start and exclusive
    end, characters), *word* the matched text, *quote* the sentence around it. *origin* is set when the place is in a
    text of a layer and not in the data.
    """

    path: str
    message: str
    hint: str = ""
    level: Level | None = None
    span: tuple[int, int] | None = None
    word: str = ""
    quote: str = ""
    origin: Origin | None = None


Check = Callable[[Case], Iterable[Hit | tuple[str, str]]]
"""Yields a :class:`Hit`, or (Swedish path, message), for each place where the rule is violated."""


@frozen
class RulePage:
    """A rule's docstring, parsed: a heading, then five parts. *bad* and *good* are data (YAML) or plain words."""

    title: str
    what: str
    why: str
    bad: str
    good: str
    source: str


@frozen
class Rule:
    """A rule: its *check* and its entry in the catalogue; *reads* are the paths in the data that it examines."""

    code: str
    name: str
    level: Level
    reads: tuple[str, ...]
    check: Check = field(eq=False)
    page: RulePage

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources that require what the rule checks: ``malmo, Period för avtalet``."""
        text = self.page.source if self.page.source.endswith(("m.fl.", "m.m.")) else self.page.source.rstrip(".")
        return tuple(part.strip() for part in text.split(";") if part.strip())


def rule(code: str, name: str, level: Level, *, reads: Iterable[str] = ()) -> Callable[[Check], Rule]:
    """Make a :class:`Rule` of the function below, whose docstring is the rule's page.

    The page is checked here; code and paths before the rule is run (:func:`iopdocs.linter.external_rules.rules_for`).

    Raises:
        ValueError: when the docstring lacks a part, or has them in another order.
    """

    def make(check: Check) -> Rule:
        paths = (reads,) if isinstance(reads, str) else tuple(reads)
        return Rule(code, name, level, paths, check, parse_page(inspect.getdoc(check) or ""))

    return make


def parse_page(doc: str) -> RulePage:
    """Return the page that a docstring contains: a heading, a blank line, and the parts of :data:`PARTS` in order.

    Raises:
        ValueError: when a part is missing or in the wrong place.
    """
    title, _blank, rest = doc.partition("\n\n")
    pieces = re.split(rf"^({'|'.join(PARTS)}):[ \t]*", rest, flags=re.MULTILINE)
    if tuple(pieces[1::2]) != PARTS or not title.strip() or not all(piece.strip() for piece in pieces[2::2]):
        raise ValueError(f"a rule's docstring has a heading and then, each on a line of its own, {', '.join(PARTS)}")
    what, why, bad, good, source = (inspect.cleandoc(piece) for piece in pieces[2::2])
    return RulePage(" ".join(title.split()), _joined(what), _joined(why), bad, good, _joined(source))


def _joined(text: str) -> str:
    return "\n\n".join(" ".join(part.split()) for part in re.split(r"\n\s*\n", text))
