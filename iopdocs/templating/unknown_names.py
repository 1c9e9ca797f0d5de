"""Find names in a text that the agreement does not have, also in parts that this agreement does not reach."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from attrs import frozen
from jinja2 import Environment, nodes
from jinja2.exceptions import TemplateSyntaxError

from iopdocs.library.layers import Library
from iopdocs.library.texts import LayerText
from iopdocs.model.agreement import Agreement
from iopdocs.model.economy import Economy, Resource
from iopdocs.model.fields import Field, PartyRef, by_key
from iopdocs.model.parties import Party
from iopdocs.templating.clause_tag import ClauseTag
from iopdocs.templating.data_view import suggestion
from iopdocs.templating.derived_names import DERIVED
from iopdocs.templating.tag_mistakes import pieces

# The texts of a granskningsprotokoll also see "granskning", besides the agreement.
_OURS = frozenset({"avtal", "granskning", "loop", "super", "caller", "varargs", "kwargs", "self"})
# Filters that return their input, or a part of it.
_SAME = frozenset({"med", "utan", "där"})
# Derived names that are lists of records, which a loop iterates over.
_LISTS: Mapping[tuple[type, str], type] = {
    (Agreement, "offentliga_parter"): Party,
    (Agreement, "idéburna_parter"): Party,
    (Agreement, "företag"): Party,
    (Economy, "kontanta"): Resource,
    (Economy, "icke_finansiella"): Resource,
}


@frozen
class UnknownName:
    """A name that no agreement has: its 1-based *line* in the text, and *near*, "menade du ”x”?" or nothing."""

    name: str
    line: int
    near: str


def unknown_names(text: LayerText, library: Library, extra: frozenset[str] = frozenset()) -> tuple[UnknownName, ...]:
    """Return the names that *text* uses and neither the agreement nor any text of *library* has.

    A text that cannot be parsed gives none: running it reports why. *extra* are names that a document has besides.
    """
    tree = parsed(text.body)
    if tree is None:
        return ()
    given = _OURS | extra | bound_somewhere(library) | _bound(text.body)
    kinds = kinds_of(tree)
    found = {}
    for node in tree.find_all((nodes.Name, nodes.Getattr)):
        unknown = _unknown(node, given, kinds)
        if unknown is not None:
            found[unknown.name, unknown.line] = unknown
    return tuple(sorted(found.values(), key=lambda one: (one.line, one.name)))


def parsed(body: str) -> nodes.Template | None:
    """Return the tree of a text with *body*, or ``None`` when it cannot be parsed."""
    try:
        return _environment().parse(body)
    except (TemplateSyntaxError, RecursionError):
        return None


def syntax_error(body: str, file: str) -> TemplateSyntaxError | RecursionError | None:
    """Return why a text with *body* cannot be parsed, or ``None`` when it can."""
    try:
        _environment().parse(body, filename=file)
    except (TemplateSyntaxError, RecursionError) as error:
        return error
    return None


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(autoescape=False, trim_blocks=True, lstrip_blocks=True, extensions=[ClauseTag])


def bound_somewhere(library: Library) -> frozenset[str]:
    """Return every name that some text of *library* defines: the names of an including text are visible in the included."""
    return frozenset().union(*(_bound(text.body) for layer in library.layers for text in layer.texts.values()))


def mended(body: str) -> str:
    """Return a text with *body* as far as its tags can be parsed one by one, each on its own line."""
    lines = [""] * (body.count("\n") + 1)
    for line, piece in pieces(body):
        if parsed(piece) is not None:
            lines[line - 1] += piece.replace("\n", " ")
    return "\n".join(lines)


@lru_cache(maxsize=512)
def _bound(body: str) -> frozenset[str]:
    tree = parsed(body) or parsed(mended(body))
    return frozenset(_bound_in(tree)) if tree is not None else frozenset()


def _bound_in(tree: nodes.Template) -> Iterator[str]:
    for node in tree.find_all((nodes.Name, nodes.Macro, nodes.Import, nodes.FromImport)):
        if isinstance(node, nodes.Name):
            if node.ctx != "load":
                yield node.name
        elif isinstance(node, nodes.Macro):
            yield node.name
        elif isinstance(node, nodes.Import):
            yield node.target
        elif isinstance(node, nodes.FromImport):
            yield from (name if isinstance(name, str) else name[1] for name in node.names)


def kinds_of(tree: nodes.Template) -> Mapping[str, type | None]:
    """Return the class of each name that the text itself binds to a record; ``None`` where it is not known for sure."""
    kinds: dict[str, type | None] = {}
    for node in tree.find_all((nodes.For, nodes.Assign, nodes.Macro)):
        if isinstance(node, nodes.Macro):
            kinds |= {argument.name: None for argument in node.args}
            continue
        target, value = (node.target, node.iter) if isinstance(node, nodes.For) else _assigned(node)
        for name in target.find_all(nodes.Name) if not isinstance(target, nodes.Name) else [target]:
            kind = _class_of(value, kinds, item=isinstance(node, nodes.For)) if name is target else None
            kinds[name.name] = kind if name.name not in kinds or kinds[name.name] is kind else None
    return kinds


def _assigned(node: nodes.Node) -> tuple[nodes.Node, nodes.Node]:
    return (node.target, node.node) if isinstance(node, nodes.Assign) else (node, node)


def _class_of(node: nodes.Node, kinds: Mapping[str, type | None], *, item: bool) -> type | None:
    """Return the class of the record that *node* refers to, or of each of its items with *item*."""
    while isinstance(node, nodes.Filter) and node.name in _SAME and node.node is not None:
        node = node.node
    chain = _chain(node)
    if chain is None:
        return None
    name, keys = chain
    kind = _root(name, kinds)
    many = False
    for key in ([] if name in kinds or name == "avtal" else [name]) + keys:
        if kind is None or many:
            return None
        field = by_key(kind).get(key)
        if field is None and (kind, key) in _LISTS:
            kind, many = _LISTS[kind, key], True
        elif field is None:
            return None
        else:
            kind, many = (field.type if field.is_record else None), field.many
    return kind if many is item else None


def field_of(node: nodes.Node, kinds: Mapping[str, type | None]) -> Field | None:
    """Return the field of the single datum or list that *node* (``mål.syfte``, ``p.typ``) refers to, if it is known."""
    chain = _chain(node)
    if chain is None:
        return None
    name, keys = chain
    kind: Any = _root(name, kinds)
    field: Field | None = None
    for key in ([] if name in kinds or name == "avtal" else [name]) + keys:
        if field is not None and (field.many or not (field.is_record or field.type is PartyRef)):
            return None
        kind = Party if field is not None and field.type is PartyRef else field.type if field is not None else kind
        field = by_key(kind).get(key) if kind is not None else None
        if field is None:
            return None
    return field


def record_of(node: nodes.Node, kinds: Mapping[str, type | None]) -> type | None:
    """Return the class of the items of the list that *node* refers to, if it is known."""
    return _class_of(node, kinds, item=True)


def _chain(node: nodes.Node) -> tuple[str, list[str]] | None:
    keys: list[str] = []
    while isinstance(node, nodes.Getattr):
        keys.insert(0, node.attr)
        node = node.node
    return (node.name, keys) if isinstance(node, nodes.Name) else None


def _root(name: str, kinds: Mapping[str, type | None]) -> type | None:
    return kinds.get(name, Agreement)


def _unknown(node: nodes.Node, given: frozenset[str], kinds: Mapping[str, type | None]) -> UnknownName | None:
    if isinstance(node, nodes.Name):
        known = by_key(Agreement).keys() | DERIVED[Agreement].keys()
        if node.ctx != "load" or node.name in given or node.name in known or node.name in kinds:
            return None
        return UnknownName(node.name, node.lineno, suggestion(node.name, known))
    chain = _chain(node)
    if chain is None:
        return None
    name, keys = chain
    if name in kinds or name == "avtal":
        kind: Any = _root(name, kinds) if name in kinds else Agreement
        walked = keys
    elif name in by_key(Agreement):
        kind, walked = Agreement, [name, *keys]
    else:
        return None
    for place, key in enumerate(walked):
        if not (isinstance(kind, type) and hasattr(kind, "__attrs_attrs__")):
            return None
        field = by_key(kind).get(key)
        derived = DERIVED.get(kind, {})
        if field is None:
            # Only the last key of this node: the shorter chains inside it are checked on their own.
            if key in derived or place != len(walked) - 1:
                return None
            shown = ".".join([name, *keys])
            return UnknownName(shown, node.lineno, suggestion(key, by_key(kind).keys() | derived.keys()))
        if place == len(walked) - 1:
            return None
        shown = ".".join(([] if walked[0] == name else [name]) + walked[: place + 1])
        if field.many or not (field.is_record or field.type is PartyRef):
            # Only the next key: longer chains would report the same again.
            return _too_far(name, keys, field, shown, node.lineno) if place == len(walked) - 2 else None
        kind = Party if field.type is PartyRef else field.type
    return None


def _too_far(name: str, keys: list[str], field: Field, shown: str, line: int) -> UnknownName:
    if field.many:
        near = f"{shown} är en lista: gå igenom den med {{% for x in {shown} %}}"
    else:
        near = f"{shown} är en enda uppgift: skriv bara {{{{ {shown} }}}}"
    return UnknownName(".".join([name, *keys]), line, near)
