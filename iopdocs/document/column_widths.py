"""Column widths of a table, computed from its content."""

from __future__ import annotations

from iopdocs.document.tree import Align, Cell, Table
from iopdocs.document.walk import plain

# Letter widths of the table style (Arial 10 pt), in thousandths of the font size. Other letters use the constants below.
_LETTERS = {
    letter: width
    for width, letters in {
        222: "ijl'|", 278: " \u00a0.,:;!/\\ftI[]", 333: "()-r\u2011", 500: "cksvxyzJ",
        611: "FTZ", 667: "ABEKPSVXYÅÄ", 722: "CDHNRUw", 778: "GOQÖ", 833: "mM", 889: "%", 944: "W", 1000: "—…",
    }.items()
    for letter in letters
}  # fmt: skip
_OTHER, _FOREIGN = 556, 1000
# Twentieths of a point per thousandth of the size, with a margin for other fonts and Word's own layout. Bold is wider.
_PLAIN, _BOLD = 0.2 * 1.05, 0.2 * 1.05 * 1.08
# The cell's own margins.
_MARGINS = 230
# A longer line is wrapped, so the excess counts with diminishing weight. A longer word is broken.
_LONGEST_LINE, _LONGEST_WORD = 4600, 3400
_BEYOND = 32.0


def column_widths(table: Table, total: int) -> list[int]:
    """Return widths that add up to *total*, in the same unit (twentieths of a point).

    Each column gets the width of its longest word. The rest is shared in proportion to the amount of text. Columns of
    numbers get no more than they need as long as there is a column of text.
    """
    count = len(table.header)
    least, most = [0.0] * count, [0.0] * count
    sums = len(table.rows) - table.total_rows
    for number, row in enumerate((table.header, *table.rows)):
        size = _BOLD if number == 0 or number > sums else _PLAIN
        for column, cell in enumerate(row[:count]):
            word, line = _extent(cell, size)
            least[column] = max(least[column], word + _MARGINS)
            most[column] = max(most[column], line + _MARGINS)
    if sum(least) >= total:
        widths = _squeezed(least, [align is Align.RIGHT for align in table.align[:count]], total)
    elif sum(most) >= total:
        spare, wanted = total - sum(least), sum(most) - sum(least)
        widths = [low + spare * (high - low) / wanted for low, high in zip(least, most, strict=True)]
    else:
        text = [align is not Align.RIGHT for align in table.align[:count]]
        growing = text if any(text) else [True] * count
        share = sum(high for high, grows in zip(most, growing, strict=True) if grows)
        spare = total - sum(most)
        widths = [high + spare * high / share * grows for high, grows in zip(most, growing, strict=True)]
    whole = [int(width) for width in widths]
    whole[-1] += total - sum(whole)
    return whole


def _squeezed(least: list[float], numbers: list[bool], total: int) -> list[float]:
    """Return widths when not every word fits. Number columns are kept if they need at most half of *total*."""
    kept = sum(width for width, number in zip(least, numbers, strict=True) if number)
    if not 0 < kept <= total / 2:
        return [total * width / sum(least) for width in least]
    shrunk = (total - kept) / (sum(least) - kept)
    return [width if number else width * shrunk for width, number in zip(least, numbers, strict=True)]


def _extent(cell: Cell, size: float) -> tuple[float, float]:
    """Return the widths of the longest word and the longest line of *cell*."""
    lines = plain(cell).split("\n")
    # split() would also split at a no-break space, which does not end a word.
    word = max(_width(word, size) for line in lines for word in line.split(" "))
    line = max(_width(line, size) for line in lines)
    if line > _LONGEST_LINE:
        line = _LONGEST_LINE + _BEYOND * min(line - _LONGEST_LINE, 42_000) ** 0.5
    return min(word, _LONGEST_WORD), line


def _width(text: str, size: float) -> float:
    return size * sum(_LETTERS.get(letter, _OTHER if letter < "\u0250" else _FOREIGN) for letter in text)
