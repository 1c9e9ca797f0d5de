"""What goes wrong in a text of a layer, told with file, line and a hint, and never in words of Python."""

from __future__ import annotations

import re
from collections.abc import Callable

from jinja2 import TemplateNotFound
from jinja2.exceptions import TemplateError, TemplateSyntaxError

from iopdocs.errors import Position, Problem, RenderError
from iopdocs.library.layers import Library
from iopdocs.messages import _


def _translations() -> tuple[tuple[str, Callable[[re.Match[str]], str]], ...]:
    return (
        (r"Encountered unknown tag '(?P<a>.*?)'", lambda m: _("”{a}” är ingen känd instruktion").format(a=m["a"])),
        (
            r"Unexpected end of template.*innermost block that needs to be closed is '(?P<a>.*?)'",
            lambda m: _("”{a}” avslutas aldrig – skriv end{a}").format(a=m["a"]),
        ),
        (r"Unexpected end of template", lambda m: _("texten tar slut mitt i en instruktion")),
        (
            r"expected token 'end of (?P<a>print statement|statement block)', got (?P<b>.*)",
            lambda m: _("väntade slut på instruktionen men fann {b}").format(b=m["b"]),
        ),
        (
            r"expected token (?P<a>.*?), got (?P<b>.*)",
            lambda m: _("väntade {a} men fann {b}").format(a=m["a"], b=m["b"]),
        ),
        (r"unexpected '(?P<a>.*?)'", lambda m: _("oväntat tecken ”{a}”").format(a=m["a"])),
        (r"unexpected char '.ue00", lambda m: _("en instruktion avslutas aldrig – skriv }}}} eller %}}").format()),
        (r"unexpected char (?P<a>.*?) at", lambda m: _("oväntat tecken {a}").format(a=m["a"])),
        (r"Missing end of comment tag", lambda m: _("kommentaren avslutas aldrig – skriv #}")),
        (r"No filter named '(?P<a>.*?)'", lambda m: _("filtret ”{a}” finns inte").format(a=m["a"])),
        (r"No test named '(?P<a>.*?)'", lambda m: _("testet ”is {a}” finns inte").format(a=m["a"])),
    )


def translate(message: str) -> str:
    """Return Jinja's *message* in Swedish where it is one of the common ones, else quoted."""
    for pattern, say in _translations():
        match = re.search(pattern, message, re.DOTALL)
        if match:
            return say(match)
    return (
        message
        if re.search("[åäöÅÄÖ”–]", message)
        else _("texten kan inte tolkas (”{message}”)").format(message=message)
    )


def fault(error: BaseException, library: Library) -> RenderError:
    """Return the :class:`RenderError` that tells *error*, which a text of *library* caused."""
    if isinstance(error, TemplateNotFound):
        file, line = _place(error, library)
        return _problem(error.message or str(error), file, line)
    if isinstance(error, TemplateSyntaxError):
        return _problem(translate(error.message or ""), error.filename or error.name or "", error.lineno)
    file, line = _place(error, library)
    if isinstance(error, TemplateError):
        return _problem(translate(error.message or ""), file, line)
    if isinstance(error, RecursionError):
        return _problem(
            _("texterna tar in varandra i all oändlighet"), file, line, _("kontrollera ”include” och makron")
        )
    what = _("texten gör något som inte går här")
    return _problem(what, file, line, _("jämför med grundlagrets text och förenkla raden"))


def _problem(message: str, file: str, line: int, hint: str = "") -> RenderError:
    return RenderError([Problem(message, hint, file, position=Position(line, 1) if line else None)])


def _place(error: BaseException, library: Library) -> tuple[str, int]:
    """Return (file, line) of the innermost text that the error passed through."""
    files = {text.file for layer in library.layers for text in layer.texts.values()}
    place = ("", 0)
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename in files:
            place = (trace.tb_frame.f_code.co_filename, trace.tb_lineno)
        trace = trace.tb_next
    return place
