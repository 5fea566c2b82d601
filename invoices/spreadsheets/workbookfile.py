"""Writing XLSX as a stream: one sheet, row by row, so that a list of any length leaves at once and in little memory.

By hand, as libraries write the sheet whole before the first byte leaves, and take five times as long. A cell is text
whatever it begins with, or a real number or date. ECMA-376, parts 1 (18.3, 18.8) and 2.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from io import RawIOBase
from itertools import batched
from typing import IO, TYPE_CHECKING, cast
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl.utils import get_column_letter

from billabex.core import money

from .escaping import escaped

if TYPE_CHECKING:
    from collections.abc import Buffer, Iterable, Iterator, Sequence

    from .writing import Amount, Written

ROWS_AT_ONCE = 200
WIDTHS = (14, 28)
TITLE_LENGTH = 31
FORBIDDEN_IN_TITLES = re.compile(r"[\[\]:*?/\\]")
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
EPOCH = date(1899, 12, 30)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
SHEET = "xl/worksheets/sheet1.xml"

# The styles of cells, by their place in `cellXfs`; that of an amount is the first such one plus its decimals.
TITLE, LIVE_TITLE, LIVE_TEXT, DAY, AMOUNT = 1, 2, 3, 4, 5
FORMATS = ("yyyy-mm-dd", "#,##0", "#,##0.0", "#,##0.00", "#,##0.000")
FIRST_FORMAT = 164  # those below are the program's own


def workbook_chunks(title: str, titles: Sequence[str], rows: Iterable[Sequence[Written]]) -> Iterator[bytes]:
    """Yield a workbook of one sheet, whose first row stays in sight."""
    pipe = _Pipe()
    letters = [get_column_letter(place) for place in range(1, len(titles) + 1)]
    with ZipFile(cast("IO[bytes]", pipe), "w", ZIP_DEFLATED) as archive:
        for name, part in _parts(title).items():
            archive.writestr(name, HEAD + part)
        with archive.open(SHEET, "w", force_zip64=True) as sheet:
            sheet.write((HEAD + _sheet_head(titles)).encode())
            sheet.write(_row(1, letters, (_text(text, TITLE, LIVE_TITLE) for text in titles)).encode())
            for batch in batched(enumerate(rows, start=2), ROWS_AT_ONCE, strict=False):
                sheet.write("".join(_row(number, letters, map(_cell, row)) for number, row in batch).encode())
                yield pipe.taken()
            sheet.write(b"</sheetData></worksheet>")
    yield pipe.taken()


class _Pipe(RawIOBase):
    """A file that hands on what is written to it, and cannot go back."""

    def __init__(self) -> None:
        self._written: list[bytes] = []

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, data: Buffer) -> int:
        """Take bytes in."""
        self._written.append(bytes(data))
        return len(self._written[-1])

    def taken(self) -> bytes:
        """Return what was written since."""
        data, self._written = b"".join(self._written), []
        return data


def _row(number: int, letters: Sequence[str], cells: Iterable[tuple[str, str]]) -> str:
    """Return a row; a cell is its attributes and its content, empty ones are left out."""
    inside = (
        f'<c r="{letter}{number}"{attributes}>{content}</c>'
        for letter, (attributes, content) in zip(letters, cells, strict=True)
        if content
    )
    return f'<row r="{number}">{"".join(inside)}</row>'


def _cell(cell: Written) -> tuple[str, str]:
    match cell:
        case None | "":
            return "", ""
        case str():
            return _text(cell, 0, LIVE_TEXT)
        case date():
            return f' s="{DAY}"', f"<v>{(cell - EPOCH).days}</v>"
        case bool() | int():
            return "", f"<v>{int(cell)}</v>"
        case _:
            return _amount(cell)


def _amount(amount: Amount) -> tuple[str, str]:
    return f' s="{AMOUNT + money.decimals(amount.currency)}"', f"<v>{Decimal(amount.value):f}</v>"


def _text(text: str, style: int, live_style: int) -> tuple[str, str]:
    """Return a cell that is text; the style of what looks like a formula keeps it text when somebody edits it."""
    style = style if escaped(text) == text else live_style
    plain = escape(UNWRITABLE.sub("", text), {"\r": "&#13;"})
    return f' t="inlineStr" s="{style}"', f'<is><t xml:space="preserve">{plain}</t></is>'


def _sheet_head(titles: Sequence[str]) -> str:
    low, high = WIDTHS
    columns = "".join(
        f'<col min="{place}" max="{place}" width="{min(max(len(text) + 2, low), high)}" customWidth="1"/>'
        for place, text in enumerate(titles, start=1)
    )
    pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    views = f'<sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
    return f'<worksheet xmlns="{MAIN}">{views}<cols>{columns}</cols><sheetData>'


def _parts(title: str) -> dict[str, str]:
    """Return what an archive needs to be a workbook, but for its sheet."""
    name = escape(FORBIDDEN_IN_TITLES.sub(" ", UNWRITABLE.sub("", title))[:TITLE_LENGTH], {'"': "&quot;"})
    relations = f'<Relationships xmlns="{PACKAGE}/relationships">'
    overrides = {"/xl/workbook.xml": "sheet.main", f"/{SHEET}": "worksheet", "/xl/styles.xml": "styles"}
    return {
        "[Content_Types].xml": (
            f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            + "".join(
                f'<Override PartName="{part}" ContentType="{TYPES}.{kind}+xml"/>' for part, kind in overrides.items()
            )
            + "</Types>"
        ),
        "_rels/.rels": (
            f'{relations}<Relationship Id="rId1" Type="{RELATED}/officeDocument" Target="xl/workbook.xml"/>'
            "</Relationships>"
        ),
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{RELATED}"><sheets><sheet name="{name}" sheetId="1" r:id="rId1"/>'
            "</sheets></workbook>"
        ),
        "xl/_rels/workbook.xml.rels": (
            f'{relations}<Relationship Id="rId1" Type="{RELATED}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="rId2" Type="{RELATED}/styles" Target="styles.xml"/></Relationships>'
        ),
        "xl/styles.xml": _styles(),
    }


def _styles() -> str:
    formats = "".join(
        f'<numFmt numFmtId="{FIRST_FORMAT + place}" formatCode="{code}"/>' for place, code in enumerate(FORMATS)
    )
    looks = [
        'numFmtId="0" fontId="0"',
        'numFmtId="0" fontId="1" applyFont="1"',
        'numFmtId="0" fontId="1" applyFont="1" quotePrefix="1"',
        'numFmtId="0" fontId="0" quotePrefix="1"',
        *(f'numFmtId="{FIRST_FORMAT + place}" fontId="0" applyNumberFormat="1"' for place in range(len(FORMATS))),
    ]
    cells = "".join(f'<xf {look} fillId="0" borderId="0" xfId="0"/>' for look in looks)
    font = '<sz val="11"/><name val="Calibri"/>'
    return (
        f'<styleSheet xmlns="{MAIN}"><numFmts count="{len(FORMATS)}">{formats}</numFmts>'
        f'<fonts count="2"><font>{font}</font><font><b/>{font}</font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/>'
        '</fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="{len(looks)}">{cells}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )
