"""S – samstämmighet in running text"""

from __future__ import annotations

from iopdocs.lint.rule import Rule

 numbers, references, names and terms against the data and the document.:TEXT_CONSISTENCY: tuple[Rule, ...] = ()
