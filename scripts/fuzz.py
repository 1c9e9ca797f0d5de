"""Runs commands on damaged and hostile files, made from our own examples by chance, and reports what goes wrong.

    python scripts/fuzz.py --seed 1 --count 500 [--kind data …] [--keep FOLDER]

A run is wrong when something else than a Swedish message comes of it: an uncaught exception, an error that a command
admits to be its own, an exit code other than 0, 1 and 2, more than ten seconds of the processor, or a file that is half
written. Every wrong run is kept, with its command, in FOLDER. The same seed and count give the same files.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import io
import json
import os
import random
import re
import shutil
import signal
import sys
import tempfile
import traceback
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
EXAMPLE = str(EXAMPLES[-2])
BASE = ROOT / "templates" / "sv"
LAYER = ROOT / "examples" / "lager" / "exempelstad"
LONGEST = 10
TEXTS = (".j2", ".yaml")
DAY = ["--date", "2027-01-01"]
SETTINGS = (
    "profiler: [grund, malmo]\nlager: [lager]\nvälj: [K, S, J, R]\nignorera: [L]\nstoppa_vid: varning\n"
    "gränser:\n  kort_tid: 12\npdf: a3\nbaslinje: baslinje.yaml\n"
)
OWN_FAULT = re.compile(r"iopdocs självt|Traceback|\(\w+(?:Error|Exception)\)")
PIECES = [
    b"\0", b"\xff\xfe", b"\xc3", b"{", b"}", b"[" * 60, b"{{", b"}}", b"{%", b"%}", b"{# ", b"\"", b"'", b":", b"- ",
    b"\t", b"\n---\n", b"&a [*a]", b"!!python/object:os.system", b"<<: *x", b"../../../x", b"=1+1", b"1,5 mkr", b"2027-02-30",
    b"<!DOCTYPE x [<!ENTITY a \"b\">]>", b"&a;", b"<w:p/>" * 50, b"\xe2\x80\xae", b"\x1b[31m", b"9" * 400, b" " * 2000,
    "åäö”–".encode(), b"|", b">", b"~", b"null", b"[]", b"{}", b"-1", b"1e999", b"NaN", b"\\ud800", b"\r", b"\xe2\x80\xa8",
    b"#", b";" * 300, b'"\n', b"{% include 'avsnitt/mal.md.j2' %}", b"{% for x in parter %}", b"{% endif %}", b'{% klausul "tvist" %}',
    b"::: ", b"| a | b |\n|---|---|\n", b"\n\n# ", b"((((((", b"[^", b".*" * 40, b"0001-01-01", b"9999-12-31", b"&#0;", b"&#xFFFF;",
    b'r:id="rId99"', b' w:val="-2147483649"', b"<w:tbl><w:tr><w:tc>" * 20, b"]]>", b"<!--", b"http://[", b"%00", b"\xc2\xa0",
]  # fmt: skip


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Return *data* with a few bytes or lines changed, cut, doubled, moved or put in."""
    found = bytearray(data)
    for _turn in range(chance.choice([1, 1, 2, 3, 8])):
        place = chance.randrange(len(found) + 1)
        what = chance.randrange(7)
        if what == 0 and found:
            found[place % len(found)] = chance.randrange(256)
        elif what == 1:
            del found[place : place + chance.choice([1, 5, 200])]
        elif what == 2:
            found[place:place] = found[place : place + chance.choice([3, 60])]
        elif what == 3:
            found[place:place] = chance.choice(PIECES)
        elif what == 4:
            del found[place : len(found) if chance.random() < 0.2 else place + 1]
        else:
            found = bytearray(_moved(bytes(found), chance))
    return bytes(found)


def _moved(data: bytes, chance: random.Random) -> bytes:
    """Return *data* with a line moved, doubled, indented, or its value exchanged for a piece."""
    lines = data.split(b"\n")
    number, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    what = chance.randrange(4)
    if what == 0:
        lines.insert(other, lines.pop(number))
    elif what == 1:
        lines.insert(other, lines[number])
    elif what == 2:
        lines[number] = b" " * chance.choice([1, 2, 4]) + lines[number]
    else:
        key, colon, _value = lines[number].partition(b": ")
        lines[number] = key + colon + chance.choice(PIECES)
    return b"\n".join(lines)


