"""Dates as seven languages write them, in figures and in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING

from .folding import has_digit
from .languages import VOCABULARIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FIRST_YEAR, LAST_YEAR = 1990, 2099
CENTURY = 2000
MONTHS_A_YEAR = 12
MONTH_FIRST_GAPS = "/-"  # nobody writes 12.31.2026


class Order(Enum):
    """What comes first in a date like 03/04/2026."""

    DAY_FIRST = "day"
    MONTH_FIRST = "month"


MONTHS = {
    name: number
    for vocabulary in VOCABULARIES
    for number, names in enumerate(vocabulary.months, start=1)
    for name in names
}
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_YEAR = r"(?:(?:19|20)\d{2}|'?\d{2})(?!\d)"
ISO = re.compile(
    r"(?<![\d./-])(?P<year>(?:19|20)\d{2})(?P<gap>[-/.])(?P<month>\d{1,2})(?P=gap)(?P<day>\d{1,2})(?![\d])"
)
FIGURES = re.compile(
    rf"(?<![\d./-])(?P<a>\d{{1,2}})\s?(?P<gap>[-/.])\s?(?P<b>\d{{1,2}})\s?(?P=gap)\s?(?P<year>{_YEAR})(?![./-]\d)"
)
DAY_MONTH = re.compile(
    rf"(?<![\d.,])(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|re|eme|ter|[.oa])?[\s\-/.]*(?:(?:de|of|d'|di)\s+)?"
    rf"(?P<month>{_MONTH})(?![a-z])[.,]?[\s\-/.]*(?:del?\s+|d')?(?P<year>{_YEAR})"
)
MONTH_DAY = re.compile(
    rf"(?<![a-z])(?P<month>{_MONTH})(?![a-z])\.?[\s\-]*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s?,\s*|\s+|-)(?P<year>{_YEAR})"
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date in a text, and where it stands."""

    value: date
    start: int
    end: int


def find_dates(folded: str, order: Order, start: int = 0) -> list[Dated]:
    """Return the dates in folded text from `start` on, left to right."""
    found: list[Dated] = []
    if not has_digit(folded):
        return found
    for dated in sorted(_all(folded, order, start), key=lambda one: (one.start, -one.end)):
        if not found or dated.start >= found[-1].end:
            found.append(dated)
    return found


def date_at(folded: str, order: Order, start: int) -> Dated | None:
    """Return the date that begins exactly at `start`, or None."""
    return next((one for one in find_dates(folded, order, start) if one.start == start), None)


def _all(folded: str, order: Order, start: int) -> Iterator[Dated]:
    for pattern in (ISO, FIGURES, DAY_MONTH, MONTH_DAY):
        for match in pattern.finditer(folded, start):
            value = _value(match, order)
            if value is not None:
                yield Dated(value, match.start(), match.end())


def _value(match: re.Match[str], order: Order) -> date | None:
    parts = match.groupdict()
    year = int(parts["year"].lstrip("'"))
    year += CENTURY if year < 100 else 0  # noqa: PLR2004 - two digits
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    if "a" in parts:
        first, second = int(parts["a"]), int(parts["b"])
        is_month_first = parts["gap"] in MONTH_FIRST_GAPS and order is Order.MONTH_FIRST and second > 0
        month, day = (first, second) if is_month_first and first <= MONTHS_A_YEAR else (second, first)
        if month > MONTHS_A_YEAR:
            month, day = day, month
    else:
        month, day = MONTHS.get(parts["month"]) or int(parts["month"]), int(parts["day"])
    try:
        return date(year, month, day)
    except ValueError:
        return None


def shown_order(texts: Iterable[str]) -> Order | None:
    """Return the order that a document's dates in figures show, or None when they could be read either way."""
    orders = set()
    for text in texts:
        for match in FIGURES.finditer(text):
            first, second = int(match["a"]), int(match["b"])
            if match["gap"] in MONTH_FIRST_GAPS and max(first, second) > MONTHS_A_YEAR >= min(first, second) > 0:
                orders.add(Order.MONTH_FIRST if second > MONTHS_A_YEAR else Order.DAY_FIRST)
    return orders.pop() if len(orders) == 1 else None
