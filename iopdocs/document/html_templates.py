"""HTML pages from Jinja templates of ours: whatever the data hold, they stay text."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from iopdocs.document.xml_escape import escape

if TYPE_CHECKING:  # Jinja takes a while to import, and most commands write no page.
    from jinja2 import Template


@cache
def html_template(path: Path) -> Template:
    """Return the template at *path*, which may import and include those beside it.

    All that it prints is escaped (:func:`iopdocs.document.xml_escape.escape`), ``None`` is nothing, and a name that it
    is not given raises :class:`jinja2.UndefinedError`. ``|tojson`` writes data for a script of the page.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    def printed(value: Any) -> Any:
        if hasattr(value, "__html__"):
            return value
        return Markup("" if value is None else escape(str(value)))

    environment = Environment(
        loader=FileSystemLoader(path.parent), autoescape=True, undefined=StrictUndefined, finalize=printed,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    environment.policies["json.dumps_kwargs"] = {"separators": (",", ":")}
    return environment.get_template(path.name)
