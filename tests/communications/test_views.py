"""The pages of communications, as a browser sees them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from billabex.agent.cycle import plan_accounts
from billabex.core import clock
from communications.enums import FailureCode, Status
from communications.models import Communication
from tests.factories import (
    AccountFactory,
    CommunicationFactory,
    ContactFactory,
    InvoiceFactory,
    NamedInvoiceFactory,
    RecipientFactory,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from accounts.models import Account
    from billabex.organizations.models import Organization

NOW = datetime(2026, 2, 18, 9, 30, tzinfo=UTC)
LIST = reverse("communications:list")
HTMX = {"HX-Request": "true"}
TOMORROW = date(2026, 2, 19)


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with clock.stopped_at(NOW):
        yield


@pytest.fixture
def account(organization: Organization) -> Account:
    return AccountFactory.create(organization=organization, name="Acme")


@pytest.fixture
def sent(account: Account) -> Communication:
    """Return a message that left yesterday, to Jane with a copy to John, about one invoice."""
    message = CommunicationFactory.create(
        account=account,
        sent=True,
        step=3,
        planned_on=date(2026, 2, 17),
        subject="Facture F-1 en retard",
        body_text="Bonjour,\n\nmerci de payer.",
        body_html="<!doctype html><p>Bonjour,</p><p>merci de payer.</p>",
        language="fr",
        tone="firm",
    )
    jane = ContactFactory.create(account=account, full_name="Jane Doé", email="jane@acme.example")
    RecipientFactory.create(communication=message, contact=jane)
    RecipientFactory.create(communication=message, contact=None, name="", address="john@acme.example", field="cc")
    invoice = InvoiceFactory.create(account=account, number="F-1", total_amount=Decimal(480))
    NamedInvoiceFactory.create(communication=message, invoice=invoice, remaining_amount=Decimal("79.50"))
    return message


@pytest.fixture
def planned(account: Account) -> Communication:
    """Return the message that the agent itself has planned for an overdue invoice."""
    ContactFactory.create(account=account, full_name="Jane Doe", email="jane@acme.example")
    InvoiceFactory.create(account=account, number="F-2", issued_on=date(2026, 1, 5), total_amount=Decimal(120))
    plan_accounts(account.organization, [account.pk], now=NOW)
    return Communication.objects.get(account=account)


def message_of(organization: Organization, name: str, **fields: object) -> Communication:
    account = AccountFactory.create(organization=organization, name=name)
    return CommunicationFactory.create(account=account, **fields)


def thread_of(account: Account) -> str:
    return reverse("communications:thread", args=[account.pk])


def names(client: Client, query: str = "") -> list[str]:
    return [entry.thread.account.name for entry in client.get(LIST + query).context["entries"]]


# --- The threads --------------------------------------------------------------------------------------------


def test_list_shows_last_message_of_each_account(member_client: Client, account: Account, sent: Communication) -> None:
    page = member_client.get(LIST)
    assert page.status_code == 200
    assert "Facture F-1 en retard" in page.text
    assert "1 message" in page.text
    assert f'href="{thread_of(account)}"' in page.text
    assert page.text.count("<h1") == 1


def test_list_without_messages_says_when_there_will_be(member_client: Client) -> None:
    assert "No messages yet" in member_client.get(LIST).text


def test_list_puts_planned_threads_first_and_leaves_withdrawn_plans_out(
    member_client: Client, organization: Organization
) -> None:
    message_of(organization, "Older", sent=True, planned_on=date(2026, 2, 1))
    message_of(organization, "Newer", sent=True, planned_on=date(2026, 2, 17))
    message_of(organization, "Withdrawn", status=Status.CANCELLED, planned_on=TOMORROW)
    soon = message_of(organization, "Planned", planned_on=TOMORROW)
    CommunicationFactory.create(account=soon.account, sent=True, planned_on=date(2026, 1, 1))
    assert names(member_client) == ["Planned", "Newer", "Older"]
    thread = member_client.get(LIST).context["entries"][0].thread
    assert (thread.last, thread.count) == (soon, 2)


def test_list_titles_plan_without_subject(member_client: Client, organization: Organization) -> None:
    message_of(organization, "Acme", subject="", body_text="", step=4)
    assert "Follow-up #4" in member_client.get(LIST).text


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("?q=acm", ["Acme"]),
        ("?q=en+retard", ["Acme"]),
        ("?q=jane%40acme", ["Acme"]),
        ("?q=Doé", ["Acme"]),
        ("?q=nobody", []),
        ("?show=planned", ["Planned"]),
        ("?show=undelivered", ["Refused"]),
        ("?show=undelivered&q=planned", []),
        ("?show=nonsense", ["Planned", "Refused", "Acme"]),
    ],
)
def test_list_filters_as_the_address_says(
    member_client: Client, organization: Organization, sent: Communication, query: str, shown: list[str]
) -> None:
    message_of(organization, "Planned", planned_on=TOMORROW)
    message_of(organization, "Refused", failed=True, planned_on=date(2026, 2, 18))
    assert names(member_client, query) == shown


def test_list_that_holds_nothing_asked_for_offers_everything(member_client: Client, sent: Communication) -> None:
    page = member_client.get(LIST, {"q": "nobody"})
    assert "No account matches" in page.text
    assert "Show all" in page.text


def test_list_pages_after_25(member_client: Client, organization: Organization) -> None:
    for number in range(26):
        message_of(organization, f"Customer {number}")
    assert len(names(member_client)) == 25
    assert len(names(member_client, "?page=2")) == 1


def test_list_takes_as_many_queries_for_three_rows_as_for_one(
    member_client: Client, organization: Organization, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    message_of(organization, "One")
    with django_assert_num_queries(7):
        member_client.get(LIST)
    message_of(organization, "Two", sent=True)
    message_of(organization, "Three", failed=True)
    with django_assert_num_queries(7):
        assert len(names(member_client)) == 3


def test_pages_of_another_organization_are_not_found(
    outsider_client: Client, account: Account, sent: Communication
) -> None:
    addresses = [
        thread_of(account),
        sent.get_absolute_url(),
        reverse("communications:html", args=[sent.pk]),
        reverse("communications:of-account", args=[account.pk]),
    ]
    assert [outsider_client.get(address).status_code for address in addresses] == [404] * 4
    assert names(outsider_client, "?show=all") == []


def test_pages_ask_strangers_to_sign_in(client: Client, sent: Communication) -> None:
    for address in (LIST, thread_of(sent.account), sent.get_absolute_url()):
        answer = client.get(address)
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith(reverse("sign-in"))


def test_pages_are_open_to_readers(read_only_client: Client, sent: Communication) -> None:
    assert read_only_client.get(sent.get_absolute_url()).status_code == 200


# --- One thread ---------------------------------------------------------------------------------------------


def test_thread_shows_rows_folded_and_keeps_the_list(
    member_client: Client, account: Account, sent: Communication
) -> None:
    page = member_client.get(thread_of(account) + "?q=acm")
    assert page.status_code == 200
    assert f'hx-get="{sent.get_absolute_url()}"' in page.text
    assert "merci de payer" not in page.text
    assert f'href="{thread_of(account)}?q=acm"' in page.text
    assert page.text.count("<h1") == 1


def test_thread_reads_plans_first_and_withdrawn_ones_where_they_were_withdrawn(
    member_client: Client, account: Account
) -> None:
    old = CommunicationFactory.create(account=account, sent=True, planned_on=date(2026, 2, 2))
    withdrawn = CommunicationFactory.create(account=account, status=Status.CANCELLED, planned_on=date(2026, 3, 9))
    Communication.objects.filter(pk=withdrawn.pk).update(updated_at=NOW - timedelta(days=7))
    new = CommunicationFactory.create(account=account, sent=True, planned_on=date(2026, 2, 17))
    plan = CommunicationFactory.create(account=account, planned_on=TOMORROW)
    assert list(member_client.get(thread_of(account)).context["log"]) == [plan, new, withdrawn, old]


def test_thread_never_writes_a_preview_for_a_row(
    member_client: Client, account: Account, planned: Communication
) -> None:
    page = member_client.get(thread_of(account))
    assert planned.get_absolute_url() in page.text
    assert "F-2" not in page.text


def test_thread_takes_as_many_queries_for_three_rows_as_for_one(
    member_client: Client, account: Account, sent: Communication, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(11):
        member_client.get(thread_of(account))
    CommunicationFactory.create(account=account, sent=True, planned_on=date(2026, 2, 2))
    CommunicationFactory.create(account=account, planned_on=TOMORROW)
    with django_assert_num_queries(11):
        assert len(member_client.get(thread_of(account)).context["log"]) == 3


# --- One message --------------------------------------------------------------------------------------------


def test_detail_opens_the_message_in_its_thread(member_client: Client, sent: Communication) -> None:
    page = member_client.get(sent.get_absolute_url())
    assert page.status_code == 200
    for shown in (
        "Facture F-1 en retard",
        "Bonjour,\n\nmerci de payer.",
        "Alix (Atelier Nord) &lt;billabex@127.0.0.1&gt;",
        "Jane Doé &lt;jane@acme.example&gt;",
        "john@acme.example",
        "Follow-up #3",
        "Firm",
        "French",
        "€79.50",
        "€480.00",
    ):
        assert shown in page.text
    assert reverse("invoices:detail", args=[sent.named_invoices.get().invoice_id]) in page.text
    assert f'<iframe sandbox loading="lazy" src="{reverse("communications:html", args=[sent.pk])}"' in page.text


def test_detail_for_a_row_is_the_message_alone(member_client: Client, sent: Communication) -> None:
    fragment = member_client.get(sent.get_absolute_url(), headers=HTMX)
    assert "merci de payer." in fragment.text
    assert "<html" not in fragment.text
    assert "HX-Request" in fragment.headers["Vary"]


def test_detail_opens_the_page_of_the_log_on_which_it_stands(member_client: Client, sent: Communication) -> None:
    for days in range(1, 30):
        CommunicationFactory.create(
            account=sent.account, status=Status.CANCELLED, planned_on=TOMORROW + timedelta(days=days)
        )
    page = member_client.get(sent.get_absolute_url())
    assert page.context["log"].number == 2
    assert "merci de payer." in page.text
    assert member_client.get(sent.get_absolute_url(), {"log": 1}).context["log"].number == 1


def test_detail_of_message_without_html_shows_no_frame(member_client: Client, account: Account) -> None:
    message = CommunicationFactory.create(account=account, sent=True)
    assert "<iframe" not in member_client.get(message.get_absolute_url()).text
    assert member_client.get(reverse("communications:html", args=[message.pk])).status_code == 404


def test_detail_of_failed_message_says_what_went_wrong(member_client: Client, account: Account) -> None:
    message = CommunicationFactory.create(
        account=account, failed=True, attempts=5, failure_code=FailureCode.UNREACHABLE, failure_detail="450 busy"
    )
    page = member_client.get(message.get_absolute_url())
    assert "The mail server could not be reached" in page.text
    assert "450 busy" in page.text
    assert ("Attempts", "5") in page.context["facts"]


def test_detail_of_message_put_back_says_that_it_was_tried(member_client: Client, planned: Communication) -> None:
    Communication.objects.filter(pk=planned.pk).update(attempts=1, failure_detail="450 busy")
    page = member_client.get(planned.get_absolute_url())
    assert [fact for fact in page.context["facts"] if fact[0] in {"Attempts", "The server said"}] == [
        ("The server said", "450 busy"),
        ("Attempts", "1"),
    ]


def test_detail_of_received_message_says_who_wrote(member_client: Client, account: Account) -> None:
    message = CommunicationFactory.create(account=account, received=True, subject="Re: F-1", body_text="Paid.")
    RecipientFactory.create(communication=message, contact=None, name="Jane", address="jane@acme.example", field="from")
    page = member_client.get(message.get_absolute_url())
    assert ("From", "Jane <jane@acme.example>") in page.context["facts"]
    assert "Paid." in page.text
    assert not any(label == "Tone" for label, _ in page.context["facts"])


def test_detail_of_planned_message_writes_it_as_of_today(member_client: Client, planned: Communication) -> None:
    page = member_client.get(planned.get_absolute_url())
    assert "Not sent yet" in page.text
    assert "F-2" in page.context["message"].text
    assert page.context["message"].subject in page.text
    assert [(line.number, line.remaining) for line in page.context["message"].lines] == [("F-2", Decimal("120.00"))]
    assert "nobody has written yet" in page.text  # why
    assert reverse("communications:html", args=[planned.pk]) in page.text
    planned.refresh_from_db()
    assert planned.body_text == ""


def test_detail_of_plan_whose_reason_is_gone_says_so(member_client: Client, planned: Communication) -> None:
    planned.account.contacts.all().delete()
    page = member_client.get(planned.get_absolute_url())
    assert "This message will not be sent" in page.text
    assert "<iframe" not in page.text
    assert member_client.get(reverse("communications:html", args=[planned.pk])).status_code == 404


def test_html_of_message_can_do_nothing_but_look(member_client: Client, sent: Communication) -> None:
    answer = member_client.get(reverse("communications:html", args=[sent.pk]))
    assert answer.text == sent.body_html
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    policy = answer.headers["Content-Security-Policy"].split("; ")
    assert policy[:3] == ["default-src 'none'", "style-src 'unsafe-inline'", "img-src data:"]
    assert "sandbox" in policy
    assert "script-src" not in answer.headers["Content-Security-Policy"]


def test_html_of_planned_message_is_written_as_of_today(member_client: Client, planned: Communication) -> None:
    answer = member_client.get(reverse("communications:html", args=[planned.pk]))
    assert answer.status_code == 200
    assert "F-2" in answer.text


# --- On the pages of lower floors ---------------------------------------------------------------------------


def test_account_tab_shows_its_log(member_client: Client, account: Account, sent: Communication) -> None:
    page = member_client.get(reverse("communications:of-account", args=[account.pk]))
    assert page.status_code == 200
    assert f'hx-get="{sent.get_absolute_url()}"' in page.text


def test_account_tab_without_messages_says_when_there_will_be(member_client: Client, account: Account) -> None:
    page = member_client.get(reverse("communications:of-account", args=[account.pk]))
    assert "No messages yet" in page.text


def test_account_tab_takes_as_many_queries_for_three_rows_as_for_one(
    member_client: Client, account: Account, sent: Communication, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    address = reverse("communications:of-account", args=[account.pk])
    with CaptureQueriesContext(connection) as one:  # most of them are the account's page's own
        member_client.get(address)
    CommunicationFactory.create(account=account, sent=True, planned_on=date(2026, 2, 2))
    CommunicationFactory.create(account=account, failed=True, planned_on=date(2026, 2, 3))
    with django_assert_num_queries(len(one)):
        assert len(member_client.get(address).context["log"]) == 3
