"""Runs the command line inside the test's own process, as quick as a function call."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path

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


def iopdocs(*arguments: str | Path) -> Outcome:
    """Run ``iopdocs`` with *arguments* in the current folder."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _stream in range(2))
    code = 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main([str(argument) for argument in arguments])
        except SystemExit as ended:
            code = int(ended.code or 0)
    texts = []
    for stream in (out, err):
        stream.seek(0)
        texts.append(stream.read())
    assert "Traceback" not in "".join(texts)
    return Outcome(code, *texts)
