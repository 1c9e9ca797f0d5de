"""Word lists in layers: how they are read, extended and refused, and that those of the base layer are whole."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from iopdocs.errors import LibraryError
from iopdocs.library.layer_reader import load_library
from iopdocs.library.layers import Library
from iopdocs.library.word_lists import Word, fold
from tests.helpers.layers import make_layer

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "ordlistor.md").read_text(encoding="utf-8")
BASE = load_library()
WORD = "  - {ord: kund, former: [kunden], i_stället: [deltagare]}\n"


def library_of(folder: Path, *lists: dict[str, str]) -> Library:
    """Return the base library with a layer for each of *lists* (file name to YAML) on top."""
    made = [
        make_layer(
            folder / str(number), {f"ordlistor/{name}.yaml": text for name, text in one.items()}, f"lager{number}"
        )
        for number, one in enumerate(lists)
    ]
    return load_library(made)


def lemmas(library: Library, name: str) -> list[str]:
    return [word.lemma or "" for word in library.wordlist(name).words]


def test_a_list_without_utökar_replaces_the_one_below(tmp_path: Path) -> None:
    library = library_of(tmp_path, {"upphandlingsord": f"ord:\n{WORD}"})
    assert lemmas(library, "upphandlingsord") == ["kund"]
    assert lemmas(library, "klarsprak") == lemmas(BASE, "klarsprak")


def test_a_list_extends_the_one_below_layer_by_layer(tmp_path: Path) -> None:
    library = library_of(
        tmp_path,
        {"upphandlingsord": f"utökar: [bas/upphandlingsord]\nord:\n{WORD}tyst_vid: [nöjd kund]\n"},
        {
            "upphandlingsord": "utökar: [bas/upphandlingsord]\ntas_bort: [{ord: Kund, skäl: Vi säger så.}, {ord: vite, skäl: Nej.}]\n"
        },
    )
    assert lemmas(library, "upphandlingsord") == [one for one in lemmas(BASE, "upphandlingsord") if one != "vite"]
    assert "nöjd kund" in library.wordlist("upphandlingsord").silent_in


def test_a_word_of_its_own_replaces_the_same_word_below(tmp_path: Path) -> None:
    own = "utökar: [bas/klarsprak]\nord: [{ord: skall, i_stället: [bör]}]\n"
    library = library_of(tmp_path, {"klarsprak": own})
    assert lemmas(library, "klarsprak").count("skall") == 1
    assert next(word for word in library.wordlist("klarsprak").words if word.lemma == "skall").instead == ("bör",)


def test_a_list_may_extend_another_list(tmp_path: Path) -> None:
    library = library_of(tmp_path, {"klarsprak": "utökar: [bas/klarsprak, lokala]\n", "lokala": f"ord:\n{WORD}"})
    assert lemmas(library, "klarsprak")[-1] == "kund"


def test_unknown_list_is_reported_with_existing_lists() -> None:
    with pytest.raises(LibraryError, match="ordlistan ”fikon” finns inte – välj bland: klarsprak, upphandlingsord"):
        BASE.wordlist("fikon")


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("ord:\n  - {former: [kunden]}\n", 2, "ordet saknas"),
        ("ord:\n  - {ord: kund}\n", 2, "det framgår inte vad som ska stå i stället för ”kund”"),
        ("ord:\n  - {ord: kund*, hjälp: x}\n", 2, "”kund\\*” är inget ord"),
        ("ord:\n  - ord: kund\n    hjälp: x\n    former: [kunden, '(kunder)']\n", 4, "”\\(kunder\\)” är inget ord"),
        ("ord:\n  - {ord: kund, hjälp: x}\n  - {ord: köpare, former: [Kund], hjälp: x}\n", 3, "står också under ordet ”kund”"),
        ("tyst_vid: [nöjd kund, '.*']\n", 1, "är ingen fras"),
        ("utökar: [bas/klarsprak]\ntas_bort:\n  - {ord: ej}\n", 3, "det saknas ett skäl"),
        ("utökar: [bas/klarsprak]\ntas_bort:\n  - {skäl: x}\n", 3, "ordet som tas bort saknas"),
        ("utökar: [bas/klarsprak]\ntas_bort:\n  - {ord: hej, skäl: x}\n", 3, "”hej” finns inte i någon lista"),
        ("utökar: [fikon]\n", 1, "ordlistan ”fikon” finns inte"),
        ("utökar: [klarsprak]\n", 1, "listan ”klarsprak” utökar sig själv"),
        ("orden: []\n", 1, "okänd nyckel ”orden”"),
        ("ord: [\n", 2, "här saknas ett värde"),
    ],
)  # fmt: skip
def test_a_broken_list_is_refused_with_its_place(tmp_path: Path, text: str, line: int, message: str) -> None:
    with pytest.raises(LibraryError, match=message) as refused:
        library_of(tmp_path, {"klarsprak": text})
    (problem, *_rest) = refused.value.problems
    assert problem.file.endswith("klarsprak.yaml")
    assert problem.position is not None
    assert problem.position.line == line
    assert problem.hint


def test_lists_that_extend_each_other_are_refused(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="utökar sig själv"):
        library_of(tmp_path, {"a": "utökar: [b]\n", "b": "utökar: [a]\n"})


def test_misspelt_list_name_is_reported(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match=r"menade du upphandlingsord\.yaml"):
        library_of(tmp_path, {"upphandlingord": f"ord:\n{WORD}"})


def test_a_form_is_compared_composed_and_in_lower_case() -> None:
    assert fold("  A\u0300-PRIS\n per\u00adson ") == "à-pris person"
    assert Word(lemma="Kund", forms=("kund", "Kunden")).spellings == ("kund", "kunden")


ENDINGS = {
    "are": ("are", "ares", "aren", "arens", "arna", "arnas"),
    "ör": ("ör", "örs", "ören", "örens", "örer", "örers", "örerna", "örernas"),
    "offert": ("offert", "offerts", "offerten", "offertens", "offerter", "offerters", "offerterna", "offerternas"),
    "klausul": ("klausul", "klausuls", "klausulen", "klausulens", "klausuler", "klausulers", "klausulerna", "klausulernas"),
    "ation": ("ation", "ations", "ationen", "ationens", "ationer", "ationers", "ationerna", "ationernas"),
    "vite": ("vite", "vites", "vitet", "vitets", "viten", "vitens", "vitena", "vitenas"),
    **{
        end: (end, f"{end}s", f"{end}et", f"{end}ets", f"{end}en", f"{end}ens")
        for end in ("bud", "avrop", "avtal", "underlag", "dokument", "beslut", "avdrag", "belopp", "tjänsteköp", "spörsmål")
    },
}  # fmt: skip


def nouns() -> list[Word]:
    words = [*BASE.wordlist("upphandlingsord").words, *BASE.wordlist("klarsprak").words]
    return [word for word in words if (word.lemma or "").endswith(tuple(ENDINGS)) and " " not in (word.lemma or "")]


@pytest.mark.parametrize("word", nouns(), ids=lambda word: word.lemma)
def test_a_noun_has_both_cases_in_singular_and_plural_with_and_without_article(word: Word) -> None:
    lemma = word.lemma or ""
    end = max((one for one in ENDINGS if lemma.endswith(one)), key=len)
    assert set(word.spellings) >= {lemma.removesuffix(end) + form for form in ENDINGS[end]}


def test_the_nouns_are_many_and_everything_of_the_base_layer_says_what_to_write_instead() -> None:
    assert len(nouns()) >= 20
    for name in ("upphandlingsord", "klarsprak"):
        assert all(word.instead for word in BASE.wordlist(name).words)


def test_ordinary_words_of_a_partnership_are_in_no_list() -> None:
    every = {
        form
        for name in ("upphandlingsord", "klarsprak")
        for word in BASE.wordlist(name).words
        for form in word.spellings
    }
    assert not every & {
        "uppdrag",
        "uppdraget",
        "ersättning",
        "avtal",
        "avtalet",
        "jämlikt",
        "medel",
        "vit",
        "vita",
        "å",
    }


def test_what_one_list_says_to_write_instead_no_list_forbids() -> None:
    """Advice that is itself told by the next run would be no help."""
    for name in ("upphandlingsord", "klarsprak"):
        words = BASE.wordlist(name).words
        every = {form for word in words for form in word.spellings}
        for word in words:
            assert not {fold(one) for one in word.instead} & every


def test_the_examples_of_the_guide_can_be_read_and_do_what_it_says(tmp_path: Path) -> None:
    examples = re.findall(r"^```yaml\n# ordlistor/(\w+)\.yaml\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)
    assert len(examples) >= 2
    for number, (name, text) in enumerate(examples):
        own = yaml.safe_load(text)
        library = library_of(tmp_path / str(number), {name: text})
        found = lemmas(library, name)
        assert {word["ord"] for word in own.get("ord", [])} <= set(found)
        assert not {word["ord"] for word in own.get("tas_bort", [])} & set(found)
