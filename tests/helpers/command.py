"""Runs the command line inside the test's own process, as quick as a function call."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

from attrs import frozen

from iopdocs.cli.app import main


@frozen
class Outcome:
    """What a command said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        return self.out + self.err


def iopdocs(
    *arguments: str | Path, cwd: Path | None = None, encoding: str = "utf-8", given: bytes = b"", **environment: str
) -> Outcome:
    """Run ``iopdocs`` with *arguments*, in *cwd* or the current folder, with *given* to read on standard input.

    *encoding* is that of a console, or of PYTHONIOENCODING; *environment* is added to that of the tests.
    """
    out, err = _stream(encoding, "strict"), _stream(encoding, "backslashreplace")
    code = 0
    with (
        _folder(cwd),
        mock.patch.dict(os.environ, environment),
        mock.patch.object(sys, "stdin", _stream(encoding, "strict", given)),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            main([str(argument) for argument in arguments])
        except SystemExit as ended:
            code = int(ended.code or 0)
    texts = []
    for stream in (out, err):
        stream.flush()
        # Where the computer says ASCII, click writes UTF-8.
        texts.append(stream.buffer.getvalue().decode("utf-8" if encoding == "ascii" else encoding))  # type: ignore[attr-defined]
    assert "Traceback" not in "".join(texts)
    return Outcome(code, *texts)


def _stream(encoding: str, errors: str, content: bytes = b"") -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(content), encoding=encoding, errors=errors, newline="\n", write_through=True)


@contextlib.contextmanager
def _folder(folder: Path | None) -> Iterator[None]:
    before = Path.cwd()
    if folder is not None:
        os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)
