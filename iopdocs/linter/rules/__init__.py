"""The rules of the linter, a folder for each family. Rules are discovered in the modules; no list names them."""

from __future__ import annotations

from importlib import import_module
from pkgutil import walk_packages

from iopdocs.linter.rule import Rule


def _rules() -> tuple[Rule, ...]:
    modules = [import_module(module.name) for module in walk_packages(__path__, f"{__name__}.")]
    by_code = {value.code: value for module in modules for value in vars(module).values() if isinstance(value, Rule)}
    return tuple(by_code[code] for code in sorted(by_code))


RULES: tuple[Rule, ...] = _rules()
"""Every rule of the package by code, except those made from profiles (K)."""
