"""Writing CSV and XLSX: row by row, so that memory does not grow with the list; nothing in them is live. No ORM."""

from __future__ import annotations

import csv
import tempfile
from dataclasses import dataclass
from datetime import date
from typing import IO, TYPE_CHECKING, Any

from babel.numbers import get_decimal_symbol
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from billabex.core import money
from billabex.core.templatetags.ui.formats import locale_of

from .escaping import escaped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from decimal import Decimal

    from openpyxl.cell import Cell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

BOM = "\ufeff"  # how Excel tells UTF-8
WIDTHS = (14, 28)
SHEET_TITLE_LENGTH = 31


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount to write, with the decimals that its currency has."""

    value: Decimal
    currency: str


type Written = str | int | bool | date | Amount | None


class _Echo:
    """A file that hands back what is written to it: how the csv module streams."""

    def write(self, text: str) -> str:
        """Return the text."""
        return text


def csv_lines(titles: Sequence[str], rows: Iterable[Sequence[Written]], language: str) -> Iterator[str]:
    """Yield the lines of a CSV file as spreadsheet programs of a language open it.

    Where the comma marks decimals, the semicolon sets cells apart. Dates are ISO, which every program knows.
    """
    mark = get_decimal_symbol(locale_of(language))
    writer = csv.writer(_Echo(), delimiter=";" if mark == "," else ",")
    yield BOM + writer.writerow([escaped(title) for title in titles])
    for row in rows:
        yield writer.writerow([_csv_cell(cell, mark) for cell in row])


def _csv_cell(cell: Written, mark: str) -> str | int:
    match cell:
        case None:
            return ""
        case bool():
            return int(cell)
        case Amount():
            return _amount_text(cell).replace(".", mark)
        case date():
            return cell.isoformat()
        case str():
            return escaped(cell)
        case _:
            return cell


def _amount_text(amount: Amount) -> str:
    """Return the amount in figures without groups.

    Three decimals get a fourth: 120.500 is a hundred and twenty thousand somewhere, 120.5000 nowhere.
    """
    places = money.decimals(amount.currency)
    return f"{amount.value:.{places + 1 if places > 2 else places}f}"  # noqa: PLR2004 - see above


def write_workbook(title: str, titles: Sequence[str], rows: Iterable[Sequence[Written]]) -> IO[bytes]:
    """Return a workbook of one sheet as a temporary file, at its beginning; dates and amounts are real ones."""
    book = Workbook(write_only=True)
    sheet: WriteOnlyWorksheet = book.create_sheet(title[:SHEET_TITLE_LENGTH])
    sheet.freeze_panes = "A2"
    for place, text in enumerate(titles, start=1):
        low, high = WIDTHS
        dimension = sheet.column_dimensions[get_column_letter(place)]  # type: ignore[attr-defined]
        dimension.width = min(max(len(text) + 2, low), high)
    sheet.append([_text(sheet, text, is_title=True) for text in titles])
    for row in rows:
        sheet.append([_xlsx_cell(sheet, cell) for cell in row])
    # Closed by the response that sends it, or by whoever asked for it.
    file = tempfile.TemporaryFile()  # noqa: SIM115
    book.save(file)
    file.seek(0)
    return file


def _xlsx_cell(sheet: WriteOnlyWorksheet, cell: Written) -> Any:
    match cell:
        case bool():
            return int(cell)
        case Amount():
            number = WriteOnlyCell(sheet, cell.value)  # type: ignore[arg-type]  # the library takes decimals
            places = money.decimals(cell.currency)
            number.number_format = f"#,##0.{'0' * places}" if places else "#,##0"
            return number
        case date():
            day = WriteOnlyCell(sheet, cell)  # type: ignore[arg-type]  # and dates
            day.number_format = "yyyy-mm-dd"
            return day
        case str():
            return _text(sheet, cell) if cell else None
        case _:
            return cell


def _text(sheet: WriteOnlyWorksheet, text: str, *, is_title: bool = False) -> Cell:
    """Return a cell that is text, whatever it begins with; the prefix keeps it text when somebody edits it."""
    cell = WriteOnlyCell(sheet)
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
    cell.data_type = "s"
    if escaped(text) != text:
        cell.quotePrefix = True
    if is_title:
        cell.font = Font(bold=True)
    return cell
