"""The language of texts: what works, what is refused, and what a mistake is told as."""

from __future__ import annotations

from pathlib import Path

import pytest

import iopdocs
from iopdocs.assembly import render_document
from iopdocs.document.tree import Document, Paragraph, Placeholder
from iopdocs.document.walk import blocks_of, plain
from iopdocs.library.layer_reader import load_library
from tests.helpers.layers import document_of, library_with, make_layer
from tests.helpers.timing import within

AGREEMENT = iopdocs.loads(
    "titel: Prov\nparter:\n  - {namn: Exempelstads kommun, typ: kommun, kallas: kommunen}\n  - {namn: Föreningen Vinden, typ: ideell förening, kallas: föreningen}\n"
    "mål: {syfte: Syftet., strategier: [ett, två, tre]}\nekonomi:\n  resurser:\n    - {part: kommunen, slag: kontanta medel, år: 2027, belopp: 900 000 kr}\n"
    "  överskott: {hantering: återinvesteras}\navtalstid: {start: 2027-01-01, tills_vidare: nej}\n"
)


def rendered(tmp_path: Path, text: str) -> Document:
    return render_document(AGREEMENT, document_of(tmp_path / "lager", text))


def words(made: Document) -> str:
    return "|".join(plain(block.children) for block in blocks_of(made) if isinstance(block, Paragraph))


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("{{ mål.syfte }}", "Syftet."),
        ("{{ mål.strategier|uppräkning }}", "ett, två och tre"),
        ('{{ mål.strategier|uppräkning(ord="eller") }}', "ett, två eller tre"),
        ('{{ parter|uppräkning("benämning") }}', "kommunen och föreningen"),
        ("{{ offentliga_parter|första|genitiv }} plan", "kommunens plan"),
        ("{{ ekonomi.resurser[0].part|versal }} betalar", "Kommunen betalar"),
        ("{{ ekonomi.resurser[0].belopp|kronor }}", "900\u00a0000\u00a0kronor"),
        ("{{ avtalstid.start|datum }}", "1\u00a0januari\u00a02027"),
        ("{{ avtalstid.start|kortdatum }}", "2027-01-01"),
        ("{{ mål.strategier|antal }} {{ mål.strategier|ental_flertal('väg', 'vägar') }}", "3 vägar"),
        ("{{ parter|räkneord }}", "två"),
        ("{{ titel|mening }}", "Prov."),
        ("{{ mål.syfte }}. Slut.", "Syftet. Slut."),
        ("{{ titel }}. Slut.", "Prov. Slut."),
        ('{% if ekonomi.överskott.hantering == "återinvesteras" %}\nja\n{% endif %}', "ja"),
        ("{% if avtalstid.tills_vidare is nej and avtalstid.slut is saknas %}\nja\n{% endif %}", "ja"),
        ("{% if mål.vision or värdegrund.mervärde or värdegrund %}\nnej\n{% endif %}x", "x"),
        ("{% for s in mål.strategier %}{{ loop.index + 1 }} {% endfor %}", "2 3 4"),
        ("{% macro m(p) %}**{{ p.namn }}**{% endmacro %}{{ m(parter[1]) }}", "Föreningen Vinden"),
        ("{% set x %}ett *ord*{% endset %}{{ x }}", "ett ord"),
        ("{% if ekonomi.resurser[0].part == parter[0] %}samma{% endif %}", "samma"),
        ('{{ ekonomi.resurser|där("slag", "kontanta medel")|antal }}', "1"),
    ],
)
def test_the_language(tmp_path: Path, text: str, printed: str) -> None:
    assert words(rendered(tmp_path, text)).strip() == printed


