"""Reads about communications."""

from __future__ import annotations

from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Count, Exists, F, OuterRef, Prefetch, Q, Subquery, Value, When

from accounts.models import Account
from billabex.core.calendars import calendar_of
from billabex.core.places import fill
from billabex.organizations.rules import closed_days, is_sending_hour, local_date
from communications.enums import LEFT_US, Author, Direction, Status
from communications.errors import CommunicationNotFound
from communications.models import AT, Communication, Recipient
from communications.ports import preview
from communications.rules import with_pictures

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime
    from decimal import Decimal
    from uuid import UUID

    from accounts.models import AccountQuerySet
    from billabex.core.calendars import BusinessCalendar
    from billabex.organizations.models import Organization
    from communications.models import CommunicationQuerySet, NamedInvoice
    from communications.ports import Words
    from invoices.models import Invoice

_BODIES = ("body_text", "body_html", "reasons")
_TOLD = [*LEFT_US, Status.RECEIVED]
_AT = Case(
    When(status=Status.CANCELLED, then=F("updated_at")),
    default=AT,
)


@dataclass(frozen=True, slots=True)
class Thread:
    """The messages of one account, as a list of threads shows them.

    Attributes:
        last: The one planned next, else the newest.
        count: How many there are, withdrawn plans left out.
    """

    account: Account
    last: Communication
    count: int


@dataclass(frozen=True, slots=True)
class Line:
    """An invoice that a message names, with its amounts at that time.

    Attributes:
        invoice_id: None where it is gone, or the message is a plan.
        total: None where the message is a plan.
    """

    number: str
    due_on: date
    currency: str
    remaining: Decimal
    total: Decimal | None = None
    invoice_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Whole:
    """A message as its reader gets it, or would get it today, and why it was written.

    Attributes:
        is_preview: The words are not fixed yet: the agent writes them when it leaves.
        is_moot: It is a plan whose reason is gone: the next planning withdraws it.
        is_held: It is a person's plan that would not leave as things stand, and waits; `why` says what for.
        has_changed: It is a person's plan, and what it is about has changed since they saw it.
        is_on_day_off: It is a person's plan for a day on which the agent would not write.
    """

    communication: Communication
    subject: str
    text: str
    html: str
    lines: tuple[Line, ...]
    why: str
    is_preview: bool = False
    is_moot: bool = False
    is_held: bool = False
    has_changed: bool = False
    is_on_day_off: bool = False


def due_communications(now: datetime, organization: Organization | None = None) -> Iterator[UUID]:
    """Return the ids of the messages whose instant has come, the oldest first, where sending hours are open now.

    What a person sends at once leaves at any hour of that day.
    """
    due = Communication.objects.due(now).select_related("organization").order_by("scheduled_for", "id")
    if organization is not None:
        due = due.for_organization(organization)
    zone_and_hours = ("organization__time_zone", "organization__sends_from", "organization__sends_until")
    for message in due.only("id", "released_at", "planned_on", *zone_and_hours).iterator():
        today = local_date(message.organization, now)
        if message.is_released_on(today) or is_sending_hour(message.organization, now):
            yield message.pk


def in_order(messages: CommunicationQuerySet) -> CommunicationQuerySet:
    """Order as a log is read: plans first, then the newest. Annotates `at`, the instant that counts for each.

    A withdrawn plan stands where it was withdrawn, not on the day that it was planned for.
    """
    is_past = Case(When(status=Status.SCHEDULED, then=Value(0)), default=Value(1))
    return messages.annotate(at=_AT).order_by(is_past, "-at", "-id")


def thread_list(organization: Organization) -> AccountQuerySet:
    """Return the accounts with messages, those planned or written to last first, ready to filter and page.

    Annotates `message_count`, `last_id` and `last_at`; `threads` makes a page of them ready to print.
    """
    kept = Communication.objects.filter(account=OuterRef("pk")).exclude(status=Status.CANCELLED)
    last = in_order(kept)
    counted = kept.order_by().values("account").annotate(count=Count("pk"))
    return (
        Account.objects.for_organization(organization)
        .filter(Exists(kept))
        .annotate(
            message_count=Subquery(counted.values("count")),
            last_id=Subquery(last.values("pk")[:1]),
            last_at=Subquery(last.values_list(_AT)[:1]),
        )
        .order_by("-last_at", "id")
    )


def threads(accounts: Iterable[Account]) -> list[Thread]:
    """Return the threads of a page of `thread_list`. One query."""
    facts = [(account, *attrgetter("last_id", "message_count")(account)) for account in accounts]
    last = in_order(Communication.objects.defer(*_BODIES)).in_bulk([last_id for _, last_id, _ in facts])
    return [Thread(account, last[last_id], count) for account, last_id, count in facts if last_id in last]


