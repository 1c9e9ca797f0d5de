import pytest
from hypothesis import given
from stdnum import luhn
from stdnum.se import orgnr

from iopdocs.values.identifiers import CaseNumber, OrganisationNumber
from tests.helpers.properties import examples
from tests.helpers.strategies import organisation_numbers


@examples(100)
@given(organisation_numbers())
def test_the_check_digit_is_judged_as_the_standard_library_of_numbers_judges_it(number):
    assert number.check_digit_is_right == luhn.is_valid(number.digits)


@pytest.mark.parametrize("text", ["212000-0001", "802000-0009", "769600-0004"])
def test_the_numbers_of_the_examples_are_right(text):
    assert OrganisationNumber.parse(text).check_digit_is_right
    assert orgnr.is_valid(text)


@pytest.mark.parametrize("text", ["212000-0001", "2120000001", "212000 0001", "212000–0001", " 212000-0001 "])
def test_ten_digits_read_with_and_without_hyphen(text):
    assert str(OrganisationNumber.parse(text)) == "212000-0001"


def test_sixteen_before_the_number_says_no_more_than_that_it_is_an_organisations():
    assert OrganisationNumber.parse("162120000001") == OrganisationNumber.parse("212000-0001")
    assert str(OrganisationNumber.parse("16212000-0001")) == "212000-0001"


def test_the_century_of_a_person_is_kept():
    assert str(OrganisationNumber.parse("191212121212")) == "19121212-1212"


@pytest.mark.parametrize("text", ["", "212000-001", "212000-00011", "SE212000000101", "99212000-0001", "२१२०००-०००१"])
def test_what_is_no_organisation_number_is_refused_in_swedish(text):
    with pytest.raises(ValueError, match="siffror"):
        OrganisationNumber.parse(text)


@pytest.mark.parametrize("text", ["KS 2026/123", "KSN-2016-1422", "0193/15", "KS/2015:438"])
def test_a_diarienummer_is_kept_as_its_authority_writes_it(text):
    assert str(CaseNumber.parse(f" {text} ")) == text


@pytest.mark.parametrize("text", ["", "  ", "a\nb", "x" * 101])
def test_what_is_no_diarienummer_is_refused_in_swedish(text):
    with pytest.raises(ValueError, match="diarienummer"):
        CaseNumber.parse(text)
