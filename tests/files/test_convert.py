"""From shapes to records: every problem at once, each with its path, its place and what would be right."""

import attrs
import pytest

from iopdocs.errors import LoadError, Position
from iopdocs.files.loader import load_record, loads
from iopdocs.model.agreement import Agreement, Area
from iopdocs.model.fields import Year, entry
from iopdocs.model.parties import Party, PartyKind


def problems_of(text, kind="yaml"):
    with pytest.raises(LoadError) as caught:
        loads(text, kind=kind)
    return caught.value.problems


WRONG = {
    "an unknown key": ("mål:\n  sufte: x", "mål.sufte", 2, 3, "okänd nyckel ”sufte”", "”syfte”"),
    "a key without its marks": ("mal: {syfte: x}", "mal", 1, 1, "okänd nyckel", "”mål”"),
    "a key in capitals": ("Titel: x", "Titel", 1, 1, "okänd nyckel", "”titel”"),
    "a key with a hyphen": (
        "parter:\n- kontakt: {e-post: a}", "parter[1].kontakt.e-post", 2, 13, "okänd nyckel", "”e_post”",
    ),
    "a key with a space": ("särskilda villkor: {}", "särskilda villkor", 1, 1, "okänd", "”särskilda_villkor”"),
    "a key in English": ("goals: {}", "goals", 1, 1, "okänd nyckel", "”mål”"),
    "a key like no other": ("parter:\n- namn: a\n- xyzzy: b", "parter[2].xyzzy", 3, 3, "okänd nyckel", "namn, typ"),
    "a text for a list": (
        "värdegrund:\n  verksamhetens_värden: dialog", "värdegrund.verksamhetens_värden", 2, 25, "en lista", "[dialog]",
    ),
    "a list for a text": ("titel: [a]", "titel", 1, 8, "en lista, men", "utan bindestreck"),
    "a list for a text at depth": (
        "parter:\n- namn: a\n  kontakt:\n    namn:\n    - b", "parter[1].kontakt.namn", 5, 5, "en lista, men", "utan",
    ),
    "keys for a text": ("titel:\n  a: b", "titel", 2, 3, "uppgifter med nycklar, men", "citattecken"),
    "a text for keys": ("mål: trygghet", "mål", 1, 6, "en text, men", "syfte"),
    "a list for keys": ("mål:\n- syfte: x", "mål", 2, 1, "en lista, men", "syfte"),
    "keys for a list of records": ("parter:\n  namn: a", "parter", 2, 3, "utan bindestreck", "sätt bindestreck"),
    "a text for a list of records": ("parter: kommunen", "parter", 1, 9, "en text, men", "namn, typ"),
    "a text among records": ("parter:\n- kommunen", "parter[1]", 2, 3, "en text, men", "namn, typ"),
    "a list among texts": ("utgångspunkter: {lagar: [[a]]}", "utgångspunkter.lagar[1]", 1, 26, "en lista", "utan"),
    "keys for a list of texts": ("utgångspunkter: {lagar: {a: b}}", "utgångspunkter.lagar", 1, 25, "nycklar", "kolon"),
    "a date that is not": ("avtalstid: {start: 2027-02-30}", "avtalstid.start", 1, 20, "kalendern", "dag och månad"),
    "an amount below zero": (
        "ekonomi:\n  utbetalningar:\n  - belopp: -5 kr", "ekonomi.utbetalningar[1].belopp", 3, 13, "negativt", "minus",
    ),
    "an amount of two readings": ("ekonomi: {budget: [{belopp: 9.000}]}", "ekonomi.budget[1].belopp", 1, 29, "två", "9 000 kr eller 9 kr"),
    "an amount beyond all": (f"ekonomi: {{budget: [{{belopp: {'9' * 40}}}]}}", "ekonomi.budget[1].belopp", 1, 29, "en biljon", "kontrollera"),
    "a word nearly right": ("status: utkst", "status", 1, 9, "”utkst”", "menade du ”utkast”?"),
    "a word far off": ("status: färdig och klar", "status", 1, 9, "inget av orden", "utkast, beslutad"),
    "a count in words": ("mål: {målgrupp: {antal: ca 400}}", "mål.målgrupp.antal", 1, 25, "heltal", "siffror"),
    "a count beyond all": ("mål: {målgrupp: {antal: 9999999999}}", "mål.målgrupp.antal", 1, 25, "inget antal", ""),
    "a count of 42 digits": (f"mål: {{målgrupp: {{antal: {'9' * 42}}}}}", "mål.målgrupp.antal", 1, 25, "är för stort", "högst 999 999 999"),
    "a count in many groups": ("mål: {målgrupp: {antal: 1 000 000 000 000 000}}", "mål.målgrupp.antal", 1, 25, "är för stort", "högst"),
    "a share of 42 digits": (f"ekonomi: {{uppräkning: {{andel: {'9' * 42}}}}}", "ekonomi.uppräkning.andel", 1, 31, "är för stort", "1 000 000"),
    "a length beyond all": ("avtalstid: {uppsägningstid: 99999999 månader}", "avtalstid.uppsägningstid", 1, 29, "för lång tidslängd", "högst 9999"),
    "a length in groups beyond all": ("avtalstid: {uppsägningstid: 10 000 dagar}", "avtalstid.uppsägningstid", 1, 29, "för lång tidslängd", "högst 9999"),
    "several codes where one stands": ("lint: {undantag: [{regel: [S101, S102]}]}", "lint.undantag[1].regel", 1, 27, "ett enda värde", "skriv exakt ett"),
    "a year beyond all": ("ekonomi: {budget: [{år: 20027}]}", "ekonomi.budget[1].år", 1, 25, "inget år", "2027"),
    "a maybe": ("avtalstid: {tills_vidare: kanske}", "avtalstid.tills_vidare", 1, 27, "varken ja eller nej", "ja eller"),
    "a number in words": ("ekonomi: {uppräkning: {andel: hälften}}", "ekonomi.uppräkning.andel", 1, 31, "inget tal", "12,5"),
    "a length without unit": ("avtalstid: {uppsägningstid: 6}", "avtalstid.uppsägningstid", 1, 29, "tidslängd", "6 månader"),
    "an empty text for a date": ("avtalstid: {start: ''}", "avtalstid.start", 1, 20, "tom text", "lämna tomt"),
    "a very long value": (f"avtalstid: {{start: {'1' * 400}}}", "avtalstid.start", 1, 20, "för långt", ""),
}  # fmt: skip


