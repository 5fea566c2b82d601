"""What the demonstration has brought about, counted from the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count
from django.utils.translation import gettext as _

from accounts.models import Account
from billabex.core.money import quantize
from communications.enums import Kind, Status, Tone
from communications.models import Communication
from invoices.models import CreditNote, Invoice
from invoices.selectors import balances
from tasks.enums import TaskStatus
from tasks.models import Task

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from decimal import Decimal

    from billabex.organizations.models import Organization

type Line = tuple[str, str]


def summarize(organization: Organization, *, today: date) -> Iterator[Line]:
    """Return the lines of the table: documents, accounts, messages by kind and tone, tasks, balance."""
    yield _("Invoices"), str(Invoice.objects.for_organization(organization).count())
    yield _("Credit notes"), str(CreditNote.objects.for_organization(organization).count())
    yield _("Accounts"), str(Account.objects.for_organization(organization).count())
    yield from _messages(organization)
    yield from _tasks(organization)
    yield from _balance(organization, today)


def _messages(organization: Organization) -> Iterator[Line]:
    rows = Communication.objects.for_organization(organization).filter(status=Status.SENT)
    counts = {(r["kind"], r["tone"]): r["n"] for r in rows.values("kind", "tone").order_by().annotate(n=Count("pk"))}
    yield str(Kind.PRE_DUE_REMINDER.label), str(counts.get((Kind.PRE_DUE_REMINDER, Tone.COURTEOUS), 0))
    for tone in Tone:
        label = _("%(kind)s, %(tone)s") % {"kind": Kind.FOLLOW_UP.label, "tone": str(tone.label).lower()}
        yield label, str(counts.get((Kind.FOLLOW_UP, tone), 0))
    planned = Communication.objects.for_organization(organization).planned().count()
    yield _("Messages planned"), str(planned)


def _tasks(organization: Organization) -> Iterator[Line]:
    counts = dict(
        Task.objects.for_organization(organization).values_list("status").order_by("status").annotate(n=Count("pk"))
    )
    for status in TaskStatus:
        if counts.get(status):
            yield _("Tasks: %(status)s") % {"status": str(status.label).lower()}, str(counts[status])


def _balance(organization: Organization, today: date) -> Iterator[Line]:
    ids = Account.objects.for_organization(organization).values_list("pk", flat=True)
    totals: dict[str, list[Decimal]] = {}
    for entries in balances(ids, today=today).values():
        for balance in entries:
            total = totals.setdefault(balance.currency, [quantize(balance.outstanding * 0, balance.currency)] * 2)
            total[0] += balance.outstanding
            total[1] += balance.overdue
    for currency, (outstanding, overdue) in sorted(totals.items()):
        yield _("Outstanding, %(currency)s") % {"currency": currency}, f"{outstanding:,.2f}"
        yield _("of which overdue, %(currency)s") % {"currency": currency}, f"{overdue:,.2f}"
