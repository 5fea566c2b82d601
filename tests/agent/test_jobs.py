"""What is queued: nothing outlives the moment at which the schedule queues it again."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest
from celery.signals import before_task_publish
from django.conf import settings
from kombu import Queue

from billabex.agent import jobs
from billabex.celery import app
from billabex.core import clock, events
from tests.agent.scenes import at, customer, owing
from tests.factories import OrganizationFactory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoCaptureOnCommitCallbacks

    from billabex.organizations.models import Organization

NOW = at("03-17")


@pytest.fixture
def queued() -> Iterator[list[tuple[str, Any]]]:
    """Return what is queued, with the instant at which it expires, on a queue that no worker reads."""
    seen: list[tuple[str, Any]] = []

    def note(sender: str, headers: dict[str, Any], **_rest: Any) -> None:
        seen.append((sender.rpartition(".")[2], headers["expires"]))

    before = app.conf.task_always_eager, app.conf.task_default_queue
    app.conf.task_always_eager, app.conf.task_default_queue = False, f"unread-{os.getpid()}"
    before_task_publish.connect(note)
    yield seen
    before_task_publish.disconnect(note)
    with app.connection_for_write() as connection:
        Queue(app.conf.task_default_queue)(connection.channel()).purge()
    app.conf.task_always_eager, app.conf.task_default_queue = before


@pytest.mark.parametrize(("name", "period"), [("plan", 3600), ("send", 60)])
def test_schedule_drops_what_it_queues_again(name: str, period: int) -> None:
    schedule: dict[str, Any] = settings.CELERY_BEAT_SCHEDULE
    entry = schedule[name]
    assert entry["task"] in app.tasks
    assert entry["options"]["expires"] == period


@pytest.mark.django_db
def test_send_queues_due_messages_that_expire(organization: Organization, queued: list[tuple[str, Any]]) -> None:
    owing(customer(organization), "03-10")
    with clock.stopped_at(NOW):
        jobs.plan_one_organization(str(organization.pk))
        jobs.send()
    [(name, expires)] = queued
    assert (name, expires is not None) == ("send_one", True)


@pytest.mark.django_db
def test_change_of_many_accounts_queues_one_job(
    organization: Organization,
    queued: list[tuple[str, Any]],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        events.announce_all([customer(organization).pk for _ in range(3)], "account")
    assert [name for name, _expires in queued] == ["replan"]


@pytest.mark.django_db
def test_plan_queues_organizations_that_expire(queued: list[tuple[str, Any]]) -> None:
    OrganizationFactory.create_batch(2)
    jobs.plan()
    assert [(name, expires is not None) for name, expires in queued] == [("plan_one_organization", True)] * 2
