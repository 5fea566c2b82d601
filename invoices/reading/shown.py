"""What the pages show, and where: values that the embedded XML states are looked for on them."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from .text.amounts import find_amounts
from .text.dates import Order, find_dates
from .text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .layout import Cell, Page
    from .types import Box

MIN_LETTERS = 3  # shorter values stand in too many places
MAX_LETTERS = 80

type Place = tuple[int, Box | None]
"""A page's number and the place on it."""


class Shown:
    """The pages as they can be searched."""

    def __init__(self, pages: tuple[Page, ...]) -> None:
        self._cells = [(page, cell, fold(cell.text)) for page in pages for cell in page.cells]
        self.text = "".join(squeeze(page.text) for page in pages)
        self.amounts = frozenset(abs(one[0]) for _, cell, _ in self._cells for one in _amounts_in(cell))

    def find(self, value: object) -> Place | None:
        """Return where a value stands, however it is written there: an amount the last time, all else the first."""
        if isinstance(value, Decimal):
            return next(self._amounts(value), None)
        if isinstance(value, date):
            return next(self._dates(value), None)
        return next(self._texts(str(value)), None)

    def _amounts(self, value: Decimal) -> Iterator[Place]:
        for page, cell, _ in reversed(self._cells):
            for amount, start, end in _amounts_in(cell):
                if abs(amount) == abs(value):
                    yield page.number, page.box(cell.words_at(start, end))

    def _dates(self, value: date) -> Iterator[Place]:
        for order in Order:
            for page, cell, folded in self._cells:
                for one in find_dates(folded, order):
                    if one.value == value:
                        yield page.number, page.box(cell.words_at(one.start, one.end))

    def _texts(self, value: str) -> Iterator[Place]:
        letters = squeeze(fold(value))
        if not MIN_LETTERS <= len(letters) <= MAX_LETTERS:
            return
        pattern = re.compile(r"(?<![^\W_])" + r"[\W_]*".join(map(re.escape, letters)) + r"(?![^\W_])")
        for page, cell, folded in self._cells:
            match = pattern.search(folded)
            if match is not None:
                yield page.number, page.box(cell.words_at(match.start(), match.end()))


def squeeze(text: str) -> str:
    """Return a text without spaces and punctuation, whatever its case."""
    return re.sub(r"[\W_]", "", text).casefold()


def _amounts_in(cell: Cell) -> Iterator[tuple[Decimal, int, int]]:
    for mark in ",.":
        for one in find_amounts(cell.text, mark):
            yield one.value, one.start, one.end
