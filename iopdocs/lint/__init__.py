"""What is missing and what does not add up: rules, findings and reports."""

from iopdocs.rooms import make_callable

make_callable(__name__, "lint")
