"""What tasks put on the pages of lower floors."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.utils.translation import gettext as _

from accounts.timeline import Event
from billabex.core.places import fills
from tasks.enums import TaskStatus
from tasks.selectors import newest_of, tasks_of, waiting_count

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from django.http import HttpRequest

    from accounts.models import Account
    from billabex.organizations.access import MemberRequest
    from tasks.models import Task, TaskQuerySet

MOST = 30


@fills("nav_counts")
def nav_counts(request: HttpRequest) -> dict[str, int] | None:
    """Count the tasks that wait for the member: the red number in the navigation."""
    member = cast("MemberRequest", request).member
    return {"tasks": waiting_count(member)} if member else None


@fills("account.tab_rows")
def tab_rows(account: Account) -> dict[str, TaskQuerySet]:
    """Name the tasks that the account's tab counts."""
    return {"tasks": tasks_of(account)}


@fills("account.overview")
def overview(account: Account, *, today: date) -> list[Event]:
    """Tell which tasks were opened, answered and cancelled."""
    events = [event for task in newest_of(account, limit=MOST) for event in _events(task)]
    return sorted(events, key=lambda event: event.at, reverse=True)[:MOST]


def _events(task: Task) -> Iterator[Event]:
    what, href = task.get_type_display(), task.get_absolute_url()
    yield Event(task.created_at, "list-todo", _("The agent asks: %(task)s") % {"task": what}, href=href)
    if task.closed_at is None:
        return
    if task.status == TaskStatus.CANCELLED:
        yield Event(task.closed_at, "ban", _("Task cancelled: %(task)s") % {"task": what}, href=href)
    else:
        yield Event(task.closed_at, "circle-check", _("Task answered: %(task)s") % {"task": what}, href=href)
