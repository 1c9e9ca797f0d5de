"""Write the generated pages of docs/, so that they cannot say anything but what the code says.

data.md comes from the model's dictionary, cli.md from the commands' own help, regler.md from rules and profiles (see
rules_page.py), python-referens.md and modell.md from the public names (see python_pages.py), variabler.md what texts may use, and
rapport.schema.json is the schema of the json report.
"""

from __future__ import annotations

import json
import runpy
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

import click

from iopdocs.cli.app import application
from iopdocs.errors import PROBLEM_CODES
from iopdocs.linter.formats.report_schema import report_schema
from iopdocs.model.agreement import Agreement
from iopdocs.model.fields import ClauseName, Field, PartyRef, Year, fields_of
from iopdocs.values.ages import AgeSpan
from iopdocs.values.counts import Hours
from iopdocs.values.duration import Duration
from iopdocs.values.identifiers import CaseNumber, OrganisationNumber
from iopdocs.values.money import Money
from iopdocs.values.people import PeopleSpan
from iopdocs.values.period import Period
from iopdocs.values.text import RichText

DOCS = Path(__file__).resolve().parent.parent / "docs"
NOTICE = "<!-- Skriven av scripts/make_reference.py. Ändra modellen eller kommandot och kör `make docs`. -->\n"

KINDS: Mapping[Any, tuple[str, str]] = {
    str: ("text", "Vilken text som helst; skrivs i avtalet precis som den står."),
    RichText: ("löptext", "Stycken, listor, `*kursiv*` och `**fet**`; allt annat är vanlig text."),
    bool: ("ja/nej", "`ja` eller `nej`."),
    int: ("antal", "Ett heltal: `400`, `1 200`."),
    Hours: ("timmar", "Hela timmar: `1200`, `1 200 timmar`."),
    Decimal: ("tal", "Ett tal med decimalkomma: `2,5`. En andel är i procent, med eller utan tecknet: `80`, `80,5 %`."),
    Year: ("år", "Ett årtal med fyra siffror: `2027`."),
    date: (
        "datum",
        "`2027-01-31` eller `31 januari 2027`. Läses också: `den 31:a jan. 2027`, `31/1 2027`, `2027.01.31`, `20270131`, "
        "`270131`, `söndag 31 januari 2027`, `senast den 31 januari 2027`, `sista januari 2027`, `måndag vecka 12 2027`. En "
        "veckodag ska stämma. `1/2/2027` kan läsas på två sätt och avvisas, liksom engelska månader och `årsskiftet`.",
    ),
    Money: (
        "belopp",
        "Svenska kronor: `900 000 kr`, `900000`, `SEK 5 000`, `5 000:-`, `1,5 miljoner kronor`, `1,2 mnkr`, `250 tkr`, "
        "`en halv miljon kronor`. Det som kan läsas på två sätt (`5,000 kr`) vägras, liksom andra valutor och belopp per år. "
        "Prisbasbelopp skrivs med år och belopp: `5 prisbasbelopp 2027 (296 000 kr)`.",
    ),
    Duration: (
        "tidslängd",
        "`6 månader`, `1 år`, `30 dagar`. Läses också: `sex (6) månader`, `1 år och 6 månader`, `ett år i taget`, `6 månader "
        "före avtalstidens slut`. Ett halvår är 6 månader, ett kvartal 3, ett tertial 4 och `1,5 år` 18 månader. `10 "
        "bankdagar` och `5 arbetsdagar` är egna enheter: de skrivs ut som de står och räknas aldrig om till dagar eller datum.",
    ),
    Period: (
        "period",
        "`2027-01-01–2027-12-31`, `1 januari 2027 till 30 juni 2027` eller ett helt år: `2027`. Läses också: `2027–2029`, "
        "`1 januari–30 juni 2027`, `fr.o.m. 1 januari 2027 t.o.m. 31 december 2029`, `januari–juni 2027`, `första halvåret "
        "2027`, `kvartal 1 2027`, `Q1 2027`, `tertial 2 2027`, `v. 10–12 2027`. `2027/2028` kan läsas på två sätt och "
        "avvisas; terminer och läsår har inga bestämda dagar.",
    ),
    AgeSpan: (
        "åldersspann",
        "`13–20 år` eller `65 år och äldre`. Läses också: `från 65 år`, `under 18 år` (0–17), `upp till 18 år` (0–18), "
        "`fyllda 18`. `över 65 år` kan läsas på två sätt och avvisas.",
    ),
    PeopleSpan: ("antal personer", "Ett heltal eller ett spann: `400`, `20–25`, `20–25 personer`."),
    OrganisationNumber: (
        "organisationsnummer",
        "Tio siffror, med eller utan bindestreck eller mellanslag: `212000-0001`, `212000 0001`, `Org.nr 212000-0001`. `16` före numret utelämnas.",
    ),
    CaseNumber: ("diarienummer", "Som myndigheten skriver det: `KS 2026/123`."),
    ClauseName: ("klausul", "Namnet på en klausul, som `iopdocs clauses list` visar det: `överskott`."),
    PartyRef: ("part", "En parts `kallas` eller `namn`, eller `alla parter`."),
}

