"""Tasks: what the agent asks of people, and the conversation about it."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Account
from billabex.core.checks import not_blank, one_of
from billabex.core.models import AppendOnlyModel, BaseModel, TenantQuerySet
from billabex.organizations.models import Membership, Organization
from tasks.enums import OPEN, Answer, Party, TaskStatus, TaskType

_ANSWERED = Q(
    type=TaskType.APPROVE_ACTION, status__in=[TaskStatus.CLOSED, TaskStatus.CANCELLED], answer__in=Answer.values
)


class TaskQuerySet(TenantQuerySet["Task"]):
    """Tasks of any status."""

    def open(self) -> Self:
        """Keep those that can still be answered."""
        return self.filter(status__in=OPEN)

    def waiting_for(self, member: Membership) -> Self:
        """Keep those that wait for the member: assigned to them, action required. None waits for who may only read."""
        mine = self.filter(assignees=member, status=TaskStatus.ACTION_REQUIRED)
        return mine if member.can_write else mine.none()


class Task(BaseModel):
    """The agent's request for a person. Only the agent creates them."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="tasks")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="tasks")
    type = models.CharField(_("type"), max_length=30, choices=TaskType)
    about = models.CharField(
        max_length=100, blank=True, help_text="What it is about within its type, so that one thing is asked once."
    )
    status = models.CharField(_("status"), max_length=20, choices=TaskStatus, default=TaskStatus.ACTION_REQUIRED)
    assignees = models.ManyToManyField(Membership, related_name="tasks", blank=True, verbose_name=_("assigned to"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    answer = models.CharField(
        _("answer"),
        max_length=10,
        choices=Answer,
        blank=True,
        help_text="To a question of yes or no, once it is answered. Cancelling it says no.",
    )

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["organization", "status", "-created_at"], name="tasks_task_organization"),
            models.Index(fields=["organization", "-created_at", "-id"], name="tasks_task_newest"),
            models.Index(fields=["account", "-created_at"], name="tasks_task_account"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "type", "about"], condition=Q(status__in=OPEN), name="tasks_task_one_open"
            ),
            one_of("tasks_task", "type", TaskType),
            one_of("tasks_task", "status", TaskStatus),
            models.CheckConstraint(
                name="tasks_task_closed",
                condition=Q(status__in=OPEN, closed_at__isnull=True)
                | (~Q(status__in=OPEN) & Q(closed_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="tasks_task_answer",
                condition=_ANSWERED | (Q(answer="") & ~Q(type=TaskType.APPROVE_ACTION, status=TaskStatus.CLOSED)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_type_display()}: {self.account}"

    def get_absolute_url(self) -> str:
        """Return the address of the task."""
        return reverse("tasks:detail", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether it can still be answered."""
        return self.status in OPEN


class Interaction(AppendOnlyModel):
    """One entry in a task's conversation.

    What the agent says is kept as a code with its facts and put into words for whoever reads it, in their language;
    what people say is kept word for word.
    """

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="interactions")
    party = models.CharField(_("by"), max_length=10, choices=Party)
    author_id = models.UUIDField(null=True, editable=False)
    author_label = models.CharField(_("author"), max_length=300)
    text = models.TextField(_("text"), blank=True)
    code = models.CharField(max_length=60, blank=True)
    facts = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("interaction")
        verbose_name_plural = _("interactions")
        ordering = ["created_at", "id"]
        constraints = [
            one_of("tasks_interaction", "party", Party),
            models.CheckConstraint(
                name="tasks_interaction_agent_code",
                condition=Q(party=Party.AGENT) & ~Q(code="") | ~Q(party=Party.AGENT) & Q(code=""),
            ),
            not_blank("tasks_interaction", "author_label"),
            models.CheckConstraint(
                name="tasks_interaction_people_say_something",
                condition=Q(party=Party.AGENT) | ~Q(text__regex=r"^\s*$"),
            ),
        ]

    def __str__(self) -> str:
        return self.text or self.code
