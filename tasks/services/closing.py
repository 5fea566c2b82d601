"""Ways to end any task of its kind: a yes, a no, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from accounts.services import note_change
from tasks.enums import Answer, TaskStatus, TaskType
from tasks.services.conversation import agent_says, close, lock, lock_asking_for, member_says, note

if TYPE_CHECKING:
    from datetime import datetime

    from billabex.core.actors import Actor
    from tasks.models import Task


@transaction.atomic
def answer_yes_or_no(*, task: Task, answer: Answer, actor: Actor, now: datetime, remark: str = "") -> None:
    """Answer an ApproveAction task; the agent acts on it with its next planning.

    Args:
        task: What was asked.
        answer: Yes or no.
        actor: Who answers.
        now: The instant.
        remark: What the member adds, for whoever reads it later.

    Raises:
        TaskClosed: The task was closed or cancelled meanwhile.
        WrongAnswer: It asks for something else.
    """
    task = lock_asking_for(task, TaskType.APPROVE_ACTION)
    remark = remark.strip()
    member_says(task, " – ".join(filter(None, [str(answer.label), remark])), actor)
    agent_says(task, f"{task.about}.{answer}", account=task.account.name).save()
    close(task, TaskStatus.CLOSED, now, answer)
    note(task, actor, "task.answered", {"answer": str(answer), "note": remark})
    note_change(task.account_id, "task")


@transaction.atomic
def cancel_task(*, task: Task, actor: Actor, now: datetime, reason: str = "") -> None:
    """Cancel a task; the agent does not ask again until something changes. What was to be agreed to is refused.

    Raises:
        TaskClosed: It is closed or cancelled already.
    """
    task = lock(task)
    if reason := reason.strip():
        member_says(task, reason, actor)
    close(task, TaskStatus.CANCELLED, now, Answer.NO if task.type == TaskType.APPROVE_ACTION else None)
    note(task, actor, "task.cancelled", {"reason": reason})
    if task.answer:
        note_change(task.account_id, "task")
