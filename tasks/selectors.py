"""Reads about tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Prefetch

from billabex.organizations.models import Membership
from invoices.models import Invoice
from tasks.errors import TaskNotFound
from tasks.models import Task

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from accounts.models import Account
    from billabex.organizations.models import Organization
    from tasks.models import TaskQuerySet


def task_list(organization: Organization) -> TaskQuerySet:
    """Return the organization's tasks with their accounts, ready to filter and page."""
    return Task.objects.for_organization(organization).select_related("account")


def waiting_count(member: Membership) -> int:
    """Return how many tasks wait for the member: the red number in the navigation."""
    return Task.objects.waiting_for(member).count()


def task_page(organization: Organization, task_id: UUID) -> Task:
    """Return one task with its account, assignees and conversation.

    Raises:
        TaskNotFound: No such task in this organization.
    """
    try:
        return (
            Task.objects.for_organization(organization)
            .select_related("account__organization", "organization")
            .prefetch_related("interactions", Prefetch("assignees", Membership.objects.select_related("user")))
            .get(pk=task_id)
        )
    except Task.DoesNotExist:
        raise TaskNotFound from None


def tasks_of(account: Account) -> TaskQuerySet:
    """Return the account's tasks, the newest first, ready to page."""
    return Task.objects.filter(account=account).order_by("-created_at", "-id")


def newest_of(account: Account, *, limit: int) -> list[Task]:
    """Return the account's newest tasks. One query."""
    return list(tasks_of(account)[:limit])


def open_invoices(account: Account, *, today: date, limit: int) -> tuple[list[Invoice], int]:
    """Return the account's open invoices with their statuses, the oldest due first, and how many more there are.

    Two queries.
    """
    found = Invoice.objects.filter(account=account).open()
    shown = list(found.with_status(today).order_by("due_on", "issued_on", "number")[:limit])
    return shown, found.count() - len(shown)
