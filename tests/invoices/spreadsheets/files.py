"""Spreadsheets as programs write them."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

type Rows = Iterable[Sequence[Any]]


def csv_of(rows: Rows, *, delimiter: str = ";", encoding: str = "utf-8") -> bytes:
    return "".join(f"{delimiter.join(map(str, row))}\r\n" for row in rows).encode(encoding)


def xlsx_of(rows: Rows) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Data")
    for row in rows:
        sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_part(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return the archive with one of its parts changed, or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for entry in before.namelist():
            part = before.read(entry)
            after.writestr(entry, change(part) if entry == name else part)
        if name not in before.namelist():
            after.writestr(name, change(b""))
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
