"""What documents put on the account's page, and the reads behind it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from django.utils import translation

from accounts.selectors import row_counts
from billabex.core.places import fill
from invoices.places import tab_rows
from invoices.selectors import agings, invoice_neighbours, near_accounts, papers_of
from tests.factories import (
    AccountFactory,
    AllocationFactory,
    CreditNoteFactory,
    InvoiceFactory,
    PaymentFactory,
)

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from accounts.models import Account

TODAY = date(2026, 3, 2)

pytestmark = pytest.mark.django_db


@pytest.fixture
def account() -> Account:
    return AccountFactory.create()


def owing(account: Account, days_late: int, amount: int, currency: str = "EUR", paid: int = 0) -> None:
    InvoiceFactory.create(
        account=account,
        currency=currency,
        issued_on=date(2025, 1, 1),
        due_on=TODAY - timedelta(days=days_late),
        total_amount=Decimal(amount),
        paid_amount=Decimal(paid),
    )


def test_balances_are_filled_per_account_and_currency(account: Account) -> None:
    owing(account, 5, 100)
    owing(account, -5, 40, "USD")
    [balances] = fill("account.balances", [account.pk], today=TODAY)
    assert [(b.currency, b.outstanding, b.overdue) for b in balances[account.pk]] == [
        ("EUR", Decimal(100), Decimal(100)),
        ("USD", Decimal(40), Decimal(0)),
    ]


def test_agings_equal_the_balances_in_one_query(
    account: Account, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    owing(account, 100, 70)
    owing(account, 10, 50, paid=60)
    owing(account, -5, 40)
    owing(account, 40, 20, "USD")
    CreditNoteFactory.create(account=account, total_amount=Decimal(25))
    owing(AccountFactory.create(), 1, 999)
    with django_assert_num_queries(1):
        found = agings(account, today=TODAY)
    amounts = {one.currency: [int(amount) for amount in one.amounts] for one in found}
    assert amounts == {"EUR": [40, 0, 0, 0, 35], "USD": [0, 0, 20, 0, 0]}
    [balances] = fill("account.balances", [account.pk], today=TODAY)
    assert [sum(one.amounts) for one in found] == [balance.outstanding for balance in balances[account.pk]]


def test_tab_rows_are_counted_in_one_query(account: Account, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    AllocationFactory.create(invoice__account=account)
    InvoiceFactory.create(account=account)
    InvoiceFactory.create()
    with django_assert_num_queries(1):
        counts = row_counts(account, tab_rows(account))
    assert counts == {"invoices": 2, "credit_notes": 1}
    assert list(counts) in [list(rows) for rows in fill("account.tab_rows", account)]


def test_events_tell_documents_and_payments_in_the_reader_s_language(account: Account) -> None:
    payment = PaymentFactory.create(invoice__account=account, invoice__number="F-1", note="Transfer")
    PaymentFactory.create(invoice__account=account, invoice__number="F-2")
    CreditNoteFactory.create(account=account, number="A-1")
    events = [event for found in fill("account.overview", account, today=TODAY) for event in found]
    told = {event.title: event for event in events}
    assert told["Invoice F-1 validated"].text == "€120.00, due Feb 4, 2026"
    assert told["Credit note A-1 validated"].text == "€60.00"
    assert told["Payment recorded on F-2"].text == "€0.00 → €50.00 paid in all, on Jan 30, 2026"
    recorded = told["Payment recorded on F-1"]
    assert recorded.text == "€0.00 → €50.00 paid in all, on Jan 30, 2026 · Transfer"
    assert recorded.href == payment.invoice.get_absolute_url()
    with translation.override("fr"):
        assert "60,00\u00a0€" in {
            event.text for found in fill("account.overview", account, today=TODAY) for event in found
        }


def test_neighbours_are_the_newer_and_the_older_of_the_same_organization(account: Account) -> None:
    InvoiceFactory.create(issued_on=date(2026, 1, 6))
    older, middle, same_day, newer = (
        InvoiceFactory.create(account=account, issued_on=date(2026, 1, day)) for day in (4, 5, 5, 7)
    )
    assert invoice_neighbours(middle) == (same_day, older)
    assert invoice_neighbours(older) == (middle, None)
    assert invoice_neighbours(newer) == (None, same_day)


def test_near_accounts_are_those_of_the_organization_with_nearly_the_name() -> None:
    account = AccountFactory.create(match_key="brasserie du port")
    near = AccountFactory.create(organization=account.organization, match_key="brasserie du fort")
    AccountFactory.create(organization=account.organization, match_key="brasserie centrale")
    AccountFactory.create(match_key="brasserie du fort")
    assert near_accounts(account) == [near]


def test_papers_of_an_account_carry_their_statuses(account: Account) -> None:
    allocation = AllocationFactory.create(invoice__account=account)
    invoices, notes = papers_of(account, today=TODAY)
    assert [(one, one.status) for one in invoices] == [(allocation.invoice, "overdue")]
    assert [(one, one.status) for one in notes] == [(allocation.credit_note, "partially_applied")]
