from __future__ import annotations

from datetime import date

from billabex.organizations.rules import closed_days
from tests.factories import ClosureFactory


def test_closed_days_include_both_ends() -> None:
    closure = ClosureFactory.build(starts_on=date(2026, 12, 24), ends_on=date(2026, 12, 26))
    assert closed_days([closure]) == {date(2026, 12, 24), date(2026, 12, 25), date(2026, 12, 26)}


def test_closed_days_of_overlapping_closures_count_once() -> None:
    one = ClosureFactory.build(starts_on=date(2026, 12, 31), ends_on=date(2027, 1, 1))
    other = ClosureFactory.build(starts_on=date(2027, 1, 1), ends_on=date(2027, 1, 1))
    assert closed_days([one, other]) == {date(2026, 12, 31), date(2027, 1, 1)}


def test_closed_days_without_closures_are_none() -> None:
    assert closed_days([]) == frozenset()
