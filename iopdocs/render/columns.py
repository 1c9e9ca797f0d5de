"""How wide the columns of a table are, from what stands in them."""

from __future__ import annotations

from iopdocs.render.document import Align, Cell, Table, plain

# The mean width of a character in the table style (Arial 10 pt), bold headings a little more; the cell's own margins.
_CHARACTER, _BOLD, _MARGINS = 108, 118, 230
# A longer line is wrapped: what exceeds this counts less and less. A longer word is broken.
_LONGEST_LINE, _LONGEST_WORD = 44, 32
_BEYOND = 3.0


def column_widths(table: Table, total: int) -> list[int]:
    """Return widths that add up to *total*, in the same unit (twentieths of a point).

    Each column gets the room its longest word needs; the rest is shared after how much text there is. Columns of
    numbers get no more than they need as long as there is a column of text to take it.
    """
    count = len(table.header)
    least, most = [0.0] * count, [0.0] * count
    for row in (table.header, *table.rows):
        size = _BOLD if row is table.header else _CHARACTER
        for column, cell in enumerate(row[:count]):
            word, line = _extent(cell)
            least[column] = max(least[column], word * size + _MARGINS)
            most[column] = max(most[column], line * size + _MARGINS)
    if sum(least) >= total:
        widths = _squeezed(least, [align is Align.RIGHT for align in table.align[:count]], total)
    elif sum(most) >= total:
        spare, wanted = total - sum(least), sum(most) - sum(least)
        widths = [low + spare * (high - low) / wanted for low, high in zip(least, most, strict=True)]
    else:
        text = [align is not Align.RIGHT for align in table.align[:count]]
        takers = text if any(text) else [True] * count
        share = sum(high for high, takes in zip(most, takers, strict=True) if takes)
        spare = total - sum(most)
        widths = [high + spare * high / share * takes for high, takes in zip(most, takers, strict=True)]
    whole = [int(width) for width in widths]
    whole[-1] += total - sum(whole)
    return whole


def _squeezed(least: list[float], numbers: list[bool], total: int) -> list[float]:
    """Return widths where not every word has room: numbers are spared as long as they leave half of it to the text."""
    kept = sum(width for width, number in zip(least, numbers, strict=True) if number)
    if not 0 < kept <= total / 2:
        return [total * width / sum(least) for width in least]
    shrunk = (total - kept) / (sum(least) - kept)
    return [width if number else width * shrunk for width, number in zip(least, numbers, strict=True)]


def _extent(cell: Cell) -> tuple[int, int]:
    """Return the number of characters in the longest word and the longest line of *cell*."""
    lines = plain(cell).split("\n")
    # Not split(): a no-break space does not end a word.
    word = max(len(word) for line in lines for word in line.split(" "))
    line = max(map(len, lines))
    if line > _LONGEST_LINE:
        line = _LONGEST_LINE + int(_BEYOND * min(line - _LONGEST_LINE, 400) ** 0.5)
    return min(word, _LONGEST_WORD), line
