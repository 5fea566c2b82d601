"""When late payment costs something by law, and how much."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from billabex.agent.interest.rates import POINTS, HalfYear, reference_rate
from billabex.core.money import quantize

if TYPE_CHECKING:
    from collections.abc import Iterator

EURO = "EUR"
FIXED_SUM = Decimal(40)
"""For recovery costs, in euros for each overdue invoice (Directive 2011/7/EU, article 6(1))."""

IN_FORCE_ON = date(2013, 3, 16)
"""The day by which the member states had to apply the directive (article 12(1)); nothing is computed before it."""

_DAYS_A_YEAR = 365
_PER_CENT = 100
# Whose own central bank's rate counts instead: those of the Union without the euro.
_EURO_AREA = frozenset(
    [
        "AT",
        "BE",
        "BG",
        "CY",
        "DE",
        "EE",
        "ES",
        "FI",
        "FR",
        "GR",
        "HR",
        "IE",
        "IT",
        "LT",
        "LU",
        "LV",
        "MT",
        "NL",
        "PT",
        "SI",
        "SK",
    ]
)
_UNION = _EURO_AREA | frozenset(["CZ", "DK", "HU", "PL", "RO", "SE"])


@dataclass(frozen=True, slots=True)
class HalfYearInterest:
    """The interest on one invoice within one half-year.

    Attributes:
        percent: A year, the points added to the reference rate included.
        days: How many days late lie within the half-year.
        amount: In euros, rounded to the cent.
    """

    half_year: HalfYear
    percent: Decimal
    days: int
    amount: Decimal


def applies(currency: str, *, creditor: str, debtor: str) -> bool:
    """Tell whether the directive's costs may be mentioned for an invoice.

    Args:
        currency: Of the invoice.
        creditor: The country of the organization that is owed.
        debtor: The customer's country; "" when unknown, which counts as the creditor's own.
    """
    return currency == EURO and creditor in _EURO_AREA and (debtor or creditor) in _UNION


def late_interest(remaining: Decimal, *, due_on: date, until: date) -> tuple[HalfYearInterest, ...]:
    """Return the interest on what remains of an invoice in euros, one entry for each half-year, the oldest first.

    Simple interest at the reference rate plus eight points, for each day from the one after the due date to `until`, a
    365th of a year each. Earlier part payments are not known here: it is computed on what remains at the end, the least
    that it can be. It ends with the last half-year whose rate is known.
    """
    found = []
    for half_year, days in _days_late(max(due_on + timedelta(days=1), IN_FORCE_ON), until):
        rate = reference_rate(half_year)
        if rate is None:
            break
        percent = rate + POINTS
        amount = quantize(remaining * percent * days / _PER_CENT / _DAYS_A_YEAR, EURO)
        found.append(HalfYearInterest(half_year, percent, days, amount))
    return tuple(found)


def _days_late(first: date, last: date) -> Iterator[tuple[HalfYear, int]]:
    """Yield the half-years from the first to the last day, both included, and how many of the days lie in each."""
    while first <= last:
        half_year = HalfYear.of(first)
        end = min(last, half_year.last_day)
        yield half_year, (end - first).days + 1
        first = end + timedelta(days=1)
