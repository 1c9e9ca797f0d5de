"""Draws docs/bilder/: the first pages of every example side by side, one picture each, as Word's pages look in a PDF.

Needs LibreOffice and poppler (pdftoppm). The same programs and fonts give the same pictures; another version of
LibreOffice may break a line elsewhere. Run ``make pictures`` and look at what changed before you commit it.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from io import BytesIO
from pathlib import Path

from pypdf import PageObject, PdfReader, PdfWriter, Transformation
from pypdf.generic import NameObject, StreamObject

import iopdocs
from iopdocs.writers.pdf import to_pdfs

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "bilder"
PAGES = 3
DPI = 50
# In points: the pages' size (A4), and the grey between them.
WIDTH, HEIGHT, GAP = 595.3, 841.9, 12.0


def side_by_side(pdf: bytes) -> bytes:
    """Return a PDF of one page: the first pages of *pdf* beside each other on grey."""
    pages = PdfReader(BytesIO(pdf)).pages[:PAGES]
    places = [GAP + number * (WIDTH + GAP) for number in range(len(pages))]
    wide, high = places[-1] + WIDTH + GAP, HEIGHT + 2 * GAP
    sheet = PageObject.create_blank_page(width=wide, height=high)
    ground = StreamObject()
    paper = "".join(f"1 g {place} {GAP} {WIDTH} {HEIGHT} re f " for place in places)
    ground.set_data(f"q 0.82 g 0 0 {wide} {high} re f {paper}Q".encode())
    sheet[NameObject("/Contents")] = ground
    for page, place in zip(pages, places, strict=True):
        sheet.merge_transformed_page(page, Transformation().translate(place, GAP))
    writer, out = PdfWriter(), BytesIO()
    writer.add_page(sheet)
    writer.write(out)
    return out.getvalue()


def main() -> None:
    """Draw every example; pictures of examples that are no more are removed."""
    drawer = shutil.which("pdftoppm")
    if drawer is None:
        sys.exit("pdftoppm is not installed; try: sudo apt install poppler-utils")
    files = sorted((ROOT / "examples").glob("*.yaml"))
    pdfs = to_pdfs([iopdocs.render(iopdocs.load(file)).to_docx() for file in files])
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.png"):
        if old.name != "oversikt.png":  # drawn by make_overview_picture.py
            old.unlink()
    for file, pdf in zip(files, pdfs, strict=True):
        command = [drawer, "-png", "-r", str(DPI), "-singlefile", "-", str(FOLDER / file.stem)]
        subprocess.run(command, input=side_by_side(pdf), check=True)


if __name__ == "__main__":
    main()
