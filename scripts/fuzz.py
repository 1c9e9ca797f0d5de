"""Runs commands on damaged and hostile files, made from our own examples by chance, and reports what goes wrong.

    python scripts/fuzz.py --seed 1 --count 500 [--kind data …] [--keep FOLDER]

A run is wrong when something else than a Swedish message comes of it: an uncaught exception, an exit code other than
0, 1 and 2, more than ten seconds, or a file that is half written. Every wrong run is kept, with its command, in FOLDER.
The same seed and count give the same files.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import random
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
LAYER = ROOT / "examples" / "lager" / "exempelstad"
LONGEST = 10
PIECES = [
    b"\0", b"\xff\xfe", b"\xc3", b"{", b"}", b"[" * 60, b"{{", b"}}", b"{%", b"%}", b"{# ", b"\"", b"'", b":", b"- ",
    b"\t", b"\n---\n", b"&a [*a]", b"!!python/object:os.system", b"<<: *x", b"../../../x", b"=1+1", b"1,5 mkr", b"2027-02-30",
    b"<!DOCTYPE x [<!ENTITY a \"b\">]>", b"&a;", b"<w:p/>" * 50, b"\xe2\x80\xae", b"\x1b[31m", b"9" * 400, b" " * 2000,
    "åäö”–".encode(),
]  # fmt: skip


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Return *data* with a few bytes changed, cut, doubled or put in."""
    found = bytearray(data)
    for _turn in range(chance.choice([1, 1, 2, 3, 8])):
        place = chance.randrange(len(found) + 1)
        what = chance.randrange(5)
        if what == 0 and found:
            found[place % len(found)] = chance.randrange(256)
        elif what == 1:
            del found[place : place + chance.choice([1, 5, 200])]
        elif what == 2:
            found[place:place] = found[place : place + chance.choice([3, 60])]
        elif what == 3:
            found[place:place] = chance.choice(PIECES)
        else:
            del found[place : len(found) if chance.random() < 0.2 else place + 1]
    return bytes(found)


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
        else:
            parts[name] = damaged(parts[name], chance)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return buffer.getvalue()


Make = Callable[[Path, random.Random], list[str]]


def make_data(folder: Path, chance: random.Random) -> list[str]:
    """Damage a data file; return the command that reads it."""
    file = folder / "avtal.yaml"
    file.write_bytes(damaged(chance.choice(EXAMPLES).read_bytes(), chance))
    end = chance.choice(["docx", "html", "md"])
    return chance.choice(
        [
            ["lint", str(file)],
            ["render", str(file), "-o", str(folder / f"ut.{end}")],
            ["convert", str(file), str(folder / "ut.json")],
        ]
    )


def make_tables(folder: Path, chance: random.Random) -> list[str]:
    """Damage a CSV file of agreements; return the command that reads it."""
    file = folder / "avtal.csv"
    rows = "id;titel;avtalstid.start;avtalstid.slut\na;Ett;2027-01-01;2027-12-31\nb;Två;2027-01-01;\n"
    file.write_bytes(damaged(rows.encode("utf-8-sig"), chance))
    return ["register", str(file), "-o", str(folder / "register.csv"), "--date", "2027-01-01"]


def make_workbook(folder: Path, chance: random.Random) -> list[str]:
    """Damage a workbook; return the command that reads it."""
    file = folder / "avtal.xlsx"
    file.write_bytes(damaged_zip(_seed("workbook", "new"), chance))
    return ["batch", str(file), "-o", str(folder / "ut"), "--jobs", "1"]


def make_document(folder: Path, chance: random.Random) -> list[str]:
    """Damage a document of ours; return the command that reads it."""
    file = folder / "avtal.docx"
    file.write_bytes(damaged_zip(_seed("render", str(EXAMPLES[-2]), "-o"), chance))
    return chance.choice(
        [
            ["check", str(file)],
            ["clauses", "used", str(file)],
            ["register", str(file), "-o", str(folder / "r.json"), "--date", "2027-01-01"],
        ]
    )


def make_layer(folder: Path, chance: random.Random) -> list[str]:
    """Damage a text of a layer; return the command that reads it."""
    layer = folder / "lager"
    shutil.copytree(LAYER, layer)
    file = chance.choice(sorted(path for path in layer.rglob("*") if path.suffix in (".j2", ".yaml")))
    file.write_bytes(damaged(file.read_bytes(), chance))
    render = ["render", str(EXAMPLES[-2]), "-o", str(folder / "ut.md"), "--layer", str(layer)]
    return chance.choice([["clauses", "check", str(layer)], render, render])


def make_template(folder: Path, chance: random.Random) -> list[str]:
    """Damage a Word template; return the command that reads it."""
    file = folder / "mall.docx"
    file.write_bytes(damaged_zip((LAYER / "mall.docx").read_bytes(), chance))
    if chance.random() < 0.5:
        return ["styles", "check", str(file)]
    layer = folder / "lager"
    layer.mkdir()
    (layer / "lager.yaml").write_text("namn: prov\n", encoding="utf-8")
    file.rename(layer / "mall.docx")
    return ["render", str(EXAMPLES[-2]), "-o", str(folder / "ut.docx"), "--layer", str(layer)]


KINDS: dict[str, Make] = {
    "data": make_data, "tabeller": make_tables, "arbetsbok": make_workbook, "dokument": make_document,
    "lager": make_layer, "mall": make_template,
}  # fmt: skip
_seeds: dict[tuple[str, ...], bytes] = {}


def _seed(*command: str) -> bytes:
    """Return the file that *command* makes, made once."""
    if command not in _seeds:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / ("frö.xlsx" if command[0] == "workbook" else "frö.docx")
            run([*command, str(file)])
            _seeds[command] = file.read_bytes()
    return _seeds[command]


def run(command: list[str]) -> str:
    """Run *command* in this process; return what went wrong, empty when all is well."""
    from iopdocs.cli import main

    os.environ["IOPDOCS_DEBUG"] = "1"
    said = io.StringIO()
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said), limited():
            main(command)
    except SystemExit as ended:
        return "" if ended.code in (0, 1, 2) else f"slutkod {ended.code}"
    except BaseException:
        return traceback.format_exc(limit=-4)
    return "slutade utan slutkod"


@contextlib.contextmanager
def limited() -> Iterator[None]:
    """Stop what takes more than :data:`LONGEST` seconds of processor time, where the system can do that."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise TimeoutError(f"mer än {LONGEST} sekunder")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, LONGEST)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def half_files(folder: Path) -> list[str]:
    """Return the files in *folder* that a stopped writing has left."""
    return [
        path.name
        for path in folder.rglob("*")
        if path.name.endswith((".tmp", ".part")) or path.name.startswith(".iopdocs-tmp")
    ]


def fuzz(seed: int, count: int, kinds: list[str], keep: Path | None = None) -> list[str]:
    """Return a line for each wrong run of *count*."""
    wrong = []
    for number in range(count):
        chance = random.Random(f"{seed}-{number}")
        kind = kinds[number % len(kinds)]
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            command = KINDS[kind](folder, chance)
            fault = run(command) or ", ".join(half_files(folder))
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
