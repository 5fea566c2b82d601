"""Lists by cursor: whole, in order, whatever comes and goes meanwhile."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.factories import AccountFactory, InvoiceFactory

if TYPE_CHECKING:
    from accounts.models import Account
    from billabex.organizations.models import Organization
    from tests.api.conftest import Program


@pytest.fixture
def account(organization: Organization) -> Account:
    account: Account = AccountFactory.create(organization=organization, name="Acme")
    return account


def walked(program: Program, path: str, **query: Any) -> list[list[str]]:
    """Return the keys of each page, from the first to the last."""
    pages, after = [], None
    while True:
        page = program.get(path, **query, **({"after": after} if after else {})).json()
        pages.append([node["id"] for node in page["nodes"]])
        after = page["pageInfo"]["endCursor"]
        if after is None:
            return pages


@pytest.mark.parametrize("sort", ["dueDate", "-dueDate", "totalAmount", "-totalAmount"])
def test_every_row_comes_once_and_in_order_even_where_many_are_alike(
    program: Program, account: Account, sort: str
) -> None:
    totals = [120, 50, 120, 120, 80, 50, 120]
    made = [InvoiceFactory.create(account=account, total_amount=Decimal(total)) for total in totals]
    pages = walked(program, "/invoices", organizationId=account.organization_id, sort=sort, first=2)
    assert [len(page) for page in pages] == [2, 2, 2, 1]
    column = {"dueDate": "due_on", "totalAmount": "total_amount"}[sort.removeprefix("-")]
    ordered = sorted(made, key=lambda one: (getattr(one, column), one.pk), reverse=sort.startswith("-"))
    assert [key for page in pages for key in page] == [str(one.pk) for one in ordered]


def test_the_last_page_says_so_even_when_it_is_full(program: Program, account: Account) -> None:
    InvoiceFactory.create_batch(4, account=account)
    assert [len(page) for page in walked(program, "/invoices", organizationId=account.organization_id, first=2)] == [
        2,
        2,
    ]


def test_what_comes_and_goes_meanwhile_moves_nothing(program: Program, account: Account) -> None:
    first, second, third, fourth = InvoiceFactory.create_batch(4, account=account)
    query = {"organizationId": account.organization_id, "sort": "createdAt", "first": 2}
    page = program.get("/invoices", **query).json()
    assert [node["id"] for node in page["nodes"]] == [str(first.pk), str(second.pk)]
    second.delete()  # the very row that the cursor names
    fifth = InvoiceFactory.create(account=account)
    after = page["pageInfo"]["endCursor"]
    page = program.get("/invoices", **query, after=after).json()
    assert [node["id"] for node in page["nodes"]] == [str(third.pk), str(fourth.pk)]
    page = program.get("/invoices", **query, after=page["pageInfo"]["endCursor"]).json()
    assert [node["id"] for node in page["nodes"]] == [str(fifth.pk)]


@pytest.mark.parametrize(
    "other",
    [{"sort": "dueDate"}, {"hasRemaining": "true"}, {"number": "F"}],
    ids=["another sort", "another filter", "a number"],
)
def test_a_cursor_of_another_list_is_refused(program: Program, account: Account, other: dict[str, str]) -> None:
    InvoiceFactory.create_batch(3, account=account)
    query = {"organizationId": account.organization_id, "first": 1}
    after = program.get("/invoices", **query).json()["pageInfo"]["endCursor"]
    answer = program.get("/invoices", **query, **other, after=after)
    assert (answer.status_code, answer.json()["code"]) == (400, "app-api.cursor.invalid")
    assert [detail["field"] for detail in answer.json()["details"]] == ["after"]
    assert program.get("/credit-notes", **query, after=after).status_code == 400


def test_pages_may_change_their_size_on_the_way(program: Program, account: Account) -> None:
    made = InvoiceFactory.create_batch(4, account=account)
    query = {"organizationId": account.organization_id, "sort": "createdAt"}
    after = program.get("/invoices", **query, first=1).json()["pageInfo"]["endCursor"]
    page = program.get("/invoices", **query, first=100, after=after).json()
    assert [node["id"] for node in page["nodes"]] == [str(one.pk) for one in made[1:]]


@pytest.mark.parametrize("after", ["x", "eyJ9", "a:b:c", "é", "0" * 1999])
def test_a_cursor_that_is_none_is_refused(program: Program, account: Account, after: str) -> None:
    answer = program.get("/invoices", organizationId=account.organization_id, after=after)
    assert (answer.status_code, answer.json()["code"]) == (400, "app-api.cursor.invalid")


@pytest.mark.parametrize("first", ["0", "101", "-1", "ten", "1.5", "٣"])
def test_a_page_has_from_one_to_a_hundred_rows(program: Program, account: Account, first: str) -> None:
    answer = program.get("/invoices", organizationId=account.organization_id, first=first)
    assert (answer.status_code, answer.json()["details"][0]["field"]) == (400, "first")


def test_a_parameter_that_comes_twice_is_refused(program: Program, account: Account) -> None:
    answer = program.get(f"/invoices?organizationId={account.organization_id}&status=Issued&status=Overdue")
    assert (answer.status_code, answer.json()["code"]) == (400, "app-api.request.malformed")


def test_an_empty_text_or_number_is_a_missing_one_and_an_empty_choice_is_none(
    program: Program, account: Account
) -> None:
    InvoiceFactory.create(account=account)
    query = {"organizationId": account.organization_id}
    assert len(program.get("/invoices", **query, after="", first="", number="").json()["nodes"]) == 1
    for name in ("status", "accountId", "dueBefore", "hasRemaining"):
        answer = program.get("/invoices", **query, **{name: ""})
        assert (answer.status_code, answer.json()["details"][0]["field"]) == (400, name)
