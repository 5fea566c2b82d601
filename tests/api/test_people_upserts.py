"""Upserts and parties in the API. Source: api.md 4; seed 004, "Using Upsert for Sync", "The Party Concept"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from billabex.organizations.models import EmailDomain
from contacts.models import Contact, InternalRepresentative
from tests.factories import AccountFactory, ContactFactory, InternalRepresentativeFactory

if TYPE_CHECKING:
    from accounts.models import Account
    from billabex.organizations.models import Organization
    from tests.api.conftest import Program

JANE = {"fullName": "Jane Doe", "language": "en", "email": "jane@acme.com"}


@pytest.fixture
def account(organization: Organization) -> Account:
    EmailDomain.objects.create(organization=organization, name="yourcompany.com")
    account: Account = AccountFactory.create(organization=organization)
    return account


KINDS = pytest.mark.parametrize(
    ("path", "factory"),
    [("contacts", ContactFactory), ("internal-representatives", InternalRepresentativeFactory)],
)


@KINDS
def test_nobody_known_is_created(program: Program, account: Account, path: str, factory: Any) -> None:
    answer = program.put(f"/accounts/{account.pk}/{path}/upsert", JANE)
    assert answer.status_code == 201
    assert answer.json() == program.get(f"/accounts/{account.pk}/{path}/{answer.json()['id']}").json()
    assert "type" not in answer.json()


@KINDS
def test_whom_the_address_means_is_changed_in_what_is_given(
    program: Program, account: Account, path: str, factory: Any
) -> None:
    known = factory.create(account=account, full_name="Jane Doe", email="jane@acme.com", language="de", notes="Mondays")
    answer = program.put(f"/accounts/{account.pk}/{path}/upsert", {"email": "JANE@ACME.COM", "role": "CFO"})
    assert answer.status_code == 200
    shown = answer.json()
    assert (shown["id"], shown["role"], shown["notes"]) == (str(known.pk), "CFO", "Mondays")
    assert (shown["fullName"], shown["language"]) == ("Jane Doe", "de")


@KINDS
def test_whom_the_name_means_is_changed(program: Program, account: Account, path: str, factory: Any) -> None:
    known = factory.create(account=account, full_name="Jonathan Smith", email="")
    given = {"fullName": "jonathan smyth", "email": "jonathan@acme.com"}
    answer = program.put(f"/accounts/{account.pk}/{path}/upsert", given)
    assert answer.status_code == 200
    shown = answer.json()
    assert (shown["id"], shown["fullName"]) == (str(known.pk), "jonathan smyth")
    assert shown["email"] == {"address": "jonathan@acme.com", "status": "Valid"}


def test_the_nearest_name_wins_then_the_oldest(program: Program, account: Account) -> None:
    upsert = f"/accounts/{account.pk}/contacts/upsert"
    older = ContactFactory.create(account=account, full_name="Jonathan Smyth", email="")
    ContactFactory.create(account=account, full_name="Jonathan Smitt", email="")
    assert program.put(upsert, {"fullName": "Jonathan Smith", "role": "CFO"}).json()["id"] == str(older.pk)
    nearest = ContactFactory.create(account=account, full_name="Jonathan Snith", email="")
    assert program.put(upsert, {"fullName": "Jonathan Snath"}).json()["id"] == str(nearest.pk)


def test_somebody_new_needs_a_name_and_a_language(program: Program, account: Account) -> None:
    for path in ("contacts", "internal-representatives", "party"):
        for given, missing in (
            ({}, {"fullName", "language"}),
            ({"email": "new@yourcompany.com", "fullName": "Zoe"}, {"language"}),
            ({"email": "new@acme.com", "language": "fr"}, {"fullName"}),
        ):
            answer = program.put(f"/accounts/{account.pk}/{path}/upsert", given)
            assert answer.status_code == 400
            assert {one["field"] for one in answer.json()["details"]} == missing
            assert answer.json()["code"] == "app-contacts.person.incomplete"
    assert not Contact.objects.exists()


def test_upsert_of_a_primary_clears_the_other(program: Program, account: Account) -> None:
    first = ContactFactory.create(account=account, is_primary=True)
    program.put(f"/accounts/{account.pk}/contacts/upsert", JANE | {"isPrimary": True})
    first.refresh_from_db()
    assert (first.is_primary, Contact.objects.filter(account=account, is_primary=True).count()) == (False, 1)


def test_the_same_upsert_twice_makes_one_person(program: Program, account: Account) -> None:
    answers = [program.put(f"/accounts/{account.pk}/contacts/upsert", JANE) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 200]
    assert answers[0].json() == answers[1].json()


@KINDS
def test_null_leaves_flags_as_they_are_and_takes_the_address_away(
    program: Program, account: Account, path: str, factory: Any
) -> None:
    """As the loop of seed 004 sends it, where the CRM says nothing."""
    factory.create(account=account, full_name="Jane Doe", email="jane@acme.com", is_primary=True)
    answer = program.put(f"/accounts/{account.pk}/{path}/upsert", JANE | {"email": None, "isPrimary": None})
    assert answer.status_code == 200
    assert (answer.json()["email"], answer.json()["isPrimary"]) == (None, True)


def test_a_party_answers_whatever_a_contact_answers(program: Program, account: Account) -> None:
    contact = ContactFactory.create(account=account, full_name="Jane Doe", do_not_contact=True)
    shown = program.get(f"/accounts/{account.pk}/contacts/{contact.pk}").json()
    answer = program.put(f"/accounts/{account.pk}/party/upsert", {"fullName": "Jane Doe"})
    assert answer.json() == shown | {"type": "Contact"}
    assert (shown["doNotContact"], shown["copyOnly"]) == (True, False)


def test_unknown_people_of_a_known_name_elsewhere_are_new(program: Program, account: Account) -> None:
    ContactFactory.create(account__organization=account.organization, full_name="Jane Doe", email="jane@acme.com")
    assert program.put(f"/accounts/{account.pk}/contacts/upsert", JANE).status_code == 201


@pytest.mark.parametrize(
    ("email", "kind"),
    [
        ("alex@yourcompany.com", "InternalRepresentative"),
        ("ALEX@YOURCOMPANY.COM", "InternalRepresentative"),
        ("alex@mail.yourcompany.com", "InternalRepresentative"),
        ("alex@notyourcompany.com", "Contact"),
        ("john@customerdomain.com", "Contact"),
        (None, "Contact"),
    ],
)
def test_a_party_is_told_by_its_domain(program: Program, account: Account, email: str | None, kind: str) -> None:
    upsert = f"/accounts/{account.pk}/party/upsert"
    created, updated = program.put(upsert, JANE | {"email": email}), program.put(upsert, {"fullName": "Jane Doe"})
    assert (created.status_code, created.json()["type"]) == (201, kind)
    model = InternalRepresentative if kind == "InternalRepresentative" else Contact
    assert str(model.objects.get().pk) == created.json()["id"]
    if kind == "Contact":
        assert (updated.status_code, updated.json()) == (200, created.json())


def test_a_party_without_an_address_is_a_contact(program: Program, account: Account) -> None:
    InternalRepresentativeFactory.create(account=account, full_name="Jane Doe")
    answer = program.put(f"/accounts/{account.pk}/party/upsert", {"fullName": "Jane Doe", "language": "en"})
    assert (answer.status_code, answer.json()["type"]) == (201, "Contact")


def test_a_party_that_is_known_is_changed_in_what_is_given(program: Program, account: Account) -> None:
    known = InternalRepresentativeFactory.create(account=account, email="alex@yourcompany.com", language="it")
    answer = program.put(f"/accounts/{account.pk}/party/upsert", {"email": "Alex@yourcompany.com", "role": "Sales"})
    assert answer.status_code == 200
    shown = answer.json()
    assert (shown["id"], shown["type"]) == (str(known.pk), "InternalRepresentative")
    assert (shown["language"], shown["role"]) == ("it", "Sales")
