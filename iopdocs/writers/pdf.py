"""PDF for archives and screen readers: DOCX files are converted by LibreOffice, and the result is verified."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from iopdocs.errors import RenderError, install_hint
from iopdocs.files.system_errors import temporary_problem
from iopdocs.library.rule_limits import PdfLevel

OFFICE = "IOPDOCS_SOFFICE"
"""The environment variable with the path of LibreOffice's program, if it is not in a usual place."""

# LibreOffice's settings: no macros, no links brought up to date, and every fetch sent to a port where nobody answers.
_SETTINGS = (
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Writer/Content/Update", "Link", "0"),
    ("Writer/Content/Update", "Field", "false"),
    ("Calc/Content/Update", "Link", "2"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    ("Inet/Settings", "ooInetNoProxy", ""),
)
_SECONDS_TO_START = 120
_SECONDS_EACH = 30


def to_pdfs(documents: Sequence[bytes], level: PdfLevel = PdfLevel.A2) -> list[bytes]:
    """Return *documents* (DOCX files) as tagged PDF files of *level*. LibreOffice is started once for all of them.

    Raises:
        RenderError: when LibreOffice is missing or fails, or its output is not as requested.
    """
    if not documents:
        return []
    office = find_office()
    try:
        pdfs = _converted(office, documents, level)
    except OSError as error:
        raise RenderError([temporary_problem(error)]) from error
    for data in pdfs:
        _verify(data, level)
    return pdfs


def _converted(office: str, documents: Sequence[bytes], level: PdfLevel) -> list[bytes]:
    with tempfile.TemporaryDirectory(prefix="iopdocs-pdf-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        sources = [folder / f"{number}.docx" for number in range(len(documents))]
        for source, data in zip(sources, documents, strict=True):
            source.write_bytes(data)
        _write_settings(folder / "profil" / "user")
        _convert(office, sources, folder, level)
        pdfs = []
        for source in sources:
            pdf = source.with_suffix(".pdf")
            if not pdf.is_file():
                raise _failed("LibreOffice skrev ingen PDF")
            pdfs.append(pdf.read_bytes())
    return pdfs


def check_tools() -> None:
    """Check early that PDFs can be made.

    Raises:
        RenderError: when LibreOffice or pypdf is not installed.
    """
    find_office()
    if importlib.util.find_spec("pypdf") is None:
        raise _no_reader()


def _no_reader() -> RenderError:
    return RenderError.one("PDF kräver paketet pypdf", install_hint("pypdf"))


def find_office() -> str:
    """Return the path of LibreOffice's program.

    Raises:
        RenderError: when it is not installed. The message explains how to install it.
    """
    configured = os.environ.get(OFFICE)
    usual = [
        r"C:\Program Files\LibreOffice\program\soffice.exe",
        r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
        "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    ]
    for place in [configured] if configured else [shutil.which("soffice"), shutil.which("libreoffice"), *usual]:
        if place and Path(place).is_file():
            return place
    how = {
        "win32": "hämta det på libreoffice.org, eller kör: winget install TheDocumentFoundation.LibreOffice",
        "darwin": "hämta det på libreoffice.org, eller kör: brew install --cask libreoffice",
    }.get(sys.platform, "kör till exempel: sudo apt install libreoffice-writer")
    if configured:
        message = f"{OFFICE} pekar på {configured}, som inte finns"
        raise RenderError.one(message, "rätta sökvägen, eller ta bort variabeln")
    raise RenderError.one("PDF görs av LibreOffice, som inte finns på den här datorn", how)


def _write_settings(user: Path) -> None:
    """Write the settings of a new profile in the folder *user* of it."""
    items = "".join(
        f'<item oor:path="/org.openoffice.{"" if path.startswith("Inet") else "Office."}{path}">'
        f'<prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        f'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{items}</oor:items>',
        encoding="utf-8",
    )


def _convert(office: str, sources: Sequence[Path], folder: Path, level: PdfLevel) -> None:
    options: dict[str, dict[str, str]] = {
        "SelectPdfVersion": {"type": "long", "value": level.part},
        "UseTaggedPDF": {"type": "boolean", "value": "true"},
        "PDFUACompliance": {"type": "boolean", "value": "true" if level.accessible else "false"},
        "ExportBookmarks": {"type": "boolean", "value": "true"},
        "ExportFormFields": {"type": "boolean", "value": "false"},
    }
    command = [
        office,
        # A separate profile: otherwise two simultaneous runs, or a run beside an open LibreOffice, would wait or fail.
        f"-env:UserInstallation={(folder / 'profil').as_uri()}",
        "--headless",
        "--norestore",
        "--convert-to",
        f"pdf:writer_pdf_Export:{json.dumps(options)}",
        "--outdir",
        str(folder),
        *map(str, sources),
    ]
    try:
        subprocess.run(
            command, check=True, capture_output=True, stdin=subprocess.DEVNULL,
            timeout=_SECONDS_TO_START + _SECONDS_EACH * len(sources),
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise _failed("LibreOffice blev inte klart i tid") from error
    except (OSError, subprocess.CalledProcessError) as error:
        raise _failed("LibreOffice kunde inte köras") from error


def _failed(message: str) -> RenderError:
    return RenderError.one(message, "prova att öppna Word-dokumentet i LibreOffice och exportera det därifrån")


def _verify(data: bytes, level: PdfLevel) -> None:
    """Raise an error for a PDF that is not as requested: LibreOffice silently ignores unknown options."""
    wrong = faults(data, level)
    if wrong:
        message = "LibreOffice gjorde en PDF som inte är den som begärdes: {faults}"
        raise RenderError.one(message.format(faults=", ".join(wrong)), "uppdatera LibreOffice till 7.4 eller senare")


def faults(data: bytes, level: PdfLevel) -> list[str]:
    """Return the requirements of *level* that a PDF lacks: its claims, its language, and tags for headings and tables.

    Raises:
        RenderError: when pypdf, which reads the PDF, is not installed.
    """
    try:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError
    except ImportError as error:
        raise _no_reader() from error
    try:
        catalog: Any = PdfReader(BytesIO(data)).trailer["/Root"]
        metadata = catalog["/Metadata"].get_data().decode("utf-8", "replace") if "/Metadata" in catalog else ""
        missing = []
        if not _claims(metadata, "pdfaid", level.part):
            missing.append(f"den uppger inte PDF/A-{level.part}")
        if level.accessible and not _claims(metadata, "pdfuaid", "1"):
            missing.append("den uppger inte PDF/UA")
        if not catalog.get("/Lang"):
            missing.append("den saknar språk")
        if not catalog.get("/MarkInfo", {}).get("/Marked") or "/StructTreeRoot" not in catalog:
            return [*missing, "den saknar taggar"]
        tags = _tags(catalog["/StructTreeRoot"])
    except (PyPdfError, KeyError, ValueError, AttributeError, TypeError) as error:
        raise _failed("LibreOffice skrev en PDF som inte går att läsa") from error
    if not tags & {"/H1", "/H2", "/Title"}:
        missing.append("rubrikerna är inte taggade")
    if "/Table" in tags and "/TH" not in tags:
        missing.append("tabellernas rubrikrader är inte taggade")
    return missing


def _claims(metadata: str, prefix: str, part: str) -> bool:
    return re.search(rf"{prefix}:part(?:>|=[\"'])\s*{part}\b", metadata) is not None


def _tags(root: Any) -> set[str]:
    """Return the names of all structure elements below *root* (ISO 32000-1, 14.7)."""
    tags: set[str] = set()
    waiting = [root]
    seen: set[int] = set()
    while waiting:
        element = waiting.pop()
        element = element.get_object() if hasattr(element, "get_object") else element
        if isinstance(element, list):
            waiting += element
        elif isinstance(element, dict) and id(element) not in seen:
            seen.add(id(element))
            if "/S" in element:
                tags.add(str(element["/S"]))
            if "/K" in element:
                waiting.append(element["/K"])
    return tags
