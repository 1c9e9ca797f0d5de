"""What a text of a layer raises through Jinja: one line of Swedish, with the hint as data beside it.

Jinja's own exceptions carry English words, which :mod:`iopdocs.templating.text_errors` translates.
"""

from __future__ import annotations

from jinja2 import TemplateNotFound
from jinja2.exceptions import TemplateRuntimeError, TemplateSyntaxError


class TextRuntimeError(TemplateRuntimeError):
    """A text does something that cannot be done."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class TextSyntaxError(TemplateSyntaxError):
    """A text is outside the language, on the 1-based *lineno* of the file *filename*."""

    def __init__(self, message: str, lineno: int, name: str | None, filename: str | None, hint: str = "") -> None:
        super().__init__(message, lineno, name, filename)
        self.hint = hint


class TextNotFound(TemplateNotFound):
    """A text refers to another, *name*, that no layer has."""

    def __init__(self, name: str, message: str, hint: str = "") -> None:
        super().__init__(name, message)
        self.hint = hint
