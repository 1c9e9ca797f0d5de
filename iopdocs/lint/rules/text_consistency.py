"""S – samstämmighet in running text: numbers, references, names and terms against the data and the document."""

from __future__ import annotations

from iopdocs.lint.rule import Rule

TEXT_CONSISTENCY: tuple[Rule, ...] = ()
