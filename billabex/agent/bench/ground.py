"""What the measurements of planning stand on: their day, a database of their own, and workers that have warmed up."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from django.db import connection

from billabex.agent.bench.data import invent
from billabex.agent.cycle import plan_organization

if TYPE_CHECKING:
    from collections.abc import Iterator

    from billabex.organizations.models import Organization

TODAY = date(2026, 3, 17)
NOW = datetime(2026, 3, 17, 6, tzinfo=UTC)


@contextmanager
def fresh_database() -> Iterator[None]:
    """Work in an empty database beside the configured one; it goes afterwards."""
    before = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)


def warm_up() -> Organization:
    """Load what is loaded once in a worker's life: code, calendars, plans of statements. Return what was planned."""
    organization = invent("Warm up", invoices=500, today=TODAY)
    plan_organization(organization, now=NOW)
    return organization
