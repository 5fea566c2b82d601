"""The fixed vocabularies of tasks."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class TaskType(TextChoices):
    """What the agent asks for (product.md 6). Further types come with reading replies."""

    NEED_CONTACTS = "NeedContacts", _("Contact needed")
    APPROVE_ACTION = "ApproveAction", _("Agreement needed")


class TaskStatus(TextChoices):
    """Where a task stands."""

    ACTION_REQUIRED = "action_required", _("Action required")
    IN_PROGRESS = "in_progress", _("In progress")
    AWAITING_RESPONSE = "awaiting_response", _("Awaiting response")
    CLOSED = "closed", pgettext_lazy("task", "Closed")
    CANCELLED = "cancelled", pgettext_lazy("task", "Cancelled")


OPEN = [TaskStatus.ACTION_REQUIRED, TaskStatus.IN_PROGRESS, TaskStatus.AWAITING_RESPONSE]
"""Statuses in which a task can still be answered."""


class Answer(TextChoices):
    """What people answer to a question of yes or no."""

    YES = "yes", pgettext_lazy("answer", "Yes")
    NO = "no", pgettext_lazy("answer", "No")


class Party(TextChoices):
    """Who speaks in a task's conversation."""

    AGENT = "agent", _("Agent")
    MEMBER = "member", _("Member")
    CUSTOMER = "customer", _("Customer")
