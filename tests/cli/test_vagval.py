"""``iopdocs vagval``: asked at a terminal or read from a file, told as text or JSON, written to be pasted."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

import iopdocs
from iopdocs.cli.app import main
from iopdocs.cli.vagval_questions import parse_answer
from iopdocs.library.layer_reader import load_library
from iopdocs.model.assessment import Answer
from tests.helpers.command import Outcome
from tests.helpers.command import iopdocs as command
from tests.helpers.layers import make_layer
from tests.helpers.refusals import no_writing

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "trygga-kvallar.yaml"
QUESTIONS = load_library().choices.questions
YES = {
    "villig-part", "mellan-formerna", "eget-initiativ", "gemensamt-mål", "samfinansiering", "gemensamt-utformat",
    "ingen-ensam", "justering", "politiskt-uppdrag",
}  # fmt: skip
FITTING = {question.id or "": "ja" if question.id in YES else "nej" for question in QUESTIONS}
NOT_LEGAL = "ingen juridisk bedömning"


def answers(**changes: str) -> str:
    given = FITTING | {id.replace("_", "-"): word for id, word in changes.items()}
    return "vägval:\n  svar:\n" + "".join(f"    - {{fråga: {id}, svar: {word}}}\n" for id, word in given.items())


def written(folder: Path, text: str, name: str = "svar.yaml") -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)


def run(*arguments: str, cwd: Path, encoding: str = "utf-8", **environment: str) -> Outcome:
    return command("vagval", *arguments, cwd=cwd, encoding=encoding, **environment)


def ask(
    typed: Sequence[str],
    arguments: Sequence[str],
    monkeypatch: pytest.MonkeyPatch,
    stop: type[BaseException] = EOFError,
) -> int:
    """Run the command as if at a terminal where *typed* is written; *stop* comes when there is no more."""
    lines = iter(typed)

    def read(_prompt: str = "") -> str:
        for line in lines:
            return line
        raise stop

    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("click.termui.visible_prompt_func", read)
    with pytest.raises(SystemExit) as ended:
        main(["vagval", *arguments])
    return int(str(ended.value.code))


@pytest.mark.parametrize(
    ("changes", "code", "says"),
    [
        ({}, 0, "talar för ett idéburet offentligt partnerskap"),
        ({"flera_aktörer": "ja"}, 1, "upphandling enligt LOU, inte för ett partnerskap"),
        ({"vinst": "oklart"}, 1, "Ta reda på vad verksamheten kostar"),
        ({"flera_aktörer": "ja", "allmänt_stöd": "ja"}, 1, "går inte ihop"),
        ({"samfinansiering": "nej"}, 1, "talar emot ett partnerskap"),
    ],
    ids=str,
)
def test_answers_in_a_file_give_advice_with_reasons_and_sources(
    tmp_path: Path, changes: dict[str, str], code: int, says: str
) -> None:
    result = run(written(tmp_path, answers(**changes)), cwd=tmp_path)
    assert result.code == code, result.err
    told = " ".join(result.out.split())
    assert says in told
    assert NOT_LEGAL in told
    assert "Källa: malmo, " in told
    assert sorted(path.name for path in tmp_path.iterdir()) == ["svar.yaml"]


def test_agreement_and_answers_file_give_the_same_advice(tmp_path: Path) -> None:
    agreement = run(str(EXAMPLE), cwd=tmp_path)
    assert agreement.code == 0
    choice = iopdocs.load(EXAMPLE).choice
    assert choice is not None
    rows = "".join(
        f"- {{fråga: {one.question}, svar: {one.answer.value if one.answer else ''}}}\n" for one in choice.answers
    )
    alone = run(written(tmp_path, f"svar:\n{rows}"), cwd=tmp_path)
    assert alone.code == 0
    assert alone.out.splitlines()[0] == agreement.out.splitlines()[0]


def test_json_holds_the_form_the_reasons_and_the_answers(tmp_path: Path) -> None:
    result = run(written(tmp_path, answers(valfrihet="ja")), "--format", "json", cwd=tmp_path)
    data = json.loads(result.out)
    assert result.code == 1
    assert data["format"] == 1
    assert data["former"][0]["id"] == "valfrihetssystem"
    assert data["talar_för"][0]["fråga"] == "valfrihet"
    assert {one["fråga"]: one["svar"] for one in data["vägval"]["svar"]} == FITTING | {"valfrihet": "ja"}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("vägval: {svar: [{fråga: vinnst, svar: nej}]}\n", ["svar.yaml:1", "menade du ”vinst”"]),
        ("vägval: {form: förenings-bidrag}\n", ["menade du ”föreningsbidrag”"]),
        ("vägval: {svar: [{fråga: vinst, svar: kanske}]}\n", ["svar.yaml:1", "ja, nej, oklart"]),
        ("vägval: {svar: [{svar: nej}]}\n", ["vilken fråga"]),
        ("titel: Trygga kvällar\n", ["har inga svar på vägvalet"]),
        ("svar: [{fråga: vinst, svar: [nej]}]\n", ["svar.yaml:1"]),
        ("vägval: [\n", ["svar.yaml"]),
        ("", ["tom"]),
    ],
)
def test_wrong_file_is_reported_with_its_position_and_remedy(tmp_path: Path, text: str, says: list[str]) -> None:
    result = run(written(tmp_path, text), cwd=tmp_path)
    assert result.code == 2
    assert result.out == ""
    assert "Traceback" not in result.err
    for words in says:
        assert words in result.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "körs inte i en terminal"),
        (["finnsinte.yaml"], "finns inte"),
        ([str(EXAMPLE), "--format", "xml"], "text, json"),
        ([str(EXAMPLE), "--layer", "finnsinte"], "lagret finns inte"),
        ([str(EXAMPLE), "-o", "finnsinte/svar.yaml"], "mappen finns inte"),
    ],
    ids=str,
)
def test_a_wrong_call_says_what_is_right(tmp_path: Path, arguments: list[str], says: str) -> None:
    result = run(*arguments, cwd=tmp_path)
    assert result.code == 2
    assert says in result.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("encoding", ["cp1252", "cp437", "cp850"])
def test_it_works_in_an_old_console(tmp_path: Path, encoding: str) -> None:
    result = run(written(tmp_path, answers(vinst="oklart")), cwd=tmp_path, encoding=encoding)
    assert result.code == 1
    assert "verksamheten" in result.out
    if encoding == "cp1252":
        assert "?" not in result.out.splitlines()[0]


@pytest.mark.parametrize("columns", ["40", "80", "200"])
def test_the_text_fits_the_terminal(tmp_path: Path, columns: str) -> None:
    result = run(str(EXAMPLE), cwd=tmp_path, COLUMNS=columns)
    assert max(len(line) for line in result.out.splitlines()) <= max(40, int(columns))


def test_questions_are_asked_and_the_answers_written_to_be_pasted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = list(FITTING.values())
    typed[0] = "Ja, två nämnder vill: ”självklart”"
    target = tmp_path / "svar.yaml"
    assert ask(typed, ["-o", str(target)], monkeypatch) == 0
    shown = capsys.readouterr()
    assert "talar för ett idéburet offentligt partnerskap" in " ".join(shown.out.split())
    assert all((question.text or "").split()[0] in shown.err for question in QUESTIONS)
    text = target.read_text(encoding="utf-8")
    assert text.startswith("vägval:\n")
    pasted = iopdocs.loads("format: 1\ntitel: Prov\n" + text)
    assert pasted.choice is not None
    assert {one.question: one.answer.value for one in pasted.choice.answers if one.answer} == FITTING
    assert pasted.choice.answers[0].reason == "två nämnder vill: ”självklart”"
    assert run(str(target), cwd=tmp_path).code == 0


def test_help_back_and_what_is_no_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    first = QUESTIONS[0].id or ""
    rest = list(FITTING.values())[1:]
    typed = ["tillbaka", "?", "", "kanske", "nej", "tillbaka", "ja", *rest]
    target = tmp_path / "svar.yaml"
    assert ask(typed, ["-o", str(target)], monkeypatch) == 0
    shown = " ".join(capsys.readouterr().err.split())
    assert " ".join((QUESTIONS[0].help or "-").split()) in shown
    assert "Källa: malmo" in shown
    assert shown.count("Skriv ja, nej eller oklart") == 2
    choice = iopdocs.load(target).choice
    assert choice is not None
    assert [one.question for one in choice.answers] == list(FITTING)
    assert choice.answers[0].question == first
    assert choice.answers[0].answer is Answer.YES


@pytest.mark.parametrize("stop", [KeyboardInterrupt, EOFError])
def test_breaking_off_ends_with_130_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], stop: type[BaseException]
) -> None:
    assert ask(["ja", "nej"], ["-o", str(tmp_path / "svar.yaml")], monkeypatch, stop) == 130
    assert "Avbrutet." in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_an_existing_file_is_refused_before_the_first_question(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "svar.yaml"
    target.write_text("mitt\n", encoding="utf-8")
    assert ask([], ["-o", str(target)], monkeypatch) == 2
    shown = capsys.readouterr().err
    assert "finns redan" in shown
    assert "Vägval:" not in shown
    assert target.read_text(encoding="utf-8") == "mitt\n"
    assert run(str(EXAMPLE), "-o", str(target), "--overwrite", cwd=tmp_path).code == 0
    assert target.read_text(encoding="utf-8").startswith("vägval:")


def test_the_agreement_that_is_read_is_never_replaced_by_its_answers(tmp_path: Path) -> None:
    copy = tmp_path / "avtal.yaml"
    copy.write_bytes(EXAMPLE.read_bytes())
    result = run("avtal.yaml", "-o", "avtal.yaml", "--overwrite", cwd=tmp_path)
    assert result.code == 2
    assert "det som läses" in result.err
    assert copy.read_bytes() == EXAMPLE.read_bytes()


def test_answers_that_cannot_be_written_are_shown_so_that_they_are_not_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    no_writing(monkeypatch)
    assert ask(list(FITTING.values()), ["-o", str(tmp_path / "svar.yaml")], monkeypatch) == 2
    shown = capsys.readouterr().err
    assert "kan inte skrivas" in shown
    assert "- fråga: politiskt-uppdrag" in shown


OWN = """
former:
  - {id: iop, namn: Partnerskap, hur_det_börjar: a, hur_det_betalas: b, justering: c, inflytande: d, källa: [{dokument: egen}]}
