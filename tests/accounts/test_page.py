"""The account's page and its tabs."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from accounts import services
from accounts.enums import AccountStatus, FollowUpOwner, PauseReason
from billabex.core import clock
from tests.accounts.pages import NOON, url
from tests.factories import (
    AccountFactory,
    ContactFactory,
    CreditNoteFactory,
    InvoiceFactory,
    NoteFactory,
    PauseFactory,
    SourceFactory,
    TagFactory,
)

if TYPE_CHECKING:
    from django.test import Client

    from accounts.models import Account
    from billabex.organizations.models import Membership, Organization

pytestmark = pytest.mark.usefixtures("monday")


def test_overview_of_a_new_account_says_what_will_appear(member_client: Client, account: Account) -> None:
    ContactFactory.create(account=account)

    page = member_client.get(account.get_absolute_url()).text

    assert "Nothing has happened yet" in page
    assert "Nothing to do: Acme SAS has no open invoice." in page
    assert "€0.00" in page
    assert page.count("<h1") == 1


def test_overview_shows_balance_state_and_sentence(member_client: Client, account: Account) -> None:
    ContactFactory.create(account=account, full_name="Jane Doe", email="jane@acme.example")
    InvoiceFactory.create(account=account, number="F-1", due_on=date(2026, 2, 2))
    CreditNoteFactory.create(account=account, currency="USD")

    page = member_client.get(account.get_absolute_url())

    assert page.context["state"] == "running"
    for words in ("€120.00", "-$60.00", "Running", "the agent will write to Jane Doe &lt;jane@acme.example&gt;"):
        assert words in page.text, words


def test_overview_without_a_contact_asks_for_action(member_client: Client, account: Account) -> None:
    page = member_client.get(account.get_absolute_url())
    assert page.context["state"] == "action_required"
    assert f'<a class="nowrap" href="{reverse("tasks:of-account", args=[account.pk])}">Tasks</a>' in page.text


def test_overview_groups_the_history_by_the_organizations_days(
    member_client: Client, account: Account, member: Membership
) -> None:
    late = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)  # already the 2nd in Paris
    with clock.stopped_at(late):
        services.add_note(account=account, text="Hello", actor=member.actor)
    services.pause_account(account=account, reason=PauseReason.DISPUTE, actor=member.actor, now=NOON, note="Wrong VAT")
    services.set_follow_up_owner(account=account, owner=FollowUpOwner.IN_HOUSE, actor=member.actor)
    services.set_status(account=account, status=AccountStatus.SUSPENDED, actor=member.actor, note="In court")
    services.lift_pause_for_new_document(account=account, actor=member.actor, now=NOON)
    services.resume_account(account=account, actor=member.actor, now=NOON)

    page = member_client.get(account.get_absolute_url())

    [(day, events)] = page.context["days"]
    assert day == date(2026, 3, 2)
    assert [event.text for event in events] == [
        "Max Member",
        "Suspended · In court · Max Member",
        "In-house · Max Member",
        "Dispute · Wrong VAT · Max Member",
        "Max Member",
    ]
    assert "00:30" in page.text


def test_overview_says_that_a_document_lifted_the_pause(
    member_client: Client, account: Account, member: Membership
) -> None:
    PauseFactory.create(account=account)
    services.lift_pause_for_new_document(account=account, actor=member.actor, now=NOON)

    assert "a new document arrived · Max Member" in member_client.get(account.get_absolute_url()).text


def test_every_tab_stands_on_every_tab(member_client: Client, account: Account) -> None:
    for name in ("detail", "details-tab"):
        page = member_client.get(url(name, account))
        assert [str(tab.label) for tab in page.context["account_tabs"]] == [
            "Overview",
            "Invoices",
            "Credit notes",
            "Communications",
            "Tasks",
            "Details",
        ]
        assert page.text.count('aria-current="page"') == 2  # the rail's and the tab's


def test_details_show_all_that_is_known(member_client: Client, organization: Organization) -> None:
    account = AccountFactory.create(
        organization=organization,
        name="Acme SAS",
        street="1 rue du Port",
        postal_code="13002",
        city="Marseille",
        country="FR",
        phone="+33 4 91 00 00 00",
        registration_number="732829320",
        vat_number="FR40303265045",
        language="fr",
    )
    SourceFactory.create(account=account, external_id="CRM-9")
    NoteFactory.create(account=account, author__full_name="Maud Petit", text="Pays on the 10th.")
    account.tags.add(TagFactory.create(organization=organization, name="VIP"))

    page = member_client.get(url("details-tab", account)).text

    for words in (
        "1 rue du Port",
        "13002 Marseille",
        "France",
        "+33 4 91 00 00 00",
        "732829320",
        "FR40303265045",
        "French",
        "Custom CRM-9",
        "Maud Petit",
        "Pays on the 10th.",
        "VIP",
    ):
        assert words in page, words