DATA_INTRO = """# Datafilens nycklar

Ett avtal är en fil i YAML (`.yaml`, `.yml`) eller JSON (`.json`). Överst står `format: 1`; saknas raden menas 1.
Alla nycklar är frivilliga: ett utkast får vara ofullständigt, och `iopdocs lint` säger vad som fattas. En okänd nyckel
är ett fel. En nyckel utan värde är detsamma som ingen nyckel; `''` är en tom text.

Editorer kan hjälpa till med nycklarna: `iopdocs schema` skriver ett JSON Schema.

## Så skrivs värden

| Slag | Så skrivs det |
|---|---|
"""

CLI_INTRO = """# Kommandon

## För alla kommandon

| Slutkod | Betyder |
|---|---|
| 0 | Allt gick bra. |
| 1 | Det finns fynd: brister i avtal, texter eller dokument, eller ett färdigt dokument (`--final`) som saknar något. |
| 2 | Något kunde inte läsas eller göras, eller kommandot är fel skrivet. |
| 130 | Avbrutet. |

Den högsta gäller. Med flera filer behandlas de övriga även om en inte kan läsas. `--fail-on fel`, `varning` eller `råd` säger
vilka fynd som ger 1, och med `--fail-on ingen` gör inga det; 2 blir det ändå. Utan valet gäller `fel`, eller för `lint` och
`batch` det som `stoppa_vid` i `iopdocs.yaml` säger. `review` ger 1 bara med `--fail-on`, och `register` aldrig.

`-` är standard in eller standard ut där en fil läses eller skrivs: `iopdocs render - -o - < avtal.yaml > avtal.docx`,
`iopdocs lint -`, `iopdocs convert - -`. En datafil på standard in är JSON om den börjar som JSON, annars YAML, eller det som
`--from` säger. Det som blir av den skrivs som Word om `--to` inte säger annat, och aldrig på en terminal som inte kan visa det.
Meddelanden skrivs då på standard fel. Windows PowerShell 5.1 förstör Word och PDF i rör; ange i stället en fil med `-o`.

`-h` och `--help` visar hjälpen, liksom `iopdocs help` och `iopdocs help batch`.
"""


VARIABLES_INTRO = """# Namn i texter

En text i ett lager är Markdown med uppgifter ur avtalet: `{{ avtalstid.start|datum }}` skriver en uppgift, och det som står
mellan `{% if tvist.steg %}` och `{% endif %}` kommer bara med när avtalet har uppgiften. En uppgift som saknas skrivs som en
gul platshållare. En lista gås igenom: `{% for p in parter %} … {% endfor %}`; inne i slingan heter varje part då `p`.

En uppgift av slaget *part* leder till parten: i en slinga över resurser är `r.part` partens namn och `r.part.kontakt.namn`
dess kontaktperson. En klausul tas in med `{% klausul "tvist" %}`, en annan text med `{% include "avsnitt/mal.md.j2" %}`.
Samma lista, att söka i: `iopdocs variables belopp`.
"""

CHECK_INTRO = """# Tillgängliga dokument

`iopdocs check FIL.docx` prövar ett färdigt Word-dokument mot 21 rader, vare sig det är gjort av iopdocs eller inte:
det som EN 301 549 (kapitel 10) och WCAG 2.1 kräver av ett textdokument, och det som svenska vägledningar råder till. Varje
brist får sin plats i dokumentet och besked om vad som ska göras i Word. `--format json` är för program. `--format sarif` och
`--format github` är för kodgranskning och bygglogg: varje rad har en kod, D001 för rad 1 och så vidare, och loggen citerar
inget ur dokumentet. Med `-o FIL` skrivs beskedet till en fil.

Slutkod 0: inga brister. 1: minst ett krav är brutet. 2: filen kunde inte läsas. Råd som inte följs ger slutkod 1 bara med
`--fail-on råd`, och med `--fail-on ingen` ger inget det.
Ett dokument med fler än 300 000 element (stycken, textbitar, celler …), mer än tusen sidor, läses inte.

| Rad | Vad | Krav | Slag | Källa |
|--:|---|---|---|---|
"""

