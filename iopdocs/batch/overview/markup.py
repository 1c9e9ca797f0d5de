"""The tables of the overview page as HTML. Whatever is said in them has been escaped before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from iopdocs.document.xml_escape import escape


class HtmlTag(str):
    """A heading of a column, as HTML."""


def heading(text: str, sort: str, *, klass: str = "") -> HtmlTag:
    """Return the heading of a column that can be sorted as *sort*: ``text``, ``number`` or ``share``."""
    kind = f' class="{klass}"' if klass else ""
    return HtmlTag(f'<th scope="col"{kind} data-sort="{sort}"><span>{escape(text)}</span></th>')


def table(
    caption: str, head: Sequence[HtmlTag], rows: Iterable[str], klass: str, *, first: str = "", more: str = ""
) -> str:
    """Return a table in a box that scrolls by itself and can be reached by keyboard.

    *first* is a row that is never sorted or hidden, *more* are attributes of the box.
    """
    body = "".join(rows)
    top = f"<tbody>{first}</tbody>\n" if first else ""
    return (
        f'<div class="box" role="region" tabindex="0" aria-label="{escape(caption)}"{more}>\n<table class="{klass}">\n'
        f"<caption>{escape(caption)}</caption>\n<thead><tr>{''.join(head)}</tr></thead>\n{top}"
        f"<tbody data-rows>\n{body}</tbody>\n</table>\n</div>\n"
    )


def width(part: int, whole: int) -> str:
    """Return the class that draws *part* of *whole* as a bar behind a number."""
    share = round(100 * part / whole) if whole > 0 else 0
    return f"w{min(100, max(1 if part > 0 else 0, share))}"


def bars() -> str:
    """Return the style of every class of :func:`width`: as attributes of style the page's own policy would stop them."""
    return "".join(f".w{number}{{--w:{number}%}}" for number in range(101))
