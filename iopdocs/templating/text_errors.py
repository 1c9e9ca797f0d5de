"""Report the errors of a layer's text with file, line and hint, and never in Python's words."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping

from jinja2 import TemplateNotFound
from jinja2.exceptions import TemplateError, TemplateRuntimeError, TemplateSyntaxError

from iopdocs.document.text_exceptions import TextNotFound, TextRuntimeError, TextSyntaxError
from iopdocs.errors import Position, RenderError
from iopdocs.library.layers import Library
from iopdocs.library.source import calls_super, extends_somewhere
from iopdocs.templating.filters import FILTERS
from iopdocs.templating.tag_mistakes import tag_slips

_MOST_TAGS = (
    5_000  # most braces in a text that is searched for mistakes; the longest of the base layer has a few hundred
)


_TRANSLATIONS: tuple[tuple[str, str, str], ...] = (
    (
        r"Encountered unknown tag '(?P<a>.*?)'\. You probably made a nesting mistake",
        "”{a}” kommer innan det som står öppet är avslutat",
        "avsluta det först",
    ),
    (r"Encountered unknown tag '(?P<a>.*?)'", "”{a}” är ingen känd instruktion", ""),
    (
        r"Unexpected end of template.*innermost block that needs to be closed is '(?P<a>.*?)'",
        "”{a}” avslutas aldrig",
        "skriv end{a}",
    ),
    (r"[Uu]nexpected end of template", "texten tar slut mitt i en instruktion", ""),
    (
        r"expected token 'end of (?P<a>print statement|statement block)', got '?(?P<b>.*?)'?$",
        "instruktionen borde ha slutat före ”{b}”",
        "",
    ),
    (r"expected token '?(?P<a>.*?)'?, got '?(?P<b>.*?)'?$", "här skulle ”{a}” stå, men det står ”{b}”", ""),
    (r"[Ee]xpected an expression, got '?(?P<a>.*?)'?$", "något saknas före ”{a}”", ""),
    (r"expected name or number", "namnet på en uppgift saknas efter en punkt", ""),
    (r"unexpected '(?P<a>end of (?:print statement|statement block|template))'", "något saknas före ”{a}”", ""),
    (r"unexpected '(?P<a>.*?)', expected '(?P<b>.*?)'", "”{b}” saknas", ""),
    (r"unexpected '(?P<a>.*?)'", "oväntat tecken ”{a}”", ""),
    (r"unexpected char '.ue00", "en instruktion avslutas aldrig", "skriv }}}} eller %}}"),
    (r"unexpected char (?P<a>.*?) at", "oväntat tecken {a}", ""),
    (r"Missing end of comment tag", "kommentaren avslutas aldrig", "skriv #}}"),
    (r"Missing end of raw directive", "”raw” används inte", ""),
    (r"No test named '(?P<a>.*?)'", "testet ”is {a}” finns inte", ""),
    (r"block '(?P<a>.*?)' defined twice", "blocket ”{a}” står två gånger", "ge det ena ett eget namn"),
    (
        r"can't assign to '?(?P<a>.*?)'?$",
        "namnet efter ”set” eller ”for” kan inte vara {a}",
        "skriv ett enda ord",
    ),
    (
        r"macro '(?P<a>.*?)' (?:takes|was invoked|takes no|takes not)",
        "makrot ”{a}” har inte de uppgifter inom parentesen som det ska ha",
        "",
    ),
    (r"extended multiple times", "en text kan bara ha ett ”extends”", ""),
    (r"no parent block|there is no parent", "det finns inget under det här blocket att hämta", ""),
)
"""Of each of Jinja's messages: its pattern, and the message and the hint as format strings of the pattern's groups."""

_TOKENS: Mapping[str, str] = {
    "end of print statement": "}}", "end of statement block": "%}", "end of template": "slutet av texten",
    "name": "ett namn", "integer": "ett tal", "float": "ett tal", "string": "ord inom citattecken",
    "begin of print statement": "{{", "begin of statement block": "{%",
    "template data / text": "vanlig text",
}  # fmt: skip
"""Jinja's tokens as a reader sees them."""

