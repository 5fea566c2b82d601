"""Communications in the API: what is scheduled is edited, sent at once or cancelled, and members write their own.

In March 2026 France has no public holiday: the 16th is a Monday.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from accounts.enums import PauseReason
from accounts.services import pause_account
from billabex.agent.cycle import plan_accounts
from billabex.agent.jobs import send
from billabex.core import clock
from billabex.core.actors import SYSTEM, ActorKind
from billabex.core.models import AuditEntry
from communications.enums import Author, Status
from communications.models import Communication
from tests.agent.scenes import at, customer, letters, text_of
from tests.communications import conftest as mailing
from tests.factories import CommunicationFactory, ContactFactory

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from accounts.models import Account
    from billabex.organizations.models import Organization
    from tests.api.conftest import Program

pytestmark = pytest.mark.usefixtures("outbox")
NOW = at("03-16")
outbox = mailing.outbox
FRIDAY = {"year": 2026, "month": 3, "day": 20}


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with clock.stopped_at(NOW):
        yield


@pytest.fixture
def account(organization: Organization) -> Account:
    """Return an account whose first follow-up is planned for today, the 16th."""
    found = customer(organization, "03-10")
    plan_accounts(organization, [found.pk], now=NOW)
    return found


@pytest.fixture
def plan(account: Account) -> Communication:
    return Communication.objects.plans().get(account=account)


def letter(account: Account, **changes: Any) -> dict[str, Any]:
    """Return the body of a message to everybody at the account."""
    people = [str(one.pk) for one in account.contacts.all()]
    return {"recipientIds": people, "subject": "Our talk", "body": "Dear Jane,\n\nas we said."} | changes


def refused(answer: Any) -> tuple[int, str, list[str]]:
    body = answer.json()
    return answer.status_code, body["code"], [detail["field"] for detail in body["details"]]


# --- Edited -------------------------------------------------------------------------------------------------


def test_edit_of_the_day_leaves_the_words_to_the_agent(program: Program, plan: Communication) -> None:
    answer = program.patch(f"/communications/{plan.pk}", {"scheduledFor": FRIDAY})
    assert answer.status_code == 200
    body = answer.json()
    assert (body["scheduledFor"], body["author"], body["isPreview"]) == (FRIDAY, "Agent", True)
    assert body["scheduledAt"] == "2026-03-20T08:00:00Z"
    assert [one["address"] for one in body["to"]] == ["acme@customer.example"]


def test_edit_of_the_subject_keeps_the_text_that_is_shown(program: Program, plan: Communication) -> None:
    before = program.get(f"/communications/{plan.pk}").json()
    after = program.patch(f"/communications/{plan.pk}", {"subject": "Hello"}).json()
    assert (after["subject"], after["body"], after["author"]) == ("Hello", before["body"].strip(), "Member")
    assert not after["isPreview"]
    assert after["scheduledFor"] == before["scheduledFor"]


def test_edit_of_the_recipients_takes_them_out_of_the_copies(
    program: Program, account: Account, plan: Communication
) -> None:
    jane = account.contacts.get()
    john = ContactFactory.create(account=account, email="john@customer.example")
    path = f"/communications/{plan.pk}"
    copied = program.patch(path, {"ccIds": [str(john.pk)]}).json()
    assert [one["contactId"] for one in copied["cc"]] == [str(john.pk)]
    swapped = program.patch(path, {"recipientIds": [str(john.pk), str(jane.pk)]}).json()
    assert {one["contactId"] for one in swapped["to"]} == {str(john.pk), str(jane.pk)}
    assert swapped["cc"] == []


def test_edit_is_of_the_client(program: Program, plan: Communication) -> None:
    program.patch(f"/communications/{plan.pk}", {"scheduledFor": "2026-03-20"})
    entry = AuditEntry.objects.get(action="communication.edited")
    assert (entry.actor_kind, entry.actor_label) == (ActorKind.API_CLIENT, "Olive Owner (Sync)")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"scheduledFor": "2026-03-15"}, "scheduledFor"),
        ({"recipientIds": []}, "recipientIds"),
        ({"recipientIds": [str(uuid4())]}, "recipientIds"),
        ({"ccIds": [str(uuid4())]}, "ccIds"),
        ({"subject": " "}, "subject"),
        ({"body": "\n"}, "body"),
        ({"kind": "FollowUp"}, "kind"),
    ],
)
def test_edit_that_cannot_be_is_refused_by_its_field(
    program: Program, plan: Communication, changes: dict[str, Any], field: str
) -> None:
    answer = program.patch(f"/communications/{plan.pk}", changes)
    status, _, fields = refused(answer)
    assert (status, fields) == (400, [field])
    assert Communication.objects.get(pk=plan.pk).edited_at is None


@pytest.mark.parametrize("past", [{"sent": True}, {"received": True}, {"status": Status.CANCELLED}])
def test_what_is_not_scheduled_cannot_be_changed(program: Program, account: Account, past: dict[str, Any]) -> None:
    message = CommunicationFactory.create(account=account, planned_on=date(2026, 3, 9), **past)
    path = f"/communications/{message.pk}"
    for answer in (program.patch(path, {"subject": "x"}), program.delete(path), program.post(f"{path}/send-now")):
        assert refused(answer) == (409, "app-communications.communication.no-longer-planned", [])


# --- Cancelled, sent ----------------------------------------------------------------------------------------


def test_cancelled_message_is_kept_and_not_sent(program: Program, plan: Communication, outbox: Path) -> None:
    answer = program.delete(f"/communications/{plan.pk}")
    assert (answer.status_code, answer.content) == (204, b"")
    send()
    assert letters(outbox) == []
    assert program.get(f"/communications/{plan.pk}").json()["status"] == "Cancelled"


def test_sent_at_once_leaves_with_the_next_job(program: Program, plan: Communication, outbox: Path) -> None:
    with clock.stopped_at(at("03-16", "22:00")):
        answer = program.post(f"/communications/{plan.pk}/send-now")
        assert (answer.status_code, answer.json()["status"]) == (200, "Scheduled")
        assert program.post(f"/communications/{plan.pk}/send-now").status_code == 200
        send()
    assert len(letters(outbox)) == 1
    assert program.get(f"/communications/{plan.pk}").json()["status"] == "Sent"


def test_send_at_once_of_what_is_paused_is_refused(program: Program, account: Account, plan: Communication) -> None:
    program.patch(f"/communications/{plan.pk}", {"subject": "Mine"})
    pause_account(account=account, reason=PauseReason.DISPUTE, actor=SYSTEM, now=NOW)
    answer = program.post(f"/communications/{plan.pk}/send-now")
    assert refused(answer) == (409, "app-communications.communication.nothing-to-send", [])


# --- Written ------------------------------------------------------------------------------------------------


def test_own_message_leaves_at_once_although_paused(program: Program, account: Account, outbox: Path) -> None:
    pause_account(account=account, reason=PauseReason.DISPUTE, actor=SYSTEM, now=NOW)
    answer = program.post(f"/accounts/{account.pk}/communications", letter(account))
    assert answer.status_code == 201
    body = answer.json()
    assert (body["kind"], body["author"], body["status"], body["step"]) == ("Message", "Member", "Scheduled", None)
    assert (body["subject"], body["body"], body["isPreview"]) == ("Our talk", "Dear Jane,\n\nas we said.", False)
    send()
    [mail] = letters(outbox)
    assert text_of(mail).strip() == "Dear Jane,\n\nas we said."
    assert program.get(f"/communications/{body['id']}").json()["status"] == "Sent"


def test_own_message_is_scheduled_with_copies_and_invoices(program: Program, account: Account) -> None:
    boss = ContactFactory.create(account=account, copy_only=True, email="boss@customer.example")
    invoice = account.invoices.get()
    people = {"recipientIds": [str(account.contacts.get(copy_only=False).pk)], "ccIds": [str(boss.pk)]}
    wanted = letter(account, **people, scheduledFor=FRIDAY, invoiceIds=[str(invoice.pk)])
    body = program.post(f"/accounts/{account.pk}/communications", wanted).json()
    assert (body["scheduledFor"], body["scheduledAt"]) == (FRIDAY, "2026-03-20T08:00:00Z")
    assert [one["address"] for one in body["cc"]] == ["boss@customer.example"]
    assert [(one["id"], one["remainingAmount"]) for one in body["invoices"]] == [(str(invoice.pk), 120.0)]
    made = Communication.objects.get(pk=body["id"])
    assert (made.author, made.composed_by) == (Author.MEMBER, "Olive Owner (Sync)")


def test_preview_answers_the_same_and_creates_nothing(program: Program, account: Account) -> None:
    path, before = f"/accounts/{account.pk}/communications", Communication.objects.count()
    wanted = letter(account, scheduledFor=FRIDAY, invoiceIds=[str(account.invoices.get().pk)])
    preview = program.post(f"{path}?preview=true", wanted)
    assert preview.status_code == 200
    assert Communication.objects.count() == before
    created = program.post(path, wanted).json()
    assert preview.json() == created | {"id": None}


def test_preview_is_not_taken_for_the_message_under_one_key(program: Program, account: Account) -> None:
    path, before = f"/accounts/{account.pk}/communications", Communication.objects.count()
    assert program.post(f"{path}?preview=true", letter(account), Idempotency_Key="k1").status_code == 200
    answer = program.post(path, letter(account), Idempotency_Key="k1")
    assert (answer.status_code, answer.json()["code"]) == (422, "app-api.idempotency.key-reused")
    assert Communication.objects.count() == before


@pytest.mark.parametrize("query", ["", "?preview=true"])
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"scheduledFor": "2026-03-15"}, "scheduledFor"),
        ({"recipientIds": []}, "recipientIds"),
        ({"recipientIds": [str(uuid4())]}, "recipientIds"),
        ({"ccIds": [str(uuid4())]}, "ccIds"),
        ({"invoiceIds": [str(uuid4())]}, "invoiceIds"),
        ({"subject": None}, "subject"),
        ({"subject": "x" * 301}, "subject"),
        ({"body": " \n"}, "body"),
        ({"planned": True}, "planned"),
    ],
)
def test_own_message_that_cannot_be_is_refused_by_its_field(
    program: Program, account: Account, changes: dict[str, Any], field: str, query: str
) -> None:
    answer = program.post(f"/accounts/{account.pk}/communications{query}", letter(account, **changes))
    status, _, fields = refused(answer)
    assert (status, fields) == (400, [field])
    assert not Communication.objects.exclude(composed_by="").exists()


def test_own_message_is_made_once_for_one_idempotency_key(program: Program, account: Account) -> None:
    path, wanted = f"/accounts/{account.pk}/communications", letter(account, scheduledFor=FRIDAY)
    first = program.post(path, wanted, Idempotency_Key="once")
    again = program.post(path, wanted, Idempotency_Key="once")
    assert (again.status_code, again.json()) == (201, first.json())
    assert Communication.objects.exclude(composed_by="").count() == 1


def test_own_message_is_edited_and_cancelled_as_any_scheduled_one(program: Program, account: Account) -> None:
    made = program.post(f"/accounts/{account.pk}/communications", letter(account, scheduledFor=FRIDAY)).json()
    path = f"/communications/{made['id']}"
    edited = program.patch(path, {"body": "Other words"}).json()
    assert (edited["subject"], edited["body"], edited["kind"]) == ("Our talk", "Other words", "Message")
    assert program.delete(path).status_code == 204
    assert program.get(path).json()["status"] == "Cancelled"
    assert Communication.objects.plans().filter(account=account).exists()
