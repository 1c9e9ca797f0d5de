"""T – mall: the texts of the layers and the agreement's own notes to the linter compared with the data."""

from __future__ import annotations

import re
from collections.abc import Iterable

from iopdocs.document.tree import Origin
from iopdocs.findings import Level
from iopdocs.library.clauses import same_id
from iopdocs.library.texts import LayerText
from iopdocs.linter.document_gaps import holes, references_in_data
from iopdocs.linter.omitted_clauses import left_out_by_label
from iopdocs.linter.rule import Case, Hit, rule
from iopdocs.templating.unknown_names import unknown_names

_REPORTED_BY_T109 = re.compile(r"egna_klausuler\[\d+\]\.text")
"""The path at which rule T109 reports what is missing."""


@rule("K201", "uppgift-saknas", Level.ERROR)
def datum_missing(case: Case) -> Iterable[Hit]:
    """En uppgift som avtalets text skriver ut saknas.

    Vad: En mening i avtalet har en plats för en uppgift, och uppgiften är inte ifylld. Regeln tiger när en punkt i
        profilen redan säger samma sak.
    Varför: Meningen går inte att läsa förrän uppgiften finns. I ett utkast står en gul platshållare där.
    Dåligt exempel:
        titel: Trygga kvällar
        ekonomi:
          resurser:
            - {part: alla parter, slag: kontanta medel}
    Bra exempel:
        titel: Trygga kvällar
        ekonomi:
          resurser:
            - {part: alla parter, slag: kontanta medel, belopp: 100 000 kr}
    Källa: malmo, Mall för IOP.
    """
    for hole in holes(case.document) if case.document is not None else ():
        node = hole.placeholder
        if node.path and not _REPORTED_BY_T109.fullmatch(node.path):
            yield Hit(node.path, f"{node.label} saknas", node.help)


@rule("T101", "undantag-utan-verkan", Level.WARNING, reads=("lint.undantag",))
def useless_exemption(case: Case) -> Iterable[Hit]:
    """Ett undantag som inte behövs eller inte gäller.

    Vad: Ett undantag under ”lint” saknar regel eller skäl, anger något annat än koden för en regel eller punkt som finns,
        står redan i ett annat undantag, eller gäller en regel som inte har något att säga om avtalet. Regeln tiger om
        undantag från regler och punkter som inte prövades.
    Varför: Ett undantag som ligger kvar döljer nästa fel av samma slag, och ett undantag utan skäl kan ingen pröva.
    Dåligt exempel:
        lint:
          undantag:
            - {regel: S104}
    Bra exempel:
        avtalstid: {tills_vidare: ja, slut: 2029-12-31}
        lint:
          undantag:
            - {regel: S104, skäl: Slutdagen är den dag då medlen senast ska vara använda.}
    Källa: god sed.
    """
    # Known only when all findings are: see iopdocs.linter.exemptions.
    return ()


@rule("T102", "hänvisning-utan-mål", Level.ERROR)
def reference_to_nothing(case: Case) -> Iterable[Hit]:
    """En hänvisning i en text som inte leder någonstans.

    Vad: En text, i avtalet eller i ett lager, hänvisar till ett avsnitt eller en rubrik som inte finns i det här avtalet.
        Är den klausul som står under rubriken borttagen med ”klausuler” sägs det.
    Varför: Läsaren skickas till något som inte finns.
    Dåligt exempel: texten säger ”enligt [](#tvist)” i ett avtal som inte har något avsnitt om tvist.
    Bra exempel: hänvisningen står inom ”{% if tvist.steg %} … {% endif %}”.
    Källa: malmo, Mall för IOP.
    """
    by_label = left_out_by_label(case)
    for hole in holes(case.document) if case.document is not None else ():
        node = hole.placeholder
        if node.path:
            continue
        written = tuple(references_in_data(case, node.label))
        left_out = by_label.get(node.label, "")
        why = f"klausulen är borttagen med klausuler.{left_out}: nej"
        hint = "ta med det som hänvisningen gäller, eller ändra texten"
        if left_out:
            hint = f"ta bort valet klausuler.{left_out}: nej, eller ändra texten"
        for path, start, end in written:
            message = f"{node.label} leder ingenstans"
            if left_out:
                message += "; " + why
            yield Hit(path, message, hint, span=(start, end), word=node.label)
        if not written:
            where = f"{hole.origin.file}:{hole.origin.line}"
            message = f"{node.label} leder ingenstans (texten {where})"
            if left_out:
                message += "; " + why
            yield Hit(f"klausuler.{left_out}" if left_out else "", message, hint, word=node.label)


