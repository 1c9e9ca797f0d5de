"""The errors that a user can meet: one base class and one class per kind, worded for the person who must act."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

from attrs import frozen


@frozen
class Position:
    """A place in a file: *line* and *column* are 1-based, *column* counts characters, or columns of a sheet.

    *name* is the common name of a place that has one: ``Resurser!E14``.
    """

    line: int
    column: int
    name: str = ""


@frozen
class Problem:
    """One error in a user's file: its place, a message and a hint.

    *file* is the name as the user gave it; *path* the Swedish path into the data (``parter[2].namn``), empty for the
    file as a whole; *position* is absent when no place in the text is known; *hint* describes the correction.
    *code* is a stable word for the kind of error, for programs.
    """

    message: str
    hint: str = ""
    file: str = ""
    path: str = ""
    position: Position | None = None
    code: str = ""

    def __str__(self) -> str:
        place = self.file
        if self.position is not None and self.position.name:
            # A place that begins with its line is written like any other: avtal.csv:14.
            joint = ":" if self.position.name[0].isdigit() else ": "
            place += f"{joint}{self.position.name}" if place else self.position.name
        elif self.position is not None:
            place += f":{self.position.line}:{self.position.column}"
        where = " ".join(part for part in (f"{place}:" if place else "", f"{self.path}:" if self.path else "") if part)
        text = f"{self.message} – {self.hint}" if self.hint else self.message
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
        cls, message: str, hint: str = "", file: str = "", path: str = "", position: Position | None = None
    ) -> Self:
        """Return the error with a single problem; the arguments are those of :class:`Problem`."""
        return cls([Problem(message, hint, file, path, position)])

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.problems,)


class ValueProblem(ValueError):
    """A value that was refused: *message* describes the error, *hint* the correction; both may quote the value."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.message, self.hint = message, hint

    def __str__(self) -> str:
        return str(Problem(self.message, self.hint))


class LoadError(ProblemsError):
    """A data file could not be read: every problem in it is listed in :attr:`problems`."""


class LibraryError(ProblemsError):
    """A layer, or a file in it, cannot be used: each problem names file and line in the layer."""


class RenderError(ProblemsError):
    """A text of a layer could not be turned into a document: file, line and hint of the text are given."""


class WriteError(ProblemsError):
    """A file could not be written; an earlier file is unchanged."""
