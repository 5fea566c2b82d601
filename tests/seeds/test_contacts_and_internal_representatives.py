"""The product owner's guide "Contacts and Internal Representatives": what they are and what follows from it.

What it says of the API is in tests/api: test_people, test_people_upserts, and its own snippets in test_seed_snippets.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import ValidationError

from billabex.agent.cycle import plan_organization
from billabex.core import clock
from billabex.organizations.enums import MessageLanguage
from billabex.organizations.rules import opening
from communications.models import Communication
from contacts.enums import EmailStatus
from contacts.models import Contact, InternalRepresentative
from contacts.services import add_contact, add_representative, update_contact
from tasks.models import Task
from tests.factories import AccountFactory, ContactFactory, InvoiceFactory

if TYPE_CHECKING:
    from accounts.models import Account
    from billabex.organizations.models import Membership, Organization

TODAY = date(2026, 3, 10)


@pytest.fixture
def account(organization: Organization) -> Account:
    """Return an account with an invoice that is ten days overdue."""
    account: Account = AccountFactory.create(organization=organization)
    InvoiceFactory.create(account=account, issued_on=TODAY - timedelta(days=40), due_on=TODAY - timedelta(days=10))
    return account


def plan(organization: Organization) -> list[str]:
    """Plan, and return who the scheduled message goes to."""
    with clock.stopped_at(opening(organization, TODAY)):
        plan_organization(organization, now=clock.now())
    message = Communication.objects.planned().first()
    return [recipient.address for recipient in message.recipients.filter(field="to")] if message else []


def test_contacts_receive_payment_reminders(organization: Organization, account: Account) -> None:
    ContactFactory.create(account=account, email="ap@acme.example")
    assert plan(organization) == ["ap@acme.example"]


def test_internal_representatives_do_not_receive_payment_reminders(
    organization: Organization, account: Account, owner: Membership
) -> None:
    add_representative(
        account=account,
        full_name="Sam Sales",
        email="sam@us.example",
        language="en",
        is_primary=True,
        actor=owner.actor,
    )
    assert plan(organization) == []
    assert Task.objects.filter(account=account).exists()


def test_both_kinds_share_the_same_properties() -> None:
    shared = {"full_name", "email", "email_status", "language", "role", "notes", "is_primary"}
    for kind in (Contact, InternalRepresentative):
        assert shared <= {field.name for field in kind._meta.get_fields()}


@pytest.mark.parametrize("status", [EmailStatus.BOUNCED, EmailStatus.COMPLAINED])
def test_an_address_that_bounced_or_complained_is_not_written_to(
    organization: Organization, account: Account, status: EmailStatus
) -> None:
    ContactFactory.create(account=account, email_status=status)
    assert plan(organization) == []


def test_a_changed_address_is_valid_again(account: Account, owner: Membership) -> None:
    contact = ContactFactory.create(account=account, email="old@acme.example", email_status=EmailStatus.BOUNCED)
    update_contact(contact=contact, email="new@acme.example", actor=owner.actor)
    contact.refresh_from_db()
    assert contact.email_status == EmailStatus.VALID


def test_full_name_and_language_are_all_that_is_required(account: Account, owner: Membership) -> None:
    contact = add_contact(account=account, full_name="Jo", language="en", actor=owner.actor)
    assert (contact.email, contact.role, contact.notes, contact.is_primary) == ("", "", "", False)


def test_only_the_provided_fields_are_updated(account: Account, owner: Membership) -> None:
    contact = ContactFactory.create(account=account, full_name="Jo", role="Clerk", notes="left-handed")
    update_contact(contact=contact, role="Finance Director", actor=owner.actor)
    contact.refresh_from_db()
    assert (contact.full_name, contact.role, contact.notes) == ("Jo", "Finance Director", "left-handed")


def test_the_primary_contact_receives_reminders_first(organization: Organization, account: Account) -> None:
    ContactFactory.create(account=account, email="older@acme.example")
    ContactFactory.create(account=account, email="primary@acme.example", is_primary=True)
    assert plan(organization) == ["primary@acme.example"]


def test_without_a_primary_the_oldest_usable_contact_is_written_to(
    organization: Organization, account: Account
) -> None:
    ContactFactory.create(account=account, email="gone@acme.example", email_status=EmailStatus.BOUNCED)
    ContactFactory.create(account=account, email="second@acme.example")
    ContactFactory.create(account=account, email="third@acme.example")
    assert plan(organization) == ["second@acme.example"]


def test_setting_a_primary_removes_the_flag_from_the_other(account: Account, owner: Membership) -> None:
    first = ContactFactory.create(account=account, is_primary=True)
    second = add_contact(account=account, full_name="Second", language="en", is_primary=True, actor=owner.actor)
    first.refresh_from_db()
    assert (first.is_primary, second.is_primary) == (False, True)


def test_the_seven_languages() -> None:
    assert MessageLanguage.values == ["en", "fr", "de", "es", "it", "nl", "pt"]


def test_a_language_that_is_none_of_them_is_refused(account: Account) -> None:
    with pytest.raises(ValidationError, match="not a valid choice"):
        Contact(account=account, full_name="Jo", language="xx").full_clean()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_contacts_language_is_the_messages(organization: Organization, account: Account, language: str) -> None:
    ContactFactory.create(account=account, language=language)
    plan(organization)
    assert Communication.objects.get().language == language
