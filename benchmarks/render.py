"""Time the rendering of an agreement to DOCX: ours, docxtpl giving the same document, and the floor.

- *ours*: from an agreement in memory and its report to the bytes of the DOCX (render, what is missing, write), the library
  being loaded. The peer has no linter, so ours has been asked before.
- *with lint*: the same with the linting, about a hundred rules over every text: what `iopdocs render` costs.
- *ours new*: the same when no section has been parsed before; *ours* keeps the parsed shape of a section for later documents.
- *docxtpl*: the same document from a template made of our own DOCX, with the same reference document, from data that are
  finished strings: opened from bytes for each document (how it is used), and with one template object kept.
- *floor*: zipping the finished parts of the same DOCX, which no writer can do without.

All of them take turns within one process and one thread; the medians of their CPU time are compared. Exits
with 1 when docxtpl is less than LEAST times as slow as ours in the median of the examples.
"""

from __future__ import annotations

import gc
import sys
import time
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import Any

import docx as python_docx
from docxtpl import DocxTemplate

import iopdocs
from iopdocs.document.markdown_parser import shapes_of_text

sys.path.insert(0, str(Path(__file__).parent))
from docxtpl_template import make_template

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
ROUNDS = 15
LEAST = 5


def with_docxtpl(template: bytes, context: Mapping[str, Any]) -> bytes:
    """Return the DOCX that docxtpl makes of *template*, opened anew, and *context*."""
    return filled(DocxTemplate(BytesIO(template)), context)


def filled(template: DocxTemplate, context: Mapping[str, Any]) -> bytes:
    """Return the DOCX that docxtpl makes of an opened template."""
    template.render(dict(context), autoescape=True)
    out = BytesIO()
    template.save(out)
    return out.getvalue()


def parts_of(docx: bytes) -> list[tuple[zipfile.ZipInfo, bytes]]:
    """Return the parts of a DOCX with the zip entries they stand in."""
    with zipfile.ZipFile(BytesIO(docx)) as package:
        return [(info, package.read(info)) for info in package.infolist()]


def zipped(parts: list[tuple[zipfile.ZipInfo, bytes]]) -> bytes:
    """Return the parts as a zip file, each compressed by its own method at zlib's default level."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for info, content in parts:
            package.writestr(zipfile.ZipInfo(info.filename, info.date_time), content, info.compress_type)
    return out.getvalue()


def texts_of(docx: bytes) -> list[str]:
    """Return the text of every paragraph in the body of a DOCX, tables included, in order."""
    body = python_docx.Document(BytesIO(docx)).element.body
    texts = ("".join(part.text or "" for part in p.iter("{*}t")) for p in body.iter("{*}p"))
    return [text for text in texts if text]


def contestants(file: Path) -> dict[str, Callable[[], bytes]]:
    """Return what is timed for one example. Raises ValueError where docxtpl does not give the same texts as we do."""
    agreement = iopdocs.load(file)
    document = iopdocs.render(agreement)
    docx = document.to_docx()
    template, context = make_template(document)
    if texts_of(with_docxtpl(template, context)) != texts_of(docx):
        raise ValueError(f"{file.name}: docxtpl gives another document than ours, so the times cannot be compared")
    parts = parts_of(docx)
    kept = DocxTemplate(BytesIO(template))
    library = iopdocs.load_library()

    report = iopdocs.lint(agreement, library=library)

    def ours() -> bytes:
        return iopdocs.render(agreement, library=library, report=report).to_docx()

    def ours_new() -> bytes:
        shapes_of_text.cache_clear()
        return ours()

    return {
        "ours": ours,
        "ours new": ours_new,
        "with lint": lambda: iopdocs.render(agreement, library=library).to_docx(),
        "docxtpl": lambda: with_docxtpl(template, context),
        "docxtpl kept": lambda: filled(kept, context),
        "floor": lambda: zipped(parts),
    }


def measure(run: Mapping[str, Callable[[], bytes]], rounds: int) -> dict[str, float]:
    """Return the median CPU time of each contestant in milliseconds, over *rounds* in which they take turns."""
    times: dict[str, list[float]] = {name: [] for name in run}
    for _ in range(rounds):
        # The first of ours in a round finds the sections parsed by the second in the round before.
        for name, call in run.items():
            gc.collect()
            start = time.process_time()
            call()
            times[name].append((time.process_time() - start) * 1000)
    return {name: median(values) for name, values in times.items()}


def main() -> int:
    """Measure every example, print a table and return the exit code."""
    print(f"Median of {ROUNDS} rounds in turn; milliseconds of CPU time from agreement to the bytes of a DOCX\n")
    names = ("ours", "ours new", "with lint", "docxtpl", "docxtpl kept", "floor")
    print(
        f"{'':<26}"
        + "".join(f"{name:>14}" for name in names)
        + f"{'docxtpl/ours':>14}{'/ours new':>11}{'ours/floor':>12}"
    )
    ratios = []
    for file in sorted(EXAMPLES.glob("*.yaml")):
        run = contestants(file)
        measure(run, 2)
        ms = measure(run, ROUNDS)
        docxtpl = min(ms["docxtpl"], ms["docxtpl kept"])
        ratios.append(docxtpl / ms["ours"])
        print(
            f"{file.stem:<26}"
            + "".join(f"{ms[name]:>14.2f}" for name in names)
            + f"{docxtpl / ms['ours']:>13.1f}x{docxtpl / ms['ours new']:>10.1f}x{ms['ours'] / ms['floor']:>11.1f}x"
        )
    middle = median(ratios)
    print(f"\ndocxtpl takes {middle:.1f} times our time in the median of the examples (at least {LEAST}, aim 10),")
    print(
        f"{min(ratios):.1f} times for the one that gains least: a short draft, where what every document costs weighs most."
    )
    return 0 if middle >= LEAST else 1


if __name__ == "__main__":
    sys.exit(main())
