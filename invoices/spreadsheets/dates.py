"""Civil dates in cells, as every locale writes them. Pure.

Whether 03/04/2026 is in March or in April is not told by one cell: the column as a whole tells, else the custom of the
organization's country.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError
from django.utils.translation import gettext as _

from invoices.reading.text.dates import Order, find_dates
from invoices.reading.text.folding import fold

from .amounts import BadCell

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

FIRST_YEAR, LAST_YEAR = 1990, 2099
REMEMBERED = 4_096  # a column repeats its days
MONTHS = 12
CENTURY = 2000
EPOCH = date(1899, 12, 30)  # day 0 of spreadsheet programs
_TIME = re.compile(r"[T ]\d{1,2}:\d{2}.*$")
_ISO = re.compile(r"(\d{4})([-/.]?)(\d{1,2})\2(\d{1,2})")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_FIGURES = re.compile(r"(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})\.?")


@lru_cache(REMEMBERED)
def order_shown(text: str) -> Order | None:
    """Return the order of day and month that a date in figures shows for certain; None when it shows none."""
    match = _FIGURES.fullmatch(_TIME.sub("", text))
    if match is None:
        return None
    first, second = int(match[1]), int(match[3])
    if match[2] == "." or first > MONTHS:
        return Order.DAY_FIRST
    return Order.MONTH_FIRST if second > MONTHS else None


def is_ambiguous(text: str) -> bool:
    """Tell whether the date is another one with day and month exchanged."""
    match = _FIGURES.fullmatch(_TIME.sub("", text))
    return match is not None and order_shown(text) is None and match[1].lstrip("0") != match[3].lstrip("0")


def orders_shown(cells: Iterable[str]) -> set[Order]:
    """Return the orders that a column's dates show for certain: none, one, or contradicting ones."""
    return {order for cell in cells if (order := order_shown(cell))}


@cache
def country_order(country: str) -> Order:
    """Return the order that is usual in a country."""
    try:
        pattern = Locale.parse(f"und_{country}").date_formats["short"].pattern
    except (UnknownLocaleError, ValueError):
        return Order.DAY_FIRST
    return Order.MONTH_FIRST if "M" in pattern and "d" in pattern and pattern.startswith("M") else Order.DAY_FIRST


@lru_cache(REMEMBERED)
def read_date(text: str, order: Order) -> date:
    """Return the date; `order` decides where both readings are possible.

    Raises:
        BadCell: It is none, or of another century.
    """
    plain = _TIME.sub("", text)
    found: date | None = None
    if match := _COMPACT.fullmatch(plain) or _ISO.fullmatch(plain):
        found = _date(int(match[1]), int(match[match.re.groups - 1]), int(match[match.re.groups]))
    elif match := _FIGURES.fullmatch(plain):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        month, day = (first, second) if (order_shown(plain) or order) is Order.MONTH_FIRST else (second, first)
        found = _date(year + (CENTURY if len(match[4]) == 2 else 0), month, day)  # noqa: PLR2004 - two digits
    else:
        words = find_dates(fold(plain), order)
        if len(words) == 1 and words[0].start == 0 and words[0].end == len(plain):
            found = words[0].value
    if found is None:
        raise BadCell(_("“%(text)s” is not a date. Write it like 2026-01-31 or 31/01/2026.") % {"text": text[:40]})
    return in_range(found)


def date_of_serial(number: Decimal) -> date:
    """Return the date of a number of days, as spreadsheet programs keep dates whose format was lost.

    Raises:
        BadCell: It is no such number.
    """
    first, last = (date(year, 1, 1) - EPOCH for year in (FIRST_YEAR, LAST_YEAR))
    if not first.days <= number <= last.days:
        compact = f"{number:f}"
        if _COMPACT.fullmatch(compact):
            return read_date(compact, Order.DAY_FIRST)
        raise BadCell(_("“%(text)s” is not a date. Write it like 2026-01-31 or 31/01/2026.") % {"text": compact[:40]})
    return EPOCH + timedelta(days=int(number))


def in_range(day: date) -> date:
    """Return the date.

    Raises:
        BadCell: It lies in another century: somebody mistyped it.
    """
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise BadCell(_("%(day)s lies too far from today to be right.") % {"day": day.isoformat()})
    return day


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
