"""Organizations in the API. Source: api.md 3; product.md 8."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from billabex.core.ids import new_id
from billabex.core.models import AuditEntry
from billabex.organizations.models import EmailDomain, Organization
from tests.factories import MembershipFactory, OrganizationFactory

if TYPE_CHECKING:
    from collections.abc import Callable

    from billabex.organizations.models import Membership
    from tests.api.conftest import Program

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@pytest.fixture
def address(organization: Organization) -> str:
    return f"/organizations/{organization.pk}"


def fields(answer: Any) -> dict[str, str]:
    """Return what a 400 says by field."""
    assert answer.status_code == 400
    return {one["field"]: one["message"] for one in answer.json()["details"]}


def test_an_organization_is_answered_with_all_its_settings(
    program: Program, organization: Organization, address: str
) -> None:
    for name in ("second.example", "atelier.example"):
        EmailDomain.objects.create(organization=organization, name=name)
    Organization.objects.filter(pk=organization.pk).update(
        default_language="fr",
        reply_to="billing@atelier.example",
        iban="FR7630006000011234567890189",
        sends_from=time(8, 30),
        created_at=AT,
        updated_at=AT,
    )
    answer = program.get(address)
    assert answer.status_code == 200
    assert answer.json() == {
        "id": str(organization.pk),
        "name": "Atelier Nord",
        "domains": ["atelier.example", "second.example"],
        "country": "FR",
        "region": None,
        "timeZone": "Europe/Paris",
        "currency": "EUR",
        "defaultLanguage": "fr",
        "paymentTermsDays": 30,
        "registrationNumber": None,
        "vatNumber": None,
        "agent": {
            "name": "Alix",
            "signature": None,
            "replyTo": "billing@atelier.example",
            "extraDelayDays": 0,
            "entrustsNewAccounts": True,
            "sendsFrom": "08:30",
            "sendsUntil": "18:00",
            "sendsLetters": False,
            "mentionsInterest": False,
            "mentionsFixedSum": False,
        },
        "payment": {"accountHolder": None, "iban": "FR7630006000011234567890189", "bic": None, "link": None},
        "createdAt": "2026-11-22T09:30:00Z",
        "updatedAt": "2026-11-22T09:30:00Z",
    }


def test_the_list_has_the_organizations_of_the_tokens_user_by_name(program: Program, owner: Membership) -> None:
    OrganizationFactory.create(name="Another")
    for name in ("Zeta", "beta"):
        MembershipFactory.create(user=owner.user, organization__name=name)
    first = program.get("/organizations", first=2).json()
    second = program.get("/organizations", first=2, after=first["pageInfo"]["endCursor"]).json()
    assert [one["name"] for one in first["nodes"] + second["nodes"]] == ["Atelier Nord", "beta", "Zeta"]
    assert second["pageInfo"]["endCursor"] is None
    latest = program.get("/organizations", sort="-createdAt", first=1).json()
    assert latest["nodes"] == [program.get(f"/organizations/{latest['nodes'][0]['id']}").json()]
    assert latest["nodes"][0]["name"] == "beta"


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_with_one_and_three(program: Program, owner: Membership, rows: int) -> None:
    for _ in range(rows - 1):
        EmailDomain.objects.create(
            organization=MembershipFactory.create(user=owner.user).organization, name="a.example"
        )
    with CaptureQueriesContext(connection) as queries:
        assert len(program.get("/organizations").json()["nodes"]) == rows
    assert len(queries) == 2


CHANGES: dict[str, Any] = {
    "name": "Atelier du Nord",
    "domains": ["Atelier.example", "@mail.nord.example"],
    "country": "de",
    "region": "BY",
    "timeZone": "Europe/Berlin",
    "currency": "chf",
    "defaultLanguage": "de",
    "paymentTermsDays": 45,
    "registrationNumber": "732 829 320",
    "vatNumber": "FR 44 732829320",
    "agent": {
        "name": "Robin",
        "signature": "Accounts team",
        "replyTo": "billing@atelier.example",
        "extraDelayDays": 2,
        "entrustsNewAccounts": False,
        "sendsFrom": "08:00",
        "sendsUntil": "17:30",
        "sendsLetters": True,
        "mentionsInterest": True,
        "mentionsFixedSum": True,
    },
    "payment": {
        "accountHolder": "Atelier Nord SAS",
        "iban": "FR76 3000 6000 0112 3456 7890 189",
        "bic": "AGRIFRPP",
        "link": "https://pay.example/nord",
    },
}


def test_every_setting_can_be_changed(program: Program, address: str) -> None:
    before = program.get(address).json()
    answer = program.patch(address, CHANGES)
    assert answer.status_code == 200
    after = answer.json()
    assert after == program.get(address).json()
    kept = {"id", "createdAt"}
    assert before.keys() == CHANGES.keys() | kept | {"updatedAt"}
    tidied = {
        "domains": ["atelier.example", "mail.nord.example"],
        "country": "DE",
        "currency": "CHF",
        "registrationNumber": "732829320",
        "vatNumber": "FR44732829320",
        "payment": CHANGES["payment"] | {"iban": "FR7630006000011234567890189"},
    }
    assert after == CHANGES | tidied | {name: before[name] for name in kept} | {"updatedAt": after["updatedAt"]}


def test_only_what_is_given_changes_also_within_the_agent(
    program: Program, owner: Membership, organization: Organization, address: str
) -> None:
    EmailDomain.objects.create(organization=organization, name="atelier.example")
    before = program.get(address).json()
    after = program.patch(address, {"agent": {"extraDelayDays": 3}}).json()
    agent = before["agent"] | {"extraDelayDays": 3}
    assert after == before | {"agent": agent, "updatedAt": after["updatedAt"]}
    entry = AuditEntry.objects.get(action="organization.settings-changed")
    assert (entry.actor_kind, entry.actor_id) == ("api_client", owner.user.pk)
    assert entry.changes == {"extra_delay_days": {"from": 0, "to": 3}}


def test_null_takes_away_what_may_be_missing(program: Program, organization: Organization, address: str) -> None:
    Organization.objects.filter(pk=organization.pk).update(bic="AGRIFRPP", reply_to="a@b.example")
    after = program.patch(address, {"agent": {"replyTo": None}, "payment": {"bic": None}}).json()
    assert (after["agent"]["replyTo"], after["payment"]["bic"]) == (None, None)


def test_domains_are_replaced_and_those_that_stay_are_left_alone(
    program: Program, organization: Organization, address: str
) -> None:
    stays = EmailDomain.objects.create(organization=organization, name="stays.example")
    EmailDomain.objects.create(organization=organization, name="goes.example")
    given = ["new.example", "someone@Stays.example", "NEW.example"]
    assert program.patch(address, {"domains": given}).json()["domains"] == ["new.example", "stays.example"]
    assert organization.domains.filter(pk=stays.pk).exists()
    assert program.patch(address, {"domains": []}).json()["domains"] == []


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": " "}, "name"),
        ({"domains": ["fine.example", "no domain"]}, "domains.1"),
        ({"domains": ["gmail.com"]}, "domains.0"),
        ({"domains": "atelier.example"}, "domains"),
        ({"domains": None}, "domains"),
        ({"country": "XX"}, "country"),
        ({"country": None}, "country"),
        ({"region": "Moon"}, "region"),
        ({"timeZone": "Mars/Olympus"}, "timeZone"),
        ({"currency": "EURO"}, "currency"),
        ({"defaultLanguage": "pl"}, "defaultLanguage"),
        ({"paymentTermsDays": 366}, "paymentTermsDays"),
        ({"paymentTermsDays": "30"}, "paymentTermsDays"),
        ({"slug": "nord"}, "slug"),
        ({"agent": None}, "agent"),
        ({"agent": {"name": ""}}, "agent.name"),
        ({"agent": {"replyTo": "nord"}}, "agent.replyTo"),
        ({"agent": {"extraDelayDays": 91}}, "agent.extraDelayDays"),
        ({"agent": {"sendsFrom": "9 am"}}, "agent.sendsFrom"),
        ({"agent": {"sendsFrom": 9}}, "agent.sendsFrom"),
        ({"agent": {"sendsFrom": "9:00"}}, "agent.sendsFrom"),
        ({"agent": {"sendsUntil": "24:00"}}, "agent.sendsUntil"),
        ({"agent": {"sendsFrom": "18:00"}}, "agent.sendsUntil"),
        ({"agent": {"mood": "good"}}, "agent.mood"),
        ({"payment": {"iban": "FR7630006000011234567890188"}}, "payment.iban"),
        ({"payment": {"bic": "BANK"}}, "payment.bic"),
        ({"payment": {"link": "pay here"}}, "payment.link"),
    ],
)
def test_bad_settings_are_said_by_field_and_change_nothing(
    program: Program, address: str, given: dict[str, Any], field: str
) -> None:
    before = program.get(address).json()
    good = {} if field == "paymentTermsDays" else {"paymentTermsDays": 60}
    assert list(fields(program.patch(address, good | given))) == [field]
    assert program.get(address).json() == before


@pytest.mark.parametrize("role", ["member", "read_only_member"])
def test_only_owners_change_settings_and_everybody_reads(
    request: pytest.FixtureRequest, api: Callable[..., Program], address: str, role: str
) -> None:
    program = api(request.getfixturevalue(role))
    assert program.get(address).status_code == 200
    refused = program.patch(address, {"paymentTermsDays": 45})
    assert (refused.status_code, refused.json()["code"]) == (403, "app-api.member.not-owner")


def test_an_organization_of_others_is_as_one_that_is_not(
    api: Callable[..., Program], outsider: Membership, address: str
) -> None:
    program = api(outsider)
    for path in (address, f"/organizations/{new_id()}"):
        for answer in (program.get(path), program.patch(path, {"paymentTermsDays": 45})):
            assert (answer.status_code, answer.json()["code"]) == (404, "app-organizations.organization.not-found")


def test_scopes_decide(api: Callable[..., Program], owner: Membership, address: str) -> None:
    for scopes, statuses in (
        ("accounts:all", [403, 403, 403]),
        ("organizations:read", [200, 200, 403]),
        ("organizations:all", [200, 200, 200]),
    ):
        program = api(owner, scopes)
        answers = [program.get("/organizations"), program.get(address), program.patch(address, {"vatNumber": None})]
        assert [answer.status_code for answer in answers] == statuses


def test_a_token_may_what_its_user_may_at_that_moment(program: Program, owner: Membership, address: str) -> None:
    owner.role = "read_only"
    owner.save()
    assert (program.get(address).status_code, program.patch(address, {"vatNumber": None}).status_code) == (200, 403)
    owner.delete()
    for answer in (program.get(address), program.patch(address, {"vatNumber": None})):
        assert (answer.status_code, answer.json()["code"]) == (404, "app-organizations.organization.not-found")
    assert program.get("/organizations").json()["nodes"] == []
