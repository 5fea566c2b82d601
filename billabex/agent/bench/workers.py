"""How much faster several workers plan than one: each takes the next organization, as the hourly job hands them out."""

from __future__ import annotations

import time
from dataclasses import dataclass
from multiprocessing import get_context
from threading import BrokenBarrierError
from typing import TYPE_CHECKING

from django.db import connection
from django.utils.translation import gettext as _

from billabex.agent.bench.data import INVOICES_EACH, invent
from billabex.agent.bench.ground import TODAY, fresh_database, warm_up
from billabex.agent.bench.worker import plan_what_is_left
from billabex.core.errors import InvariantBroken

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from multiprocessing.queues import SimpleQueue
    from uuid import UUID

ORGANIZATIONS = 8
"""Over how many organizations the invoices are spread: one is always planned by one worker."""

PATIENCE = 120
"""Seconds that a worker may take to start."""


@dataclass(frozen=True, slots=True)
class Took:
    """What some workers took to plan everything: seconds of the wall clock, and of the processor in their own code."""

    seconds: float
    busy: float


def run(write: Callable[[str], object], *, invoices: list[int], workers: int) -> None:
    """Measure each size in a fresh database, and write the table line by line."""
    write(f"| invoices | accounts | 1 worker s | busy s | {workers} workers s | busy s | × faster |")
    write("|---:|---:|---:|---:|---:|---:|---:|")
    for size in sorted(invoices):
        with fresh_database():
            warm = warm_up().pk
            alone, together = (_organizations(name, size) for name in ("Alone", "Together"))
            one, many = plan_with(1, alone, warm=warm), plan_with(workers, together, warm=warm)
        cells = (
            f"{size:,}",
            f"{size // INVOICES_EACH:,}",
            f"{one.seconds:.1f}",
            f"{one.busy:.1f}",
            f"{many.seconds:.1f}",
            f"{many.busy:.1f}",
            f"{one.seconds / many.seconds:.2f}",
        )
        write(f"| {' | '.join(cells)} |")


def _organizations(name: str, invoices: int) -> list[UUID]:
    each = invoices // ORGANIZATIONS
    return [invent(f"{name} {n}", invoices=each, today=TODAY).pk for n in range(ORGANIZATIONS)]


def plan_with(workers: int, organizations: Sequence[UUID], *, warm: UUID) -> Took:
    """Have so many processes plan the organizations, each once, and return what it took from the first to the last.

    Args:
        workers: How many.
        organizations: What they take one after another.
        warm: The organization that each plans before, outside of the measurement.

    Raises:
        InvariantBroken: A worker failed.
    """
    context = get_context("spawn")
    ready = context.Barrier(workers + 1)
    left: SimpleQueue[UUID | None] = context.SimpleQueue()
    busy: SimpleQueue[float] = context.SimpleQueue()
    for organization_id in (*organizations, *[None] * workers):
        left.put(organization_id)
    facts = (str(connection.settings_dict["NAME"]), warm, ready, left, busy)
    processes = [context.Process(target=plan_what_is_left, args=facts, daemon=True) for _n in range(workers)]
    for process in processes:
        process.start()
    try:
        ready.wait(PATIENCE)
    except BrokenBarrierError as error:
        raise InvariantBroken(_("A worker failed.")) from error
    started = time.perf_counter()
    for process in processes:
        process.join()
    seconds = time.perf_counter() - started
    if any(process.exitcode for process in processes):
        raise InvariantBroken(_("A worker failed."))
    return Took(seconds, sum(busy.get() for _process in processes))
