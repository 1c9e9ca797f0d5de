"""A document tree of every kind of node, long enough to be looked at, and strategies that build others."""

from __future__ import annotations

from iopdocs.document.tree import (
    Align,
    Block,
    CrossReference,
    Document,
    Emphasis,
    Heading,
    Inline,
    Link,
    ListBlock,
    Paragraph,
    ParagraphStyle,
    Placeholder,
    Properties,
    Section,
    SectionKind,
    SignatureBlock,
    SignatureLine,
    Strong,
    Table,
    Text,
    Value,
)

NBSP = "\u00a0"


def t(text: str) -> tuple[Inline, ...]:
    return (Text(text),)


def p(*children: Inline | str, style: ParagraphStyle = ParagraphStyle.BODY) -> Paragraph:
    return Paragraph(tuple(Text(child) if isinstance(child, str) else child for child in children), style)


def items(*texts: str | tuple[Block, ...]) -> tuple[tuple[Block, ...], ...]:
    return tuple((p(text),) if isinstance(text, str) else text for text in texts)


def cells(*texts: str) -> tuple[tuple[Inline, ...], ...]:
    return tuple(t(text) for text in texts)


def money(kronor: int) -> str:
    return f"{kronor:,}".replace(",", NBSP) + f"{NBSP}kr"


LONG = (
    "Parterna vill att unga i Norrby ska känna sig trygga ute på kvällar och helger. Samverkan bygger på att föreningen "
    "är på plats när andra vuxna inte är det, och att kommunen ger den långsiktighet som ideellt arbete behöver. Under "
    "2025 genomförde föreningen 140 vandringar med i genomsnitt sju vuxna i varje, och mötte omkring 2 300 ungdomar."
)
RESOURCES = Table(
    t("Resurser per part och år"),
    cells("Part", "Slag av resurs", "2027", "2028", "Summa"),
    (
        cells("Exempelstads kommun", "Kontanta medel", money(900_000), money(920_000), money(1_820_000)),
        cells(
            "Exempelstads kommun",
            "Lokal på Norrby torg, tre kvällar i veckan",
            money(60_000),
            money(60_000),
            money(120_000),
        ),
        cells(
            "Föreningen Kvällsvandrarna",
            "Ideellt arbete, 1 200 timmar per år",
            money(240_000),
            money(240_000),
            money(480_000),
        ),
        cells("Summa", "", money(1_200_000), money(1_220_000), money(2_420_000)),
    ),
    (Align.LEFT, Align.LEFT, Align.RIGHT, Align.RIGHT, Align.RIGHT),
    total_rows=1,
)
PARTIES = Table(
    t("Parter"),
    cells("Part", "Organisationsnummer", "Kallas i avtalet"),
    (
        cells("Exempelstads kommun genom Socialnämnden", "212000-0001", "kommunen"),
        cells("Föreningen Kvällsvandrarna", "802000-0009", "föreningen"),
    ),
    (Align.LEFT, Align.LEFT, Align.LEFT),
)
PAYMENTS = Table(
    t("Utbetalningar"),
    cells("Senast", "Från", "Till", "Belopp"),
    (
        *(
            cells(f"{year}-{month:02}-31", "kommunen", "föreningen", money(225_000))
            for year in (2027, 2028, 2029)
            for month in (1, 3, 7, 10)
        ),
        cells("Summa", "", "", money(2_700_000)),
    ),
    (Align.LEFT, Align.LEFT, Align.LEFT, Align.RIGHT),
    total_rows=1,
)


def signature(name: str) -> SignatureBlock:
    return SignatureBlock(
        (p(Strong((Value(name, "parter[1].namn"),))),),
        (
            SignatureLine(t("Ort och datum"), (Value("Exempelstad", "ort"),)),
            SignatureLine(t("Underskrift")),
            SignatureLine(
                t("Namnförtydligande och befattning"), (Value("Anna Andersson, ordförande", "firmatecknare"),)
            ),
        ),
    )


