"""The rules that read running text: what they find word by word, what they leave in peace, and how fast."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path

import attrs
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import iopdocs
from iopdocs.assembly import render_document
from iopdocs.library.layer_reader import load_library
from iopdocs.linter.rule import Case, Hit, Rule
from iopdocs.linter.rules.consistency.names_in_text import distance
from iopdocs.linter.rules.templates.unprinted_data import datum_not_printed
from iopdocs.model.agreement import Agreement
from iopdocs.values.numbers import number_of
from tests.helpers.layers import library_with
from tests.helpers.properties import DEPTH, FEW, examples
from tests.helpers.rules import rules
from tests.helpers.strategies import plausible_agreements, texts

TEXT_CONSISTENCY = rules("S2")
LIBRARY = load_library()
AGREEMENT = iopdocs.loads(
    """
parter:
  - {namn: Exempelstads kommun, typ: kommun, kallas: kommunen, enheter: [Socialnämnden Norr, Kultur- och fritidsnämnden]}
  - {namn: Föreningen Trygga Vuxna, typ: ideell förening, kallas: Trygga Vuxna}
  - {namn: Räddningsmissionen, typ: ideell förening}
  - {namn: Röda Korset, typ: ideell förening}
  - {namn: Kvinnojouren Lyktan, typ: ideell förening, kallas: Lyktan}
  - {namn: Grannhjälpen, typ: ideell förening}
