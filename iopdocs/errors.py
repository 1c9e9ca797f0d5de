"""The errors that a user can meet: one base class and one class per kind, worded for the person who must act."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from os import PathLike, fspath
from typing import Any, Self

from attrs import field, frozen

_UNPRINTABLE = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")


def is_unprintable(character: str) -> bool:
    """Return whether *character* controls a terminal, ends a line, reorders or hides text, or is half a character."""
    return unicodedata.category(character) in _UNPRINTABLE


def printable_name(name: str | PathLike[str]) -> str:
    r"""Return *name*, of a file, with its unprintable characters escaped as in Python: ``\x1b``, ``\u202e``, ``\udce4``.

    A file may be called anything; where its name is shown it must not look like another, or like several lines.
    """
    text = fspath(name)
    if text.isprintable():
        return text
    return "".join(
        character.encode("unicode_escape").decode("ascii") if is_unprintable(character) else character
        for character in text
    )


@frozen
class Position:
    """A place in a file: *line* and *column* are 1-based, *column* counts characters, or columns of a sheet.

    *name* is the common name of a place that has one: ``Resurser!E14``.
    """

    line: int
    column: int
    name: str = ""


PROBLEM_CODES: Mapping[str, str] = {
    "okänd-nyckel": "Nyckeln finns inte där den står.",
    "dubbel-nyckel": "Nyckeln står två gånger.",
    "fel-typ": "En lista, uppgifter med nycklar eller ett enda värde står där något annat av dem ska stå, "
    "eller ett slags värde som data inte kan ha.",
    "olämpligt-värde": "Värdet går inte att läsa som ett sådant som fältet har, eller är större än det får vara.",
    "okänt-ord": "Värdet är inget av de ord som fältet kan ha.",
    "tvetydigt-värde": "Värdet kan läsas på flera sätt.",
    "fel-format": "Dataformatets version kan inte läsas.",
    "fel-syntax": "Texten är inte skriven så som YAML eller JSON ska skrivas.",
    "för-mycket": "Det finns fler nivåer, värden eller fel än vad som läses.",
    "oläslig-fil": "Filen finns inte, är för stor eller är ingen text i UTF-8.",
}
"""What can be wrong with the data of an agreement: each code of a :class:`Problem`, and what it means."""


@frozen
class Problem:
    """One error in a user's file: its place, a message and a hint.

    *file* is the name as the user gave it; *path* the Swedish path into the data (``parter[2].namn``), empty for the
    file as a whole; *position* is absent when no place in the text is known; *hint* describes the correction.
    *attribute* is the class and field (``Party.name``) of an object that was built in Python.

    *code* is the kind of problem for programs: a key of :data:`PROBLEM_CODES`, or the code of the rule that an agreement
    must meet to be final (``K101``). It is empty for problems that are not about an agreement's data. *label* is the name
    of the field at *path* with those it lies in: ``Parter › Organisationsnummer``.
    """

    message: str
    hint: str = ""
    file: str = ""
    path: str = ""
    position: Position | None = None
    attribute: str = field(default="", kw_only=True)
    code: str = field(default="", kw_only=True)
    label: str = field(default="", kw_only=True)

    @property
    def full_message(self) -> str:
        """The message as it is shown: after the code of a rule, which a user can look up."""
        return f"{self.code} {self.message}" if self.code.isupper() else self.message

    def __str__(self) -> str:
        place = printable_name(self.file)
        if self.position is not None and self.position.name:
            # A place that begins with its line is written like any other: avtal.csv:14.
            joint = ":" if self.position.name[0].isdigit() else ": "
            place += f"{joint}{self.position.name}" if place else self.position.name
        elif self.position is not None:
            place += f":{self.position.line}:{self.position.column}"
        path = f"{self.attribute} ({self.path})" if self.attribute else self.path
        where = " ".join(part for part in (f"{place}:" if place else "", f"{path}:" if path else "") if part)
        text = f"{self.full_message} – {self.hint}" if self.hint else self.full_message
        return f"{where} {text}".strip()


class IopdocsError(Exception):
    """Base class of all errors of the package: catching it catches every error that a user's input can cause."""


class ProblemsError(IopdocsError):
    """An error that carries one or more problems; its text lists them, one per line."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__(self.problems)

    @classmethod
    def one(
        cls,
        message: str,
        hint: str = "",
        file: str = "",
        path: str = "",
        position: Position | None = None,
        *,
        code: str = "",
    ) -> Self:
        """Return the error with a single problem; the arguments are those of :class:`Problem`."""
        return cls([Problem(message, hint, file, path, position, code=code)])

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.problems,)


class ValueProblem(ValueError):
    """A value that was refused: *message* describes the error, *hint* the correction; both may quote the value.

    *code* is the kind of error, a key of :data:`PROBLEM_CODES`.
    """

    def __init__(self, message: str, hint: str = "", code: str = "olämpligt-värde") -> None:
        super().__init__(message, hint, code)
        self.message, self.hint, self.code = message, hint, code

    def __str__(self) -> str:
        return str(Problem(self.message, self.hint))


class RecordError(ProblemsError, TypeError, ValueError):
    """An object could not be built in Python: every field whose value was refused is listed in :attr:`problems`.

    It is a :class:`TypeError` and a :class:`ValueError` too, as for any class that is given a wrong value.
    """


class LoadError(ProblemsError):
    """A data file could not be read: every problem in it is listed in :attr:`problems`."""


class LibraryError(ProblemsError):
    """A layer, or a file in it, cannot be used: each problem names file and line in the layer."""


class RenderError(ProblemsError):
    """A text of a layer could not be turned into a document: file, line and hint of the text are given."""


class WriteError(ProblemsError):
    """A file could not be written; an earlier file is unchanged."""


def install_hint(*packages: str) -> str:
    """Return how to install *packages*, which an extra of iopdocs names: a command that works however iopdocs was installed."""
    return f"kör i den miljö där iopdocs är installerat: python -m pip install {' '.join(packages)}"