CHECK_BY_HAND = """## Pröva för hand

Det här kan inget program avgöra:

"""


DICTS_INTRO = """
## JSON och Python

I JSON står samma nycklar. Ett tal i JSON är entydigt: `900000.5` är 900 000 kronor och 50 öre. Ett belopp med fler än två
decimaler nekas hellre än avrundas; ja/nej kan skrivas `true` och `false`, och `null` är detsamma som ingen nyckel.

I Python blir en dict med samma nycklar ett avtal med `iopdocs.from_dict`, och `iopdocs.to_dict` gör en dict av ett avtal. Den
består av dict, list, str, int och bool och kan sparas som den är, till exempel som en rad i en databas:

```python
import json, iopdocs
row = json.dumps(iopdocs.to_dict(agreement), ensure_ascii=False)
assert iopdocs.from_dict(json.loads(row)) == agreement
```

`from_dict` tar också `datetime.date`, `decimal.Decimal` och tupler. Går något inte att läsa blir det ett `LoadError` med alla fel
på en gång i `problems`. Varje fel har `path` (`parter[2].organisationsnummer`), `label` (`Parter › Organisationsnummer`), `message`
och `hint`, så att ett formulär kan visa det vid sitt fält, och `code`:

| Kod | Betyder |
|---|---|
"""


def data_page() -> str:
    """Return docs/data.md: every key of a data file, one table for each record of the model."""
    places = _places()
    lines = [f"| {name} | {how} |\n" for name, how in KINDS.values()]
    sections = [_record(cls, paths, places) for cls, paths in places.items()]
    codes = [f"| `{code}` | {meaning} |\n" for code, meaning in PROBLEM_CODES.items()]
    return "".join([NOTICE, "\n", DATA_INTRO, *lines, DICTS_INTRO, *codes, *sections])


def cli_page() -> str:
    """Return docs/cli.md: the help of `iopdocs` and of each of its commands, as a terminal of 80 columns shows it."""
    return "".join([NOTICE, "\n", CLI_INTRO, *(_command(name, command) for name, command in _commands())])


def _places() -> dict[type, list[str]]:
    """Return each model class with the paths where it stands, in the order a reader meets them."""
    places: dict[type, list[str]] = {}

    def visit(cls: type, path: str) -> None:
        places.setdefault(cls, []).append(path)
        if len(places[cls]) == 1:
            for field in fields_of(cls):
                if _is_table(field):
                    visit(field.type, f"{path}.{field.key}" if path else field.key)

    visit(Agreement, "")
    return places


def _is_table(field: Field) -> bool:
    return field.is_record and not field.keyed


def _record(cls: type, paths: list[str], places: Mapping[type, list[str]]) -> str:
    first, *others = paths
    heading = f"\n## {_title(first)}\n\n"
    also = f"Samma nycklar finns i {', '.join(f'`{path}`' for path in others)}.\n\n" if others else ""
    head = "| Nyckel | Värde | Vad den säger | Exempel | Källa |\n|---|---|---|---|---|\n"
    return heading + also + head + "".join(_row(field, places) for field in fields_of(cls))


def _title(path: str) -> str:
    return path or "Överst i filen"


def _row(field: Field, places: Mapping[type, list[str]]) -> str:
    entry = field.entry
    value = "klausul och variant, med kolon emellan" if field.keyed else _value(field, places)
    says = f"{entry.label}. {entry.help}" + ("" if entry.printed else " *Skrivs inte ut i avtalet.*")
    example = f"`{entry.example}`" if entry.example else ""
    cells = (f"`{entry.key}`", value, says, example, ", ".join(entry.sources))
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |\n"


def _value(field: Field, places: Mapping[type, list[str]]) -> str:
    if _is_table(field):
        path = places[field.type][0]
        kind = f"[nycklarna i {path}](#{anchor(_title(path))})"
    elif isinstance(field.type, type) and issubclass(field.type, Enum):
        words = ", ".join(f"`{member.value}`" for member in field.type)
        return f"lista med ord bland: {words}" if field.many else f"ett av: {words}"
    else:
        kind = KINDS[field.type][0]
    return f"lista av {kind}" if field.many else kind


def anchor(heading: str) -> str:
    """Return the anchor that a forge gives a Markdown heading: lower case, hyphens for spaces, no other marks."""
    kept = "".join(char for char in heading.lower() if char.isalnum() or char in " -_")
    return kept.replace(" ", "-")


