"""Gör ett dokument av varje avtal i en källa med Dask: på den egna datorns kärnor, eller på flera datorer.

Kör: python batch_med_dask.py avtal.xlsx ut/

Kräver: pip install "dask[distributed]". Byt LocalCluster mot adressen till ett kluster för att köra på flera datorer;
de behöver samma version av iopdocs, och samma lager på samma plats om du anger ``layers``. Källan läses här, men en mapp
med datafiler läses av den som gör dokumenten och måste kunna nås därifrån.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from dask.distributed import Client, LocalCluster

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
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster, Client(cluster) as client:
        # pure=False: samma avtal görs om även om Dask har sett det förut.
        futures = client.map(make, found.rows, work=work, before={}, pure=False)
        for future in futures:
            made = future.result()
            future.release()  # annars ligger alla dokument kvar i minnet
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
