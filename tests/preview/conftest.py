"""A preview to ask, and the browser that looks at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from iopdocs.cli.commands.clauses_preview_command import source_of
from iopdocs.cli.lint_settings import LintCommandOptions
from iopdocs.preview.current_view import PreviewState
from tests.helpers.browser import silent_page
from tests.helpers.layers import make_layer
from tests.helpers.preview import DATA, SECTION, Place, Preview, running

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


def place_in(folder: Path) -> Place:
    made = Place(folder)
    made.data.write_text(DATA, encoding="utf-8")
    make_layer(made.layer, {"avsnitt/bakgrund.md.j2": SECTION}, name="lillby")
    return made


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return place_in(tmp_path)


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """A preview that many tests ask, and none changes."""
    place = place_in(tmp_path_factory.mktemp("standing"))
    with running(PreviewState(source_of(place.data, place.options()), datetime.now)) as preview:
        yield preview


@pytest.fixture
def preview() -> Iterator[Callable[[Path | None, LintCommandOptions], Preview]]:
    """Start a preview of a file (or of the samples) with options; it ends with the test."""
    with ExitStack() as stack:
        yield lambda file, options: stack.enter_context(running(PreviewState(source_of(file, options), datetime.now)))


@pytest.fixture
def shown(place: Place, preview: Callable[..., Preview]) -> Preview:
    """The agreement of *place* with its layer."""
    return preview(place.data, place.options())


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that must say nothing in the console."""
    with silent_page(browser) as page:
        yield page
