from __future__ import annotations

from datetime import date

import pytest

from invoices.reading.text.dates import Order, find_dates, shown_order
from invoices.reading.text.folding import fold

from .pages import reading_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("11. Juli 2014", date(2014, 7, 11)),
        ("1. März 2026", date(2026, 3, 1)),
        ("March 3, 2026", date(2026, 3, 3)),
        ("August 3 , 2014", date(2014, 8, 3)),
        ("3rd of April 2024", date(2024, 4, 3)),
        ("15-Mar-24", date(2024, 3, 15)),
        ("1er août 2024", date(2024, 8, 1)),
        ("28 févr. 2026", date(2026, 2, 28)),
        ("15 de marzo de 2024", date(2024, 3, 15)),
        ("9 gennaio 2026", date(2026, 1, 9)),
        ("5 mei 2026", date(2026, 5, 5)),
        ("15 de março de 2024", date(2024, 3, 15)),
        ("26.10.22", date(2022, 10, 26)),
        ("2017-05-09", date(2017, 5, 9)),
        ("02 / 05 / 2024", date(2024, 5, 2)),
        ("03/14/2024", date(2024, 3, 14)),
        ("15/03/2024 12:30", date(2024, 3, 15)),
    ],
)
def test_find_dates_reads_a_date_as_it_is_written(text: str, expected: date) -> None:
    assert [one.value for one in find_dates(fold(text), Order.DAY_FIRST)] == [expected]


@pytest.mark.parametrize(
    "text", ["10/11", "1.234,56", "31/02/2024", "12.13.14.15", "01 02 03 54 87", "99/99/9999", "may"]
)
def test_find_dates_in_what_is_no_date_finds_none(text: str) -> None:
    assert find_dates(fold(text), Order.DAY_FIRST) == []


def test_find_dates_with_the_month_first_applies_to_slashes_only() -> None:
    found = find_dates("02/03/2026 and 02.03.2026", Order.MONTH_FIRST)
    assert [one.value for one in found] == [date(2026, 2, 3), date(2026, 3, 2)]


def test_shown_order_is_that_of_the_dates_that_can_be_read_one_way() -> None:
    assert shown_order(["01/14/2026", "02/03/2026"]) is Order.MONTH_FIRST
    assert shown_order(["14/01/2026"]) is Order.DAY_FIRST
    assert shown_order(["02/03/2026"]) is None
    assert shown_order(["01/14/2026", "14/01/2026"]) is None


@pytest.mark.parametrize(
    ("lines", "issued", "due"),
    [
        ("Invoice date: 02/03/2026\nDue date: 02/04/2026\nTotal: £12.00", date(2026, 3, 2), date(2026, 4, 2)),
        ("Invoice date: 02/03/2026\nDue date: 02/04/2026\nTotal: $12.00", date(2026, 2, 3), date(2026, 2, 4)),
        ("Invoice date: 04/05/2026\nDue date: 03/06/2026\nTotal: $12.00", date(2026, 5, 4), date(2026, 6, 3)),
        ("Invoice date: 05/12/2025\nDue date: 06/11/2025\nNet 30\nTotal: £12.00", date(2025, 5, 12), date(2025, 6, 11)),
        ("Invoice date: 01/11/2026\nTotal: $12.00", date(2026, 1, 11), None),
    ],
)
def test_reading_of_dates_that_can_be_read_either_way_makes_them_fit(
    lines: str, issued: date, due: date | None
) -> None:
    reading = reading_of(f"Invoice 7\n{lines}")
    assert reading.issue_date is not None
    assert reading.issue_date.value == issued
    assert (reading.due_date.value if reading.due_date else None) == due
