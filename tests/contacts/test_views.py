"""The forms about an account's people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from contacts.enums import EmailStatus
from contacts.models import Contact, InternalRepresentative
from tests.factories import AccountFactory, ContactFactory, InternalRepresentativeFactory

if TYPE_CHECKING:
    from django.test import Client

    from accounts.models import Account
    from billabex.organizations.models import Organization

JANE = {"full_name": "Jane Doe", "email": "jane@acme.example", "language": "en"}


@pytest.fixture
def account(organization: Organization) -> Account:
    return AccountFactory.create(organization=organization, name="Acme SAS", language="fr")


def url(name: str, account: Account, person: Contact | InternalRepresentative | None = None) -> str:
    return reverse(f"contacts:{name}", args=[account.pk, person.pk] if person else [account.pk])


def fields(response: Any) -> dict[str, list[str]]:
    return dict(response.context["form"].errors)


@pytest.mark.parametrize(("name", "model"), [("add", Contact), ("add-representative", InternalRepresentative)])
def test_first_person_comes_ticked_as_primary_and_in_the_accounts_language(
    member_client: Client, account: Account, name: str, model: type[Contact | InternalRepresentative]
) -> None:
    form = member_client.get(url(name, account)).context["form"]
    assert (form["is_primary"].value(), form["language"].value()) == (True, "fr")

    answer = member_client.post(url(name, account), JANE | {"is_primary": "on"})

    assert answer.headers["Location"] == reverse("accounts:details-tab", args=[account.pk])
    assert model.objects.get(account=account).is_primary


def test_second_contact_is_not_ticked(member_client: Client, account: Account) -> None:
    ContactFactory.create(account=account)

    page = member_client.get(url("add", account))

    assert not page.context["form"]["is_primary"].value()
    assert "The name may be the part before the @" in page.text


def test_contact_of_whom_only_the_email_is_known_takes_its_name(member_client: Client, account: Account) -> None:
    member_client.post(url("add", account), JANE | {"full_name": "", "email": "compta@acme.example"})

    assert Contact.objects.get().full_name == "compta"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"full_name": "", "email": ""}, "full_name"),
        ({"full_name": "", "email": "nonsense"}, "email"),
        ({"email": "jane@"}, "email"),
        ({"language": "xx"}, "language"),
        ({"full_name": "x" * 201}, "full_name"),
    ],
)
def test_bad_input_is_said_beside_its_field_and_nothing_stored(
    member_client: Client, account: Account, given: dict[str, str], field: str
) -> None:
    page = member_client.post(url("add", account), JANE | given)

    assert page.status_code == 422
    assert list(fields(page)) == [field]
    assert f'id="id_{field}_error"' in page.text
    assert not Contact.objects.exists()


def test_taken_email_is_said_beside_the_email(member_client: Client, account: Account) -> None:
    ContactFactory.create(account=account, email="JANE@acme.example")

    page = member_client.post(url("add", account), JANE | {"role": "CFO"})

    assert page.status_code == 422
    assert fields(page) == {"email": ["This account already has a contact with that email address."]}
    assert 'value="CFO"' in page.text
    assert Contact.objects.count() == 1


def test_edit_saves_every_field(member_client: Client, account: Account) -> None:
    contact = ContactFactory.create(account=account, is_primary=True)
    changed = {"role": "CFO", "notes": "On Mondays", "do_not_contact": "on", "copy_only": "on", "language": "de"}

    member_client.post(url("edit", account, contact), JANE | changed)

    contact.refresh_from_db()
    assert (contact.full_name, contact.role, contact.notes, contact.language) == ("Jane Doe", "CFO", "On Mondays", "de")
    assert (contact.is_primary, contact.do_not_contact, contact.copy_only) == (False, True, True)


@pytest.mark.parametrize(
    ("status", "became"), [(EmailStatus.BOUNCED, "bounced"), (EmailStatus.COMPLAINED, "been reported as spam")]
)
def test_edit_of_a_contact_who_cannot_be_written_to_warns(
    member_client: Client, account: Account, status: EmailStatus, became: str
) -> None:
    contact = ContactFactory.create(account=account, email_status=status)

    assert f"Messages to this address have {became}" in member_client.get(url("edit", account, contact)).text


def test_edit_representative_has_no_switches_of_contacts(member_client: Client, account: Account) -> None:
    person = InternalRepresentativeFactory.create(account=account)

    page = member_client.get(url("edit-representative", account, person))
    member_client.post(url("edit-representative", account, person), JANE)

    person.refresh_from_db()
    assert "do_not_contact" not in page.text
    assert person.full_name == "Jane Doe"


def test_representative_with_a_taken_email_is_refused(member_client: Client, account: Account) -> None:
    InternalRepresentativeFactory.create(account=account, email="jane@acme.example")

    assert list(fields(member_client.post(url("add-representative", account), JANE))) == ["email"]


def test_delete_asks_first_then_deletes(member_client: Client, account: Account) -> None:
    contact = ContactFactory.create(account=account, full_name="Jane Doe")

    page = member_client.get(url("delete", account, contact))
    assert "data-modal-open" in page.text
    assert Contact.objects.exists()

    answer = member_client.post(url("delete", account, contact), follow=True)
    assert "Jane Doe was deleted." in answer.text
    assert not Contact.objects.exists()


def test_delete_representative_asks_first_then_deletes(member_client: Client, account: Account) -> None:
    person = InternalRepresentativeFactory.create(account=account)

    assert "data-modal-open" in member_client.get(url("delete-representative", account, person)).text
    member_client.post(url("delete-representative", account, person))

    assert not InternalRepresentative.objects.exists()


def addresses(account: Account) -> list[str]:
    contact = ContactFactory.create(account=account)
    person = InternalRepresentativeFactory.create(account=account)
    return [
        url("add", account),
        url("edit", account, contact),
        url("delete", account, contact),
        url("add-representative", account),
        url("edit-representative", account, person),
        url("delete-representative", account, person),
    ]


def test_other_tenant_finds_nothing(outsider_client: Client, account: Account) -> None:
    for address in addresses(account):
        assert outsider_client.get(address).status_code == 404
        assert outsider_client.post(address, JANE).status_code == 404
    assert (Contact.objects.count(), InternalRepresentative.objects.count()) == (1, 1)


def test_person_of_another_account_is_not_found(member_client: Client, account: Account) -> None:
    elsewhere = AccountFactory.create(organization=account.organization)

    assert member_client.get(url("edit", elsewhere, ContactFactory.create(account=account))).status_code == 404
    person = InternalRepresentativeFactory.create(account=account)
    assert member_client.post(url("delete-representative", elsewhere, person)).status_code == 404


def test_read_only_member_may_not_write(read_only_client: Client, account: Account) -> None:
    for address in addresses(account):
        assert read_only_client.post(address, JANE).status_code == 403
    assert "Add contact" not in read_only_client.get(reverse("accounts:details-tab", args=[account.pk])).text


def test_stranger_is_asked_to_sign_in(client: Client, account: Account) -> None:
    for address in addresses(account):
        assert client.get(address).headers["Location"].startswith("/sign-in/")


def test_account_shows_its_people(member_client: Client, account: Account) -> None:
    ContactFactory.create(account=account, full_name="Jane Doe", copy_only=True)
    ContactFactory.create(account=account, full_name="John Roe", do_not_contact=True)
    InternalRepresentativeFactory.create(account=account, full_name="Paul Martin")

    page = member_client.get(reverse("accounts:details-tab", args=[account.pk])).text

    for words in ("Jane Doe", "Copy only", "John Roe", "Do not contact", "Paul Martin"):
        assert words in page


def test_account_without_people_says_what_to_do(member_client: Client, account: Account) -> None:
    page = member_client.get(account.get_absolute_url()).text

    assert "No contact yet" in page
    assert url("add", account) in page


def test_account_tells_what_became_of_its_people(member_client: Client, account: Account) -> None:
    member_client.post(url("add", account), JANE)

    page = member_client.get(account.get_absolute_url()).text

    assert "Contact added" in page
    assert "Jane Doe · Max Member" in page
