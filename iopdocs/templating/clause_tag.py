"""``{% klausul "tvist" %}``: the text of a clause in this agreement, and the parties' own clauses beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.parser import Parser

from iopdocs.document.text_exceptions import TextRuntimeError, TextSyntaxError
from iopdocs.document.tree import ChosenBy, ClauseUse
from iopdocs.library.clauses import Clause, Variant, folded, wants_none
from iopdocs.model.agreement import Agreement
from iopdocs.templating.data_view import Leaf, suggestion

CLAUSE = "@klausul/"
"""Prefix of a clause's internal name; its name, a slash and the section's own variant follow."""

_YES, _NO, _OWN = "ja", "nej", "egen"


class ClauseTag(Extension):
    """``{% klausul "överskott" %}``, or ``{% klausul "överskott", "dialog" %}`` where the section has a text of its own."""

    tags = {"klausul"}  # noqa: RUF012 - so Jinja wants it

    def parse(self, parser: Parser) -> nodes.Node:
        """Return the node that includes the clause."""
        line = next(parser.stream).lineno
        names = [self._name(parser, line)]
        if parser.stream.skip_if("comma"):
            names.append(self._name(parser, line))
        template = nodes.Const(CLAUSE + "/".join(names), lineno=line)
        return nodes.Include(template, True, False, lineno=line)

    def _name(self, parser: Parser, line: int) -> str:
        token = parser.stream.current
        if token.type != "string" or not str(token.value).strip() or set('/"{}\\\n') & set(str(token.value)):
            message = 'klausulens namn ska stå inom raka citattecken, till exempel {% klausul "tvist" %}'
            raise TextSyntaxError(message, line, parser.name, parser.filename)
        next(parser.stream)
        return str(token.value).strip()


def clause_source(template: str) -> str:
    """Return the text that includes the clause with the internal name *template*, and the parties' own beside it."""
    clause, _slash, default = template.removeprefix(CLAUSE).partition("/")
    return _SOURCE.replace("KLAUSUL", clause).replace("EGEN", default)


_SOURCE = """{% for k in egna_klausuler if k.i_stället_för|_samma("KLAUSUL", 0) %}
{% if k.rubrik %}

### {{ k.rubrik }}

{% endif %}
{{ k.text }}

{% endfor %}
{% include "KLAUSUL"|_val("EGEN") ignore missing %}

{% for k in egna_klausuler if not k.i_stället_för and k.efter|_samma("KLAUSUL", 1) %}
{% if k.rubrik %}

## {{ k.rubrik }}

{% endif %}
{{ k.text }}

{% endfor %}
"""


def names_clause(value: Any, clause: str, met: Sequence[ClauseUse], times: int) -> bool:
    """Return whether the datum *value* names *clause*, met *times* times: an own clause is printed once."""
    if not isinstance(value, Leaf) or folded(str(value.value)) != folded(clause):
        return False
    return sum(folded(one.clause) == folded(clause) for one in met) == times


def chosen_text(
    agreement: Agreement,
    name: str,
    default: str,
    clause: Clause | None,
    fitting: Sequence[Variant],
    met: list[ClauseUse],
) -> Variant | None:
    """Return the variant of the clause *name* that this document includes, and note in *met* what decided it.

    The choice in the data (``klausuler``, or an own clause instead) takes precedence, then the *fitting* variants, which
    the rest of the data select, then *default*, the section's own. The data choose only where the clause is first met:
    in an appendix with an economy of its own, that economy decides.
    """
    plain = folded(name)
    again = any(folded(one.clause) == plain for one in met)
    wanted = "" if again else wanted_of(agreement, name)
    facts = tuple(one.name for one in fitting)
    if not again and any(own.replaces and folded(own.replaces) == plain for own in agreement.own_clauses):
        met.append(ClauseUse(name, "", ChosenBy.OWN, wanted, facts=facts))
        return None
    by_data = clause.wanted(wanted) if clause else None
    if wanted and by_data is None and wants_none(wanted):
        met.append(ClauseUse(name, "", ChosenBy.NONE, wanted, facts=facts))
        return None
    by_facts = fitting[0] if fitting else None
    by_section = (clause.variant(default) if default else clause.only) if clause else None
    chosen = by_data or by_facts or by_section
    how = ChosenBy.DATA if by_data else ChosenBy.FACTS if by_facts else ChosenBy.SECTION if chosen else ChosenBy.NONE
    unknown = bool(wanted) and by_data is None
    met.append(ClauseUse(name, chosen.name if chosen else "", how, wanted, unknown, facts, again))
    return chosen


class ChosenVariant(str):
    """The variant that a clause has; comparing it with a word outside *words* is an error."""

    clause: str
    words: tuple[str, ...]

    def __eq__(self, other: object) -> bool:
        """Return whether *other* names the same variant; letter case, spaces and hyphens do not matter."""
        if not isinstance(other, str):
            return False
        if folded(other) not in map(folded, self.words):
            message = f"klausulen ”{self.clause}” har ingen variant ”{other}”"
            hint = suggestion(other, self.words) or "välj bland: {words}".format(words=", ".join(self.words))
            raise TextRuntimeError(message, hint)
        return folded(self) == folded(other)

    __hash__ = str.__hash__


def decided(
    agreement: Agreement, clause: Clause, default: str, fitting: Sequence[Variant], *, again: bool = False
) -> ChosenVariant:
    """Return which variant of *clause* :func:`chosen_text` would include, noting nothing.

    It is ``ja`` for a text without a name of its own, ``nej`` for none, ``egen`` where the parties' own clause
    replaces it; *again* in an appendix, where only facts and *default* choose.
    """
    met = [ClauseUse(clause.name, "", ChosenBy.NONE)] if again else []
    variant = chosen_text(agreement, clause.name, default, clause, fitting, met)
    found = ChosenVariant(_OWN if met[-1].how is ChosenBy.OWN else (variant.name or _YES) if variant else _NO)
    found.clause = clause.name
    found.words = (*(one.name or _YES for one in clause.variants.values()), _NO, _OWN)
    return found


def wanted_of(agreement: Agreement, clause: str) -> str:
    """Return the choice in the data for *clause*: the name of a variant, ``ja``, ``nej``, or nothing."""
    plain = folded(clause)
    return next((one.variant or "" for one in agreement.clauses if folded(one.clause or "") == plain), "")
