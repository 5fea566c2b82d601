"""People speak any language; messages are written in seven. Source: docs/decisions/019; seed 004, "Language"."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils.translation import override

from billabex.organizations.enums import MessageLanguage
from contacts.languages import form_choices, language_choices, written_language
from contacts.models import Contact
from tests.factories import AccountFactory, ContactFactory, InternalRepresentativeFactory

if TYPE_CHECKING:
    from django.test import Client

    from accounts.models import Account
    from billabex.organizations.models import Organization

CODES = [code for code, _name in language_choices()]


@pytest.fixture
def account(organization: Organization) -> Account:
    account: Account = AccountFactory.create(organization=organization)
    return account


def test_every_language_of_iso_639_1_is_known_by_name_the_seven_first() -> None:
    assert len(CODES) == len(set(CODES)) == 184
    assert CODES[:7] == MessageLanguage.values
    assert {"pl", "ja", "zh", "ar", "sv", "uk"} < set(CODES)
    with override("fr"):
        assert dict(language_choices())["pl"] == "Polonais"


@pytest.mark.parametrize(("wanted", "written"), [("de", "de"), ("pl", "fr"), ("", "fr"), ("EN", "fr")])
def test_what_is_not_written_is_written_in_another(wanted: str, written: str) -> None:
    assert written_language(wanted, "fr") == written


def test_a_form_offers_the_seven_and_the_persons_own() -> None:
    seven = language_choices()[:7]
    assert form_choices("de") == form_choices("") == form_choices("xx") == seven
    assert form_choices("pl") == [*seven, ("pl", "Polish (the agent writes in another language)")]


@pytest.mark.parametrize(
    ("factory", "page"), [(ContactFactory, "edit"), (InternalRepresentativeFactory, "edit-representative")]
)
def test_another_language_survives_an_edit_in_the_page(
    member_client: Client, account: Account, factory: type[ContactFactory], page: str
) -> None:
    person = factory.create(account=account, language="pl")
    address = reverse(f"contacts:{page}", args=[account.pk, person.pk])
    form = member_client.get(address).context["form"]

    answer = member_client.post(address, {**form.initial, "role": "CFO"})

    person.refresh_from_db()
    assert answer.status_code == 302
    assert (person.language, person.role) == ("pl", "CFO")
    assert "Polish" in member_client.get(reverse("accounts:details-tab", args=[account.pk])).text


def test_another_language_cannot_be_chosen_in_the_page(member_client: Client, account: Account) -> None:
    contact = ContactFactory.create(account=account, language="pl")
    given = {"full_name": "Jane", "language": "sv"}
    for address in (
        reverse("contacts:add", args=[account.pk]),
        reverse("contacts:edit", args=[account.pk, contact.pk]),
    ):
        assert list(member_client.post(address, given).context["form"].errors) == ["language"]
    assert list(Contact.objects.values_list("language", flat=True)) == ["pl"]
