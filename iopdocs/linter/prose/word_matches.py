"""Finds the words of a word list in a text, except in quotations, in names and in titles of laws."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from attrs import frozen

from iopdocs.library.word_lists import Word, WordList
from iopdocs.linter.passages import DATUM
from iopdocs.linter.prose.law_titles import in_title
from iopdocs.linter.prose.negation import negated
from iopdocs.linter.prose.sentences import quotations, sentences
from iopdocs.linter.prose.words import Token, phrase, runs_on, tokens_of, words_in

_LONGEST_QUOTE = 240


@frozen
class Lookup:
    """A word list indexed by first word, the longest phrases first; *silent* are the phrases in which no word is matched."""

    words: Mapping[str, tuple[tuple[tuple[str, ...], Word], ...]]
    silent: Mapping[str, tuple[tuple[str, ...], ...]]


@frozen
class Occurrence:
    """A word of a list in a text, from *start* to *end* (exclusive), in the sentence *quote*."""

    start: int
    end: int
    word: Word
    quote: str


def lookup_of(words: WordList, names: Iterable[str] = ()) -> Lookup:
    """Return *words* indexed for matching, silent also in *names* (of parties and persons)."""
    ready = _ready(words)
    phrases = ready.words
    silent = {first: list(runs) for first, runs in ready.silent.items()}
    for run in map(phrase, names):
        # Only a name that contains a word of the list matters; its genitive is the same name.
        if len(run) > 1 and any(spelling in phrases for spelling in (*run, *(word.removesuffix("s") for word in run))):
            silent.setdefault(run[0], []).extend((run, (*run[:-1], f"{run[-1]}s")))
    return Lookup(phrases, {first: tuple(sorted(runs, key=lambda run: -len(run))) for first, runs in silent.items()})


@lru_cache(maxsize=32)
def _ready(words: WordList) -> Lookup:
    phrases: dict[str, list[tuple[tuple[str, ...], Word]]] = {}
    for word in words.words:
        for spelling in word.spellings:
            run = phrase(spelling)
            if run:
                phrases.setdefault(run[0], []).append((run, word))
    silent: dict[str, list[tuple[str, ...]]] = {}
    for run in map(phrase, words.silent_in):
        if run:
            silent.setdefault(run[0], []).append(run)
    return Lookup(
        {first: tuple(sorted(runs, key=lambda entry: -len(entry[0]))) for first, runs in phrases.items()},
        {first: tuple(runs) for first, runs in silent.items()},
    )


def occurrences(text: str, lookup: Lookup, *, unless_denied: bool = False) -> Iterator[Occurrence]:
    """Yield each word of *lookup* in *text*, whole words only; with *unless_denied* except where the clause negates it."""
    # Most texts contain none of the words.
    if words_in(text).isdisjoint(lookup.words):
        return
    tokens = tokens_of(text)
    matches = list(_matches(text, tokens, lookup))
    if not matches:
        return
    lines = sentences(text)
    line_starts = [start for start, _end in lines]
    token_starts = [token.start for token in tokens]
    quoted = quotations(text)
    quote_starts = [start for start, _end in quoted]
    for at, length, word in matches:
        start, end = tokens[at].start, tokens[at + length - 1].end
        inside = bisect_right(quote_starts, start) - 1
        if inside >= 0 and end <= quoted[inside][1]:
            continue
        line = lines[max(0, bisect_right(line_starts, start) - 1)]
        first = bisect_right(token_starts, line[0] - 1)
        last = bisect_right(token_starts, line[1] - 1)
        if in_title(text, tokens, at, first, last):
            continue
        definite = is_definite(tokens[at].word, word.lemma or "")
        if unless_denied and negated(tokens, at, first, last, definite=definite):
            continue
        yield Occurrence(start, end, word, excerpt(text, line, start, end))


def _matches(text: str, tokens: Sequence[Token], lookup: Lookup) -> Iterator[tuple[int, int, Word]]:
    """Yield (index of the token, number of tokens, word) of each match that no silent phrase covers."""
    silent_to = at = 0
    while at < len(tokens):
        token = tokens[at]
        for run in lookup.silent.get(token.word, ()):
            if runs_on(text, tokens, at, run):
                silent_to = max(silent_to, at + len(run))
                break
        length = 1
        for run, word in lookup.words.get(token.word, ()):
            if token.whole and runs_on(text, tokens, at, run) and tokens[at + len(run) - 1].whole:
                length = len(run)
                if at + length > silent_to:
                    yield at, length, word
                break
        at += length


def excerpt(text: str, line: tuple[int, int], start: int, end: int) -> str:
    """Return the sentence *line* of *text*, shortened to the part around *start*–*end* if it is very long."""
    first, last = line
    if last - first > _LONGEST_QUOTE:
        first = max(first, start - _LONGEST_QUOTE // 2)
        last = min(last, end + _LONGEST_QUOTE // 2)
    cut = text[first:last].replace(DATUM, "…").strip()
    return f"{'… ' if first > line[0] else ''}{cut}{' …' if last < line[1] else ''}"


_DEFINITE = ("en", "ens", "et", "ets", "na", "nas")


def is_definite(form: str, lemma: str) -> bool:
    """Return whether *form* of the noun *lemma*, both folded, is in the definite form: ”leverantören”, not ”viten”."""
    # Neuter nouns in -e take -n in the plural: ett vite, flera viten.
    plural = lemma.endswith("e") and not lemma.endswith("are") and form in (f"{lemma}n", f"{lemma}ns")
    return form != lemma and form.endswith(_DEFINITE) and not plural
