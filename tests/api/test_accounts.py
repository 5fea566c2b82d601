"""Accounts in the API, one and all: what is said of them, and how lists are searched and sorted."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from accounts.enums import AccountStatus, FollowUpOwner
from accounts.models import Account
from billabex.agent.cycle import plan_accounts
from billabex.core import clock
from tests.factories import (
    AccountFactory,
    CommunicationFactory,
    ContactFactory,
    CreditNoteFactory,
    InvoiceFactory,
    PauseFactory,
    SourceFactory,
    TagFactory,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_django.fixtures import DjangoAssertNumQueries

    from billabex.organizations.models import Membership, Organization
    from tests.api.conftest import Program

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
ADDRESS = {"street": "1 High Street", "city": "Leeds", "postalCode": "LS1", "stateOrProvince": "York", "country": "GB"}


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with clock.stopped_at(NOON):
        yield


@pytest.fixture
def account(organization: Organization) -> Account:
    return AccountFactory.create(organization=organization, name="Acme SAS", match_key="acme")


def busy(organization: Organization, name: str) -> Account:
    """Return an account with something in every field."""
    account = AccountFactory.create(organization=organization, name=name)
    InvoiceFactory.create(account=account, issued_on=datetime(2025, 12, 1, tzinfo=UTC).date())
    CreditNoteFactory.create(account=account, currency="USD")
    CommunicationFactory.create(account=account, planned_on=NOON.date())
    SourceFactory.create(account=account)
    account.tags.add(TagFactory.create(organization=organization))
    return account


def names(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.json()
    return [node["fullName"] for node in answer.json()["nodes"]]


def refused(answer: Any) -> tuple[int, str, list[str]]:
    body = answer.json()
    return answer.status_code, body["code"], [detail["field"] for detail in body["details"]]


# --- Reading ----------------------------------------------------------------------------------------------------


def test_account_is_answered_in_full(program: Program, organization: Organization) -> None:
    account = AccountFactory.create(
        organization=organization, name="Acme SAS", city="Paris", country="FR", vat_number="FR44732829320"
    )
    InvoiceFactory.create(account=account, issued_on=datetime(2025, 12, 1, tzinfo=UTC).date(), paid_amount=Decimal(20))
    source = SourceFactory.create(account=account, external_id="C-1", connection_id=uuid4(), record_changed_at=NOON)
    account.tags.add(TagFactory.create(organization=organization, name="VIP"))

    assert program.get(f"/accounts/{account.pk}").json() == {
        "id": str(account.pk),
        "organizationId": str(organization.pk),
        "fullName": "Acme SAS",
        "status": "Active",
        "currencyCode": "EUR",
        "billingAddress": {
            "street": None,
            "city": "Paris",
            "postalCode": None,
            "stateOrProvince": None,
            "country": "FR",
        },
        "phone": None,
        "registrationNumber": None,
        "vatNumber": "FR44732829320",
        "language": None,
        "tags": ["VIP"],
        "source": {
            "system": "Custom",
            "connectionId": str(source.connection_id),
            "sourceId": "C-1",
            "lastUpdate": "2026-03-02T12:00:00Z",
        },
        "outstanding": [{"currencyCode": "EUR", "amount": 100.0}],
        "overdueInvoiceCount": 1,
        "followUp": {
            "state": "NothingToDo",
            "code": "NoContact",
            "reason": "Nothing is planned: the agent waits for a contact at Acme SAS; a task asks for one.",
            "nextDate": None,
        },
        "readOnlyReason": None,
        "createdAt": "2026-03-02T12:00:00Z",
        "updatedAt": "2026-03-02T12:00:00Z",
    }


def test_account_of_nobody_is_not_found(api: Callable[..., Program], outsider: Membership, account: Account) -> None:
    for key in (account.pk, uuid4()):
        answer = api(outsider).get(f"/accounts/{key}")
        assert refused(answer) == (404, "app-accounts.account.not-found", [])
        assert answer.json()["message"].endswith("(404)")


def test_next_date_is_that_of_the_planned_message(program: Program, organization: Organization) -> None:
    follow_up = program.get(f"/accounts/{busy(organization, 'Acme').pk}").json()["followUp"]

    assert (follow_up["state"], follow_up["nextDate"]) == ("Running", {"year": 2026, "month": 3, "day": 2})


# --- Listing ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_list_runs_the_same_queries_whatever_its_length(
    program: Program, organization: Organization, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for number in range(count):
        busy(organization, f"Customer {number}")

    with django_assert_num_queries(6):
        assert len(names(program.get("/accounts", organizationId=organization.pk))) == count


def test_list_says_what_the_agent_last_decided(program: Program, organization: Organization) -> None:
    account = AccountFactory.create(organization=organization, name="Acme", follow_up_owner=FollowUpOwner.IN_HOUSE)
    plan_accounts(organization, [account.pk], now=NOON)

    [node] = program.get("/accounts", organizationId=organization.pk).json()["nodes"]

    assert node == program.get(f"/accounts/{account.pk}").json()
    assert node["followUp"] == {
        "state": "InHouse",
        "code": "InHouse",
        "reason": "Nothing is planned: your team follows Acme up in-house.",
        "nextDate": None,
    }


def test_list_gives_no_reason_before_the_agent_has_looked(program: Program, account: Account) -> None:
    [node] = program.get("/accounts", organizationId=account.organization_id).json()["nodes"]

    assert node["followUp"] == {"state": "NothingToDo", "code": None, "reason": None, "nextDate": None}


def test_list_is_of_one_organization(api: Callable[..., Program], outsider: Membership, account: Account) -> None:
    theirs = api(outsider)

    assert names(theirs.get("/accounts", organizationId=outsider.organization_id)) == []
    answer = theirs.get("/accounts", organizationId=account.organization_id)
    assert refused(answer) == (404, "app-organizations.organization.not-found", [])
    assert refused(theirs.get("/accounts"))[2] == ["organizationId"]


def filtered(organization: Organization) -> None:
    """Make accounts that differ in all that filters look at."""
    acme = AccountFactory.create(organization=organization, name="Acme SAS", match_key="acme")
    ContactFactory.create(account=acme, email="jane@acme.example")
    SourceFactory.create(account=acme, external_id="C-1", connection_id="0b54f9c2-6f0f-4e0e-9d83-4c1f1fb8a3c1")
    zebra = AccountFactory.create(organization=organization, name="Zebra", status=AccountStatus.WRITTEN_OFF)
    zebra.tags.add(TagFactory.create(organization=organization, name="VIP"))
    SourceFactory.create(account=zebra, external_id="c-1")
    PauseFactory.create(account=AccountFactory.create(organization=organization, name="Paused"))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["Acme SAS", "Paused", "Zebra"]),
        ({"query": "JANE@acme"}, ["Acme SAS"]),
        ({"query": "acmé"}, ["Acme SAS"]),
        ({"status": "WrittenOff"}, ["Zebra"]),
        ({"followUp": "Paused"}, ["Paused"]),
        ({"followUp": "WrittenOff", "status": "Active"}, []),
        ({"tag": "vip"}, ["Zebra"]),
        ({"sourceId": "C-1"}, ["Acme SAS"]),
        ({"connectionId": "0b54f9c2-6f0f-4e0e-9d83-4c1f1fb8a3c1"}, ["Acme SAS"]),
        ({"sourceId": "c-1", "connectionId": "0b54f9c2-6f0f-4e0e-9d83-4c1f1fb8a3c1"}, []),
    ],
)
def test_filters_keep_what_they_name(
    program: Program, organization: Organization, query: dict[str, str], found: list[str]
) -> None:
    filtered(organization)

    assert names(program.get("/accounts", organizationId=organization.pk, **query)) == found


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"status": "written_off"}, "status"),
        ({"followUp": "Sleeping"}, "followUp"),
        ({"sort": "phone"}, "sort"),
        ({"sort": "name"}, "sort"),
        ({"connectionId": "C"}, "connectionId"),
        ({"first": "101"}, "first"),
        ({"name": "Acme"}, "name"),
    ],
)
def test_filter_that_cannot_be_is_refused(
    program: Program, organization: Organization, query: dict[str, str], field: str
) -> None:
    answer = program.get("/accounts", organizationId=organization.pk, **query)

    assert refused(answer) == (400, "app-core.input.invalid", [field])


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("fullName", ["alpha", "Beta", "gamma"]),
        ("-fullName", ["gamma", "Beta", "alpha"]),
        ("createdAt", ["Beta", "gamma", "alpha"]),
        ("-updatedAt", ["gamma", "alpha", "Beta"]),
        ("-overdueInvoiceCount", ["gamma", "alpha", "Beta"]),
    ],
)
def test_each_sort_goes_through_all_pages(
    program: Program, organization: Organization, sort: str, order: list[str]
) -> None:
    for name, overdue in (("Beta", 0), ("gamma", 2), ("alpha", 1)):
        account = AccountFactory.create(organization=organization, name=name)
        for _ in range(overdue):
            InvoiceFactory.create(account=account, issued_on=datetime(2025, 12, 1, tzinfo=UTC).date())
    Account.objects.filter(name="gamma").update(updated_at=datetime(2026, 3, 3, tzinfo=UTC))
    Account.objects.filter(name="Beta").update(updated_at=datetime(2026, 3, 1, tzinfo=UTC))

    query: dict[str, Any] = {"organizationId": organization.pk, "sort": sort, "first": 1}
    found = []
    for _ in order:
        page = program.get("/accounts", **query)
        found += names(page)
        query["after"] = page.json()["pageInfo"]["endCursor"]

    assert found == order
    assert query["after"] is None
