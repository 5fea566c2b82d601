"""How many queries the tabs of the account's page take, the agent's reasons and the cards beside included."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from accounts import services
from tests.factories import (
    AccountFactory,
    CommunicationFactory,
    ContactFactory,
    CreditNoteFactory,
    InvoiceFactory,
    PaymentFactory,
    TaskFactory,
)

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from billabex.organizations.models import Membership


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("tab", "queries"),
    [
        ("accounts:detail", 34),
        ("accounts:details-tab", 32),
        ("invoices:of-account", 29),
        ("invoices:credit-notes-of-account", 29),
        ("communications:of-account", 29),
        ("tasks:of-account", 29),
    ],
)
def test_tab_takes_the_same_queries_whatever_happened(
    member_client: Client,
    member: Membership,
    django_assert_num_queries: DjangoAssertNumQueries,
    tab: str,
    queries: int,
    count: int,
) -> None:
    account = AccountFactory.create(organization=member.organization)
    for number in range(count):
        PaymentFactory.create(invoice=InvoiceFactory.create(account=account), amount=10)
        CreditNoteFactory.create(account=account)
        ContactFactory.create(account=account)
        CommunicationFactory.create(account=account, sent=True, planned_on=date(2026, 2, 1 + number))
        TaskFactory.create(account=account, closed=True)
        services.add_note(account=account, text="Hello", actor=member.actor)
        services.add_tag(account=account, name=f"Tag {number}", actor=member.actor)
    with django_assert_num_queries(queries):
        page = member_client.get(reverse(tab, args=[account.pk]))
    assert page.status_code == 200
