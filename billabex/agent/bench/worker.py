"""A worker of a measurement, as Celery's are: a process that imports the models once Django is set up."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from multiprocessing.queues import SimpleQueue
    from multiprocessing.synchronize import Barrier
    from uuid import UUID


def plan_what_is_left(
    database: str, warm: UUID, ready: Barrier, left: SimpleQueue[UUID | None], busy: SimpleQueue[float]
) -> None:
    """Plan organizations until none is left, and tell how long the processor was busy with it, in seconds.

    Args:
        database: The name of the one to work in.
        warm: An organization to plan first, before the others are told that this worker is ready.
        ready: Where all wait for each other.
        left: The organizations, and a None for each worker behind them.
        busy: Where to tell.
    """
    django.setup()

    from django.db import connection  # noqa: PLC0415 - the models must not be there before the set-up

    from billabex.agent.bench.ground import NOW  # noqa: PLC0415
    from billabex.agent.cycle import plan_organization  # noqa: PLC0415
    from billabex.core import clock  # noqa: PLC0415
    from billabex.organizations.models import Organization  # noqa: PLC0415

    def plan(organization_id: UUID) -> None:
        plan_organization(Organization.objects.get(pk=organization_id), now=NOW)

    connection.settings_dict["NAME"] = database
    with clock.stopped_at(NOW):
        try:
            plan(warm)
        except BaseException:
            ready.abort()  # the others would wait for it
            raise
        ready.wait()
        before = time.process_time()
        for organization_id in iter(left.get, None):
            plan(organization_id)
        busy.put(time.process_time() - before)
    connection.close()
