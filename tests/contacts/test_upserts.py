"""Upserts: who is updated, who is new, and what changes. Source: api.md 4; seed 004, "Using Upsert for Sync"."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from billabex.core.actors import SYSTEM
from billabex.core.models import AuditEntry
from billabex.organizations.models import EmailDomain
from contacts import services
from contacts.enums import EmailStatus
from contacts.errors import PersonIncomplete
from contacts.models import Contact, InternalRepresentative
from tests.factories import AccountFactory, ContactFactory, InternalRepresentativeFactory

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from accounts.models import Account
    from billabex.organizations.models import Organization

KINDS = pytest.mark.parametrize(
    ("upsert", "factory"),
    [
        (services.upsert_contact, ContactFactory),
        (services.upsert_representative, InternalRepresentativeFactory),
    ],
    ids=["contact", "representative"],
)


@pytest.fixture
def account(organization: Organization) -> Account:
    EmailDomain.objects.create(organization=organization, name="yourcompany.com")
    account: Account = AccountFactory.create(organization=organization)
    return account


@KINDS
def test_somebody_new_is_added(account: Account, upsert: Callable[..., Any], factory: Any) -> None:
    factory.create(account=account)
    person, is_new = upsert(account=account, full_name="Zoe Zed", language="fr", email="zoe@acme.example", actor=SYSTEM)
    person.refresh_from_db()
    assert is_new
    assert (person.full_name, person.language, person.email) == ("Zoe Zed", "fr", "zoe@acme.example")
    assert (person.role, person.notes, person.is_primary) == ("", "", False)


@KINDS
def test_only_the_given_fields_change(account: Account, upsert: Callable[..., Any], factory: Any) -> None:
    known = factory.create(account=account, full_name="Jane Doe", language="de", role="Clerk", notes="Mondays")
    person, is_new = upsert(account=account, email=known.email.upper(), role="CFO", actor=SYSTEM)
    person.refresh_from_db()
    assert (person.pk, is_new) == (known.pk, False)
    assert (person.full_name, person.language, person.role, person.notes) == ("Jane Doe", "de", "CFO", "Mondays")


@KINDS
def test_a_name_with_another_address_changes_the_address(
    account: Account, upsert: Callable[..., Any], factory: Any
) -> None:
    known = factory.create(account=account, full_name="Jane Doe", email="old@acme.example", email_status="Bounced")
    upsert(account=account, full_name="Jane Doe", email="new@acme.example", actor=SYSTEM)
    known.refresh_from_db()
    assert (known.email, known.email_status) == ("new@acme.example", EmailStatus.VALID)


def test_a_bounced_address_that_is_sent_again_stays_bounced(account: Account) -> None:
    known = ContactFactory.create(account=account, email="jane@acme.example", email_status=EmailStatus.BOUNCED)
    services.upsert_contact(account=account, email="Jane@acme.example", actor=SYSTEM)
    known.refresh_from_db()
    assert (known.email, known.email_status) == ("Jane@acme.example", EmailStatus.BOUNCED)


def test_the_same_again_writes_nothing(account: Account) -> None:
    details = {"full_name": "Jane Doe", "language": "en", "email": "jane@acme.example", "is_primary": True}
    services.upsert_contact(account=account, actor=SYSTEM, **details)
    services.upsert_contact(account=account, actor=SYSTEM, **details)
    assert [entry.action for entry in AuditEntry.objects.filter(account_id=account.pk)] == ["contact.added"]


def test_a_new_primary_takes_the_flag(account: Account) -> None:
    first = ContactFactory.create(account=account, is_primary=True)
    second = ContactFactory.create(account=account)
    services.upsert_contact(account=account, email=second.email, is_primary=True, actor=SYSTEM)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.is_primary, second.is_primary) == (False, True)


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"email": "zoe@acme.example"}, {"full_name", "language"}),
        ({"full_name": "Zoe"}, {"language"}),
        ({"language": "fr", "full_name": ""}, {"full_name"}),
        ({}, {"full_name", "language"}),
    ],
)
def test_somebody_new_needs_a_name_and_a_language(account: Account, given: dict[str, str], missing: set[str]) -> None:
    with pytest.raises(PersonIncomplete) as refused:
        services.upsert_contact(account=account, actor=SYSTEM, **given)
    assert set(refused.value.fields) == missing
    assert not Contact.objects.exists()


def test_people_of_another_account_or_kind_are_not_meant(account: Account) -> None:
    details = {"full_name": "Jane Doe", "email": "jane@acme.example", "language": "en"}
    ContactFactory.create(**details)
    InternalRepresentativeFactory.create(account=account, **details)
    _person, is_new = services.upsert_contact(account=account, actor=SYSTEM, **details)
    assert is_new
    assert Contact.objects.filter(account=account).count() == 1


@pytest.mark.parametrize(
    ("email", "kind"),
    [
        ("alex@yourcompany.com", InternalRepresentative),
        ("alex@Mail.YourCompany.com", InternalRepresentative),
        ("john@customerdomain.com", Contact),
        ("", Contact),
    ],
)
def test_a_party_is_told_by_the_domain(
    account: Account, email: str, kind: type[Contact | InternalRepresentative]
) -> None:
    details = {"full_name": "Alex Brown", "email": email, "language": "en"}
    person, is_new = services.upsert_party(account=account, actor=SYSTEM, **details)
    again, is_new_again = services.upsert_party(account=account, actor=SYSTEM, **details)
    assert (type(person), is_new, is_new_again) == (kind, True, False)
    assert again == person


def test_a_party_of_another_organizations_domain_is_a_contact(account: Account) -> None:
    EmailDomain.objects.create(organization=AccountFactory.create().organization, name="theirs.example")
    details = {"full_name": "Alex", "email": "alex@theirs.example", "language": "en"}
    person, _is_new = services.upsert_party(account=account, actor=SYSTEM, **details)
    assert isinstance(person, Contact)
