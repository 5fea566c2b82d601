"""Adding an account, editing it, and what people attach to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from accounts.models import Account
from tests.accounts.pages import ACME, errors, url
from tests.factories import InvoiceFactory

if TYPE_CHECKING:
    from django.test import Client

    from billabex.organizations.models import Organization

pytestmark = pytest.mark.usefixtures("monday")


def test_add_creates_the_account_and_opens_it(member_client: Client, organization: Organization) -> None:
    form = member_client.get(reverse("accounts:add")).context["form"]
    assert (form["currency"].value(), form["country"].value()) == ("EUR", "FR")

    answer = member_client.post(reverse("accounts:add"), ACME | {"vat_number": "de 123 456 789"}, follow=True)

    account = Account.objects.get(organization=organization)
    assert answer.redirect_chain == [(account.get_absolute_url(), 302)]
    assert "Acme GmbH was added." in answer.text
    assert (account.name, account.city, account.country) == ("Acme GmbH", "Köln", "DE")
    assert account.vat_number == "DE123456789"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": "  "}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"currency": "XXZ"}, "currency"),
        ({"country": "ZZ"}, "country"),
        ({"language": "xx"}, "language"),
    ],
)
def test_add_says_what_is_wrong_beside_its_field(
    member_client: Client, organization: Organization, given: dict[str, str], field: str
) -> None:
    page = member_client.post(reverse("accounts:add"), ACME | given)

    assert page.status_code == 422
    assert list(errors(page)) == [field]
    assert f'id="id_{field}_error"' in page.text
    assert 'value="Köln"' in page.text
    assert not Account.objects.exists()


def test_edit_saves_and_returns_to_details(member_client: Client, account: Account) -> None:
    page = member_client.get(url("edit", account))
    assert 'value="Acme SAS"' in page.text

    answer = member_client.post(url("edit", account), ACME | {"street": "Domstraße 1", "currency": "CHF"})

    account.refresh_from_db()
    assert answer.headers["Location"] == url("details-tab", account)
    assert (account.name, account.street, account.currency) == ("Acme GmbH", "Domstraße 1", "CHF")


def test_edit_with_documents_keeps_the_currency(member_client: Client, account: Account) -> None:
    InvoiceFactory.create(account=account)

    page = member_client.get(url("edit", account))
    member_client.post(url("edit", account), ACME | {"currency": "CHF"})

    account.refresh_from_db()
    assert "Fixed, as the account has documents" in page.text
    assert (account.name, account.currency) == ("Acme GmbH", "EUR")


def test_edit_that_is_refused_keeps_the_old_name_in_the_header(member_client: Client, account: Account) -> None:
    page = member_client.post(url("edit", account), ACME | {"name": ""})

    assert page.status_code == 422
    assert "Acme SAS" in page.text
    assert 'value="Köln"' in page.text


def test_note_is_added(member_client: Client, account: Account) -> None:
    page = member_client.post(url("add-note", account), {"text": "Pays on the 10th."}, follow=True)

    assert page.redirect_chain == [(url("details-tab", account), 302)]
    assert "Pays on the 10th." in page.text
    assert "Max Member" in page.text


def test_empty_note_is_refused_beside_its_field(member_client: Client, account: Account) -> None:
    page = member_client.post(url("add-note", account), {"text": " "})

    assert page.status_code == 422
    assert 'id="note_text_error"' in page.text
    assert not account.notes.exists()


def test_tag_is_added_and_removed(member_client: Client, account: Account) -> None:
    page = member_client.post(url("add-tag", account), {"name": "VIP"}, follow=True)
    assert "Remove the tag VIP" in page.text

    [tag] = account.tags.all()
    page = member_client.post(url("remove-tag", account, tag.pk), follow=True)
    assert "Remove the tag VIP" not in page.text


@pytest.mark.parametrize("name", ["", " ", "x" * 41])
def test_tag_that_cannot_be_is_refused_beside_its_field(member_client: Client, account: Account, name: str) -> None:
    page = member_client.post(url("add-tag", account), {"name": name})

    assert page.status_code == 422
    assert 'id="tag_name_error"' in page.text
    assert not account.tags.exists()
