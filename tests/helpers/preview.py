"""A preview that runs in a thread of its own, of an agreement and a layer as a lawyer has them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from threading import Thread
from typing import Any

from attrs import frozen

from iopdocs.cli.lint_settings import LintCommandOptions
from iopdocs.preview.current_view import PreviewState
from iopdocs.preview.server import address_of, listen, server_of

DATA = """\
titel: Cykelköket i Lillby
status: utkast
parter:
  - namn: Lillby kommun
    kallas: Kommunen
    typ: kommun
  - namn: Föreningen Trampa
    kallas: Föreningen
    typ: ideell förening
bakgrund:
  behov: Barn i Lillby saknar cyklar.
"""

SECTION = """\
---
id: bakgrund
rubrik: Bakgrund
---
{{ bakgrund.behov }}

Staden skriver sin egen bakgrund.

- En första punkt.
- En andra punkt.
"""


@frozen
class Place:
    """A folder with an agreement and a layer, as a lawyer has it."""

    folder: Path

    @property
    def data(self) -> Path:
        return self.folder / "avtal.yaml"

    @property
    def layer(self) -> Path:
        return self.folder / "vart-lager"

    @property
    def section(self) -> Path:
        return self.layer / "avsnitt" / "bakgrund.md.j2"

    def options(self, **said: Any) -> LintCommandOptions:
        return LintCommandOptions(**({"layers": (self.layer,), "no_config": True} | said))


@frozen
class Preview:
    """A preview that runs: ask it for something, or look at what it would show."""

    port: int
    address: str
    showcase: PreviewState

    def ask(self, path: str = "/", method: str = "GET", **headers: str) -> tuple[HTTPResponse, str]:
        """Return the answer and its text; *headers* are sent as they are, ``Host`` too, with _ for -."""
        sent = {"Host": f"127.0.0.1:{self.port}"} | {name.replace("_", "-"): text for name, text in headers.items()}
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, text in sent.items():
                connection.putheader(name, text)
            connection.endheaders()
            answer = connection.getresponse()
            return answer, answer.read().decode()
        finally:
            connection.close()


@contextmanager
def running(showcase: PreviewState) -> Iterator[Preview]:
    listening = listen()
    server = server_of(showcase, listening)
    thread = Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        yield Preview(listening.getsockname()[1], address_of(listening), showcase)
    finally:
        server.should_exit = True
        thread.join(20)
        listening.close()
    assert not thread.is_alive()
