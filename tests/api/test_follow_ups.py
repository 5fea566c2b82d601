"""Pausing, handing over and writing off in the API, and the agent's record."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from accounts.enums import AccountStatus, FollowUpOwner, PauseReason
from accounts.models import Account, Pause
from billabex.agent.cycle import plan_accounts
from billabex.core import clock
from billabex.core.models import AuditEntry
from tests.agent.scenes import customer
from tests.factories import AccountFactory, PauseFactory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_django.fixtures import DjangoAssertNumQueries

    from billabex.organizations.models import Membership, Organization
    from tests.api.conftest import Program

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
UNSAID: dict[str, Any] = dict.fromkeys(
    [
        "number",
        "dueDate",
        "age",
        "interval",
        "lastDate",
        "overdue",
        "count",
        "disputed",
        "promisedDate",
        "until",
        "reason",
        "known",
        "open",
    ]
)
ACTIONS = ["pause", "resume", "entrust", "take-back", "write-off", "reinstate"]


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with clock.stopped_at(NOON):
        yield


@pytest.fixture
def account(organization: Organization) -> Account:
    return AccountFactory.create(organization=organization, name="Acme SAS")


def do(program: Program, account: Account, action: str, body: Any = None) -> Any:
    answer = program.post(f"/accounts/{account.pk}/{action}", body)
    assert answer.status_code == 200, answer.json()
    assert answer.json()["id"] == str(account.pk)
    return answer.json()


# --- Actions ----------------------------------------------------------------------------------------------------


def test_pause_holds_until_its_day_and_says_so(program: Program, account: Account) -> None:
    until = {"year": 2026, "month": 3, "day": 9}

    paused = do(program, account, "pause", {"reason": "PaymentPlan", "until": until, "note": "Three parts"})

    assert paused["followUp"] == {
        "state": "Paused",
        "code": "Paused",
        "reason": "Follow-ups of Acme SAS are paused until Monday, March 9, 2026 (Payment plan).",
        "nextDate": None,
    }
    pause = Pause.objects.get()
    assert (pause.reason, pause.until, pause.note) == (PauseReason.PAYMENT_PLAN, date(2026, 3, 9), "Three parts")
    assert do(program, account, "resume")["followUp"]["state"] == "NothingToDo"
    pause.refresh_from_db()
    assert pause.ended_at == NOON


def test_pause_of_a_paused_account_is_refused(program: Program, account: Account) -> None:
    PauseFactory.create(account=account)

    answer = program.post(f"/accounts/{account.pk}/pause", {"reason": "Other"})

    assert (answer.status_code, answer.json()["code"]) == (409, "app-accounts.pause.already-paused")
    assert Pause.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "reason"),
        ({"reason": "Holidays"}, "reason"),
        ({"reason": "Dispute", "until": "2026-03-02"}, "until"),
        ({"reason": "Dispute", "until": {"year": 2026, "month": 2, "day": 30}}, "until"),
        ({"reason": "Dispute", "note": "x" * 2001}, "note"),
    ],
)
def test_pause_that_cannot_be_is_refused_by_field(
    program: Program, account: Account, body: dict[str, Any], field: str
) -> None:
    answer = program.post(f"/accounts/{account.pk}/pause", body)

    assert (answer.status_code, [detail["field"] for detail in answer.json()["details"]]) == (400, [field])
    assert not Pause.objects.exists()


def test_resume_of_what_runs_changes_nothing(program: Program, account: Account) -> None:
    do(program, account, "resume")

    assert not AuditEntry.objects.exists()


def test_follow_ups_are_taken_back_and_entrusted(program: Program, account: Account) -> None:
    for action, owner, state in (
        ("take-back", FollowUpOwner.IN_HOUSE, "InHouse"),
        ("entrust", FollowUpOwner.AGENT, "NothingToDo"),
    ):
        for _ in range(2):
            assert do(program, account, action)["followUp"]["state"] == state
        account.refresh_from_db()
        assert account.follow_up_owner == owner
    assert AuditEntry.objects.filter(action="account.follow-up-owner-changed").count() == 2


def test_account_is_written_off_and_reinstated_with_a_note(program: Program, account: Account) -> None:
    assert do(program, account, "write-off", {"note": "Insolvent"})["status"] == "WrittenOff"
    assert do(program, account, "reinstate")["status"] == "Active"

    notes = AuditEntry.objects.filter(action="account.status-changed").order_by("created_at", "id")
    assert [entry.changes["note"] for entry in notes] == ["Insolvent", ""]


def test_suspended_account_is_reinstated(program: Program, organization: Organization) -> None:
    account = AccountFactory.create(organization=organization, status=AccountStatus.SUSPENDED)

    assert do(program, account, "reinstate")["status"] == "Active"


@pytest.mark.parametrize("action", ACTIONS)
def test_action_is_for_those_who_may(
    api: Callable[..., Program],
    owner: Membership,
    read_only_member: Membership,
    outsider: Membership,
    account: Account,
    action: str,
) -> None:
    body = {"reason": "Other"} if action == "pause" else {}
    path = f"/accounts/{account.pk}/{action}"

    assert api(read_only_member).post(path, body).json()["code"] == "app-api.member.read-only"
    assert api(owner, "accounts:all").post(path, body).json()["code"] == "app-api.token.missing-scope"
    assert api(outsider).post(path, body).json()["code"] == "app-accounts.account.not-found"
    assert not AuditEntry.objects.exists()


# --- Decisions --------------------------------------------------------------------------------------------------


def decided(organization: Organization, account: Account, now: datetime) -> None:
    with clock.stopped_at(now):
        plan_accounts(organization, [account.pk], now=now)


def test_planned_message_is_told_with_its_facts(program: Program, organization: Organization) -> None:
    account = customer(organization, "02-20")
    decided(organization, account, NOON)

    [decision] = program.get(f"/accounts/{account.pk}/decisions").json()["nodes"]

    number = account.invoices.get().number
    assert decision | {"id": ""} == {
        "id": "",
        "decidedDate": {"year": 2026, "month": 3, "day": 2},
        "outcome": "Message",
        "code": "FirstFollowUp",
        "sentence": "On Monday, March 2, 2026 the agent will write to acme@customer.example: follow-up #1, courteous, "
        f"because invoice {number} is 10 days late on that day and nobody has written yet.",
        "plannedDate": {"year": 2026, "month": 3, "day": 2},
        "reasons": [
            {
                "code": "FirstFollowUp",
                "facts": UNSAID
                | {
                    "number": number,
                    "dueDate": {"year": 2026, "month": 2, "day": 20},
                    "age": 10,
                    "interval": 10,
                    "overdue": 1,
                },
            }
        ],
        "message": {
            "kind": "FollowUp",
            "step": 1,
            "tone": "Courteous",
            "to": "acme@customer.example",
            "cc": [],
            "invoices": [
                {
                    "number": number,
                    "dueDate": {"year": 2026, "month": 2, "day": 20},
                    "currencyCode": "EUR",
                    "remainingAmount": 120.0,
                    "daysLate": 10,
                }
            ],
            "credit": [],
            "deadlineDate": None,
            "brokenPromiseDate": None,
        },
        "asked": None,
        "createdAt": "2026-03-02T12:00:00Z",
    }


def held_and_freed(organization: Organization) -> Account:
    """Return an account about which the agent decided three times."""
    account = customer(organization, "02-20")
    pause = PauseFactory.create(account=account, started_on=date(2026, 2, 1))
    decided(organization, account, NOON - timedelta(days=2))
    Pause.objects.filter(pk=pause.pk).update(ended_at=NOON, ended_by="Maud Petit")
    decided(organization, account, NOON - timedelta(days=1))
    Account.objects.filter(pk=account.pk).update(status=AccountStatus.WRITTEN_OFF)
    decided(organization, account, NOON)
    return account


def test_decisions_come_newest_first_page_by_page(program: Program, organization: Organization) -> None:
    path = f"/accounts/{held_and_freed(organization).pk}/decisions"

    first = program.get(path, first=2).json()
    assert [node["code"] for node in first["nodes"]] == ["WrittenOff", "FirstFollowUp"]
    rest = program.get(path, first=2, after=first["pageInfo"]["endCursor"]).json()
    assert [(node["code"], node["message"]) for node in rest["nodes"]] == [("Paused", None)]
    assert rest["nodes"][0]["reasons"] == [{"code": "Paused", "facts": UNSAID | {"reason": "CustomerRequest"}}]
    assert rest["pageInfo"]["endCursor"] is None


def test_cursor_of_another_accounts_decisions_is_refused(program: Program, organization: Organization) -> None:
    account, other = held_and_freed(organization), AccountFactory.create(organization=organization)
    cursor = program.get(f"/accounts/{account.pk}/decisions", first=1).json()["pageInfo"]["endCursor"]

    answer = program.get(f"/accounts/{other.pk}/decisions", first=1, after=cursor)

    assert (answer.status_code, answer.json()["code"]) == (400, "app-api.cursor.invalid")


@pytest.mark.parametrize("count", [1, 3])
def test_decisions_run_the_same_queries_whatever_their_number(
    program: Program, organization: Organization, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    account = held_and_freed(organization)

    with django_assert_num_queries(4):
        assert len(program.get(f"/accounts/{account.pk}/decisions", first=count).json()["nodes"]) == count


def test_decisions_are_for_those_who_manage_follow_ups(
    api: Callable[..., Program], owner: Membership, read_only_member: Membership, outsider: Membership, account: Account
) -> None:
    path = f"/accounts/{account.pk}/decisions"

    assert api(owner, "accounts:all").get(path).status_code == 403
    assert api(outsider).get(path).status_code == 404
    assert api(read_only_member).get(path).json() == {"nodes": [], "pageInfo": {"endCursor": None}}
