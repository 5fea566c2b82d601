"""What the agent asks of people: once about one thing, and no longer than it matters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from billabex.organizations.enums import Role
from billabex.organizations.models import Membership
from tasks.enums import TaskStatus
from tasks.models import Interaction, Task
from tasks.services.conversation import agent_says

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from accounts.models import Account
    from tasks.enums import TaskType


@dataclass(frozen=True, slots=True)
class Question:
    """What the agent asks of people about an account.

    Attributes:
        code: What the agent says; `tasks.speaking` puts it into words.
        about: What it is about within its type: one open task about the same thing.
    """

    account: Account
    type: TaskType
    code: str
    about: str = ""


def ask(questions: Iterable[Question]) -> int:
    """Open a task for each question that is not open yet, for every member who may answer; return how many.

    Runs in the caller's transaction, which holds the accounts' locks; set-based, and harmless when repeated: the
    database allows one open task of a kind about one thing.

    Args:
        questions: About accounts of one organization.
    """
    wanted = {(one.account.pk, str(one.type), one.about): one for one in questions}
    accounts = {account_id for account_id, *_ in wanted}
    for key in Task.objects.open().filter(account__in=accounts).values_list("account_id", "type", "about"):
        wanted.pop(key, None)
    if not wanted:
        return 0
    opened = Task.objects.bulk_create(
        Task(organization_id=one.account.organization_id, account=one.account, type=one.type, about=one.about)
        for one in wanted.values()
    )
    writers = Membership.objects.exclude(role=Role.READ_ONLY).filter(organization=opened[0].organization_id)
    members = list(writers)
    Task.assignees.through.objects.bulk_create(
        Task.assignees.through(task_id=task.pk, membership_id=member.pk) for task in opened for member in members
    )
    Interaction.objects.bulk_create(
        agent_says(task, one.code, account=one.account.name) for task, one in zip(opened, wanted.values(), strict=True)
    )
    return len(opened)


def withdraw(accounts: Iterable[Account], *, kind: TaskType, code: str, now: datetime, about: str = "") -> int:
    """Cancel the open tasks about a thing that became moot; the agent says why. Return how many.

    Runs in the caller's transaction, which holds the accounts' locks.
    """
    moot = list(Task.objects.open().filter(account__in=list(accounts), type=kind, about=about))
    Task.objects.filter(pk__in=[task.pk for task in moot]).update(
        status=TaskStatus.CANCELLED, closed_at=now, updated_at=now
    )
    Interaction.objects.bulk_create(agent_says(task, code) for task in moot)
    return len(moot)
