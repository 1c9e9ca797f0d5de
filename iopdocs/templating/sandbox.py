"""The sandbox that a layer's text runs in: keys of the agreement, macros and filters, but nothing of Python."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, MutableMapping
from functools import cached_property
from types import CodeType
from typing import Any

from jinja2 import Environment, Template, nodes, pass_context
from jinja2.runtime import Context, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment

from iopdocs.document.text_exceptions import TextNotFound, TextRuntimeError, TextSyntaxError
from iopdocs.document.value_tokens import (
    MAX_CALLS_DEEP,
    MAX_TEXTS_DEEP,
    STEPS_OF_A_CALL,
    STEPS_OF_A_TEXT,
    STEPS_OF_A_VARIANT,
    ValueRecorder,
)
from iopdocs.library.clauses import Variant, folded
from iopdocs.library.includes import own_variants
from iopdocs.library.layers import Library
from iopdocs.library.source import BASE
from iopdocs.library.texts import condition_of
from iopdocs.templating.allowed_syntax import check
from iopdocs.templating.clause_tag import CLAUSE, ChosenVariant, ClauseTag, chosen_text, decided, names_clause
from iopdocs.templating.data_view import Leaf, ListView, Missing, View, suggestion, unknown
from iopdocs.templating.filters import FILTERS, TESTS
from iopdocs.templating.loader import LayerLoader
from iopdocs.templating.step_counting import COUNTING, RECORDER, Unknown, instrument, recorder_of
from iopdocs.templating.text_limits import LimitsExtension, long_number

_DEPTH = "_djup"
"""The key of a context's inclusion depth: the number of texts that include it."""

_LOOP = frozenset(
    {"index", "index0", "revindex", "revindex0", "first", "last", "length", "depth", "previtem", "nextitem"}
)


class ChosenText(str):
    """The internal name of the text that has been chosen for a clause."""

    __slots__ = ()


class TextContext(Context):
    """What a text can read while it runs; each included text costs steps, and the length of its own words."""

    def __init__(
        self,
        environment: Environment,
        parent: dict[str, Any],
        name: str | None,
        blocks: dict[str, Callable[[Context], Iterator[str]]],
        globals: MutableMapping[str, Any] | None = None,
    ) -> None:
        super().__init__(environment, parent, name, blocks, globals)
        recorder = parent.get(RECORDER)
        if not isinstance(recorder, ValueRecorder):
            return
        self.vars[_DEPTH] = depth = parent.get(_DEPTH, 0) + 1
        lengths = environment.texts.lengths if isinstance(environment, TextEnvironment) else {}
        recorder.charge(STEPS_OF_A_TEXT, lengths.get(name or "", 0))
        if depth > MAX_TEXTS_DEEP:
            raise TextRuntimeError("texterna tar in varandra i för många led")