def damaged_zip(data: bytes, chance: random.Random) -> bytes:
    """Return a zip whose bytes, or whose parts, are damaged."""
    if chance.random() < 0.3:
        return damaged(data, chance)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name in chance.sample(sorted(parts), k=min(len(parts), chance.choice([1, 1, 2]))):
        what = chance.random()
        if what < 0.1:
            del parts[name]
        elif what < 0.2:
            parts[f"../{name}"] = parts.pop(name)
        elif what < 0.3:
            parts[name] = parts[chance.choice(sorted(parts))]
        else:
            parts[name] = damaged(parts[name], chance)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return buffer.getvalue()


Make = Callable[[Path, random.Random], list[str]]


def make_data(folder: Path, chance: random.Random) -> list[str]:
    """Damage a data file, YAML or JSON; return the command that reads it."""
    is_json = chance.random() < 0.3
    file = folder / ("avtal.json" if is_json else "avtal.yaml")
    whole = chance.choice(EXAMPLES)
    file.write_bytes(damaged(_seed("convert", str(whole), name="frö.json") if is_json else whole.read_bytes(), chance))
    end = chance.choice(["docx", "html", "md"])
    return chance.choice(
        [
            ["lint", str(file), *DAY],
            [
                "lint",
                str(file),
                "--format",
                chance.choice(["json", "sarif", "github"]),
                "-o",
                str(folder / "fynd.json"),
            ],
            ["render", str(file), "-o", str(folder / f"ut.{end}")],
            ["review", str(file), "-o", str(folder / f"ut.{end}"), *DAY],
            ["convert", str(file), str(folder / ("ut.yaml" if is_json else "ut.json"))],
            ["vagval", str(file), "-o", str(folder / "svar.yaml")],
            ["register", str(file), "-o", str(folder / "register.xlsx"), *DAY],
            ["batch", str(folder), "-o", str(folder / "ut"), "--jobs", "1", "--report", str(folder / "r.html"), *DAY],
        ]
    )


def _of_many(folder: Path, source: Path, chance: random.Random) -> list[str]:
    """Return a command that reads a source of many agreements."""
    return chance.choice(
        [
            ["batch", str(source), "-o", str(folder / "ut"), "--jobs", "1", "--to", "md", *DAY],
            ["register", str(source), "-o", str(folder / "register.csv"), *DAY],
            ["register", str(source), "--summary", *DAY],
        ]
    )


def make_tables(folder: Path, chance: random.Random) -> list[str]:
    """Damage one of the CSV files of an agreement; return the command that reads them."""
    source = folder / "tabeller"
    source.mkdir()
    for title, text in _tables().items():
        (source / f"{title.lower()}.csv").write_bytes(text)
    main = source / "avtal.csv"
    file = main if chance.random() < 0.5 else chance.choice(sorted(source.iterdir()))
    file.write_bytes(damaged(file.read_bytes(), chance))
    return _of_many(folder, main if chance.random() < 0.4 else source, chance)


def make_workbook(folder: Path, chance: random.Random) -> list[str]:
    """Damage a workbook; return the command that reads it."""
    file = folder / "avtal.xlsx"
    file.write_bytes(damaged_zip(_workbook(), chance))
    return _of_many(folder, file, chance)


def make_document(folder: Path, chance: random.Random) -> list[str]:
    """Damage a document of ours; return the command that reads it."""
    file = folder / "avtal.docx"
    file.write_bytes(damaged_zip(_seed("render", EXAMPLE, "-o", name="frö.docx"), chance))
    return chance.choice(
        [
            ["check", str(file)],
            ["check", str(file), "--format", "json", "-o", str(folder / "r.json")],
            ["clauses", "used", str(file)],
            ["styles", "check", str(file)],
            ["register", str(file), "-o", str(folder / "r.json"), *DAY],
            ["batch", str(file), "-o", str(folder / "ut"), "--jobs", "1", *DAY],
            ["render", EXAMPLE, "-o", str(file)],
        ]
    )


