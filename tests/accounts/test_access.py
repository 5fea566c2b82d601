"""Who may see an account's pages, and who may write there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from accounts.models import Account
from tests.accounts.pages import ACME, url
from tests.factories import NoteFactory, TagFactory

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.usefixtures("monday")

PAGES = ("detail", "details-tab", "edit", "pause", "status", "delete")
WRITES = ("edit", "pause", "resume", "owner", "status", "delete", "add-note", "add-tag")


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_for_members_of_the_organization(
    client: Client, outsider_client: Client, account: Account, name: str
) -> None:
    assert client.get(url(name, account)).headers["Location"].startswith("/sign-in/")
    assert outsider_client.get(url(name, account)).status_code == 404


@pytest.mark.parametrize("name", WRITES)
def test_writes_are_for_members_who_may(
    client: Client, outsider_client: Client, read_only_client: Client, account: Account, name: str
) -> None:
    assert client.post(url(name, account)).headers["Location"].startswith("/sign-in/")
    assert outsider_client.post(url(name, account)).status_code == 404
    assert read_only_client.post(url(name, account)).status_code == 403


def test_adding_and_removing_are_for_members_who_may(
    outsider_client: Client, read_only_client: Client, account: Account
) -> None:
    tag = TagFactory.create(organization=account.organization)
    account.tags.add(tag)

    assert read_only_client.post(reverse("accounts:add"), ACME).status_code == 403
    assert read_only_client.post(url("remove-tag", account, tag.pk)).status_code == 403
    assert outsider_client.post(url("remove-tag", account, tag.pk)).status_code == 404
    assert account.tags.exists()


@pytest.mark.parametrize("name", ["detail", "details-tab"])
def test_read_only_member_sees_no_way_to_write(read_only_client: Client, account: Account, name: str) -> None:
    NoteFactory.create(account=account)
    account.tags.add(TagFactory.create(organization=account.organization, name="VIP"))

    page = read_only_client.get(url(name, account)).text

    main = page[page.index("<main") :]
    assert "<form" not in main
    assert "Options" not in main
    assert url("edit", account) not in main


def test_account_that_is_no_more_is_not_found(member_client: Client, account: Account) -> None:
    gone = account.get_absolute_url()
    Account.objects.filter(pk=account.pk).delete()

    assert member_client.get(gone).status_code == 404
