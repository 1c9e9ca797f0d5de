"""Load texts for Jinja from the layers of a library, with marks for the file and line that printed each part."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from functools import cache
from types import CodeType
from typing import Any

from jinja2 import BaseLoader, Environment, Template, TemplateNotFound
from jinja2.utils import LRUCache

from iopdocs.document.value_tokens import keep_line_ends, mark_lines, mark_section
from iopdocs.library.layers import Library
from iopdocs.library.source import extends_somewhere
from iopdocs.library.texts import LayerText
from iopdocs.templating.clause_tag import CLAUSE, clause_source


class LayerLoader(BaseLoader):
    """Finds texts in a library; an internal name is ``layer number:name``."""

    def __init__(self, library: Library) -> None:
        self.library = library
        # A text of the base layer has the same number in every library, so that it is compiled to the same code.
        named = [
            (f"{number}:{name}", layer.texts[name])
            for number, layer in enumerate(library.layers)
            for name in sorted(layer.texts)
        ]
        self.sources: tuple[LayerText | None, ...] = (None, *(text for _name, text in named))
        self.numbers = {name: number for number, (name, _text) in enumerate(named, 1)}
        self.lengths: dict[str, int] = {}
        """The number of characters in each compiled text itself."""

    def number(self, template: str) -> int:
        """Return the number of the source of *template*, which line marks name; 0 means no text of a layer."""
        return self.numbers.get(template, 0)

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, Callable[[], bool] | None]:
        """Return the source of *template* with its marks, and the name that messages use for it."""
        if template.startswith(CLAUSE):
            return clause_source(template), template, lambda: True
        if template not in self.numbers:
            raise TemplateNotFound(template)
        number = self.numbers[template]
        text = self.sources[number]
        assert text is not None
        source = mark_lines(keep_line_ends(text.body), number)
        if text.name.startswith("avsnitt/") and not extends_somewhere(text.body):
            source = mark_section(source, text.stem)
        return source, text.file, lambda: True

    def load(self, environment: Environment, name: str, globals: MutableMapping[str, Any] | None = None) -> Template:
        """Return the text *name*, compiled; a text that this process has compiled, for any library, is reused."""
        source, file, fresh = self.get_source(environment, name)
        key = (source, name, file, self.number(name))
        known: tuple[CodeType, int] | None = _compiled().get(key)
        if known is None:
            code = environment.compile(source, name, file)
            known = _compiled()[key] = code, self.lengths[name]
        code, self.lengths[name] = known
        return environment.template_class.from_code(environment, code, globals or {}, fresh)


@cache
def _compiled() -> LRUCache:
    """Return the compiled text, which depends on its words, marks, name, file and number, and on no library."""
    return LRUCache(1000)
