"""Läsbarhetsindex (lix): words per sentence, and long words in a hundred words, added up (C.-H. Björnsson, 1968)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import frozen

from iopdocs.library.text_cache import remembered
from iopdocs.linter.prose.hits import sentences

LONG = 6
"""A word with more letters than this is long."""


@frozen
class Lix:
    """What readability is counted from."""

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
        """Long words in a hundred words, 0 for a text without words."""
        return 100 * self.long_words / self.words if self.words else 0.0


@remembered
def words_of(text: str) -> Sequence[str]:
    """Return the words of *text*: what stands between spaces and holds a letter or a digit."""
    return tuple(word for word in text.split() if any(map(str.isalnum, word)))


def is_long(word: str) -> bool:
    """Tell whether *word* has more than :data:`LONG` letters; signs and digits are no letters."""
    return sum(map(str.isalpha, word)) > LONG


def lix(texts: Iterable[str]) -> Lix:
    """Return the figures for *texts*, paragraphs and list items: each ends the sentence that it is in."""
    words = long_words = lines = 0
    for text in texts:
        for start, end in sentences(text):
            found = words_of(text[start:end])
            words += len(found)
            long_words += sum(map(is_long, found))
            lines += bool(found)
    return Lix(words, lines, long_words)
