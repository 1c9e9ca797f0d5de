"""The language of texts: the Jinja constructs that a text may have, and why the others are refused."""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import nodes

from iopdocs.document.text_exceptions import TextSyntaxError
from iopdocs.templating.data_view import suggestion
from iopdocs.templating.filters import FILTERS, TESTS
from iopdocs.templating.text_errors import no_filter

_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Getattr, nodes.Getitem,
    nodes.If, nodes.For, nodes.Block, nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport, nodes.Macro,
    nodes.CallBlock, nodes.Assign, nodes.AssignBlock, nodes.With, nodes.Filter, nodes.Test, nodes.And, nodes.Or,
    nodes.Not, nodes.Compare, nodes.Operand, nodes.CondExpr, nodes.Call, nodes.List, nodes.Tuple, nodes.Keyword,
    nodes.Add, nodes.Sub,
)  # fmt: skip


_UNDERSCORE = ("namn som börjar med _ kan inte användas", "")


def check(tree: nodes.Template, name: str | None, filename: str | None) -> None:
    """Refuse *tree*, the text *name* of the file *filename*, when it contains a construct outside the language.

    Raises:
        TextSyntaxError: at the first such construct.
    """
    for line, problem, hint in refusals(tree):
        raise TextSyntaxError(problem, line, name, filename, hint)


def refusals(tree: nodes.Template) -> Iterator[tuple[int, str, str]]:
    """Yield (1-based line, why, hint) for each construct of *tree* outside the language."""
    for node in _everything(tree):
        problem = _problem(node)
        if problem:
            yield _line(node), *problem


def _line(node: nodes.Node) -> int:
    """Return the 1-based line of *node*, or of the first node in it that has one."""
    return next((one.lineno for one in _everything(node) if one.lineno), 1)


def _everything(node: nodes.Node) -> Iterator[nodes.Node]:
    yield node
    for child in node.iter_child_nodes():
        yield from _everything(child)


def _problem(node: nodes.Node) -> tuple[str, str] | None:
    if not isinstance(node, _ALLOWED):
        return refused(node)
    named = node.name if isinstance(node, nodes.Name | nodes.Macro | nodes.Block) else ""
    if named.startswith("_") or (isinstance(node, nodes.Getattr) and node.attr.startswith("_")):
        return _UNDERSCORE
    if isinstance(node, nodes.Include | nodes.Import | nodes.FromImport | nodes.Extends) and not (
        isinstance(node.template, nodes.Const) and isinstance(node.template.value, str)
    ):
        return "namnet på texten ska stå inom citattecken", ""
    if isinstance(node, nodes.Import) and node.target.startswith("_"):
        return _UNDERSCORE
    if isinstance(node, nodes.Keyword) and node.key.startswith("_"):
        return _UNDERSCORE
    if isinstance(node, nodes.For) and node.recursive:
        return "”recursive” används inte", ""
    if isinstance(node, nodes.Filter) and node.name.startswith("_"):
        return _UNDERSCORE
    if isinstance(node, nodes.Filter) and node.name not in FILTERS:
        return no_filter(node.name)
    if isinstance(node, nodes.Test) and node.name not in TESTS:
        return f"testet ”is {node.name}” finns inte", suggestion(node.name, TESTS)
    return None


def refused(node: nodes.Node) -> tuple[str, str]:
    """Return why a construct is not in the language, and a hint."""
    if isinstance(node, nodes.Concat):
        return "tecknet ~ används inte", "skriv texterna efter varandra: {{ a }} {{ b }}"
    if isinstance(node, nodes.Pow | nodes.Mul | nodes.Div | nodes.FloorDiv | nodes.Mod):
        return "texter räknar inte", "använd en av de färdiga summorna"
    return f"detta ingår inte i språket för texter ({type(node).__name__})", ""
