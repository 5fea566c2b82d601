"""What communications tell on the pages of lower floors."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from accounts.selectors import row_counts
from billabex.core.places import fill
from communications.enums import Status
from communications.places import about_invoice, overview, tab_rows
from tests.factories import AccountFactory, CommunicationFactory, InvoiceFactory, NamedInvoiceFactory, RecipientFactory

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from accounts.models import Account
    from billabex.organizations.models import Organization
    from communications.models import Communication

TODAY = date(2026, 2, 18)


def sent_to_jane(account: Account, day: int, **fields: object) -> Communication:
    message = CommunicationFactory.create(account=account, sent=True, planned_on=date(2026, 2, day), **fields)
    RecipientFactory.create(communication=message, contact=None, name="Jane Doe", address="jane@acme.example")
    RecipientFactory.create(communication=message, contact=None, address="john@acme.example", field="cc")
    return message


def test_overview_tells_what_left_failed_and_came_in(organization: Organization) -> None:
    account = AccountFactory.create(organization=organization)
    first = sent_to_jane(account, 2, step=1, subject="Your invoice")
    CommunicationFactory.create(account=account, failed=True, step=2, planned_on=date(2026, 2, 9))
    CommunicationFactory.create(
        account=account, received=True, planned_on=date(2026, 2, 10), subject="Re: Your invoice"
    )
    CommunicationFactory.create(account=account, status=Status.CANCELLED)
    CommunicationFactory.create(account=account, planned_on=date(2026, 2, 19))
    events = overview(account, today=TODAY)
    assert [event.title for event in events] == ["Message: received", "Follow-up #2: failed", "Follow-up #1: sent"]
    assert (events[2].at, events[2].text, events[2].href) == (
        first.sent_at,
        "Your invoice · Jane Doe",
        first.get_absolute_url(),
    )


def test_overview_tells_at_most_thirty_in_two_queries(
    organization: Organization, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    account = AccountFactory.create(organization=organization)
    for month in (1, 2):
        for day in range(1, 21):
            CommunicationFactory.create(account=account, sent=True, planned_on=date(2026, month, day))
    with django_assert_num_queries(2):
        events = overview(account, today=TODAY)
    assert len(events) == 30
    assert events[0].at.date() == date(2026, 2, 20)


def test_tab_rows_leave_withdrawn_plans_out(organization: Organization) -> None:
    account = AccountFactory.create(organization=organization)
    CommunicationFactory.create(account=account, sent=True)
    CommunicationFactory.create(account=account, status=Status.CANCELLED)
    assert row_counts(account, tab_rows(account)) == {"communications": 1}


def test_invoice_is_told_which_messages_named_it(organization: Organization) -> None:
    account = AccountFactory.create(organization=organization)
    named, other = InvoiceFactory.create_batch(2, account=account)
    message = sent_to_jane(account, 2)
    NamedInvoiceFactory.create(communication=message, invoice=named)
    NamedInvoiceFactory.create(communication=sent_to_jane(account, 9), invoice=other)
    assert [event.href for event in about_invoice(named)] == [message.get_absolute_url()]


def test_places_are_filled_when_the_site_starts(organization: Organization) -> None:
    account = AccountFactory.create(organization=organization)
    CommunicationFactory.create(account=account, sent=True)
    assert ["communications"] in [list(rows) for rows in fill("account.tab_rows", account)]
