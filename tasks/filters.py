"""How the list of tasks is searched and filtered; all of it stands in the address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tasks.enums import TaskStatus

if TYPE_CHECKING:
    from billabex.organizations.models import Membership
    from tasks.models import TaskQuerySet


class Show(TextChoices):
    """Which tasks are shown, by where they stand."""

    ACTION_REQUIRED = "action-required", _("Action required")
    AWAITING = "awaiting", _("Awaiting")
    IN_PROGRESS = "in-progress", _("In progress")
    CLOSED = "closed", pgettext_lazy("tasks", "Closed")
    ALL = "all", pgettext_lazy("tasks", "All")


class Whose(TextChoices):
    """Whose tasks are shown."""

    MINE = "mine", pgettext_lazy("tasks", "Mine")
    EVERYONE = "everyone", pgettext_lazy("tasks", "Everyone’s")


_STATUSES = {
    Show.ACTION_REQUIRED: [TaskStatus.ACTION_REQUIRED],
    Show.AWAITING: [TaskStatus.AWAITING_RESPONSE],
    Show.IN_PROGRESS: [TaskStatus.IN_PROGRESS],
    Show.CLOSED: [TaskStatus.CLOSED, TaskStatus.CANCELLED],
    Show.ALL: list(TaskStatus),
}


class TaskFilter(forms.Form):
    """What the address asks for; by default what waits for the member: theirs, action required (product.md 6).

    A value that is none of the choices is left aside, as if it were not there.
    """

    q = forms.CharField(required=False)
    show = forms.ChoiceField(required=False, choices=Show.choices)
    whose = forms.ChoiceField(required=False, choices=Whose.choices)

    def narrow(self, tasks: TaskQuerySet, member: Membership) -> TaskQuerySet:
        """Keep the tasks that are asked for."""
        self.is_valid()
        wanted = self.cleaned_data
        tasks = tasks.filter(status__in=_STATUSES[Show(wanted.get("show") or Show.ACTION_REQUIRED)])
        if (wanted.get("whose") or Whose.MINE) == Whose.MINE:
            tasks = tasks.filter(assignees=member)
        if text := wanted.get("q"):
            tasks = tasks.filter(account__name__icontains=text)
        return tasks
