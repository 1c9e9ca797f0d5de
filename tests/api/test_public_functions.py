"""Each public function does what its command does, with one path or several."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

import iopdocs
from iopdocs import OutcomeState
from iopdocs.model import Answer, Answered, FormChoice

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "trygga-kvallar.yaml"
LAYER = ROOT / "examples" / "lager" / "exempelstad"
DAY = date(2027, 1, 1)


def test_one_layer_is_one_folder_and_not_a_list_of_letters() -> None:
    names = [layer.name for layer in iopdocs.load_library([LAYER]).layers]
    assert [layer.name for layer in iopdocs.load_library(str(LAYER)).layers] == names
    assert [layer.name for layer in iopdocs.load_library(LAYER).layers] == names
    assert len(names) == 2


def test_a_batch_makes_documents_and_makes_only_what_has_changed(tmp_path: Path) -> None:
    (tmp_path / "avtal").mkdir()
    shutil.copy(EXAMPLE, tmp_path / "avtal" / "ett.yaml")
    (tmp_path / "avtal" / "fel.yaml").write_text("titel: [", encoding="utf-8")
    seen: list[tuple[int, int, str]] = []
    report = iopdocs.run_batch(
        str(tmp_path / "avtal"), tmp_path / "ny" / "ut", kinds="md", today=DAY,
        progress=lambda done, total, outcome: seen.append((done, total, outcome.id)),
    )  # fmt: skip
    assert [outcome.id for outcome in report.outcomes] == ["ett.yaml", "fel.yaml"]
    assert [document.state for document in report.outcomes[0].written] == [OutcomeState.WRITTEN]
    assert report.outcomes[1].problems
    assert (tmp_path / "ny" / "ut" / "ett.md").is_file()
    assert seen == [(1, 2, "ett.yaml"), (2, 2, "fel.yaml")]
    again = iopdocs.run_batch(tmp_path / "avtal", tmp_path / "ny" / "ut", kinds=["md"], today=DAY)
    assert again.outcomes[0].written[0].state == "oförändrad"
    iopdocs.write_report(again, str(tmp_path / "rapport.json"))
    assert (tmp_path / "rapport.json").is_file()


def test_a_batch_refuses_what_it_cannot_do_before_it_makes_anything(tmp_path: Path) -> None:
    out = tmp_path / "ut"
    with pytest.raises(ValueError, match="kinds ska vara bland docx"):
        iopdocs.run_batch(EXAMPLE, out, kinds="odt")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="jobs ska vara från 1"):
        iopdocs.run_batch(EXAMPLE, out, jobs=0)
    with pytest.raises(iopdocs.WriteError):
        iopdocs.run_batch(EXAMPLE, out, name="{finns_inte}")
    with pytest.raises(iopdocs.LibraryError):
        iopdocs.run_batch(EXAMPLE, out, profiles="finns-inte")
    with pytest.raises(iopdocs.LoadError):
        iopdocs.run_batch(tmp_path / "saknas", out)
    assert not out.exists()


def test_a_register_is_made_from_one_source_or_several(tmp_path: Path) -> None:
    one = iopdocs.make_register(str(EXAMPLE), today=DAY)
    assert one == iopdocs.make_register([EXAMPLE], today=DAY)
    assert len(one.rows) == 1
    assert iopdocs.write_register(one, str(tmp_path / "register.csv"))


def test_a_document_is_checked(tmp_path: Path) -> None:
    path = iopdocs.render(iopdocs.load(EXAMPLE)).save(tmp_path / "avtal.docx")
    checked = iopdocs.check_document(str(path or tmp_path / "avtal.docx"))
    assert [finding for finding in checked.findings if finding.level == "fel"] == []
    (tmp_path / "x.docx").write_bytes(b"x")
    with pytest.raises(iopdocs.UnreadableDocument):
        iopdocs.check_document(tmp_path / "x.docx")


def test_answers_lead_to_a_form() -> None:
    by_word = iopdocs.choose_form({"villig-part": "ja", "gemensamt-mål": "nej"})
    as_record = FormChoice(
        answers=(
            Answered(question="villig-part", answer=Answer.YES),
            Answered(question="gemensamt-mål", answer=Answer.NO),
        )
    )
    assert by_word == iopdocs.choose_form(as_record)
    assert by_word.verdict == "oklart"
    assert iopdocs.choose_form({}).open_questions == iopdocs.load_library().choices.questions


def test_every_answer_that_means_nothing_is_reported() -> None:
    with pytest.raises(iopdocs.LoadError) as caught:
        iopdocs.choose_form({"villig-part": "kanske", "vinst": "yes"})
    assert [problem.path for problem in caught.value.problems] == ["villig-part", "vinst"]
    with pytest.raises(iopdocs.LoadError, match="menade du ”villig-part”"):
        iopdocs.choose_form({"villigpart": "ja"})


def test_a_data_file_becomes_one_of_the_other_format(tmp_path: Path) -> None:
    made = iopdocs.convert(str(EXAMPLE), str(tmp_path / "avtal.json"))
    assert iopdocs.load(made) == iopdocs.load(EXAMPLE)
    with pytest.raises(iopdocs.WriteError, match="finns redan"):
        iopdocs.convert(EXAMPLE, made)
    with pytest.raises(iopdocs.WriteError, match="både det som läses och det som skrivs"):
        iopdocs.convert(made, made, overwrite=True)
