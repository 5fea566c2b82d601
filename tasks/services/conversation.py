"""What every answer shares: the lock, the closing, and who says what in a task's conversation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from accounts.services import lock_account
from billabex.core import audit
from billabex.core.actors import AGENT
from tasks import rules
from tasks.enums import Answer, Party
from tasks.models import Interaction, Task

if TYPE_CHECKING:
    from datetime import datetime

    from billabex.core.actors import Actor
    from tasks.enums import TaskStatus, TaskType


def lock(task: Task) -> Task:
    """Lock the task's account, and return the task as it stands now.

    Raises:
        TaskClosed: It was closed or cancelled meanwhile.
    """
    lock_account(task.account_id)
    fresh = Task.objects.select_related("account__organization").get(pk=task.pk)
    rules.check_open(fresh)
    return fresh


def lock_asking_for(task: Task, kind: TaskType) -> Task:
    """Lock a task that is to be answered in the way of a type.

    Raises:
        TaskClosed: It was closed or cancelled meanwhile.
        WrongAnswer: It is of another type.
    """
    fresh = lock(task)
    rules.check_asks_for(fresh, kind)
    return fresh


def close(task: Task, status: TaskStatus, now: datetime, answer: Answer | None = None) -> None:
    """End the task, with the answer to a question of yes or no."""
    task.status, task.closed_at, task.answer = status, now, answer or ""
    task.save(update_fields=["status", "closed_at", "answer", "updated_at"])


def member_says(task: Task, text: str, actor: Actor) -> None:
    """Keep what a person said, word for word."""
    Interaction.objects.create(
        task=task, party=Party.MEMBER, author_id=actor.user_id, author_label=actor.label, text=text
    )


def agent_says(task: Task, code: str, **facts: str) -> Interaction:
    """Return what the agent says, unsaved; `tasks.speaking` puts it into words."""
    return Interaction(task=task, party=Party.AGENT, author_label=AGENT.label, code=code, facts=facts)


def note(task: Task, actor: Actor, action: str, changes: dict[str, Any]) -> None:
    """Note in the audit log what a person did."""
    audit.record(actor, action, task, organization_id=task.organization_id, account_id=task.account_id, changes=changes)
