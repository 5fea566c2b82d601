"""Reading XLSX: the values of the first sheet, and nothing else of the archive. Run in the child process only."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from openpyxl import load_workbook

from .cells import clean
from .refusal import Reason, Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .cells import Cell, Row
    from .limits import Limits

MAX_ENTRIES = 5_000
MAX_POSITION = 1_048_576  # the last row that the format knows


def rows_of_workbook(content: bytes, limits: Limits) -> Iterator[Row]:
    """Yield the rows of a workbook's first sheet: the values last computed, never formulas.

    What the sheet claims about its size is left aside; links to other files are not followed.

    Raises:
        Refused: It is no workbook, or unpacks to more than the limits allow.
    """
    _check_archive(content, limits)
    try:
        yield from _rows_of_first_sheet(content, limits)
    except (Refused, MemoryError):
        raise
    except Exception as error:  # the library lets many kinds through for a damaged archive, one sentence fits them all
        raise Refused(Reason.BROKEN_WORKBOOK) from error


def _rows_of_first_sheet(content: bytes, limits: Limits) -> Iterator[Row]:
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    sheet = book.worksheets[0]
    sheet.reset_dimensions()
    for position, row in enumerate(sheet.iter_rows(values_only=True)):
        if position >= MAX_POSITION:
            raise Refused(Reason.BROKEN_WORKBOOK)
        beyond = row[limits.max_columns :]
        if len(beyond) != beyond.count(None):
            raise Refused(Reason.TOO_MANY_COLUMNS, limit=limits.max_columns)
        yield [_cell(value) for value in row[: limits.max_columns]]


def _check_archive(content: bytes, limits: Limits) -> None:
    """Refuse what is no workbook and what would unpack to too much; an entry never unpacks to more than it says."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Refused(Reason.BROKEN_WORKBOOK) from error
    if "[Content_Types].xml" not in {entry.filename for entry in entries}:
        raise Refused(Reason.NOT_A_SPREADSHEET)
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > limits.max_unpacked_bytes:
        raise Refused(Reason.TOO_DEMANDING)


def _cell(value: Any) -> Cell:
    match value:
        case None:
            cell: Cell = ""
        case bool():
            cell = "1" if value else "0"
        case datetime():
            cell = value.date()
        case date():
            cell = value
        case int():
            cell = Decimal(value)
        case float():  # as many digits as Excel has: the rest is noise of binary fractions
            cell = Decimal(format(value, ".15g"))
        case _:
            cell = clean(str(value))
    return cell
