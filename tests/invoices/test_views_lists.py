"""The lists of invoices, uploads and credit notes, of the organization and of an account."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from billabex.core import clock
from invoices.filters import InvoiceFilter
from invoices.selectors import invoice_list
from tests.factories import (
    AccountFactory,
    AllocationFactory,
    CreditNoteFactory,
    DocumentFactory,
    InvoiceFactory,
    MembershipFactory,
    UserFactory,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from accounts.models import Account
    from billabex.organizations.models import Organization

TODAY = date(2026, 3, 2)
LIST, NOTES = "/invoices/", "/credit-notes/"


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    with clock.stopped_at(datetime(2026, 3, 2, 12, tzinfo=UTC)):
        yield


@pytest.fixture
def account(organization: Organization) -> Account:
    return AccountFactory.create(organization=organization, name="Acme SAS")


def numbers(client: Client, address: str) -> list[str]:
    return [paper.number for paper in client.get(address).context["page"]]


def due(account: Account, number: str, in_days: int, **more: Any) -> None:
    issued_on = date(2026, 1, 1)
    InvoiceFactory.create(
        account=account, number=number, issued_on=issued_on, due_on=TODAY + timedelta(in_days), **more
    )


def test_list_shows_number_account_dates_amounts_and_status(member_client: Client, account: Account) -> None:
    due(account, "F-1", -12, paid_amount=Decimal(20))
    page = member_client.get(LIST).content.decode()
    for part in ("F-1", "Acme SAS", "Jan 1, 2026", "Feb 18, 2026", "12 days late", "€120.00", "€100.00", "Overdue"):
        assert part in page


def test_list_is_filtered_by_status_on_the_organization_s_day(member_client: Client, account: Account) -> None:
    due(account, "issued", 0)
    due(account, "overdue", -1)
    due(account, "paid", -1, paid_amount=Decimal(120))
    for status in ("issued", "overdue", "paid"):
        assert numbers(member_client, f"{LIST}?status={status}") == [status]
    assert len(numbers(member_client, LIST)) == len(numbers(member_client, f"{LIST}?status=nonsense")) == 3


def test_list_is_searched_by_number_and_account(member_client: Client, account: Account) -> None:
    InvoiceFactory.create(account=account, number="F-1")
    InvoiceFactory.create(account__organization=account.organization, account__name="Other", number="ACME-2")
    InvoiceFactory.create(account__organization=account.organization, account__name="Other", number="F-3")
    assert sorted(numbers(member_client, f"{LIST}?q=acme")) == ["ACME-2", "F-1"]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("number", "abcd"),
        ("-number", "dcba"),
        ("due_on", "badc"),
        ("late", "dcab"),
        ("-late", "bacd"),
        ("-remaining", "abdc"),
        ("total", "cbad"),
        ("account", "dcba"),
        ("status", "bacd"),
        ("issued_on", "abcd"),
        ("nonsense", "dcba"),
    ],
)
def test_list_is_sorted(member_client: Client, organization: Organization, sort: str, expected: str) -> None:
    rows = (("a", -5, 100, 0), ("b", -9, 90, 50), ("c", 7, 50, 60), ("d", -1, 200, 200))
    for index, (number, in_days, total, paid) in enumerate(rows):
        due_on = TODAY + timedelta(in_days)
        InvoiceFactory.create(
            account__organization=organization,
            account__name=f"Customer {9 - index}",
            number=number,
            issued_on=date(2026, 1, 1 + index),
            due_on=due_on,
            total_amount=Decimal(total),
            paid_amount=Decimal(paid),
        )
    assert "".join(numbers(member_client, f"{LIST}?sort={sort}")) == expected


def test_list_has_25_a_page(member_client: Client, account: Account) -> None:
    InvoiceFactory.create_batch(26, account=account)
    assert (len(numbers(member_client, LIST)), len(numbers(member_client, f"{LIST}?page=2"))) == (25, 1)
    assert len(numbers(member_client, f"{LIST}?page=x")) == 25


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("address", [LIST, f"{LIST}?status=to-verify", NOTES])
def test_list_takes_the_same_queries_whatever_its_length(
    member_client: Client,
    organization: Organization,
    django_assert_num_queries: DjangoAssertNumQueries,
    address: str,
    count: int,
) -> None:
    for _ in range(count):
        InvoiceFactory.create(account__organization=organization)
        CreditNoteFactory.create(account__organization=organization)
        DocumentFactory.create(organization=organization)
    expected = {LIST: 7, f"{LIST}?status=to-verify": 7, NOTES: 6}[address]
    with django_assert_num_queries(expected):
        page = member_client.get(address)
    assert len(page.context["page"]) == count


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        (LIST, "No invoices yet"),
        (f"{LIST}?q=nothing", "Nothing matches"),
        (f"{LIST}?status=to-verify", "Nothing to verify"),
        (f"{LIST}?status=to-verify&q=nothing", "Nothing matches"),
        (NOTES, "No credit notes yet"),
        (f"{NOTES}?status=open", "Nothing matches"),
    ],
)
def test_empty_list_says_what_to_do_next(member_client: Client, address: str, sentence: str) -> None:
    page = member_client.get(address).content.decode()
    assert sentence in page
    assert reverse("invoices:add") in page


@pytest.mark.parametrize("address", [LIST, f"{LIST}?status=to-verify", NOTES])
def test_list_shows_nothing_of_other_organizations(outsider_client: Client, account: Account, address: str) -> None:
    InvoiceFactory.create(account=account)
    CreditNoteFactory.create(account=account)
    DocumentFactory.create(organization=account.organization)
    assert list(outsider_client.get(address).context["page"]) == []


@pytest.mark.parametrize("address", [LIST, NOTES])
def test_list_sends_strangers_to_sign_in_and_refuses_users_without_organization(client: Client, address: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer["Location"]) == (302, f"/sign-in/?next={address}")


@pytest.mark.django_db
def test_list_refuses_users_without_an_organization(client: Client) -> None:
    client.force_login(UserFactory.create())
    assert client.get(LIST).status_code == 403


def test_list_offers_readers_no_way_to_write(read_only_client: Client, organization: Organization) -> None:
    DocumentFactory.create(organization=organization)
    for address in (LIST, f"{LIST}?status=to-verify", NOTES):
        page = read_only_client.get(address).content.decode()
        assert reverse("invoices:add") not in page
        assert "/discard/" not in page


def test_uploads_that_wait_are_listed_and_searched_by_file_name(
    member_client: Client, organization: Organization, account: Account
) -> None:
    waiting = DocumentFactory.create(organization=organization, original_name="Waiting.pdf")
    other = DocumentFactory.create(organization=organization, original_name="Other.pdf")
    done = DocumentFactory.create(organization=organization)
    InvoiceFactory.create(account=account, document=done)
    address = f"{LIST}?status=to-verify"
    assert list(member_client.get(address).context["page"]) == [other, waiting]
    assert list(member_client.get(f"{address}&q=wait").context["page"]) == [waiting]
    assert reverse("invoices:discard", args=[waiting.pk]) in member_client.get(address).content.decode()
    assert member_client.get(LIST).context["to_verify"] == 2


def test_credit_notes_are_listed_searched_and_filtered(member_client: Client, account: Account) -> None:
    CreditNoteFactory.create(account=account, number="A-1")
    AllocationFactory.create(invoice__account=account, credit_note__number="A-2")
    AllocationFactory.create(invoice__account=account, credit_note__number="A-3", amount=Decimal(60))
    assert numbers(member_client, f"{NOTES}?status=open") == ["A-1"]
    assert numbers(member_client, f"{NOTES}?status=partially_applied") == ["A-2"]
    assert numbers(member_client, f"{NOTES}?status=applied") == ["A-3"]
    assert numbers(member_client, f"{NOTES}?q=a-2") == ["A-2"]
    assert numbers(member_client, f"{NOTES}?sort=-remaining") == ["A-1", "A-2", "A-3"]


@pytest.mark.parametrize("name", ["invoices:of-account", "invoices:credit-notes-of-account"])
def test_account_tab_lists_its_own_documents(
    member_client: Client, outsider_client: Client, client: Client, account: Account, name: str
) -> None:
    make = InvoiceFactory if name == "invoices:of-account" else CreditNoteFactory
    address = reverse(name, args=[account.pk])
    assert "yet" in member_client.get(address).content.decode()
    make.create(account=account, number="MINE-1")
    make.create(account__organization=account.organization, number="OTHER-1")
    page = member_client.get(address).content.decode()
    assert "MINE-1" in page
    assert "OTHER-1" not in page
    assert "Nothing matches" in member_client.get(f"{address}?q=zzz").content.decode()
    assert outsider_client.get(address).status_code == 404
    assert client.get(address).status_code == 302


@pytest.mark.parametrize("name", ["invoices:of-account", "invoices:credit-notes-of-account"])
def test_account_tab_takes_the_same_queries_whatever_its_length(
    member_client: Client, account: Account, name: str
) -> None:
    address, taken = reverse(name, args=[account.pk]), []
    for count in (1, 2):
        InvoiceFactory.create_batch(count, account=account)
        CreditNoteFactory.create_batch(count, account=account)
        with CaptureQueriesContext(connection) as queries:
            page = member_client.get(address)
        taken.append(len(queries))
    assert len(page.context["page"]) == 3
    assert taken[0] == taken[1]


def test_list_speaks_the_reader_s_language(organization: Organization, account: Account, client: Client) -> None:
    due(account, "F-1", 3, total_amount=Decimal("1234.50"))
    client.force_login(MembershipFactory.create(organization=organization, user__language="fr").user)
    page = client.get(LIST).content.decode()
    assert "1\u00a0234,50\u00a0€" in page
    assert "5 mars 2026" in page


@pytest.mark.parametrize("sort", ["", "issued_on", "due_on", "-due_on"])
def test_sort_by_an_indexed_column_is_as_the_index_is(organization: Organization, sort: str) -> None:
    """An index lists NULLs where the database puts them by itself; asked for elsewhere, all rows are sorted."""
    papers = invoice_list(organization, today=date(2026, 3, 2))
    assert "NULLS" not in str(InvoiceFilter({"sort": sort}).apply(papers).query)


def test_search_of_uploads_takes_whatever_is_typed(member_client: Client) -> None:
    assert member_client.get(f"{LIST}?status=to-verify&q=a%00b").status_code == 200
