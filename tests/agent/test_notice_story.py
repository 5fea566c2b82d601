"""A formal notice from the proposal to the silence after it, through the whole cycle. Source: agent.md 5."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from billabex.agent.cycle import plan_organization
from billabex.agent.sending import send_due
from billabex.core import clock
from billabex.core.actors import SYSTEM
from communications.enums import Status
from invoices.services import declare_payment
from tasks.enums import Answer, Party, TaskStatus, TaskType
from tasks.models import Task
from tasks.services import answer_yes_or_no, cancel_task
from tests.agent.scenes import at, customer, letters, owing, pay, text_of

if TYPE_CHECKING:
    from pathlib import Path

    from accounts.models import Account
    from billabex.organizations.models import Organization

pytestmark = pytest.mark.django_db

DUE = "2025-12-15"
PROPOSED = date(2026, 3, 16)
"""The 91st day after it."""


def days_pass(organization: Organization, first: date, last: date) -> None:
    on = first
    while on <= last:
        with clock.stopped_at(at(on)):
            plan_organization(organization, now=at(on))
            send_due(now=at(on))
        on += timedelta(days=1)


def kinds(account: Account) -> list[tuple[str, str]]:
    """Return what was sent, by day and kind."""
    sent = account.communications.filter(status=Status.SENT).order_by("planned_on")
    return [(f"{one.planned_on:%m-%d}", one.kind) for one in sent]


@pytest.fixture
def account(organization: Organization, outbox: Path) -> Account:
    """Return an account that has been chased firmly since its 61st day overdue, up to the day of the proposal."""
    found = customer(organization)
    owing(found, DUE)
    days_pass(organization, date(2026, 2, 16), PROPOSED)
    return found


def answer(given: Answer) -> None:
    with clock.stopped_at(at(PROPOSED, "11:00")):
        answer_yes_or_no(task=Task.objects.get(), answer=given, actor=SYSTEM, now=clock.now())


def test_proposal_is_asked_once_and_follow_ups_go_on(organization: Organization, account: Account) -> None:
    before = len(kinds(account))
    days_pass(organization, PROPOSED + timedelta(days=1), date(2026, 3, 27))
    task = Task.objects.get()
    assert (task.type, task.about, task.status) == (
        TaskType.APPROVE_ACTION,
        "formal_notice",
        TaskStatus.ACTION_REQUIRED,
    )
    assert [entry.code for entry in task.interactions.all()] == ["formal_notice"]
    assert len(kinds(account)) == before + 3
    assert {kind for _, kind in kinds(account)} == {"follow_up"}


def test_yes_sends_one_notice_then_silence_then_firm_follow_ups(
    organization: Organization, account: Account, outbox: Path
) -> None:
    answer(Answer.YES)
    days_pass(organization, PROPOSED + timedelta(days=1), date(2026, 4, 10))
    after = [entry for entry in kinds(account) if entry[0] > f"{PROPOSED:%m-%d}"]
    assert after[0] == ("03-17", "formal_notice")
    assert after[1:] == [("03-30", "follow_up"), ("04-02", "follow_up"), ("04-08", "follow_up")]
    notice = next(mail for mail in letters(outbox) if "formal notice" in str(mail["Subject"]).lower())
    assert "27 March 2026" in text_of(notice)
    assert Task.objects.count() == 1


@pytest.mark.parametrize("is_cancelled", [False, True])
def test_no_is_final_for_the_episode(organization: Organization, account: Account, *, is_cancelled: bool) -> None:
    if is_cancelled:
        with clock.stopped_at(at(PROPOSED, "11:00")):
            cancel_task(task=Task.objects.get(), actor=SYSTEM, now=clock.now())
    else:
        answer(Answer.NO)
    days_pass(organization, PROPOSED + timedelta(days=1), date(2026, 4, 10))
    assert Task.objects.count() == 1
    assert {kind for _, kind in kinds(account)} == {"follow_up"}


def test_promise_withdraws_the_proposal_which_comes_back_once_it_is_broken(
    organization: Organization, account: Account
) -> None:
    now = at(PROPOSED, "11:00")
    declare_payment(account=account, promised_on=date(2026, 3, 18), actor=SYSTEM, now=now)
    days_pass(organization, PROPOSED + timedelta(days=1), date(2026, 3, 19))
    assert Task.objects.get().status == TaskStatus.CANCELLED
    days_pass(organization, date(2026, 3, 20), date(2026, 3, 20))
    again = Task.objects.latest("created_at")
    assert (Task.objects.count(), again.about, again.status) == (2, "formal_notice", TaskStatus.ACTION_REQUIRED)
    assert kinds(account)[-1] == ("03-20", "follow_up")


def test_payment_withdraws_the_proposal(organization: Organization, account: Account) -> None:
    pay(account.invoices.get(), "120.00", "03-16")
    days_pass(organization, PROPOSED + timedelta(days=1), PROPOSED + timedelta(days=1))
    task = Task.objects.get()
    assert (task.status, task.answer) == (TaskStatus.CANCELLED, "")
    said = task.interactions.get(code="formal_notice_moot")
    assert said.party == Party.AGENT
