"""What would leave in the weeks to come, as a browser sees it. Source: issue 4, "Explain"."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from billabex.agent import simulating
from billabex.agent.cycle import plan_organization
from billabex.core import clock
from tests.agent.scenes import at, customer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from billabex.organizations.models import Organization

NOW = at("03-17")
PAGE = reverse("communications:upcoming")
QUERIES = 21
"""Those of the session and the member, one that bounds the accounts, and the facts of all of them."""


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with clock.stopped_at(NOW):
        yield


def planned(organization: Organization, *names: str) -> None:
    for name in names:
        customer(organization, "03-16", name=name)
    plan_organization(organization, now=NOW)


def test_page_names_the_messages_and_counts_them_by_week(member_client: Client, organization: Organization) -> None:
    planned(organization, "Acme")
    page = member_client.get(PAGE).text
    assert "Acme" in page
    assert "Follow-up #1, courteous" in page
    assert "Follow-up #2, courteous" in page
    assert "Mar 16, 2026" in page  # the Monday of the first week
    assert "May 16, 2026" in page  # the last day looked at
    assert "are looked at" not in page


def test_page_says_when_it_looks_at_some_accounts_only(
    member_client: Client, organization: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned(organization, "Acme", "Globex", "Initech")
    monkeypatch.setattr(simulating, "EXAMINED", 2)
    assert "Only the 2 accounts that it turns to next are looked at, of 3." in member_client.get(PAGE).text


def test_page_without_anything_to_come_says_so(member_client: Client, organization: Organization) -> None:
    customer(organization)
    assert "No message in the next 60 days" in member_client.get(PAGE).text


def test_page_leads_there_from_the_list(member_client: Client) -> None:
    assert f'href="{PAGE}"' in member_client.get(reverse("communications:list")).text


@pytest.mark.parametrize("count", [1, 3])
def test_page_takes_as_many_queries_for_any_number_of_accounts(
    member_client: Client, organization: Organization, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    planned(organization, *[f"Customer {n}" for n in range(count)])
    with django_assert_num_queries(QUERIES):
        assert member_client.get(PAGE).text.count("Follow-up #1, courteous</td>") == count