def make_layer(folder: Path, chance: random.Random) -> list[str]:
    """Damage a file of a layer – a text, profile, word list, sample or manifest; return the command that reads it."""
    layer = folder / "lager"
    shutil.copytree(LAYER, layer)
    top = LAYER if chance.random() < 0.4 else BASE
    whole = chance.choice(sorted(path for path in top.rglob("*") if path.suffix in TEXTS))
    file = layer / whole.relative_to(top)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(damaged(whole.read_bytes(), chance))
    end = chance.choice(["docx", "html", "md"])
    render = ["render", EXAMPLE, "-o", str(folder / f"ut.{end}"), "--layer", str(layer)]
    name = str(file.relative_to(layer))
    return chance.choice(
        [
            ["clauses", "check", str(layer), "--no-config"],
            ["clauses", "list", "--layer", str(layer)],
            ["clauses", "show", name, "--layer", str(layer)],
            ["clauses", "diff", "--layer", str(layer)],
            ["lint", EXAMPLE, "--layer", str(layer), "--profile", "exempelstad", *DAY],
            ["review", EXAMPLE, "--layer", str(layer), "-o", str(folder / "ut.md"), *DAY],
            ["vagval", EXAMPLE, "--layer", str(layer)],
            render, render, render,
        ]
    )  # fmt: skip


def make_template(folder: Path, chance: random.Random) -> list[str]:
    """Damage a Word template; return the command that reads it."""
    file = folder / "mall.docx"
    file.write_bytes(damaged_zip(chance.choice([LAYER, BASE]).joinpath("mall.docx").read_bytes(), chance))
    if chance.random() < 0.4:
        return ["styles", "check", str(file)]
    layer = folder / "lager"
    layer.mkdir()
    (layer / "lager.yaml").write_text("namn: prov\n", encoding="utf-8")
    file.rename(layer / "mall.docx")
    if chance.random() < 0.2:
        return ["clauses", "check", str(layer), "--no-config"]
    return ["render", EXAMPLE, "-o", str(folder / "ut.docx"), "--layer", str(layer)]


def make_settings(folder: Path, chance: random.Random) -> list[str]:
    """Damage the settings of a folder, or its baseline; return a command that reads them."""
    settings, baseline = SETTINGS.encode(), _seed("lint", EXAMPLE, "--write-baseline", name="baslinje.yaml")
    is_settings = chance.random() < 0.7
    (folder / "iopdocs.yaml").write_bytes(damaged(settings, chance) if is_settings else settings)
    (folder / "baslinje.yaml").write_bytes(baseline if is_settings else damaged(baseline, chance))
    shutil.copytree(LAYER, folder / "lager")
    shutil.copy(EXAMPLE, folder / "avtal.yaml")
    return chance.choice(
        [
            ["lint", str(folder / "avtal.yaml"), *DAY],
            ["render", str(folder / "avtal.yaml"), "-o", str(folder / "ut.md")],
            ["batch", str(folder / "avtal.yaml"), "-o", str(folder / "ut"), "--jobs", "1", *DAY],
            ["review", str(folder / "avtal.yaml"), "-o", str(folder / "ut.html"), *DAY],
            ["register", str(folder / "avtal.yaml"), "-o", str(folder / "ut.csv"), *DAY],
        ]
    )


KINDS: dict[str, Make] = {
    "data": make_data, "tabeller": make_tables, "arbetsbok": make_workbook, "dokument": make_document,
    "lager": make_layer, "mall": make_template, "inställningar": make_settings,
}  # fmt: skip
_seeds: dict[tuple[str, ...], bytes] = {}


def _seed(*command: str, name: str) -> bytes:
    """Return the file *name* that *command* makes, made once."""
    if command not in _seeds:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / name
            run([*command, str(file)])
            _seeds[command] = file.read_bytes()
    return _seeds[command]


