"""How fast the agent plans, from ten thousand invoices to a million, beside one statement of SQL written by hand."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import connection, models
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.utils.translation import gettext as _

from accounts.models import Account
from billabex.agent.bench import workers as bench_workers
from billabex.agent.bench.data import INVOICES_EACH, invent
from billabex.agent.bench.ground import NOW, TODAY, fresh_database, warm_up
from billabex.agent.cycle import plan_accounts, plan_due, plan_organization
from billabex.agent.models import Decision
from billabex.core import clock
from billabex.core.calendars import Place, calendar_of
from billabex.core.errors import InvalidInput
from communications.models import Communication
from invoices.models import Invoice
from tasks.models import Task

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Callable

    from billabex.organizations.models import Organization

HELP = """\
Plan invented organizations of the given sizes and measure what it costs, beside the limit: one set-based statement of
SQL, written by hand, that finds the same accounts and writes the same rows into the same tables. With more than one
worker, measure instead how much faster they are together than one of them alone.
Needs PostgreSQL; works in a database of its own, which goes afterwards."""
SETTLED_EVERY = 100
"""One account in so many is paid on the day whose cost is compared with that of planning everything."""


@dataclass
class Cost:
    """What a piece of work took: seconds of the wall clock, and megabytes more than before at the most."""

    seconds: float = 0.0
    megabytes: float = 0.0


@dataclass
class Measured:
    """What one size came to.

    Attributes:
        full: Planning every account for the first time.
        idle: Planning every account again, although nothing changed.
        day: A day on which one account in a hundred was paid.
        by_hand: The statement written by hand.
        statements: How many it takes to plan a thousand accounts.
        differing: Accounts for which the two planned another day.
    """

    invoices: int
    accounts: int
    full: Cost = field(default_factory=Cost)
    idle: Cost = field(default_factory=Cost)
    day: Cost = field(default_factory=Cost)
    by_hand: Cost = field(default_factory=Cost)
    statements: int = 0
    differing: int = 0

    @property
    def per_account(self) -> float:
        """Microseconds an account takes to be planned."""
        return self.full.seconds / self.accounts * 1e6


def add_arguments(parser: ArgumentParser) -> None:
    """Take the sizes, and how many workers."""
    sizes = [10_000, 100_000, 1_000_000]
    parser.add_argument("--invoices", nargs="+", type=int, default=sizes, metavar="N", help=_("How many invoices."))
    parser.add_argument("--workers", type=int, default=1, metavar="N", help=_("How many processes plan."))


def run(write: Callable[[str], object], *, invoices: list[int], workers: int = 1, **_options: Any) -> None:
    """Measure each size in a fresh database, and write the table line by line.

    Raises:
        InvalidInput: The database is not PostgreSQL.
    """
    if connection.vendor != "postgresql":
        raise InvalidInput(_("This measurement needs PostgreSQL: set DATABASE_URL."))
    if workers > 1:
        bench_workers.run(write, invoices=invoices, workers=workers)
        return
    write(
        "| invoices | accounts | planning s | accounts/s | µs/account | statements/1,000 | peak MB | by hand s | "
        "× by hand | no change s | 1 % day s | % of all | differing |"
    )
    write("|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
    measured = []
    for size in sorted(invoices):
        with fresh_database():
            measured.append(_measure(size))
        write(_row(measured[-1]))
    growth = measured[-1].per_account / measured[0].per_account
    write(f"µs/account at {measured[-1].invoices:,} invoices: {growth:.2f} × that at {measured[0].invoices:,}")


def _measure(size: int) -> Measured:
    measured = Measured(size, size // INVOICES_EACH)
    warm_up()
    ours, twin = (invent(name, invoices=size, today=TODAY) for name in ("Ours", "Twin"))
    with clock.stopped_at(NOW):
        _fill_calendar(twin)
        measured.by_hand = _cost(lambda: _plan_by_hand(twin))
        measured.full = _cost(lambda: plan_organization(ours, now=NOW))
        measured.differing = _differing(ours, twin)
        measured.statements = _statements(twin)
        measured.idle = _cost(lambda: plan_organization(ours, now=NOW))
    _pay_some(ours)
    with clock.stopped_at(NOW + timedelta(hours=1)):
        measured.day = _cost(lambda: plan_due(ours, now=NOW + timedelta(hours=1)))
    return measured


def _pay_some(organization: Organization) -> None:
    """Let one account in a hundred pay something, at a later instant than it was planned."""
    ids = list(Account.objects.for_organization(organization).order_by("pk").values_list("pk", flat=True))
    paying = ids[::SETTLED_EVERY]
    later = NOW + timedelta(minutes=30)
    oldest = Invoice.objects.filter(account__in=paying).open().order_by("account_id", "due_on", "number")
    Invoice.objects.filter(pk__in=oldest.distinct("account_id").values("pk")).update(
        paid_amount=F("total_amount"), settled_on=TODAY
    )
    Account.objects.filter(pk__in=paying).update(updated_at=later)


def _fill_calendar(organization: Organization) -> None:
    """Let the statement by hand know the business days."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE bench_calendar (country text, day date, n int, is_open bool)")
        for country in ("FR", "DE", "ES", ""):
            calendar = calendar_of(organization.place, Place(country))
            first = TODAY - timedelta(days=400)
            days = [first + timedelta(days=n) for n in range(600)]
            rows = [(country, day, calendar.between(first, day), calendar.is_business_day(day)) for day in days]
            cursor.executemany("INSERT INTO bench_calendar VALUES (%s, %s, %s, %s)", rows)
        cursor.execute("CREATE INDEX ON bench_calendar (country, n); CREATE INDEX ON bench_calendar (country, day)")
        cursor.execute("ANALYZE bench_calendar")