def log_of(account: Account) -> CommunicationQuerySet:
    """Return the account's messages without their bodies, plans first, then the newest. Annotates `at`."""
    return in_order(Communication.objects.filter(account=account).defer(*_BODIES))


def messages_of(account: Account) -> CommunicationQuerySet:
    """Return the account's messages, withdrawn plans left out, in no order."""
    return Communication.objects.filter(account=account).exclude(status=Status.CANCELLED)


def communication_list(organization: Organization) -> CommunicationQuerySet:
    """Return the organization's messages without their bodies, ready to filter, to order and to page.

    With recipients and named invoices: two queries more.
    """
    messages = Communication.objects.for_organization(organization).defer(*_BODIES)
    return messages.prefetch_related("recipients", "named_invoices")


def communication_page(organization: Organization, communication_id: UUID) -> Communication:
    """Return one message with its account, recipients and named invoices.

    Raises:
        CommunicationNotFound: No such message in this organization.
    """
    try:
        return (
            in_order(Communication.objects.for_organization(organization))
            .select_related("account", "organization")
            .prefetch_related("recipients", "named_invoices")
            .get(pk=communication_id)
        )
    except Communication.DoesNotExist:
        raise CommunicationNotFound from None


def whole(communication: Communication, *, today: date) -> Whole:
    """Return a message, as `communication_page` returns it, as its reader gets it.

    What the agent plans has no words yet: they are written now, for whoever looks.
    """
    is_plan = communication.status == Status.SCHEDULED and not communication.is_composed
    if is_plan and communication.is_by_person:
        return _as_theirs(communication, today)
    if is_plan and communication.author == Author.AGENT:
        return _as_planned(communication)
    lines = lines_of(communication.named_invoices.all())
    why = " ".join(fill("communication.why", communication))
    subject = communication.subject or communication.title
    return Whole(communication, subject, communication.body_text, communication.body_html, lines, why)


def lines_of(named: Iterable[NamedInvoice]) -> tuple[Line, ...]:
    """Return the invoices that a message names, as they are shown."""
    return tuple(
        Line(one.number, one.due_on, one.currency, one.remaining_amount, one.total_amount, one.invoice_id)
        for one in named
    )


def letter(communication: Communication, *, today: date) -> str:
    """Return the HTML of a message, as `communication_page` returns it, for a browser that shows it alone.

    "" where it has none.
    """
    return with_pictures(whole(communication, today=today).html, communication.images.all())


def _as_planned(communication: Communication) -> Whole:
    words = preview(communication)
    if words is None:
        return Whole(communication, communication.title, "", "", (), "", is_preview=True, is_moot=True)
    html = with_pictures(words.html, words.images)
    return Whole(communication, words.subject, words.text, html, _lines(words), words.why, is_preview=True)


def _as_theirs(communication: Communication, today: date) -> Whole:
    """Return a plan that is a person's: in their words where they gave any, and with what they should know."""
    planned = _as_planned(communication)
    seen = {(one.number, one.remaining_amount) for one in communication.named_invoices.all()}
    theirs = replace(
        planned,
        why=_why_waiting(communication, today) if planned.is_moot else planned.why,
        is_held=planned.is_moot,
        is_moot=False,
        has_changed=not planned.is_moot and seen != {(line.number, line.remaining) for line in planned.lines},
        is_on_day_off=not calendar_for(communication).is_business_day(communication.planned_on or today),
    )
    if not communication.is_worded:
        return theirs
    return replace(
        theirs,
        subject=communication.subject,
        text=communication.body_text,
        html=communication.body_html,
        is_preview=False,
    )


def _why_waiting(communication: Communication, today: date) -> str:
    return " ".join(one.sentence for one in fill("account.follow_up", communication.account, today=today))


def _lines(words: Words) -> tuple[Line, ...]:
    return tuple(Line(one.number, one.due_on, one.currency, one.remaining_amount) for one in words.invoices)


def calendar_for(communication: Communication) -> BusinessCalendar:
    """Return the business days of a message's account. One query, for the days on which the organization is closed."""
    organization = communication.organization
    calendar = calendar_of(organization.place, communication.account.place)
    return calendar.without(closed_days(organization.closures.all()))


def told_of(account: Account, *, limit: int) -> list[Communication]:
    """Return the newest messages of an account that left or came in, with recipients. Two queries."""
    return _told(Q(account=account), limit=limit)


def told_about(invoice: Invoice) -> list[Communication]:
    """Return the messages that named an invoice, the newest first, with recipients. Two queries."""
    return _told(Q(named_invoices__invoice=invoice))


def _told(which: Q, *, limit: int | None = None) -> list[Communication]:
    to = Prefetch("recipients", Recipient.objects.exclude(field="cc"))
    found = Communication.objects.filter(which, Q(status__in=_TOLD) | Q(direction=Direction.INCOMING))
    messages: Any = in_order(found.defer(*_BODIES)).prefetch_related(to)
    return list(messages[:limit])
