"""Write examples/lager/exempelstad/mall.docx: the base layer's reference document with a coat of arms in its header.

The arms are made up and drawn here, so that no picture from elsewhere is in the repository. The same script gives the
same bytes. `tests/docs/test_mallar.py` takes the picture from here too.
"""

from __future__ import annotations

import math
import struct
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

import docx
from docx.shared import Cm, Pt

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "examples" / "lager" / "exempelstad" / "mall.docx"
ALT_TEXT = "Exempelstads kommunvapen: en bro över vatten"

WIDTH, HEIGHT, FINER = 160, 192, 4
WHITE, BLUE, GOLD, DARK = (255, 255, 255), (20, 64, 95), (226, 178, 62), (12, 40, 60)
# The base layer's blue becomes Exempelstad's green in headings, rules and the shade of tables.
COLOURS = {"14405F": "1F5130", "9DB0BF": "A3B8A6", "E8EEF3": "E9F1EA"}

Colour = tuple[int, int, int]


def half_width(y: float) -> float:
    """Return half the width of the shield at height *y*; 0 is its upper edge, 1.2 its point."""
    return 0.48 if y < 0.6 else 0.48 * math.sqrt(max(0.0, 1 - ((y - 0.6) / 0.58) ** 2))


def colour_at(x: float, y: float) -> Colour:
    """Return the colour at a point; *x* goes from -0.5 to 0.5, *y* from 0 to 1.2."""
    edge = half_width(y)
    if not 0.01 < y < 1.18 or abs(x) > edge:
        return WHITE
    if y < 0.035 or abs(x) > half_width(y + 0.02) - 0.025:
        return DARK
    wave = 0.018 * math.sin(x * 26)
    if any(abs(y - level - wave) < 0.022 for level in (0.86, 0.96)):
        return WHITE
    arch = min(math.hypot(x - 0.19, y - 0.74), math.hypot(x + 0.19, y - 0.74))
    deck = 0.44 + 0.25 * x * x
    towers = any(abs(x - place) < 0.05 for place in (-0.19, 0.19)) and 0.26 < y < 0.5
    return GOLD if (deck < y < 0.76 and arch > 0.14) or towers else BLUE


def picture() -> bytes:
    """Return the coat of arms as a PNG (W3C PNG, section 11): eight bits a channel, no alpha."""
    rows = []
    for row in range(HEIGHT):
        pixels = bytearray()
        for column in range(WIDTH):
            found = [
                colour_at((column + (i + 0.5) / FINER) / WIDTH - 0.5, (row + (j + 0.5) / FINER) / WIDTH)
                for i in range(FINER)
                for j in range(FINER)
            ]
            pixels += bytes(round(sum(one[part] for one in found) / len(found)) for part in range(3))
        rows.append(b"\0" + bytes(pixels))
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"".join(rows), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


def with_logo(document: bytes, alt_text: str = ALT_TEXT) -> bytes:
    """Return the Word file *document* with the arms first in the header of its first page, as one inserts a picture in Word."""
    opened = docx.Document(BytesIO(document))
    section = opened.sections[0]
    header = section.first_page_header if section.different_first_page_header_footer else section.header
    paragraph = header.paragraphs[0]
    run = paragraph.add_run()
    run.add_picture(BytesIO(picture()), height=Cm(1.8))
    run._r.xpath(".//wp:docPr")[0].set("descr", alt_text)
    paragraph.paragraph_format.space_after = Pt(18)
    paragraph._p.insert(1, run._r)  # after its properties
    saved = BytesIO()
    opened.save(saved)
    return saved.getvalue()


def mall() -> bytes:
    """Return the reference document of Exempelstad."""
    document = with_logo((ROOT / "templates" / "sv" / "mall.docx").read_bytes())
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(document)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in source.namelist():
            data = source.read(name)
            if name in ("word/styles.xml", "word/header1.xml", "word/header2.xml", "word/theme/theme1.xml"):
                for old, new in COLOURS.items():
                    data = data.replace(old.encode(), new.encode())
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            packed.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return target.getvalue()


if __name__ == "__main__":
    TARGET.write_bytes(mall())
    print(f"wrote {TARGET}")
