"""What every test shares: the number of examples, an environment that is the same everywhere, one browser, the markers."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.helpers.browser import started
from tests.helpers.needs import needs_of
from tests.helpers.properties import register_profiles

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# What a terminal or a person's settings say of how output should look. A test that is about them sets them itself.
_LOOKS = (
    "COLUMNS",
    "LINES",
    "NO_COLOR",
    "FORCE_COLOR",
    "CLICOLOR",
    "CLICOLOR_FORCE",
    "PYTHONIOENCODING",
    "PYTEST_ADDOPTS",
)


def pytest_configure() -> None:
    register_profiles()
    for name in _LOOKS:
        os.environ.pop(name, None)


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One worker more than there are cores: tests wait for browsers, offices and files that change."""
    return (os.cpu_count() or 1) + 1


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name a file by its argument: a zip holds the time, and two workers would not find the same tests."""
    return argname if isinstance(val, bytes) and len(val) > 40 else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests that need an office, a browser or other processes, or long, so that quick runs can leave them out."""
    slow = set((Path(__file__).parent / "slow.txt").read_text(encoding="ascii").split())
    known: dict[tuple[object, ...], set[str]] = {}
    for item in items:
        if isinstance(item, pytest.Function):
            functions = (item.function, *(found[-1].func for found in item._fixtureinfo.name2fixturedefs.values()))
            if functions not in known:
                known[functions] = needs_of(functions)
            for need in known[functions]:
                item.add_marker(need)
            if item.originalname in slow:
                item.add_marker("slow")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The one browser of the run, for each worker that needs one."""
    with started() as chromium:
        yield chromium
