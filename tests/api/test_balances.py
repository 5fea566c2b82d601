"""Balances and aged balances in the API."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from accounts.enums import AccountStatus
from billabex.api.resources.balances.keys import balance_id
from billabex.core import clock
from billabex.core.ids import new_id
from billabex.core.money import currencies
from tests.factories import AccountFactory, CreditNoteFactory, InvoiceFactory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_django.fixtures import DjangoAssertNumQueries

    from accounts.models import Account
    from billabex.organizations.models import Membership, Organization
    from tests.api.conftest import Program

TODAY = date(2026, 3, 2)
LATE = TODAY - timedelta(days=45)


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with clock.stopped_at(datetime(2026, 3, 2, 12, tzinfo=UTC)):
        yield


def owing(organization: Organization, name: str, *debts: tuple[str, int, str], **fields: Any) -> Account:
    """Return an account with an invoice for each currency, days late, and total."""
    account: Account = AccountFactory.create(organization=organization, name=name, **fields)
    for currency, days_late, total in debts:
        due_on = TODAY - timedelta(days=days_late)
        InvoiceFactory.create(
            account=account, currency=currency, due_on=due_on, issued_on=min(due_on, TODAY), total_amount=Decimal(total)
        )
    return account


def told(answer: Any) -> list[tuple[str, str, float]]:
    assert answer.status_code == 200, answer.json()
    return [(node["accountName"], node["currencyCode"], node["outstanding"]) for node in answer.json()["nodes"]]


def walked(program: Program, path: str, **query: Any) -> list[Any]:
    """Return the nodes of all pages, one entry to a page."""
    nodes: list[Any] = []
    query["first"] = 1
    while True:
        page = program.get(path, **query).json()
        assert len(page["nodes"]) <= 1
        nodes += page["nodes"]
        query["after"] = page["pageInfo"]["endCursor"]
        if query["after"] is None:
            return nodes


# --- Balances ---------------------------------------------------------------------------------------------------


def test_balance_says_what_is_open_in_one_currency(program: Program, organization: Organization) -> None:
    account = owing(organization, "Acme", ("EUR", 45, "100.00"), ("EUR", -10, "50.00"))
    CreditNoteFactory.create(account=account, total_amount=Decimal("30.00"))

    [balance] = program.get("/balances", organizationId=organization.pk).json()["nodes"]

    assert balance == {
        "id": str(balance_id(account.pk, "EUR")),
        "organizationId": str(organization.pk),
        "accountId": str(account.pk),
        "accountName": "Acme",
        "currencyCode": "EUR",
        "outstanding": 120.0,
        "overdue": 100.0,
        "unallocatedCredit": 30.0,
        "oldestDueDate": {"year": LATE.year, "month": LATE.month, "day": LATE.day},
    }
    assert program.get(f"/balances/{balance['id']}").json() == balance
    assert program.get(f"/accounts/{account.pk}/balances").json()["nodes"] == [balance]


def several(organization: Organization) -> None:
    """Make accounts of which some owe, in several currencies."""
    owing(organization, "Acme", ("USD", 1, "10.00"), ("EUR", 1, "20.00"), ("TND", 1, "1.234"))
    owing(organization, "Settled")
    CreditNoteFactory.create(account=owing(organization, "Credit"), total_amount=Decimal("5.00"))
    owing(organization, "Gone", ("EUR", 1, "999.00"), status=AccountStatus.WRITTEN_OFF)
    owing(organization, "Zebra", ("EUR", 1, "30.00"))


ALL = [
    ("Acme", "EUR", 20.0),
    ("Acme", "TND", 1.234),
    ("Acme", "USD", 10.0),
    ("Credit", "EUR", -5.0),
    ("Zebra", "EUR", 30.0),
]


def test_balances_are_of_accounts_with_something_open(program: Program, organization: Organization) -> None:
    several(organization)

    assert told(program.get("/balances", organizationId=organization.pk)) == ALL
    only = program.get("/balances", organizationId=organization.pk, currencyCode="eur")
    assert told(only) == [one for one in ALL if one[1] == "EUR"]


@pytest.mark.parametrize("first", [1, 2, 3, 4, 5])
def test_pages_of_balances_cut_anywhere(program: Program, organization: Organization, first: int) -> None:
    several(organization)
    found, query = [], {"organizationId": organization.pk, "first": first}

    for _ in range(0, len(ALL), first):
        page = program.get("/balances", **query)
        found.append(told(page))
        query["after"] = page.json()["pageInfo"]["endCursor"]

    assert found == [ALL[start : start + first] for start in range(0, len(ALL), first)]
    assert query["after"] is None


def test_cursor_of_other_balances_is_refused(program: Program, organization: Organization) -> None:
    several(organization)
    cursor = program.get("/balances", organizationId=organization.pk, first=1).json()["pageInfo"]["endCursor"]

    for path, query in (("/balances", {"currencyCode": "EUR"}), ("/aging-balance", {})):
        answer = program.get(path, organizationId=organization.pk, after=cursor, **query)
        assert (answer.status_code, answer.json()["code"]) == (400, "app-api.cursor.invalid")


def test_balances_of_an_account_come_page_by_page_even_when_written_off(
    program: Program, organization: Organization
) -> None:
    account = owing(organization, "Gone", ("USD", 1, "10.00"), ("EUR", 1, "20.00"), status=AccountStatus.WRITTEN_OFF)

    nodes = walked(program, f"/accounts/{account.pk}/balances")

    assert [node["currencyCode"] for node in nodes] == ["EUR", "USD"]


def test_settled_balance_keeps_its_id(program: Program, organization: Organization) -> None:
    account = owing(organization, "Settled")

    settled = program.get(f"/balances/{balance_id(account.pk, 'CHF')}").json()

    assert program.get(f"/accounts/{account.pk}/balances").json()["nodes"] == []
    assert (settled["currencyCode"], settled["outstanding"], settled["oldestDueDate"]) == ("CHF", 0.0, None)


def test_balance_ids_are_uuids_of_their_own() -> None:
    keys = [new_id() for _ in range(50)]

    ids = {balance_id(key, currency) for key in keys for currency in currencies()}

    assert len(ids | set(keys)) == len(keys) * (len(currencies()) + 1)
    assert {(one.version, one.variant) for one in ids} == {(7, keys[0].variant)}


def test_balance_of_nobody_is_not_found(
    api: Callable[..., Program], outsider: Membership, organization: Organization
) -> None:
    account = owing(organization, "Acme", ("EUR", 1, "10.00"))

    for key in (balance_id(account.pk, "EUR"), account.pk, uuid4()):
        answer = api(outsider).get(f"/balances/{key}")
        assert (answer.status_code, answer.json()["code"]) == (404, "app-accounts.balance.not-found")
    assert api(outsider).get(f"/accounts/{account.pk}/balances").status_code == 404


# --- Aged balances ----------------------------------------------------------------------------------------------


def aged(organization: Organization) -> None:
    """Make debts in each band, and credit that makes up for some of them."""
    acme = owing(
        organization,
        "acme",
        *(("EUR", days, total) for days, total in ((-5, "5.00"), (0, "5.00"), (1, "10.00"), (30, "10.00"))),
        *(("EUR", days, total) for days, total in ((31, "30.00"), (60, "10.00"), (61, "40.00"), (91, "50.00"))),
    )
    CreditNoteFactory.create(account=acme, total_amount=Decimal("60.00"))
    owing(organization, "Beta", ("EUR", 0, "100.00"), ("USD", 1, "1.00"))
    owing(organization, "Gone", ("EUR", 1, "999.00"), status=AccountStatus.WRITTEN_OFF)
    even = owing(organization, "even", ("EUR", 1, "10.00"))
    CreditNoteFactory.create(account=even, total_amount=Decimal("10.00"))
    CreditNoteFactory.create(account=owing(organization, "Owed"), total_amount=Decimal("7.00"))


def bands(node: dict[str, Any]) -> list[float]:
    return [node[name] for name in ("notDue", "d0_30", "d31_60", "d61_90", "d90Plus", "overdueRate")]


def test_aged_balance_is_told_per_currency(program: Program, organization: Organization) -> None:
    aged(organization)

    eur, usd = program.get("/aging-balance", organizationId=organization.pk).json()["nodes"]

    assert (eur["currencyCode"], bands(eur)) == ("EUR", [103.0, 20.0, 40.0, 30.0, 0.0, 46.63])
    assert (usd["currencyCode"], bands(usd)) == ("USD", [0.0, 1.0, 0.0, 0.0, 0.0, 100.0])
    asked = {"organizationId": organization.pk, "currencyCode": "USD"}
    assert program.get("/aging-balance", **asked).json()["nodes"] == [usd]
    assert walked(program, "/aging-balance", organizationId=organization.pk) == [eur, usd]


def test_aged_balances_of_accounts_add_up_to_the_whole(program: Program, organization: Organization) -> None:
    aged(organization)
    asked = {"organizationId": organization.pk, "currencyCode": "EUR"}

    nodes = program.get("/aging-balance/accounts", **asked).json()["nodes"]

    assert [(node["accountName"], bands(node)) for node in nodes] == [
        ("acme", [10.0, 20.0, 40.0, 30.0, 0.0, 90.0]),
        ("Beta", [100.0, 0.0, 0.0, 0.0, 0.0, 0.0]),
        ("even", [0.0] * 6),
        ("Owed", [-7.0, 0.0, 0.0, 0.0, 0.0, 0.0]),
    ]
    assert walked(program, "/aging-balance/accounts", **asked) == nodes
    assert walked(program, "/aging-balance/accounts", sort="-name", **asked) == nodes[::-1]


def test_aged_balances_of_accounts_need_a_currency(program: Program, organization: Organization) -> None:
    answer = program.get("/aging-balance/accounts", organizationId=organization.pk)

    assert (answer.status_code, [one["field"] for one in answer.json()["details"]]) == (400, ["currencyCode"])


# --- What they cost, and who may --------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("path", "queries"), [("/balances", 4), ("/aging-balance", 4), ("/aging-balance/accounts", 4)])
def test_lists_run_the_same_queries_whatever_their_length(
    program: Program,
    organization: Organization,
    django_assert_num_queries: DjangoAssertNumQueries,
    path: str,
    queries: int,
    count: int,
) -> None:
    for number in range(count):
        owing(organization, f"Customer {number}", ("EUR", 1, "10.00"))

    with django_assert_num_queries(queries):
        assert program.get(path, organizationId=organization.pk, currencyCode="EUR").status_code == 200


@pytest.mark.parametrize("path", ["/balances", "/aging-balance", "/aging-balance/accounts"])
def test_lists_are_of_ones_own_organization_with_the_scope(
    api: Callable[..., Program], outsider: Membership, read_only_member: Membership, path: str
) -> None:
    asked = {"organizationId": read_only_member.organization_id, "currencyCode": "EUR"}

    assert api(read_only_member, "accounts:read").get(path, **asked).status_code == 200
    assert api(read_only_member, "invoices:all").get(path, **asked).status_code == 403
    assert api(outsider).get(path, **asked).status_code == 404
