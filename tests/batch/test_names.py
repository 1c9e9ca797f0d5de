"""Names of documents: whatever a title holds, the name is one that every system can hold, and no two are the same."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

import iopdocs
from iopdocs.batch.file_names import FileNames, check_pattern, safe_name, same, wanted_name
from tests.helpers.strategies import texts

AGREEMENT = iopdocs.loads(
    "titel: Trygga kvällar\nparter:\n  - {namn: Exempelstads kommun, kallas: kommunen, typ: kommun, diarienummer: KS 2026/123}\n"
    "avtalstid: {start: 2027-01-01}\n"
)


@given(texts(300) | st.text(max_size=300))
def test_any_text_becomes_a_name_that_every_system_can_hold(text):
    name = safe_name(text)
    assert not set(name) & set('<>:"/\\|?*\n\r\t\x00')
    assert name == name.strip(". ")
    assert unicodedata.is_normalized("NFC", name)
    assert len(name) <= 121
    assert len(name.encode("utf-8", "replace")) <= 201
    assert safe_name(name) == name
    assert name.split(".")[0].upper() not in {"CON", "PRN", "AUX", "NUL", *(f"COM{n}" for n in range(10))}


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("../../etc/passwd", "-..-etc-passwd"),
        ("CON", "_CON"),
        ("con.txt", "_con.txt"),
        ("LPT¹", "_LPT¹"),
        ("CONSTANTIN", "CONSTANTIN"),
        ("a/b", "a-b"),
        ("KS 2026/123", "KS 2026-123"),
        ("slutar med punkt...", "slutar med punkt"),
        ("A\u030anga\u0308rd", "Ångärd"),
        ("  två   mellanslag ", "två mellanslag"),
        (".dold", "dold"),
        ("~$låst", "$låst"),
        ("\u202egpj.exe", "-gpj.exe"),
        ("...", ""),
        ("–", ""),
    ],
)
def test_names_that_make_trouble(written, name):
    assert safe_name(written) == name


def test_a_pattern_takes_what_the_agreement_says_and_leaves_out_what_it_does_not():
    assert wanted_name("{diarienummer} {titel}", AGREEMENT, "7") == "KS 2026-123 Trygga kvällar"
    assert wanted_name("{avtal} {offentlig} {år}", AGREEMENT, "7") == "7 kommunen 2027"
    assert wanted_name("{status}", AGREEMENT, "A/14") == "A-14"
    assert wanted_name("{status}", AGREEMENT, "...") == "avtal"


@pytest.mark.parametrize(
    ("pattern", "said"), [("{diarenummer}", "diarienummer"), ("avtal", "klamrar"), ("{titel", "klamrar")]
)
def test_wrong_pattern_is_reported_with_remedy(pattern, said):
    with pytest.raises(iopdocs.WriteError, match=said):
        check_pattern(pattern)


@given(
    st.lists(
        st.tuples(st.uuids().map(str), st.sampled_from(["Avtal", "avtal", "Avtal (2)", "Bo"])),
        max_size=12,
        unique_by=lambda pair: pair[0],
    )
)
def test_every_agreement_has_a_name_of_its_own_and_keeps_it_in_the_next_run(wanted):
    first = FileNames({})
    names = {id: first.take(id, name) for id, name in wanted}
    assert len({same(name) for name in names.values()}) == len(wanted)
    second = FileNames(names)
    assert {id: second.take(id, name) for id, name in reversed(wanted)} == names


def test_a_new_agreement_does_not_take_the_name_of_one_that_is_gone():
    assert FileNames({"gammal": "Avtal"}).take("ny", "Avtal") == "Avtal (2)"
