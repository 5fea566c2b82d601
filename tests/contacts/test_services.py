"""Writes about people: one primary each, one person to an address, and what the log remembers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError

from billabex.core.actors import SYSTEM
from billabex.core.events import account_changed
from billabex.core.models import AuditEntry
from contacts import services
from contacts.enums import EmailStatus
from contacts.errors import ContactNotFound, EmailTaken
from contacts.models import Contact, InternalRepresentative
from contacts.selectors import contacts_of, representatives_of
from tests.factories import AccountFactory, ContactFactory, InternalRepresentativeFactory, RecipientFactory

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from pytest_django import DjangoAssertNumQueries

    from accounts.models import Account
    from billabex.organizations.models import Membership, Organization


@pytest.fixture
def account(organization: Organization) -> Account:
    return AccountFactory.create(organization=organization)


@pytest.fixture
def announced() -> Any:
    """Return the causes that are announced for any account."""
    causes: list[str] = []

    def listen(cause: str, **facts: object) -> None:
        causes.append(cause)

    account_changed.connect(listen)
    yield causes
    account_changed.disconnect(listen)


def test_add_contact_is_logged_and_announced(
    account: Account, member: Membership, announced: list[str], django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        contact = services.add_contact(
            account=account, full_name="Jane Doe", email="jane@acme.example", language="fr", actor=member.actor
        )

    assert contacts_of(account) == [contact]
    assert (contact.email_status, contact.is_primary) == (EmailStatus.VALID, False)
    [entry] = AuditEntry.objects.filter(account_id=account.pk, action="contact.added")
    assert (entry.object_label, entry.actor_label) == ("Jane Doe", "Max Member")
    assert announced == ["contact"]


@pytest.mark.parametrize(
    ("add", "listed"),
    [(services.add_contact, contacts_of), (services.add_representative, representatives_of)],
)
def test_add_a_primary_takes_the_flag_from_the_other(
    account: Account, add: Callable[..., Contact], listed: Callable[[Account], list[Contact]]
) -> None:
    for name in ("First", "Second"):
        add(account=account, full_name=name, language="en", is_primary=True, actor=SYSTEM)

    assert [(person.full_name, person.is_primary) for person in listed(account)] == [("Second", True), ("First", False)]


def test_primary_of_another_account_stays(account: Account) -> None:
    other = ContactFactory.create(is_primary=True)

    services.add_contact(account=account, full_name="Jane", language="en", is_primary=True, actor=SYSTEM)

    other.refresh_from_db()
    assert other.is_primary


def test_refused_primary_leaves_the_flag_where_it_was(account: Account) -> None:
    primary = ContactFactory.create(account=account, is_primary=True)
    taken = ContactFactory.create(account=account)

    with pytest.raises(EmailTaken):
        services.add_contact(
            account=account, full_name="Jane", language="en", email=taken.email, is_primary=True, actor=SYSTEM
        )

    primary.refresh_from_db()
    assert primary.is_primary


def test_update_contact_to_primary_switches_in_one_transaction(account: Account) -> None:
    first = ContactFactory.create(account=account, is_primary=True)
    second = ContactFactory.create(account=account)

    services.update_contact(contact=second, is_primary=True, actor=SYSTEM)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.is_primary, second.is_primary) == (False, True)


def test_contact_who_is_no_longer_primary_has_changed(account: Account) -> None:
    """Other systems ask for what changed since their last visit."""
    first = ContactFactory.create(account=account, is_primary=True)
    before = first.updated_at

    services.add_contact(account=account, full_name="Jane", language="en", is_primary=True, actor=SYSTEM)

    first.refresh_from_db()
    assert first.updated_at > before


@pytest.mark.parametrize("email", ["jane@acme.example", "JANE@acme.example"])
def test_email_is_taken_whatever_its_case(account: Account, email: str) -> None:
    ContactFactory.create(account=account, email="jane@acme.example")
    other = ContactFactory.create(account=account)

    with pytest.raises(EmailTaken):
        services.add_contact(account=account, full_name="Jane", language="en", email=email, actor=SYSTEM)
    with pytest.raises(EmailTaken):
        services.update_contact(contact=other, email=email, actor=SYSTEM)


def test_constraint_other_than_the_address_is_not_called_a_taken_address(account: Account) -> None:
    with pytest.raises(IntegrityError):
        services.add_contact(account=account, full_name=" ", language="en", notes="his_email bounced", actor=SYSTEM)


def test_people_without_an_address_do_not_clash(account: Account) -> None:
    for name in ("Jane", "John"):
        services.add_contact(account=account, full_name=name, language="en", actor=SYSTEM)

    assert len(contacts_of(account)) == 2


@pytest.mark.parametrize("status", [EmailStatus.BOUNCED, EmailStatus.COMPLAINED])
def test_update_contact_with_another_address_is_valid_again(account: Account, status: EmailStatus) -> None:
    contact = ContactFactory.create(account=account, email_status=status)

    services.update_contact(contact=contact, role="CFO", actor=SYSTEM)
    assert contact.email_status == status

    services.update_contact(contact=contact, email="new@acme.example", actor=SYSTEM)
    contact.refresh_from_db()
    assert contact.email_status == EmailStatus.VALID
    assert contact.is_usable


def test_update_contact_logs_what_moved(account: Account) -> None:
    contact = ContactFactory.create(account=account, role="Clerk")

    services.update_contact(contact=contact, role="CFO", full_name=contact.full_name, actor=SYSTEM)

    [entry] = AuditEntry.objects.filter(account_id=account.pk)
    assert (entry.action, entry.changes) == ("contact.updated", {"role": {"from": "Clerk", "to": "CFO"}})


def test_update_contact_takes_as_many_statements_as_it_must(
    account: Account, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """Two savepoints and their ends; the account locked and stamped, the contact read and written, and the log."""
    contact = Contact.objects.get(pk=ContactFactory.create(account=account).pk)

    with django_assert_num_queries(9):
        services.update_contact(contact=contact, role="CFO", actor=SYSTEM)


def test_update_contact_that_changes_nothing_writes_nothing(account: Account) -> None:
    contact = ContactFactory.create(account=account)

    services.update_contact(contact=contact, role="", actor=SYSTEM)

    assert not AuditEntry.objects.filter(account_id=account.pk).exists()


def test_update_contact_that_changed_meanwhile_starts_from_what_is_there(account: Account) -> None:
    contact = ContactFactory.create(account=account, role="Clerk")
    Contact.objects.filter(pk=contact.pk).update(role="CFO")

    services.update_contact(contact=contact, role="Clerk", actor=SYSTEM)

    assert Contact.objects.get(pk=contact.pk).role == "Clerk"


@pytest.mark.parametrize("write", [services.update_contact, services.delete_contact])
def test_write_to_a_contact_that_is_gone_is_not_found(account: Account, write: Callable[..., object]) -> None:
    contact = ContactFactory.create(account=account)
    Contact.objects.get(pk=contact.pk).delete()

    with pytest.raises(ContactNotFound):
        write(contact=contact, actor=SYSTEM)


def test_delete_contact_leaves_what_they_received(account: Account) -> None:
    contact = ContactFactory.create(account=account, full_name="Jane Doe", email="jane@acme.example")
    recipient = RecipientFactory.create(communication__account=account, contact=contact)

    services.delete_contact(contact=contact, actor=SYSTEM)

    recipient.refresh_from_db()
    assert (recipient.contact, recipient.name, recipient.address) == (None, "Jane Doe", "jane@acme.example")
    [entry] = AuditEntry.objects.filter(action="contact.deleted")
    assert entry.changes == {"full_name": "Jane Doe", "email": "jane@acme.example"}


def test_representative_is_changed_and_deleted(account: Account) -> None:
    person = InternalRepresentativeFactory.create(account=account)

    services.update_person(person, role="Sales", actor=SYSTEM)
    services.delete_person(person, actor=SYSTEM)

    assert not InternalRepresentative.objects.exists()
    actions = AuditEntry.objects.filter(account_id=account.pk).order_by("created_at", "id")
    assert [entry.action for entry in actions] == ["representative.updated", "representative.deleted"]
