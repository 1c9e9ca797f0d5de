"""Report the errors of a layer's text with file, line and hint, and never in Python's words."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping

from jinja2 import TemplateNotFound
from jinja2.exceptions import TemplateError, TemplateRuntimeError, TemplateSyntaxError

from iopdocs.errors import Position, RenderError
from iopdocs.library.layers import Library
from iopdocs.library.source import calls_super, extends_somewhere
from iopdocs.templating.filters import FILTERS
from iopdocs.templating.tag_mistakes import tag_slips

_MOST_TAGS = (
    5_000  # most braces in a text that is searched for mistakes; the longest of the base layer has a few hundred
)


def _translations() -> tuple[tuple[str, Callable[[re.Match[str]], str]], ...]:
    return (
        (
            r"Encountered unknown tag '(?P<a>.*?)'\. You probably made a nesting mistake",
            lambda m: "”{a}” kommer innan det som står öppet är avslutat – avsluta det först".format(a=m["a"]),
        ),
        (r"Encountered unknown tag '(?P<a>.*?)'", lambda m: "”{a}” är ingen känd instruktion".format(a=m["a"])),
        (
            r"Unexpected end of template.*innermost block that needs to be closed is '(?P<a>.*?)'",
            lambda m: "”{a}” avslutas aldrig – skriv end{a}".format(a=m["a"]),
        ),
        (r"[Uu]nexpected end of template", lambda m: "texten tar slut mitt i en instruktion"),
        (
            r"expected token 'end of (?P<a>print statement|statement block)', got '?(?P<b>.*?)'?$",
            lambda m: "instruktionen borde ha slutat före ”{b}”".format(b=_token(m["b"])),
        ),
        (
            r"expected token '?(?P<a>.*?)'?, got '?(?P<b>.*?)'?$",
            lambda m: "här skulle ”{a}” stå, men det står ”{b}”".format(a=_token(m["a"]), b=_token(m["b"])),
        ),
        (
            r"[Ee]xpected an expression, got '?(?P<a>.*?)'?$",
            lambda m: "något saknas före ”{a}”".format(a=_token(m["a"])),
        ),
        (r"expected name or number", lambda m: "namnet på en uppgift saknas efter en punkt"),
        (
            r"unexpected '(?P<a>end of (?:print statement|statement block|template))'",
            lambda m: "något saknas före ”{a}”".format(a=_token(m["a"])),
        ),
        (r"unexpected '(?P<a>.*?)', expected '(?P<b>.*?)'", lambda m: "”{b}” saknas".format(b=m["b"])),
        (r"unexpected '(?P<a>.*?)'", lambda m: "oväntat tecken ”{a}”".format(a=m["a"])),
        (r"unexpected char '.ue00", lambda m: "en instruktion avslutas aldrig – skriv }}}} eller %}}".format()),
        (r"unexpected char (?P<a>.*?) at", lambda m: "oväntat tecken {a}".format(a=m["a"])),
        (r"Missing end of comment tag", lambda m: "kommentaren avslutas aldrig – skriv #}"),
        (r"Missing end of raw directive", lambda m: "”raw” används inte"),
        (r"No filter named '(?P<a>.*?)'", lambda m: no_filter(m["a"])),
        (r"No test named '(?P<a>.*?)'", lambda m: "testet ”is {a}” finns inte".format(a=m["a"])),
        (
            r"block '(?P<a>.*?)' defined twice",
            lambda m: "blocket ”{a}” står två gånger – ge det ena ett eget namn".format(a=m["a"]),
        ),
        (
            r"can't assign to '?(?P<a>.*?)'?$",
            lambda m: "namnet efter ”set” eller ”for” kan inte vara {a} – skriv ett enda ord".format(a=m["a"]),
        ),
        (
            r"macro '(?P<a>.*?)' (?:takes|was invoked|takes no|takes not)",
            lambda m: "makrot ”{a}” har inte de uppgifter inom parentesen som det ska ha".format(a=m["a"]),
        ),
        (r"extended multiple times", lambda m: "en text kan bara ha ett ”extends”"),
        (r"no parent block|there is no parent", lambda m: "det finns inget under det här blocket att hämta"),
    )


_MEANT: Mapping[str, str] = {
    "join": '|uppräkning, till exempel {{ parter|uppräkning("namn") }}', "list": "|uppräkning", "length": "|antal",
    "count": "|antal", "first": "|första", "last": "|sista", "upper": "|versal", "capitalize": "|versal",
    "title": "|versal", "select": "|där", "selectattr": "|där", "map": "|uppräkning", "round": "|kronor",
    "format": "|kronor eller |datum", "date": "|datum", "strftime": "|datum",
}  # fmt: skip


def no_filter(name: str) -> str:
    """Return the message that the filter *name* does not exist, with the one that may be meant."""
    near = _MEANT.get(name.casefold()) or next(
        (f"”{one}”" for one in difflib.get_close_matches(name.casefold(), FILTERS, n=1, cutoff=0.6)), ""
    )
    message = f"filtret ”{name}” finns inte"
    if near:
        return message + f" – menade du {near}?"
    return message + " – de som finns är {known}".format(known=", ".join(FILTERS))


def without_extends(body: str) -> bool:
    """Return whether a text with *body* uses ``super()`` without an ``extends``."""
    return calls_super(body) and not extends_somewhere(body)


def super_message(name: str) -> tuple[str, str]:
    """Return what is wrong in the text *name* that has ``super()`` without ``extends``, and a hint."""
    message = "super() hämtar texten i blocket under, men filen säger inte vilken text som ligger under"
    return message, "skriv {tag} överst, direkt efter inledningen".format(tag=f'{{% extends "bas/{name}" %}}')


def _token(word: str) -> str:
    """Return a Jinja token as a reader sees it."""
    shown = {
        "end of print statement": "}}", "end of statement block": "%}", "end of template": "slutet av texten",
        "name": "ett namn", "integer": "ett tal", "float": "ett tal", "string": "ord inom citattecken",
        "begin of print statement": "{{", "begin of statement block": "{%",
        "template data / text": "vanlig text",
    }  # fmt: skip
    return shown.get(word, word)


def translate(message: str) -> str:
    """Return Jinja's *message* in Swedish where it is one of the common ones, else quoted."""
    for pattern, say in _translations():
        match = re.search(pattern, message, re.DOTALL)
        if match:
            return cut(say(match))
    return cut(message if _is_ours(message) else f"texten kan inte tolkas (”{message}”)")


