"""Makes docs/regler.md: every rule and every point of the profiles, from the rules' docstrings and the profiles' data."""

from __future__ import annotations

from collections.abc import Sequence

from iopdocs.errors import LoadError
from iopdocs.files.loader import loads
from iopdocs.findings import RULE_FAMILIES, Explained
from iopdocs.library.layer_reader import load_library
from iopdocs.linter.catalogue import catalogue
from iopdocs.linter.rules import RULES

NOTICE = "<!-- Skriven av scripts/make_reference.py. Ändra regelns docstring eller profilen och kör `make docs`. -->\n"

INTRO = """# Regler

Det här är allt som `iopdocs lint` kan säga om ett avtal: vad som saknas, vad som inte går ihop, vad som gör avtalet till
något annat än ett partnerskap, och vem som kräver det. `iopdocs rule KOD` visar samma sak i terminalen.

- En **regel** prövas alltid. En **punkt** (K) prövas när en profil som begärs har den: `--profile malmo`.
- **fel** behöver rättas innan avtalet kan skrivas under, **varning** bör prövas av den som svarar för avtalet, **råd** kan
  göra avtalet bättre. En profil kan ge en regel en annan nivå.
- En regel som inte ska gälla undantas i avtalets data, med skäl: `lint: {undantag: [{regel: S101, skäl: …}]}`.
- Koderna är desamma i alla versioner. Egna regler har koderna X001–X999: se [egna regler](egna-regler.md).
- Reglerna är inte granskade av någon jurist. De visar vad källorna säger och ersätter inte en juridisk bedömning.

"""


def rules_page() -> str:
    """Return docs/regler.md."""
    everything = catalogue(load_library(), RULES)
    parts = [NOTICE, "\n", INTRO, _families(everything)]
    for family in RULE_FAMILIES:
        own = [one for one in everything if one.code.startswith(family.letter)]
        if own:
            parts += [f"\n## {family.letter} – {family.label}\n\n", _overview(own), *(_entry(one) for one in own)]
    return "".join(parts)


def _families(everything: Sequence[Explained]) -> str:
    lines = ["| Familj | Vad den gäller | Antal |\n|---|---|--:|\n"]
    for family in RULE_FAMILIES:
        count = sum(one.code.startswith(family.letter) for one in everything)
        shown = (
            f"[{family.letter}](#{family.letter.lower()}--{family.label.replace(' ', '-')})" if count else family.letter
        )
        lines.append(f"| {shown} | {family.label} | {count or 'egna'} |\n")
    return "".join(lines)


def _overview(rules: Sequence[Explained]) -> str:
    lines = ["| Kod | Namn | Vad som är fel | Nivå |\n|---|---|---|---|\n"]
    lines += [
        f"| [{one.code}](#{_anchor(one)}) | {_cell(one.name)} | {_cell(one.title)} | {one.level.value} |\n"
        for one in rules
    ]
    return "".join(lines)


def _entry(one: Explained) -> str:
    title = one.title.rstrip(".")
    lines = [f"\n### {one.code}\n\n", f"**{title}**\n\n", f"`{one.name}` · {one.level.value}"]
    if one.profiles:
        lines.append(f" · profiler: {', '.join(one.profiles)}")
    lines.append("\n\n")
    if one.reads:
        lines.append(f"- **Läser:** {', '.join(f'`{path}`' for path in one.reads)}\n")
    lines.append(_item("Vad", one.what))
    lines.append(_item("Varför", one.why))
    lines.append(_item("Gör så", one.hint))
    lines.append(_item("Källa", "; ".join(one.sources)))
    lines += [_example("Dåligt exempel", one.bad), _example("Bra exempel", one.good)]
    return "".join(lines)


def _item(heading: str, text: str) -> str:
    return f"- **{heading}:** {_safe(text).replace(chr(10) * 2, chr(10) * 2 + '  ')}\n" if text else ""


def _example(heading: str, text: str) -> str:
    if not text:
        return ""
    try:
        loads(text)
    except LoadError:
        # Some rules look at texts of layers: their examples are told in words.
        return f"\n{heading}: {_safe(' '.join(text.split()))}\n"
    return f"\n{heading}:\n\n```yaml\n{text}\n```\n"


def _anchor(one: Explained) -> str:
    return one.code.lower()


def _cell(text: str) -> str:
    return _safe(text).replace("|", "\\|")


def _safe(text: str) -> str:
    """Return *text* with what Markdown would read as its own kept as it is written."""
    escaped = "".join(f"\\{sign}" if sign in "*_<>[]`" else sign for sign in text)
    return escaped.replace("](", "]\\(")
