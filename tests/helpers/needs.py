"""What a test needs beyond Python – LibreOffice, a browser, processes – found by following the functions it calls."""

from __future__ import annotations

import functools
import inspect
import multiprocessing
import subprocess
from collections.abc import Iterable, Iterator
from types import CodeType, FunctionType, ModuleType
from typing import Any

from iopdocs.batch import process_pool
from iopdocs.writers import pdf

OFFICE, BROWSER, PROCESS = "libreoffice", "browser", "process"
_STARTS = {subprocess: PROCESS, multiprocessing: PROCESS, process_pool: PROCESS, pdf: OFFICE}
_PROGRAMS = {"soffice": OFFICE, "sync_playwright": BROWSER}


def needs_of(functions: Iterable[Any]) -> set[str]:
    """Return which of :data:`OFFICE`, :data:`BROWSER` and :data:`PROCESS` a test and its fixtures, *functions*, need.

    The functions of ``tests`` that they name are followed. What needs an office or a browser starts processes too.
    """
    met: set[Any] = set()
    waiting = [*functions]
    found: set[str] = set()
    while waiting:
        current = inspect.unwrap(waiting.pop())
        if not isinstance(current, FunctionType) or current in met:
            continue
        met.add(current)
        for value in _named(current.__code__, current.__globals__):
            if isinstance(value, str):
                found |= {_PROGRAMS[value]} if value in _PROGRAMS else set()
            elif isinstance(value, ModuleType):
                found |= {_STARTS[value]} if value in _STARTS else set()
            elif getattr(value, "__module__", "").startswith("tests."):
                waiting += [value, *_wrapped(value)]
            else:
                home = inspect.getmodule(value)
                found |= {_STARTS[home]} if home in _STARTS else set()
    return found | ({PROCESS} if found else set())


def _wrapped(value: Any) -> Iterator[Any]:
    """Yield the methods of a class, and the function in a partial."""
    if isinstance(value, type):
        yield from vars(value).values()
    if isinstance(value, functools.partial):
        yield value.func


def _named(code: CodeType, known: dict[str, Any]) -> Iterator[Any]:
    """Yield every string that *code* holds or names, and every thing in *known* that it names."""
    for name in code.co_names:
        yield name
        if name in known:
            yield known[name]
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _named(constant, known)
        elif isinstance(constant, str):
            yield constant