def _commands() -> Iterator[tuple[str, click.Command]]:
    yield "iopdocs", application
    context = click.Context(application, info_name="iopdocs")
    for name in application.list_commands(context):
        command = application.get_command(context, name)
        if command is not None and not command.hidden:
            yield f"iopdocs {name}", command
            if isinstance(command, click.Group):
                inner = click.Context(command, parent=context, info_name=name)
                found = ((one, command.get_command(inner, one)) for one in command.list_commands(inner))
                yield from ((f"iopdocs {name} {one}", each) for one, each in found if each is not None)


def _command(name: str, command: click.Command) -> str:
    context = click.Context(command, info_name=name, terminal_width=80, max_content_width=80)
    return f"\n## {name}\n\n```\n{command.get_help(context)}\n```\n"


def variables_page() -> str:
    """Return docs/variabler.md: every name that a text of a layer may use."""
    from iopdocs.authoring.variables import tools, variables

    lines = [NOTICE, "\n", VARIABLES_INTRO]
    for (record, loop), group in groupby(variables(), key=lambda one: (one.path.rpartition(".")[0], one.loop)):
        lines.append(f"\n## {_title(record).replace('Överst i filen', 'Avtalet')}\n\n")
        if loop:
            lines.append(f"I en slinga: `{loop}`\n\n")
        lines.append("| Namn | Slag | Vad det är |\n|---|---|---|\n")
        for one in group:
            kind = f"lista av {one.kind}" if one.many and not one.computed else one.kind
            words = f": {', '.join(f'`{word}`' for word in one.words)}" if one.words else ""
            says = f"{one.label}. {one.help}" if one.label else one.help
            says += f" Samma namn som i [{one.same}](#{anchor(one.same)})." if one.same else ""
            says += " *Räknas ut.*" if one.computed else ""
            lines.append(_cells(f"`{one.written}`", kind + words, says))
    for kind, found in groupby(tools(), key=lambda one: one.kind):
        heading = {"filter": "Filter", "test": "Tester", "i en slinga": "I en slinga"}[kind]
        lines += [f"\n## {heading}\n\n", "| Namn | Vad det gör | Exempel |\n|---|---|---|\n"]
        lines += [_cells(f"`{one.name}`", one.says, f"`{one.example}`") for one in found]
    return "".join(lines)


def _cells(*cells: str) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |\n"


def rules_page() -> str:
    """Return docs/regler.md: every rule and every point of a profile."""
    made = runpy.run_path(str(Path(__file__).with_name("rules_page.py")))["rules_page"]
    return str(made())


def _python_page(name: str) -> str:
    made = runpy.run_path(str(Path(__file__).with_name("python_pages.py")))["PAGES"]
    return str(made[name]())


def report_schema_page() -> str:
    """Return docs/rapport.schema.json: the schema of what `iopdocs lint --format json` writes."""
    return json.dumps(report_schema(), ensure_ascii=False, indent=2) + "\n"


def batch_schema_page() -> str:
    """Return docs/batchrapport.schema.json: the schema of what `iopdocs batch --report rapport.json` writes."""
    from iopdocs.batch.report_data import batch_schema

    return json.dumps(batch_schema(), ensure_ascii=False, indent=2) + "\n"


def register_schema_page() -> str:
    """Return docs/register.schema.json: the schema of what `iopdocs register -o register.json` writes."""
    from iopdocs.register.json_writer import register_schema

    return json.dumps(register_schema(), ensure_ascii=False, indent=2) + "\n"


def check_page() -> str:
    """Return docs/tillganglighet.md: every row that `iopdocs check` tries a Word document against."""
    from iopdocs.accessibility.requirements import ROWS

    rows = [
        f"| {row.number} | {row.title} | {row.demand} | {'råd' if row.advice else 'krav'} | {row.source} |\n"
        for row in ROWS
    ]
    by_hand = [f"- **{row.number}. {row.title}.** {row.by_hand}\n" for row in ROWS if row.by_hand]
    return "".join([NOTICE, "\n", CHECK_INTRO, *rows, "\n", CHECK_BY_HAND, *by_hand])


PAGES = {
    "data.md": data_page,
    "cli.md": cli_page,
    "regler.md": rules_page,
    "tillganglighet.md": check_page,
    "variabler.md": variables_page,
    "python-referens.md": partial(_python_page, "python-referens.md"),
    "modell.md": partial(_python_page, "modell.md"),
    "rapport.schema.json": report_schema_page,
    "batchrapport.schema.json": batch_schema_page,
    "register.schema.json": register_schema_page,
}


def write() -> None:
    """Write every page as UTF-8 with LF."""
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write()
