"""Half-years and their reference rates, as `reference_rates.csv` has them."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

POINTS = Decimal(8)
"""The least that the law adds to the reference rate, in percentage points (Directive 2011/7/EU, article 2(6))."""

_TABLE = Path(__file__).with_name("reference_rates.csv")
_JULY = 7


@dataclass(frozen=True, slots=True, order=True)
class HalfYear:
    """Half a calendar year: the first begins on 1 January, the second on 1 July."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> HalfYear:
        """Return the half-year of the day."""
        return cls(day.year, 1 if day.month < _JULY else 2)

    @property
    def first_day(self) -> date:
        """Its first day, whose rate holds for all of it."""
        return date(self.year, 1 if self.number == 1 else _JULY, 1)

    @property
    def next(self) -> HalfYear:
        """The half-year after it."""
        return HalfYear(self.year, 2) if self.number == 1 else HalfYear(self.year + 1, 1)

    @property
    def last_day(self) -> date:
        """Its last day."""
        return self.next.first_day - timedelta(days=1)


def reference_rate(half_year: HalfYear) -> Decimal | None:
    """Return the reference rate of the half-year in percent a year, or None where the table has none."""
    return reference_rates().get(half_year)


@cache
def reference_rates() -> dict[HalfYear, Decimal]:
    """Return the whole table, read once per process."""
    with _TABLE.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return {HalfYear.of(date.fromisoformat(row["starts_on"])): Decimal(row["percent"]) for row in rows}
