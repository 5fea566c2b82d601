"""What an organization is owed and how old it is: what the database sums equals the pure rule, account by account."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.enums import AccountStatus
from invoices.balances import aging_by_account, organization_agings, organization_balances
from invoices.models import CreditNote, Invoice
from invoices.rules import Aging, Due, aged
from invoices.selectors import Balance, balances
from tests.factories import AccountFactory, CreditNoteFactory, InvoiceFactory

if TYPE_CHECKING:
    from accounts.models import Account
    from billabex.organizations.models import Organization

TODAY = date(2026, 3, 2)
EDGES = [-400, -1, 0, 1, 30, 31, 60, 61, 90, 91, 400]

pytestmark = pytest.mark.django_db

amounts = st.decimals("0.01", 500, places=2)
papers = st.tuples(st.integers(0, 2), st.sampled_from(["EUR", "TND"]), amounts, st.sampled_from(EDGES), amounts)


def owe(account: Account, total: Decimal, days_late: int, **fields: Any) -> Invoice:
    due_on = TODAY - timedelta(days=days_late)
    return InvoiceFactory.create(
        account=account, total_amount=total, tax_amount=None, issued_on=min(due_on, TODAY), due_on=due_on, **fields
    )


def dues(accounts: list[Account]) -> list[Due]:
    return [
        *(Due(i.currency, i.due_on, i.remaining_amount) for i in Invoice.objects.filter(account__in=accounts)),
        *(Due(n.currency, None, -n.remaining_amount) for n in CreditNote.objects.filter(account__in=accounts)),
    ]


@given(invoices=st.lists(papers, max_size=8), notes=st.lists(papers, max_size=4))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_sums_of_the_database_equal_the_rule_of_each_account(
    organization: Organization, invoices: list[Any], notes: list[Any]
) -> None:
    with transaction.atomic():
        accounts = AccountFactory.create_batch(3, organization=organization)
        for whose, currency, total, days_late, paid in invoices:
            owe(accounts[whose], total, days_late, currency=currency, paid_amount=paid)
        for whose, currency, total, *_ in notes:
            CreditNoteFactory.create(account=accounts[whose], currency=currency, total_amount=total, tax_amount=None)
        expected = {account.pk: aged(dues([account]), today=TODAY) for account in accounts}
        totals = dict[str, list[Decimal]]()
        for aging in (aging for of_account in expected.values() for aging in of_account):
            before = totals.get(aging.currency, [Decimal(0)] * 5)
            totals[aging.currency] = [one + other for one, other in zip(before, aging.amounts, strict=True)]
        whole = [Aging(currency, tuple(totals[currency])) for currency in sorted(totals) if any(totals[currency])]
        assert organization_agings(organization, today=TODAY) == whole
        for currency in ("EUR", "TND"):
            by_account = aging_by_account(organization, currency=currency, today=TODAY)
            assert by_account == {
                pk: aging for pk, of_account in expected.items() for aging in of_account if aging.currency == currency
            }
        _check_balances(organization, accounts)
        transaction.set_rollback(True)


def _check_balances(organization: Organization, accounts: list[Account]) -> None:
    each = [one for of in balances([account.pk for account in accounts], today=TODAY).values() for one in of]
    for balance in organization_balances(organization, today=TODAY):
        own = [one for one in each if one.currency == balance.currency]
        for name in ("outstanding", "overdue", "unallocated_credit"):
            assert getattr(balance, name) == sum(getattr(one, name) for one in own)
        assert balance.oldest_due_on == min((one.oldest_due_on for one in own if one.oldest_due_on), default=None)


def test_balances_are_per_currency_and_never_added_together(organization: Organization) -> None:
    account = AccountFactory.create(organization=organization)
    owe(account, Decimal(120), 10)
    owe(account, Decimal(50), -3, currency="USD")
    CreditNoteFactory.create(account=account, currency="GBP", total_amount=Decimal(60))
    late, soon = TODAY - timedelta(days=10), TODAY + timedelta(days=3)
    assert organization_balances(organization, today=TODAY) == [
        Balance("EUR", Decimal(120), Decimal(120), Decimal(0), late),
        Balance("GBP", Decimal(-60), Decimal(0), Decimal(60), None),
        Balance("USD", Decimal(50), Decimal(0), Decimal(0), soon),
    ]


def test_credit_of_one_account_never_covers_the_debt_of_another(organization: Organization) -> None:
    owe(AccountFactory.create(organization=organization), Decimal(100), 95)
    CreditNoteFactory.create(account__organization=organization, total_amount=Decimal(60))
    [aging] = organization_agings(organization, today=TODAY)
    assert aging.amounts == tuple(map(Decimal, (-60, 0, 0, 0, 100)))


@pytest.mark.parametrize("status", [AccountStatus.WRITTEN_OFF, AccountStatus.SUSPENDED])
def test_written_off_accounts_do_not_count(organization: Organization, status: AccountStatus) -> None:
    account = AccountFactory.create(organization=organization, status=status)
    owe(account, Decimal(100), 5)
    CreditNoteFactory.create(account=account, total_amount=Decimal(20))
    found = [
        organization_balances(organization, today=TODAY),
        organization_agings(organization, today=TODAY),
        aging_by_account(organization, currency="EUR", today=TODAY),
    ]
    assert all(found) == (status == AccountStatus.SUSPENDED)
    assert any(found) == (status == AccountStatus.SUSPENDED)


def test_other_organizations_do_not_count(organization: Organization) -> None:
    owe(AccountFactory.create(), Decimal(100), 5)
    assert organization_balances(organization, today=TODAY) == []
    assert organization_agings(organization, today=TODAY) == []


@pytest.mark.parametrize("count", [1, 3])
def test_each_takes_the_same_queries_however_many_accounts(
    organization: Organization, django_assert_num_queries: Any, count: int
) -> None:
    for account in AccountFactory.create_batch(count, organization=organization):
        owe(account, Decimal(100), 5)
        CreditNoteFactory.create(account=account)
    with django_assert_num_queries(2):
        organization_balances(organization, today=TODAY)
    with django_assert_num_queries(3):
        organization_agings(organization, today=TODAY)
    with django_assert_num_queries(2):
        assert len(aging_by_account(organization, currency="EUR", today=TODAY)) == count
