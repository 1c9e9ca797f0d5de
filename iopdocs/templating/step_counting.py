"""Count and locate the steps of a running text, by filters added to its parsed tree that no text can write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from jinja2 import nodes, pass_context
from jinja2.runtime import Context, StrictUndefined
from markupsafe import Markup

from iopdocs.document.text_exceptions import TextRuntimeError
from iopdocs.document.value_tokens import ValueRecorder
from iopdocs.templating.data_view import Leaf, ListView, Missing, View
from iopdocs.templating.filters import filled
from iopdocs.templating.text_limits import weight

RECORDER = "_inspelning"
"""The key of a rendering's :class:`ValueRecorder` in the context; texts cannot write it."""


class Unknown(StrictUndefined):
    """A name that the agreement does not have: any use of it is an error."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        return f"”{self._undefined_name}” är inget namn som texten kan använda"


def recorder_of(context: Context) -> ValueRecorder:
    """Return the recorder that counts the rendering that *context* belongs to.

    Raises:
        TextRuntimeError: when the text runs on its own, outside a rendering.
    """
    recorder = context.resolve(RECORDER)
    if not isinstance(recorder, ValueRecorder):
        raise TextRuntimeError("texten kan bara köras av iopdocs")
    return recorder


def instrument(tree: nodes.Template, number: int) -> nodes.Template:
    """Make every loop count its turns, every import see the agreement, and every value record where it is printed."""
    for loop in list(tree.find_all(nodes.For)):
        cost = sum(len(data.data) for data in loop.find_all(nodes.TemplateData))
        arguments = [nodes.Const(cost, lineno=loop.lineno)]
        loop.iter = nodes.Filter(loop.iter, "_varv", arguments, [], None, None, lineno=loop.lineno)
    for taken in tree.find_all(nodes.Stmt):
        if isinstance(taken, nodes.Import | nodes.FromImport | nodes.Include):
            taken.with_context = True
    for compared in list(tree.find_all(nodes.Compare)):
        compared.expr = _weighed(compared.expr)
        for operand in compared.ops:
            operand.expr = _weighed(operand.expr)
    for literal in list(tree.find_all(nodes.Literal)):
        if isinstance(literal, nodes.List) or (isinstance(literal, nodes.Tuple) and literal.ctx == "load"):
            literal.items = [_weighed(item) for item in literal.items]
    for output in tree.find_all(nodes.Output):
        output.nodes = [_placed(node, number) for node in output.nodes]
    return tree


def _weighed(node: nodes.Expr) -> nodes.Expr:
    if isinstance(node, nodes.Const):
        return node
    return nodes.Filter(node, "_vikt", [], [], None, None, lineno=node.lineno)


def _placed(node: nodes.Expr, number: int) -> nodes.Expr:
    if isinstance(node, nodes.TemplateData):
        return node
    arguments: list[nodes.Expr] = [
        nodes.Const(number, lineno=node.lineno),
        nodes.Const(node.lineno, lineno=node.lineno),
    ]
    return nodes.Filter(node, "_plats", arguments, [], None, None, lineno=node.lineno)


@pass_context
def _turns(context: Context, items: Any, cost: int) -> Any:
    if isinstance(items, Unknown):
        str(items)
    if isinstance(items, Leaf | View | str) or not isinstance(items, Iterable):
        raise TextRuntimeError("”for” behöver en lista")
    found = list(items)
    recorder_of(context).charge(len(found), len(found) * cost)
    return found


@pass_context
def _weigh(context: Context, value: Any) -> Any:
    """Return *value*, counted: to compare it or put it in a list takes time for all its contents."""
    if not isinstance(value, Leaf | View | Missing):
        recorder = recorder_of(context)
        recorder.charge(len(value.items), 0) if isinstance(value, ListView) else recorder.charge(*weight(value))
    return value


@pass_context
def _print(context: Context, value: Any, number: int, line: int) -> Markup:
    """Store the printed value and return a token for it; the output of macros is already text."""
    if isinstance(value, Markup):
        recorder_of(context).charge(0, len(value))
        return value
    if isinstance(value, Unknown):
        str(value)
    return recorder_of(context).token(filled(value), number, line)


COUNTING: Mapping[str, Callable[..., Any]] = {"_varv": _turns, "_plats": _print, "_vikt": _weigh}
"""The filters that :func:`instrument` adds, under names that no text can write."""
