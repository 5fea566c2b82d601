"""The settings' tab on which people see which programs act as them, and end it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from oauth2_provider.models import AccessToken, Grant, RefreshToken

from billabex.core.models import AuditEntry
from billabex.organizations import jobs
from billabex.organizations.credentials import credentials_of
from billabex.organizations.models import Application, PersonalAccessToken
from billabex.organizations.oauth.resources import is_resource, reaches
from tests.conftest import signed_in
from tests.factories import ApplicationFactory, PersonalAccessTokenFactory
from tests.organizations.oauth_client import Ledger, userinfo

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from billabex.organizations.models import Membership

pytestmark = pytest.mark.django_db

PAGE = "/settings/api/"


def test_the_tab_stands_among_the_others(member_client: Client) -> None:
    page = member_client.get(PAGE)
    assert page.status_code == 200
    assert re.search(r'href="/settings/api/"[^>]*aria-current="page"', page.text)
    assert "None yet. An application that you connect asks you first" in page.text


def test_a_stranger_signs_in_first(client: Client) -> None:
    assert client.get(PAGE)["Location"] == f"/sign-in/?next={PAGE}"


# --- Personal access tokens ---


@pytest.mark.parametrize("who", ["member", "read_only_member"])
def test_a_token_is_shown_once(who: str, request: pytest.FixtureRequest) -> None:
    member: Membership = request.getfixturevalue(who)
    browser = signed_in(member)
    made = browser.post(PAGE, {"name": "Import", "days": "30", "scopes": ["accounts:read", "tasks:all"]})
    secret = re.findall(r'value="(bbx_[\w-]+)"', made.text)[0]
    assert made.status_code == 200
    assert "no-store" in made["Cache-Control"]
    assert credentials_of(secret, now=timezone.now()).scopes == {"accounts:read", "tasks:all"}
    token = PersonalAccessToken.objects.get()
    assert token.user == member.user
    assert token.expires_at - token.created_at == timedelta(days=30)
    assert AuditEntry.objects.get().organization_id == member.organization_id
    again = browser.get(PAGE).text
    assert secret not in again
    assert f"{token.prefix}…" in again
    assert "Read, answer and cancel tasks" in again


@pytest.mark.parametrize(
    "given",
    [
        {"name": "", "days": "30", "scopes": ["accounts:read"]},
        {"name": "Import", "days": "31", "scopes": ["accounts:read"]},
        {"name": "Import", "days": "30"},
        {"name": "Import", "days": "30", "scopes": ["accounts:write"]},
    ],
    ids=str,
)
def test_a_token_that_cannot_be_is_refused_and_nothing_lost(given: dict[str, str], member_client: Client) -> None:
    page = member_client.post(PAGE, given)
    assert page.status_code == 422
    assert page.context["token_form"].errors
    assert not PersonalAccessToken.objects.exists()


def test_a_token_is_revoked_by_its_user_alone(
    member: Membership, member_client: Client, outsider_client: Client, owner_client: Client
) -> None:
    token = PersonalAccessTokenFactory.create(user=member.user)
    address = reverse("settings:revoke-token", args=[token.pk])
    assert outsider_client.post(address).status_code == owner_client.post(address).status_code == 404
    assert member_client.get(address).status_code == 405
    assert member_client.post(address)["Location"] == PAGE
    token.refresh_from_db()
    assert token.revoked_at
    assert "Nightly import" not in member_client.get(PAGE).context["tokens"]
    assert not member_client.get(PAGE).context["tokens"].exists()


def test_only_ones_own_and_living_tokens_are_listed(member: Membership, member_client: Client) -> None:
    now = timezone.now()
    mine = PersonalAccessTokenFactory.create(user=member.user)
    PersonalAccessTokenFactory.create()
    PersonalAccessTokenFactory.create(user=member.user, revoked_at=now)
    PersonalAccessTokenFactory.create(user=member.user, created_at=now - timedelta(days=2), expires_at=now)
    assert list(member_client.get(PAGE).context["tokens"]) == [mine]


# --- Connected applications ---


def test_a_connected_application_is_listed_and_disconnected(
    member: Membership, member_client: Client, outsider_client: Client
) -> None:
    ledger = Ledger.registered()
    tokens = ledger.tokens_from(member)
    unredeemed = ledger.code_from(member)
    page = member_client.get(PAGE).text
    assert "Ledger" in page
    assert "Read accounts, their contacts and balances" in page
    address = reverse("settings:disconnect", args=[Application.objects.get().pk])
    assert outsider_client.post(address).status_code == 404
    assert member_client.get(address).status_code == 405
    assert userinfo(tokens["access_token"]).status_code == 200
    assert member_client.post(address)["Location"] == PAGE
    assert userinfo(tokens["access_token"]).status_code == 401
    assert ledger.refreshes(tokens["refresh_token"]).status_code == 400
    assert ledger.redeems(unredeemed).status_code == 400
    assert not member_client.get(PAGE).context["connections"]
    entry = AuditEntry.objects.get(action="application.disconnected")
    assert (entry.organization_id, entry.actor_id) == (member.organization_id, member.user_id)


def test_disconnecting_leaves_other_peoples_connections(
    member: Membership, outsider: Membership, member_client: Client
) -> None:
    ledger = Ledger.registered()
    ledger.tokens_from(member)
    others = ledger.tokens_from(outsider)
    member_client.post(reverse("settings:disconnect", args=[Application.objects.get().pk]))
    assert userinfo(others["access_token"]).status_code == 200


def test_an_application_is_listed_once_with_all_it_may(member: Membership, member_client: Client) -> None:
    ledger = Ledger.registered()
    ledger.tokens_from(member, scope="accounts:read")
    ledger.tokens_from(member, scope="tasks:read")
    (connection,) = member_client.get(PAGE).context["connections"]
    assert connection.scopes == {"accounts:read", "tasks:read"}


def test_the_page_runs_as_few_queries_for_three_as_for_one(
    member: Membership, member_client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for more in (1, 2):
        for _one in range(more):
            Ledger.registered().tokens_from(member)
            PersonalAccessTokenFactory.create(user=member.user)
        with django_assert_num_queries(6):
            page = member_client.get(PAGE)
    assert len(page.context["connections"]) == len(page.context["tokens"]) == 3


# --- Cleaning ---


def test_what_is_over_is_forgotten(member: Membership) -> None:
    with time_machine.travel(timezone.now(), tick=False) as time:
        ledger = Ledger.registered()
        tokens = ledger.tokens_from(member, scope="accounts:read")
        ledger.code_from(member)
        jobs.forget()
        assert (Grant.objects.count(), AccessToken.objects.count(), RefreshToken.objects.count()) == (1, 1, 1)
        time.shift(timedelta(days=29))
        fresh = ledger.refreshes(tokens["refresh_token"])
        assert fresh.status_code == 200
        jobs.forget()
        assert not Grant.objects.exists()
        assert RefreshToken.objects.count() == 2  # the used one tells a thief
        time.shift(timedelta(days=32))
        jobs.forget()
        assert not AccessToken.objects.exists()
        assert not RefreshToken.objects.exists()
        assert Application.objects.count() == 1


def test_an_application_that_nobody_connects_is_forgotten(member: Membership) -> None:
    with time_machine.travel(timezone.now(), tick=False) as time:
        ApplicationFactory.create()
        time.shift(timedelta(days=89))
        used = Ledger.registered()
        jobs.forget()
        assert Application.objects.count() == 2
        time.shift(timedelta(days=89))
        used.tokens_from(member)
        jobs.forget()
        assert Application.objects.get().client_id == used.client_id
        time.shift(timedelta(days=2))
        jobs.forget()
        assert Application.objects.get().client_id == used.client_id


# --- Resources ---


@pytest.mark.parametrize(
    ("uri", "answer"),
    [
        ("http://testserver", True),
        ("http://testserver/", True),
        ("http://testserver/mcp", True),
        ("http://TESTSERVER/mcp/", True),
        ("https://testserver:8443/api/public/v1", True),
        ("http://testserver/mcp?x=1", False),
        ("http://testserver/mcp#x", False),
        ("http://user@testserver/mcp", False),
        ("http://testserver/other", False),
        ("ftp://testserver/mcp", False),
        ("//testserver/mcp", False),
        ("http://[::1/mcp", False),
        (None, False),
    ],
)
def test_a_resource_is_an_address_of_ours(uri: object, answer: bool) -> None:
    assert is_resource(uri) is answer


@pytest.mark.parametrize(
    ("resources", "path", "answer"),
    [
        ([], "/anything", True),
        (["https://b.example"], "/api/public/v1/accounts", True),
        (["https://b.example/mcp"], "/mcp", True),
        (["https://b.example/mcp/"], "/mcp", True),
        (["https://b.example/mcp"], "/mcp2", False),
        (["https://b.example/mcp"], "/api/public/v1/accounts", False),
        (["https://b.example/mcp", "https://b.example/api"], "/api/public/v1/accounts", True),
    ],
)
def test_a_token_opens_what_lies_below_its_resources(resources: list[str], path: str, answer: bool) -> None:
    assert reaches(resources, path) is answer
