"""Check the conditions and data of a text, also in parts that no sample agreement reaches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum

from jinja2 import nodes

from iopdocs.files.value_readers import fold, nearest
from iopdocs.model.fields import by_key
from iopdocs.templating.allowed_syntax import refusals
from iopdocs.templating.data_view import suggestion
from iopdocs.templating.derived_names import DERIVED
from iopdocs.templating.unknown_names import field_of, kinds_of, record_of

Slip = tuple[int, str, str]
"""1-based line, message and hint."""

_METHODS: Mapping[str, str] = {
    "upper": "|versal", "capitalize": "|versal", "title": "|versal", "join": "|uppräkning", "count": "|antal",
    "format": "|kronor eller |datum", "strftime": "|datum", "isoformat": "|kortdatum", "items": "{% for … %}",
}  # fmt: skip
_KINDS: Mapping[str, str] = {
    "Dict": "klamrar { } inne i en instruktion", "Slice": "kolon inom hakparentes", "FilterBlock": "{% filter %}",
    "Neg": "minustecken framför en uppgift", "Pos": "plustecken framför en uppgift", "Break": "{% break %}",
    "Continue": "{% continue %}", "ExprStmt": "{% do %}", "NSRef": "punkt i namnet efter ”set”",
}  # fmt: skip


def expression_slips(tree: nodes.Template, bound: frozenset[str]) -> Iterator[Slip]:
    """Yield the mistakes in the expressions of *tree*; *bound* are the names that texts of the library define."""
    for line, message, hint in refusals(tree):
        yield line, *_refused(message, hint)
    kinds = kinds_of(tree)
    for node in tree.find_all((nodes.Compare, nodes.Call, nodes.Add, nodes.Sub, nodes.Filter, nodes.For)):
        told = _told(node, kinds, bound)
        if told:
            yield node.lineno, *told


def _told(node: nodes.Node, kinds: Mapping[str, type | None], bound: frozenset[str]) -> tuple[str, str] | None:
    if isinstance(node, nodes.Compare):
        return _compared(node, kinds)
    if isinstance(node, nodes.Call):
        return _called(node, bound)
    if isinstance(node, nodes.Add | nodes.Sub):
        return _reckoned(node, kinds)
    if isinstance(node, nodes.Filter):
        return _filtered(node, kinds)
    return _gone_through(node, kinds) if isinstance(node, nodes.For) else None


def _refused(message: str, hint: str) -> tuple[str, str]:
    for kind, shown in _KINDS.items():
        if f"({kind})" in message:
            return f"{shown} går inte att använda i en text", "skriv det enklare"
    return message, hint


def _compared(node: nodes.Compare, kinds: Mapping[str, type | None]) -> tuple[str, str] | None:
    pairs = [(node.expr, one.expr) for one in node.ops if one.op in ("eq", "ne")]
    for left, right in [*pairs, *((right, left) for left, right in pairs)]:
        field = field_of(left, kinds)
        if field is None or not isinstance(right, nodes.Const):
            continue
        written = right.value
        if field.type is bool and not field.many:
            word = "ja" if str(written).casefold() in ("ja", "true", "1") else "nej"
            return f"{field.key} är ja eller nej och jämförs inte med ==", f"skriv ”is {word}”"
        if not (isinstance(field.type, type) and issubclass(field.type, Enum)) or not isinstance(written, str):
            continue
        words = [str(member.value) for member in field.type]
        if field.many or written in words:
            continue
        near = nearest(written, {fold(word): word for word in words})
        hint = f"menade du ”{near}”?" if near else ""
        message = f"”{written[:60]}” är inget av orden för {field.key}"
        return message, hint or "välj bland: {words}".format(words=", ".join(words))
    return None


def _called(node: nodes.Call, bound: frozenset[str]) -> tuple[str, str] | None:
    if isinstance(node.node, nodes.Getattr):
        if isinstance(node.node.node, nodes.Name) and node.node.node.name in bound:
            return None
        name = node.node.attr
        hint = "ta bort parentesen och det före den"
        if name in _METHODS:
            hint = f"pröva {_METHODS[name]}"
        return f"”.{name}()” går inte att använda i en text", hint
    if isinstance(node.node, nodes.Name) and node.node.name not in bound | {"super", "caller"}:
        name = node.node.name
        message = f"”{name}(…)” finns inte"
        return message, "en uppgift skrivs utan parentes, ett filter efter |: {{ avtalstid.start|datum }}"
    return None


def _reckoned(node: nodes.Add | nodes.Sub, kinds: Mapping[str, type | None]) -> tuple[str, str] | None:
    sides = (node.left, node.right)
    if any(isinstance(side, nodes.Const) and isinstance(side.value, str) for side in sides):
        return "ord kan inte läggas ihop med +", "skriv orden utanför klamrarna: {{ titel }} och mer text"
    if any(field_of(side, kinds) is not None for side in sides):
        if isinstance(node, nodes.Sub) and isinstance(node.right, nodes.Name):
            return "bindestreck läses som minus", "skriv _ i stället för - i uppgiftens namn"
        return (
            "texter räknar inte med uppgifter",
            "använd en av de färdiga summorna, till exempel ekonomi.summa_kontant",
        )
    return None


def _filtered(node: nodes.Filter, kinds: Mapping[str, type | None]) -> tuple[str, str] | None:
    if node.name not in ("med", "utan", "där", "uppräkning") or node.node is None:
        return None
    record = record_of(node.node, kinds)
    first = node.args[:1] if node.name in ("där", "uppräkning") else node.args
    for argument in first:
        if record is None or not (isinstance(argument, nodes.Const) and isinstance(argument.value, str)):
            continue
        key = argument.value.partition(".")[0]
        known = (*by_key(record), *DERIVED.get(record, {}))
        if key and key not in known:
            message = f"”{key[:60]}” finns inte i listan"
            return message, suggestion(key, known) or "välj bland: {words}".format(words=", ".join(known))
    return None


def _gone_through(node: nodes.For, kinds: Mapping[str, type | None]) -> tuple[str, str] | None:
    field = field_of(node.iter, kinds)
    if field is None or field.many:
        return None
    return f"”for” behöver en lista, och {field.key} är ingen", "använd ”if” i stället för ”for”"
