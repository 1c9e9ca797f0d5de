"""L502 and L503 – the length of sentences, and the readability of sections."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from iopdocs.document.tree import Block, ListBlock, Paragraph, ParagraphStyle, Section, Value
from iopdocs.document.walk import inlines_of, plain
from iopdocs.findings import Level
from iopdocs.linter.passages import Passage
from iopdocs.linter.prose.lix import lix, words_of
from iopdocs.linter.prose.sentences import sentences
from iopdocs.linter.prose.word_matches import excerpt
from iopdocs.linter.rule import Case, Hit, rule
from iopdocs.linter.rules.language.word_lists import MOST, NAMES, is_at_or_below
from iopdocs.model.agreement import Agreement
from iopdocs.model.fields import fields_of


@rule("L502", "lång-mening", Level.ADVICE, reads=("bakgrund.behov", "insatser.beskrivning", "bilagor.text"))
def long_sentences(case: Case) -> Iterable[Hit]:
    """En mening med för många ord.

    Vad: En mening i en text som skrivs ut, i data eller i ett lager, har fler ord än gränsen ord_per_mening (40 om
        inget annat är sagt, 0 stänger av). Punkter i listor och nya rader avslutar en mening.
    Varför: Den som läser en lång mening har glömt början när slutet kommer, och villkor i den missas.
    Dåligt exempel:
        bakgrund:
          behov: >-
            Parterna möts varje månad för att tala om hur verksamheten går och om vad som behöver ändras, och de bjuder
            då in de unga som vill vara med, de ideella som leder kvällarna, de grannar som bor nära och de föräldrar
            som har tid, så att alla får höra samma sak.
    Bra exempel:
        bakgrund:
          behov: >-
            Parterna möts varje månad och talar om hur verksamheten går. De bjuder in unga, ideella, grannar och
            föräldrar.
    Källa: språklagen (2009:600) 11 §.
    """
    limit = case.limits.sentence_words
    if not limit:
        return
    for passage in case.data_texts:
        if not is_at_or_below(passage.path, NAMES):
            yield from _long(passage, limit)
    seen: set[tuple[object, str]] = set()
    for passage in case.layer_words:
        if (passage.origin, passage.text) not in seen:
            seen.add((passage.origin, passage.text))
            yield from _long(passage, limit)


def _long(passage: Passage, limit: int) -> Iterator[Hit]:
    reported = 0
    for start, end in sentences(passage.text):
        count = len(words_of(passage.text[start:end].replace("\ufffc", "x")))
        if count <= limit:
            continue
        reported += 1
        if reported > MOST:
            return
        # The first words locate the sentence in a file that folds its lines; a whole sentence is seldom on one line.
        first = passage.text.find(" ", start, end)
        span = None if passage.origin else (start, first if first > 0 else end)
        yield Hit(
            passage.path,
            f"meningen har {count} ord; gränsen är {limit}",
            "dela den, eller gör uppräkningen till en lista",
            span=span,
            word=passage.text[start : start + 40].replace("\ufffc", "…"),
            quote=excerpt(passage.text, (start, end), start, start),
            origin=passage.origin,
        )


@rule("L503", "svårläst-avsnitt", Level.ADVICE, reads=("bakgrund", "insatser", "mål", "organisation", "bilagor.text"))
def hard_sections(case: Case) -> Iterable[Hit]:
    """Ett avsnitt som är svårt att läsa.

    Vad: Läsbarhetsindex (lix) i ett avsnitt, som det skrivs ut, är högre än gränsen lix (60 om inget annat är sagt, 0
        stänger av). Lix är ord per mening plus antalet ord av hundra med fler än sex bokstäver. Det räknas på avsnitt
        med minst så många ord som lix_minst_ord säger (100); rubriker och tabeller räknas inte.
    Varför: 50–60 är vanligt i myndighetstext. Över 60 förstår få texten vid en första läsning, och den som ska skriva
        under ska förstå den.
    Dåligt exempel:
        bakgrund:
          behov: >-
            Samverkansorganisationens fortsatta verksamhetsutveckling förutsätter en långsiktig kompetensförsörjning, en
            ändamålsenlig resursfördelning och en systematisk kvalitetsuppföljning inom samtliga prioriterade
            utvecklingsområden, där målgruppens delaktighetsperspektiv genomsyrar såväl verksamhetsplanering som
            genomförande. De folkhälsopolitiska målsättningarna konkretiseras genom kommungemensamma handlingsplaner,
            samverkansöverenskommelser och uppföljningsmodeller, vilka kompletterar den förebyggande
            socialtjänstverksamheten, fritidsverksamheten och skolutvecklingen i de berörda stadsdelarna.
            Stadsdelsutvecklingens styrdokument synliggör segregationens strukturella orsakssammanhang och de långsiktiga
            finansieringsförutsättningarnas betydelse för organisationernas lärandeprocesser, generationsöverskridande
            gemenskapsbyggande och demokratiutvecklande verksamhetsformer. Samverkansparterna dokumenterar kontinuerligt
            gemensamma verksamhetserfarenheter, utvärderingsresultat och förbättringsförslag, varefter
            verksamhetsledningen samordnar volontärrekrytering, kompetensutveckling och ekonomisk årsredovisning.
            Kommunikationsinsatserna tydliggör partnerskapets samhällsnytta för invånarna, förtroendevalda och
            medarbetare, medan samverkansgruppens sammansättning återspeglar parternas jämbördighet, mångfald och
            inriktning under hela den gemensamma avtalsperioden.
    Bra exempel:
        bakgrund:
          behov: >-
            Unga i Norrby vill ha en plats att gå till. I dag finns det ingen.
    Källa: språklagen (2009:600) 11 §.
    """
    limit, fewest = case.limits.lix, case.limits.lix_words or 0
    if not limit or case.document is None:
        return
    for section in case.document.sections:
        figures = lix(_running(section.blocks))
        if figures.words >= max(1, fewest) and figures.value > limit:
            path = _path(case.agreement, section)
            message = f"avsnittet ”{plain(section.heading)}” har läsbarhetsindex (lix) {round(figures.value)}; gränsen är {limit}"
            hint = f"skriv kortare meningar och byt ut långa ord: {round(figures.words_per_sentence)} ord per mening, {round(figures.long_share)} av 100 ord är långa"
            yield Hit(path, message, hint, word=section.id, origin=None if path else section.origin)


def _running(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the text of paragraphs and list items; headings, tables and signatures are not running text."""
    for block in blocks:
        if isinstance(block, Paragraph) and block.style is ParagraphStyle.BODY:
            yield plain(block.children)
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from _running(item)


def _path(agreement: Agreement, section: Section) -> str:
    """Return the key that *section* prints, an item of a list where it prints one, or an empty text for a layer's section."""
    for node in inlines_of(section.heading):
        if isinstance(node, Value) and node.path.startswith(("bilagor[", "egna_avsnitt[")):
            return node.path.split(".")[0]
    return {_slug(field.key): field.key for field in fields_of(type(agreement))}.get(section.name, "")


def _slug(key: str) -> str:
    return unicodedata.normalize("NFD", key).encode("ascii", "ignore").decode()
