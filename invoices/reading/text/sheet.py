"""A page as its reader sees it: cells with their labels, and what stands beside and below them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from invoices.reading.layout import Cell
from invoices.reading.types import Found, Source

from .amounts import decimal_mark, main_currency
from .dates import Order, find_dates, shown_order
from .folding import fold
from .lexicon import HEADINGS, MONEY, PARTIES, TITLES, Label, Lexicon
from .postal import Postal, postal_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from invoices.reading.layout import Page

    from .lexicon import Match

HEADING_LEXICON = Lexicon(HEADINGS | TITLES)
MONEY_LEXICON = Lexicon(MONEY)
PARTY_LEXICON = Lexicon(PARTIES | {Label.NUMBER, Label.ISSUED, Label.DUE})

LINES_BELOW = 3.2  # how many line heights below a heading its value may stand
NEXT_LINE = 0.9  # line heights below: the next line of the same text
MAX_ROWS_UP = 3  # rows of other columns between a heading and its value
SAME_EDGE = 2.0  # points within which two lines are flush
MAX_BROKEN = 20  # characters of a line of a broken label
ALIGNED = 4.0  # points within which two edges are the same column
AMERICAN_CURRENCIES = frozenset({"USD"})
LETTERSPACED = re.compile(r"(?:\b\w ){3,}\w\b")


class Entry:
    """A cell and what is known about its text."""

    def __init__(self, cell: Cell, sheet: Sheet, parts: tuple[Entry, ...] = ()) -> None:
        self.cell = cell
        self.sheet = sheet
        self.parts = parts or (self,)
        self.text = LETTERSPACED.sub(lambda match: match.group().replace(" ", ""), cell.text)
        self.folded = fold(self.text)

    @cached_property
    def headings(self) -> list[Match]:
        """The labels of numbers, dates and references, and titles."""
        return HEADING_LEXICON.find(self.folded)

    @cached_property
    def money(self) -> list[Match]:
        """The labels of sums."""
        return MONEY_LEXICON.find(self.folded)

    @cached_property
    def parties(self) -> list[Match]:
        """The headings of addresses."""
        return PARTY_LEXICON.find(self.folded)

    @cached_property
    def postal(self) -> Postal | None:
        """The postal code in it, and the city."""
        return postal_in(self.text)

    def found[T](self, value: T, confidence: float, start: int = 0, end: int | None = None) -> Found[T]:
        """Return a value read from the characters between `start` and `end`."""
        words = self.cell.words_at(start, len(self.cell.text) if end is None else end)
        page = self.sheet.page
        return Found(value, Source.TEXT, round(confidence, 2), page.number, page.box(words))


class Sheet:
    """One page, its cells in rows."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.rows = [[Entry(cell, self) for cell in row.cells] for row in page.rows]

    @property
    def entries(self) -> Iterator[Entry]:
        """All cells, row by row."""
        return (entry for row in self.rows for entry in row)

    @cached_property
    def labels(self) -> list[Entry]:
        """All cells, and the pairs of cells over which a label is broken: `Purchase` above `order`."""
        return [*self.entries, *self._broken_labels()]

    def _broken_labels(self) -> Iterator[Entry]:
        for entry in self.entries:
            if len(entry.text) > MAX_BROKEN or find_dates(entry.folded, Order.DAY_FIRST):
                continue
            pair = self.with_next_line(entry)
            if pair is not None and len(pair.text) <= 2 * MAX_BROKEN:
                edge = len(entry.text)
                if any(match.start < edge < match.end for match in pair.headings):
                    yield pair

    def with_next_line(self, entry: Entry) -> Entry | None:
        """Return the cell together with the one right under it that has the same left, middle or right."""
        cell = entry.cell
        for other in self.below(entry, lines=NEXT_LINE):
            edges = (cell.x0 - other.cell.x0, cell.x1 - other.cell.x1)
            if min(abs(edges[0]), abs(edges[1]), abs(sum(edges)) / 2) <= SAME_EDGE:
                joined = Cell((*cell.words, *other.cell.words), other.cell.row, cell.page)
                return Entry(joined, self, (entry, other))
        return None

    def right_of(self, entry: Entry) -> list[Entry]:
        """Return the cells to the right in the same row, nearest first."""
        found: list[Entry] = []
        for part in entry.parts:
            row = self.rows[part.cell.row]
            found += row[row.index(part) + 1 :]
        return sorted(found, key=lambda one: one.cell.x0) if len(entry.parts) > 1 else found

    def left_of(self, entry: Entry) -> list[Entry]:
        """Return the cells to the left in the same row, nearest first."""
        row = self.rows[entry.parts[0].cell.row]
        return row[: row.index(entry.parts[0])][::-1]

    def above(self, entry: Entry, lines: float = NEXT_LINE) -> list[Entry]:
        """Return the cells in the nearest row over this one that share its column, as a heading does."""
        cell = entry.cell
        for row in self.rows[max(cell.row - MAX_ROWS_UP, 0) : cell.row][::-1]:
            found = [other for other in row if shares_column(cell, other.cell)]
            if found:
                return [other for other in found if -1 <= cell.y0 - other.cell.y1 <= lines * cell.height]
        return []

    def below(self, entry: Entry, lines: float = LINES_BELOW) -> Iterator[Entry]:
        """Yield the cells under this one that share its column, nearest first."""
        cell = entry.cell
        limit = cell.y1 + lines * cell.height
        for row in self.rows[cell.row + 1 :]:
            if row and min(other.cell.y0 for other in row) > limit:
                return
            yield from (other for other in row if other.cell.y0 <= limit and shares_column(cell, other.cell))


def shares_column(cell: Cell, other: Cell) -> bool:
    """Return whether two cells stand one above the other: overlapping, or flush on either side."""
    overlap = min(cell.x1, other.x1) - max(cell.x0, other.x0)
    return overlap > 0 or abs(cell.x0 - other.x0) <= ALIGNED or abs(cell.x1 - other.x1) <= ALIGNED


@dataclass(frozen=True)
class Script:
    """All pages, and how this document writes numbers and dates."""

    sheets: Sequence[Sheet]
    mark: str
    order: Order
    currency: str | None
    is_order_shown: bool = True

    @property
    def in_other_order(self) -> Script:
        """The same pages with day and month the other way round in dates in figures."""
        other = Order.DAY_FIRST if self.order is Order.MONTH_FIRST else Order.MONTH_FIRST
        return replace(self, order=other)

    @property
    def entries(self) -> Iterator[Entry]:
        """All cells of all pages."""
        return (entry for sheet in self.sheets for entry in sheet.entries)

    @property
    def labels(self) -> Iterator[Entry]:
        """All cells of all pages, and the labels that are broken over two."""
        return (entry for sheet in self.sheets for entry in sheet.labels)


def open_script(pages: Sequence[Page]) -> Script:
    """Return the pages ready for reading."""
    sheets = [Sheet(page) for page in pages]
    texts = [entry.text for sheet in sheets for entry in sheet.entries]
    folded = [entry.folded for sheet in sheets for entry in sheet.entries]
    currency = main_currency(texts)
    usual = Order.MONTH_FIRST if currency in AMERICAN_CURRENCIES else Order.DAY_FIRST
    shown = shown_order(folded)
    return Script(sheets, decimal_mark(texts), shown or usual, currency, is_order_shown=shown is not None)
