"""The list of tasks as rows to write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from billabex.organizations.models import Membership
from invoices.spreadsheets.exporting import BATCH, exports
from tasks.filters import TaskFilter
from tasks.selectors import task_list

if TYPE_CHECKING:
    from invoices.spreadsheets.exporting import Asked, Rows


@exports(
    "tasks",
    _("Tasks"),
    (_("Opened"), _("Account"), _("Task"), _("Status"), _("Assigned to"), _("Ended")),
)
def tasks(asked: Asked) -> Rows:
    """Yield the tasks that are asked for: by default those that wait for whoever asks."""
    zone = asked.member.organization.zone
    people = Membership.objects.select_related("user").order_by("user__full_name", "pk")
    narrowed = TaskFilter(asked.query).narrow(task_list(asked.member.organization), asked.member)
    for task in narrowed.prefetch_related(Prefetch("assignees", people)).iterator(chunk_size=BATCH):
        yield (
            task.created_at.astimezone(zone).date(),
            task.account.name,
            task.get_type_display(),
            task.get_status_display(),
            "; ".join(map(str, task.assignees.all())),
            task.closed_at and task.closed_at.astimezone(zone).date(),
        )
