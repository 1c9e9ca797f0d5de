import pytest
import yaml

from iopdocs.errors import LoadError, Position
from iopdocs.files.loader import loads
from iopdocs.files.nodes import EmptyNode, ListNode, MapNode, TextNode
from iopdocs.files.yaml_reader import read_yaml


@pytest.fixture(params=["libyaml", "python"])
def parser(request, monkeypatch):
    """Run the test with libyaml, and again as where PyYAML was built without it."""
    if request.param == "python":
        monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    return request.param


def problems_of(text):
    with pytest.raises(LoadError) as caught:
        loads(text)
    return caught.value.problems


def value_of(text):
    return read_yaml(text, "x").root.entries[0][1]


REFUSED = {
    "a tab as indentation": ("mål:\n\tsyfte: x", 2, 1, "tabb", "mellanslag"),
    "a tab before a list": ("parter:\n\t- namn: x", 2, 1, "tabb", "mellanslag"),
    "a colon in a text": ("titel: Kvällar: en plan", 1, 15, "kolon", "citattecken"),
    "a quote that never ends": ('mål:\n  syfte: "abc', 2, 10, "avslutas aldrig", "citattecken"),
    "text after a quote": ('titel: "Kvällar" i Norrby', 1, 18, "efter det avslutande", "hela texten"),
    "a list that never ends": ("titel: [a", 1, 10, "[", "]"),
    "a map that never ends": ("titel: {a: b", 1, 13, "{", "}"),
    "a wrong indentation": ("mål:\n    syfte: x\n  vision: y", 3, 3, "samma nivå", "rakt under"),
    "a line without a colon": ("titel: x\nsyfte", 2, 6, "kolon", "nyckel: värde"),
    "an at sign": ("titel: @x", 1, 8, "”@”", "citattecken"),
    "a per cent sign": ("titel: %x", 1, 8, "”%”", "citattecken"),
    "emphasis": ("titel: *viktigt* nu", 1, 8, "*", "citattecken"),
    "a reference to nothing": ("titel: *viktigt", 1, 8, "hänvisar till något", "citattecken"),
    "a tag": ("titel: !viktigt x", 1, 8, "!", "citattecken"),
    "a tag that makes objects": ("titel: !!python/object/apply:os.system [ls]", 1, 8, "!", "citattecken"),
    "a tagged map": ("mål: !x {syfte: y}", 1, 6, "!", "citattecken"),
    "a merge key": ("mål: &m\n  syfte: x\nekonomi:\n  <<: *m", 4, 3, "<<", "skriv ut"),
    "two documents": ("titel: a\n---\ntitel: b", 2, 1, "andra dokument", "---"),
    "a reference to itself": ("parter: &a [*a]", 1, 13, "sig själv", "ta bort"),
    "a reference to itself further down": ("parter: &a\n  - namn: x\n    kontakt: *a", 3, 14, "sig själv", "ta bort"),
    "a list as a key": ("{[a]: b}", 1, 2, "nyckel", "citattecken"),
    "no key": (": a", 1, 1, "saknas en nyckel", "nyckel: värde"),
    "an unknown escape": ('titel: "a\\qb"', 1, 10, "bakåtstreck", "\\\\"),
    "text on the line of a block": ("titel: | abc\n  def", 1, 10, "nästa rad", "flytta"),
    "a NUL by escape": ('titel: "a\\0"', 1, 8, "U+0000", "ta bort"),
    "a control character": ("titel: a\x7f", 1, 9, "U+007F", "\\u007F"),
    "thirty thousand brackets": ("[" * 30_000, 1, 51, "50 nivåer", "avslutas"),
    "thirty thousand dashes": ("- " * 30_000, 1, 101, "50 nivåer", "avslutas"),
    "a list at the top": ("- titel: x", 1, 1, "lista överst", "nycklar"),
    "a text at the top": ("Trygga kvällar", 1, 1, "bara en text", "nycklar"),
}


@pytest.mark.parametrize(("text", "line", "column", "message", "hint"), REFUSED.values(), ids=REFUSED)
def test_invalid_file_is_reported_with_position_and_remedy(text, line, column, message, hint):
    (problem,) = problems_of(text)
    assert problem.position == Position(line, column)
    assert message in problem.message
    assert hint in problem.hint


@pytest.mark.parametrize("text", [case[0] for case in REFUSED.values()], ids=REFUSED)
def test_the_same_is_refused_without_libyaml(text, monkeypatch):
    monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    (problem,) = problems_of(text)
    assert "kan inte läsas som YAML" not in problem.message


def test_a_complaint_that_is_not_known_is_quoted_in_a_swedish_sentence():
    (problem,) = problems_of("%okänt\n")
    assert problem.message.startswith("filen kan inte läsas som YAML (")


def test_a_bomb_of_references_is_counted_before_it_is_unfolded(parser):
    lines = ["a0: &a0 [x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    (problem,) = problems_of("\n".join(lines))
    assert "200 000 värden" in problem.message


def test_a_ladder_of_references_is_as_deep_as_what_it_stands_for():
    lines = ["a0: &a0 [x]"] + [f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, 72)]
    assert "50 nivåer" in problems_of("\n".join(lines))[0].message


def test_fifty_levels_are_read_and_fifty_one_are_not(parser):
    assert read_yaml("[" * 50 + "]" * 50, "x").root
    with pytest.raises(LoadError):
        read_yaml("[" * 51 + "]" * 51, "x")


