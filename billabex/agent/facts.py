"""Loads the facts of many accounts in a fixed number of queries, and freezes them for the rules."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Exists, F, Max, OuterRef, Q, Subquery, Sum

from accounts.enums import AccountStatus, FollowUpOwner
from accounts.models import Account, Pause
from billabex.agent.models import Decision
from billabex.agent.rules import AccountState, FollowUp, OpenInvoice, PauseState, Settled
from billabex.core.calendars import calendar_of
from billabex.core.money import quantize
from communications.enums import LEFT_US, REACHED_OUT, Author, Direction, FailureCode, Kind, Tone
from communications.models import Communication, NamedInvoice
from contacts.models import Contact
from contacts.rules import Person
from invoices.models import CreditNote, Invoice
from tasks.models import Task

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from uuid import UUID

    from billabex.organizations.models import Organization

HISTORY = timedelta(days=730)
"""How far back messages and late settlements matter to a decision."""

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


@dataclass(frozen=True, slots=True)
class Standing:
    """What the agent has standing for an account: what a new decision is compared with.

    Attributes:
        scheduled: Its Scheduled message, with recipients prefetched.
        fingerprint: That of its latest decision; "" before the first.
        open_tasks: The types of its open tasks.
    """

    scheduled: Communication | None
    fingerprint: str
    open_tasks: frozenset[str]


@dataclass(frozen=True, slots=True)
class Facts:
    """One account, what the rules see of it, and what stands."""

    account: Account
    state: AccountState
    standing: Standing


def load(organization: Organization, account_ids: Iterable[UUID], *, today: date) -> list[Facts]:
    """Return the facts of the accounts, in the order of their ids, in thirteen queries whatever their number.

    Args:
        organization: Whose accounts they are; others' are left out.
        account_ids: At most a thousand or so, as everything is held in memory.
        today: The organization's civil date.
    """
    accounts = list(Account.objects.for_organization(organization).filter(pk__in=list(account_ids)).order_by("pk"))
    ids = [account.pk for account in accounts]
    batch = _Batch(organization, ids, today)
    return [_freeze(organization, account, batch) for account in accounts]


class _Batch:
    """Everything the accounts of one batch need, by account id; each attribute is one query."""

    def __init__(self, organization: Organization, ids: Sequence[UUID], today: date) -> None:
        self.zone = organization.zone
        since = today - HISTORY
        self.pauses = {
            pause.account_id: PauseState(pause.reason, pause.until)
            for pause in Pause.objects.filter(account__in=ids).live(today)
        }
        self.people = self._people(ids)
        self.invoices = self._invoices(ids)
        self.credit = self._credit(ids)
        self.settled = self._settled(ids, since)
        self.written = self._written(ids, since)
        self.tries = self._tries(ids)
        self.replies = self._replies(ids)
        self.scheduled = {
            message.account_id: message
            for message in Communication.objects.planned()
            .filter(account__in=ids, author=Author.AGENT)
            .prefetch_related("recipients")
        }
        latest = (
            Decision.objects.filter(account=OuterRef("pk")).order_by("-created_at", "-id").values("fingerprint")[:1]
        )
        self.fingerprints = dict(Account.objects.filter(pk__in=ids).values_list("pk", Subquery(latest)))
        self.open_tasks = self._open_tasks(ids)

    def _people(self, ids: Sequence[UUID]) -> dict[UUID, list[Person]]:
        found: dict[UUID, list[Person]] = defaultdict(list)
        for contact in Contact.objects.filter(account__in=ids).order_by("created_at", "id"):
            found[contact.account_id].append(person_of(contact))
        return found

    def _invoices(self, ids: Sequence[UUID]) -> dict[UUID, list[OpenInvoice]]:
        has_left = Q(communication__status__in=REACHED_OUT) | Q(communication__failure_code=FailureCode.UNKNOWN_OUTCOME)
        reminders = NamedInvoice.objects.filter(has_left, invoice=OuterRef("pk"), is_reminder=True)
        rows = Invoice.objects.filter(account__in=ids, settled_on__isnull=True).order_by(
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
                )
            )
        return found

    @staticmethod
    def _credit(ids: Sequence[UUID]) -> dict[UUID, defaultdict[str, Decimal]]:
        found: dict[UUID, defaultdict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
        rows = CreditNote.objects.filter(account__in=ids).open().values("account_id", "currency").order_by()
        for row in rows.annotate(left=Sum("remaining_amount")):
            found[row["account_id"]][row["currency"]] = quantize(row["left"], row["currency"])
        return found

    def _settled(self, ids: Sequence[UUID], since: date) -> dict[UUID, list[Settled]]:
        """Return what was settled late, and count what was paid too much as credit."""
        late = Q(settled_on__gte=since, settled_on__gt=F("due_on"))
        rows = Invoice.objects.filter(late | Q(remaining_amount__lt=0), account__in=ids)
        found: dict[UUID, list[Settled]] = defaultdict(list)
        fields = rows.order_by().values_list("account_id", "currency", "due_on", "settled_on", "remaining_amount")
        for account_id, currency, due_on, settled_on, remaining in fields:
            found[account_id].append(Settled(due_on, settled_on or due_on))  # never None: each of them is settled
            if remaining < 0:
                self.credit[account_id][currency] -= quantize(remaining, currency)
        return found

    @staticmethod
    def _written(ids: Sequence[UUID], since: date) -> dict[UUID, list[tuple[date, str, str]]]:
        found: dict[UUID, list[tuple[date, str, str]]] = defaultdict(list)
        rows = Communication.objects.reached_out().filter(account__in=ids, planned_on__gte=since)
        fields = rows.order_by("planned_on", "id").values_list("account_id", "planned_on", "kind", "tone")
        for account_id, day, kind, tone in fields:
            found[account_id].append((day or since, kind, tone))  # never None: outgoing messages have a day
        return found

    @staticmethod
    def _tries(ids: Sequence[UUID]) -> dict[UUID, date | None]:
        """Return the day of the agent's last try to write, successful or not: there is one a day at most."""
        rows = Communication.objects.filter(account__in=ids, author=Author.AGENT, status__in=LEFT_US).order_by()
        return dict(rows.values("account_id").annotate(day=Max("planned_on")).values_list("account_id", "day"))

    def _replies(self, ids: Sequence[UUID]) -> dict[UUID, date]:
        rows = Communication.objects.filter(account__in=ids, direction=Direction.INCOMING).values("account_id")
        latest = rows.order_by().annotate(at=Max("created_at")).values_list("account_id", "at")
        return {account_id: at.astimezone(self.zone).date() for account_id, at in latest}

    @staticmethod
    def _open_tasks(ids: Sequence[UUID]) -> dict[UUID, set[str]]:
        found: dict[UUID, set[str]] = defaultdict(set)
        for account_id, kind in Task.objects.open().filter(account__in=ids).values_list("account_id", "type"):
            found[account_id].add(kind)
        return found


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


def _freeze(organization: Organization, account: Account, batch: _Batch) -> Facts:
    key = account.pk
    written = batch.written[key]
    state = AccountState(
        account_id=key,
        calendar=calendar_of(organization.place, account.place),
        extra_delay=organization.extra_delay_days,
        status=AccountStatus(account.status),
        owner=FollowUpOwner(account.follow_up_owner),
        pause=batch.pauses.get(key),
        people=tuple(batch.people[key]),
        invoices=tuple(batch.invoices[key]),
        credit=tuple(sorted(batch.credit[key].items())),
        settled_late=tuple(batch.settled[key]),
        follow_ups=tuple(
            FollowUp(day, Tone(tone or Tone.COURTEOUS)) for day, kind, tone in written if kind == Kind.FOLLOW_UP
        ),
        last_message_on=written[-1][0] if written else None,
        last_agent_message_on=batch.tries.get(key),
        last_reply_on=batch.replies.get(key),
    )
    standing = Standing(
        scheduled=batch.scheduled.get(key),
        fingerprint=batch.fingerprints.get(key) or "",
        open_tasks=frozenset(batch.open_tasks[key]),
    )
    return Facts(account, state, standing)