def cut(message: str) -> str:
    """Return *message* with the names that nobody could read, for their length, cut."""
    return re.sub(r"[^\s”]{100,}", lambda name: f"{name[0][:60]}…", message)


def _is_ours(message: str) -> bool:
    return bool(re.search("[åäöÅÄÖ”–]", message)) and not re.match(
        "(?:un)?expected|Encountered", message, re.IGNORECASE
    )


def told(error: TemplateSyntaxError, library: Library) -> tuple[str, str, int, str]:
    """Return (message, file, line, hint) of a text of *library* that cannot be parsed.

    Mistakes found in the source take precedence over Jinja's error, whose line may be far below the mistake.
    """
    file = error.filename or error.name or ""
    message = error.message or ""
    if not _is_ours(message):
        text = library.text_of(file)
        slips = tag_slips(text.body) if text and text.body.count("{") <= _MOST_TAGS else ()
        if slips:
            return slips[0].message, file, slips[0].line, slips[0].hint
    return translate(message), file, error.lineno, ""


def fault(error: BaseException, library: Library) -> RenderError:
    """Return the :class:`RenderError` that reports *error*, which a text of *library* caused."""
    if isinstance(error, TemplateNotFound):
        file, line = _place(error, library)
        return _problem(error.message or str(error), file, line)
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
        return _problem(translate(error.message or ""), file, line)
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
