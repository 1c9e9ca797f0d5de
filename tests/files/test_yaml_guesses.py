"""What other programs guess in YAML is read as it is written, and what is no value of its field is refused."""

import pytest

from iopdocs.errors import LoadError
from iopdocs.files.loader import load


def agreement(tmp_path, text):
    path = tmp_path / "a.yaml"
    path.write_text(text, encoding="utf-8")
    return load(path)


@pytest.mark.parametrize(
    "word", ["yes", "no", "on", "off", "y", "No", "NO", "0123", "12:30", "1e3", "2027-01-01", "1_000"]
)
def test_a_text_is_the_text_that_stands_there(tmp_path, word):
    assert agreement(tmp_path, f"titel: {word}").title == word


@pytest.mark.parametrize("word", ["yes", "no", "on", "off"])
def test_english_truth_values_are_refused_where_ja_or_nej_stands(tmp_path, word):
    with pytest.raises(LoadError, match="varken ja eller nej"):
        agreement(tmp_path, f"ekonomi: {{utan_vinstsyfte: {word}}}")


@pytest.mark.parametrize("word", ["0123", "12:30", "1e3", "0x1F", "1_000", "0o17"])
def test_numbers_of_other_programs_are_refused(tmp_path, word):
    with pytest.raises(LoadError, match="inget heltal"):
        agreement(tmp_path, f"mål: {{målgrupp: {{antal: {word}}}}}")
    with pytest.raises(LoadError, match="inget belopp"):
        agreement(tmp_path, f"ekonomi: {{budget: [{{belopp: {word}}}]}}")


def test_a_key_that_stands_twice_is_told(tmp_path):
    with pytest.raises(LoadError, match="står två gånger"):
        agreement(tmp_path, "titel: a\ntitel: b\n")
