"""The product owner's guide to accounts: what one is, how it comes to be, how it is edited and deleted."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from accounts.models import Account
from billabex.core import clock
from billabex.core.models import AuditEntry
from invoices.services import import_pdf
from tests.factories import (
    AccountFactory,
    CommunicationFactory,
    ContactFactory,
    CreditNoteFactory,
    InvoiceFactory,
    TaskFactory,
)

if TYPE_CHECKING:
    from django.test import Client

    from billabex.organizations.models import Membership, Organization

SAMPLES = Path(__file__).parents[3] / "shared" / "samples" / "invoices"
NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


@pytest.fixture
def account(organization: Organization) -> Account:
    """Return an account with two overdue invoices and one that is not due yet: 360 euros, less a credit of 60."""
    account: Account = AccountFactory.create(organization=organization, name="Menuiserie Vasseur")
    for issued_on in (date(2026, 1, 5), date(2026, 1, 6), date(2026, 3, 1)):
        InvoiceFactory.create(account=account, issued_on=issued_on, total_amount=Decimal(120))
    CreditNoteFactory.create(account=account, total_amount=Decimal(60))
    return account


def page(client: Client, name: str, *args: object) -> str:
    with clock.stopped_at(NOW):
        answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_account_groups_documents_contacts_communications_and_actions(account: Account) -> None:
    ContactFactory.create(account=account)
    CommunicationFactory.create(account=account)
    TaskFactory.create(account=account)
    groups = ("invoices", "credit_notes", "contacts", "communications", "tasks")
    assert [getattr(account, group).count() for group in groups] == [3, 1, 1, 1, 1]


def test_the_navigation_leads_to_accounts(owner_client: Client) -> None:
    assert f'href="{reverse("accounts:list")}"' in page(owner_client, "accounts:list")


@pytest.mark.usefixtures("account")
def test_the_list_shows_name_update_overdue_invoices_and_outstanding_balance(owner_client: Client) -> None:
    shown = page(owner_client, "accounts:list")
    assert "Menuiserie Vasseur" in shown
    assert "300.00" in shown
    header = shown[shown.index("<thead") : shown.index("</thead>")]
    assert all(label in header for label in ("Name", "Overdue invoices", "Outstanding", "Last update"))


@pytest.mark.django_db
def test_a_document_of_a_new_company_creates_its_account(organization: Organization, owner: Membership) -> None:
    content = (SAMPLES / "akretion-facturx--invoice_EN16931.pdf").read_bytes()
    invoice = import_pdf(organization=organization, content=content, name="F.pdf", actor=owner.actor, now=NOW)
    assert invoice.account.name == "LE CLIENT"
    assert invoice.account.organization == organization


@pytest.mark.django_db
def test_a_document_of_a_known_company_joins_its_account(organization: Organization, owner: Membership) -> None:
    known = AccountFactory.create(organization=organization, name="Le Client SAS", match_key="le client")
    content = (SAMPLES / "akretion-facturx--invoice_EN16931.pdf").read_bytes()
    invoice = import_pdf(organization=organization, content=content, name="F.pdf", actor=owner.actor, now=NOW)
    assert invoice.account == known
    assert Account.objects.count() == 1


def test_details_can_be_edited_name_address_and_currency(owner_client: Client, organization: Organization) -> None:
    account = AccountFactory.create(organization=organization)
    answer = owner_client.post(
        reverse("accounts:edit", args=[account.pk]),
        {
            "name": "Vasseur Menuiserie",
            "street": "1 rue du Bac",
            "postal_code": "75007",
            "city": "Paris",
            "country": "FR",
            "currency": "CHF",
        },
    )
    account.refresh_from_db()
    assert answer.status_code == 302
    assert (account.name, account.street, account.city, account.currency) == (
        "Vasseur Menuiserie",
        "1 rue du Bac",
        "Paris",
        "CHF",
    )


def test_details_are_reached_by_the_details_tab_and_its_edit_link(owner_client: Client, account: Account) -> None:
    assert reverse("accounts:details-tab", args=[account.pk]) in page(owner_client, "accounts:detail", account.pk)
    assert reverse("accounts:edit", args=[account.pk]) in page(owner_client, "accounts:details-tab", account.pk)


def test_deleting_is_offered_in_the_headers_options(owner_client: Client, account: Account) -> None:
    shown = page(owner_client, "accounts:detail", account.pk)
    assert "Options" in shown
    assert reverse("accounts:delete", args=[account.pk]) in shown


def test_deleting_is_permanent_and_only_the_audit_log_remains(owner_client: Client, account: Account) -> None:
    owner_client.post(reverse("accounts:delete", args=[account.pk]), {"typed_name": "Menuiserie Vasseur"})
    assert not Account.objects.filter(pk=account.pk).exists()
    assert AuditEntry.objects.filter(account_id=account.pk, action="account.deleted").exists()


def test_deleting_asks_for_the_name(owner_client: Client, account: Account) -> None:
    owner_client.post(reverse("accounts:delete", args=[account.pk]), {"typed_name": "Menuiserie"})
    assert Account.objects.filter(pk=account.pk).exists()
