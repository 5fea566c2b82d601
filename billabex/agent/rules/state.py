"""The facts of one account that the agent decides from: frozen, complete, and nothing else.

Dates are civil dates in the organization's zone; amounts are in major units of the currency beside them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from accounts.enums import AccountStatus, FollowUpOwner

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal
    from uuid import UUID

    from billabex.core.calendars import BusinessCalendar
    from communications.enums import Tone
    from contacts.rules import Person


@dataclass(frozen=True, slots=True)
class Declared:
    """What the customer last said of paying an invoice, and nobody has resolved yet.

    Attributes:
        promised_on: The day by which it will be paid; None when they say that it has been.
    """

    promised_on: date | None = None


@dataclass(frozen=True, slots=True)
class OpenInvoice:
    """An invoice with something left to pay.

    Attributes:
        arrived_on: The day it came into Billabex.
        is_reminded: Its one pre-due reminder has left, or a person has cancelled it.
        is_disputed: A dispute takes it out of the follow-ups.
        declared: A payment declaration covers it, live or broken.
    """

    id: UUID
    number: str
    issued_on: date
    due_on: date
    arrived_on: date
    currency: str
    total: Decimal
    remaining: Decimal
    is_reminded: bool = False
    is_disputed: bool = False
    declared: Declared | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """An invoice that was settled only after its due date: it tells how long the overdue episode has lasted."""

    due_on: date
    settled_on: date


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A follow-up that left, on a day, in a tone."""

    sent_on: date
    tone: Tone


@dataclass(frozen=True, slots=True)
class NoticeAsked:
    """The last time that people were asked to agree to a formal notice.

    Attributes:
        asked_on: The day on which the task was opened.
        answer: Yes or no; None while it is open.
    """

    asked_on: date
    answer: bool | None = None


@dataclass(frozen=True, slots=True)
class PauseState:
    """An open pause: its reason, and the day on which it ends by itself, if any."""

    reason: str
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountState:
    """One account as the agent sees it.

    Attributes:
        calendar: The business days of the country of issuance and of the customer's country together, without those
            on which the organization is closed.
        extra_delay: Business days added before the first follow-up of an overdue invoice.
        people: Its contacts, the oldest first.
        invoices: Its open invoices, in any order.
        credit: Per currency, positive: credit not allocated, and what was paid too much.
        settled_late: What was settled after its due date, lately.
        follow_ups: The follow-ups that left, the oldest first.
        last_message_on: The last communication to the account, whoever wrote it.
        last_agent_message_on: The agent's last one, those that failed included.
        skipped_on: The days of planned messages that a person cancelled, past or to come.
        last_reply_on: The customer's last message.
        last_notice_on: The last formal notice that left.
        notice: The last time that a formal notice was proposed, unless the agent itself withdrew the question.
    """

    account_id: UUID
    calendar: BusinessCalendar
    extra_delay: int = 0
    status: AccountStatus = AccountStatus.ACTIVE
    owner: FollowUpOwner = FollowUpOwner.AGENT
    pause: PauseState | None = None
    people: tuple[Person, ...] = ()
    invoices: tuple[OpenInvoice, ...] = ()
    credit: tuple[tuple[str, Decimal], ...] = ()
    settled_late: tuple[Settled, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    last_message_on: date | None = None
    last_agent_message_on: date | None = None
    skipped_on: tuple[date, ...] = ()
    last_reply_on: date | None = None
    last_notice_on: date | None = None
    notice: NoticeAsked | None = None
