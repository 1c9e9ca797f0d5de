"""The choice of form: the table and the questions as data, what the answers lead to, and what a broken file is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import iopdocs
from iopdocs.library.form_choice import PARTNERSHIP, AnswerEffect, FormChoices, parse_choices
from iopdocs.library.layer_reader import load_library
from iopdocs.linter.form_advice import Advice, FormVerdict, advise
from iopdocs.model.assessment import Answer, Answered
from tests.helpers.layers import make_layer
from tests.helpers.properties import examples

CHOICES = load_library().choices
IDS = [question.id or "" for question in CHOICES.questions]
SHORT_NAMES = {"malmo", "famna", "vgr", "sou"}

ANSWERS = st.dictionaries(st.sampled_from(IDS), st.sampled_from(list(Answer)))
ALL_FIRM = st.fixed_dictionaries({id: st.sampled_from([Answer.YES, Answer.NO]) for id in IDS})

# The answers of a partnership as the sources describe it.
PARTNERSHIP_ANSWERS = dict.fromkeys(
    (
        "villig-part", "mellan-formerna", "eget-initiativ", "gemensamt-mål", "samfinansiering", "gemensamt-utformat",
        "ingen-ensam", "justering", "politiskt-uppdrag",
    ),
    Answer.YES,
)  # fmt: skip
FITTING = {id: PARTNERSHIP_ANSWERS.get(id, Answer.NO) for id in IDS}


def answered(answers: dict[str, Answer]) -> list[Answered]:
    return [Answered(question=id, answer=answer) for id, answer in answers.items()]


def advice(**changes: str) -> Advice:
    given = FITTING | {id.replace("_", "-"): Answer(word) for id, word in changes.items()}
    return advise(CHOICES, answered(given))


def effects(answers: dict[str, Answer]) -> list[AnswerEffect]:
    found = [CHOICES.question(id) for id in answers]
    pairs = zip(found, answers.values(), strict=True)
    return [effect for question, answer in pairs if question and (effect := question.effect(answer))]


def ids(result: Advice) -> list[str | None]:
    return [form.id for form in result.forms]


def test_a_mutual_jointly_defined_cofinanced_cooperation_is_a_partnership() -> None:
    result = advice()
    assert result.partnership_fits
    assert ids(result) == [PARTNERSHIP]
    assert result.open_questions == ()
    assert result.against == ()


@pytest.mark.parametrize(
    ("changes", "form"),
    [
        ({"flera_aktörer": "ja"}, "upphandling"),
        ({"vinst": "ja"}, "upphandling"),
        ({"bestämd_tjänst": "ja"}, "upphandling"),
        ({"valfrihet": "ja"}, "valfrihetssystem"),
        ({"valfrihet": "ja", "flera_aktörer": "ja"}, "valfrihetssystem"),
        ({"reserverat": "ja"}, "reserverad-upphandling"),
        ({"reserverat": "ja", "flera_aktörer": "ja"}, "reserverad-upphandling"),
        ({"reserverat": "ja", "valfrihet": "ja"}, "reserverat-valfrihetssystem"),
        ({"uppdrag_mot_bidrag": "ja"}, "uppdragsbidrag"),
        ({"allmänt_stöd": "ja"}, "föreningsbidrag"),
        ({"utlysning": "ja"}, "projektmedel"),
        ({"villig_part": "nej", "ingen_ensam": "nej"}, "eget-kapital"),
        ({}, "iop"),
    ],
    ids=str,
)
def test_the_answers_of_the_sources_lead_to_the_form_of_the_sources(changes: dict[str, str], form: str) -> None:
    result = advice(**changes)
    assert ids(result) == [form]
    assert result.verdict is FormVerdict.FITS
    assert result.partnership_fits == (form == "iop")
    assert result.grounds
    assert all(ground.effect.reason and ground.question.sources for ground in result.grounds)


def test_every_form_of_the_table_is_reached_by_one_of_the_cases_above() -> None:
    cases = test_the_answers_of_the_sources_lead_to_the_form_of_the_sources.pytestmark[0].args[1]  # type: ignore[attr-defined]
    assert {form for _changes, form in cases} == {form.id for form in CHOICES.forms}


def test_an_idea_of_the_public_body_alone_leaves_the_partnership_but_says_to_look_for_a_market() -> None:
    result = advice(offentligt_initiativ="ja")
    assert result.partnership_fits
    assert any("marknad" in text for text in result.consider)
    assert [ground.question.id for ground in result.against] == ["offentligt-initiativ"]


@pytest.mark.parametrize("id", ["gemensamt-mål", "samfinansiering", "gemensamt-utformat", "politiskt-uppdrag"])
def test_without_a_mark_of_a_partnership_it_is_none_and_no_other_form_is_claimed(id: str) -> None:
    result = advise(CHOICES, answered(FITTING | {id: Answer.NO}))
    assert result.rules_out_partnership
    assert PARTNERSHIP not in ids(result)
    assert result.verdict is not FormVerdict.FITS
    assert [ground.question.id for ground in result.grounds][:1] == [id]


@pytest.mark.parametrize("id", IDS)
def test_an_unclear_answer_never_gives_a_firm_one(id: str) -> None:
    result = advise(CHOICES, answered(FITTING | {id: Answer.UNCLEAR}))
    assert result.verdict is FormVerdict.UNCLEAR
    assert not result.partnership_fits
    assert [question.id for question in result.open_questions] == [id]


def test_contradictory_decisive_answers_are_reported() -> None:
    result = advice(flera_aktörer="ja", allmänt_stöd="ja")
    assert result.verdict is FormVerdict.CONTRADICTORY
    assert ids(result) == []
    assert {ground.question.id for ground in result.settling} == {"flera-aktörer", "allmänt-stöd"}


def test_a_question_with_two_answers_is_open() -> None:
    twice = [*answered(FITTING), Answered(question="vinst", answer=Answer.YES)]
    assert [question.id for question in advise(CHOICES, twice).open_questions] == ["vinst"]


@examples(100)
@given(answers=ANSWERS)
def test_any_answers_give_advice_whose_json_round_trips(answers: dict[str, Answer]) -> None:
    result = advise(CHOICES, answered(answers))
    data = result.as_data()
    assert json.loads(json.dumps(data, ensure_ascii=False)) == data
    firm = {id for id, answer in answers.items() if answer is not Answer.UNCLEAR}
    assert {question["fråga"] for question in data["ta_reda_på"]} == set(IDS) - firm
    if firm != set(IDS):
        assert result.verdict is not FormVerdict.FITS


@examples(100)
@given(answers=ALL_FIRM)
def test_decisive_answers_always_win(answers: dict[str, Answer]) -> None:
    result = advise(CHOICES, answered(answers))
    possible = {form.id for form in CHOICES.forms}
    for effect in effects(answers):
        possible -= set(effect.excludes)
        if effect.decisive:
            possible &= set(effect.forms)
    assert set(ids(result)) <= possible
    assert (result.verdict is FormVerdict.CONTRADICTORY) == (not possible)
    assert result.rules_out_partnership == (PARTNERSHIP not in possible)


@examples(60)
@given(answers=ANSWERS, order=st.randoms(use_true_random=False))
def test_the_order_of_the_answers_does_not_matter(answers: dict[str, Answer], order: object) -> None:
    mixed = answered(answers)
    getattr(order, "shuffle")(mixed)  # noqa: B009 - hypothesis types it as Random only at run time
    assert advise(CHOICES, mixed) == advise(CHOICES, answered(answers))


def test_every_form_question_and_road_names_a_source_with_a_heading() -> None:
    named = [(one.id, one.sources) for one in (*CHOICES.forms, *CHOICES.questions)]
    named += [(road.id, road.sources) for road in CHOICES.roads]
    for id, sources in named:
        assert sources, id
        for source in sources:
            assert source.document in SHORT_NAMES, id
            assert (source.heading or "").strip(), id


def test_the_table_has_the_forms_of_the_sources_with_all_its_rows() -> None:
    assert {"upphandling", "valfrihetssystem", "uppdragsbidrag", "föreningsbidrag", "projektmedel", "iop"} <= {
        form.id for form in CHOICES.forms
    }
    assert all(form.starts and form.paid and form.adjustment and form.influence for form in CHOICES.forms)
    assert {road.id for road in CHOICES.roads} == {"bidragsvägen", "upphandlingsvägen", "partnerskapsvägen"}


SMALL = """
former:
  - id: iop
    namn: IOP
    hur_det_börjar: I dialog.
    hur_det_betalas: I förskott.
    justering: Löpande.
    inflytande: Gemensamt.
    källa: [{dokument: Exempelstad, rubrik: Riktlinje}]