def test_an_absent_value_prints_a_placeholder_through_every_filter(tmp_path: Path) -> None:
    filters = [
        "kronor",
        "tal",
        "datum",
        "kortdatum",
        "uppräkning",
        "genitiv",
        "versal",
        "mening",
        "räkneord",
        "hänvisning",
        "första",
        "sista",
    ]
    made = rendered(tmp_path, "\n\n".join(f"{{{{ mål.vision|{name} }}}}" for name in filters))
    places = [node for block in blocks_of(made) if isinstance(block, Paragraph) for node in block.children]
    assert len(places) == len(filters)
    assert all(isinstance(node, Placeholder) and node.path == "mål.vision" and node.help for node in places)


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("rad\n\n{{ mål.syftet }}", 3, "menade du ”syfte”"),
        ("{{ mal.syfte }}", 1, "”mal” är inget namn"),
        ("{% if x %}", 1, "”if” avslutas aldrig – skriv endif"),
        ("\n{{ mål.syfte|stor }}", 2, "filtret ”stor” finns inte"),
        ("{{ mål.syfte|genitv }}", 1, "menade du ”genitiv”"),
        ("{{ mål }}", 1, "kan inte skrivas ut"),
        ("{% if mål.syfte is defined %}x{% endif %}", 1, "testet ”is defined” finns inte"),
        ('{{ mål.syfte ~ "x" }}', 1, "tecknet ~ används inte"),
        ("{{ 2 ** 3 }}", 1, "texter räknar inte"),
        ('{% if ekonomi.överskott.hantering == "återinvestera" %}x{% endif %}', 1, "menade du ”återinvesteras”"),
        ('{% include "avsnitt/finnsinte.md.j2" %}', 1, "finns inte i något lager"),
        ("{% include mål.syfte %}", 1, "inom citattecken"),
        ("{{ avtalstid.slut < avtalstid.start }}", 1, "saknas i avtalet"),
        ("{{ mål.syfte|kronor }}", 1, "passar bara för belopp"),
        ("{% for x in mål.syfte %}x{% endfor %}", 1, "behöver en lista"),
        ("{{ mål.syfte.upper() }}", 1, "är en enda uppgift"),
        ("{% raw", 1, ""),
        ("{{ }", 1, ""),
        ("\nHej {{ mål.syfte ", 2, "avslutas aldrig"),
    ],
)
def test_mistake_in_a_text_is_reported_with_file_line_and_hint(tmp_path: Path, text: str, line: int, says: str) -> None:
    with pytest.raises(iopdocs.RenderError) as caught:
        rendered(tmp_path, text)
    (problem,) = caught.value.problems
    assert problem.file.endswith("prov.md.j2")
    assert problem.position is not None
    assert problem.position.line == line
    assert says in str(problem)
    assert "Error" not in str(caught.value)


ESCAPES = [
    "{{ ''.__class__ }}",
    "{{ mål.__class__.__mro__ }}",
    "{{ mål['__class__'] }}",
    "{{ mål.record }}",
    "{{ mål.get('syfte') }}",
    "{{ parter[0].root.agreement }}",
    "{{ self._TemplateReference__context }}",
    "{{ self }}",
    "{{ _inspelning }}",
    "{{ loop }}",
    "{% for x in parter %}{{ loop.__class__ }}{% endfor %}",
    "{% for x in parter %}{{ loop._iterable }}{% endfor %}",
    "{{ range(10) }}",
    "{{ lipsum.__globals__ }}",
    "{{ cycler.__init__.__globals__ }}",
    "{{ namespace() }}",
    "{{ dict() }}",
    "{{ titel.format(x=1) }}",
    "{{ '%s'|format(titel) }}",
    "{{ titel|attr('path') }}",
    "{{ titel|map('upper') }}",
    "{{ titel|safe }}",
    "{{ parter|_varv(1) }}",
    "{{ titel|_plats(1, 1) }}",
    "{% import 'avsnitt/mal.md.j2' as m %}{{ m.__dict__ }}",
    "{% import 'avsnitt/mal.md.j2' as m %}{{ m._body_stream }}",
    "{% include '../../../../etc/passwd' %}",
    "{% include '/etc/passwd' %}",
    "{% extends '0:avsnitt/mal.md.j2' %}",
    "{% set avtal.titel = 'x' %}",
    "{% macro m() %}{{ varargs }}{{ kwargs.__class__ }}{% endmacro %}{{ m() }}",
    "{% do x %}",
    "{{ titel.value }}",
    "{{ m.__call__() }}",
]


