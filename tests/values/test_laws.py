"""References to laws and to places of the agreement, in fields and in running text."""

import pytest

from iopdocs.errors import ValueProblem
from iopdocs.values import laws
from iopdocs.values.laws import LawReference
from iopdocs.values.place_references import find_appendices, find_paragraphs, find_sections


@pytest.mark.parametrize(
    ("text", "name", "number", "printed"),
    [
        ("lag (2016:1145) om offentlig upphandling", "lag om offentlig upphandling", "2016:1145", None),
        ("lagen (2016:1145) om offentlig upphandling", "lagen om offentlig upphandling", "2016:1145", None),
        ("kommunallagen (2017:725)", "kommunallagen", "2017:725", None),
        ("socialtjänstlagen (SFS 2025:400)", "socialtjänstlagen", "2025:400", "socialtjänstlagen (2025:400)"),
        ("LOU (2016:1145)", "LOU", "2016:1145", None),
        ("SFS 1930:173", "", "1930:173", None),
        (
            "lagen om offentlig upphandling (2016:1145)",
            "lagen om offentlig upphandling",
            "2016:1145",
            "lagen (2016:1145) om offentlig upphandling",
        ),
        (
            "lag 1974:174 om identitetsbeteckning",
            "lag om identitetsbeteckning",
            "1974:174",
            "lag (1974:174) om identitetsbeteckning",
        ),
    ],
)
def test_a_law_is_read_by_name_and_number_and_reads_back(text, name, number, printed):
    law = LawReference.parse(text)
    assert (law.name, law.number) == (name, number)
    assert str(law) == (printed or text)
    assert LawReference.parse(str(law)) == law


@pytest.mark.parametrize(
    "text",
    [
        "",
        "lag om offentlig upphandling",
        "kommunallagen",
        "kl. 12:30",
        "LOU (2016:1145) och LUF (2016:1146)",
        "SOU 2019:56",
    ],
)
def test_what_is_no_law_with_a_number_is_refused(text):
    with pytest.raises(ValueProblem, match="ingen lag"):
        LawReference.parse(text)


def test_laws_are_found_in_running_text():
    text = "Enligt lagen (2016:1145) om offentlig upphandling, kommunallagen (2017:725) och SFS 1930:173, inte SOU 2019:56."
    assert {text[start:end]: number for number, start, end in laws.find(text)} == {
        "lagen (2016:1145)": "2016:1145",
        "kommunallagen (2017:725)": "2017:725",
        "SFS 1930:173": "1930:173",
    }


def test_places_are_found_with_all_their_numbers():
    text = "Se avsnitt 9.3, bilaga 1 och 2 samt 4 § och § 5; punkt 7 % är ingen."
    assert [[one[0] for one in place.numbers] for place in find_sections(text)] == [["9.3"]]
    assert [[one[0] for one in place.numbers] for place in find_appendices(text)] == [["1", "2"]]
    assert [[one[0] for one in place.numbers] for place in find_paragraphs(text)] == [["5"]]
