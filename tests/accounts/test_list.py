"""The list of accounts: what it shows, finds, filters and sorts, in a fixed number of queries."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from accounts.enums import AccountStatus, FollowUpOwner
from accounts.filters import AccountFilter
from accounts.rules import FollowUpState, follow_up_state
from accounts.selectors import account_list, outstanding_in
from billabex.core import clock
from communications.enums import Status
from tests.factories import (
    AccountFactory,
    CommunicationFactory,
    ContactFactory,
    CreditNoteFactory,
    InvoiceFactory,
    PauseFactory,
    SourceFactory,
    TagFactory,
    TaskFactory,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client
    from pytest_django.fixtures import DjangoAssertNumQueries

    from accounts.models import Account
    from billabex.organizations.models import Organization

TODAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with clock.stopped_at(datetime(2026, 3, 2, 12, tzinfo=UTC)):
        yield


def known(organization: Organization, name: str, **fields: Any) -> Account:
    return AccountFactory.create(organization=organization, name=name, **fields)


def names(client: Client, **query: str) -> list[str]:
    page = client.get(reverse("accounts:list"), query)
    assert page.status_code == 200
    return [account.name for account, _ in page.context["rows"]]


def busy(organization: Organization, name: str) -> Account:
    """Return an account with something in every column."""
    account = known(organization, name)
    InvoiceFactory.create(account=account, issued_on=date(2025, 12, 1))
    InvoiceFactory.create(account=account, currency="USD")
    CommunicationFactory.create(account=account, planned_on=date(2026, 3, 4))
    SourceFactory.create(account=account)
    account.tags.add(TagFactory.create(organization=organization))
    return account


def test_list_shows_each_account_in_full(member_client: Client, organization: Organization) -> None:
    account = busy(organization, "Acme SAS")
    CreditNoteFactory.create(account=account)

    page = member_client.get(reverse("accounts:list")).text

    for words in ("Acme SAS", "€60.00", "$120.00", "Running", "Mar 4, 2026", "Custom", "C-", "tag ", "Mar 2, 2026"):
        assert words in page, words
    assert account.get_absolute_url() in page


@pytest.mark.parametrize("count", [1, 3])
def test_list_runs_the_same_queries_whatever_its_length(
    member_client: Client, organization: Organization, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for number in range(count):
        busy(organization, f"Customer {number}")

    with django_assert_num_queries(10):
        member_client.get(reverse("accounts:list"))


def test_empty_list_says_what_to_do_next(member_client: Client, read_only_client: Client) -> None:
    page = member_client.get(reverse("accounts:list")).text

    assert "No account yet" in page
    assert reverse("accounts:add") in page
    assert reverse("accounts:add") not in read_only_client.get(reverse("accounts:list")).text


def test_list_without_matches_offers_to_show_all(member_client: Client, organization: Organization) -> None:
    known(organization, "Acme")

    page = member_client.get(reverse("accounts:list"), {"q": "zebra"}).text

    assert "No account matches" in page
    assert "No account yet" not in page


def test_list_never_shows_other_tenants(outsider_client: Client, organization: Organization) -> None:
    known(organization, "Acme")

    assert names(outsider_client) == []


def test_list_asks_strangers_to_sign_in(client: Client, db: None) -> None:
    assert client.get(reverse("accounts:list")).headers["Location"].startswith("/sign-in/")


@pytest.mark.parametrize(
    "text",
    ["acme", "ACME SAS", "jane@ac", "F-2026-77", "A-2026-88", "fr 40 303", "732 829 320", "crm-9", "àcmé"],
)
def test_search_finds_name_email_and_numbers(member_client: Client, organization: Organization, text: str) -> None:
    account = known(
        organization, "Acme SAS", match_key="acme", vat_number="FR40303265045", registration_number="732829320"
    )
    for number in (1, 2):  # two rows below: still found once
        ContactFactory.create(account=account, email=f"jane@acme{number}.example")
    InvoiceFactory.create(account=account, number="F-2026-77")
    CreditNoteFactory.create(account=account, number="A-2026-88")
    SourceFactory.create(account=account, external_id="CRM-9")
    known(organization, "Zebra")

    assert names(member_client, q=text) == ["Acme SAS"]


@pytest.mark.parametrize("text", ["FR", "***", "jane@zebra"])
def test_search_finds_nothing_in_passing(member_client: Client, organization: Organization, text: str) -> None:
    account = known(organization, "Acme SAS", match_key="acme", vat_number="FR40303265045")
    ContactFactory.create(account=account)

    assert names(member_client, q=text) == []


def state_cases(organization: Organization) -> None:
    """Make an account in each state."""
    plan = {"planned_on": date(2026, 3, 4)}
    CommunicationFactory.create(account=known(organization, "running"), **plan)
    sent = known(organization, "nothing_to_do")
    CommunicationFactory.create(account=sent, planned_on=date(2026, 2, 20), sent=True)
    CommunicationFactory.create(account=sent, status=Status.CANCELLED, **plan)
    CommunicationFactory.create(account=sent, composed=True, **plan)
    PauseFactory.create(account=known(organization, "paused"), until=date(2026, 3, 9))
    over = known(organization, "nothing_to_do")
    PauseFactory.create(account=over, started_on=date(2026, 2, 1), until=TODAY)
    TaskFactory.create(account=known(organization, "action_required"))
    in_house = known(organization, "in_house", follow_up_owner=FollowUpOwner.IN_HOUSE)
    PauseFactory.create(account=in_house)
    known(organization, "suspended", status=AccountStatus.SUSPENDED, follow_up_owner=FollowUpOwner.IN_HOUSE)
    known(organization, "written_off", status=AccountStatus.WRITTEN_OFF)


@pytest.mark.parametrize("state", list(FollowUpState))
def test_chip_keeps_the_accounts_in_its_state(
    member_client: Client, organization: Organization, state: FollowUpState
) -> None:
    state_cases(organization)

    assert set(names(member_client, state=state)) == {state}


def test_state_in_the_database_is_the_rules(organization: Organization) -> None:
    state_cases(organization)

    accounts: Any = account_list(organization, today=TODAY)
    assert len(accounts) == 8
    for account in accounts:
        assert account.state == follow_up_state(
            status=account.status,
            owner=account.follow_up_owner,
            is_paused=account.is_paused,
            next_on=account.next_on,
            has_question=account.name == "action_required",
        )


def test_next_date_is_that_of_the_agents_planned_message(organization: Organization) -> None:
    account = known(organization, "Acme")
    CommunicationFactory.create(account=account, planned_on=date(2026, 2, 20), sent=True)
    CommunicationFactory.create(account=account, planned_on=date(2026, 3, 3), composed=True)
    CommunicationFactory.create(account=account, planned_on=date(2026, 3, 4))

    row: Any = account_list(organization, today=TODAY).get()
    assert row.next_on == date(2026, 3, 4)


def test_overdue_begins_the_day_after_the_due_date(member_client: Client, organization: Organization) -> None:
    for name, due_on in (("late", TODAY - timedelta(days=1)), ("today", TODAY)):
        InvoiceFactory.create(account=known(organization, name), due_on=due_on)
    paid = known(organization, "paid")
    InvoiceFactory.create(account=paid, due_on=date(2026, 2, 1), paid_amount=Decimal(120))

    assert names(member_client, overdue="1") == ["late"]
    rows: Any = account_list(organization, today=TODAY).order_by("name")
    assert [row.overdue_count for row in rows] == [1, 0, 0]


def test_tag_keeps_its_accounts_and_filters_add_up(member_client: Client, organization: Organization) -> None:
    tag = TagFactory.create(organization=organization, name="VIP")
    for name in ("Acme", "Zebra"):
        known(organization, name).tags.add(tag)
    known(organization, "Acme Two")

    assert names(member_client, tag="vip") == ["Acme", "Zebra"]
    assert names(member_client, tag="vip", q="acme") == ["Acme"]


def sortable(organization: Organization) -> None:
    """Make three accounts whose orders all differ."""
    now = clock.now()
    alpha, beta, gamma = (known(organization, name) for name in ("alpha", "Beta", "gamma"))
    InvoiceFactory.create(account=alpha, due_on=date(2026, 2, 1), total_amount=Decimal("10.00"))
    InvoiceFactory.create(account=alpha, currency="USD", due_on=date(2026, 9, 1), total_amount=Decimal("9000.00"))
    InvoiceFactory.create(account=beta, due_on=date(2026, 9, 1), total_amount=Decimal("500.00"))
    CreditNoteFactory.create(account=beta, total_amount=Decimal("495.00"))
    for number in (1, 2):
        InvoiceFactory.create(account=gamma, due_on=date(2026, 2, number), total_amount=Decimal("30.00"))
    CommunicationFactory.create(account=beta, planned_on=date(2026, 3, 4))
    CommunicationFactory.create(account=gamma, planned_on=date(2026, 3, 3))
    SourceFactory.create(account=gamma)
    for account, days in ((alpha, 2), (beta, 3), (gamma, 1)):
        type(account).objects.filter(pk=account.pk).update(updated_at=now - timedelta(days=days))


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("", "alpha Beta gamma"),
        ("name", "alpha Beta gamma"),
        ("-name", "gamma Beta alpha"),
        ("overdue", "Beta alpha gamma"),
        ("-overdue", "gamma alpha Beta"),
        ("outstanding", "Beta alpha gamma"),
        ("-outstanding", "gamma alpha Beta"),
        ("follow_up", "gamma Beta alpha"),
        ("-follow_up", "Beta gamma alpha"),
        ("source", "gamma alpha Beta"),
        ("updated", "Beta alpha gamma"),
        ("-updated", "gamma alpha Beta"),
        ("nonsense", "alpha Beta gamma"),
    ],
)
def test_each_column_sorts(member_client: Client, organization: Organization, sort: str, order: str) -> None:
    sortable(organization)

    assert names(member_client, sort=sort) == order.split()


def test_outstanding_in_one_currency_leaves_others_out(organization: Organization) -> None:
    sortable(organization)

    rows: Any = account_list(organization, today=TODAY).annotate(owed=outstanding_in("EUR")).order_by("name")

    assert [row.owed for row in rows] == [5, 10, 60]


def test_list_is_cut_into_pages_that_keep_the_address(member_client: Client, organization: Organization) -> None:
    for number in range(26):
        known(organization, f"Customer {number:02}")

    assert len(names(member_client)) == 25
    assert names(member_client, page="2") == ["Customer 25"]
    assert names(member_client, page="99") == ["Customer 25"]
    assert "sort=-name&amp;page=2" in member_client.get(reverse("accounts:list"), {"sort": "-name"}).text


def test_unknown_filter_is_left_aside(member_client: Client, organization: Organization) -> None:
    known(organization, "Acme")

    assert names(member_client, state="nonsense", page="x") == ["Acme"]


@pytest.mark.parametrize("sort", ["name", "-name", "updated", "-updated"])
def test_sort_by_an_indexed_column_is_as_the_index_is(organization: Organization, sort: str) -> None:
    """An index lists NULLs where the database puts them by itself; asked for elsewhere, all rows are sorted."""
    wanted = AccountFilter({"sort": sort})
    accounts = wanted.narrow(account_list(organization, today=date(2026, 3, 2)))
    assert "NULLS" not in str(wanted.order(accounts, currency="EUR").query)
