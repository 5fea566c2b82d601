from __future__ import annotations

from typing import TYPE_CHECKING

from tests.factories import AccountFactory

if TYPE_CHECKING:
    from django.test import Client

    from billabex.organizations.models import Organization


def test_overview_of_new_account_says_what_will_appear(member_client: Client, organization: Organization) -> None:
    account = AccountFactory.create(organization=organization, name="Acme SAS")

    page = member_client.get(account.get_absolute_url())

    assert page.status_code == 200
    assert "Nothing has happened yet" in page.text
    assert page.text.count("<h1") == 1


def test_overview_of_another_tenant_is_not_found(outsider_client: Client, organization: Organization) -> None:
    account = AccountFactory.create(organization=organization)

    assert outsider_client.get(account.get_absolute_url()).status_code == 404
