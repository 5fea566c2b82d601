"""The product owner's guide to the customers page: find, open, update, create with complete details."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from accounts.models import Account
from accounts.services import add_note
from billabex.core.models import AuditEntry
from tests.factories import AccountFactory, ContactFactory

if TYPE_CHECKING:
    from django.test import Client

    from billabex.organizations.models import Membership, Organization


def test_the_customer_list_holds_all_accounts(owner_client: Client, organization: Organization) -> None:
    AccountFactory.create(organization=organization, name="Alpha")
    AccountFactory.create(organization=organization, name="Beta")
    page = owner_client.get(reverse("accounts:list")).content.decode()
    assert "Alpha" in page
    assert "Beta" in page


def test_the_list_leads_to_the_full_profile(owner_client: Client, organization: Organization) -> None:
    account = AccountFactory.create(organization=organization)
    assert account.get_absolute_url() in owner_client.get(reverse("accounts:list")).content.decode()


def test_search_finds_customers_by_name(owner_client: Client, organization: Organization) -> None:
    AccountFactory.create(organization=organization, name="Alpha")
    AccountFactory.create(organization=organization, name="Beta")
    page = owner_client.get(reverse("accounts:list"), {"q": "alph"}).content.decode()
    assert "Alpha" in page
    assert "Beta" not in page


def test_search_finds_customers_by_email(owner_client: Client, organization: Organization) -> None:
    ContactFactory.create(
        account=AccountFactory.create(organization=organization, name="Alpha"), email="x@alpha.example"
    )
    AccountFactory.create(organization=organization, name="Beta")
    page = owner_client.get(reverse("accounts:list"), {"q": "x@alpha"}).content.decode()
    assert "Alpha" in page
    assert "Beta" not in page


def test_a_customer_is_added_with_its_core_details(owner_client: Client, organization: Organization) -> None:
    owner_client.post(
        reverse("accounts:add"),
        {
            "name": "Gamma GmbH",
            "street": "Hauptstr. 1",
            "postal_code": "10115",
            "city": "Berlin",
            "country": "DE",
            "currency": "EUR",
            "phone": "+49 30 123456",
            "vat_number": "DE136695976",
        },
    )
    account = Account.objects.get()
    assert (account.organization, account.name, account.city, account.phone) == (
        organization,
        "Gamma GmbH",
        "Berlin",
        "+49 30 123456",
    )


def test_the_new_account_appears_in_the_list(owner_client: Client) -> None:
    owner_client.post(reverse("accounts:add"), {"name": "Gamma GmbH", "currency": "EUR"})
    assert "Gamma GmbH" in owner_client.get(reverse("accounts:list")).content.decode()


def test_a_note_keeps_internal_context(owner: Membership, owner_client: Client, organization: Organization) -> None:
    account = AccountFactory.create(organization=organization)
    add_note(account=account, text="Pays on the 10th of each month", actor=owner.actor)
    page = owner_client.get(reverse("accounts:details-tab", args=[account.pk])).content.decode()
    assert "Pays on the 10th of each month" in page


def test_status_changes_are_logged_with_who_made_them(
    owner: Membership, owner_client: Client, organization: Organization
) -> None:
    account = AccountFactory.create(organization=organization)
    owner_client.post(reverse("accounts:status", args=[account.pk]), {"status": "suspended", "note": "Insolvent"})
    account.refresh_from_db()
    entry = AuditEntry.objects.get(account_id=account.pk, action="account.status-changed")
    assert account.status == "suspended"
    assert entry.actor_id == owner.user_id