@pytest.mark.parametrize(("text", "path", "line", "column", "message", "hint"), WRONG.values(), ids=WRONG)
def test_wrong_value_is_reported_with_path_position_and_remedy(text, path, line, column, message, hint):
    (problem,) = problems_of(text)
    assert (problem.path, problem.position) == (path, Position(line, column))
    assert message in problem.message
    assert hint in problem.hint
    assert problem.file == "<text>"


def test_a_value_with_a_dash_of_its_own_is_quoted_whole():
    (problem,) = problems_of("avtalstid:\n  start: 1 mars – 31 mars")
    assert problem.message == "”1 mars – 31 mars” är inget datum"
    assert problem.hint == "skriv till exempel ”2027-01-31” eller ”31 januari 2027”"


def test_all_problems_are_reported_in_the_order_of_the_file():
    text = """\
titel: [a]
parter:
  - namn: A
    adress: Storgatan 1 #b
    namn: B
  - typ: komun
ekonomi:
  utbetalningar:
    - {belopp: 1,5 mkr, senast: 2027-02-30}
okänd: 1
format: ett
"""
    problems = problems_of(text)
    assert [problem.position.line for problem in problems] == [1, 4, 5, 6, 9, 9, 10, 11]
    assert all(problem.file == "<text>" and problem.hint for problem in problems)


def test_file_full_of_errors_reports_the_first_two_hundred():
    problems = problems_of("".join(f"k{n}: 1\n" for n in range(1000)))
    assert 200 <= len(problems) <= 202
    assert "fler fel" in problems[-1].message


