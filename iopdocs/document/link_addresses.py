"""Addresses that a document may link to, and their written form."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from iopdocs.document.tree import Inline, Link, Text
from iopdocs.document.walk import plain

_SCHEMES = ("http", "https", "mailto", "tel")
_HOST = re.compile(r"[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\]")
_BARE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
# Word reports a file as damaged if a link is longer than 2083 characters.
_LONGEST = 2000


def address(href: str) -> str | None:
    """Return *href* as an ASCII URI, or ``None`` if its scheme is not http, https, mailto or tel (RFC 3986)."""
    try:
        parts = urlsplit(href.strip())
        if parts.scheme not in _SCHEMES or len(href) > _LONGEST:
            return None
        rest = _quoted(parts.path) + ("?" + _quoted(parts.query) if parts.query else "")
        rest += "#" + _quoted(parts.fragment) if parts.fragment else ""
        if parts.scheme in ("mailto", "tel"):
            uri = f"{parts.scheme}:{rest}" if parts.path and not parts.netloc else ""
        else:
            uri = f"{parts.scheme}://{_authority(parts.hostname or '', parts.port)}{rest}" if parts.hostname else ""
    except (ValueError, UnicodeError):
        return None
    return uri if uri and len(uri) <= _LONGEST else None


def _quoted(text: str) -> str:
    return quote(_BARE_PERCENT.sub("%25", text), safe="%/:?@!$&'()*+,;=~-._")


def _authority(host: str, port: int | None) -> str:
    ascii_host = f"[{host}]" if ":" in host else host.encode("idna").decode("ascii")
    if not _HOST.fullmatch(ascii_host):
        raise ValueError(host)
    return ascii_host if port is None else f"{ascii_host}:{port}"


def as_text(link: Link) -> tuple[Inline, ...]:
    """Return the replacement for *link* when its address is not allowed: its text, and the address in brackets."""
    shown = plain(link.children)
    if link.href in shown:
        return link.children
    return (*link.children, Text(f" ({link.href})")) if shown else (Text(link.href),)
