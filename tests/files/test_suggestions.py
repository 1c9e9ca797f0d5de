"""Suggestions for the words of a list: the word that was meant, or none, and never its opposite."""

from __future__ import annotations

import csv
import importlib
import pkgutil
import re
from enum import Enum
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import iopdocs.model
from iopdocs.errors import ValueProblem
from iopdocs.files.opposites import NEGATIONS, OPPOSITES, turns_round
from iopdocs.files.value_readers import fold, nearest, read_value
from iopdocs.model.synonyms import SAME, SUGGESTED
from tests.helpers.properties import examples

CASES = Path(__file__).parents[1] / "data" / "suggestions.tsv"
MODULES = [importlib.import_module(f"iopdocs.model.{one.name}") for one in pkgutil.iter_modules(iopdocs.model.__path__)]
LISTS = sorted(
    {
        kind
        for module in MODULES
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, Enum) and kind is not Enum
    },
    key=lambda kind: kind.__name__,
)
WORDS = [(kind, str(member.value)) for kind in LISTS for member in kind]
NO_SUGGESTION = "inget förslag"


def answer(written: str, kind: type[Enum]) -> str:
    """Return the word that *written* is read as, else the word that the message suggests."""
    try:
        return str(read_value(written, kind).value)
    except ValueProblem as error:
        near = re.search("menade du ”(.*?)”", error.hint)
        return near[1] if near else NO_SUGGESTION


def rows() -> list[tuple[str, ...]]:
    with CASES.open(encoding="utf-8", newline="") as file:
        return [tuple(row) for row in csv.reader(file, delimiter="\t")][1:]


@pytest.mark.parametrize(("value", "written", "right"), rows())
def test_a_word_is_read_or_suggested_as_what_it_means(value, written, right):
    kind = next(kind for kind in LISTS if any(member.value == value for member in kind))
    assert answer(written, kind) == right


def has_negation(word: str) -> bool:
    return bool(set(re.findall(r"\w+", word.casefold())) & NEGATIONS)


@pytest.mark.parametrize(("kind", "word"), WORDS, ids=lambda one: one if isinstance(one, str) else one.__name__)
def test_a_denied_word_never_suggests_the_word(kind, word):
    if has_negation(word):
        return
    for denied in (
        *(f"{no} {word}" for no in ("ej", "inte", "icke", "utan", "ingen", "aldrig", "Ej")),
        *(f"{word} {no}" for no in ("ej", "inte")),
        f"icke-{word}",
        f"o{word}",
        f"{word[:-1]} ej",
    ):
        assert answer(denied, kind) != word, denied


def swapped(word: str) -> list[tuple[str, str]]:
    """Return (text, word swapped in) with each word of a group of opposites put in the place of another."""
    found = []
    for group in OPPOSITES:
        for here in group:
            for old in here & set(re.findall(r"\w+", word.casefold())):
                others = {new for there in group if there is not here for new in there}
                others -= here | set(re.findall(r"\w+", word.casefold()))
                found += [(re.sub(rf"\b{old}\b", new, word, flags=re.IGNORECASE), new) for new in sorted(others)]
    return found


@pytest.mark.parametrize(("kind", "word"), WORDS, ids=lambda one: one if isinstance(one, str) else one.__name__)
def test_a_word_turned_round_never_suggests_the_word(kind, word):
    for text, new in swapped(word):
        assert answer(text, kind) != word, text
        if len(new) > 4:
            misspelt = text.replace(new, new + new[-1])
            assert answer(misspelt, kind) != word, misspelt


@examples(200)
@given(st.sampled_from(WORDS), st.data())
def test_a_word_with_one_wrong_letter_suggests_it_unless_it_is_another_word(pair, data):
    kind, word = pair
    place = data.draw(st.integers(0, len(word) - 1))
    text = word[:place] + data.draw(st.sampled_from("abcdefghijklmnoprstuvyåäö")) + word[place + 1 :]
    found = answer(text, kind)
    assert found in (*(str(member.value) for member in kind), NO_SUGGESTION)
    if found not in (word, NO_SUGGESTION):
        assert fold(text) in {fold(str(member.value)) for member in kind} or not turns_round(text, found)


@examples(200)
@given(st.text(max_size=30), st.sampled_from([word for _kind, word in WORDS]))
def test_nearest_never_returns_the_opposite(text, word):
    for written in (text, f"{text} {word}", f"{word} {text}"):
        found = nearest(written, {fold(one): one for _kind, one in WORDS})
        assert found is None or not turns_round(written, found)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("obegränsad", "begränsad"),
        ("ogiltig", "giltig"),
        ("uppåt till hundratal kronor", "nedåt till hundratal kronor"),
        ("uppått till hundratal kronor", "nedåt till hundratal kronor"),
        ("aktiebolag med vinstutdelning", "aktiebolag utan vinstutdelning"),
        ("efterskott", "förskott"),
        ("max", "min"),
        ("efter samråd", "före samråd"),
        ("varannan månad", "månad"),
        ("till närmaste tiotal kronor", "till närmaste hundratal kronor"),
    ],
)
def test_opposites_are_known_in_both_directions(one, other):
    assert turns_round(one, other)
    assert turns_round(other, one)


def test_every_synonym_stands_as_it_is_looked_up_and_is_no_word_of_its_list():
    for synonyms in (SAME, SUGGESTED):
        for kind, words in synonyms.items():
            for word, member in words.items():
                assert word == fold(word)
                assert word not in {fold(str(one.value)) for one in kind}
                assert member is None or isinstance(member, kind)
                assert not (synonyms is SUGGESTED and word in SAME.get(kind, {}))
