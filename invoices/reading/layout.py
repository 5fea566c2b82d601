"""Text with its places: characters become words, words become cells, cells become rows.

Units are points on the page as people see it (rotated and cropped), from its top left corner. A cell is a run
of words without a column gap, so `Total    12.00` gives two cells of one row, and a two-column address block
stays two columns.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from .types import Box

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

WORD_GAP = 0.28  # of the text's height: wider is a space even if none was written
COLUMN_GAP = 0.7  # of the text's height: wider separates two columns
BULLET_GAP = 3.0
BULLETS = frozenset("•·●∙◦|")
SAME_ROW = 0.5  # of the smaller text's height: how far apart the middles of one row may lie
SAME_LINE_OVERLAP = 0.5
STACKED = 0.5  # points within which the edges of letters lie that stand over one another


class Glyph(NamedTuple):
    """One character and its place."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float


class Word(NamedTuple):
    """Characters without a gap, and their place."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def height(self) -> float:
        """The height of the text."""
        return self.y1 - self.y0

    @property
    def middle(self) -> float:
        """The vertical middle."""
        return (self.y0 + self.y1) / 2


@dataclass(frozen=True, slots=True)
class Cell:
    """Words of one row without a column gap between them."""

    words: tuple[Word, ...]
    row: int
    page: int
    text: str = field(init=False)
    x0: float = field(init=False)
    y0: float = field(init=False)
    x1: float = field(init=False)
    y1: float = field(init=False)

    def __post_init__(self) -> None:
        put = object.__setattr__
        put(self, "text", " ".join(word.text for word in self.words))
        put(self, "x0", min(word.x0 for word in self.words))
        put(self, "y0", min(word.y0 for word in self.words))
        put(self, "x1", max(word.x1 for word in self.words))
        put(self, "y1", max(word.y1 for word in self.words))

    @property
    def height(self) -> float:
        """The height of the tallest word."""
        return self.y1 - self.y0

    def words_at(self, start: int, end: int) -> list[Word]:
        """Return the words that the characters from `start` to `end` of `text` belong to."""
        found, offset = [], 0
        for word in self.words:
            if offset < end and offset + len(word.text) > start:
                found.append(word)
            offset += len(word.text) + 1
        return found


@dataclass(frozen=True, slots=True)
class Row:
    """The cells on one line across the whole page, left to right."""

    cells: tuple[Cell, ...]

    @property
    def text(self) -> str:
        """The whole line; two spaces where a column ends."""
        return "  ".join(cell.text for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its rows from top to bottom."""

    number: int
    width: float
    height: float
    rows: tuple[Row, ...]

    @property
    def cells(self) -> Iterator[Cell]:
        """All cells, row by row."""
        return (cell for row in self.rows for cell in row.cells)

    @property
    def text(self) -> str:
        """All text, line by line."""
        return "\n".join(row.text for row in self.rows)

    @property
    def character_count(self) -> int:
        """How many characters the page shows, spaces aside."""
        return sum(len(word.text) for cell in self.cells for word in cell.words)

    def box(self, words: Sequence[Word]) -> Box | None:
        """Return the place that words take, as fractions of the page."""
        if not words:
            return None
        return Box(
            _fraction(min(word.x0 for word in words), self.width),
            _fraction(min(word.y0 for word in words), self.height),
            _fraction(max(word.x1 for word in words), self.width),
            _fraction(max(word.y1 for word in words), self.height),
        )


def _fraction(value: float, of: float) -> float:
    return round(min(max(value / of, 0.0), 1.0), 4)


def spell(glyphs: Iterable[Glyph | None]) -> Iterator[Word]:
    """Yield the words of characters in reading order; None stands for white space."""
    run: list[Glyph] = []
    for glyph in glyphs:
        if run and (glyph is None or _breaks(run[-1], glyph)):
            yield _word(run)
            run = []
        if glyph is not None:
            run.append(glyph)
    if run:
        yield _word(run)


def _breaks(last: Glyph, glyph: Glyph) -> bool:
    _, _, last_top, last_right, last_bottom = last
    _, left, top, _, bottom = glyph
    last_height, gap = last_bottom - last_top, left - last_right
    height = last_height if last_height > 1 else 1.0
    if gap > WORD_GAP * height or gap < -2 * height:
        return True
    if top == last_top and bottom == last_bottom:
        return False
    overlap = min(last_bottom, bottom) - max(last_top, top)
    return overlap < SAME_LINE_OVERLAP * min(last_height, bottom - top)


def _word(run: list[Glyph]) -> Word:
    texts, lefts, tops, rights, bottoms = zip(*run, strict=True)
    text = "".join(texts)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return Word(text, min(lefts), min(tops), max(rights), max(bottoms))


def lay_out(number: int, width: float, height: float, words: Iterable[Word]) -> Page:
    """Sort the words of a page into rows and cells."""
    rows: list[list[Word]] = []
    for word in sorted(_upright(list(words)), key=lambda word: (word.middle, word.x0)):
        # A tall word may span two lines of small print, so it joins the row whose middle it shares, not any
        # it touches; words arrive by their middle, so only the last rows can be meant.
        home = next((row for row in reversed(rows[-3:]) if _same_row(row[0], word)), None)
        if home is None:
            rows.append([word])
        else:
            home.append(word)
    return Page(number, width, height, tuple(_row(index, number, row) for index, row in enumerate(rows)))


def _upright(words: Sequence[Word]) -> Iterator[Word]:
    """Yield the words without the letters of text that runs up or down the page: wide, and stacked."""
    for index, word in enumerate(words):
        is_wide = word.x1 - word.x0 > word.height and len(word.text) == 1
        if not (is_wide and any(_stacked(word, other) for other in words[max(index - 1, 0) : index + 2])):
            yield word


def _stacked(word: Word, other: Word) -> bool:
    is_in_line = abs(word.x0 - other.x0) < STACKED and abs(word.x1 - other.x1) < STACKED
    return other is not word and is_in_line and len(other.text) == 1


def _same_row(first: Word, word: Word) -> bool:
    return abs(first.middle - word.middle) <= SAME_ROW * min(first.height, word.height)


def _column_gap(last: Word, word: Word) -> float:
    """Return the gap from which on two words stand in two columns; a bullet between them keeps them together."""
    is_bulleted = last.text in BULLETS or word.text in BULLETS
    return (BULLET_GAP if is_bulleted else COLUMN_GAP) * min(last.height, word.height)


def _row(index: int, page: int, words: list[Word]) -> Row:
    cells: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.x0):
        last = cells[-1][-1] if cells else None
        if last is not None and word.x0 - last.x1 <= _column_gap(last, word):
            cells[-1].append(word)
        else:
            cells.append([word])
    return Row(tuple(Cell(tuple(cell), index, page) for cell in cells))
