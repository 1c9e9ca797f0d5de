"""The rules of the linter, a folder for each family. A rule is found by being there: no list names them."""

from __future__ import annotations

from importlib import import_module
from pkgutil import walk_packages

from iopdocs.linter.rule import Rule


def _rules() -> tuple[Rule, ...]:
    modules = [import_module(module.name) for module in walk_packages(__path__, f"{__name__}.")]
    found = {value.code: value for module in modules for value in vars(module).values() if isinstance(value, Rule)}
    return tuple(found[code] for code in sorted(found))


RULES: tuple[Rule, ...] = _rules()
"""Every rule of the package besides those that profiles make (K), by code."""
