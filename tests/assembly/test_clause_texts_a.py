"""The clauses of economy, term and insatser: each variant can be chosen, is chosen by its facts, and says who, when and what if not."""

from __future__ import annotations

import itertools
from pathlib import Path

import attrs
import pytest
from hypothesis import HealthCheck, given

import iopdocs
from iopdocs.assembly import render_document
from iopdocs.document.tree import Block, ChosenBy, ClauseUse, Document, Heading, Paragraph
from iopdocs.document.walk import blocks_of, plain
from iopdocs.library.choices_as_facts import with_choices
from iopdocs.library.clauses import folded
from iopdocs.library.layer_reader import load_library
from iopdocs.library.layers import Library
from iopdocs.model.agreement import Agreement
from iopdocs.model.clauses import ClauseChoice
from iopdocs.model.fields import ClauseName
from tests.helpers.layers import make_layer
from tests.helpers.properties import examples
from tests.helpers.strategies import plausible_agreements

LIBRARY = load_library()
TWO = """
parter:
  - {namn: Exempelstads kommun, typ: kommun, kallas: kommunen}
  - {namn: Föreningen Vinden, typ: ideell förening, kallas: Vinden}
"""
THREE = TWO + "  - {namn: Stiftelsen Lax, typ: stiftelse, kallas: Lax}\n"
SAMPLE = iopdocs.load(Path(__file__).parents[2] / "examples" / "trygga-kvallar.yaml")

# Clause, variant, heading, and a few words that only that text has.
CHOICES = [
    ("överskott", "återinvesteras", "Överskott", "återinvesteras i den verksamhet"),
    ("överskott", "återbetalas", "Överskott", "återbetalas till den part"),
    ("överskott", "dialog", "Överskott", "avgör parterna i dialog"),
    ("överskott", "delas ut", "Överskott", "Ett överskott delas ut."),
    ("underskott", "varje part bär sitt", "Underskott", "bär det underskott som uppstår hos den själv"),
    ("underskott", "dialog", "Underskott", "tar parterna upp i dialog"),
    ("underskott", "organisationen", "Underskott", "får då minska sina insatser"),
    ("underskott", "den offentliga parten", "Underskott", "bärs av den offentliga parten"),
    ("utbetalning", "kvartal", "Utbetalningar", "en gång i kvartalet"),
    ("utbetalning", "tertial", "Utbetalningar", "en gång per tertial"),
    ("utbetalning", "i förskott", "Utbetalningar", "på en gång och i förskott"),
    ("utbetalning", "rekvirering", "Utbetalningar", "kallas rekvirering"),
    ("utbetalning", "per dag och person", "Utbetalningar", "antalet dygn och personer"),
    ("uppräkning", "arbetskostnadsindex", "Uppräkning", "ändringen i arbetskostnadsindex"),
    ("uppräkning", "inflation", "Uppräkning", "konsumentprisindex"),
    ("uppräkning", "ingen", "Uppräkning", "räknas inte upp"),
    ("andra_bidrag", "får sökas", "Andra bidrag", "Andra bidrag får sökas för samma verksamhet"),
    ("andra_bidrag", "efter samråd", "Andra bidrag", "får sökas efter samråd"),
    ("andra_bidrag", "nej", "Andra bidrag", "får inte sökas"),
    ("förlängning", "automatisk efter uppföljning", "Förlängning", "förlängs avtalet utan nytt beslut"),
    ("förlängning", "efter förhandling", "Förlängning", "Det sker inte automatiskt"),
    ("förlängning", "ingen", "Förlängning", "Avtalet förlängs inte"),
    ("uppsägning", "standard", "Uppsägning", "Uppsägningen ska vara skriftlig"),
    ("uppsägning", "ja", "Uppsägning", "Uppsägningen ska vara skriftlig"),
    ("uppsägning", "ingen", "Uppsägning", "Ingen part får säga upp avtalet i förtid"),
    ("vinstsyfte", "ja", "Ekonomi", "drivs utan vinstsyfte"),
]
NAMED = {(clause, variant) for clause, variant, _heading, _words in CHOICES}
SILENT = [(clause, "egna ord") for clause in ("överskott", "underskott", "uppräkning", "andra_bidrag", "förlängning")]
SILENT.append(("utbetalning", "enligt tabellen"))

