"""What was read and then corrected: what follows from a correction follows it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from accounts.rules import Company
from invoices.enums import DocumentKind
from invoices.errors import InvalidFacts
from invoices.reading import Found, Reading, Source
from invoices.rules import Facts, corrected, draft_from

ISSUED = date(2026, 1, 5)


def found(value: Any, source: Source = Source.TEXT) -> Any:
    return Found(value, source, 0.9)


def reading(**read: Any) -> Reading:
    usual = {
        "number": found("F-1"),
        "issue_date": found(ISSUED),
        "total": found(Decimal(120)),
        "buyer_name": found("Acme"),
    }
    return Reading(page_count=1, parser="text", **(usual | read))


def facts(read: Reading, **changes: Any) -> Facts:
    draft = draft_from(read, default_currency="EUR", default_terms=30)
    return corrected(draft, read, changes, default_terms=30)


def test_without_corrections_the_facts_are_as_read() -> None:
    said = facts(reading(due_date=found(date(2026, 2, 1))))
    assert (said.number, said.issued_on, said.due_on, said.total) == (
        "F-1",
        ISSUED,
        date(2026, 2, 1),
        Decimal(120),
    )


@pytest.mark.parametrize(
    ("read", "due_on"),
    [
        ({}, date(2026, 3, 3)),
        ({"payment_terms_days": found(10)}, date(2026, 2, 11)),
        (
            {"payment_terms_days": found(10), "due_date": found(date(2026, 1, 15), Source.TERMS)},
            date(2026, 2, 11),
        ),
        ({"due_date": found(date(2026, 2, 20))}, date(2026, 2, 20)),
        ({"due_date": found(date(2026, 2, 20)), "issue_date": None}, date(2026, 2, 20)),
    ],
)
def test_a_corrected_issue_date_moves_what_was_counted_from_it(read: dict[str, Any], due_on: date) -> None:
    assert facts(reading(**read), issued_on=date(2026, 2, 1)).due_on == due_on


def test_a_given_due_date_stands() -> None:
    said = facts(reading(), issued_on=date(2026, 2, 1), due_on=date(2026, 2, 2))
    assert said.due_on == date(2026, 2, 2)


def test_a_credit_note_read_as_an_invoice_has_no_due_date_and_the_other_way_round() -> None:
    assert facts(reading(), kind=DocumentKind.CREDIT_NOTE).due_on is None
    credit = reading(kind=found(DocumentKind.CREDIT_NOTE), due_date=found(date(2026, 2, 20)))
    assert facts(credit).due_on is None
    assert facts(credit, kind=DocumentKind.INVOICE).due_on == date(2026, 2, 20)


def test_what_was_neither_read_nor_given_is_asked_for() -> None:
    with pytest.raises(InvalidFacts) as refused:
        facts(reading(issue_date=None, total=None))
    assert set(refused.value.fields) == {"issued_on", "total"}
    assert facts(reading(total=None), total=Decimal(5), company=Company("B")).company.name == "B"
