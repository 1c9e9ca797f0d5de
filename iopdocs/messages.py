"""The one door every message goes through: the Swedish text is the message id, other languages are catalogs."""

from __future__ import annotations

import gettext
from contextvars import ContextVar
from functools import cache
from pathlib import Path

LOCALE_DIR = Path(__file__).parent / "locale"
language: ContextVar[str] = ContextVar("iopdocs_language", default="sv")
"""The language of messages in this context: ``sv`` (the message ids themselves) or one with a catalog, such as ``en``."""


@cache
def _catalog(code: str) -> gettext.NullTranslations:
    return gettext.translation("iopdocs", localedir=LOCALE_DIR, languages=[code], fallback=True)


def _(message: str) -> str:
    """Return *message* in the language of the context; the Swedish text itself where no catalog has it."""
    code = language.get()
    return message if code == "sv" else _catalog(code).gettext(message)