_MEANT: Mapping[str, str] = {
    "join": '|uppräkning, till exempel {{ parter|uppräkning("namn") }}', "list": "|uppräkning", "length": "|antal",
    "count": "|antal", "first": "|första", "last": "|sista", "upper": "|versal", "capitalize": "|versal",
    "title": "|versal", "select": "|där", "selectattr": "|där", "map": "|uppräkning", "round": "|kronor",
    "format": "|kronor eller |datum", "date": "|datum", "strftime": "|datum",
}  # fmt: skip


def no_filter(name: str) -> tuple[str, str]:
    """Return the message that the filter *name* does not exist, and as hint the one that may be meant."""
    near = _MEANT.get(name.casefold()) or next(
        (f"”{one}”" for one in difflib.get_close_matches(name.casefold(), FILTERS, n=1, cutoff=0.6)), ""
    )
    return f"filtret ”{name}” finns inte", f"menade du {near}?" if near else f"de som finns är {', '.join(FILTERS)}"


def without_extends(body: str) -> bool:
    """Return whether a text with *body* uses ``super()`` without an ``extends``."""
    return calls_super(body) and not extends_somewhere(body)


def super_message(name: str) -> tuple[str, str]:
    """Return what is wrong in the text *name* that has ``super()`` without ``extends``, and a hint."""
    message = "super() hämtar texten i blocket under, men filen säger inte vilken text som ligger under"
    return message, "skriv {tag} överst, direkt efter inledningen".format(tag=f'{{% extends "bas/{name}" %}}')


def translate(error: TemplateError) -> tuple[str, str]:
    """Return (message, hint) of *error*; Jinja's own messages in Swedish where they are common ones, else quoted."""
    message = error.message or ""
    if isinstance(error, TextRuntimeError | TextSyntaxError | TextNotFound):
        return cut(message), error.hint
    if unknown := re.search(r"No filter named '(.*?)'", message):
        return no_filter(unknown[1])
    for pattern, swedish, hint in _TRANSLATIONS:
        if match := re.search(pattern, message, re.DOTALL):
            words = {name: _TOKENS.get(word, word) for name, word in match.groupdict().items()}
            return cut(swedish.format(**words)), hint.format(**words)
    return cut(f"texten kan inte tolkas (”{message}”)"), ""


def cut(message: str) -> str:
    """Return *message* with the names that nobody could read, for their length, cut."""
    return re.sub(r"[^\s”]{100,}", lambda name: f"{name[0][:60]}…", message)


def told(error: TemplateSyntaxError, library: Library) -> tuple[str, str, int, str]:
    """Return (message, file, line, hint) of a text of *library* that cannot be parsed.

    Mistakes found in the source take precedence over Jinja's error, whose line may be far below the mistake.
    """
    file = error.filename or error.name or ""
    if not isinstance(error, TextSyntaxError):
        text = library.text_of(file)
        slips = tag_slips(text.body) if text and text.body.count("{") <= _MOST_TAGS else ()
        if slips:
            return slips[0].message, file, slips[0].line, slips[0].hint
    message, hint = translate(error)
    return message, file, error.lineno, hint


def fault(error: BaseException, library: Library) -> RenderError:
    """Return the :class:`RenderError` that reports *error*, which a text of *library* caused."""
    if isinstance(error, TemplateNotFound):
        message, hint = translate(error)
        return _problem(message, *_place(error, library), hint)
    if isinstance(error, TemplateSyntaxError):
        return _problem(*told(error, library))
    file, line = _place(error, library)
    text = library.text_of(file)
    if isinstance(error, TemplateRuntimeError) and text is not None and without_extends(text.body):
        at = text.body.split("\n")[line - 1 : line]
        if at and calls_super(at[0]):
            message, hint = super_message(text.name)
            return _problem(message, file, line, hint)
    if isinstance(error, TemplateError):
        message, hint = translate(error)
        return _problem(message, file, line, hint)
    if isinstance(error, RecursionError):
        return _problem("texterna tar in varandra i all oändlighet", file, line, "kontrollera ”include” och makron")
    what = "texten gör något som inte går här"
    return _problem(what, file, line, "jämför med grundlagrets text och förenkla raden")


def _problem(message: str, file: str, line: int, hint: str = "") -> RenderError:
    return RenderError.one(cut(message), hint, file, position=Position(line, 1) if line else None)


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