bakgrund: {behov: Behovet är stort.}
utgångspunkter: {definitioner: [{begrepp: stödpersoner, betydelse: den som stödjer}]}
mål: {syfte: Varje stödperson gör skillnad., målgrupp: {beskrivning: Unga., ålder: 13–20 år}}
bilagor: [{titel: Budget, text: Se *tabellen*.}, {titel: Plan}]
"""
)
DOCUMENT = render_document(AGREEMENT, LIBRARY)
NEAR_MISSES = [
    (code, sentence)
    for code, sentences in yaml.safe_load(
        (Path(__file__).parent / "near_misses_text.yaml").read_text(encoding="utf-8")
    ).items()
    for sentence in sentences
]


def with_text(text: str) -> Agreement:
    """The agreement above with *text* as its need and as what describes its target group."""
    assert AGREEMENT.background
    assert AGREEMENT.goals
    assert AGREEMENT.goals.target_group
    group = attrs.evolve(AGREEMENT.goals.target_group, description=text)
    return attrs.evolve(
        AGREEMENT,
        background=attrs.evolve(AGREEMENT.background, need=text),
        goals=attrs.evolve(AGREEMENT.goals, target_group=group),
    )


def said(text: str, rules: Iterable[Rule] = TEXT_CONSISTENCY) -> list[tuple[str, str]]:
    """What the rules say of *text*: (code, the words it is about)."""
    case = Case(with_text(text), LIBRARY, DOCUMENT)
    return [
        (rule.code, hit.word)
        for rule in rules
        for hit in rule.check(case)
        if isinstance(hit, Hit) and "behov" in hit.path
    ]


def whole(text: str) -> list[tuple[str, str]]:
    """What the rules say of *text* wherever it stands."""
    case = Case(with_text(text), LIBRARY, DOCUMENT)
    return [(rule.code, hit.message) for rule in TEXT_CONSISTENCY for hit in rule.check(case) if isinstance(hit, Hit)]


@pytest.mark.parametrize(("code", "sentence"), NEAR_MISSES)
def test_a_near_miss_gives_nothing(code: str, sentence: str) -> None:
    assert whole(sentence) == []


def test_there_are_enough_near_misses() -> None:
    assert len(NEAR_MISSES) >= 100
    assert len({sentence for _code, sentence in NEAR_MISSES}) == len(NEAR_MISSES)


@pytest.mark.parametrize(
    ("code", "sentence", "words"),
    [
        ("S201", "Avtalet sägs upp inom femtio (60) dagar.", ["femtio (60)"]),
        ("S201", "Avtalet sägs upp inom 60 (femtio) dagar.", ["60 (femtio)"]),
        ("S201", "Uppsägningstiden är sex månader (8 månader).", ["sex månader (8 månader)"]),
        ("S201", "Kommunen betalar tvåhundratjugofem tusen (250 000) kronor.", ["tvåhundratjugofem tusen (250 000)"]),
        ("S201", "Beloppet är 225 000 kr (två hundra tusen kronor).", ["225 000 kr (två hundra tusen kronor)"]),
        ("S201", "Stödet är en miljon (1 500 000) kronor.", ["en miljon (1 500 000)"]),
        ("S201", "Sex (8) möten och tolv (12) samtal.", ["Sex (8)"]),
        ("S201", "Stöd ges i tjugo-tre (22) veckor.", ["tjugo-tre (22)"]),
        ("S202", "Redovisningen lämnas enligt punkt 9.3.", ["punkt 9.3"]),
        ("S202", "Se avsnitt 12.", ["avsnitt 12"]),
        ("S202", "Det regleras i punkterna 1, 14 och 15.", ["14", "15"]),
        ("S202", "Detta gäller enligt § 14 i detta avtal.", ["§ 14"]),
        ("S202", "Avtalets § 14 går före.", ["§ 14"]),
        ("S202", "Parterna följer § 14 ovan.", ["§ 14"]),
        ("S202", "Avvikelser från plan och budget hanteras enligt avsnitt 12.", ["avsnitt 12"]),
        ("S202", "Avsnitt 12 i detta avtal gäller.", ["Avsnitt 12"]),
        ("S202", "Det som anges i avsnitt 3.9 gäller i första hand.", ["avsnitt 3.9"]),
        ("S202", "Parterna har avtalat om detta (avsnitt 12).", ["avsnitt 12"]),
        ("S203", "Medlen fördelas enligt bilaga 7.", ["bilaga 7"]),
        ("S203", "Bilagorna 1–3 är en del av avtalet.", ["3"]),
        ("S203", "Budgeten finns som bilaga (se bilaga 4).", ["bilaga 4"]),
        ("S203", "Bilaga 3 till avtalet beskriver insatserna.", ["Bilaga 3"]),
        ("S204", "I Norrby är Tryggare Vuxna ute varje helg.", ["Tryggare Vuxna"]),
        ("S204", "Hos Röda korset finns en lokal.", ["Röda korset"]),
        ("S204", "Röda Korsets lokal och Röda korsets kök delas.", ["Röda korsets"]),
        ("S204", "Kontakten sker genom Räddningsmissonen varje vecka.", ["Räddningsmissonen"]),
        ("S204", "Mat lagas av Räddnings-missionen.", ["Räddnings-missionen"]),
        ("S204", "Volontärer från Grann Hjälpen deltar.", ["Grann Hjälpen"]),
        ("S204", "Exempelstads Kommun bjuder in.", ["Exempelstads Kommun"]),
        ("S204", "Beslutet fattas av Socialnämden Norr.", ["Socialnämden Norr"]),
        ("S208", "Nämnden i [Kommunens namn] beslutar.", ["[Kommunens namn]"]),
        ("S208", "Avtalet gäller till [ange datum].", ["[ange datum]"]),
        ("S208", "Kommunen betalar XX kr per år och xx kronor därefter.", ["XX", "xx"]),
        ("S208", "Kommunen betalar X kronor per år.", ["X kronor"]),
        ("S208", "Avtalet löper ut ÅÅÅÅ-MM-DD eller 20XX-12-31.", ["ÅÅÅÅ-MM-DD", "20XX"]),
        ("S208", "Kontaktperson är ____________ hos kommunen.", ["____________"]),
        ("S208", "Kontaktperson är ................ hos kommunen.", ["................"]),
        ("S208", "Kontaktperson är ………… hos kommunen.", ["…………"]),
        ("S208", "TODO: fråga ekonomen. Beloppet TBD.", ["TODO", "TBD"]),
        ("S208", "Avtalsansvarig är NN på förvaltningen.", ["NN"]),
        ("S208", "Föreningen <föreningens namn> driver {{verksamhet}}.", ["<föreningens namn>", "{{verksamhet}}"]),
        ("S208", "Lorem ipsum dolor sit amet.", ["Lorem ipsum"]),
        ("S208", "Målgruppen är unga (ange ålder) i Norrby.", ["(ange ålder)"]),
        ("S208", "Verksamheten (OBS! stäm av med juristen) startar i maj.", ["(OBS! stäm av med juristen)"]),
        ("S208", "Föreningen (Organisationsnummer) ansvarar.", ["(Organisationsnummer)"]),
        ("S208", "Part är (Partens namn) i Norrby.", ["(Partens namn)"]),
        ("S208", "Priset är ?? kronor.", ["??"]),
        ("S208", "Klicka eller tryck här för att ange text.", ["Klicka eller tryck här för att ange"]),
        ("S208", "Numret är XXXXXX-XXXX tills vidare.", ["XXXXXX-XXXX"]),
        ("S209", "Slutdagen är den 31 februari 2027.", ["31 februari 2027"]),
        ("S209", "Slutdagen är 2027-02-30.", ["2027-02-30"]),
        ("S209", "Rapporten lämnas senast den 31 juni varje år.", ["31 juni"]),
        ("S209", "Rapporten lämnas varje år den 31 juni.", ["31 juni"]),
        ("S209", "Slutdagen är den 29 februari 2027.", ["29 februari 2027"]),
        ("S209", "Slutdagen är 2027-13-01.", ["2027-13-01"]),
        ("S210", "Parterna möts måndagen den 4 maj 2027.", ["måndagen den 4 maj 2027"]),
        ("S210", "Parterna möts fredag 2027-05-04.", ["fredag 2027-05-04"]),
    ],
)
def test_what_is_wrong_is_found_with_the_very_words(code: str, sentence: str, words: list[str]) -> None:
    assert said(sentence) == [(code, word) for word in words]


def test_the_caret_stands_under_the_words_and_the_sentence_is_quoted() -> None:
    text = "bakgrund:\n  behov: Det här är bra. Avtalet sägs upp inom femtio (60) dagar. Allt är klart.\n"
    report = iopdocs.lint(iopdocs.loads(text), library=LIBRARY, select=("S201",))
    (finding,) = report.findings
    assert finding.position is not None
    assert finding.end is not None
    line = text.splitlines()[finding.position.line - 1]
    assert line[finding.position.column - 1 : finding.end.column - 1] == "femtio (60)"
    assert finding.quote == "Avtalet sägs upp inom femtio (60) dagar."


def test_placeholder_in_a_layer_text_is_reported_at_its_line(tmp_path: Path) -> None:
    library = library_with(tmp_path / "lager", "Handlingen finns hos [kommunens namn].\n\nSe bilaga 4.")
    agreement = iopdocs.loads("bakgrund: {behov: Behovet är stort.}")
    report = iopdocs.lint(agreement, library=library, select=("S2",))
    assert [(one.code, one.position and one.position.line) for one in report.findings] == [("S208", 1), ("S203", 3)]
    assert all(one.file.endswith("bakgrund.md.j2") for one in report.findings)


def test_many_placeholders_in_one_text_do_not_flood_the_report() -> None:
    found = said("[ange namn] " * 500)
    assert len(found) == 21
    (rule,) = [rule for rule in TEXT_CONSISTENCY if rule.code == "S208"]
    messages = [
        hit.message for hit in rule.check(Case(with_text("XX kr. " * 30), LIBRARY, DOCUMENT)) if isinstance(hit, Hit)
    ]
    assert "10 ställen till" in " ".join(messages)


# Numbers in words, made in another way than they are read: digit by digit from the right.
_ONES_IN_WORDS = (
    "noll ett två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton sexton sjutton arton nitton"
)
_ONES = _ONES_IN_WORDS.split()
_DECADES_IN_WORDS = "- - tjugo trettio fyrtio femtio sextio sjuttio åttio nittio"
_DECADES = _DECADES_IN_WORDS.split()


def in_words(number: int, gap: str = "", one: str = "ett") -> str:
    """The number in Swedish words, parts joined by *gap* around hundra and tusen."""
    if number >= 1_000_000:
        many, rest = divmod(number, 1_000_000)
        head = "en miljon" if many == 1 else f"{in_words(many, gap)} miljoner"
        return head + (f" {in_words(rest, gap)}" if rest else "")
    if number >= 1000:
        many, rest = divmod(number, 1000)
        head = "ettusen" if many == 1 and not gap else f"{in_words(many, gap)}{gap}tusen"
        return head + (gap + in_words(rest, gap, one) if rest else "")
    if number >= 100:
        many, rest = divmod(number, 100)
        return f"{_ONES[many]}{gap}hundra" + (gap + in_words(rest, gap, one) if rest else "")
    if number >= 20:
        tens, rest = divmod(number, 10)
        return _DECADES[tens] + ("" if not rest else one if rest == 1 else _ONES[rest])
    return one if number == 1 else _ONES[number]


@examples(100)
@given(st.integers(0, 999_999_999), st.sampled_from(["", " ", "-"]), st.sampled_from(["en", "ett"]))
def test_every_number_in_words_is_read_as_itself(number: int, gap: str, one: str) -> None:
    assert number_of(in_words(number, gap, one)) == number


@pytest.mark.parametrize("below", range(1000))
def test_every_number_below_a_thousand_is_read_as_itself(below: int) -> None:
    assert number_of(in_words(below)) == below
    assert number_of(in_words(below).upper()) == below


@examples(60)
@given(st.integers(2, 999_999), st.integers(2, 999_999))
def test_words_and_figures_are_compared_as_numbers(words: int, figures: int) -> None:
    sentence = f"Summan är {in_words(words)} ({figures}) enligt parterna."
    year = 1900 <= figures <= 2200 and words < 100
    assert bool(said(sentence)) == (words != figures and not year)


@pytest.mark.parametrize(
    "words", ["", "femte", "halv", "sextiosex tio", "tiotio", "hundrahundra", "två tre", "miljoner", "tjugotio", "par"]
)
def test_what_is_no_whole_number_is_not_read_as_one(words: str) -> None:
    assert number_of(words) is None


_letters = st.text("abcdå", max_size=8)


@examples(100)
@given(_letters, _letters)
def test_the_distance_between_two_words_is_the_same_both_ways(a: str, b: str) -> None:
    assert distance(a, b, 2) == distance(b, a, 2)
    assert (distance(a, b, 2) == 0) == (a == b)


@examples(100)
@given(st.text("abcdå", min_size=3, max_size=8), st.data())
def test_one_slip_of_the_pen_is_one_letter_away(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(word) - 2))
    slips = [
        word[:place] + word[place + 1 :],
        word[:place] + word[place] + word[place:],
        word[:place] + word[place + 1] + word[place] + word[place + 2 :],
    ]
    assert all(distance(slip, word, 2) <= 1 for slip in slips)


_WORDS = st.sampled_from(
    ["femtio", "(60)", "60 (femtio)", "punkt 9.3", "bilaga 7", "§ 14 ovan", "[", "]", "[x]", "XX", "X kr", "ÅÅÅÅ", "__", "....",
     "<a b>", "{{", "}}", "Trygga", "Vuxna", "31 juni", "2027-02-30", "måndag den", "3–4 år", "\n", "”", "och", "–", "i avtalet",
     "månad 3–8", "från månad 4", "Röda", "-", "(ange", ")", ",", "1 "]
)  # fmt: skip


@examples(100)
@given(texts(200) | st.lists(_WORDS | texts(5), max_size=30).map(" ".join) | st.lists(_WORDS, max_size=30).map("".join))
def test_no_text_makes_a_rule_raise_and_every_hit_points_at_its_words(text: str) -> None:
    case = Case(with_text(text), LIBRARY, DOCUMENT)
    for rule in TEXT_CONSISTENCY:
        for hit in rule.check(case):
            assert isinstance(hit, Hit)
            if hit.span is not None:
                assert text[slice(*hit.span)] == hit.word
                assert hit.word
                assert hit.quote


HOSTILE = {
    "parentes": "(",
    "hakparentes": "[",
    "klammer": "{",
    "vinkel": "<a ",
    "bindestreck": "a-",
    "punkt": "punkt ",
    "punktlista": "punkterna 1, 2, ",
    "bilaga": "bilaga 1–",
    "paragraf": "§ 1.",
    "siffror": "1 ",
    "tätt": "1",
    "punkter": ".",
    "ellips": ". ",
    "räkneord": "femtio(",
    "räkneord och tal": "femtio (60) ",
    "öppet tal": "(femtio ",
    "tankstreck": "–",
    "ring": "å",
    "stort": "Å",
    "versaler": "Trygga ",
    "nästan namnet": "Trygga Vaxna ",
    "olika ord": "",
    "mellanslag": " ",
    "rad": "\n",
    "X": "XX",
    "x-": "XX-",
    "streck": "_",
    "snabel": "a@",
    "adress": "http://",
    "datum": "den 31 ",
    "veckodag": "måndagen den ",
    "månad": "månad 3–",
    "ålder": "13–",
    "citat": "”[a",
    "blandat": "(femtio–[a- punkt 1 å(Trygga XX ",
}


def hostile(name: str, size: int) -> str:
    if name == "olika ord":
        letters = "abcdefghijklmnopqrstuvwxyz"
        words = [f"V{letters[n % 26]}{letters[n // 26 % 26]}{letters[n // 676 % 26]}xna" for n in range(size // 7)]
        return " ".join(words)
    return (HOSTILE[name] * (size // len(HOSTILE[name]) + 1))[:size]


def seconds(rule: Rule, text: str) -> float:
    case = Case(with_text(text), LIBRARY, DOCUMENT)
    start = time.process_time()
    list(rule.check(case))
    return time.process_time() - start


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_read_in_time_that_grows_with_its_length(name: str) -> None:
    small, large = hostile(name, 10_000), hostile(name, 100_000)
    for rule in TEXT_CONSISTENCY:
        # Quadratic time would be a hundred times as long for ten times the text; the floor is what a timer can tell.
        assert seconds(rule, large) < 40 * max(seconds(rule, small), 0.015), rule.code


@pytest.mark.parametrize("name", ["blandat", "räkneord", "nästan namnet"])
def test_a_megabyte_is_read_in_seconds(name: str) -> None:
    size = 200_000 if DEPTH == FEW else 1_000_000
    text = hostile(name, size)
    for rule in TEXT_CONSISTENCY:
        assert seconds(rule, text) < 20 * size / 1_000_000, rule.code


def test_data_that_a_layer_does_not_print_is_reported_at_its_place(tmp_path: Path) -> None:
    library = library_with(tmp_path / "lager", "{{ mål.syfte }}", "mal")
    agreement = iopdocs.loads(
        "mål:\n  syfte: Trygga unga.\n  vision: Alla är trygga.\n  målgrupp: {antal: 400, åldrar: [vuxna]}\n"
    )
    report = iopdocs.lint(agreement, library=library, select=("T103",))
    assert [(one.path, one.position and one.position.line) for one in report.findings] == [
        ("mål.vision", 3),
        ("mål.målgrupp.antal", 4),
    ]
    assert "Vision är ifylld" in report.findings[0].message


def test_the_base_layer_prints_the_same_agreement(tmp_path: Path) -> None:
    agreement = iopdocs.loads("mål: {syfte: Trygga unga., vision: Alla är trygga., målgrupp: {antal: 400}}")
    assert iopdocs.lint(agreement, library=LIBRARY, select=("T103",)).findings == ()


def test_an_appendix_that_is_referred_to_by_number_is_printed() -> None:
    text = "insatser: [{namn: Läger, bilaga: Plan}]\nbilagor: [{titel: Plan, text: Läger i juni.}]"
    assert iopdocs.lint(iopdocs.loads(text), library=LIBRARY, select=("T103",)).findings == ()


def test_text_that_shows_nothing_cannot_be_left_out() -> None:
    agreement = iopdocs.loads("egna_avsnitt: [{rubrik: Forskning, text: \"  \"}]\nbakgrund: {behov: '  '}")
    assert iopdocs.lint(agreement, library=LIBRARY, select=("T103",)).findings == ()


@examples(60)
@given(plausible_agreements(max_fields=8))
def test_the_base_layer_leaves_out_nothing_of_any_agreement(agreement: Agreement) -> None:
    document = render_document(agreement, LIBRARY)
    assert list(datum_not_printed.check(Case(agreement, LIBRARY, document))) == []
