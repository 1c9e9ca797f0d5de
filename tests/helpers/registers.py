"""Data files for registers, as short as they can be."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from iopdocs.register.collection import make_register
from iopdocs.register.rows import Register, Watch, WatchKind

DAY = date(2027, 6, 1)


def agreement(
    folder: Path, name: str, *, title: str = "Trygga kvällar", start: str = "2025-01-01", end: str = "2027-12-31",
    status: str = "gällande", number: str = "KS 2024/1", purpose: str = "Unga ska vara trygga.",
    public: str = "Exempelstads kommun", civil: str = "Norrbyföreningen", organisation: str = "802000-0009", more: str = "",
    term: str = "",
) -> Path:  # fmt: skip
    """Write an agreement to *name* in *folder*; *more* is YAML at the top, *term* under ``avtalstid``."""
    case = f", diarienummer: '{number}'" if number else ""
    lines = [
        f"titel: {title}",
        f"status: {status}" if status else "",
        "parter:",
        f"  - {{namn: {public}, typ: kommun, kallas: kommunen{case}}}",
        f"  - {{namn: {civil}, typ: ideell förening, organisationsnummer: '{organisation}', kallas: föreningen}}",
        f"mål: {{syfte: {purpose}}}" if purpose else "",
        "avtalstid:",
        f"  start: {start}",
        f"  slut: {end}" if end else "  tills_vidare: ja",
        f"  {term}" if term else "",
        more,
    ]
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text("\n".join(line for line in lines if line) + "\n", encoding="utf-8")
    return path


def paying(amount: str, year: int, payee: str = "föreningen") -> str:
    """Return the YAML of an economy with one payment of *amount* for *year*."""
    return f"ekonomi: {{utbetalningar: [{{från: kommunen, till: {payee}, belopp: {amount}, senast: {year}-01-31}}]}}"


def register(*sources: Path, **how) -> Register:
    return make_register(sources, today=how.pop("today", DAY), **how)


def told(made: Register, kind: WatchKind) -> list[Watch]:
    return [one for one in made.watch if one.kind is kind]
