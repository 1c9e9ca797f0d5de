"""The wording rules: what the corpus says of them, every inflection of the lists, readability, large and odd texts."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import attrs
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import iopdocs
from iopdocs.assembly import render_document
from iopdocs.errors import Position
from iopdocs.findings import Finding
from iopdocs.library.layer_reader import load_library
from iopdocs.library.layers import Library
from iopdocs.library.rule_limits import Limits
from iopdocs.linter.engine import lint_agreement
from iopdocs.linter.options import LintOptions
from iopdocs.linter.passages import DATUM
from iopdocs.linter.prose.lix import lix
from iopdocs.model.agreement import Agreement
from iopdocs.model.background import Background
from tests.helpers.layers import make_layer
from tests.helpers.properties import examples
from tests.helpers.rules import rules
from tests.helpers.strategies import texts
from tests.helpers.timing import within

WORDING = rules("J301", "L")
ROOT = Path(__file__).parents[2]
LIBRARY = load_library()
CORPUS: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "near_misses.yaml").read_text(encoding="utf-8"))
SILENT = [sentence for group in CORPUS["tysta"] for sentence in group["meningar"]]
FORMS = {
    code: [form for word in LIBRARY.wordlist(name).words for form in (word.lemma or "", *word.forms)]
    for code, name in (("J301", "upphandlingsord"), ("L501", "klarsprak"))
}
CODES = {rule.code for rule in WORDING}
EVERY_FORM = [(code, form) for code, forms in FORMS.items() for form in forms]


def said(text: str, library: Library = LIBRARY, limits: Limits | None = None) -> list[Finding]:
    """Return what the wording rules say of an agreement whose need is *text*."""
    agreement = Agreement(background=Background(need=text))
    return list(lint_agreement(agreement, library, LintOptions(profiles=(), limits=limits), rules=WORDING).findings)


def told(text: str, code: str, library: Library = LIBRARY) -> list[str]:
    """Return the words that the rule *code* names in *text*, in order."""
    named = [re.match("”(.+?)” ", one.message) for one in said(text, library) if one.code == code]
    return [match[1] for match in named if match]


def test_the_corpus_is_large_and_no_sentence_stands_twice() -> None:
    assert len(SILENT) >= 200
    assert len(CORPUS["fynd"]) >= 60
    every = [*SILENT, *(one["mening"] for one in CORPUS["fynd"])]
    assert len(set(every)) == len(every)


@pytest.mark.parametrize("sentence", SILENT)
def test_a_near_miss_is_left_alone(sentence: str) -> None:
    assert [(one.code, one.message) for one in said(sentence)] == []


@pytest.mark.parametrize("case", CORPUS["fynd"], ids=lambda case: case["mening"])
def test_sentence_with_a_listed_word_is_reported_with_the_word(case: dict[str, Any]) -> None:
    assert sorted(told(case["mening"], case["regel"])) == sorted(case["ord"])
    finding = next(one for one in said(case["mening"]) if one.code == case["regel"])
    assert finding.quote == case["mening"]
    assert finding.hint


@pytest.mark.parametrize("code", FORMS)
def test_every_form_of_every_word_is_found_in_a_plain_sentence_and_never_in_quotation_marks(code: str) -> None:
    for form in FORMS[code]:
        assert told(f"Här står {form} i texten.", code) == [form]
        assert told(f"HÄR STÅR {form.upper()} I TEXTEN.", code) == [form.upper()]
        for quoted in (f"”{form}”", f"“{form}”", f"»{form}»", f'"{form}"', f"”och {form} också”"):
            assert told(f"Här står {quoted} i texten.", code) == []


def test_a_word_is_found_in_decomposed_letters_and_with_soft_hyphens_and_never_inside_another() -> None:
    assert told("Föreningen är leverantör.".replace("ö", "o\u0308"), "J301") == ["leverantör".replace("ö", "o\u0308")]
    assert told("Föreningen är leve\u00adrantör.", "J301") == ["leve\u00adrantör"]
    for inside in (
        "leverantörsavtal",
        "el-leverantör",
        "leverantör-",
        "x@leverantör.se",
        "http://leverantör",
        "leverantör.se",
    ):
        assert told(f"Här står {inside} i texten.", "J301") == []


@examples(60)
@given(texts(), st.sampled_from(EVERY_FORM), texts())
def test_whatever_stands_around_it_nothing_fails_and_a_word_in_a_sentence_of_its_own_is_found(
    before: str, word: tuple[str, str], after: str
) -> None:
    code, form = word
    findings = said(f"{before} {form} {after}")
    assert "T901" not in {one.code for one in findings}
    assert form in told(f"{before}\n\nHär står {form} i texten.\n\n{after}", code)


def test_the_place_of_a_word_is_its_own_stretch_of_the_line() -> None:
    agreement = iopdocs.loads("bakgrund:\n  behov: Kommunen är beställare av insatserna.\n")
    (finding,) = lint_agreement(agreement, LIBRARY, LintOptions(profiles=()), rules=WORDING).findings
    assert (finding.position, finding.end) == (Position(2, 22), Position(2, 32))


def test_layer_words_are_reported_once_at_the_layer_line_and_quotes_hide_data(
    tmp_path: Path,
) -> None:
    section = (
        "---\nid: bakgrund\nrubrik: Bakgrund\n---\n{% for p in parter %}\nLeverantör är {{ p.namn }}.\n\n{% endfor %}\n"
    )
    library = load_library([make_layer(tmp_path / "lager", {"avsnitt/bakgrund.md.j2": section})])
    agreement = iopdocs.loads("parter: [{namn: Leverantörernas förening}, {namn: Ideella utförare}]\n")
    document = render_document(agreement, library)
    findings = lint_agreement(agreement, library, LintOptions(profiles=()), document=document, rules=WORDING).findings
    (finding,) = (one for one in findings if one.code == "J301")
    assert finding.file.endswith("avsnitt/bakgrund.md.j2")
    assert finding.position is not None
    assert finding.position.line in (5, 6)
    assert "Leverantörernas förening" not in finding.quote
    assert DATUM not in finding.quote


@pytest.mark.parametrize("path", sorted((ROOT / "examples").glob("*.yaml")), ids=lambda path: path.stem)
def test_base_layer_texts_and_examples_have_no_findings(path: Path) -> None:
    agreement = iopdocs.load(path)
    document = render_document(agreement, LIBRARY)
    findings = lint_agreement(agreement, LIBRARY, LintOptions(profiles=()), document=document, rules=WORDING).findings
    assert [one for one in findings if one.code in CODES] == []


def test_unprinted_base_layer_texts_have_no_findings() -> None:
    """The words of every text, with what is Jinja taken away, whatever branch they stand in."""
    layer = LIBRARY.layers[0]
    for name, text in layer.texts.items():
        words = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", f" {DATUM} ", text.body, flags=re.DOTALL)
        # A row of a table is no sentence.
        words = re.sub(r"^\|.*$", "", words, flags=re.MULTILINE)
        spoken = [one for one in said(words) if one.code in CODES]
        assert [(one.code, one.message) for one in spoken] == [], name


# ── Readability ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_lix_is_words_per_sentence_plus_long_words_in_a_hundred() -> None:
    figures = lix(["Vi ses på tisdag. Samverkansgruppen möts i lokalen varje måndag kväll klockan 18.", "Kom gärna"])
    # 4 + 9 + 2 words in three sentences; tisdag, lokalen, måndag … : longer than six letters are three.
    assert (figures.words, figures.sentences, figures.long_words) == (15, 3, 3)
    assert figures.value == pytest.approx(15 / 3 + 100 * 3 / 15)


@examples(60)
@given(
    st.lists(
        st.lists(st.sampled_from(["i", "barn", "åtgärd", "kvällar", "mötesplatsen", "1200"]), min_size=1), min_size=1
    )
)
def test_lix_agrees_with_counting_by_hand(lines: list[list[str]]) -> None:
    text = " ".join(" ".join([line[0].capitalize(), *line[1:], "Slut."]) for line in lines)
    count = sum(len(line) + 1 for line in lines)
    long_words = sum(word in ("kvällar", "mötesplatsen") for line in lines for word in line)
    assert lix([text]).value == pytest.approx(count / len(lines) + 100 * long_words / count)


def test_long_sentence_is_reported_with_its_number_of_words() -> None:
    text = "Kort mening. Ord " + "ord " * 40 + "slut."
    (finding,) = (one for one in said(text) if one.code == "L502")
    assert "42 ord" in finding.message
    assert said("ord " * 39 + "slut.") == []


def test_headings_and_tables_are_no_running_text() -> None:
    """A section whose long words stand in a table only is not hard to read."""
    rows = ", ".join(
        "{mål: Samverkansorganisationens verksamhetsutveckling, indikator: Resursfördelningsprocesser, målvärde: x}"
        for _ in range(30)
    )
    agreement = iopdocs.loads(f"mål: {{delmål: [{rows}]}}\n")
    document = render_document(agreement, LIBRARY)
    assert lint_agreement(agreement, LIBRARY, LintOptions(profiles=()), document=document, rules=WORDING).findings == ()


# ── Large texts ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "unit",
    [
        "leverantör ",
        "utförare och ",
        "avstår från vite och ",
        "utförare och utförarens roller finns inte och ",
        "inte ett anbud ",
        "”ej ",
        "„",
        "lag om ej ",
        "köp av ",
        "Utförare (2016:",
        "(",
        "a-",
        "ej\n",
    ],
)
def test_much_text_in_one_field_takes_time_in_proportion(unit: str) -> None:
    text = (unit * (100_000 // len(unit) + 1))[:100_000] + " ej anbud"
    with within(7):
        assert len(said(text)) < 200


def test_after_fifty_words_in_one_text_it_is_said_that_there_are_more() -> None:
    findings = [one for one in said("Kommunen är beställare. " * 60) if one.code == "J301"]
    assert len(findings) == 51
    assert "fler" in findings[-1].message


def test_a_rule_reads_the_list_of_the_topmost_layer(tmp_path: Path) -> None:
    own = "format: 1\nord:\n  - {ord: kund, former: [kunden, kunder], i_stället: [deltagare]}\n"
    library = load_library([make_layer(tmp_path / "lager", {"ordlistor/upphandlingsord.yaml": own})])
    assert told("Kunden är beställare.", "J301", library) == ["Kunden"]
    assert attrs.evolve(library.wordlist("upphandlingsord").words[0], forms=()).spellings == ("kund",)


def test_a_layer_is_silent_at_a_phrase_of_its_own_about_somebody_else(tmp_path: Path) -> None:
    own = "format: 1\nutökar: [bas/upphandlingsord]\ntyst_vid: [beställare av maten]\n"
    library = load_library([make_layer(tmp_path / "lager", {"ordlistor/upphandlingsord.yaml": own})])
    sentence = "Kommunens måltidsenhet är beställare av maten."
    assert told(sentence, "J301") == ["beställare"]
    assert told(sentence, "J301", library) == []


@pytest.mark.parametrize(
    ("written", "level"),
    [("Exempelstads-kommun", "fel"), ("Exempelstadskommun", "fel"), ("Exempelstad kommun", "varning")],
)
@pytest.mark.parametrize("sentence", ["{} ser behovet.", "Där ser {} behovet."])
def test_a_party_written_with_a_hyphen_or_in_one_word_is_fel_and_without_its_s_varning(
    written: str, level: str, sentence: str
) -> None:
    agreement = iopdocs.loads(
        f"parter: [{{namn: Exempelstads kommun}}]\nbakgrund: {{behov: {sentence.format(written)}}}"
    )
    (finding,) = lint_agreement(agreement, LIBRARY, LintOptions(select=("S204",))).findings
    assert finding.level.value == level