class ShallowLoader(yaml.SafeLoader):
    """A parser that stops at a depth of its own, as some versions of libyaml do, before it hands on what it has read."""

    deepest = 0

    def fetch_flow_collection_start(self, token):
        if self.flow_level == self.deepest:
            raise yaml.scanner.ScannerError("while increasing flow level", None, "too deep", self.get_mark())
        super().fetch_flow_collection_start(token)


@pytest.mark.parametrize("deepest", [51, 60, 1000, None])
@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("[" * 3000, 1, 51),
        ("[" * 3000 + "]" * 3000, 1, 51),
        ("{a: " * 3000, 1, 201),
        ("[{a: " * 3000, 1, 126),
        ("a:\n  " + "[" * 3000, 2, 52),
        ("".join(f"{' ' * depth}a:\n" for depth in range(60)), 51, 51),
    ],
    ids=["lists", "closed lists", "maps", "lists and maps", "lists in a block", "blocks"],
)
def test_level_fifty_one_is_told_at_its_place_however_deep_the_parser_goes(monkeypatch, deepest, text, line, column):
    if deepest:
        monkeypatch.setattr(ShallowLoader, "deepest", deepest)
        monkeypatch.setattr(yaml, "CSafeLoader", ShallowLoader, raising=False)
    (problem,) = problems_of(text)
    assert problem.message == "fler än 50 nivåer i varandra"
    assert problem.position == Position(line, column)


def test_brackets_in_a_text_are_no_levels(parser):
    assert "avslutas aldrig" in problems_of('titel: "' + "[" * 60)[0].message


def test_a_reference_stands_for_what_it_names(parser):
    agreement = loads("parter:\n  - namn: A\n    kontakt: &k {namn: Maria}\n    avtalsansvarig: *k\n")
    assert agreement.parties[0].manager == agreement.parties[0].contact


def test_duplicate_key_is_reported_with_both_lines(parser):
    (problem,) = problems_of("titel: a\nstatus: utkast\ntitel: b")
    assert problem.message == "nyckeln ”titel” står två gånger, på rad 1 och rad 3"
    assert problem.position == Position(3, 1)


def test_keys_are_the_same_however_their_letters_are_composed():
    assert loads("ma\u030al: {syfte: x}").goals.purpose == "x"
    assert "två gånger" in problems_of("ma\u030al: {syfte: x}\nmål: {syfte: y}")[0].message


def test_a_comma_in_braces_asks_for_quotes(parser):
    (problem,) = problems_of("ekonomi:\n  utbetalningar:\n    - {belopp: 1,5 mkr, från: kommunen}")
    assert "komma inom { }" in problem.message
    assert "citattecken" in problem.hint
    assert problem.position == Position(3, 18)


def test_a_comma_within_a_number_in_brackets_asks_for_quotes(parser):
    (problem,) = problems_of("utgångspunkter:\n  lagar: [stöd, 1,5 mkr]")
    assert "mitt i ett tal" in problem.message
    assert not read_yaml("[2027,2028, 2029]", "x").problems


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("titel: Storgatan 1 #b", 20),
        ("titel: #123", 8),
        ("titel:   #123", 10),
        ("{titel: Storgatan 1 #b\n}", 21),
        ("{titel: #b\n}", 9),
    ],
)
def test_a_comment_glued_to_a_value_asks_for_quotes(parser, text, column):
    (problem,) = problems_of(text)
    assert "läses som en kommentar" in problem.message
    assert "citattecken" in problem.hint
    assert problem.position == Position(1, column)


def test_comments_set_apart_are_comments(parser):
    text = "titel: Kvällar # arbetsnamn\nmål: # se bilaga\n  syfte: 'x' #y\n#z\nstatus: #\n"
    agreement = loads(text)
    assert (agreement.title, agreement.goals.purpose, agreement.status) == ("Kvällar", "x", None)


@pytest.mark.parametrize("written", ["", " ", " null", " ~", " NULL"])
def test_a_value_left_out_is_absent(parser, written):
    assert isinstance(value_of(f"titel:{written}"), EmptyNode)
    assert loads(f"titel:{written}\nstatus: utkast").title is None


@pytest.mark.parametrize("written", ["''", '""'])
def test_an_empty_text_is_a_text(parser, written):
    assert loads(f"titel: {written}").title == ""


@pytest.mark.parametrize("written", ["NO", "0123456789", "1_000", "12:30:00", "2027-01-01", "1e3", "on", "0x1F", "="])
def test_nothing_is_guessed_about_a_value(parser, written):
    assert loads(f"titel: {written}").title == written
    assert loads(f"titel: '{written}'").title == written


def test_quoted_null_is_a_text():
    assert loads("titel: 'null'").title == "null"


def test_places_are_counted_in_characters(parser):
    node = value_of("'👩‍👩‍👧 å': värde")
    assert isinstance(node, TextNode)
    assert node.position == Position(1, 12)


def test_lists_and_items_have_their_places(parser):
    node = value_of("parter:\n  - a\n  - b")
    assert isinstance(node, ListNode)
    assert (node.position, node.items[1].position) == (Position(2, 3), Position(3, 5))


@pytest.mark.parametrize(
    ("header", "text"),
    [("|", "ett\ntvå"), (">", "ett två"), ("|-", "ett\ntvå"), ("|+", "ett\ntvå\n\n"), ("|2+", "ett\ntvå\n\n")],
)
def test_the_line_end_that_closes_a_block_is_no_text(header: str, text: str) -> None:
    node = read_yaml(f"a: {header}\n  ett\n  två\n\n", "a.yaml").root
    assert isinstance(node, MapNode)
    assert node.entries[0][1].text == text
