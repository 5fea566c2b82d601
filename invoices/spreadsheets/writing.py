"""What a cell can hold on its way out, and writing CSV: as a stream, in little memory; nothing is live. No ORM."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from itertools import batched
from typing import TYPE_CHECKING

from babel.numbers import get_decimal_symbol

from billabex.core import money
from billabex.core.templatetags.ui.formats import locale_of

from .escaping import escaped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from decimal import Decimal

BOM = "\ufeff"  # how Excel tells UTF-8
ROWS_AT_ONCE = 200


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
    """Yield a CSV file, some lines at a time, as spreadsheet programs of a language open it.

    Where the comma marks decimals, the semicolon sets cells apart. Dates are ISO, which every program knows.
    """
    mark = get_decimal_symbol(locale_of(language))
    writer = csv.writer(_Echo(), delimiter=";" if mark == "," else ",")
    yield BOM + writer.writerow([escaped(title) for title in titles])
    for batch in batched(rows, ROWS_AT_ONCE, strict=False):
        yield "".join(writer.writerow([_csv_cell(cell, mark) for cell in row]) for row in batch)


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
