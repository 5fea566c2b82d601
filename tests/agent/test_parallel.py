"""Workers side by side never write an account twice. Source: house.md 3, "claim"; promises.md, "Traps"."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from billabex.agent.cycle import plan_organization
from billabex.agent.models import Decision
from billabex.agent.sending import due_messages, send_communication
from communications.models import Communication
from tasks.models import Task
from tests.agent.scenes import at, customer, letters

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from billabex.organizations.models import Organization

WORKERS = 4
NOW = at("03-17")
pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time; nothing races"),
    pytest.mark.django_db(transaction=True),
]


def all_at_once[Answer](work: Callable[[], Answer]) -> list[Answer]:
    """Have every worker do the same at the same moment."""
    start = Barrier(WORKERS)

    def run(_: int) -> Answer:
        start.wait(timeout=10)
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(run, range(WORKERS)))


def test_accounts_planned_by_many_at_once_have_one_message_task_and_record_each(organization: Organization) -> None:
    for n in range(20):
        customer(organization, "03-10", name=f"Acme {n}")
        customer(organization, "03-10", name=f"Nobody {n}", contact=False)
    outcomes = all_at_once(lambda: plan_organization(organization, now=NOW))
    assert outcomes == [{"message": 20, "task": 20}] * WORKERS
    assert (Communication.objects.count(), Task.objects.count(), Decision.objects.count()) == (20, 20, 40)


def test_messages_sent_by_many_at_once_leave_once(organization: Organization, outbox: Path) -> None:
    for n in range(10):
        customer(organization, "03-10", name=f"Acme {n}")
    plan_organization(organization, now=NOW)
    due = due_messages(now=NOW)
    results = all_at_once(lambda: [send_communication(one, now=NOW) for one in due])
    assert sorted(sum(status == "sent" for status in row) for row in zip(*results, strict=True)) == [1] * 10
    assert len(letters(outbox)) == 10
    assert Communication.objects.filter(status="sent", attempts=1).count() == 10
