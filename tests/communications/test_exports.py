"""The list of communications as a file."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from communications.models import Communication
from invoices.spreadsheets.reading import read_rows
from tests.factories import (
    AccountFactory,
    CommunicationFactory,
    ContactFactory,
    InvoiceFactory,
    NamedInvoiceFactory,
    RecipientFactory,
)

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from billabex.organizations.models import Organization

TITLES = (
    "Date", "Account", "Direction", "Channel", "Step", "Tone", "Language", "Status", "From", "To", "Cc", "Subject",
    "Invoices",
)  # fmt: skip


def content_of(client: Client, ending: str = "csv", query: str = "") -> bytes:
    response = client.get(reverse("spreadsheets:export", args=["communications", ending]) + query)
    assert response.status_code == 200
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]  # both endings stream


def told(client: Client, query: str = "") -> list[dict[str, str]]:
    """Return the rows of the file by their titles."""
    return list(csv.DictReader(io.StringIO(content_of(client, query=query).decode("utf-8-sig"), newline="")))


def written_to(organization: Organization, name: str, **fields: object) -> Communication:
    """Return a message to an account of that name, to one person and a copy, about two invoices."""
    account = AccountFactory.create(organization=organization, name=name)
    message = CommunicationFactory.create(account=account, **fields)
    jane = ContactFactory.create(account=account, full_name="Jane", email="jane@x.example")
    RecipientFactory.create(communication=message, contact=jane)
    for address in ("john@x.example", "joan@x.example"):
        RecipientFactory.create(communication=message, contact=None, name="", address=address, field="cc")
    for number in ("F-2", "F-1"):
        invoice = InvoiceFactory.create(account=account, number=number)
        NamedInvoiceFactory.create(communication=message, invoice=invoice)
    return message


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_message_is_told_whole_to_readers(read_only_client: Client, organization: Organization, ending: str) -> None:
    written_to(organization, "Acme", sent=True, step=3, tone="firm", language="fr", subject="Pay, please")
    people = ["", "Jane <jane@x.example>", "john@x.example; joan@x.example"]
    manner = ["Outgoing", "Email", "Follow-up #3", "Firm", "French", "Sent"]
    rows = read_rows(content_of(read_only_client, ending))
    assert rows[0] == list(TITLES)
    assert str(rows[1][0]) == "2026-02-18"
    assert rows[1][1:] == ["Acme", *manner, *people, "Pay, please", "F-1; F-2"]


def test_answer_is_told_with_its_sender(member_client: Client, organization: Organization) -> None:
    account = AccountFactory.create(organization=organization)
    answer = CommunicationFactory.create(account=account, received=True)
    RecipientFactory.create(communication=answer, contact=None, name="Jane", address="jane@x.example", field="from")
    (row,) = told(member_client)
    assert (row["Direction"], row["Step"], row["Tone"]) == ("Incoming", "Message", "")
    assert (row["From"], row["To"]) == ("Jane <jane@x.example>", "")


def test_date_is_the_organizations(member_client: Client, organization: Organization) -> None:
    late = datetime(2026, 2, 18, 23, 30, tzinfo=UTC)
    CommunicationFactory.create(account__organization=organization, sent=True, scheduled_for=late)
    assert organization.time_zone == "Europe/Paris"
    assert [row["Date"] for row in told(member_client)] == ["2026-02-19"]


def test_plans_come_first_then_the_newest(member_client: Client, organization: Organization) -> None:
    account = AccountFactory.create(organization=organization)
    for day in (10, 12):
        CommunicationFactory.create(account=account, sent=True, planned_on=date(2026, 2, day))
    CommunicationFactory.create(account__organization=organization, planned_on=date(2026, 2, 11))
    assert [row["Date"] for row in told(member_client)] == ["2026-02-11", "2026-02-12", "2026-02-10"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"Planned", "Sent", "Failed"}),
        ("?q=sen", {"Sent"}),
        ("?q=overdue", {"Failed"}),
        ("?show=planned", {"Planned"}),
        ("?show=undelivered", {"Failed"}),
        ("?show=undelivered&q=sen", set()),
        ("?show=nonsense&page=7&log=2", {"Planned", "Sent", "Failed"}),
    ],
)
def test_file_holds_the_threads_of_the_list(
    member_client: Client, organization: Organization, query: str, found: set[str]
) -> None:
    written_to(organization, "Planned")
    written_to(organization, "Sent", sent=True)
    written_to(organization, "Failed", failed=True, subject="Overdue")
    assert {row["Account"] for row in told(member_client, query)} == found


def test_threads_are_told_with_all_their_messages(member_client: Client, organization: Organization) -> None:
    account = AccountFactory.create(organization=organization)
    CommunicationFactory.create(account=account, failed=True)
    CommunicationFactory.create(account=account, planned_on=date(2026, 3, 2))
    assert [row["Status"] for row in told(member_client, "?show=undelivered")] == ["Scheduled", "Failed"]


def test_formulas_are_only_text(member_client: Client, organization: Organization) -> None:
    written_to(organization, "=cmd|' /C calc'!A0", received=True, subject='=HYPERLINK("http://203.0.113.1")')
    (row,) = told(member_client)
    assert (row["Account"], row["Subject"]) == ("'=cmd|' /C calc'!A0", '\'=HYPERLINK("http://203.0.113.1")')


def test_messages_of_others_are_not_told(member_client: Client) -> None:
    CommunicationFactory.create(sent=True)
    assert told(member_client) == []
    assert Communication.objects.exists()


@pytest.mark.parametrize("length", [1, 3])
def test_messages_are_read_in_as_many_queries_whatever_their_number(
    member_client: Client, organization: Organization, django_assert_num_queries: DjangoAssertNumQueries, length: int
) -> None:
    for number in range(length):
        written_to(organization, f"Account {number}", sent=True)
    with django_assert_num_queries(6):
        assert len(told(member_client)) == length


@pytest.mark.parametrize("is_open", [False, True])
def test_list_leads_to_its_file_as_it_stands(
    member_client: Client, organization: Organization, *, is_open: bool
) -> None:
    message = written_to(organization, "Acme")
    page = message.get_absolute_url() if is_open else reverse("communications:list")
    shown = member_client.get(page, {"q": "acme", "show": "planned", "page": "1"}).text
    for ending in ("csv", "xlsx"):
        address = reverse("spreadsheets:export", args=["communications", ending])
        assert f'href="{address}?q=acme&amp;show=planned"' in shown
    assert reverse("spreadsheets:upload") + "?kind=" not in shown
