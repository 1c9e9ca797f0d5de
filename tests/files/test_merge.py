"""What many agreements share, laid under each of them."""

from __future__ import annotations

import iopdocs
from iopdocs.files.merge import merge

BASE = iopdocs.loads(
    "titel: Alla\nstatus: utkast\nparter:\n"
    "  - {namn: Exempelstads kommun, kallas: kommunen, typ: kommun, adress: Storgatan 1}\n"
    "ekonomi: {moms: Ingen moms.}\nklausuler: {insyn: ja, tvist: allmän domstol}\n"
)


def test_an_agreement_keeps_what_it_says_and_gets_the_rest():
    own = iopdocs.loads("titel: Min\nekonomi: {overhead: Föreningens.}\nklausuler: {tvist: nej}\n")
    merged = merge(own, BASE)
    assert (merged.title, merged.status) == ("Min", BASE.status)
    assert (merged.economy.overhead, merged.economy.vat) == ("Föreningens.", "Ingen moms.")
    assert {(one.clause, one.variant) for one in merged.clauses} == {("tvist", "nej"), ("insyn", "ja")}


def test_the_party_that_all_share_stands_beside_the_agreements_own():
    own = iopdocs.loads("parter:\n  - {namn: Föreningen, typ: ideell förening}\n")
    assert [party.name for party in merge(own, BASE).parties] == ["Exempelstads kommun", "Föreningen"]


def test_a_party_that_both_name_is_one_with_the_facts_of_both():
    own = iopdocs.loads("parter:\n  - {namn: exempelstads  kommun, diarienummer: KS 1}\n  - {namn: Föreningen}\n")
    merged = merge(own, BASE)
    assert [party.name for party in merged.parties] == ["exempelstads  kommun", "Föreningen"]
    assert merged.parties[0].address == "Storgatan 1"
    assert str(merged.parties[0].case_number) == "KS 1"


def test_any_other_list_stands_whole():
    base = iopdocs.loads("insatser: [{namn: A}, {namn: B}]\n")
    assert [one.name for one in merge(iopdocs.loads("insatser: [{namn: C}]\n"), base).insatser] == ["C"]
    assert [one.name for one in merge(iopdocs.loads("titel: X\n"), base).insatser] == ["A", "B"]
