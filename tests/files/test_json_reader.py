import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iopdocs.errors import LoadError, Position
from iopdocs.files.json_reader import read_json
from iopdocs.files.loader import loads
from iopdocs.files.nodes import EmptyNode, ListNode, MapNode, TextNode
from tests.helpers.properties import examples
from tests.helpers.strategies import texts


def problems_of(text):
    with pytest.raises(LoadError) as caught:
        loads(text, kind="json")
    return caught.value.problems


REFUSED = {
    "nothing": ("  ", 1, 3, "slutar för tidigt"),
    "thirty thousand brackets": ("[" * 30_000, 1, 51, "50 nivåer"),
    "thirty thousand braces": ('{"a":' * 30_000, 1, 251, "50 nivåer"),
    "a lone surrogate": ('{"titel": "a\\ud800b"}', 1, 13, "U+D800"),
    "the wrong half of a pair": ('{"titel": "\\udc00\\ud800"}', 1, 12, "U+DC00"),
    "half a pair and a letter": ('{"titel": "\\ud800\\u0041"}', 1, 12, "U+D800"),
    "a NUL by escape": ('{"titel": "\\u0000"}', 1, 12, "U+0000"),
    "NaN": ('{"titel": NaN}', 1, 11, "NaN"),
    "infinity": ('{"titel": -Infinity}', 1, 11, "Infinity"),
    "a leading zero": ('{"titel": 012}', 1, 11, "inget värde"),
    "a number with spaces": ('{"ekonomi": 900 000}', 1, 17, "komma"),
    "a word without quotes": ('{"titel": ja}', 1, 11, "”ja”"),
    "single quotes": ("{\"titel\": 'x'}", 1, 11, "citattecken"),
    "a key without quotes": ("{titel: 1}", 1, 2, "nyckel"),
    "a comma too many in a map": ('{"titel": "x",}', 1, 15, "nyckel"),
    "a comma too many in a list": ('["x",]', 1, 6, "saknas ett värde"),
    "no comma": ('{"titel": "x"\n "status": "y"}', 2, 2, "komma"),
    "no colon": ('{"titel" "x"}', 1, 10, "kolon"),
    "an unfinished text": ('{"titel": "x\n"}', 1, 11, "avslutas inte"),
    "a tab in a text": ('{"titel": "a\tb"}', 1, 13, "styrtecken"),
    "an unknown escape": ('{"titel": "\\x"}', 1, 12, "bakåtstreck"),
    "half an escape": ('{"titel": "\\u12', 1, 12, "hexadecimala"),
    "an unfinished map": ('{"titel": "x"', 1, 14, "började på rad 1"),
    "something after the end": ('{"titel": "x"} {}', 1, 16, "efter det som är slut"),
    "a comment": ('{"titel": "x"} // slut', 1, 16, "efter det som är slut"),
    "a list at the top": ('["titel"]', 1, 1, "lista överst"),
    "a number at the top": ("5", 1, 1, "bara en text"),
}


@pytest.mark.parametrize(("text", "line", "column", "message"), REFUSED.values(), ids=REFUSED)
def test_invalid_file_is_reported_with_position_and_remedy(text, line, column, message):
    (problem,) = problems_of(text)
    assert problem.position == Position(line, column)
    assert message in problem.message
    assert problem.hint


def test_duplicate_key_is_reported_with_both_lines():
    (problem,) = problems_of('{"titel": "a",\n "titel": "b"}')
    assert problem.message == "nyckeln ”titel” står två gånger, på rad 1 och rad 2"


def test_more_values_than_any_agreement_has():
    assert "200 000" in problems_of('{"a": [' + "1," * 200_000 + "1]}")[0].message


def test_numbers_and_truth_values_are_kept_as_written():
    text = '{"parter": [{"namn": 1.50}], "ekonomi": {"utan_vinstsyfte": true, "utbetalningar": [{"belopp": 225000}]}}'
    agreement = loads(text, kind="json")
    assert agreement.parties[0].name == "1.50"
    assert agreement.economy.non_profit is True
    assert str(agreement.economy.payments[0].amount) == "225 000 kr"


def test_null_is_absent_and_an_empty_text_is_not():
    agreement = loads('{"titel": null, "parter": [{"namn": ""}]}', kind="json")
    assert agreement.title is None
    assert agreement.parties[0].name == ""


def test_a_pair_of_surrogates_is_one_character():
    assert loads('{"titel": "\\ud83d\\ude00"}', kind="json").title == "😀"


def plain(node):
    if isinstance(node, MapNode):
        return {key.text: plain(value) for key, value in node.entries}
    if isinstance(node, ListNode):
        return [plain(item) for item in node.items]
    return None if isinstance(node, EmptyNode) else node.text


DATA = st.recursive(
    st.none() | texts(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abåäö"), inner, max_size=3),
)


@examples(100)
@given(DATA, st.booleans(), st.sampled_from([None, 2]))
def test_what_the_standard_library_writes_is_read_the_same(data, ascii_only, indent):
    assert plain(read_json(json.dumps(data, ensure_ascii=ascii_only, indent=indent), "x").root) == data


@examples(100)
@given(st.integers() | st.floats(allow_nan=False, allow_infinity=False))
def test_any_number_comes_as_it_was_written(number):
    written = json.dumps(number)
    assert read_json(written, "x").root == TextNode(written, Position(1, 1), "number")
