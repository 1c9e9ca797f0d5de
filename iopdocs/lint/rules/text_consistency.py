"""S – samstämmighet in running text: numbers, references, names and terms against the data and the document."""

from __future__ import annotations

from iopdocs.lint.rule import Rule
from iopdocs.lint.rules.dates_in_text import DATES_IN_TEXT
from iopdocs.lint.rules.left_over import LEFT_OVER
from iopdocs.lint.rules.names_in_text import NAMES_IN_TEXT
from iopdocs.lint.rules.number_words import NUMBER_WORDS
from iopdocs.lint.rules.references import REFERENCES
from iopdocs.lint.rules.spans_in_text import SPANS_IN_TEXT
from iopdocs.lint.rules.terms import TERMS

TEXT_CONSISTENCY: tuple[Rule, ...] = (
    *NUMBER_WORDS,
    *REFERENCES,
    *NAMES_IN_TEXT,
    *TERMS,
    *LEFT_OVER,
    *DATES_IN_TEXT,
    *SPANS_IN_TEXT,
)
