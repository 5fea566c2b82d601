"""Listing and reading tasks, answering and cancelling them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import F

from accounts.errors import AccountNotFound
from accounts.models import Account
from billabex.api.operations import operation
from billabex.api.pages import Page
from billabex.api.resources.tasks.answers import answer_in_fields
from billabex.api.resources.tasks.reading import read_task, shown_task
from billabex.api.resources.tasks.serializers import (
    AccountTasksQuery,
    CancelIn,
    InteractionIn,
    TaskOut,
    TaskSearchQuery,
)
from billabex.api.views import ApiView, Entrance
from contacts.errors import EmailTaken, NotUnderstood
from tasks import services
from tasks.errors import OutdatedSchema, TaskClosed, TaskNotFound, WrongAnswer
from tasks.models import Task
from tasks.selectors import task_list, task_page

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from billabex.api.resources.tasks.reading import Shown
    from tasks.models import TaskQuerySet

ENTRANCE = Entrance(Task, "task_id", TaskNotFound)


class _TasksView(ApiView):
    """What the lists of tasks have in common."""

    def tasks_page(self, tasks: TaskQuerySet, query: Mapping[str, Any]) -> Page[Any]:
        """Return the page that a query asks for, with every conversation. Two queries."""
        wanted = {name: query[name] for name in ("type", "status") if name in query}
        found = tasks.filter(**wanted).prefetch_related("interactions")
        page = self.page(found, query, sorts={"createdAt": F("created_at")}, default="-createdAt")
        return Page([shown_task(self.organization, task) for task in page.nodes], page.end_cursor)


class AccountTasksView(_TasksView):
    """The tasks about an account."""

    @operation("List the tasks of an account", scope="tasks:read", query=AccountTasksQuery, pages=TaskOut)
    def get(self, query: dict[str, Any]) -> Page[Any]:
        """Lists the tasks about an account with their conversations, the newest first."""
        account = Account.objects.filter(pk=query["account_id"], organization__in=self.memberships).first()
        if account is None:
            raise AccountNotFound
        self.enter_organization(account.organization_id)
        return self.tasks_page(task_list(self.organization).filter(account=account), query)


class TaskSearchView(_TasksView):
    """The tasks of an organization."""

    @operation("List the tasks of an organization", scope="tasks:read", query=TaskSearchQuery, pages=TaskOut)
    def get(self, query: dict[str, Any]) -> Page[Any]:
        """Lists the tasks of an organization with their conversations, the newest first."""
        self.enter_organization(query["organization_id"])
        return self.tasks_page(task_list(self.organization), query)


class TaskView(ApiView):
    """One task."""

    enters = ENTRANCE

    @operation("Read a task", scope="tasks:read", answers=TaskOut)
    def get(self, task_id: UUID) -> Shown:
        """Answers a task with its conversation, and what a structured answer to it looks like."""
        return read_task(self.organization, task_id)


class InteractionsView(ApiView):
    """A task's conversation."""

    enters = ENTRANCE

    @operation(
        "Answer a task",
        scope="tasks:all",
        takes=InteractionIn,
        answers=TaskOut,
        status=201,
        refuses=[TaskClosed, WrongAnswer, OutdatedSchema, NotUnderstood, EmailTaken],
    )
    def post(self, task_id: UUID, body: dict[str, Any]) -> Shown:
        """Answers a task in words, or in the fields that its schema asks for. It has its effect at once.

        The answer is the task as it stands then, with what the agent says to it.
        """
        task = task_page(self.organization, task_id)
        if body["text"]:
            self._answer_in_words(task, body["text"])
        else:
            version, value = body["schema_version"], body["value"]
            answer_in_fields(task=task, version=version, value=value, actor=self.actor, now=self.now)
        return read_task(self.organization, task_id)

    def _answer_in_words(self, task: Task, text: str) -> None:
        try:
            services.answer_with_text(task=task, text=text, actor=self.actor, now=self.now)
        except NotUnderstood as error:
            error.fields = {"text": error.message}
            raise


class CancelView(ApiView):
    """Cancelling a task."""

    enters = ENTRANCE

    @operation("Cancel a task", scope="tasks:all", takes=CancelIn, answers=TaskOut, refuses=[TaskClosed])
    def post(self, task_id: UUID, body: dict[str, Any]) -> Shown:
        """Cancels a task. What was to be agreed to is refused; the agent does not ask again until something changes."""
        task = task_page(self.organization, task_id)
        services.cancel_task(task=task, reason=body["reason"], actor=self.actor, now=self.now)
        return read_task(self.organization, task_id)
