"""Cells, and rows of them as lines of JSON: how the child process answers, and how a table waits for its import.

A cell is text, or a number or civil date where the file says that it is one: text may be read either way, they not.
Without Django: the child process imports it.
"""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from .refusal import Reason, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from .limits import Limits

type Cell = str | Decimal | date
type Row = list[Cell]

NUMBER, DAY = "n", "d"
# What no database keeps and nobody means: control characters but for tabs and line ends, halves of characters.
_UNKEEPABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def clean(text: str) -> str:
    """Return the text without space around it and without characters that cannot be kept."""
    return _UNKEEPABLE.sub("", text).strip()


def encode_row(row: Row) -> str:
    """Return the row as one line of JSON."""
    return json.dumps([_encoded(cell) for cell in row], ensure_ascii=False)


def decode_row(line: str | bytes) -> Row:
    """Return the row of a line of JSON."""
    return [_decoded(cell) for cell in json.loads(line)]


def _encoded(cell: Cell) -> Any:
    if isinstance(cell, str):
        return cell
    return [DAY, cell.isoformat()] if isinstance(cell, date) else [NUMBER, str(cell)]


def _decoded(cell: Any) -> Cell:
    if isinstance(cell, str):
        return cell
    kind, text = cell
    return date.fromisoformat(text) if kind == DAY else Decimal(text)


def bounded(rows: Iterable[Row], limits: Limits) -> Iterator[Row]:
    """Pass rows on without blank cells at their end and without blank rows at the end, as long as they stay in bounds.

    Raises:
        Refused: There are more rows, columns or filled cells than the limits allow.
    """
    number = filled = 0
    blank = 0  # rows without anything that may turn out to be the last ones
    for row in rows:
        while row and row[-1] == "":
            row.pop()
        number += 1
        if not row:
            blank += 1
            if blank > limits.max_rows:
                raise Refused(Reason.TOO_MANY_ROWS, limit=limits.max_rows)
            continue
        filled += sum(cell != "" for cell in row)
        if number > limits.max_rows + 1:  # the headers come on top
            raise Refused(Reason.TOO_MANY_ROWS, limit=limits.max_rows)
        if len(row) > limits.max_columns:
            raise Refused(Reason.TOO_MANY_COLUMNS, limit=limits.max_columns)
        if filled > limits.max_cells:
            raise Refused(Reason.TOO_MANY_CELLS, limit=limits.max_cells)
        yield from ([] for _ in range(blank))
        blank = 0
        yield row
