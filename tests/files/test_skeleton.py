from enum import Enum

from iopdocs.files.loader import loads
from iopdocs.files.skeleton import skeleton
from iopdocs.model.agreement import Agreement, Area
from iopdocs.model.fields import fields_of


def test_it_loads_as_it_stands_and_says_nothing():
    assert loads(skeleton()) == Agreement()


def test_it_is_as_wide_as_a_page_and_not_too_long():
    lines = skeleton().splitlines()
    assert max(map(len, lines)) <= 100
    assert len(lines) < 900


def test_every_part_of_an_agreement_has_its_key_and_its_heading():
    text = skeleton()
    for field in fields_of(Agreement):
        assert f"\n{field.key}:" in text
        assert field.entry.label.upper() in text or not field.is_record


def test_every_field_of_every_part_stands_with_its_help():
    words = " ".join(skeleton().replace("#", " ").split())
    seen = set()

    def check(cls):
        seen.add(cls)
        for field in fields_of(cls):
            assert f"{field.key}:" in words
            assert " ".join(field.entry.help.split()) in words
            if isinstance(field.type, type) and issubclass(field.type, Enum):
                assert all(str(member.value) in words for member in field.type)
            if field.is_record and not field.keyed and field.type not in seen:
                check(field.type)

    check(Agreement)


def test_a_person_can_fill_it_in():
    text = skeleton().replace("\ntitel:", "\ntitel: Trygga kvällar", 1)
    text = text.replace("  - namn:", "  - namn: Exempelstads kommun", 1).replace("enheter: []", "enheter: [A, B]", 1)
    agreement = loads(text.replace("\nhuvudområde:", "\nhuvudområde: Övrigt", 1))
    assert agreement.title == "Trygga kvällar"
    assert agreement.area is Area.OTHER
    assert [(party.name, party.units) for party in agreement.parties] == [("Exempelstads kommun", ("A", "B"))]


def test_skeleton_refers_to_the_schema():
    assert "iopdocs schema" in skeleton()
