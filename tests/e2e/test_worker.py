"""A job travels through a real Redis to a real Celery worker, which works on the real database."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.db import connection
from redis import Redis

from billabex.agent.jobs import replan
from billabex.celery import app as celery_app
from communications.models import Communication
from tests.factories import ContactFactory, InvoiceFactory, OrganizationFactory

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from accounts.models import Account

pytestmark = [
    pytest.mark.redis,
    pytest.mark.postgres,
    pytest.mark.skipif(
        not settings.REDIS_URL or connection.vendor != "postgresql",
        reason="a second process needs REDIS_URL and a database that it can share",
    ),
    pytest.mark.xdist_group("worker"),
]

PATIENCE = timedelta(seconds=60)


@pytest.fixture
def queue() -> Iterator[str]:
    """Send jobs to the broker, on a queue of the test's own."""
    name = f"test-{os.getpid()}"
    celery_app.conf.task_always_eager = False
    celery_app.conf.task_default_queue = name
    yield name
    celery_app.conf.task_always_eager = True
    celery_app.conf.task_default_queue = "celery"
    Redis.from_url(settings.REDIS_URL).delete(name)


@pytest.fixture
def worker(queue: str, transactional_db: None, tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Start a worker process that works on this test's database."""
    db = connection.settings_dict
    url = f"postgres://{db['USER']}:{db['PASSWORD']}@{db['HOST'] or '127.0.0.1'}:{db['PORT']}/{db['NAME']}"
    command = [sys.executable, "-m", "celery", "-A", "billabex", "worker", "--pool", "solo", "--queues", queue]
    with (tmp_path / "worker.log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and arguments
            command, cwd=settings.BASE_DIR, env=os.environ | {"DATABASE_URL": url}, stdout=log, stderr=log
        )
        yield process
        process.terminate()
        process.wait(timeout=30)


@pytest.fixture
def account() -> Account:
    organization = OrganizationFactory.create(country="FR")
    invoice = InvoiceFactory.create(
        account__organization=organization, issued_on=date(2026, 1, 5), created_at=datetime(2026, 1, 5, tzinfo=UTC)
    )
    ContactFactory.create(account=invoice.account, language="en")
    account: Account = invoice.account
    return account


def test_replanning_runs_in_a_worker(worker: subprocess.Popen[bytes], account: Account, tmp_path: Path) -> None:
    replan.delay([str(account.pk)])
    deadline = datetime.now(UTC) + PATIENCE
    while not Communication.objects.planned().filter(account=account).exists():
        assert worker.poll() is None, (tmp_path / "worker.log").read_text()[-3000:]
        assert datetime.now(UTC) < deadline, "the worker did not plan in time"
        time.sleep(0.1)
    assert Communication.objects.planned().get(account=account).recipients.count() == 1
