"""What a text of a layer may try: known ways out of Jinja's sandboxes, and bombs of time and memory.

Each is refused with a message that has file and line, or rendered as harmless words; nothing takes more than seconds.
What stops a bomb is counted (steps, characters, depth), so the limits hold on any machine; the time is only looked at
with a wide margin.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import iopdocs
from iopdocs.assembly import render_document
from iopdocs.document.tree import Document, Paragraph
from iopdocs.document.walk import blocks_of, plain
from iopdocs.errors import Problem
from iopdocs.library.layer_reader import load_library
from iopdocs.library.layers import Library
from iopdocs.templating.text_limits import MAX_LIST_INDENT, long_number, too_large, weight
from tests.helpers.layers import make_layer
from tests.helpers.timing import within

AGREEMENT = iopdocs.loads(
    "titel: Prov\nparter:\n  - {namn: Exempelstads kommun, typ: kommun, kallas: kommunen}\n"
    "  - {namn: Föreningen Vinden, typ: ideell förening, kallas: föreningen}\n"
    "mål: {syfte: Syftet., strategier: [ett, två, tre, fyra, fem, sex, sju, åtta, nio, tio]}\n"
    "bakgrund: {behov: Behovet är stort.}\n"
)
SECONDS = 8
"""The processor time that no bomb may take; on an idle machine each takes less than two."""
FRONT = "---\ntitel: Prov\n---\n"
MAIN = "avsnitt/prov.md.j2"
REPEATS = "upprepar sig för många gånger"
DEEP = "i varandra"
LONG = "blir för lång"


def library_of(folder: Path, texts: dict[str, str]) -> Library:
    return load_library([make_layer(folder, {"dokument/avtal.md.j2": f'{{% include "{MAIN}" %}}', **texts})])


def rendered(folder: Path, text: str, **others: str) -> Document:
    """Return the document of the text *text*, with front matter of three lines before it."""
    texts = {f"avsnitt/{name}.md.j2": body for name, body in others.items()}
    return render_document(AGREEMENT, library_of(folder, {MAIN: FRONT + text, **texts}))


def words(made: Document) -> str:
    return "|".join(plain(block.children) for block in blocks_of(made) if isinstance(block, Paragraph))


def refusal(folder: Path, text: str, **others: str) -> Problem:
    with within(SECONDS), pytest.raises(iopdocs.IopdocsError) as caught:
        rendered(folder, text, **others)
    problem = caught.value.problems[0]
    assert problem.file.endswith(".md.j2")
    assert problem.position is not None
    assert not [word for word in ("Error", "Traceback", "jinja", "object at", "recursion") if word in str(caught.value)]
    return problem


ESCAPES = {
    # Python's own attributes, by every road that Jinja has.
    "class of a text": "{{ ''.__class__ }}",
    "class of a list": "{{ [].__class__.__base__.__subclasses__() }}",
    "class of a tuple": "{{ ().__class__ }}",
    "class of a number": "{{ (1).__class__ }}",
    "class of a datum": "{{ titel.__class__ }}",
    "class by brackets": "{{ titel['__class__'] }}",
    "class of a part by brackets": "{{ mål['__class__'] }}",
    "class of a list of the agreement": "{{ parter['__class__'] }}",
    "class by brackets and a joined name": "{{ mål['__cla' 'ss__'] }}",
    "class by an escaped name": "{{ mål['\\x5f\\x5fclass\\x5f\\x5f'] }}",
    "class through attr": "{{ titel|attr('__class__') }}",
    "class through attr, escaped": "{{ titel|attr('\\x5f\\x5fclass\\x5f\\x5f') }}",
    "class through map": "{{ parter|map(attribute='__class__') }}",
    "class through selectattr": "{{ parter|selectattr('__class__') }}",
    "class through groupby": "{{ parter|groupby('__class__') }}",
    "class through med": "{{ parter|med('__class__')|antal }}",
    "class through där": "{{ parter|där('__class__', 'x')|antal }}",
    "class through uppräkning": "{{ parter|uppräkning('__class__') }}",
    "underscores that look alike": "{{ mål.＿＿class＿＿ }}",
    "letters that are normalised": "{{ mål.__ｃｌａｓｓ__ }}",
    "letters that are normalised, by brackets": "{{ mål['__ｃlass__'] }}",
    "the view's own record": "{{ mål.record }}",
    "the view's root": "{{ mål.root }}",
    "a method of the view": "{{ mål.get('syfte') }}",
    "a method of a datum": "{{ titel.upper() }}",
    "the value of a datum": "{{ titel.value }}",
    "a slot": "{{ mål._seen }}",
    # str.format and its kin.
    "format": "{{ '{0.__class__}'.format(titel) }}",
    "format_map": "{{ '{x.__class__}'.format_map(mål) }}",
    "format as a filter": "{{ '%s'|format(titel) }}",
    "percent": "{{ '%s' % titel }}",
    "join": "{{ ''.join(['a', 'b']) }}",
    "replace": "{{ titel|replace('P', 'Q') }}",
    # What Jinja puts into every template.
    "self": "{{ self }}",
    "init of self": "{{ self.__init__ }}",
    "globals of self": "{{ self.__init__.__globals__ }}",
    "context of self": "{{ self._TemplateReference__context }}",
    "a block of self": "{% block a %}x{% endblock %}{{ self.a() }}",
    "self under another name": "{% set x = self %}{{ x.__class__ }}",
    "self under another name, printed": "{% set x = self %}{{ x }}",
    "range": "{{ range(10) }}",
    "range in a loop": "{% for x in range(10) %}x{% endfor %}",
    "dict": "{{ dict() }}",
    "dict literal": "{% set x = {'a': 1} %}",
    "lipsum": "{{ lipsum.__globals__ }}",
    "lipsum called": "{{ lipsum(10000) }}",
    "cycler": "{{ cycler('a') }}",
    "globals of cycler": "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "joiner": "{{ joiner(',') }}",
    "namespace": "{% set ns = namespace(x=1) %}",
    "attribute of namespace": "{% set mål.syfte = 'x' %}",
    "request": "{{ request.application.__globals__ }}",
    "config": "{{ config }}",
    "get_flashed_messages": "{{ get_flashed_messages.__globals__ }}",
    "url_for": "{{ url_for.__globals__ }}",
    "environment": "{{ environment }}",
    "context": "{{ context }}",
    "builtins": "{{ __builtins__ }}",
    "import": "{{ __import__('os') }}",
    "the recorder": "{{ _inspelning }}",
    "the depth": "{{ _djup }}",
    "our inner filters": "{{ parter|_varv(1) }}",
    "our inner filter for printing": "{{ titel|_plats(1, 1) }}",
    "our inner filter for clauses": "{{ 'tvist'|_val('') }}",
    "our inner filter for weight": "{{ titel|_vikt }}",
    # Loops, macros, blocks.
    "loop": "{{ loop }}",
    "loop printed": "{% for x in parter %}{{ loop }}{% endfor %}",
    "class of loop": "{% for x in parter %}{{ loop.__class__ }}{% endfor %}",
    "iterator of loop": "{% for x in parter %}{{ loop._iterable }}{% endfor %}",
    "frame of a generator": "{% for x in parter %}{{ loop._iterator.gi_frame }}{% endfor %}",
    "loop called": "{% for x in parter %}{{ loop(parter) }}{% endfor %}",
    "loop.cycle": "{% for x in parter %}{{ loop.cycle('a', 'b') }}{% endfor %}",
    "loop.changed": "{% for x in parter %}{{ loop.changed(x) }}{% endfor %}",
    "recursive loop": "{% for x in parter recursive %}{{ loop(parter) }}{% endfor %}",
    "name of a macro": "{% macro m() %}x{% endmacro %}{{ m.name }}",
    "function of a macro": "{% macro m() %}x{% endmacro %}{{ m._func.__globals__ }}",
    "item of a macro": "{% macro m() %}x{% endmacro %}{{ m['_func'] }}",
    "a macro's call": "{% macro m() %}x{% endmacro %}{{ m.__call__() }}",
    "a macro printed": "{% macro m() %}x{% endmacro %}{{ m }}",
    "arguments of a macro": "{% macro m() %}{{ varargs.__class__ }}{% endmacro %}{{ m(1) }}",
    "arguments of a macro printed": "{% macro m() %}{{ kwargs }}{% endmacro %}{{ m(a=1) }}",
    "method of arguments": "{% macro m() %}{{ kwargs.items() }}{% endmacro %}{{ m(a=1) }}",
    "a hidden argument": "{% macro m() %}x{{ kwargs|antal }}{% endmacro %}{{ m(_loop_vars=1) }}",
    "caller": "{{ caller }}",
    "frame of caller": "{% macro m() %}{{ caller.__globals__ }}{% endmacro %}{% call m() %}x{% endcall %}",
    "super outside a block": "{{ super() }}",
    "class of super": "{% block a %}{{ super.__class__ }}{% endblock %}",
    "what super gives": "{% block a %}{{ super().__class__ }}{% endblock %}",
    "super of super": "{% block a %}{{ super.super.__init__ }}{% endblock %}",
    "a macro that shadows": "{% macro _inspelning() %}x{% endmacro %}",
    "a name with underscore": "{% set _inspelning = 1 %}",
    "a loop over a hidden name": "{% for _x in parter %}x{% endfor %}",
    # Other texts and files.
    "include a file": "{% include '/etc/passwd' %}",
    "include upwards": "{% include '../../../../etc/passwd' %}",
    "include upwards from a folder": "{% include 'avsnitt/../../../x' %}",
    "include backwards": "{% include '..\\\\..\\\\x' %}",
    "include a file with address": "{% include 'file:///etc/passwd' %}",
    "include a layer by number": "{% include '0:avsnitt/mal.md.j2' %}",
    "include by name of a clause": "{% include '@klausul/tvist' %}{% include ['a', 'b'] %}",
    "include a variable": "{% include titel %}",
    "include a list": "{% include ['a', 'b'] %}",
    "include the manifest": "{% include 'lager.yaml' %}",
    "include missing": "{% include 'avsnitt/finns_inte.md.j2' %}",
    "import os": "{% import os %}",
    "import os by name": "{% import 'os' as os %}",
    "from os": "{% from 'os' import system %}",
    "import hidden": "{% import 'avsnitt/mal.md.j2' as _inspelning %}",
    "from hidden": "{% from 'avsnitt/mal.md.j2' import _x %}",
    "module's dictionary": "{% import 'avsnitt/mal.md.j2' as m %}{{ m.__dict__ }}",
    "module's text": "{% import 'avsnitt/mal.md.j2' as m %}{{ m._body_stream }}",
    "module's name": "{% import 'avsnitt/mal.md.j2' as m %}{{ m.__name__ }}",
    "module printed": "{% import 'avsnitt/mal.md.j2' as m %}{{ m }}",
    "extends a file": "{% extends '/etc/passwd' %}",
    "extends a variable": "{% extends titel %}",
    # Tags that are not in the language.
    "debug": "{% debug %}",
    "do": "{% do titel.x %}",
    "autoescape": "{% autoescape false %}{{ titel }}{% endautoescape %}",
    "filter block": "{% filter upper %}x{% endfilter %}",
    "trans": "{% trans %}x{% endtrans %}",
    "break": "{% for x in parter %}{% break %}{% endfor %}",
    "safe": "{{ titel|safe }}",
    "tojson": "{{ titel|tojson }}",
    "pprint": "{{ titel|pprint }}",
    "sort": "{% for x in parter|sort %}x{% endfor %}",
    "is callable": "{% if titel is callable %}x{% endif %}",
    "slices": "{{ parter[0:1] }}",
    # Clauses.
    "clause with a path": '{% klausul "../../x" %}',
    "clause with quotes": '{% klausul "a\'" ~ titel %}',
    "clause that closes its quotes": '{% klausul "x\\") %}{{ 1 }}" %}',
    "clause that ends in a backslash": '{% klausul "tvist", "x\\\\" %}',
    "clause with braces": '{% klausul "{{ titel }}" %}',
    "clause from a variable": "{% klausul titel %}",
    "clause with a line end": '{% klausul "a\\nb" %}',
    "clause without a name": '{% klausul "" %}',
    "clause with a third name": '{% klausul "a", "b", "c" %}',
}


@pytest.mark.parametrize("text", ESCAPES.values(), ids=ESCAPES)
def test_a_way_out_of_the_sandbox_is_refused_with_its_line(tmp_path: Path, text: str) -> None:
    problem = refusal(tmp_path, f"Ord.\n\n{text}")
    assert problem.file.endswith("prov.md.j2")
    assert problem.position is not None
    assert problem.position.line == 6
    assert problem.message


def test_text_in_no_layer_is_reported_and_no_file_is_opened(tmp_path: Path) -> None:
    secret = tmp_path / "hemligt.md.j2"
    secret.write_text("Hemligt.", encoding="utf-8")
    for name in (str(secret), "../hemligt.md.j2", "avsnitt/../../hemligt.md.j2"):
        problem = refusal(tmp_path / "lager", f'{{% include "{name}" %}}')
        assert "finns inte i något lager" in problem.message


HARMLESS = {
    "self that nobody uses": "{% set x = self %}Ord.",
    "a loop over loop": "{% for x in parter %}{% for y in loop %}Ord.{% endfor %}{% endfor %}",
    "a private-use character in quotes": "Ord.{% if '\\ue0000\\ue001' == titel %}x{% endif %}",
    "an unknown clause": 'Ord.{% klausul "finns inte alls" %}',
    "a comment with everything": "Ord.{# {{ ''.__class__ }} {% include '/etc/passwd' %} #}",
}


@pytest.mark.parametrize("text", HARMLESS.values(), ids=HARMLESS)
def test_what_reaches_nothing_is_words(tmp_path: Path, text: str) -> None:
    with within(SECONDS):
        assert "Ord." in words(rendered(tmp_path, text))


CONDITIONS = {
    "closes its tag": "titel %}{% include '/etc/passwd' %}{% if titel",
    "closes its tag with a minus": "titel -%}x",
    "opens a tag": "titel {% if",
    "prints": "{{ titel }}",
    "a dictionary": "{'a': 1}",
    "a comment": "titel {# x",
    "another line": '"titel\\n%}x"',
    "a file": "include '/etc/passwd'",
    "python": "titel.__class__",
    "a call": "titel.upper()",
    "range": "range(10)",
    "power": "9**9**9",
}


@pytest.mark.parametrize("condition", CONDITIONS.values(), ids=CONDITIONS)
def test_a_condition_of_a_clause_is_a_condition_and_nothing_else(tmp_path: Path, condition: str) -> None:
    quoted = condition if condition.startswith('"') else "'" + condition.replace("'", "''") + "'"
    clause = f"---\nid: prov/ett\nväljs_när: {quoted}\n---\nHemligt.\n"
    texts = {MAIN: '{% klausul "prov" %}', "klausuler/prov/ett.md.j2": clause}
    with within(SECONDS), pytest.raises(iopdocs.IopdocsError) as caught:
        render_document(AGREEMENT, library_of(tmp_path, texts))
    problem = caught.value.problems[0]
    assert problem.file.endswith("ett.md.j2")
    assert problem.position is not None
    assert problem.position.line == 3


def doubling(first: str, step: Callable[[int], str], times: int, last: str) -> str:
    return first + "".join(step(n) for n in range(1, times)) + last


NESTED_LOOPS = "".join(f"{{% for a{n} in mål.strategier %}}" for n in range(7)) + "{% endfor %}" * 7

# Name: the text, and words of the message that says what was too much.
BOMBS: dict[str, tuple[str, str]] = {
    "power": ("{{ 9**(9**9) }}", "räknar inte"),
    "power in a condition": ("{% if 9**9**9**9 > 1 %}x{% endif %}", "räknar inte"),
    "many times a text": ('{{ "x"*10**9 }}', "räknar inte"),
    "many times a list": ("{% for x in [0]*10**9 %}x{% endfor %}", "räknar inte"),
    "shift": ("{{ 1 << 10**9 }}", ""),
    "sum of large numbers": ("{{ 999999999 + 999999999 + 999999999 }}", "heltal"),
    "nested ranges": ("{% for x in range(10**9) %}{% for y in range(10**9) %}x{% endfor %}{% endfor %}", ""),
    "center": ("{{ titel|center(10**9) }}", ""),
    "a number without end": ("{{ " + "9" * 100_000 + " }}", "talet är för långt"),
    "a number in base sixteen": ("{{ 0x" + "f" * 100_000 + " }}", "talet är för långt"),
    "nested loops": (NESTED_LOOPS, REPEATS),
    "nested loops with words": (NESTED_LOOPS.replace("{% endfor %}", "ord{% endfor %}", 1), REPEATS),
    "nested loops that print": (NESTED_LOOPS.replace("{% endfor %}", "{{ titel }}{% endfor %}", 1), REPEATS),
    "loops that set texts": (
        NESTED_LOOPS.replace("{% endfor %}", "{% set x %}" + "ord " * 100 + "{% endset %}{% endfor %}", 1), REPEATS
    ),
    "twenty loops": ("{% for a in parter %}" * 20 + "x" + "{% endfor %}" * 20, DEEP),
    "three hundred conditions": ("{% if titel %}" * 300 + "x" + "{% endif %}" * 300, DEEP),
    "deep conditions": ("{% if titel %}" * 5000 + "x" + "{% endif %}" * 5000, DEEP),
    "deep blocks": (
        "".join(f"{{% block b{n} %}}" for n in range(500)) + "x" + "{% endblock %}" * 500, DEEP
    ),
    "deep macros": (
        "".join(f"{{% macro m{n}() %}}" for n in range(500)) + "x" + "{% endmacro %}" * 500, DEEP
    ),
    "deep sets": ("".join(f"{{% set s{n} %}}" for n in range(500)) + "x" + "{% endset %}" * 500, DEEP),
    "deep parentheses": ("{{ " + "(" * 5000 + "titel" + ")" * 5000 + " }}", DEEP),
    "deep brackets": ("{{ " + "[" * 5000 + "]" * 5000 + " }}", DEEP),
    "some parentheses": ("{{ " + "(" * 60 + "titel" + ")" * 60 + " }}", DEEP),
    "a row of not": ("{% if " + "not " * 5000 + "titel %}x{% endif %}", "för lång"),
    "a row of minus": ("{{ " + "- " * 5000 + "1 }}", "för lång"),
    "a row of and": ("{% if " + "titel and " * 5000 + "titel %}x{% endif %}", "för lång"),
    "a row of points": ("{{ titel" + ".x" * 5000 + " }}", "för lång"),
    "a row of filters": ("{{ titel" + "|mening" * 5000 + " }}", "för lång"),
    "a row of plus": ("{{ 1" + " + 1" * 5000 + " }}", "för lång"),
    "a row of if and else": ("{{ " + "titel if titel else " * 5000 + "titel }}", "för lång"),
    "a row of comparisons": ("{% if titel" + " == titel" * 5000 + " %}x{% endif %}", "för lång"),
    "a row of texts": ("{{ " + "'ord' " * 5000 + " }}", "för lång"),
    "a row of calls": ("{{ m" + "()" * 5000 + " }}", "för lång"),
    "a list of thousands": ("{% for x in [" + "1, " * 5000 + "] %}x{% endfor %}", "för lång"),
    "very many instructions": ("{{ titel }}" * 15_000, "för många instruktioner"),
    "a recursive macro": ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "i för många led"),
    "a macro that doubles": ("{% macro m() %}{{ m() }}{{ m() }}{% endmacro %}{{ m() }}", "i för många led"),
    "macros that double": (
        doubling(
            "{% macro m0() %}x{% endmacro %}",
            lambda n: f"{{% macro m{n}() %}}{{{{ m{n - 1}() }}}}{{{{ m{n - 1}() }}}}{{% endmacro %}}",
            30,
            "{{ m29() }}",
        ),
        REPEATS,
    ),
    "macros that double quietly": (
        doubling(
            "{% macro m0() %}{% endmacro %}",
            lambda n: f"{{% macro m{n}() %}}{{% if m{n - 1}() or m{n - 1}() %}}{{% endif %}}{{% endmacro %}}",
            30,
            "{% if m29() %}{% endif %}",
        ),
        REPEATS,
    ),
    "two macros that call each other": (
        "{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}{{ a() }}{% endmacro %}{{ a() }}", "i för många led"
    ),
    "calls in calls": (
        "{% macro m() %}{{ caller() }}{{ caller() }}{% endmacro %}"
        + "{% call m() %}" * 19 + "x" + "{% endcall %}" * 19,
        REPEATS,
    ),
    "a chain of calls": (
        "{% macro m() %}{% call m() %}{{ caller() }}{% endcall %}{% endmacro %}{{ m() }}", "i för många led"
    ),
    "sets that double": (
        "{% set b %}ord {% endset %}" + "{% set b %}{{ b }}{{ b }}{% endset %}" * 40 + "{{ b }}", REPEATS
    ),
    "lists that double": ("{% set x = [1] %}" + "{% set x = [x, x] %}" * 40 + "{% for y in x %}x{% endfor %}", "för stor"),
    "lists that double and are compared": (
        "{% set x = [1] %}{% set y = [1] %}" + "{% set x = [x, x] %}{% set y = [y, y] %}" * 9
        + NESTED_LOOPS.replace("{% endfor %}", "{% if x == y %}{% endif %}{% endfor %}", 1),
        "",
    ),
    "arguments that double and are compared": (
        "{% macro m(n, a) %}{% if n > 0 %}{{ m(n - 1, a, varargs, varargs) }}{% elif varargs == a %}x{% endif %}"
        "{% endmacro %}{{ m(35, [], 1) }}",
        "för stor",
    ),
    "long texts compared in a loop": (
        "{% set x %}" + "ord " * 20_000 + "{% endset %}{% set y %}" + "ord " * 20_000 + "{% endset %}"
        + NESTED_LOOPS.replace("{% endfor %}", "{% if x == y %}{% endif %}{% endfor %}", 1),
        REPEATS,
    ),
    "a long datum printed in a loop": (NESTED_LOOPS.replace("{% endfor %}", "{{ bakgrund.behov }}{% endfor %}", 1), REPEATS),
    "clauses in a loop": (
        NESTED_LOOPS.replace("{% endfor %}", '{% klausul "finns inte" %}{% endfor %}', 1), REPEATS
    ),
    "tags that never end": ("{{ " * 60_000, ""),
    "instructions that never end": ("{% " * 60_000, ""),
    "comments that never end": ("{# " * 60_000, ""),
    "a tag of empty lines": ("{{" + "\n" * 150_000, ""),
    "a text in quotes that never ends": ("{{ '" + "\\" * 150_000, ""),
    "raw that never ends": ("{% raw %}" * 15_000, ""),
    "a tag of quotes that never ends": ("{{ " + "''" * 20_000, ""),
    "an instruction of quotes that never ends": ("{% set x = " + "''" * 20_000, ""),
    "empty lines": ("\n" * 150_000, LONG),
    "many lines": ("ord\n" * 40_000, LONG),
    "many paragraphs": ("ord\n\n" * 39_000, LONG),
    "many items": ("- a\n" * 45_000, LONG),
    "a loop of items": (
        "{% for a in mål.strategier %}" * 4 + "\n" + "- a\n" * 5 + "{% endfor %}" * 4, LONG
    ),
    "a table with many columns": ("|a" * 300 + "\n" + "|-" * 300 + "\n" + "|x\n" * 300, LONG),
    "many tables with many columns": (("|a" * 90 + "\n" + "|-" * 90 + "\n" + "|x\n" * 90 + "\n") * 100, LONG),
    "a table with many rows": ("|a|b|\n|-|-|\n" + "|x|y|\n" * 30_000, LONG),
    "asterisks": ("*" * 190_000, LONG),
    "asterisks of two kinds": ("*a**" * 45_000, LONG),
    "brackets": ("[" * 190_000, LONG),
    "backslashes": ("\\" * 190_000, LONG),
    "deep lists on one line": ("- " * 1000 + "ord", "nivåer"),
    "deep lists by indent": ("".join("  " * n + "- ord\n" for n in range(100)), "nivåer"),
    "deep lists with numbers": ("".join("   " * n + "1. ord\n" for n in range(100)), "nivåer"),
    "deep boxes": ("::: not\n" * 1000, "rutor"),
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_stopped_with_its_file_and_line(tmp_path: Path, name: str) -> None:
    text, says = BOMBS[name]
    problem = refusal(tmp_path, text)
    assert problem.file.endswith("prov.md.j2")
    assert says in problem.message


def both(number: int) -> str:
    return f'{{% include "avsnitt/t{number}.md.j2" %}}\n{{% include "avsnitt/t{number}.md.j2" %}}\n'


def test_texts_that_take_in_each_other_twice_are_counted(tmp_path: Path) -> None:
    others = {f"t{n}": both(n + 1) for n in range(17)} | {"t17": "Ord.\n"}
    assert REPEATS in refusal(tmp_path, both(0), **others).message


def test_long_texts_that_are_taken_in_often_are_counted(tmp_path: Path) -> None:
    others = {"lang": "Ord och ord. " * 15_000}
    problem = refusal(tmp_path, '{% include "avsnitt/lang.md.j2" %}\n' * 100, **others)
    assert REPEATS in problem.message


def test_texts_that_are_taken_in_without_what_is_known_are_counted_too(tmp_path: Path) -> None:
    others = {f"t{n}": both(n + 1).replace(" %}", " without context %}") for n in range(17)} | {"t17": "Ord.\n"}
    assert REPEATS in refusal(tmp_path, both(0), **others).message


def test_texts_that_import_each_other_twice_are_counted(tmp_path: Path) -> None:
    def two(n: int) -> str:
        return "".join(f'{{% import "avsnitt/t{n}.md.j2" as {name} without context %}}' for name in "ab")

    others = {f"t{n}": two(n + 1) for n in range(17)} | {"t17": "Ord.\n"}
    assert REPEATS in refusal(tmp_path, two(0), **others).message


def test_a_row_of_thirty_texts_that_double_is_refused_before_it_is_run(tmp_path: Path) -> None:
    others = {f"t{n}": both(n + 1) for n in range(30)} | {"t30": "Ord.\n"}
    assert "i fler än 20 led" in refusal(tmp_path, both(0), **others).message


def test_a_long_row_is_refused_whatever_way_leads_to_it_first(tmp_path: Path) -> None:
    others = {f"t{n}": f'{{% include "avsnitt/t{n + 1}.md.j2" %}}' for n in range(200)} | {"t200": "Ord.\n"}
    shortcuts = "".join(f'{{% include "avsnitt/t{n}.md.j2" %}}' for n in range(200, -1, -1))
    assert " led" in refusal(tmp_path, shortcuts, **others).message


def test_clauses_that_take_in_each_other_twice_are_counted(tmp_path: Path) -> None:
    texts = {
        f"klausuler/prov/k{n}.md.j2": f"---\nid: k{n}\n---\n" + f'{{% klausul "k{n + 1}" %}}\n' * 2 for n in range(17)
    }
    texts |= {"klausuler/prov/k17.md.j2": "---\nid: k17\n---\nOrd.\n", MAIN: '{% klausul "k0" %}'}
    with within(SECONDS), pytest.raises(iopdocs.IopdocsError) as caught:
        render_document(AGREEMENT, library_of(tmp_path, texts))
    problem = caught.value.problems[0]
    assert REPEATS in problem.message
    assert problem.file.endswith(".md.j2")


def test_a_text_of_a_million_lines_is_refused_when_the_layer_is_read(tmp_path: Path) -> None:
    with within(SECONDS), pytest.raises(iopdocs.LibraryError) as caught:
        rendered(tmp_path, "\n" * 1_000_000)
    assert "för lång" in caught.value.problems[0].message


RENDERED = {
    "brackets and parentheses": "Ord.\n\n" + "[a](" * 45_000,
    "brackets that close": "Ord.\n\n" + "[" * 90_000 + "]" * 90_000,
    "underscores": "Ord.\n\n" + "_a " * 60_000,
    "asterisks that open": "Ord.\n\n" + "*a " * 60_000,
    "a long line": "ord " * 40_000,
    "spaces": "Ord." + " " * 150_000,
    "tabs": "Ord.\n" + "\t" * 150_000,
    "long literal": "{% set x = '" + "a" * 150_000 + "' %}Ord.",
    "less-than signs": "Ord. " + "<" * 50_000,
    "exclamation marks": "Ord. " + "!" * 50_000,
    "closing brackets": "Ord. " + "]" * 50_000,
    "backticks": "Ord. " + " ".join("`" * n for n in range(500)),
    "hash signs": "Ord.\n\n" + "#" * 50_000,
    "colons": "Ord.\n\n" + ":" * 50_000,
    "eight lists": "".join("  " * n + "- ord\n" for n in range(8)) + "\nOrd.",
    "one list within a numbered one": "1. ett\n    - Ord.\n        - två\n",
    "ten loops": "Ord.{% if titel is saknas %}" + "{% for a in parter %}" * 10 + "{% endfor %}" * 10 + "{% endif %}",
    "many conditions beside": "Ord.{% if titel == 'a' %}" + "{% elif titel == 'b' %}x" * 500 + "{% endif %}",
}  # fmt: skip


@pytest.mark.parametrize("text", RENDERED.values(), ids=RENDERED)
def test_what_is_only_long_is_rendered_in_time(tmp_path: Path, text: str) -> None:
    with within(SECONDS):
        assert "ord" in words(rendered(tmp_path, text)).casefold()


def test_the_line_of_what_grew_too_long_is_that_of_the_text_that_grew(tmp_path: Path) -> None:
    problem = refusal(tmp_path, "Början.\n\n{% for a in mål.strategier %}" + "\nord\n" * 9_000 + "{% endfor %}")
    assert problem.position is not None
    assert problem.position.line > 6


def test_nothing_of_a_list_within_the_limit_is_left_out(tmp_path: Path) -> None:
    depth = MAX_LIST_INDENT // 2
    made = rendered(tmp_path, "".join("  " * n + f"- nivå {n}\n" for n in range(depth)))
    assert [f"nivå {n}" in words(made).replace("\u00a0", " ") for n in range(depth)] == [True] * depth


@given(st.text(alphabet="ab *_[]()|-:#\n\\`1.!<>", max_size=300))
def test_a_short_text_is_never_too_large(text: str) -> None:
    found = too_large(text.replace(":::", "").replace("- ", "").replace(". ", ""))
    assert found is None or "nivåer" in found[0]


@given(st.recursive(st.text(max_size=5) | st.integers(), lambda inner: st.lists(inner, max_size=4), max_leaves=30))
def test_a_value_weighs_at_least_its_own_letters(value: object) -> None:
    items, characters = weight(value)
    assert items >= 1
    assert characters >= (len(value) if isinstance(value, str) else 0)


@given(st.text(max_size=60))
def test_numbers_outside_instructions_are_as_long_as_they_like(text: str) -> None:
    assert long_number(text.replace("{", "") + " 1234567890123456789012345") is None