PAYMENT = "från: kommunen, till: Vinden, belopp: 50 000 kr"
PRICE = "från: kommunen, till: Vinden, pris_per_dygn_och_person: 350 kr"
FACTS = [
    ("ekonomi: {överskott: {hantering: dialog, beskrivning: Parterna möts i maj.}}", "överskott", "dialog"),
    ("ekonomi: {överskott: {hantering: delas ut}}", "överskott", "delas ut"),
    ("ekonomi: {underskott: {bärs_av: varje part bär sitt}}", "underskott", "varje part bär sitt"),
    ("ekonomi: {underskott: {bärs_av: dialog}}", "underskott", "dialog"),
    ("ekonomi: {underskott: {bärs_av: organisationen}}", "underskott", "organisationen"),
    ("ekonomi: {underskott: {bärs_av: den offentliga parten}}", "underskott", "den offentliga parten"),
    (f"ekonomi: {{utbetalningar: [{{{PAYMENT}, takt: kvartal}}]}}", "utbetalning", "kvartal"),
    (
        f"ekonomi: {{utbetalningar: [{{{PAYMENT}, takt: kvartal, underlag: skriftlig rekvirering}}]}}",
        "utbetalning",
        "kvartal",
    ),
    (f"ekonomi: {{utbetalningar: [{{{PAYMENT}, takt: tertial}}]}}", "utbetalning", "tertial"),
    (f"ekonomi: {{utbetalningar: [{{{PAYMENT}, takt: en gång, betalas: förskott}}]}}", "utbetalning", "i förskott"),
    (f"ekonomi: {{utbetalningar: [{{{PAYMENT}, betalas: förskott}}]}}", "utbetalning", "i förskott"),
    (f"ekonomi: {{utbetalningar: [{{{PAYMENT}, underlag: skriftlig rekvirering}}]}}", "utbetalning", "rekvirering"),
    (f"ekonomi: {{utbetalningar: [{{{PRICE}, takt: månad}}]}}", "utbetalning", "per dag och person"),
    (
        f"ekonomi: {{utbetalningar: [{{{PAYMENT}, takt: kvartal}}, {{{PRICE}, takt: kvartal}}]}}",
        "utbetalning",
        "per dag och person",
    ),
    ("ekonomi: {uppräkning: {metod: arbetskostnadsindex, andel: 80}}", "uppräkning", "arbetskostnadsindex"),
    ("ekonomi: {uppräkning: {metod: inflation}}", "uppräkning", "inflation"),
    ("ekonomi: {uppräkning: {metod: ingen}}", "uppräkning", "ingen"),
    ("ekonomi: {andra_bidrag: {får_sökas: får sökas}}", "andra_bidrag", "får sökas"),
    ("ekonomi: {andra_bidrag: {får_sökas: efter samråd}}", "andra_bidrag", "efter samråd"),
    ("ekonomi: {andra_bidrag: {får_sökas: nej}}", "andra_bidrag", "nej"),
    (
        "avtalstid: {förlängning: {automatisk: ja, efter_uppföljning: ja, längd: 12 månader}}",
        "förlängning",
        "automatisk efter uppföljning",
    ),
    ("avtalstid: {förlängning: {automatisk: nej}}", "förlängning", "efter förhandling"),
    ("avtalstid: {slut: 2027-12-31, förlängning: {antal: 0}}", "förlängning", "ingen"),
    ("avtalstid: {uppsägningstid: 3 månader}", "uppsägning", "standard"),
    ("ekonomi: {utan_vinstsyfte: ja}", "vinstsyfte", ""),
]
OWN = [
    (f"ekonomi: {{utbetalningar: [{{{PAYMENT}, takt: månad}}]}}", "utbetalning", "enligt tabellen"),
    (
        f"ekonomi: {{utbetalningar: [{{{PAYMENT}, takt: kvartal}}, {{{PAYMENT}, takt: tertial}}]}}",
        "utbetalning",
        "enligt tabellen",
    ),
    ("ekonomi: {överskott: {beskrivning: Det avgör styrgruppen.}}", "överskott", "egna ord"),
    ("ekonomi: {underskott: {beskrivning: Det avgör styrgruppen.}}", "underskott", "egna ord"),
    ("ekonomi: {uppräkning: {andel: 80, från_år: 2028}}", "uppräkning", "egna ord"),
    ("ekonomi: {andra_bidrag: {kända: [statsbidrag]}}", "andra_bidrag", "egna ord"),
    ("avtalstid: {förlängning: {automatisk: ja, längd: 12 månader}}", "förlängning", "egna ord"),
    ("avtalstid: {förlängning: {antal: 2}}", "förlängning", "egna ord"),
]
EXTENSION = {
    "antal": ("", "0", "1", "2"),
    "längd": ("", "18 månader"),
    "förhandlas_senast": ("", "7 månader före"),
    "automatisk": ("", "ja", "nej"),
    "efter_uppföljning": ("", "ja", "nej"),
    "villkor": ("", "Målen är nådda."),
}


