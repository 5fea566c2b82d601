"""What the measurement of several workers does: it needs PostgreSQL, as they do."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.models import Account
from billabex.agent.bench.data import invent
from billabex.agent.bench.ground import TODAY, warm_up
from billabex.agent.bench.workers import plan_with
from billabex.agent.models import Decision
from billabex.core.errors import InvariantBroken

on_postgres = pytest.mark.skipif(connection.vendor != "postgresql", reason="The measurement needs PostgreSQL.")


@pytest.mark.postgres
@on_postgres
@pytest.mark.django_db(transaction=True)
def test_two_workers_plan_every_account_of_every_organization() -> None:
    warm = warm_up()
    organizations = [invent(name, invoices=50, today=TODAY).pk for name in ("One", "Two", "Three")]
    plan_with(2, organizations, warm=warm.pk)
    assert Account.objects.exclude(organization=warm).count() == 30
    assert Decision.objects.filter(organization__in=organizations).count() == 30


@pytest.mark.postgres
@on_postgres
@pytest.mark.django_db(transaction=True)
def test_worker_that_fails_keeps_nobody_waiting() -> None:
    with pytest.raises(InvariantBroken, match="A worker failed"):
        plan_with(1, [], warm=uuid4())


@pytest.mark.skipif(connection.vendor == "postgresql", reason="Only other databases are refused.")
def test_bench_cycle_says_that_it_needs_postgresql() -> None:
    with pytest.raises(CommandError, match="needs PostgreSQL"):
        call_command("bench", "cycle", "--workers", "2")
