"""Gör ett dokument av varje avtal i en källa med concurrent.futures: utan journal, dit du själv vill.

Kör: python batch_med_futures.py avtal.xlsx ut/

``iopdocs batch`` gör detsamma och mer. Använd ``make`` så här när något annat tar hand om filerna, till exempel ett
diariesystem: den läser, granskar och gör dokumenten av ett avtal, och rör varken disk, klocka eller nät.
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from iopdocs.batch.file_names import FileNames
from iopdocs.batch.worker_task import WorkerSettings, make
from iopdocs.linter.options import LintOptions
from iopdocs.sources.reader import read_source


def main(source: Path, folder: Path) -> int:
    """Gör dokumenten och returnera slutkoden: 0, 1 om något avtal har fynd, 2 om något inte kunde läsas."""
    work = WorkerSettings(kinds=("docx",), pattern="{avtal} {titel}", lint=LintOptions(today=date.today()))
    found = read_source(source)
    for problem in found.problems:
        print(problem, file=sys.stderr)
    names = FileNames({})
    folder.mkdir(parents=True, exist_ok=True)
    code = 2 if found.problems else 0
    # "spawn" finns på alla system; varje process läser texterna en gång.
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        for made in pool.map(partial(make, work=work, before={}), found.rows, chunksize=4):
            code = max(code, made.outcome.exit_code)
            for problem in made.outcome.problems:
                print(problem, file=sys.stderr)
            for kind, data in made.files.items():
                name = f"{names.take(made.outcome.id, made.wanted)}.{kind}"
                (folder / name).write_bytes(data)
                print(f"{made.outcome.place}: {name}")
    return code


if __name__ == "__main__":  # behövs: varje process läser den här filen
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
