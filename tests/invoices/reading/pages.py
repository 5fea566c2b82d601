"""Pages laid out from text: each line a row, `|` between its columns."""

from __future__ import annotations

from invoices.reading.layout import Page, Word, lay_out
from invoices.reading.text.reading import read_pages
from invoices.reading.text.sheet import Script, open_script
from invoices.reading.types import OwnIdentity, Reading

WIDTH, HEIGHT, LINE, LETTER, SIZE = 595.0, 842.0, 13.0, 5.0, 10.0
MARGIN, COLUMN = 40.0, 180.0


def laid_out(text: str) -> Page:
    """A page whose columns begin at fixed places."""
    words = []
    for number, line in enumerate(text.strip("\n").splitlines()):
        top = 60 + number * LINE
        for column, cell in enumerate(line.split("|")):
            left = MARGIN + column * COLUMN
            for word in cell.split():
                right = left + LETTER * len(word)
                words.append(Word(word, left, top, right, top + SIZE))
                left = right + LETTER / 2
    return lay_out(1, WIDTH, HEIGHT, words)


def script_of(text: str) -> Script:
    return open_script([laid_out(text)])


def reading_of(text: str, own: OwnIdentity | None = None) -> Reading:
    return read_pages([laid_out(text)], own or OwnIdentity(), page_count=1, parser="text")
