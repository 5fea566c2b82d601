"""What late payment costs by law, against a plain count of days."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billabex.agent.interest import HalfYear, applies, late_interest, reference_rate
from billabex.agent.interest.rates import reference_rates

DIRECTIVE = date(2013, 3, 16)
KNOWN_UNTIL = max(reference_rates()).last_day
# As the Irish Department of Enterprise has announced them, half-year by half-year since 2013, eight points included.
ANNOUNCED = {
    2013: ("8.75", "8.50"),
    2014: ("8.25", "8.15"),
    2015: ("8.05", "8.05"),
    2016: ("8.05", "8.00"),
    2017: ("8.00", "8.00"),
    2018: ("8.00", "8.00"),
    2019: ("8.00", "8.00"),
    2020: ("8.00", "8.00"),
    2021: ("8.00", "8.00"),
    2022: ("8.00", "8.00"),
    2023: ("10.50", "12.00"),
    2024: ("12.50", "12.25"),
}

amounts = st.decimals("0.01", "9999999.99", places=2)
days = st.dates(date(2012, 1, 1), KNOWN_UNTIL + timedelta(days=400))


def counted(remaining: Decimal, due_on: date, until: date) -> dict[tuple[int, bool], tuple[int, Decimal]]:
    """Go through the delay day by day: days and interest by year and whether it is the first half."""
    by_half: dict[tuple[int, bool], list[Fraction]] = defaultdict(list)
    day = due_on
    while day < until:
        day += timedelta(days=1)
        if DIRECTIVE <= day <= KNOWN_UNTIL:
            rate = reference_rates()[HalfYear.of(day)] + 8
            by_half[day.year, day.month <= 6].append(Fraction(remaining) * Fraction(rate) / 100 / 365)
    cents = {half: sum(parts) * 100 for half, parts in by_half.items()}
    rounded = {
        half: (Decimal(c.numerator) / c.denominator).quantize(Decimal(1), ROUND_HALF_UP) for half, c in cents.items()
    }
    return {half: (len(parts), rounded[half] / 100) for half, parts in by_half.items()}


@given(amounts, days, days)
def test_interest_equals_a_count_day_by_day(remaining: Decimal, due_on: date, until: date) -> None:
    interest = late_interest(remaining, due_on=due_on, until=until)

    found = {(part.half_year.year, part.half_year.number == 1): (part.days, part.amount) for part in interest}
    assert found == counted(remaining, due_on, until)
    assert len(found) == len(interest)


@given(amounts, days, st.integers(0, 700), st.integers(0, 700))
def test_interest_never_accumulates_on_itself(remaining: Decimal, due_on: date, first: int, more: int) -> None:
    """What a later message names is what one message would name: an earlier mention changes nothing."""
    earlier = late_interest(remaining, due_on=due_on, until=due_on + timedelta(days=first))
    later = late_interest(remaining, due_on=due_on, until=due_on + timedelta(days=first + more))

    assert [part.days for part in earlier[:-1]] == [part.days for part in later[: max(len(earlier) - 1, 0)]]
    assert sum(part.days for part in later) <= first + more


def test_interest_of_an_invoice_over_new_year_is_worked_out() -> None:
    """€1,000 due on 30 November 2025, on 15 January 2026: 46 days at 2.15 % + 8 points."""
    second, first = late_interest(Decimal(1000), due_on=date(2025, 11, 30), until=date(2026, 1, 15))

    assert (second.half_year, second.percent, second.days) == (HalfYear(2025, 2), Decimal("10.15"), 31)
    assert second.amount == Decimal("8.62")  # 1000 * 0.1015 * 31 / 365 = 8.6205…
    assert (first.half_year, first.percent, first.days) == (HalfYear(2026, 1), Decimal("10.15"), 15)
    assert first.amount == Decimal("4.17")  # 1000 * 0.1015 * 15 / 365 = 4.1712…


def test_interest_on_the_due_date_is_none() -> None:
    assert late_interest(Decimal(1000), due_on=date(2026, 5, 1), until=date(2026, 5, 1)) == ()


def test_interest_ends_where_the_rates_are_no_longer_known() -> None:
    due_on = KNOWN_UNTIL - timedelta(days=10)

    [only] = late_interest(Decimal(1000), due_on=due_on, until=KNOWN_UNTIL + timedelta(days=200))

    assert only.days == 10


def test_reference_rates_are_there_for_every_half_year_since_1999() -> None:
    halves = list(reference_rates())

    assert halves[0] == HalfYear(1999, 1)
    assert halves[-1] >= HalfYear(2026, 2)
    assert all(before.next == after for before, after in pairwise(halves))


def test_reference_rates_are_plausible() -> None:
    rates = list(reference_rates().values())

    assert all(0 <= rate <= Decimal("4.75") for rate in rates)
    assert all(abs(after - before) <= Decimal("2.50") for before, after in pairwise(rates))
    assert all(rate * 20 == int(rate * 20) for rate in rates)  # the bank moves in steps of 0.05 points or more


@pytest.mark.parametrize(("year", "announced"), ANNOUNCED.items())
def test_reference_rates_are_those_that_were_announced(year: int, announced: tuple[str, str]) -> None:
    rates = [reference_rate(HalfYear(year, number)) for number in (1, 2)]

    assert [rate + 8 for rate in rates if rate is not None] == [Decimal(percent) for percent in announced]


@pytest.mark.parametrize(
    ("currency", "creditor", "debtor", "expected"),
    [
        ("EUR", "FR", "FR", True),
        ("EUR", "FR", "", True),
        ("EUR", "DE", "PL", True),
        ("EUR", "BG", "HR", True),
        ("EUR", "FR", "GB", False),
        ("EUR", "PL", "FR", False),
        ("EUR", "US", "", False),
        ("EUR", "CH", "FR", False),
        ("USD", "FR", "FR", False),
    ],
)
def test_directive_applies_to_euros_within_the_union(
    currency: str, creditor: str, debtor: str, *, expected: bool
) -> None:
    assert applies(currency, creditor=creditor, debtor=debtor) is expected


@pytest.mark.parametrize(
    ("day", "half_year"),
    [
        (date(2026, 1, 1), HalfYear(2026, 1)),
        (date(2026, 6, 30), HalfYear(2026, 1)),
        (date(2026, 7, 1), HalfYear(2026, 2)),
        (date(2026, 12, 31), HalfYear(2026, 2)),
    ],
)
def test_half_year_of_its_first_and_last_days(day: date, half_year: HalfYear) -> None:
    assert HalfYear.of(day) == half_year
    assert half_year.first_day <= day <= half_year.last_day
