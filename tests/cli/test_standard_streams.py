"""``-`` is standard input and standard output, where a command reads or writes one file."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
import yaml

from iopdocs.cli.app import main
from tests.helpers.command import iopdocs

ROOT = Path(__file__).parents[2]
EXAMPLE = (ROOT / "examples" / "trygga-kvallar.yaml").read_bytes()
DATE = ("--date", "2027-01-01")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_bytes(EXAMPLE)
    return tmp_path


@pytest.mark.parametrize("kind", [None, "docx", "html", "md"])
def test_what_is_written_on_standard_output_is_what_a_file_would_hold(kind):
    chosen = ["--to", kind] if kind else []
    iopdocs("render", "a.yaml", "-o", f"a.{kind or 'docx'}", *chosen)
    done = iopdocs("render", "-", "-o", "-", *chosen, given=EXAMPLE, encoding="latin-1")
    assert done.code == 0
    assert done.out.encode("latin-1") == Path(f"a.{kind or 'docx'}").read_bytes()
    assert done.err == "inget saknas\n"


def test_a_document_of_standard_input_in_a_folder_is_called_avtal():
    assert iopdocs("render", "-", "-o", "ut/", "--to", "md", given=EXAMPLE).out.endswith("avtal.md: inget saknas\n")
    assert Path("ut/avtal.md").is_file()


def test_several_documents_do_not_fit_on_standard_output():
    done = iopdocs("render", "a.yaml", "-", "-o", "-", given=EXAMPLE)
    assert done.code == 2
    assert "flera dokument" in done.err


@pytest.mark.parametrize("command", [["render", "a.yaml", "-o", "-"], ["workbook", "new", "-"]])
def test_a_terminal_is_spared_what_it_cannot_show(command, monkeypatch, capfd):
    class Terminal(io.TextIOWrapper):
        def isatty(self) -> bool:
            return True

    stream = Terminal(io.BytesIO(), encoding="utf-8")
    monkeypatch.setattr("sys.stdout", stream)
    with pytest.raises(SystemExit) as ended:
        main(command)
    assert ended.value.code == 2
    assert stream.buffer.getvalue() == b""
    assert "kan inte visas på en terminal" in capfd.readouterr().err


def test_lint_reads_standard_input_with_places_and_kinds():
    done = iopdocs("lint", "-", "--format", "json", *DATE, given=b"titel: Kort\n")
    report = json.loads(done.out)["rapporter"][0]
    assert (done.code, report["fil"]) == (1, "-")
    assert iopdocs("lint", "-", "--select", "S", *DATE, given=b'{"titel": "Kort"}').code == 0
    wrong = iopdocs("lint", "-", *DATE, given=b"titel: [\n")
    assert wrong.code == 2
    assert wrong.err.startswith("-:")
    assert "standard in" in iopdocs("lint", "-").err
    assert "JSON" in iopdocs("lint", "-", "--from", "json", given=b"titel: Kort\n").err


def test_lint_writes_to_standard_output_when_asked_to():
    assert iopdocs("lint", "a.yaml", "-o", "-", *DATE) == iopdocs("lint", "a.yaml", *DATE)


def test_a_file_of_any_name_is_read_as_the_kind_that_is_given():
    Path("avtal.txt").write_text("titel: Kort\n", encoding="utf-8")
    assert iopdocs("render", "avtal.txt", "-o", "a.md").code == 2
    assert iopdocs("render", "avtal.txt", "--from", "yaml", "-o", "a.md").code == 0


def test_convert_goes_both_ways_and_back():
    there = iopdocs("convert", "-", "-", given=EXAMPLE)
    back = iopdocs("convert", "-", "-", given=there.out.encode())
    assert (there.code, back.code) == (0, 0)
    assert json.loads(there.out)["titel"] == yaml.safe_load(back.out)["titel"] == "Trygga kvällar i Norrby"
    assert iopdocs("convert", "a.yaml", "-", "--to", "yaml").out == back.out
    assert iopdocs("convert", "-", "b.json", given=EXAMPLE).code == 0
    assert Path("b.json").read_text(encoding="utf-8") == there.out
    assert iopdocs("convert", "a.yaml", "c.json", "--to", "yaml").code == 2


def test_new_and_vagval_and_review_take_part():
    skeleton = iopdocs("new", "-").out
    assert iopdocs("lint", "-", *DATE, given=skeleton.encode()).code in (0, 1)
    assert "partnerskap" in iopdocs("vagval", "-", given=EXAMPLE).out
    protocol = iopdocs("review", "-", "-o", "-", "--to", "md", *DATE, given=EXAMPLE)
    assert protocol.out.startswith("# Granskningsprotokoll")


def test_standard_input_that_is_too_large_or_no_text_is_refused():
    for data, words in ((b"titel: \xff\xfa\n", "UTF-8"), (b"titel: Kort\n" + b"#" * 5_000_000, "större än 5 MB")):
        done = iopdocs("lint", "-", given=data)
        assert done.code == 2
        assert words in done.err