@rule("T104", "ersatt-text-har-ändrats", Level.WARNING)
def replaced_text_has_changed(case: Case) -> Iterable[Hit]:
    """Texten under en egen text har ändrats.

    Vad: En text i ett lager säger med ”ersätter” vilken text den ersätter och dess hash, och texten under den har nu
        en annan hash, ett annat id eller finns inte. Så blir det också när lagret med den ersatta texten inte längre
        är med.
    Varför: Den som skrev den egna texten har inte läst den nya grundtexten. Rättelser i den når inte avtalet.
    Dåligt exempel: ”ersätter: {id: tvist, hash: 0123abcd}” när grundlagrets tvist.md.j2 har en annan hash.
    Bra exempel: ”ersätter” har den hash som texten under har nu.
    Källa: malmo, Mall för IOP.
    """
    for number, layer in enumerate(case.library.layers):
        for text in layer.texts.values():
            replaces = text.front.replaces
            if replaces is None:
                continue
            below = case.library.replaced_by(text, number)
            origin = Origin(layer.name, text.name, _line_of_replaces(text))
            if below is None:
                message = (
                    "texten {name} säger att den ersätter {what}, men ingen text under den har det namnet eller id:t"
                )
                hint = "ta med det lager som har texten, skriv id för en annan text som den ska ersätta, eller ta bort ”ersätter”"
            elif replaces.id and not any(same_id(replaces.id, id) for id in (case.library.id_of(below), below.stem)):
                message = "texten {name} säger att den ersätter ”{id}”, men texten under den heter något annat"
                hint = f"skriv id: {case.library.id_of(below)}"
            elif not _same_hash(replaces.hash, below.digest):
                message = (
                    "texten under {name} har ändrats sedan den egna texten skrevs, eller kommer nu från ett annat lager"
                )
                hint = (
                    f"läs den nya texten i lagret {below.layer}, anpassa den egna och skriv hash: {below.digest[:16]}"
                )
            else:
                continue
            what = f"”{replaces.id}”" if replaces.id else "en text"
            message = message.format(name=text.name, id=replaces.id, what=what)
            yield Hit("", message, hint, word=text.name, origin=origin)


def _line_of_replaces(text: LayerText) -> int:
    """Return the line of the file with the reference to the text that *text* replaces."""
    lines = [text.positions[key].line for key in ("ersätter.hash", "ersätter.id", "ersätter") if key in text.positions]
    return lines[0] if lines else 1


def _same_hash(written: str | None, digest: str) -> bool:
    return bool(written) and len(str(written)) >= 8 and digest.startswith(str(written).lower())


@rule("T105", "okänt-namn-i-text", Level.ERROR)
def unknown_name_in_text(case: Case) -> Iterable[Hit]:
    """Ett namn i en text som inget avtal har.

    Vad: En text i ett lager ovanpå grundlagret använder en uppgift som inte finns i modellen, också på ställen som det
        här avtalet inte kommer till.
    Varför: Uppgiften kommer aldrig att skrivas ut, eller så avbryts arbetet när ett annat avtal når stället.
    Dåligt exempel: ”{% if avtalstid.uppsägningtid %}” i en text i kommunens lager.
    Bra exempel: ”{% if avtalstid.uppsägningstid %}”.
    Källa: malmo, Mall för IOP.
    """
    for layer in case.library.layers[1:]:
        for text in layer.texts.values():
            for unknown in unknown_names(text, case.library):
                message = f"”{unknown.name}” finns inte i något avtal" + (f" – {unknown.near}" if unknown.near else "")
                hint = "alla namn står i docs/data.md"
                yield Hit("", message, hint, word=unknown.name, origin=Origin(layer.name, text.name, unknown.line))


@rule("T901", "regel-gick-fel", Level.ERROR)
def rule_failed(case: Case) -> Iterable[Hit]:
    """En regel kunde inte köras.

    Vad: En regel stötte på ett fel i sig själv. De andra reglerna har körts som vanligt.
    Varför: Det som regeln skulle ha sagt är inte prövat.
    Dåligt exempel: en egen regel som räknar med att varje avtal har ett slutdatum.
    Bra exempel: regeln prövar först att slutdatumet finns.
    Källa: god sed.
    """
    # Reported by the engine when another rule raises.
    return ()
