"""Reading CSV: whichever program wrote it, in its encoding and with its delimiter."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from .cells import clean
from .refusal import Reason, Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .cells import Row

DELIMITERS = ";,\t|"
SAMPLE_CHARACTERS = 1 << 16
SAMPLE_ROWS = 30
_BINARY = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_EXCEL_HINT = re.compile(r"sep=(.)\r?\n")


def rows_of_csv(content: bytes) -> Iterator[Row]:
    """Yield the rows of a CSV file; every cell is text.

    Raises:
        Refused: It is no text, or its quotes do not match.
    """
    text = decoded(content)
    hint = _EXCEL_HINT.match(text)
    delimiter = hint[1] if hint else delimiter_of(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for number, row in enumerate(reader):
            yield [] if hint and not number else [clean(cell) for cell in row]
    except csv.Error as error:
        raise Refused(Reason.BROKEN_TEXT, line=reader.line_num) from error


def decoded(content: bytes) -> str:
    """Return the text: UTF-16 or UTF-8 as its first bytes say, else UTF-8 when it is that, else Windows' western one.

    Raises:
        Refused: It is no text in any of them.
    """
    is_wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if is_wide else ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _BINARY.search(text):
            return text
    raise Refused(Reason.NOT_A_SPREADSHEET)


def delimiter_of(text: str) -> str:
    """Return the delimiter under which most of the first rows have the same number of cells, more than one."""
    sample = text[:SAMPLE_CHARACTERS]

    def evenness(delimiter: str) -> tuple[bool, int, int]:
        reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
        try:
            widths = Counter(len(row) for row in islice(reader, SAMPLE_ROWS) if row)
        except csv.Error:
            return False, 0, 0
        width, count = max(widths.items(), key=lambda entry: (entry[1], entry[0]), default=(0, 0))
        return width > 1, count, width

    return max(DELIMITERS, key=evenness)