def _workbook() -> bytes:
    """Return a workbook with an agreement: the template, whose example has become one."""
    if ("workbook",) not in _seeds:
        from openpyxl import load_workbook

        from iopdocs.tables.workbook_layout import EXAMPLE as MARK

        book = load_workbook(io.BytesIO(_seed("workbook", "new", name="frö.xlsx")))
        for page in book:
            for row in page.iter_rows():
                for cell in row:
                    if cell.value == MARK:
                        cell.value = "A1"
        buffer = io.BytesIO()
        book.save(buffer)
        _seeds["workbook",] = buffer.getvalue()
    return _seeds["workbook",]


def _tables() -> dict[str, bytes]:
    """Return the sheets of that workbook as CSV files, by title."""
    from openpyxl import load_workbook

    if not any(key[0] == "tabell" for key in _seeds):
        for page in load_workbook(io.BytesIO(_workbook())).worksheets:
            text = io.StringIO()
            csv.writer(text, delimiter=";").writerows(page.iter_rows(values_only=True))
            _seeds["tabell", page.title] = text.getvalue().encode("utf-8-sig")
    return {key[1]: data for key, data in _seeds.items() if key[0] == "tabell"}


class TooLongError(BaseException):
    """The command has used its time; no handler of errors in the package may take it for one of its own."""


def run(command: list[str], folder: Path | None = None) -> str:
    """Run *command* in this process, in *folder*; return what went wrong, empty when all is well."""
    from iopdocs.cli import main

    os.environ["IOPDOCS_DEBUG"] = "1"
    said, before, stdin = io.StringIO(), Path.cwd(), sys.stdin
    try:
        os.chdir(folder or before)
        sys.stdin = io.StringIO()
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said), limited():
            main(command)
    except SystemExit as ended:
        own = [line for line in said.getvalue().splitlines() if OWN_FAULT.search(line)]
        return "\n".join(own) if ended.code in (0, 1, 2) else f"slutkod {ended.code}"
    except TooLongError:
        return f"mer än {LONGEST} sekunder\n{traceback.format_exc(limit=-8)}"
    except BaseException:
        return traceback.format_exc(limit=-4)
    finally:
        os.chdir(before)
        sys.stdin = stdin
    return "slutade utan slutkod"


@contextlib.contextmanager
def limited() -> Iterator[None]:
    """Stop what takes more than :data:`LONGEST` seconds of processor time, where the system can do that."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise TooLongError

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, LONGEST)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def half_files(folder: Path) -> list[str]:
    """Return the files in *folder* that a stopped writing has left, and those of ours that are not whole."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if path.suffix in (".tmp", ".part") or not _is_whole(path)]


def _is_whole(path: Path) -> bool:
    if not path.name.startswith(("ut.", "r.", "fynd.", "register.")) and path.parent.name != "ut":
        return True
    data = path.read_bytes()
    if path.suffix in (".docx", ".xlsx"):
        return zipfile.is_zipfile(path) and zipfile.ZipFile(path).testzip() is None
    if path.suffix == ".html":
        return data.rstrip().endswith(b"</html>")
    if path.name in ("r.json", "ut.json"):
        return json.loads(data) is not None
    return path.suffix != ".md" or data.endswith(b"\n")


def fuzz(seed: int, count: int, kinds: list[str], keep: Path | None = None) -> list[str]:
    """Return a line for each wrong run of *count*."""
    wrong = []
    for number in range(count):
        chance = random.Random(f"{seed}-{number}")
        kind = kinds[number % len(kinds)]
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            command = KINDS[kind](folder, chance)
            fault = run(command, folder) or ", ".join(half_files(folder))
            if fault:
                wrong.append(f"{kind} {seed}-{number}: {' '.join(command)}\n{fault}")
                if keep:
                    shutil.copytree(folder, keep / f"{kind}-{seed}-{number}", dirs_exist_ok=True)
    return wrong


def _main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--kind", choices=KINDS, action="append")
    parser.add_argument("--keep", type=Path)
    chosen = parser.parse_args()
    wrong = fuzz(chosen.seed, chosen.count, chosen.kind or list(KINDS), chosen.keep)
    print("\n".join(wrong))
    print(f"{chosen.count} körningar med frö {chosen.seed}: {len(wrong)} fel")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(_main())