def document(text: str, parties: str = TWO, library: Library = LIBRARY) -> Document:
    return render_document(with_choices(iopdocs.loads(parties + text), library), library)


def said(blocks: tuple[Block, ...]) -> str:
    found = "\n".join(plain(one.children) for one in blocks if isinstance(one, Paragraph | Heading))
    return found.replace("\u00a0", " ")


def words(made: Document, section: str = "") -> str:
    return said(
        tuple(blocks_of(made)) if not section else next((s.blocks for s in made.sections if s.name == section), ())
    )


def headings(made: Document) -> list[str]:
    found = [plain(section.heading) for section in made.sections]
    return found + [plain(block.children) for block in blocks_of(made) if isinstance(block, Heading)]


def use(made: Document, clause: str) -> ClauseUse:
    return next(one for one in made.clauses if folded(one.clause) == folded(clause))


def chosen(agreement: Agreement, clause: str, variant: str) -> Agreement:
    return attrs.evolve(agreement, clauses=(ClauseChoice(clause=ClauseName(clause), variant=variant),))


def test_the_tables_below_name_every_variant_of_these_clauses() -> None:
    variants = {
        (clause.name, one.name)
        for clause in LIBRARY.clauses.values()
        if clause.section in ("ekonomi", "avtalstid", "insatser")
        for one in clause.variants.values()
        if one.name
    }
    assert variants == (NAMED | set(SILENT)) - {("uppsägning", "ja"), ("vinstsyfte", "ja")}


@pytest.mark.parametrize("parties", [TWO, THREE], ids=["two parties", "three parties"])
@pytest.mark.parametrize(("clause", "variant", "heading", "says"), CHOICES)
def test_a_variant_that_the_data_choose_stands_in_its_section(
    clause: str, variant: str, heading: str, says: str, parties: str
) -> None:
    made = document(f"klausuler: {{{clause}: {variant}}}", parties)
    section = "avtalstid" if clause in ("förlängning", "uppsägning") else "ekonomi"
    assert use(made, clause).how in (ChosenBy.DATA, ChosenBy.FACTS)
    assert heading in headings(made)
    assert says in words(made, section)
    if parties == THREE:
        assert "den andra parten" not in words(made, section)
    else:
        assert "övriga parter" not in words(made, section)


@pytest.mark.parametrize(("clause", "variant"), SILENT)
def test_a_text_that_only_prints_the_data_is_silent_without_them(clause: str, variant: str) -> None:
    made = document(f"klausuler: {{{clause}: {variant}}}")
    assert use(made, clause).how is ChosenBy.DATA
    assert words(made, "ekonomi") == words(made, "avtalstid") == ""


def test_an_agreement_without_an_economy_has_no_words_about_it() -> None:
    assert words(document(""), "ekonomi") == words(document(""), "avtalstid") == ""


@pytest.mark.parametrize(("data", "clause", "variant"), FACTS)
def test_the_facts_of_the_agreement_choose_a_variant(data: str, clause: str, variant: str) -> None:
    found = use(document(data), clause)
    assert (found.variant, found.how, found.facts) == (variant, ChosenBy.FACTS, (variant,))


@pytest.mark.parametrize(("data", "clause", "variant"), OWN)
def test_where_no_variant_fits_the_section_has_a_text_of_its_own(data: str, clause: str, variant: str) -> None:
    made = document(data)
    assert (use(made, clause).variant, use(made, clause).how) == (variant, ChosenBy.SECTION)
    assert words(made, "ekonomi") or words(made, "avtalstid")