class TextEnvironment(ImmutableSandboxedEnvironment):
    """Jinja restricted to the language of texts."""

    context_class = TextContext
    intercepted_binops = frozenset({"+", "-"})

    def __init__(self, library: Library) -> None:
        loader = LayerLoader(library)
        super().__init__(
            loader=loader,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            undefined=Unknown,
            auto_reload=False,
            cache_size=-1,
            extensions=[ClauseTag, LimitsExtension],
        )
        self.library, self.texts = library, loader
        self.globals.clear()
        self.filters = {**FILTERS, **COUNTING, "_val": _choose, "_samma": _names}
        self.tests = dict(TESTS)
        self._conditions: dict[str, Template] = {}

    def join_path(self, template: str, parent: str) -> str:
        """Return the internal name of *template* as named in *parent*: ``bas/…`` is the layer below the parent's."""
        if isinstance(template, ChosenText) or template.startswith(CLAUSE):
            return template
        below = int(parent.partition(":")[0]) if template.startswith(BASE) else None
        return self.resolve(template.removeprefix(BASE), below)

    def resolve(self, name: str, below: int | None = None) -> str:
        """Return the internal name of the topmost text *name*, looking under layer *below* if given."""
        found = self.library.find(name, below)
        if found is None:
            raise TextNotFound(
                name, f"texten ”{name}” finns inte i något lager", suggestion(name, self.library.names())
            )
        return f"{found[0]}:{name}"

    def applies(self, variant: Variant, context: Context) -> bool:
        """Return whether the data in *context* meet the condition in the front matter of *variant*."""
        condition = condition_of(variant.front)
        if condition is None:
            return False
        if variant.id not in self._conditions:
            places = variant.text.positions
            place = places.get("väljs_när") or places.get("innebär")
            source = "{#" + "\n" * (place.line - 1 if place else 0) + "#}{% if " + condition + " %}1{% endif %}"
            # Anything that closes the tag early would let a condition print text.
            if "%}" in condition or "{" in condition or "\n" in condition:
                message = "villkoret efter ”väljs_när” skrivs på en rad och utan klamrar, som efter ”if”"
                raise TextSyntaxError(message, place.line if place else 1, None, variant.text.file)
            name = f"{variant.layer}:{variant.text.name}"
            tree = self.parse(source, name, variant.text.file)
            # The variant of a clause may depend on this very condition.
            if any(one.name == "variant" for one in tree.find_all(nodes.Filter)):
                raise TextSyntaxError(
                    "filtret ”variant” går inte i ”väljs_när”", place.line if place else 1, None, variant.text.file,
                    hint="skriv villkoret på avtalets uppgifter",
                )  # fmt: skip
            code = self.compile(tree, name, variant.text.file)
            self._conditions[variant.id] = Template.from_code(self, code, self.make_globals(None))
        template = self._conditions[variant.id]
        inner = template.new_context(context.get_all(), shared=True)
        return bool("".join(template.root_render_func(inner)))

    def variant_of(self, clause: str, context: Context) -> ChosenVariant:
        """Return the variant of the clause of that name in the document, as where it is included.

        Raises:
            TextRuntimeError: when no layer has such a clause.
        """
        found, root = self.library.clause(clause), context.resolve("avtal")
        if found is None:
            near = suggestion(clause, [one.name for one in self.library.clauses.values()])
            raise TextRuntimeError(f"ingen klausul heter ”{clause}”", near)
        assert isinstance(root, View)
        recorder_of(context).charge(STEPS_OF_A_VARIANT * len(found.variants), 0)
        fitting = [one for one in found.variants.values() if self.applies(one, context)]
        # An appendix has an economy of its own, decided by its own facts.
        here = context.resolve(found.section) if found.section else None
        again = isinstance(here, View | Missing | ListView) and here.path.startswith("bilagor[")
        return decided(root.record, found, self._own_variants.get(folded(clause), ""), fitting, again=again)

    @cached_property
    def _own_variants(self) -> Mapping[str, str]:
        return own_variants(self.library)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        if line := long_number(source):
            raise TextSyntaxError("talet är för långt", line, name, filename)
        tree = super()._parse(source, name, filename)
        if name is None or not name.startswith(CLAUSE):
            check(tree, name, filename)
        if name is not None:
            self.texts.lengths[name] = sum(len(data.data) for data in tree.find_all(nodes.TemplateData))
        return instrument(tree, self.texts.number(name or ""))

    def _compile(self, source: str, filename: str) -> CodeType:
        try:
            return super()._compile(source, filename)
        except (SyntaxError, ValueError, MemoryError, OverflowError) as error:
            hint = "två namn är lika, eller så är den för invecklad"
            raise TextSyntaxError("texten kan inte göras färdig", 1, None, filename, hint) from error

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return the value under the Swedish key *attribute*; nothing of Python can be reached."""
        if isinstance(obj, View | Missing):
            return obj.get(attribute)
        if isinstance(obj, Leaf):
            party = obj.party()
            if party is not None:
                return party.get(attribute)
            raise TextRuntimeError(f"{obj.path} är en enda uppgift och har inget ”{attribute}”")
        if isinstance(obj, LoopContext):
            if attribute in _LOOP:
                return getattr(obj, attribute)
            unknown(attribute, "loop", _LOOP)
        if isinstance(obj, ListView):
            raise TextRuntimeError(f"{obj.path} är en lista och har inget ”{attribute}”", "gå igenom den med ”for”")
        if isinstance(obj, Unknown):
            str(obj)
        exported = getattr(obj, "__dict__", {}).get(attribute) if type(obj).__name__ == "TemplateModule" else None
        if isinstance(exported, Macro) and not attribute.startswith("_"):
            return exported
        raise TextRuntimeError(f"”{attribute}” finns inte här")

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return item number *argument* (from 0) of a list, or the datum under a key."""
        if isinstance(obj, View | Missing) and isinstance(argument, str):
            return obj.get(argument)
        if isinstance(obj, ListView | list | tuple) and isinstance(argument, int):
            items = obj.items if isinstance(obj, ListView) else obj
            if -len(items) <= argument < len(items):
                return items[argument]
        raise TextRuntimeError("hakparentes går bara att använda för en plats som finns i en lista")

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> int:
        """Add or subtract whole numbers; no other arithmetic is allowed."""
        if type(left) is not int or type(right) is not int or abs(left) > 10**9 or abs(right) > 10**9:
            raise TextRuntimeError("+ och - går bara att använda mellan heltal, till exempel loop.index + 1")
        return left + right if operator == "+" else left - right

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """No attribute of Python is safe: :meth:`getattr` gives only keys of the agreement."""
        return False

    def call(self, context: Context, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call a macro; nothing else can be called."""
        if not (isinstance(obj, Macro) or type(obj).__name__ == "BlockReference"):
            raise TextRuntimeError("bara makron och super() kan anropas", "uppgifter och filter skrivs utan parentes")
        recorder = recorder_of(context)
        recorder.charge(STEPS_OF_A_CALL, 0)
        recorder.depth += 1
        if recorder.depth > MAX_CALLS_DEEP:
            raise TextRuntimeError("makron anropar varandra i för många led")
        try:
            # Jinja marks the functions of a macro or super() that need the context itself.
            result = context.call(obj, *args, **kwargs)
        finally:
            recorder.depth -= 1
        recorder.charge(0, len(result))
        return result


@pass_context
def _choose(context: Context, clause: str, default: str) -> ChosenText | tuple[()]:
    """Return the chosen text of *clause*, ready to be included; nothing where it has none."""
    environment, root = context.environment, context.resolve("avtal")
    assert isinstance(environment, TextEnvironment)
    assert isinstance(root, View)
    found = environment.library.clause(clause)
    recorder_of(context).charge(STEPS_OF_A_VARIANT * len(found.variants if found else ()), 0)
    fitting = [one for one in found.variants.values() if environment.applies(one, context)] if found else []
    variant = chosen_text(root.record, clause, default, found, fitting, recorder_of(context).clauses)
    return ChosenText(f"{variant.layer}:{variant.text.name}") if variant else ()


@pass_context
def _names(context: Context, value: Any, clause: str, times: int) -> bool:
    return names_clause(value, clause, recorder_of(context).clauses, times)
