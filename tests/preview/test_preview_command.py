"""``iopdocs clauses preview`` as it is started and ended."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path

import pytest
from click.testing import CliRunner

from iopdocs.cli.commands.clauses_preview_command import command
from iopdocs.errors import IopdocsError
from tests.helpers.preview import Place

RUN = "import sys; from iopdocs.cli.commands.clauses_preview_command import command; sys.exit(command.main(standalone_mode=False))"


def test_without_the_extra_it_says_what_to_install(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("iopdocs.preview.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    done = CliRunner().invoke(command, [str(place.data)], standalone_mode=False)
    assert done.return_value == 2
    assert done.stdout == ""
    assert done.stderr.splitlines() == [
        "Förhandsvisningen behöver några paket till: kör i den miljö där iopdocs är installerat: "
        "python -m pip install starlette uvicorn watchfiles"
    ]


def test_a_file_that_is_not_there_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(IopdocsError, match=r"saknas\.yaml"):
        command.main([str(tmp_path / "saknas.yaml"), "--no-open"], standalone_mode=False)


def test_port_in_use_is_reported(place: Place) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(IopdocsError, match=f"porten {port} går inte att använda – välj en annan"):
            command.main([str(place.data), "--no-open", "--port", str(port)], standalone_mode=False)


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C cannot be sent to one process on Windows")
def test_it_prints_its_address_and_ends_with_one_line(place: Place) -> None:
    arguments = [sys.executable, "-c", RUN, "avtal.yaml", "--layer", "vart-lager", "--no-open"]
    with subprocess.Popen(
        arguments, cwd=place.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
        env={**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1"},
    ) as process:  # fmt: skip
        assert process.stdout is not None
        first = process.stdout.readline()
        found = re.fullmatch(r"Förhandsvisning: http://127\.0\.0\.1:(\d+)/  \(avsluta med Ctrl-C\)\n", first)
        assert found, first
        listener = HTTPConnection("127.0.0.1", int(found[1]), timeout=20)
        listener.request("GET", "/handelser")
        # A page that listens must not keep the command from ending.
        assert listener.getresponse().status == 200
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
        listener.close()
    assert (out, err) == ("Förhandsvisningen är avslutad.\n", "")
    assert process.returncode == 0


def test_it_is_loaded_without_the_server_until_it_runs() -> None:
    check = (
        "import sys, iopdocs.cli.commands.clauses_preview_command; "
        "print(sorted({'starlette', 'uvicorn', 'watchfiles', 'jinja2', 'iopdocs.preview.web_app'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == "[]\n"