def _plan_by_hand(organization: Organization) -> None:
    with connection.cursor() as cursor:
        statement = Path(__file__).with_name("by_hand.sql").read_text()
        communication, communication_values = _columns(Communication, _MESSAGE)
        task, task_values = _columns(Task, _TASK)
        statement = statement.format(
            communication=communication, communication_values=communication_values, task=task, task_values=task_values
        )
        cursor.execute(
            statement,
            {"organization": organization.pk, "today": TODAY, "now": NOW, "opening": str(organization.sends_from)},
        )


_MESSAGE = {
    "id": "message_id",
    "account_id": "account_id",
    "status": "'scheduled'",
    "author": "'agent'",
    "kind": "CASE WHEN is_follow_up THEN 'follow_up' ELSE 'pre_due_reminder' END",
    "step": "step",
    "tone": "tone",
    "language": "'fr'",
    "planned_on": "day",
    "scheduled_for": "(day + %(opening)s::time) AT TIME ZONE 'Europe/Paris'",
    "reasons": "reasons",
}
_TASK = {"id": "gen_random_uuid()", "account_id": "account_id", "type": "'NeedContacts'"}
"""What the statement by hand puts into a message and a task, in SQL; the rest has its default."""


def _columns(model: type[models.Model], known: dict[str, str]) -> tuple[str, str]:
    """Return the table's columns and what the statement by hand puts there."""
    stamps = {"created_at": "%(now)s", "updated_at": "%(now)s", "organization_id": "%(organization)s"}
    values = stamps | known
    with connection.cursor() as cursor:
        for one in model._meta.concrete_fields:  # noqa: SLF001 - Django's documented model API
            if str(one.column) not in values:
                value = one.get_db_prep_save(one.get_default(), connection)
                values[str(one.column)] = cursor.mogrify("%s", [value]).replace("%", "%%")
    return ", ".join(values), ", ".join(values.values())


def _differing(ours: Organization, twin: Organization) -> int:
    """Count the accounts for which the two decided otherwise: outcome, day, or what the record says."""

    def decided(organization: Organization) -> set[tuple[Any, ...]]:
        rows = Decision.objects.for_organization(organization)
        return set(rows.values_list("account__name", "outcome", "planned_on").iterator())

    return len(decided(ours) - decided(twin))


def _statements(organization: Organization) -> int:
    """Count the statements that plan a thousand accounts, whose decisions all change."""
    ids = Account.objects.for_organization(organization).order_by("pk").values_list("pk", flat=True)[:1000]
    with CaptureQueriesContext(connection) as captured:
        plan_accounts(organization, list(ids), now=NOW)
    return len(captured)


def _cost(work: Callable[[], object]) -> Cost:
    cost, before, is_over = Cost(), _resident(), threading.Event()

    def watch() -> None:
        while not is_over.wait(0.02):
            cost.megabytes = max(cost.megabytes, _resident() - before)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    started = time.perf_counter()
    work()
    cost.seconds = time.perf_counter() - started
    is_over.set()
    watcher.join()
    return cost


def _resident() -> float:
    """Return this process's resident memory in megabytes."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


def _row(one: Measured) -> str:
    cells = (
        f"{one.invoices:,}",
        f"{one.accounts:,}",
        f"{one.full.seconds:.1f}",
        f"{one.accounts / one.full.seconds:,.0f}",
        f"{one.per_account:.0f}",
        f"{one.statements}",
        f"{one.full.megabytes:.0f}",
        f"{one.by_hand.seconds:.1f}",
        f"{one.full.seconds / one.by_hand.seconds:.1f}",
        f"{one.idle.seconds:.1f}",
        f"{one.day.seconds:.2f}",
        f"{one.day.seconds / one.full.seconds * 100:.1f}",
        f"{one.differing:,}",
    )
    return f"| {' | '.join(cells)} |"