frågor:
  - id: egen
    fråga: Är det en egen fråga?
    källa: [{dokument: Exempelstad, rubrik: Riktlinje}]
    svar: [{svar: ja, talar_för: [iop], vikt: 3, skäl: Det är det.}]
"""


def small() -> FormChoices:
    return parse_choices(SMALL, file="vagval.yaml")


def test_a_layer_replaces_the_questions_and_one_without_them_does_not(tmp_path: Path) -> None:
    own = make_layer(tmp_path / "ett", {"vagval.yaml": SMALL}, name="ett")
    without = make_layer(tmp_path / "två", {}, name="två")
    assert [question.id for question in load_library([own, without]).choices.questions] == ["egen"]
    assert load_library([without]).choices == CHOICES


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("id: iop\n", "id: ipo\n", 2, "formen ”iop” saknas"),
        ("    justering: Löpande.\n", "", 2, "”justering” saknas"),
        ("talar_för: [iop]", "talar_för: [iopp]", 13, "menade du ”iop”"),
        ("talar_för: [iop]", "utesluter: [lov]", 13, "välj bland: iop"),
        ("vikt: 3", "vikt: 9", 13, "1 till 5"),
        ("vikt: 3", "vikt: tre", 13, "heltal"),
        ("svar: ja,", "svar: oklart,", 13, "ja eller nej"),
        ("skäl: Det är det.", 'skäl: ""', 13, "inget skäl"),
        ("id: egen", "id: Egen Fråga", 10, "har fel form"),
        ("fråga: Är det en egen fråga?", "frågga: Är det en egen fråga?", 11, "menade du ”fråga”"),
        ("[{svar: ja, ", "[{svar: ja, skäl: a}, {svar: ja, ", 13, "två gånger"),
        ("talar_för: [iop], vikt: 3", "avgörande: ja", 13, "talar inte för någon form"),
        ("    namn: IOP\n", "    namn: IOP\n    väg: bivägen\n", 4, "vägen ”bivägen” finns inte"),
        ("namn: IOP", "namn: [IOP", 4, "vagval.yaml"),
    ],
    ids=lambda value: str(value).strip() if isinstance(value, str) else "",
)
def test_invalid_file_is_reported_with_file_line_and_expectation(
    tmp_path: Path, old: str, new: str, line: int, says: str
) -> None:
    assert old in SMALL
    layer = make_layer(tmp_path / "l", {"vagval.yaml": SMALL.lstrip("\n").replace(old, new, 1)})
    with pytest.raises(iopdocs.LibraryError) as caught:
        load_library([layer])
    assert says in str(caught.value)
    places = [(Path(one.file).name, one.position.line if one.position else 0) for one in caught.value.problems]
    assert ("vagval.yaml", line) in places
    assert all(problem.hint for problem in caught.value.problems)


def test_all_mistakes_are_reported_together() -> None:
    wrong = SMALL.replace("namn: IOP", "namn: ''").replace("vikt: 3", "vikt: 0").replace("fråga: Är", "hjälp: Är")
    with pytest.raises(iopdocs.LibraryError) as caught:
        parse_choices(wrong, file="vagval.yaml")
    assert len(caught.value.problems) == 3


def test_a_file_with_one_question_gives_a_firm_answer() -> None:
    assert advise(small(), [Answered(question=" EGEN ", answer=Answer.YES)]).partnership_fits
    assert advise(small(), [Answered(question="egen", answer=Answer.NO)]).verdict is FormVerdict.UNCLEAR


def test_the_page_about_it_shows_a_file_that_works_and_all_the_forms() -> None:
    page = (Path(__file__).parents[2] / "docs" / "vagval.md").read_text(encoding="utf-8")
    blocks = [block.partition("```")[0] for block in page.split("```yaml\n")[1:]]
    assert iopdocs.loads(blocks[0]).choice is not None
    assert parse_choices(blocks[1], file="vagval.yaml").questions[0].id == "samråd"
    assert all(f"`{form.id}`" in page for form in CHOICES.forms)
