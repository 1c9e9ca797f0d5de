"""Every command as a newcomer runs it, rightly and wrongly: what it says, its exit code, and what it leaves on disk."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.command import Outcome, iopdocs
from tests.helpers.refusals import no_writing

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "trygga-kvallar.yaml"
SMALL = "titel: Prov\nparter:\n  - {namn: Exempelstads kommun, typ: kommun, kallas: kommunen}\nmål: {syfte: Syftet.}\n"


def real_process(*arguments: str | Path, cwd: Path, encoding: str = "utf-8") -> Outcome:
    """Run ``iopdocs`` as a user does; most tests do without, since each such start takes a second."""
    done = subprocess.run(
        [sys.executable, "-m", "iopdocs", *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        encoding=encoding,
        env={**os.environ, "PYTHONIOENCODING": encoding},
        timeout=120,
    )
    assert "Traceback" not in done.stderr
    return Outcome(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    file = tmp_path / "avtal.yaml"
    file.write_text(SMALL, encoding="utf-8")
    return file


def test_new_makes_a_file_that_renders_and_lints(tmp_path: Path) -> None:
    assert iopdocs("new", "avtal.yaml", cwd=tmp_path).code == 0
    rendered = iopdocs("render", "avtal.yaml", "-o", "avtal.docx", cwd=tmp_path)
    assert rendered.code == 0, rendered.said
    assert (tmp_path / "avtal.docx").read_bytes()[:2] == b"PK"
    assert iopdocs("lint", "avtal.yaml", cwd=tmp_path).code == 1


def test_new_never_replaces_a_file(small: Path) -> None:
    result = iopdocs("new", small.name, cwd=small.parent)
    assert result.code == 2
    assert "finns redan" in result.said
    assert small.read_text(encoding="utf-8") == SMALL


@pytest.mark.parametrize("kind", ["docx", "html", "md"])
def test_render_into_a_folder_named_with_a_slash(small: Path, kind: str) -> None:
    result = iopdocs("render", small.name, EXAMPLE, "-o", "ut/", "--to", kind, cwd=small.parent)
    assert result.code == 0, result.said
    assert sorted(path.name for path in (small.parent / "ut").iterdir()) == [f"avtal.{kind}", f"trygga-kvallar.{kind}"]


def test_the_suffix_of_the_file_chooses_the_kind(small: Path) -> None:
    assert iopdocs("render", small.name, "-o", "a.html", cwd=small.parent).code == 0
    assert "<html" in (small.parent / "a.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["render", "avtal.yaml"], "-o saknas"),
        (["render", "avtal.yaml", "-o", "a.odt"], ".docx"),
        (["render", "avtal.yaml", "-o", "a.docx", "--to", "html"], "a.html"),
        (["render", "avtal.yaml", "avtal.yaml", "-o", "a.docx"], "ange en mapp"),
        (["render", "finnsinte.yaml", "-o", "a.docx"], "finnsinte.yaml"),
        (["render", ".", "-o", "a.docx"], ""),
        (["render", "avtal.yaml", "-o", "a.docx", "--layer", "finnsinte"], "lagret finns inte"),
        (["render", "avtal.yaml", "-o", "finnsinte/a.docx"], "mappen finns inte"),
        (["render", "avtal.yaml", "-o", "avtal.yaml/a.docx"], ""),
        (["render", "avtal.yaml", "-o", "a.docx", "--finl"], "--finl finns inte"),
        (["render", "avtal.yaml", "-o", "a.docx", "--to", "odt"], "docx, pdf, html, md"),
        (["lint"], "FIL… saknas"),
        (["lint", "finnsinte.yaml"], "finnsinte.yaml"),
        (["lint", "--format", "xml", "avtal.yaml"], "text, json"),
        (["convert", "avtal.yaml"], "UT saknas"),
        (["convert", "avtal.yaml", "avtal.txt"], ".json"),
        (["convert", "avtal.yaml", "avtal.yaml", "--overwrite"], "ange en annan fil"),
        (["schema", "-o", "avtal.yaml"], "finns redan"),
        (["lint", "avtal.yaml", "--profile", "finnsinte"], "grund"),
        (["new"], "FIL saknas"),
        (["new", "avtal.docx"], ".yaml"),
        (["schema", "-o", "finnsinte/s.json"], "mappen finns inte"),
        (["rendera"], "kommandot finns inte: rendera"),
        ([], ""),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_command_run_wrongly_says_what_is_right_and_writes_nothing(
    small: Path, arguments: list[str], says: str
) -> None:
    result = iopdocs(*arguments, cwd=small.parent)
    assert result.code == 2
    assert says in result.said
    assert result.said.strip()
    assert [path.name for path in small.parent.iterdir()] == ["avtal.yaml"]


BAD = {
    "tom.yaml": (b"", "tom"),
    "bruten.yaml": (b"titel: [a\n", "bruten.yaml:"),
    "dubbel.yaml": (b"titel: a\ntitel: b\n", "dubbel.yaml:2"),
    "okand.yaml": ("målen: {syfte: x}\n".encode(), "menade du"),
    "djup.yaml": (b"ekonomi:\n  resurser:\n    - {part: [a]}\n", "djup.yaml:3"),
    "datum.yaml": (b"avtalstid: {start: 2027-02-30}\n", "2027-02-30"),
    "negativt.yaml": (b"ekonomi: {resurser: [{belopp: -5 kr}]}\n", "negativ"),
    "nul.yaml": (b"titel: a\x00b\n", "nul.yaml:1"),
    "stor.yaml": (b"titel: " + b"x" * 10_000_000, "5 MB"),
    "klamrar.yaml": (b"[" * 30_000, "50"),
    "bomb.yaml": (
        b"a0: &a0 [x, x]\n"
        + b"".join(b"a%d: &a%d [*a%d, *a%d, *a%d]\n" % (n, n, n - 1, n - 1, n - 1) for n in range(1, 30)),
        "bomb.yaml",
    ),
    "sig.yaml": (b"titel: &a [*a]\n", "sig.yaml:1"),
    "surrogat.json": (b'{"titel": "\\ud800"}', "surrogat.json:1"),
    "komma.yaml": (b"ekonomi: {resurser: [{belopp: 1,5 mkr}]}\n", "citattecken"),
    "brada.yaml": (b"parter:\n  - adress: Storgatan 1 #b\n", "citattecken"),
    "ansi.yaml": ("titel: Trygga kvällar\n".encode("cp1252"), "UTF-8"),
}


@pytest.mark.parametrize("name", BAD)
def test_invalid_file_is_reported_with_its_position_and_keeps_the_old_document(tmp_path: Path, name: str) -> None:
    content, says = BAD[name]
    (tmp_path / name).write_bytes(content)
    old = tmp_path / "avtal.docx"
    old.write_bytes(b"det gamla")
    result = iopdocs("render", name, "-o", "avtal.docx", "--overwrite", cwd=tmp_path)
    assert result.code == 2
    assert says in result.said
    assert name in result.said
    assert old.read_bytes() == b"det gamla"
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([name, "avtal.docx"])


def test_one_bad_file_does_not_stop_the_others(small: Path) -> None:
    (small.parent / "fel.yaml").write_text("titel: [a]\n", encoding="utf-8")
    result = iopdocs("render", "fel.yaml", small.name, "-o", "ut/", cwd=small.parent)
    assert result.code == 2
    assert [path.name for path in (small.parent / "ut").iterdir()] == ["avtal.docx"]


def test_two_files_that_would_become_one_document_are_refused(small: Path) -> None:
    other = small.parent / "b" / "avtal.yaml"
    other.parent.mkdir()
    other.write_text(SMALL, encoding="utf-8")
    result = iopdocs("render", small.name, "b/avtal.yaml", "-o", "ut/", cwd=small.parent)
    assert result.code == 2
    assert "samma dokument" in result.said
    assert not (small.parent / "ut").exists()


def test_an_edited_document_is_never_replaced_unasked(small: Path) -> None:
    target = small.parent / "avtal.docx"
    assert iopdocs("render", small.name, "-o", target.name, cwd=small.parent).code == 0
    assert iopdocs("render", small.name, "-o", target.name, cwd=small.parent).code == 0, "our own, untouched"
    import docx

    edited = docx.Document(str(target))
    edited.add_paragraph("Ett tillägg för hand.")
    edited.save(str(target))
    before = target.read_bytes()
    result = iopdocs("render", small.name, "-o", target.name, cwd=small.parent)
    assert result.code == 2
    assert "--overwrite" in result.said
    assert target.read_bytes() == before
    assert iopdocs("render", small.name, "-o", target.name, "--overwrite", cwd=small.parent).code == 0
    assert target.read_bytes() != before


def test_final_refuses_an_unfinished_agreement_and_says_what_is_left(small: Path) -> None:
    result = iopdocs("render", small.name, "-o", "avtal.docx", "--final", cwd=small.parent)
    assert result.code == 1
    assert "Tvist saknas" in result.said
    assert not (small.parent / "avtal.docx").exists()


def test_final_leaves_no_trace_of_the_draft(tmp_path: Path) -> None:
    assert iopdocs("render", EXAMPLE, "-o", "avtal.html", "--final", cwd=tmp_path).code == 0
    page = (tmp_path / "avtal.html").read_text(encoding="utf-8")
    assert "utkast" not in page.lower()
    assert "granskade av någon jurist" not in page


def test_convert_there_and_back_loses_nothing(tmp_path: Path) -> None:
    assert iopdocs("convert", EXAMPLE, "a.json", cwd=tmp_path).code == 0
    assert iopdocs("convert", "a.json", "b.yaml", cwd=tmp_path).code == 0
    assert iopdocs("convert", "b.yaml", "c.json", cwd=tmp_path).code == 0
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "c.json").read_bytes()


def test_schema_is_json_and_describes_the_keys_in_swedish(tmp_path: Path) -> None:
    result = iopdocs("schema", cwd=tmp_path)
    assert result.code == 0
    assert "mål" in json.loads(result.out)["properties"]


def test_lint_as_json(small: Path) -> None:
    result = iopdocs("lint", small.name, "--format", "json", cwd=small.parent)
    assert result.code == 1
    assert json.loads(result.out)["rapporter"][0]["fil"] == "avtal.yaml"


@pytest.mark.parametrize("encoding", ["cp1252", "cp437", "cp850"])
@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["render", "--help"],
        ["lint", "avtal.yaml"],
        ["lint", "fel.yaml"],
        ["render", "avtal.yaml", "-o", "a.md"],
        ["schema"],
    ],
    ids=" ".join,
)
def test_all_output_works_in_an_old_console(small: Path, encoding: str, arguments: list[str]) -> None:
    (small.parent / "fel.yaml").write_text("målen: ”x” – 😀 → ✓\n", encoding="utf-8")
    result = iopdocs(*arguments, cwd=small.parent, encoding=encoding)
    assert result.code in (0, 1, 2)
    assert result.said.strip()
    assert "UnicodeEncodeError" not in result.said


@pytest.mark.parametrize("encoding", ["cp437"])
def test_a_process_of_its_own_says_and_does_the_same(small: Path, encoding: str) -> None:
    (small.parent / "fel.yaml").write_text("målen: ”x” – 😀 → ✓\n", encoding="utf-8")
    for arguments in (
        ["lint", "fel.yaml"],
        ["render", "avtal.yaml", "-o", "a.md"],
        ["lint", "avtal.yaml"],
        ["rendera"],
    ):
        (small.parent / "a.md").unlink(missing_ok=True)
        real = real_process(*arguments, cwd=small.parent, encoding=encoding)
        (small.parent / "a.md").unlink(missing_ok=True)
        assert real == iopdocs(*arguments, cwd=small.parent, encoding=encoding)


@pytest.mark.parametrize("columns", ["20", "40", "80", "200"])
def test_lint_fits_a_narrow_colourless_terminal(small: Path, columns: str) -> None:
    result = iopdocs("lint", small.name, cwd=small.parent, COLUMNS=columns, NO_COLOR="1", TERM="dumb")
    assert "\x1b[" not in result.out
    longest = max(len(line) for line in result.out.splitlines()[1:])
    assert longest <= max(40, int(columns))


def test_unwritable_folder_is_reported(
    small: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from iopdocs.cli.app import main

    no_writing(monkeypatch)
    with pytest.raises(SystemExit) as ended:
        main(["render", str(small), "-o", str(small.parent / "a.docx")])
    assert ended.value.code == 2
    assert "kan inte skrivas" in capsys.readouterr().err
    assert [path.name for path in small.parent.iterdir()] == ["avtal.yaml"]


@pytest.mark.parametrize("command", ["", "new", "render", "lint", "schema", "convert"])
def test_every_command_has_help_in_swedish(tmp_path: Path, command: str) -> None:
    result = iopdocs(*([command] if command else []), "--help", cwd=tmp_path)
    assert result.code == 0
    assert "Så här:" in result.out
    assert "Usage" not in result.out
    assert "Options" not in result.out


def test_internal_error_is_reported_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], small: Path
) -> None:
    from iopdocs.cli.app import main

    def broken(*_arguments: object, **_options: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr("iopdocs.document.tree.Document.save", broken)
    with pytest.raises(SystemExit) as ended:
        main(["render", str(small), "-o", str(small.parent / "a.docx")])
    assert ended.value.code == 2
    assert "Ett fel i iopdocs" in capsys.readouterr().err
