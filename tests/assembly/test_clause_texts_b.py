"""The clauses about parties, organisation, changes, disputes, special terms and signing: each text where and when it should be."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import iopdocs
from iopdocs.assembly import render_document
from iopdocs.document.tree import ChosenBy, Document, Placeholder
from iopdocs.document.walk import all_inlines
from iopdocs.library.choices_as_facts import with_choices
from iopdocs.library.clauses import Variant
from iopdocs.library.layer_reader import load_library
from iopdocs.library.layers import Library
from iopdocs.library.source import inclusions
from iopdocs.model.agreement import Agreement
from iopdocs.writers.markdown import write_markdown
from tests.helpers.layers import make_layer
from tests.helpers.properties import examples

LIBRARY = load_library()
SECTIONS = ("omforhandling", "organisation", "parter", "sarskilda_villkor", "underskrift", "utgangspunkter")
TWO = """
titel: Prov
parter:
  - {namn: Exempelstads kommun, typ: kommun, kallas: kommunen}
  - {namn: Föreningen Vinden, typ: ideell förening, kallas: Vinden}
"""
THREE = TWO + "  - {namn: Stiftelsen Lax, typ: stiftelse, kallas: Lax}\n"
# Every datum that a text of these sections prints.
FULL = """
partsförhållanden:
  inbördes: Fritt om förhållandet.
  anslutning: {hur: Fritt om anslutning., villkor: Fritt villkor.}
  utträde: {hur: Fritt om utträde., uppsägningstid: 4 månader, kvarvarande_parter: Fritt om dem som är kvar.}
utgångspunkter:
  offentligt_inflytande: Fritt om inflytande.
  reglerar: [samverkan]
  rangordning: [avtalet, bilagorna]
organisation:
  ansvar: [{part: kommunen, roll: samordnar, ansvar: [kallar ungdomar]}]
  sammankallande: Vinden
  beslutsfattande: Fritt om beslut.
  beslutar_i_gemensamma_frågor: [kommunen, Vinden]
  grupper: [{namn: Styrgruppen, typ: styrgrupp, uppgift: Fritt om gruppen., mandat: Fritt om mandat.}]
  kommunikation:
    mellan_parterna: Fritt om kontakt.
    återrapportering: [{vad: årsrapport, från: Vinden, till: nämnden, när: i mars}]
    utåt: Fritt utåt.
    marknadsföring: Fritt om marknadsföring.
    logotyper: Fritt om logotyper.
  insyn: Fritt om insyn.
avtalstid: {start: 2027-01-01, tills_vidare: ja, uppsägningstid: 6 månader}
omförhandling:
  påkallas_av: [kommunen, Vinden]
  grunder: [fritt skäl]
  inleds_inom: 21 dagar
  ändrade_förutsättningar: Fritt om förutsättningar.
  avvikelser: Fritt om avvikelser.
  ändras_av: [alla parter]
  ändringar_och_tillägg: Fritt om tillägg.
hävning:
  grunder: [fri grund]
  får_hävas_av: [kommunen, Vinden]
  rättelsetid: 45 dagar
  påföljd_vid_brist: [dialog, rättelse, hävning]
  återbetalning: Fritt om återbetalning.
  kvarvarande_parter: Fritt om kvarvarande.
  avveckling: {deltagare: Fritt om deltagare., inbetalda_medel: Fritt om medel., beskrivning: Fritt om avveckling.}
tvist: {steg: [{form: medling, inom: 17 dagar, beskrivning: Fritt om medling.}]}
särskilda_villkor:
  personuppgifter: {beskrivning: Fritt om uppgifter.}
  sekretess: Fritt om sekretess.
  tystnadsplikt: Fritt om tystnad.
  arkiv: Fritt om arkiv.
  försäkring: Fritt om försäkring.
  registerkontroll: Fritt om kontroll.
  icke_diskriminering: Fritt om lika villkor.
  överlåtelse: Fritt om överlåtelse.
  meddelanden: Fritt om meddelanden.
