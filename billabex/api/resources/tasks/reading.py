"""Tasks with all that is said of them, in the language of whoever reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from billabex.api.resources.tasks.answers import ANSWERS
from tasks.enums import Party
from tasks.rules import SCHEMA_VERSIONS
from tasks.selectors import task_page
from tasks.speaking import words_of

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from billabex.organizations.models import Organization
    from tasks.models import Interaction, Task


@dataclass(frozen=True, slots=True)
class Said:
    """One entry in a task's conversation, in words."""

    id: UUID
    party: str
    author: str
    text: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Shown:
    """A task as the API shows it.

    Attributes:
        message: What the agent asks: its first entry.
        schema: What a structured answer looks like; None where there is none.
    """

    task: Task
    subject: str
    message: str
    interactions: list[Said]
    schema: dict[str, Any] | None
    schema_version: int | None


def shown_task(organization: Organization, task: Task) -> Shown:
    """Return a task, whose interactions are prefetched, without a query."""
    said = [_said(organization, one) for one in task.interactions.all()]
    answer = ANSWERS.get(task.type)
    return Shown(
        task=task,
        subject=task.get_type_display(),
        message=next((one.text for one in said if one.party == Party.AGENT), ""),
        interactions=said,
        schema=answer.schema if answer else None,
        schema_version=SCHEMA_VERSIONS.get(task.type),
    )


def read_task(organization: Organization, task_id: UUID) -> Shown:
    """Return one task as it stands.

    Raises:
        TaskNotFound: No such task in this organization.
    """
    return shown_task(organization, task_page(organization, task_id))


def _said(organization: Organization, one: Interaction) -> Said:
    author = organization.agent_name if one.party == Party.AGENT else one.author_label
    return Said(one.pk, one.party, author, words_of(one), one.created_at)
