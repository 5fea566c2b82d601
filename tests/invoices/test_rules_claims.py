"""How long a customer's word holds the follow-ups."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from billabex.core.calendars import Place, calendar_of
from invoices.rules import hold_until, is_live

FRANCE = calendar_of(Place("FR"))


@pytest.mark.parametrize(
    ("promised", "until"),
    [
        (date(2026, 2, 17), date(2026, 2, 19)),  # Tuesday: two plain days
        (date(2026, 2, 20), date(2026, 2, 24)),  # Friday: over the weekend
        (date(2026, 2, 21), date(2026, 2, 24)),  # Saturday
        (date(2026, 4, 3), date(2026, 4, 8)),  # over Easter Monday
    ],
)
def test_promise_holds_two_business_days_longer(promised: date, until: date) -> None:
    assert hold_until(promised, FRANCE) == until
    assert is_live(promised, FRANCE, until - timedelta(days=1))
    assert not is_live(promised, FRANCE, until)


def test_promise_counts_the_holidays_of_both_countries() -> None:
    both = calendar_of(Place("FR"), Place("DE"))
    unity = date(2025, 10, 3)  # a German holiday, a Friday
    assert hold_until(unity - timedelta(days=2), FRANCE) == unity
    assert hold_until(unity - timedelta(days=2), both) == unity + timedelta(days=3)


def test_having_paid_holds_until_somebody_resolves_it() -> None:
    assert is_live(None, FRANCE, date(2199, 12, 31))
