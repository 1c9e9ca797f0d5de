import json

import pytest

from iopdocs.errors import WriteError
from iopdocs.files.data_writer import dump, dumps
from iopdocs.files.loader import load, loads
from iopdocs.model.agreement import Agreement
from iopdocs.model.economy import Economy, Indexation
from iopdocs.model.goals import Goals
from iopdocs.model.parties import Party
from iopdocs.model.starting_points import Basis
from tests.helpers.refusals import no_writing


def title_line(text):
    return dumps(Agreement(title=text)).removeprefix("format: 1\n\ntitel: ")


def test_yaml_stands_as_a_person_would_write_it():
    agreement = loads(
        """{titel: Kvällar, parter: [{namn: A kommun, typ: Kommun, enheter: [Socialnämnden, Kulturnämnden]}],
        ekonomi: {utan_vinstsyfte: true, utbetalningar: [{belopp: 225000, senast: 31 januari 2027}],
        uppräkning: {andel: "12.50 %"}}, mål: {syfte: "Ett.\\n\\nTvå.", målgrupp: {antal: 1 200}}}"""
    )
    assert (
        dumps(agreement)
        == """\
format: 1

titel: Kvällar

parter:
  - namn: A kommun
    typ: kommun
    enheter: [Socialnämnden, Kulturnämnden]

mål:
  syfte: |
    Ett.

    Två.
  målgrupp:
    antal: 1200

ekonomi:
  utbetalningar:
    - belopp: 225 000 kr
      senast: 2027-01-31
  uppräkning:
    andel: 12,5
  utan_vinstsyfte: ja
"""
    )


def test_json_has_numbers_and_truth_values_and_the_rest_as_text():
    text = "mål: {målgrupp: {antal: 400}}\nekonomi: {utan_vinstsyfte: ja, budget: [{år: 2027, belopp: 600 000 kr}]}"
    assert json.loads(dumps(loads(text), "json")) == {
        "format": 1,
        "mål": {"målgrupp": {"antal": 400}},
        "ekonomi": {"budget": [{"år": 2027, "belopp": "600 000 kr"}], "utan_vinstsyfte": True},
    }
    assert "mål" in dumps(loads(text), "json")


@pytest.mark.parametrize(
    "text", ["Trygga kvällar", "Storgatan 1, 123 45 Ort", "a#b", "10:30 varje dag", "Åsa's", "§ 12"]
)
def test_a_text_that_cannot_be_misread_stands_without_quotes(text):
    assert title_line(text) == text + "\n"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("", "''"),
        ("null", '"null"'),
        ("~", '"~"'),
        ("2027", '"2027"'),
        ("NO", '"NO"'),
        ("Storgatan 1 #b", '"Storgatan 1 #b"'),
        ("Mål: trygghet", '"Mål: trygghet"'),
        (" indraget", '" indraget"'),
        ("[a]", '"[a]"'),
        ("- punkt", '"- punkt"'),
        ('"Ord" i början', "'\"Ord\" i början'"),
        ("a\tb", '"a\\tb"'),
        ("a\u2028b", '"a\\u2028b"'),
        (" a\nb", '" a\\nb"'),
        ("\n", '"\\n"'),
    ],
)
def test_a_text_that_could_be_misread_is_quoted(text, written):
    assert title_line(text) == written + "\n"
    assert loads(dumps(Agreement(title=text))).title == text


@pytest.mark.parametrize("text", ["a\nb", "a\n\n  b: [c]\n- d", "# a\n---\nb #c"])
def test_a_text_of_several_lines_is_a_block(text):
    written = dumps(Agreement(goals=Goals(purpose=text)))
    assert "syfte: |" in written
    assert loads(written).goals.purpose == text


def test_list_items_that_would_be_misread_in_brackets_stand_on_lines():
    written = dumps(Agreement(basis=Basis(laws=("1,5 mkr", "a]"))))
    assert "lagar:\n    - 1,5 mkr\n    - a]\n" in written


def test_an_empty_agreement_is_a_file_that_loads():
    assert loads(dumps(Agreement())) == Agreement()


def test_a_number_without_decimals_has_none():
    share = loads("ekonomi: {uppräkning: {andel: '80,00'}}").economy.indexation
    assert share == Indexation(share=share.share)
    assert "andel: 80\n" in dumps(Agreement(economy=Economy(indexation=share)))


def test_existing_file_is_kept_without_overwrite(tmp_path):
    path = tmp_path / "avtal.yaml"
    path.write_text("mitt")
    with pytest.raises(WriteError, match="finns redan"):
        dump(Agreement(title="x"), path)
    assert path.read_text() == "mitt"
    assert dump(Agreement(title="x"), path, overwrite=True) == path
    assert load(path).title == "x"


@pytest.mark.parametrize("name", ["avtal.txt", "avtal", "saknas/avtal.yaml", "a\0.yaml"])
def test_unwritable_file_is_reported(tmp_path, name):
    with pytest.raises(WriteError) as caught:
        dump(Agreement(), tmp_path / name)
    assert caught.value.problems[0].hint
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_no_file(tmp_path):
    (tmp_path / "avtal.yaml").mkdir()
    with pytest.raises(WriteError, match="är en mapp"):
        dump(Agreement(), tmp_path / "avtal.yaml", overwrite=True)


def test_unwritable_folder_is_reported(tmp_path, monkeypatch):
    no_writing(monkeypatch)
    with pytest.raises(WriteError, match="kan inte skrivas"):
        dump(Agreement(parties=(Party(),)), tmp_path / "avtal.yaml")
    assert list(tmp_path.iterdir()) == []
