"""Reads about tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.enums import TaskStatus
from tasks.errors import TaskNotFound
from tasks.models import Task

if TYPE_CHECKING:
    from uuid import UUID

    from billabex.organizations.models import Membership, Organization
    from tasks.models import TaskQuerySet


def task_list(organization: Organization) -> TaskQuerySet:
    """Return the organization's tasks with their accounts, ready to filter and page."""
    return Task.objects.for_organization(organization).select_related("account")


def waiting_count(member: Membership) -> int:
    """Return how many tasks wait for the member: the red number in the navigation."""
    return Task.objects.filter(assignees=member, status=TaskStatus.ACTION_REQUIRED).count()


def task_page(organization: Organization, task_id: UUID) -> Task:
    """Return one task with its account, assignees and conversation.

    Raises:
        TaskNotFound: No such task in this organization.
    """
    try:
        return (
            Task.objects.for_organization(organization)
            .select_related("account", "organization")
            .prefetch_related("interactions", "assignees__user")
            .get(pk=task_id)
        )
    except Task.DoesNotExist:
        raise TaskNotFound from None