frågor:
  - id: egen
    fråga: Är det en egen fråga?
    källa: [{dokument: egen, rubrik: Riktlinje}]
    svar: [{svar: ja, talar_för: [iop], vikt: 3, skäl: Det är det.}]
"""


def test_a_municipality_asks_its_own_questions(tmp_path: Path) -> None:
    layer = make_layer(tmp_path / "lager", {"vagval.yaml": OWN})
    file = written(tmp_path, "svar: [{fråga: egen, svar: ja}]\n")
    assert run(file, "--layer", str(layer), cwd=tmp_path).code == 0
    assert run(file, cwd=tmp_path).code == 2
    (layer / "vagval.yaml").write_text(OWN.replace("skäl: Det är det.", "skäll: x"), encoding="utf-8")
    broken = run(file, "--layer", str(layer), cwd=tmp_path)
    assert broken.code == 2
    assert "vagval.yaml:8" in broken.err
    assert "menade du" in broken.err


def test_layers_are_found_as_by_the_other_commands(tmp_path: Path) -> None:
    layer = make_layer(tmp_path / "lager", {"vagval.yaml": OWN})
    file = written(tmp_path, "svar: [{fråga: egen, svar: ja}]\n")
    assert run(file, cwd=tmp_path, IOPDOCS_LAYERS=str(layer)).code == 0
    (tmp_path / "iopdocs.yaml").write_text("lager: [lager]\n", encoding="utf-8")
    assert run(file, cwd=tmp_path).code == 0
    assert run(file, "--no-config", cwd=tmp_path).code == 2


@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal is something Unix has")
def test_it_asks_at_a_real_terminal(tmp_path: Path) -> None:
    import pty

    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "iopdocs", "vagval", "-o", "svar.yaml"],
        stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    os.write(ours, "".join(f"{word}\n" for word in FITTING.values()).encode())
    out, _error = process.communicate(timeout=120)
    os.close(ours)
    os.close(theirs)
    assert process.returncode == 0
    assert NOT_LEGAL in " ".join(out.decode().split())
    assert (tmp_path / "svar.yaml").exists()


@pytest.mark.parametrize(
    ("typed", "answer", "reason"),
    [
        ("ja", Answer.YES, None),
        (" NEJ ", Answer.NO, None),
        ("oklart", Answer.UNCLEAR, None),
        ("vet inte", Answer.UNCLEAR, None),
        ("nej – ingen annan finns", Answer.NO, "ingen annan finns"),
        ("ja: av två skäl, minst", Answer.YES, "av två skäl, minst"),
        ("jaha", None, None),
        ("ja ja", None, None),
        ("", None, None),
        ("ja, \x00", None, None),
    ],
)
def test_an_answer_may_carry_its_reason(typed: str, answer: Answer | None, reason: str | None) -> None:
    found = parse_answer(typed)
    assert (found.answer if found else None) is answer
    assert (found.reason if found else None) == reason
