"""The rows that the accounts of one batch are decided from: one query for each kind."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Exists, F, Max, OuterRef, Q, Sum

from accounts.models import Pause
from billabex.agent.rules import QUESTION, Declared, FollowUp, NoticeAsked, OpenInvoice, PauseState, Settled
from billabex.core.calendars import calendar_of
from billabex.core.money import quantize
from communications.enums import LEFT_US, Author, Direction, Kind, Tone
from communications.models import Communication, NamedInvoice
from contacts.models import Contact
from contacts.rules import Person, is_usable
from invoices.models import CreditNote, Dispute, Invoice, PaymentDeclaration
from tasks.enums import OPEN, Answer
from tasks.models import Task

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

    from billabex.core.calendars import BusinessCalendar, Place
    from billabex.organizations.models import Organization

HISTORY = timedelta(days=730)
"""How far back messages, questions and late settlements matter to a decision."""

_INVOICE = (
    "pk",
    "account_id",
    "number",
    "issued_on",
    "due_on",
    "created_at",
    "currency",
    "total_amount",
    "remaining_amount",
)
_CONTACT = (
    "account_id",
    "id",
    "full_name",
    "email",
    "email_status",
    "language",
    "is_primary",
    "do_not_contact",
    "copy_only",
)


@dataclass(slots=True)
class History:
    """What was written to an account, the oldest first."""

    follow_ups: list[FollowUp] = field(default_factory=list)
    skipped_on: list[date] = field(default_factory=list)
    last_message_on: date | None = None
    last_notice_on: date | None = None


class Batch:
    """Everything the accounts of one batch need, by account id; each attribute is one query."""

    def __init__(self, organization: Organization, ids: Sequence[UUID], today: date, closed: frozenset[date]) -> None:
        self.place, self.zone, self.closed = organization.place, organization.zone, closed
        self._calendars: dict[Place, BusinessCalendar] = {}
        since = today - HISTORY
        self.pauses = {
            pause.account_id: PauseState(pause.reason, pause.until)
            for pause in Pause.objects.filter(account__among=ids).live(today)
        }
        self.people = self._people(ids)
        self.disputed = set(
            Dispute.objects.holding().filter(invoice__account__among=ids).values_list("invoice_id", flat=True)
        )
        self.declared = self._declared(ids)
        self.invoices = self._invoices(ids)
        self.credit = self._credit(ids)
        self.settled = self._settled(ids, since)
        self.history = self._history(ids, since)
        self.tries = self._tries(ids)
        self.replies = self._replies(ids)
        self.scheduled = {
            message.account_id: message
            for message in Communication.objects.plans().filter(account__among=ids).prefetch_related("recipients")
        }
        self.open_tasks: dict[UUID, set[tuple[str, str]]] = defaultdict(set)
        self.notices: dict[UUID, NoticeAsked] = {}
        self._tasks(ids, since)

    def calendar_for(self, place: Place) -> BusinessCalendar:
        """Return the business days of the organization and of one of its customers, closures left out."""
        if place not in self._calendars:
            self._calendars[place] = calendar_of(self.place, place).without(self.closed)
        return self._calendars[place]

    @staticmethod
    def _people(ids: Sequence[UUID]) -> dict[UUID, list[Person]]:
        found: dict[UUID, list[Person]] = defaultdict(list)
        rows = Contact.objects.filter(account__among=ids).order_by("created_at", "id").values_list(*_CONTACT)
        for account_id, key, name, email, status, language, is_primary, do_not_contact, copy_only in rows:
            usable = is_usable(email, status, do_not_contact=do_not_contact)
            found[account_id].append(Person(key, name, email, language, is_primary, usable, copy_only))
        return found

    @staticmethod
    def _declared(ids: Sequence[UUID]) -> dict[UUID, Declared]:
        """Return what was last said of paying each invoice; that it has been paid outweighs any promise."""
        found: dict[UUID, Declared] = {}
        rows = PaymentDeclaration.objects.open().filter(account__among=ids, invoices__isnull=False).order_by()
        for invoice_id, promised_on in rows.values_list("invoices", "promised_on"):
            known = found.get(invoice_id)
            if known is None or promised_on is None or (known.promised_on and known.promised_on < promised_on):
                found[invoice_id] = Declared(promised_on)
        return found

    def _invoices(self, ids: Sequence[UUID]) -> dict[UUID, list[OpenInvoice]]:
        reminders = NamedInvoice.objects.reminders_done().filter(invoice=OuterRef("pk"))
        rows = Invoice.objects.filter(account__among=ids, settled_on__isnull=True).order_by(
            "due_on", "issued_on", "number"
        )
        found: dict[UUID, list[OpenInvoice]] = defaultdict(list)
        for row in rows.annotate(reminded=Exists(reminders)).values_list(*_INVOICE, "reminded", named=True):
            found[row.account_id].append(
                OpenInvoice(
                    id=row.pk,
                    number=row.number,
                    issued_on=row.issued_on,
                    due_on=row.due_on,
                    arrived_on=row.created_at.astimezone(self.zone).date(),
                    currency=row.currency,
                    total=row.total_amount,
                    remaining=quantize(row.remaining_amount, row.currency),
                    is_reminded=row.reminded,
                    is_disputed=row.pk in self.disputed,
                    declared=self.declared.get(row.pk),
                )
            )
        return found

    @staticmethod
    def _credit(ids: Sequence[UUID]) -> dict[UUID, defaultdict[str, Decimal]]:
        found: dict[UUID, defaultdict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
        rows = CreditNote.objects.filter(account__among=ids).open().values("account_id", "currency").order_by()
        for row in rows.annotate(left=Sum("remaining_amount")):
            found[row["account_id"]][row["currency"]] = quantize(row["left"], row["currency"])
        return found

    def _settled(self, ids: Sequence[UUID], since: date) -> dict[UUID, list[Settled]]:
        """Return what was settled late, and count what was paid too much as credit."""
        late = Q(settled_on__gte=since, settled_on__gt=F("due_on"))
        rows = Invoice.objects.filter(late | Q(remaining_amount__lt=0), account__among=ids)
        found: dict[UUID, list[Settled]] = defaultdict(list)
        fields = rows.order_by().values_list("account_id", "currency", "due_on", "settled_on", "remaining_amount")
        for account_id, currency, due_on, settled_on, remaining in fields:
            found[account_id].append(Settled(due_on, settled_on or due_on))  # never None: each of them is settled
            if remaining < 0:
                self.credit[account_id][currency] -= quantize(remaining, currency)
        return found

    @staticmethod
    def _history(ids: Sequence[UUID], since: date) -> dict[UUID, History]:
        found: dict[UUID, History] = defaultdict(History)
        rows = Communication.objects.reached_out() | Communication.objects.skipped()
        fields = rows.filter(account__among=ids, planned_on__gte=since).order_by("planned_on", "id")
        for account_id, day, kind, tone, cancelled_at in fields.values_list(
            "account_id", "planned_on", "kind", "tone", "cancelled_at"
        ):
            history = found[account_id]
            if day is None:  # never: outgoing messages have a day
                continue
            if cancelled_at:
                history.skipped_on.append(day)
                continue
            history.last_message_on = day
            if kind == Kind.FOLLOW_UP:
                history.follow_ups.append(FollowUp(day, Tone(tone or Tone.COURTEOUS)))
            elif kind == Kind.FORMAL_NOTICE:
                history.last_notice_on = day
        return found

    @staticmethod
    def _tries(ids: Sequence[UUID]) -> dict[UUID, date | None]:
        """Return the day of the agent's last try to write, successful or not: there is one a day at most."""
        rows = Communication.objects.filter(account__among=ids, author=Author.AGENT, status__in=LEFT_US).order_by()
        return dict(rows.values("account_id").annotate(day=Max("planned_on")).values_list("account_id", "day"))

    def _replies(self, ids: Sequence[UUID]) -> dict[UUID, date]:
        rows = Communication.objects.filter(account__among=ids, direction=Direction.INCOMING).values("account_id")
        latest = rows.order_by().annotate(at=Max("created_at")).values_list("account_id", "at")
        return {account_id: at.astimezone(self.zone).date() for account_id, at in latest}

    def _tasks(self, ids: Sequence[UUID], since: date) -> None:
        """Note the open tasks, and the last time that a formal notice was proposed and not withdrawn."""
        asked = Q(type=QUESTION.type, about=QUESTION.about, created_at__date__gte=since) & ~Q(answer="")
        rows = Task.objects.filter(asked | Q(status__in=OPEN), account__among=ids).order_by("created_at", "id")
        for account_id, type_, about, status, answer, at in rows.values_list(
            "account_id", "type", "about", "status", "answer", "created_at"
        ):
            if status in OPEN:
                self.open_tasks[account_id].add((type_, about))
            if (type_, about) == (QUESTION.type, QUESTION.about):
                asked_on = at.astimezone(self.zone).date()
                self.notices[account_id] = NoticeAsked(asked_on, answer == Answer.YES if answer else None)


def person_of(contact: Contact) -> Person:
    """Return a contact as the rules see it."""
    return Person(
        id=contact.pk,
        name=contact.full_name,
        email=contact.email,
        language=contact.language,
        is_primary=contact.is_primary,
        is_usable=contact.is_usable,
        is_copy_only=contact.copy_only,
    )
