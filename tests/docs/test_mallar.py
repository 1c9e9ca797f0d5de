"""What docs/mallar.md shows is carried out here, step by step and in one folder, as its reader would."""

from __future__ import annotations

import importlib.util
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import urllib.request
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import docx
import pytest
from attrs import frozen

from iopdocs.library.texts import FrontMatter
from iopdocs.model.fields import fields_of
from tests.helpers.command import Outcome, iopdocs
from tests.helpers.word_templates import parts

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "mallar.md").read_text(encoding="utf-8")
LOGO_STEP = "<!-- här står logotypen i sidhuvudet -->"
CHANGED = "om grundtexten har ändrats"
STEP = re.compile(rf"^```(?P<language>\w+)\n(?P<body>.*?)^```|^{re.escape(LOGO_STEP)}", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"(?:---\n)?(?:# |\{# )(?P<last>sist i )?(?P<path>[\w./-]+\.(?:yaml|j2))(?: #\})?\n")


@frozen
class Step:
    """One thing that the guide asks for: *language* is that of its block, empty for the logo in Word."""

    language: str
    body: str


STEPS = [Step(match["language"] or "", match["body"] or "") for match in STEP.finditer(PAGE)]


def drawing() -> ModuleType:
    """Return the module that draws the arms and puts them in a header."""
    spec = importlib.util.spec_from_file_location("make_exempelstad", ROOT / "scripts" / "make_exempelstad.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def commands(block: str) -> Iterator[tuple[str, str]]:
    """Yield (command line, the answer shown) of a block."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        line, _, answer = part.partition("\n")
        yield line, answer


def answered(line: str, answer: str, done: Outcome) -> None:
    """The command said what the guide shows; ``…`` stands for whatever was left out."""
    pattern = ".*".join(re.escape(" ".join(kept.split())) for kept in answer.split("…"))
    said = " ".join(done.said.split())
    assert re.search(pattern.replace(r"\ .*", ".*"), said), f"{line}\n{done.said}"


def written(step: Step) -> None:
    """Save the file of a block under the name in its first line, or add the block to the file that it names."""
    found = NAMED.match(step.body)
    assert found, f"the block has no name of a file:\n{step.body}"
    path = Path(found["path"])
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.read_text(encoding="utf-8") if found["last"] else ""
    path.write_text(before + step.body, encoding="utf-8")


def with_logo_in_the_header() -> None:
    """Put the logo into the header of the layer's template, as the guide does it in Word."""
    template = Path("exempelstad/mall.docx")
    template.write_bytes(drawing().with_logo(template.read_bytes(), "Exempelstads kommunvapen"))


WALKED: dict[int, tuple[Path, list[str]]] = {}
"""How far the guide has been followed, to the folder as it then was and the command lines that were run."""


def walk(folder: Path, until: str = "") -> list[str]:
    """Do every step of the guide in *folder*, up to the heading *until*, and return the command lines that were run.

    What another test has done already is copied from it.
    """
    end = PAGE.index(until) if until else len(PAGE)
    begin = max((known for known in WALKED if known <= end), default=0)
    ran: list[str] = []
    if begin:
        kept, ran = WALKED[begin]
        shutil.copytree(kept, folder, dirs_exist_ok=True)
    if begin < end:
        ran = ran + do_steps(begin, end)
        WALKED[end] = (Path(tempfile.mkdtemp(dir=folder.parent)) / "avtal", ran)
        shutil.copytree(folder, WALKED[end][0])
    return ran


def do_steps(begin: int, end: int) -> list[str]:
    ran, old = [], ""
    for match in STEP.finditer(PAGE, begin, end):
        step = Step(match["language"] or "", match["body"] or "")
        if not step.language:
            with_logo_in_the_header()
        elif step.language == "text":
            if not old:
                old = step.body
                continue
            files = [Path("avtal.yaml"), *Path("exempelstad").rglob("*.j2")]
            (file,) = [file for file in files if old in file.read_text(encoding="utf-8")]
            file.write_text(file.read_text(encoding="utf-8").replace(old, step.body), encoding="utf-8")
            old = ""
        elif step.language != "console":
            written(step)
        else:
            for line, answer in commands(step.body):
                ran.append(line)
                if CHANGED in line:
                    remember_another_text()
                run(line, answer)
    assert not old
    return ran


def remember_another_text() -> None:
    """Let the layer's clause have been written over a text that the base layer no longer has."""
    (file,) = Path("exempelstad").rglob("dialog_ledning_medling.md.j2")
    before = file.read_text(encoding="utf-8")
    after = re.sub(r"hash: \w+", "hash: 0123456789abcdef", before)
    assert after != before
    file.write_text(after, encoding="utf-8")


def run(line: str, answer: str) -> None:
    if "clauses preview" in line:
        return  # it does not end by itself: see the test of its own
    program, *arguments = shlex.split(line, comments=True)
    assert program == "iopdocs"
    code = re.search(r"# slutkod (\d)", line)
    done = iopdocs(*arguments)
    assert done.code == (int(code[1]) if code else 0), f"{line}\n{done.said}"
    answered(line, answer, done)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("COLUMNS", "IOPDOCS_LAYERS"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def text_of(layer: Path | str, agreement: Path | str = "avtal.yaml") -> str:
    """Return what the agreement says, as Markdown with plain spaces."""
    done = iopdocs("render", agreement, "-o", "prov.md", "--layer", layer, "--overwrite")
    assert done.code == 0, done.said
    return Path("prov.md").read_text(encoding="utf-8").replace("\u00a0", " ")


def test_its_steps_make_a_layer_and_its_commands_say_what_it_shows(folder: Path) -> None:
    ran = walk(folder)
    for command in ("list", "show", "new", "diff", "check", "preview", "used"):
        assert any(line.startswith(f"iopdocs clauses {command}") for line in ran), command
    assert any(line.startswith("iopdocs variables") for line in ran)


def test_a_quarter_of_an_hour_gives_logo_values_dispute_and_a_section(folder: Path) -> None:
    walk(folder, until="Här slutar kvarten")
    text = text_of("exempelstad")
    assert "enades 2025 om en lokal överenskommelse" in text
    assert "**Dialog.** Parterna lyssnar på varandra" in text  # the base layer's own goes on after it
    assert "högst två månader. Parterna ber kommunens föreningsråd" in text
    assert "högst tre månader" not in text
    headings = re.findall(r"^## \d+ (.+)$", text, re.MULTILINE)
    assert headings.index("Barnets rättigheter") == headings.index("Mål med avtalad verksamhet") + 1

    document = docx.Document("avtal.docx")
    (picture,) = document.sections[0].first_page_header._element.xpath(".//wp:docPr")
    assert picture.get("descr") == "Exempelstads kommunvapen"
    assert "Dnr UN 2026/41" in "".join(document.sections[0].first_page_header._element.xpath(".//w:t/text()"))


def test_the_folder_looks_as_it_says(folder: Path) -> None:
    walk(folder, until="Här slutar kvarten")
    shown = PAGE[PAGE.index("Lagret ser nu ut så här:") : PAGE.index("Här slutar kvarten")]
    files = set(re.findall(r"[\w.]+\.(?:yaml|docx|j2)", shown))
    assert files == {file.name for file in Path("exempelstad").rglob("*") if file.is_file()}


def test_the_places_for_a_section_are_those_of_the_document() -> None:
    body = (ROOT / "templates" / "sv" / "dokument" / "avtal.md.j2").read_text(encoding="utf-8")
    told = PAGE[PAGE.index("Andra platser är") : PAGE.index("Numren på rubrikerna")]
    assert {"titel", "mål", *re.findall(r"`(\w+)`", told)} == set(re.findall(r"{% block (\w+) %}", body))


def test_a_template_to_change_is_never_made_over_another(folder: Path) -> None:
    assert iopdocs("styles", "new", "mall.docx").code == 0
    Path("mall.docx").write_bytes(drawing().with_logo(Path("mall.docx").read_bytes()))
    ours = Path("mall.docx").read_bytes()
    assert iopdocs("styles", "new", "mall.docx").code == 2
    assert Path("mall.docx").read_bytes() == ours
    assert iopdocs("styles", "new", "mall.docx", "--overwrite").code == 0
    assert Path("mall.docx").read_bytes() != ours
    assert "en Word-mall slutar på .docx" in iopdocs("styles", "new", "mall.dotx").err


def test_the_preview_shows_the_text_that_was_written(folder: Path) -> None:
    pytest.importorskip("uvicorn", reason="the preview's packages are not installed")
    walk(folder, until="Se hur det blev, i webbläsaren")
    command = shutil.which("iopdocs", path=str(Path(sys.executable).parent))
    assert command
    line = [str(command), "clauses", "preview", "avtal.yaml", "--no-open"]
    with subprocess.Popen(
        line,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env=os.environ | {"PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"},
    ) as preview:
        try:
            assert preview.stdout is not None
            said = preview.stdout.readline()
            (shown,) = (answer for block in STEPS for line, answer in commands(block.body) if "clauses preview" in line)
            answered("preview", shown, Outcome(0, said, ""))
            address = re.search(r"http://127\.0\.0\.1:\d+\S*", said)
            assert address
            with urllib.request.urlopen(address[0], timeout=20) as page:
                assert "enades 2025 om en lokal överenskommelse" in page.read().decode()
        finally:
            preview.terminate()


def test_replacing_text_is_reported_when_the_replaced_text_changes(folder: Path) -> None:
    walk(folder, until="## Dela lagret")
    assert "T104" in iopdocs("lint", "avtal.yaml", "--layer", "exempelstad").out


def test_an_agreement_that_chooses_the_new_variant_says_nothing_against_it(folder: Path) -> None:
    walk(folder, until="## Ändra en del av ett avsnitt")
    done = iopdocs("lint", "avtal.yaml", "--select", "T", "--ignore", "T101")
    assert "T107" not in done.said
    text = text_of("exempelstad")
    assert "sparas i en fond" in text
    assert "Fonden ska räcka till böcker och läger." in text


def test_a_reference_leads_where_the_rule_says(folder: Path) -> None:
    walk(folder, until="Här slutar kvarten")
    rule = PAGE[PAGE.index("Efter `#` står") : PAGE.index("Bilder, HTML och annat")]
    references = re.findall(r"\[\]\(#[^)]+\)", rule)
    assert len(references) == 2
    text = Path("exempelstad/avsnitt/vardegrund.md.j2")
    text.write_text(text.read_text(encoding="utf-8") + "\n" + "\n\n".join(f"Se {one}." for one in references))
    done = iopdocs("clauses", "check", "exempelstad")
    assert done.code == 0, done.said
    data = Path("avtal.yaml").read_text(encoding="utf-8")
    Path("avtal.yaml").write_text(data + "omförhandling: {ändrade_förutsättningar: Parterna möts.}\n", encoding="utf-8")
    made = text_of("exempelstad")
    assert len(re.findall(r"^Se .*avsnitt [0-9.]+", made, re.MULTILINE)) == 2, made


# The finished layer, examples/lager/exempelstad/.

EXEMPELSTAD = ROOT / "examples" / "lager" / "exempelstad"
SAMPLES = sorted((EXEMPELSTAD / "exempel").glob("*.yaml"))


def test_the_finished_layer_has_nothing_wrong() -> None:
    done = iopdocs("clauses", "check", EXEMPELSTAD)
    assert done.code == 0, f"{done.said}\nHas a base text changed, write its new hash at ”ersätter”."


def test_its_template_can_be_used() -> None:
    done = iopdocs("styles", "check", EXEMPELSTAD / "mall.docx")
    assert done.code == 0
    assert drawing().ALT_TEXT in " ".join(done.out.split())


def test_its_template_is_what_the_script_makes() -> None:
    def content(document: bytes) -> dict[str, bytes]:
        found = parts(document)
        # How well zlib packs differs between its versions; what is packed does not.
        return {name: pixels(data) if name.endswith(".png") else data for name, data in found.items()}

    kept = (EXEMPELSTAD / "mall.docx").read_bytes()
    assert content(drawing().mall()) == content(kept)
    assert len(kept) < 30_000


def pixels(picture: bytes) -> bytes:
    start, packed = 8, b""
    while start < len(picture):
        length = int.from_bytes(picture[start : start + 4])
        if picture[start + 4 : start + 8] == b"IDAT":
            packed += picture[start + 8 : start + 8 + length]
        start += 12 + length
    return zlib.decompress(packed)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.stem)
def test_its_samples_show_its_own_texts_and_nothing_in_them_is_wrong(sample: Path, folder: Path) -> None:
    choice = ("--profile", "exempelstad", "--select", "S,J,L,T", "--ignore", "J313,J321", "--date", "2026-11-01")
    done = iopdocs("lint", sample, "--layer", EXEMPELSTAD, *choice)
    assert done.code == 0, done.said
    assert "Inget att anmärka." in done.out, done.out
    text = text_of(EXEMPELSTAD, sample)
    for own in (
        "enades 2025 om en lokal överenskommelse",
        "Barnets rättigheter",
        "i en fond",
        "kommunens föreningsråd",
    ):
        assert own in text, own


def test_its_profile_and_words_are_used(folder: Path) -> None:
    sample = SAMPLES[0].read_text(encoding="utf-8").replace("Varje barn är där", "Varje kund är där")
    Path("avtal.yaml").write_text(sample, encoding="utf-8")
    found = iopdocs("lint", "avtal.yaml", "--layer", EXEMPELSTAD, "--profile", "exempelstad").out
    assert "”kund”" in found
    profile = iopdocs("rules", "--profile", "exempelstad", "--layer", EXEMPELSTAD).out
    assert "K901" in profile
    assert "K301" in profile


def test_no_text_of_it_claims_to_be_reviewed() -> None:
    texts = [file.read_text(encoding="utf-8") for file in EXEMPELSTAD.rglob("*.j2")]
    assert texts
    assert all("granskad: nej" in text for text in texts)


# The reference beside the guide, docs/klausuler.md.

REFERENCE = (ROOT / "docs" / "klausuler.md").read_text(encoding="utf-8")


def test_every_key_of_front_matter_is_documented_once_and_no_other() -> None:
    table = REFERENCE[REFERENCE.index("### Inledningens nycklar") : REFERENCE.index("## Var klausulen står")]
    assert re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE) == [field.key for field in fields_of(FrontMatter)]


