"""PDF files: what LibreOffice makes is looked at before it is kept, and what goes wrong is told in Swedish."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import stat
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread

import pytest
from pypdf import PdfReader, PdfWriter

import iopdocs
from iopdocs.document.tree import Document
from iopdocs.errors import RenderError, WriteError
from iopdocs.writers import pdf
from iopdocs.writers.pdf import PdfLevel, faults, find_office, to_pdfs
from tests.writers.test_hostile_templates import PNG, picture, template

EXAMPLE = Path(__file__).parents[2] / "examples" / "trygga-kvallar.yaml"
REQUIRED = os.environ.get("IOPDOCS_REQUIRE_LIBREOFFICE") == "1"
needs_office = pytest.mark.skipif(
    not (shutil.which("soffice") or shutil.which("libreoffice") or REQUIRED), reason="LibreOffice is not installed"
)


@pytest.fixture(scope="module")
def document() -> Document:
    return iopdocs.render(iopdocs.load(EXAMPLE))


def fake_office(folder: Path, code: str) -> Path:
    """Write a program that LibreOffice's arguments are given to."""
    program = folder / "soffice"
    script = folder / "soffice.py"
    script.write_text(f"import sys, pathlib\n{code}\n", encoding="utf-8")
    # Not as the interpreter of the script itself: its path may have spaces and be longer than a first line can be.
    program.write_text(
        f'#!/bin/sh\nexec {shlex.quote(sys.executable)} {shlex.quote(str(script))} "$@"\n', encoding="utf-8"
    )
    program.chmod(program.stat().st_mode | stat.S_IEXEC)
    return program


@needs_office
@pytest.mark.parametrize("level", PdfLevel)
def test_a_pdf_claims_what_was_asked_for_and_has_its_tags(document: Document, level: PdfLevel) -> None:
    data = document.to_pdf(level.value)
    assert faults(data, level) == []
    reader = PdfReader(BytesIO(data))
    assert reader.trailer["/Root"]["/Lang"] == "sv-SE"
    assert reader.metadata is not None
    assert reader.metadata.title == "Trygga kvällar i Norrby"


@needs_office
def test_several_documents_become_several_pdfs_in_their_order(document: Document) -> None:
    other = iopdocs.render(iopdocs.loads("titel: Ett annat avtal"))
    made = to_pdfs([document.to_docx(), other.to_docx()])
    titles = [info.title for info in (PdfReader(BytesIO(data)).metadata for data in made) if info is not None]
    assert titles == ["Trygga kvällar i Norrby", "Ett annat avtal"]


@needs_office
def test_a_pdf_that_exists_is_replaced_only_with_overwrite(document: Document, tmp_path: Path) -> None:
    place = tmp_path / "avtal.pdf"
    document.save(place)
    first = place.read_bytes()
    with pytest.raises(WriteError, match="det finns redan en PDF"):
        document.save(place)
    assert place.read_bytes() == first
    document.save(place, overwrite=True)
    assert place.read_bytes().startswith(b"%PDF")


@needs_office
def test_a_pdf_is_not_said_to_be_of_a_level_that_it_does_not_claim(document: Document) -> None:
    data = document.to_pdf("a1")
    assert any("PDF/A-2" in fault for fault in faults(data, PdfLevel.A2))


def test_no_documents_need_no_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(pdf.OFFICE, "/finns/inte")
    assert to_pdfs([]) == []


def test_without_libreoffice_the_message_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(pdf.OFFICE, raising=False)
    monkeypatch.setattr(pdf.shutil, "which", lambda _name: None)
    with pytest.raises(RenderError, match="LibreOffice, som inte finns på den här datorn – "):
        find_office()


def test_missing_named_libreoffice_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(pdf.OFFICE, "/finns/inte")
    with pytest.raises(RenderError, match="IOPDOCS_SOFFICE pekar på /finns/inte"):
        find_office()


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a Unix script")
@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("", "skrev ingen PDF"),
        ("sys.exit(3)", "kunde inte köras"),
        ("out = pathlib.Path(sys.argv[-1]); out.with_suffix('.pdf').write_bytes(b'skrap')", "inte går att läsa"),
        ("out = pathlib.Path(sys.argv[-1]); out.with_suffix('.pdf').write_bytes(b'')", "inte går att läsa"),
    ],
)
def test_failed_libreoffice_run_is_reported_and_nothing_is_written(
    document: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, said: str
) -> None:
    monkeypatch.setenv(pdf.OFFICE, str(fake_office(tmp_path, code)))
    with pytest.raises(RenderError, match=re.escape(said)):
        document.save(tmp_path / "avtal.pdf")
    assert not (tmp_path / "avtal.pdf").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a Unix script")
def test_a_libreoffice_that_hangs_is_stopped(
    document: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(pdf.OFFICE, str(fake_office(tmp_path, "import time; time.sleep(60)")))
    monkeypatch.setattr(pdf, "_SECONDS_TO_START", 0.2)
    monkeypatch.setattr(pdf, "_SECONDS_EACH", 0)
    with pytest.raises(RenderError, match="inte klart i tid"):
        document.to_pdf()


def test_a_pdf_without_tags_language_and_claims_is_refused_for_each() -> None:
    writer = PdfWriter()
    writer.add_blank_page(width=595, height=842)
    plain = BytesIO()
    writer.write(plain)
    told = ", ".join(faults(plain.getvalue(), PdfLevel.A2))
    for part in ("PDF/A-2", "PDF/UA", "språk", "taggar"):
        assert part in told


@needs_office
def test_nothing_is_fetched_and_no_file_is_read_when_a_pdf_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    class Server(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815 - the names that the server looks for

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    secret = tmp_path / "hemlig.png"
    secret.write_bytes(PNG)
    monkeypatch.setattr(pdf, "_verify", lambda *_arguments: None)
    with ThreadingHTTPServer(("127.0.0.1", 0), Server) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        addresses = (f"http://127.0.0.1:{server.server_port}/bild.png", secret.as_uri())
        # Documents that never went through our writer: LibreOffice itself must be kept from reaching out.
        linked = [
            template(header=picture('r:link="x"'), header_rels=(("x", "image", address, True),))
            for address in addresses
        ]
        inside = template(
            header=picture('r:embed="x"'),
            header_rels=(("x", "image", "media/bild.png", False),),
            extra={"word/media/bild.png": ("image/png", PNG)},
        )
        made = pdf.to_pdfs([*linked, inside])
        server.shutdown()
    assert asked == []
    assert [b"/Subtype/Image" in document for document in made] == [False, False, True]