@pytest.mark.parametrize("text", ESCAPES)
def test_nothing_reaches_outside_the_agreement(tmp_path: Path, text: str) -> None:
    with pytest.raises(iopdocs.RenderError):
        rendered(tmp_path, text)


BOMBS = [
    "{{ 9**(9**9) }}",
    "{{ 'x' * 10**9 }}",
    "{{ 'x'|center(10**9) }}",
    "{% for a in parter %}" * 1
    + "".join(f"{{% for a{n} in mål.strategier %}}" for n in range(19))
    + "x"
    + "{% endfor %}" * 20,
    "{% macro m(n) %}{{ m(n) }}{{ m(n) }}{% endmacro %}{{ m(1) }}",
    "".join(
        f"{{% macro m{n}() %}}{{{{ m{n - 1}() }}}}{{{{ m{n - 1}() }}}}{{% endmacro %}}"
        if n
        else "{% macro m0() %}" + "x" * 1000 + "{% endmacro %}"
        for n in range(30)
    )
    + "{{ m29() }}",
    "{% set a %}"
    + "x" * 1000
    + "{% endset %}"
    + "".join("{% set a %}{{ a }}{{ a }}{% endset %}" for _n in range(30))
    + "{{ a }}",
    '{% include "avsnitt/prov.md.j2" %}',
    "{% set x = [1] %}{% for i in x %}{% for j in [i] %}{{ 1 + 99999999999999 }}{% endfor %}{% endfor %}",
]


@pytest.mark.parametrize("text", BOMBS, ids=range(len(BOMBS)))
def test_a_text_that_never_ends_is_stopped_within_seconds(tmp_path: Path, text: str) -> None:
    # A text that takes in itself is refused when the layer is read, the others when they are run.
    with within(8), pytest.raises((iopdocs.RenderError, iopdocs.LibraryError)) as caught:
        rendered(tmp_path, text)
    assert caught.value.problems[0].message


def test_a_layer_may_extend_the_text_below_it(tmp_path: Path) -> None:
    base = make_layer(
        tmp_path / "a", {"avsnitt/prov.md.j2": "{% block inledning %}Bas.{% endblock %}\n\nSlut."}, name="a"
    )
    top = make_layer(
        tmp_path / "b",
        {
            "dokument/avtal.md.j2": '{% include "avsnitt/prov.md.j2" %}',
            "avsnitt/prov.md.j2": '{% extends "bas/avsnitt/prov.md.j2" %}{% block inledning %}{{ super() }} Eget.{% endblock %}',
        },
        name="b",
    )
    made = render_document(AGREEMENT, load_library([base, top]))
    assert words(made) == "Bas. Eget.|Slut."


def test_a_section_may_take_in_the_text_below_it(tmp_path: Path) -> None:
    library = library_with(tmp_path / "l", 'Eget.\n\n{% include "bas/avsnitt/mal.md.j2" %}\n\nSist.', name="mal")
    made = render_document(AGREEMENT, library)
    (goals,) = [section for section in made.sections if section.name == "mal"]
    texts = [plain(block.children) for block in goals.blocks if isinstance(block, Paragraph)]
    assert texts[0] == "Eget."
    assert "Syftet." in texts
    assert texts[-1] == "Sist."


def test_the_same_words_for_another_agreement_share_one_parsed_shape(tmp_path: Path) -> None:
    from iopdocs.document.markdown_parser import shapes_of_text

    library = library_with(tmp_path / "lager", "Behov: {{ bakgrund.behov }}")
    shapes_of_text.cache_clear()
    for need in ("ett", "**två**"):
        render_document(iopdocs.loads(f"bakgrund: {{behov: '{need}'}}"), library)
    info = shapes_of_text.cache_info()
    assert info.hits >= info.misses