underskrift: {exemplar: 3}
"""
TERMS = (
    "sekretess", "tystnadsplikt", "arkiv", "försäkring", "registerkontroll", "icke-diskriminering", "överlåtelse",
    "meddelanden",
)  # fmt: skip
# What these print is only what the agreement says.
DATA_ALONE = {"egna ord", "enligt uppgifterna"}
SINGLE_DATA = {"roller", "möten", "grupper", "kommunikation", "hängavtal"}


def named(library: Library) -> set[str]:
    """Return the names of all clauses that some text takes in by name."""
    return {
        one.name
        for layer in library.layers
        for text in layer.texts.values()
        for one in inclusions(text.body)
        if one.clause
    }


VARIANTS = [
    variant
    for clause in LIBRARY.clauses.values()
    if clause.section in SECTIONS and clause.name in named(LIBRARY)
    for variant in clause.variants.values()
]
OURS = [
    one for one in VARIANTS if one.name not in DATA_ALONE and one.clause not in SINGLE_DATA
]  # texts that say something of their own


def choosing(variant: Variant) -> str:
    return f'klausuler: {{{variant.clause}: "{variant.name or "ja"}"}}\n'


def made(text: str, library: Library = LIBRARY) -> Document:
    return render_document(with_choices(iopdocs.loads(text), library), library)


@lru_cache(maxsize=512)
def section(text: str, name: str, library: Library = LIBRARY) -> str:
    """Return section *name* of the document of the agreement *text*, as Markdown without its heading; else nothing."""
    found = [one for one in made(text, library).sections if one.name == name]
    if not found:
        return ""
    whole = write_markdown(Document((), (), tuple(found)))
    return whole.partition("\n## ")[2].partition("\n\n")[2].partition("<!--")[0].replace("\u00a0", " ")


def said_by(report_of: Agreement, codes: str, library: Library = LIBRARY) -> set[tuple[str, str]]:
    report = iopdocs.lint(report_of, library=library)
    return {(one.code, one.message) for one in report.findings if one.code.startswith(tuple(codes.split()))}


def test_there_are_the_clauses_that_the_sources_leave_a_choice_in() -> None:
    wanted = {
        "omförhandling", "ändrade_förutsättningar", "force_majeure", "avvikelser", "ändringar_och_tillägg", "brister",
        "hävning", "avveckling", "tvist", "beslut", "grupper", "roller", "insyn", "röstbärarroll", "marknadsföring",
        "personuppgifter", "sekretess", "tystnadsplikt", "arkiv", "försäkring", "registerkontroll",
        "icke_diskriminering", "överlåtelse", "meddelanden", "anslutning", "utträde", "hängavtal", "partsförhållande",
        "underskrift", "partnerskap", "rangordning",
    }  # fmt: skip
    assert wanted <= {variant.clause for variant in VARIANTS}


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda one: one.id)
@pytest.mark.parametrize("parties", [TWO, THREE], ids=["två", "tre"])
def test_a_variant_that_is_chosen_stands_in_its_section_with_all_data_of_its_clause(
    parties: str, variant: Variant
) -> None:
    text = parties + FULL + choosing(variant)
    document = made(text)
    (use,) = [one for one in document.clauses if one.clause == variant.clause]
    assert (use.variant, use.how) == (variant.name, ChosenBy.DATA)
    if variant.clause != "hängavtal":
        assert variant.text.name in {one.name for one in document.texts}
    assert not [node for node in all_inlines(document) if isinstance(node, Placeholder)]
    told = {("J310", "organisationens rätt att uttala sig är begränsad")} if variant.name == "begränsad" else set()
    if variant.clause == "hängavtal":  # says nothing of a partnership without one
        told = {("T106", "valet av ”hängavtal” ger ingen text: det som klausulen skriver ut är inte ifyllt")}
    assert said_by(iopdocs.loads(text), "T J L K201 S2") - said_by(iopdocs.loads(parties + FULL), "J") == told


@pytest.mark.parametrize("variant", OURS, ids=lambda one: one.id)
def test_a_text_of_ours_is_whole_without_any_data_and_fits_two_parties_and_three(variant: Variant) -> None:
    two, three = (section(parties + choosing(variant), str(variant.front.section)) for parties in (TWO, THREE))
    for text, parties in ((two, TWO), (three, THREE)):
        before = section(parties, str(variant.front.section)).split("\n\n")
        assert len("".join(one for one in text.split("\n\n") if one not in before and not one.startswith("#"))) > 80
    assert not re.search(r"övriga parter|andra parter(na|nas)?\b|alla tre", two)
    assert "den andra parten" not in three


@pytest.mark.parametrize("variant", [one for one in VARIANTS if one not in OURS], ids=lambda one: one.id)
def test_a_text_of_data_alone_prints_nothing_where_there_are_none(variant: Variant) -> None:
    assert section(TWO + choosing(variant), str(variant.front.section)) == section(TWO, str(variant.front.section))


@pytest.mark.parametrize(
    ("data", "clause", "variant"),
    [
        ("omförhandling: {force_majeure: ja}", "force_majeure", ""),
        ("organisation: {beslutsordning: beslutar i enighet}", "beslut", "konsensus"),
        ("organisation: {beslutsordning: bereder}", "beslut", "styrgrupp bereder"),
        ("organisation: {beslutsordning: rekommenderar}", "beslut", "rekommenderar"),
        *((f"organisation: {{kommunikation: {{röstbärarroll: {one}}}}}", "röstbärarroll", one) for one in ("fri", "efter information", "begränsad")),
        ("särskilda_villkor: {personuppgifter: {ansvar: eget ansvar}}", "personuppgifter", "eget ansvar"),
        ("särskilda_villkor: {personuppgifter: {ansvar: gemensamt ansvar}}", "personuppgifter", "inbördes arrangemang"),
        ("särskilda_villkor: {personuppgifter: {ansvar: personuppgiftsbiträde}}", "personuppgifter", "biträde"),
        *((f"särskilda_villkor: {{standardvillkor: [{one}]}}", one.replace("-", "_"), "standard") for one in TERMS),
        ("underskrift: {form: original}", "underskrift", "original"),
        ("underskrift: {form: elektronisk}", "underskrift", "elektronisk"),
        ("partsförhållanden: {anslutning: {villkor: Utan vinstsyfte.}}", "anslutning", "standard"),
        ("partsförhållanden: {utträde: {uppsägningstid: 3 månader}}", "utträde", "standard"),
        ("utgångspunkter: {lagar: [kommunallagen]}", "partnerskap", ""),
    ],
)  # fmt: skip
def test_the_facts_choose_the_variant_that_they_stand_for(data: str, clause: str, variant: str) -> None:
    (use,) = [one for one in made(TWO + data).clauses if one.clause == clause]
    assert (use.variant, use.how) == (variant, ChosenBy.FACTS)


@pytest.mark.parametrize(
    ("data", "clause"),
    [
        ("omförhandling: {force_majeure: nej}", "force_majeure"),
        ("särskilda_villkor: {standardvillkor: [arkiv]}", "sekretess"),
        ("partsförhållanden: {anslutning: {hur: Alla är ense.}}", "anslutning"),
        ("organisation: {beslutsfattande: Vi beslutar tillsammans.}", "beslut"),
    ],
)
def test_other_facts_leave_the_choice_to_the_section(data: str, clause: str) -> None:
    (use,) = [one for one in made(TWO + data).clauses if one.clause == clause]
    assert use.how in (ChosenBy.SECTION, ChosenBy.NONE)


def test_ja_gives_the_standard_text_and_the_words_of_the_agreement_beside_it() -> None:
    text = section(TWO + "organisation: {insyn: Vi öppnar dörrarna.}\nklausuler: {insyn: ja}\n", "organisation")
    assert "Parterna arbetar öppet." in text
    assert "Vi öppnar dörrarna." in text


@pytest.mark.parametrize("variant", ["dialog–ledning–medling", "allmän domstol", "skiljeförfarande"])
def test_the_steps_of_the_data_stand_in_a_chosen_text_about_disputes(variant: str) -> None:
    chosen = f"klausuler: {{tvist: {variant}}}\n"
    own = section(TWO + chosen, "omforhandling")
    steps = section(TWO + "tvist: {steg: [{form: ledning, inom: 19 dagar}]}\n" + chosen, "omforhandling")
    assert "19 dagar" in steps
    assert "anser att det finns en tvist" in own
    assert "anser att det finns en tvist" not in steps
    last = "skiljeförfarande" if variant == "skiljeförfarande" else "allmän domstol"
    assert last in own
    assert last in steps


def test_a_last_resort_in_the_data_is_not_contradicted_by_the_chosen_text() -> None:
    data = "tvist: {steg: [{form: dialog}, {form: allmän domstol}]}\nklausuler: {tvist: skiljeförfarande}\n"
    text = section(TWO + data, "omforhandling")
    assert "allmän domstol" in text
    assert "1999:116" not in text


@pytest.mark.parametrize(
    ("profile", "clauses", "codes"),
    [
        ("grund", "{omförhandling: standard, hävning: dialog, tvist: allmän domstol, beslut: konsensus}", "K107 K111 K112 K113"),
        ("malmo", "{omförhandling: ja, hävning: rättelse och återbetalning, tvist: skiljeförfarande, avvikelser: ja, ändrade_förutsättningar: ja}", "K35"),
        ("uddevalla", "{ändringar_och_tillägg: ja}", "K616"),
    ],
)  # fmt: skip
def test_chosen_clauses_answer_what_the_profiles_ask_of_them(profile: str, clauses: str, codes: str) -> None:
    def missing(text: str) -> set[str]:
        report = iopdocs.lint(iopdocs.loads(text), profiles=[profile], library=LIBRARY)
        return {one.code for one in report.findings if one.section in ("omforhandling", "organisation")}

    before, after = missing(TWO), missing(TWO + f"klausuler: {clauses}\n")
    asked = {code for code in before if code.startswith(tuple(codes.split()))}
    assert asked
    assert not after & asked


def choices() -> st.SearchStrategy[dict[str, str]]:
    names: dict[str, list[str]] = {}
    for variant in VARIANTS:
        names.setdefault(variant.clause, []).append(variant.name or "ja")
    return st.fixed_dictionaries({}, optional={name: st.sampled_from(ones) for name, ones in names.items()})


@examples(30)
@given(chosen=choices(), parties=st.sampled_from([TWO, THREE]))
def test_whatever_is_chosen_nothing_is_lost_and_no_reference_leads_nowhere(
    chosen: dict[str, str], parties: str
) -> None:
    lines = "".join(f'  {clause}: "{variant}"\n' for clause, variant in chosen.items())
    agreement = iopdocs.loads(parties + FULL + (f"klausuler:\n{lines}" if lines else ""))
    assert said_by(agreement, "T102 T103") == set()


def test_the_signature_blocks_follow_a_form_that_is_chosen_by_the_clause() -> None:
    assert "| För | Undertecknas av |" in section(TWO + "klausuler: {underskrift: elektronisk}\n", "underskrift")
    assert "Ort och datum" in section(TWO + "klausuler: {underskrift: original}\n", "underskrift")


def test_a_layer_puts_a_section_of_its_own_between_two_of_the_document(tmp_path: Path) -> None:
    document = '{% extends "bas/dokument/avtal.md.j2" %}\n{% block ekonomi %}\n{{ super() }}\n{% include "avsnitt/forskning.md.j2" %}\n{% endblock %}\n'
    research = "---\nid: forskning\nrubrik: Forskning i partnerskapet\n---\n## Tillgång\n\nForskare får ta del av det som parterna dokumenterar.\n"
    folder = make_layer(tmp_path, {"dokument/avtal.md.j2": document, "avsnitt/forskning.md.j2": research})
    library = load_library([folder])
    text = TWO + "ekonomi: {moms: Parterna har prövat momsen.}\navtalstid: {start: 2027-01-01, tills_vidare: ja}\n"
    shown = made(text, library)
    names = [one.name for one in shown.sections]
    assert names.index("ekonomi") + 1 == names.index("forskning") == names.index("avtalstid") - 1
    outline = [one.name for one in shown.outline]
    assert outline.index("ekonomi") + 1 == outline.index("forskning") == outline.index("avtalstid") - 1
    assert outline.count("ekonomi") == 1
    # Demands that are not met have their places in the same order, and the layer's section keeps its heading.
    draft = [one.name for one in iopdocs.render(iopdocs.loads(TWO), library=library).sections]
    assert draft.index("ekonomi") + 1 == draft.index("forskning") == draft.index("avtalstid") - 1
    assert library.heading("forskning") == "Forskning i partnerskapet"


def test_a_layer_leaves_out_a_section_of_the_document(tmp_path: Path) -> None:
    document = '{% extends "bas/dokument/avtal.md.j2" %}\n{% block insatser %}\n{% endblock %}\n'
    library = load_library([make_layer(tmp_path, {"dokument/avtal.md.j2": document})])
    assert "insatser" not in {one.name for one in made(TWO, library).outline}


@pytest.mark.parametrize("name", SECTIONS)
def test_each_clause_of_a_section_has_a_block_that_a_layer_can_add_to(tmp_path: Path, name: str) -> None:
    clauses = [one.name for one in inclusions(LIBRARY.layers[0].texts[f"avsnitt/{name}.md.j2"].body) if one.clause]
    blocks = "".join(
        f"{{% block {clause} %}}\n{{{{ super() }}}}\n\nEget efter {clause.replace('_', ' ')}.\n{{% endblock %}}\n"
        for clause in clauses
    )
    text = f'{{% extends "bas/avsnitt/{name}.md.j2" %}}\n{blocks}'
    library = load_library([make_layer(tmp_path, {f"avsnitt/{name}.md.j2": text})])
    with_data = THREE + FULL
    base, own = section(with_data, name), section(with_data, name, library)
    assert all(f"Eget efter {clause.replace('_', ' ')}." in own for clause in clauses)
    left = [line for line in own.splitlines() if line and not line.startswith("Eget efter")]
    assert [line for line in base.splitlines() if line] == left or len(left) >= len(
        [line for line in base.splitlines() if line]
    )


def test_a_layer_changes_only_the_sentence_about_copies(tmp_path: Path) -> None:
    name = "klausuler/underskrift/underskrift/original.md.j2"
    library = load_library([make_layer(tmp_path, {name: "Avtalet finns i kommunens e-arkiv.\n"})])
    text = section(TWO + "underskrift: {form: original}\n", "underskrift", library)
    assert text.startswith("Avtalet finns i kommunens e-arkiv.")
    assert "likalydande" not in text
    assert text.count("Ort och datum") == 2


TERM = "avtalstid: {start: 2027-01-01, slut: 2028-12-31}\n"


def whole(text: str) -> str:
    return write_markdown(made(text)).replace("\u00a0", " ")


@pytest.mark.parametrize("variant", ["standard", "enligt uppgifterna"])
def test_renegotiation_points_at_notice_only_where_a_party_may_give_it(variant: str) -> None:
    data = TWO + "omförhandling: {inleds_inom: 14 dagar}\n"
    data += "avtalstid: {start: 2027-01-01, slut: 2028-12-31, uppsägningstid: 6 månader}\n"
    chosen = f"klausuler: {{omförhandling: {variant}, uppsägning: "
    assert "får en part säga upp avtalet" in section(data + chosen + "standard}\n", "omforhandling")
    none = section(data + chosen + "ingen}\n", "omforhandling")
    assert "säga upp" not in none
    assert "fortsätter avtalet att gälla som det är" in none


@pytest.mark.parametrize("review", ["efter_uppföljning: ja, ", ""])
def test_an_extension_does_not_hang_on_notice_that_nobody_may_give(review: str) -> None:
    extension = f"förlängning: {{automatisk: ja, {review}längd: 12 månader, antal: 1}}"
    data = TWO + f"avtalstid: {{start: 2027-01-01, slut: 2028-12-31, {extension}}}\n"
    assert "inte om en part har sagt upp det före avtalstidens slut" in section(data, "avtalstid")
    text = section(data + "klausuler: {uppsägning: ingen}\n", "avtalstid")
    assert "sagt upp" not in text
    assert "inte om en part dessförinnan har skrivit till den andra parten att den inte vill det" in text


def test_two_parties_leave_by_giving_notice_or_not_at_all() -> None:
    none = whole(TWO + TERM + "klausuler: {utträde: ja, uppsägning: ingen}\n")
    assert "ingen av dem får lämna det i förtid" in none
    assert "En part får lämna" not in none
    some = whole(TWO + TERM + "klausuler: {utträde: ja, uppsägning: ja}\n")
    assert re.search(r"En part lämnar det genom att säga upp avtalet enligt avsnitt \d", some)
    assert "sex månader" not in some


def test_one_of_three_may_leave_though_nobody_may_end_the_agreement() -> None:
    text = whole(THREE + TERM + "klausuler: {utträde: ja, uppsägning: ingen}\n")
    assert "Ett utträde är inte en uppsägning enligt avsnitt" in text
    assert re.search(r"En part som vill lämna partnerskapet följer avsnitt 1\.", text)


@pytest.mark.parametrize("clause", ["utträde", "avveckling"])
@pytest.mark.parametrize("notice", ["ja", "ingen"])
def test_notice_points_only_at_clauses_that_stand_in_the_agreement(clause: str, notice: str) -> None:
    data = THREE + TERM + "partsförhållanden: {utträde: {hur: Fritt.}}\nhävning: {avveckling: {deltagare: Fritt.}}\n"
    assert said_by(iopdocs.loads(data + f"klausuler: {{uppsägning: {notice}, {clause}: nej}}\n"), "T102") == set()
    with_text = section(THREE + TERM + f"klausuler: {{uppsägning: {notice}, {clause}: ja}}\n", "avtalstid")
    assert len(with_text) > len(section(THREE + TERM + f"klausuler: {{uppsägning: {notice}}}\n", "avtalstid"))


def test_money_is_paid_back_after_a_breach_only_as_the_winding_up_says() -> None:
    chosen = "klausuler: {hävning: rättelse och återbetalning"
    alone = section(TWO + chosen + "}\n", "omforhandling")
    assert "pengar som den har fått men inte har använt enligt avtalet" in alone
    both = section(TWO + chosen + ", avveckling: ja}\n", "omforhandling")
    assert "har fått men inte har använt" not in both
    assert "För pengar som ännu inte är använda gäller" in both


@pytest.mark.parametrize("variant", ["rättelse och återbetalning", "dialog"])
def test_a_breach_is_put_right_once_and_then_follows_cancellation(variant: str) -> None:
    chosen = f"klausuler: {{hävning: {variant}, brister: ja}}\n"
    text = section(TWO + chosen, "omforhandling")
    assert text.count("begära skriftligt att bristen rättas") == 1
    assert "begär den skriftligt att bristen rättas" not in text
    assert text.count("betalar den tillbaka") + text.count("betalar tillbaka") == 1
    assert said_by(iopdocs.loads(TWO + chosen), "T102") == set()
    later = section(TWO + "hävning: {rättelsetid: 45 dagar}\n" + chosen, "omforhandling")
    assert later.count("45 dagar") == 1


def test_to_disagree_is_no_reason_to_cancel() -> None:
    text = section(TWO + "klausuler: {hävning: dialog}\n", "omforhandling")
    assert "kan de inte enas, får avtalet hävas" not in text
    assert "Finns bristen kvar efter mötet får den part som begärde mötet häva avtalet" in text


def test_steering_group_is_named_or_its_forming_is_described() -> None:
    chosen = "klausuler: {beslut: styrgrupp bereder}\n"
    groups = "organisation: {grupper: [{namn: Rådet, typ: referensgrupp}, {namn: Ledningsgruppen, typ: styrgrupp}]}\n"
    named = section(TWO + groups + chosen, "organisation")
    assert "bereder Ledningsgruppen frågan" in named
    assert "utser en ledamot" not in named
    alone = section(TWO + chosen, "organisation")
    assert "bereder styrgruppen frågan" in alone
    assert "Varje part utser en ledamot i styrgruppen" in alone


def test_the_order_of_supplements_is_said_once() -> None:
    chosen = "klausuler: {ändringar_och_tillägg: ja"
    words = "ett senare tillägg går före ett tidigare"
    assert words in whole(TWO + chosen + "}\n")
    assert words not in whole(TWO + chosen + ", rangordning: standard}\n")


def test_a_single_organisation_that_bears_the_deficit_goes_by_its_name() -> None:
    chosen = "klausuler: {underskott: organisationen}\n"
    assert "Vinden berättar genast för den andra parten" in whole(TWO + chosen)
    assert "Den organisation som" not in whole(TWO + chosen)
    assert "Den organisation som" in whole(THREE + chosen)


def test_an_agreement_until_further_notice_has_no_day_on_which_it_ends_by_itself() -> None:
    data = "avtalstid: {start: 2027-01-01, tills_vidare: ja, upphör_utan_uppsägning: ja, uppsägningstid: 6 månader}\n"
    assert "Då upphör det" not in section(TWO + data, "avtalstid")
