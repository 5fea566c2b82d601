"""The list of tasks as a file."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from invoices.spreadsheets.reading import read_rows
from tasks.enums import TaskStatus, TaskType
from tasks.models import Task
from tests.factories import TaskFactory
from tests.tasks.conftest import NOW

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from billabex.organizations.models import Membership, Organization

LATE = datetime(2026, 2, 18, 23, 30, tzinfo=UTC)
ALL = "?show=all&whose=everyone"


def content_of(client: Client, ending: str = "csv", query: str = ALL) -> bytes:
    response = client.get(reverse("spreadsheets:export", args=["tasks", ending]) + query)
    assert response.status_code == 200
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]  # both endings stream


def told(client: Client, query: str = ALL) -> list[dict[str, str]]:
    """Return the rows of the file by their titles."""
    return list(csv.DictReader(io.StringIO(content_of(client, query=query).decode("utf-8-sig"), newline="")))


def opened(organization: Organization, name: str, *assignees: Membership, **fields: object) -> None:
    """Have a task about an account of that name."""
    task = TaskFactory.create(account__organization=organization, account__name=name, **fields)
    task.assignees.set(assignees)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_task_is_told_whole_to_readers(
    read_only_client: Client, owner: Membership, member: Membership, ending: str
) -> None:
    opened(member.organization, "Acme", owner, member, type=TaskType.NEED_CONTACTS, closed=True)
    titles, row = read_rows(content_of(read_only_client, ending))
    assert titles == ["Opened", "Account", "Task", "Status", "Assigned to", "Ended"]
    assert row[1:5] == ["Acme", "Contact needed", "Closed", f"{member}; {owner}"]
    assert [str(row[0]), str(row[5])] == ["2026-02-18", "2026-02-20"]


def test_dates_are_the_organizations(member_client: Client, organization: Organization) -> None:
    opened(organization, "Acme", status=TaskStatus.CANCELLED, created_at=LATE, closed_at=LATE)
    assert organization.time_zone == "Europe/Paris"
    assert [(row["Opened"], row["Ended"]) for row in told(member_client)] == [("2026-02-19", "2026-02-19")]


def test_open_task_has_not_ended(member_client: Client, organization: Organization) -> None:
    opened(organization, "Acme")
    assert [(row["Assigned to"], row["Ended"]) for row in told(member_client)] == [("", "")]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Mine"]),
        ("?show=nonsense&page=7", ["Mine"]),
        ("?whose=everyone", ["Theirs", "Mine"]),
        ("?show=closed", ["Ended"]),
        ("?show=all", ["Ended", "Mine"]),
        ("?show=all&whose=everyone&q=e", ["Ended", "Theirs", "Mine"]),
        ("?show=all&whose=everyone&q=their", ["Theirs"]),
    ],
)
def test_file_holds_the_list_as_its_address_narrows_it(
    member_client: Client, member: Membership, owner: Membership, query: str, found: list[str]
) -> None:
    opened(member.organization, "Mine", member, owner)
    opened(member.organization, "Theirs", owner, created_at=NOW + timedelta(hours=1))
    opened(member.organization, "Ended", member, created_at=NOW + timedelta(hours=2), closed=True)
    assert [row["Account"] for row in told(member_client, query)] == found


def test_formulas_are_only_text(member_client: Client, organization: Organization) -> None:
    opened(organization, "=cmd|' /C calc'!A0")
    assert [row["Account"] for row in told(member_client)] == ["'=cmd|' /C calc'!A0"]


def test_tasks_of_others_are_not_told(member_client: Client, outsider: Membership) -> None:
    opened(outsider.organization, "Theirs", outsider)
    assert told(member_client) == []
    assert Task.objects.exists()


@pytest.mark.parametrize("length", [1, 3])
def test_tasks_are_read_in_as_many_queries_whatever_their_number(
    member_client: Client,
    member: Membership,
    owner: Membership,
    django_assert_num_queries: DjangoAssertNumQueries,
    length: int,
) -> None:
    for number in range(length):
        opened(member.organization, f"Account {number}", member, owner)
    with django_assert_num_queries(5):
        assert len(told(member_client)) == length


def test_list_leads_to_its_file_as_it_stands(member_client: Client) -> None:
    shown = member_client.get(reverse("tasks:list"), {"q": "acme", "whose": "everyone", "page": "1"}).text
    for ending in ("csv", "xlsx"):
        address = reverse("spreadsheets:export", args=["tasks", ending])
        assert f'href="{address}?q=acme&amp;whose=everyone"' in shown
    assert reverse("spreadsheets:upload") + "?kind=" not in shown