@examples(60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(agreement=plausible_agreements())
def test_no_agreement_fits_two_variants_of_a_clause_of_the_economy_or_the_term(agreement: Agreement) -> None:
    for one in render_document(agreement, LIBRARY).clauses:
        clause = LIBRARY.clause(one.clause)
        if clause is not None and clause.section in ("ekonomi", "avtalstid"):
            assert len(one.facts) <= 1, one


def test_every_combination_of_what_can_be_said_of_an_extension_is_printed() -> None:
    for values in itertools.product(*EXTENSION.values()):
        given = {key: value for key, value in zip(EXTENSION, values, strict=True) if value}
        data = "avtalstid: {slut: 2029-12-31, förlängning: {" + ", ".join(f"{k}: {v}" for k, v in given.items()) + "}}"
        made = document(data)
        text = words(made, "avtalstid")
        assert len(use(made, "förlängning").facts) <= 1
        for key in ("längd", "förhandlas_senast", "villkor"):
            assert given.get(key, "").removesuffix(" före") in text, data
        if "antal" in given:
            assert {"0": " 0", "1": "en gång", "2": "två"}[given["antal"]] in text, data


@pytest.mark.parametrize(
    ("payments", "says", "not_so"),
    [
        ("takt: kvartal, betalas: förskott, senast: 2027-01-31", "i förskott. Den första betalningen", "30 dagar"),
        ("takt: kvartal, betalas: efterskott", "inom 30 dagar efter kvartalets slut", "första dagen"),
        ("takt: tertial, underlag: plan", "Mottagaren lämnar först det underlag", "behöver inte begära"),
        ("takt: år, betalas: förskott, senast: 2027-01-31", "samma dag de följande åren", "innan den tid"),
        ("betalas: förskott", "innan den tid som det är till för", "den dag som avtalet anger"),
        ("underlag: rekvirering, senast: 2027-01-31", "senast den dag som avtalet anger", "inte anger någon dag"),
        ("underlag: rekvirering", "inom 30 dagar från den dag då den fick begäran", "den dag som avtalet anger"),
    ],
)
def test_the_terms_of_payment_follow_the_data(payments: str, says: str, not_so: str) -> None:
    text = words(document(f"ekonomi: {{utbetalningar: [{{{PAYMENT}, {payments}}}]}}"), "ekonomi")
    assert says in text
    assert not_so not in text
    assert "Kommer pengarna inte i tid" in text
    assert "inte av" in text


@pytest.mark.parametrize("variant", sorted(one for clause, one in NAMED | set(SILENT) if clause == "utbetalning"))
def test_every_text_on_payment_prints_all_that_is_said_of_the_payments(variant: str) -> None:
    payments = (
        f"{PAYMENT}, senast: 2027-01-31, ändamål: driften, takt: kvartal, betalas: förskott, moms: nej,"
        " period: 2027-01-01–2027-12-31, underlag: en plan, pris_per_dygn_och_person: 350 kr, högst: 90 000 kr"
    )
    agreement = iopdocs.loads(
        f"{TWO}klausuler: {{utbetalning: {variant}}}\nekonomi: {{utbetalningar: [{{{payments}}}]}}"
    )
    report = iopdocs.lint(agreement, library=LIBRARY, select="T")
    assert [finding.message for finding in report.findings if "utbetalning" in finding.message] == []


def test_the_share_of_the_index_and_its_year_are_printed() -> None:
    data = "{metod: arbetskostnadsindex, andel: 80, från_år: 2028, basmånad: oktober 2026, avrundning: nedåt till hundratal kronor}"
    text = words(document(f"ekonomi: {{uppräkning: {data}}}"), "ekonomi")
    assert "från och med 2028. De följer 80 procent av ändringen i arbetskostnadsindex" in text
    assert "Ändringen räknas från oktober 2026. Det uppräknade beloppet avrundas nedåt till hundratal kronor." in text


@pytest.mark.parametrize(
    ("clause", "variant", "known"),
    [("andra_bidrag", one, "kända: [statsbidrag, gåvor]") for one in ("får sökas", "efter samråd", "nej")],
)
def test_known_grants_are_printed_whatever_is_agreed_of_others(clause: str, variant: str, known: str) -> None:
    markdown = document(f"ekonomi: {{andra_bidrag: {{får_sökas: {variant}, {known}}}}}").to_markdown()
    assert "- statsbidrag\n- gåvor" in markdown


def test_notice_that_is_chosen_and_not_given_leaves_a_hole_to_fill() -> None:
    assert "Uppsägningstiden är [Uppsägningstid]" in words(document("klausuler: {uppsägning: standard}"))


def test_an_organisation_that_bears_a_deficit_is_named_when_it_is_the_only_one() -> None:
    data = "ekonomi: {underskott: {bärs_av: organisationen}}"
    assert "bärs av Vinden." in words(document(data))
    assert "organisationen i vars verksamhet det uppstår" in words(document(data, THREE))


def test_several_public_parties_bear_a_deficit_by_what_they_have_paid() -> None:
    region = TWO + "  - {namn: Region Nord, typ: region}\n"
    assert "de offentliga parterna efter vad var och en" in words(
        document("ekonomi: {underskott: {bärs_av: den offentliga parten}}", region)
    )


def test_an_appendix_has_only_the_texts_that_its_own_data_ask_for() -> None:
    everything = ", ".join(f"{clause}: {variant}" for clause, variant in dict(sorted(NAMED)).items())
    made = document(
        f"klausuler: {{{everything}}}\nbilagor:\n  - titel: Vindens ekonomi\n    ekonomi:\n"
        "      resurser: [{part: kommunen, slag: lokaler, beskrivning: ett rum, värde: 5 000 kr}]\n"
        "      överskott: {hantering: återbetalas}\n"
    )
    (appendix,) = [section for section in made.sections if section.id == "bilaga-1"]
    found = [plain(block.children) for block in appendix.blocks if isinstance(block, Heading)]
    assert found == ["Resurser", "Överskott"]
    assert "återbetalas" in said(appendix.blocks)


def test_the_section_and_the_appendix_have_the_parts_of_the_economy_in_the_same_order() -> None:
    names = []
    for file in ("avsnitt/ekonomi.md.j2", "klausuler/ekonomi/alla.md.j2"):
        found = LIBRARY.find(file)
        assert found is not None
        names.append([line for line in found[1].body.splitlines() if line.startswith(("## ", "{% klausul"))])
    assert names[0][2:] == names[1]


@pytest.mark.parametrize(("clause", "variant"), sorted(NAMED | set(SILENT)))
def test_no_text_makes_the_linter_speak_of_purchase_or_of_language(clause: str, variant: str) -> None:
    wanted = ("J", "L")
    before = {one.code for one in iopdocs.lint(SAMPLE, library=LIBRARY, select=wanted).findings}
    report = iopdocs.lint(chosen(SAMPLE, clause, variant), library=LIBRARY, select=wanted)
    assert {one.code for one in report.findings} <= before


@pytest.mark.parametrize(
    ("section", "block", "heading"),
    [
        ("ekonomi", "överskott", "Överskott"), ("ekonomi", "utbetalning", "Utbetalningar"),
        ("avtalstid", "förlängning", "Förlängning"), ("insatser", "insatsram", "Insatsram"),
        ("kunskap", "uppföljning", "Uppföljning"), ("mal", "målgrupp", "Målgrupp"),
        ("bakgrund", "uppdrag", "Uppdrag och ändamål"), ("vardegrund", "principer", "Principer för samverkan"),
    ],
)  # fmt: skip
def test_a_layer_changes_one_part_of_a_section_and_leaves_the_rest(
    tmp_path: Path, section: str, block: str, heading: str
) -> None:
    own = (
        f'{{% extends "bas/avsnitt/{section}.md.j2" %}}\n{{% block {block} %}}\n'
        "{{ super() }}\n\nDetta har lagret lagt till.\n{% endblock %}\n"
    )
    library = load_library([make_layer(tmp_path / "l", {f"avsnitt/{section}.md.j2": own})])
    sample = attrs.evolve(SAMPLE, insats_frame=iopdocs.loads("insatsram: {beskrivning: Ramen.}").insats_frame)
    plain_one, changed = render_document(sample, LIBRARY), render_document(sample, library)
    added = words(changed).replace("\nDetta har lagret lagt till.", "")
    assert added == words(plain_one)
    after = words(changed).partition(f"\n{heading}\n")[2]
    assert "Detta har lagret lagt till." in after


def test_a_layer_changes_the_appendices_one_by_one(tmp_path: Path) -> None:
    own = '{% extends "bas/avsnitt/bilagor.md.j2" %}\n{% block bilaga %}\n{{ super() }}\n\nSlut på {{ b.titel }}.\n{% endblock %}\n'
    library = load_library([make_layer(tmp_path / "l", {"avsnitt/bilagor.md.j2": own})])
    made = document("bilagor: [{titel: Karta, text: En karta.}, {titel: Plan, text: En plan.}]", library=library)
    assert [said(one.blocks).splitlines()[-1] for one in made.sections if one.id.startswith("bilaga-")] == [
        "Slut på Karta.",
        "Slut på Plan.",
    ]