def test_a_problem_reads_as_where_what_and_what_would_be_right():
    assert str(problems_of("parter:\n  - typ: komun")[0]) == (
        "<text>:2:10: parter[1].typ: ”komun” är inget av orden här – menade du ”kommun”? Orden är: kommun, region, "
        "kommunalförbund, statlig myndighet, offentligt ägt bolag, ideell förening, stiftelse, registrerat trossamfund, "
        "församling, ekonomisk förening, aktiebolag utan vinstutdelning, vinstutdelande företag"
    )


@pytest.mark.parametrize("written", ["Ideell  förening", " IDEELL FÖRENING ", "ideell fo\u0308rening"])
def test_letter_case_and_spaces_do_not_matter_in_words(written):
    assert loads(f"parter: [{{typ: '{written}'}}]").parties[0].kind is PartyKind.ASSOCIATION


def test_an_empty_item_is_no_item_and_later_ones_move_up():
    agreement = loads("parter:\n  -\n  - namn: B\nutgångspunkter: {lagar: [null, a]}")
    assert agreement.parties == (Party(name="B"),)
    assert agreement.basis.laws == ("a",)
    assert agreement.source.positions["parter[1].namn"] == Position(3, 11)


def test_keys_left_empty_say_nothing_but_empty_braces_are_a_record():
    assert loads("parter:\n  - namn:\n    kontakt:\n      namn:\n") == Agreement()
    assert loads("parter: [{}]") == Agreement(parties=(Party(),))


def test_an_area_is_found_by_its_words():
    assert loads("huvudområde: trygghetsskapande insatser").area is Area.SAFETY


def test_positions_are_those_of_values_maps_lists_and_items():
    positions = loads("titel: x\nparter:\n  - namn: A\n    enheter: [B, C]\n").source.positions
    assert positions == {
        "titel": Position(1, 8),
        "parter": Position(3, 3),
        "parter[1]": Position(3, 5),
        "parter[1].namn": Position(3, 11),
        "parter[1].enheter": Position(4, 14),
        "parter[1].enheter[1]": Position(4, 15),
        "parter[1].enheter[2]": Position(4, 18),
    }


def test_text_comes_through_as_written():
    text = "mål:\n  syfte: Ett  syfte, med 'citat' och 50 %\n  vision: |\n    Rad ett\n\n      indragen\n"
    goals = loads(text).goals
    assert goals.purpose == "Ett  syfte, med 'citat' och 50 %"
    assert goals.vision == "Rad ett\n\n  indragen"


def test_format_may_be_absent_empty_or_one():
    assert loads("titel: x") == loads("format: 1\ntitel: x") == loads("format:\ntitel: x")
    assert loads('{"format": 1, "titel": "x"}', kind="json") == loads("titel: x")


def test_a_newer_format_is_refused_and_nothing_else_is_judged():
    (problem,) = problems_of("format: 2\nnågot_nytt: x")
    assert "nyare" in problem.message
    assert problem.hint == "uppdatera iopdocs"


@pytest.mark.parametrize("written", ["0", "1.0", "[1]", "ett", "-1"])
def test_another_format_is_an_error(written):
    (problem,) = problems_of(f"format: {written}")
    assert (problem.path, problem.message) == ("format", "format ska vara 1")


@attrs.frozen(kw_only=True)
class Layer:
    """A record of somebody else's, read with the same reader."""

    name: str | None = entry("namn", "Namn", "Lagrets namn.")
    years: tuple[Year, ...] = entry("år", "År", "Åren.", many=True)

    def __attrs_post_init__(self) -> None:
        if self.name == "bas":
            raise ValueError("”bas” är upptaget – välj ett annat namn")


def test_any_record_with_a_dictionary_can_be_read():
    layer, positions = load_record("namn: Malmö\når: [2027,2028]\n", Layer)
    assert layer == Layer(name="Malmö", years=(Year(2027), Year(2028)))
    assert positions["år[2]"] == Position(2, 11)


def test_invalid_record_is_reported_where_it_is_written():
    with pytest.raises(LoadError) as caught:
        load_record("# lager\nnamn: bas", Layer, file="lager.yaml")
    assert str(caught.value) == "lager.yaml:2:1: ”bas” är upptaget – välj ett annat namn"