def test_its_data_and_its_clause_work(folder: Path) -> None:
    choices, own = re.findall(r"^```yaml\n(.*?)^```", REFERENCE, re.MULTILINE | re.DOTALL)
    text, _place = re.findall(r"^```jinja\n(.*?)^```", REFERENCE, re.MULTILINE | re.DOTALL)
    agreement = next(step.body for step in STEPS if step.language == "yaml").partition("klausuler:")[0]
    agreement = agreement.replace("  överskott: {hantering: återinvesteras}\n", "")
    Path("avtal.yaml").write_text(agreement + choices + own, encoding="utf-8")
    lint = iopdocs("lint", "avtal.yaml", "--select", "T")
    assert lint.code == 0, lint.said
    Path("lager/klausuler/ekonomi/overskott").mkdir(parents=True)
    Path("lager/lager.yaml").write_text("format: 1\nnamn: prov\n", encoding="utf-8")
    Path("lager/klausuler/ekonomi/overskott/fonderas.md.j2").write_text(text, encoding="utf-8")
    said = text_of("lager")
    for one in ("överskott återbetalas", "lämnar dem torra", "Rektorn hör parterna", "två nycklar", "Insyn"):
        assert one in said, one
    Path("avtal.yaml").write_text(agreement + choices.replace("återbetalas", "fonderas") + own, encoding="utf-8")
    assert "i en fond för samma målgrupp" in text_of("lager")
