"""Läsbarhetsindex (lix): words per sentence plus long words per hundred words (C.-H. Björnsson, 1968)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import frozen

from iopdocs.library.text_cache import cached_by_text
from iopdocs.linter.prose.sentences import sentences

LONG = 6
"""A word with more letters than this is long."""


@frozen
class Lix:
    """The counts that the index is computed from."""

    words: int
    sentences: int
    long_words: int

    @property
    def value(self) -> float:
        """The index: below 30 is easy to read, 50–60 is normal for official text, over 60 is hard."""
        return self.words_per_sentence + self.long_share

    @property
    def words_per_sentence(self) -> float:
        """Words per sentence, 0 for a text without words."""
        return self.words / self.sentences if self.sentences else 0.0

    @property
    def long_share(self) -> float:
        """Long words per hundred words, 0 for a text without words."""
        return 100 * self.long_words / self.words if self.words else 0.0


@cached_by_text
def words_of(text: str) -> Sequence[str]:
    """Return the words of *text*: what is between spaces and contains a letter or a digit."""
    return tuple(word for word in text.split() if any(map(str.isalnum, word)))


def is_long(word: str) -> bool:
    """Return whether *word* has more than :data:`LONG` letters; signs and digits do not count."""
    return sum(map(str.isalpha, word)) > LONG


def lix(texts: Iterable[str]) -> Lix:
    """Return the counts for *texts*, which are paragraphs and list items: the end of each ends its last sentence."""
    words = long_words = lines = 0
    for text in texts:
        for start, end in sentences(text):
            words_in_sentence = words_of(text[start:end])
            words += len(words_in_sentence)
            long_words += sum(map(is_long, words_in_sentence))
            lines += bool(words_in_sentence)
    return Lix(words, lines, long_words)