def sample() -> Document:
    """Return a document of some six pages with every kind of node."""
    front = (
        p(
            "Idéburet offentligt partnerskap mellan Exempelstads kommun och Föreningen Kvällsvandrarna",
            style=ParagraphStyle.SUBTITLE,
        ),
        PARTIES,
    )
    sections = (
        Section("bakgrund", "bakgrund", t("Bakgrund och syfte"), (p(LONG), p(LONG)), "1"),
        Section(
            "mal",
            "mål",
            t("Mål och målgrupp"),
            (
                p("Partnerskapet har tre mål:"),
                ListBlock(
                    items("fler vuxna ute på kvällarna i Norrby", LONG, "färre ungdomar som känner sig otrygga"), True
                ),
                Heading(2, t("Målgrupp"), "malgrupp", "2.1"),
                p(
                    "Målgruppen är ",
                    Value("unga i Norrby", "mål.målgrupp"),
                    ", omkring ",
                    Placeholder("mål.målgrupp.antal", "antal personer", "hur många ni räknar med"),
                    " personer.",
                ),
                Heading(3, t("Särskilt om flickor"), "flickor", "2.1.1"),
                p(LONG),
                ListBlock(
                    items(
                        "Vandringar fredag och lördag",
                        (
                            p("Öppet hus på fritidsgården, där"),
                            ListBlock(
                                items("ledarna är med", (p("maten är gratis"), ListBlock(items("även för syskon"))))
                            ),
                        ),
                        (
                            p("Läxhjälp."),
                            p(
                                "Den hålls på biblioteket, se ",
                                Link(t("bibliotekets sida"), "https://example.se/läxhjälp?a=1&b=2"),
                                ".",
                            ),
                        ),
                    )
                ),
                Heading(4, t("Utan nummer"), "utan"),
                p(
                    "Enligt ",
                    CrossReference("ekonomi", "avsnitt", "3"),
                    " och ",
                    CrossReference("bilaga", "", "Bilaga 1"),
                    " och ",
                    CrossReference("ekonomi", children=t("pengarna")),
                    ".",
                ),
                p("Den här texten är ett exempel och ersätter inte rådgivning.", style=ParagraphStyle.NOTE),
            ),
            "2",
        ),
        Section(
            "ekonomi",
            "ekonomi",
            t("Ekonomi"),
            (
                p("Parterna bidrar med följande resurser:"),
                RESOURCES,
                p("Överskott återinvesteras i verksamheten.", " ", Emphasis(t("Ingen part")), " tar ut vinst."),
                Heading(2, t("Utbetalningar"), "utbetalningar", "3.1"),
                p("Kommunen betalar i förskott."),
                PAYMENTS,
                p("Skriv vad som händer vid underskott.", style=ParagraphStyle.PLACEHOLDER),
            ),
            "3",
        ),
        *(
            Section(
                f"avsnitt{n}",
                "fritt",
                t(heading),
                (p(LONG), Heading(2, t("Så går det till"), f"del{n}", f"{n}.1"), p(LONG), p(LONG)),
                str(n),
            )
            for n, heading in enumerate(
                (
                    "Organisation och samverkan",
                    "Uppföljning och utvärdering",
                    "Avtalstid, uppsägning och förlängning av partnerskapet",
                    "Tvist",
                ),
                4,
            )
        ),
        Section(
            "underskrifter",
            "underskrifter",
            t("Underskrifter"),
            (
                p("Avtalet har upprättats i två exemplar."),
                signature("Exempelstads kommun"),
                signature("Föreningen Kvällsvandrarna"),
                signature("Norrby församling"),
            ),
            kind=SectionKind.UNNUMBERED,
        ),
        Section(
            "bilaga",
            "bilaga",
            t("Insatser per organisation"),
            (p(LONG), Heading(2, t("Läxhjälp"), "b11", "1.1"), p(LONG)),
            "Bilaga 1",
            SectionKind.APPENDIX,
        ),
        Section("bilaga2", "bilaga", t("Värdegrund"), (p(LONG),), "Bilaga 2", SectionKind.APPENDIX),
    )
    title = "Trygga kvällar i Norrby"
    return Document((Value(title, "titel"),), front, sections, Properties(title, case_numbers=("KS 2026/123",)))
