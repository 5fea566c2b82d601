"""Loads the facts of many accounts in a fixed number of queries, and freezes them for the rules."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Sum

from accounts.enums import AccountStatus, FollowUpOwner
from accounts.models import Account, Pause
from billabex.agent.models import Decision
from billabex.agent.rules import AccountState, FollowUp, OpenInvoice, PauseState, Settled
from billabex.core.calendars import calendar_of
from billabex.core.money import quantize
from communications.enums import REACHED_OUT, Author, Direction, Kind, Status, Tone
from communications.models import Communication, NamedInvoice
from contacts.models import Contact
from contacts.rules import Person
from invoices.models import CreditNote, Invoice
from tasks.models import Task

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from decimal import Decimal
    from uuid import UUID

    from billabex.organizations.models import Organization

HISTORY = timedelta(days=730)
"""How far back messages and late settlements matter to a decision."""


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
    """Return the facts of the accounts, in the order of their ids, in ten queries whatever their number.

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
        self.settled_late = self._settled_late(ids, since)
        self.written = self._written(ids, since)
        self.replies = self._replies(ids)
        self.scheduled = {
            message.account_id: message
            for message in Communication.objects.planned()
            .filter(account__in=ids, author=Author.AGENT)
            .prefetch_related("recipients")
        }
        latest = Decision.objects.filter(account=OuterRef("account")).order_by("-created_at", "-id").values("pk")[:1]
        self.fingerprints = dict(
            Decision.objects.filter(account__in=ids, pk=latest).values_list("account_id", "fingerprint")
        )
        self.open_tasks = self._open_tasks(ids)

    def _people(self, ids: Sequence[UUID]) -> dict[UUID, list[Person]]:
        found: dict[UUID, list[Person]] = defaultdict(list)
        for contact in Contact.objects.filter(account__in=ids).order_by("created_at", "id"):
            found[contact.account_id].append(person_of(contact))
        return found

    def _invoices(self, ids: Sequence[UUID]) -> dict[UUID, list[OpenInvoice]]:
        reminders = NamedInvoice.objects.filter(
            invoice=OuterRef("pk"), is_reminder=True, communication__status__in=[*REACHED_OUT, Status.FAILED]
        )
        found: dict[UUID, list[OpenInvoice]] = defaultdict(list)
        rows = Invoice.objects.filter(account__in=ids, settled_on__isnull=True).annotate(reminded=Exists(reminders))
        for row in rows.order_by("due_on", "issued_on", "number"):
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
                    is_reminded=row.reminded,  # type: ignore[attr-defined]  # annotated above
                )
            )
        return found

    @staticmethod
    def _credit(ids: Sequence[UUID]) -> dict[UUID, list[tuple[str, Decimal]]]:
        found: dict[UUID, list[tuple[str, Decimal]]] = defaultdict(list)
        rows = CreditNote.objects.filter(account__in=ids).open().values("account_id", "currency").order_by("currency")
        for row in rows.annotate(left=Sum("remaining_amount")):
            found[row["account_id"]].append((row["currency"], quantize(row["left"], row["currency"])))
        return found

    @staticmethod
    def _settled_late(ids: Sequence[UUID], since: date) -> dict[UUID, list[Settled]]:
        found: dict[UUID, list[Settled]] = defaultdict(list)
        rows = Invoice.objects.filter(account__in=ids, settled_on__gte=since).values_list(
            "account_id", "due_on", "settled_on"
        )
        for account_id, due_on, settled_on in rows:
            if settled_on is not None and settled_on > due_on:
                found[account_id].append(Settled(due_on, settled_on))
        return found

    @staticmethod
    def _written(ids: Sequence[UUID], since: date) -> dict[UUID, list[tuple[date, str, str, str]]]:
        found: dict[UUID, list[tuple[date, str, str, str]]] = defaultdict(list)
        rows = Communication.objects.reached_out().filter(account__in=ids, planned_on__gte=since)
        fields = rows.order_by("planned_on", "id").values_list("account_id", "planned_on", "author", "kind", "tone")
        for account_id, day, author, kind, tone in fields:
            if day is not None:
                found[account_id].append((day, author, kind, tone))
        return found

    def _replies(self, ids: Sequence[UUID]) -> dict[UUID, date]:
        rows = Communication.objects.filter(account__in=ids, direction=Direction.INCOMING).order_by("created_at")
        return {row[0]: row[1].astimezone(self.zone).date() for row in rows.values_list("account_id", "created_at")}

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
        credit=tuple(batch.credit[key]),
        settled_late=tuple(batch.settled_late[key]),
        follow_ups=tuple(FollowUp(day, Tone(tone)) for day, author, kind, tone in written if kind == Kind.FOLLOW_UP),
        last_message_on=written[-1][0] if written else None,
        last_agent_message_on=max((day for day, author, *_ in written if author == Author.AGENT), default=None),
        last_reply_on=batch.replies.get(key),
    )
    standing = Standing(
        scheduled=batch.scheduled.get(key),
        fingerprint=batch.fingerprints.get(key, ""),
        open_tasks=frozenset(batch.open_tasks[key]),
    )
    return Facts(account, state, standing)
