"""Two people who answer one task at the same moment: one is heard, the other is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

from contacts.models import Contact
from tasks.enums import Answer, Party, TaskType
from tasks.errors import TaskClosed
from tasks.models import Task
from tasks.services import NewContact, Question, answer_with_contact, answer_yes_or_no, ask, cancel_task
from tests.factories import AccountFactory, MembershipFactory
from tests.organizations.at_once import at_once
from tests.tasks.conftest import NOW

if TYPE_CHECKING:
    from collections.abc import Callable

    from billabex.organizations.models import Membership

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer"),
]


@pytest.fixture
def colleague(transactional_db: None) -> Membership:
    return MembershipFactory.create()


def asked(colleague: Membership, kind: TaskType, about: str) -> Task:
    account = AccountFactory.create(organization=colleague.organization)
    ask([Question(account, kind, "question", about)])
    return Task.objects.get()


@pytest.mark.parametrize("_time", range(3))
def test_contacts_given_at_once_make_one(_time: int, colleague: Membership) -> None:
    task = asked(colleague, TaskType.NEED_CONTACTS, "")

    def give(number: int) -> Callable[[], object]:
        contact = NewContact(f"Jane {number}", f"jane{number}@acme.example", "en")
        return lambda: answer_with_contact(task=task, contact=contact, actor=colleague.actor, now=NOW)

    assert at_once(*map(give, range(3))).count(TaskClosed) == 2
    assert Contact.objects.count() == 1
    assert task.interactions.filter(party=Party.MEMBER).count() == 1


@pytest.mark.parametrize("_time", range(3))
def test_yes_no_and_cancelled_at_once_is_one_of_them(_time: int, colleague: Membership) -> None:
    task = asked(colleague, TaskType.APPROVE_ACTION, "formal_notice")
    by: dict[str, Any] = {"task": task, "actor": colleague.actor, "now": NOW}
    outcomes = at_once(
        lambda: answer_yes_or_no(answer=Answer.YES, **by),
        lambda: answer_yes_or_no(answer=Answer.NO, **by),
        lambda: cancel_task(reason="Moot.", **by),
    )
    assert outcomes.count(TaskClosed) == 2
    assert task.interactions.filter(party=Party.MEMBER).count() == 1
