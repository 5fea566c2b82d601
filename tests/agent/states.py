"""Frozen facts to decide from, with the least that makes an account worth writing to."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from billabex.agent.rules import AccountState, Declared, FollowUp, Message, OpenInvoice, Settled, decide
from billabex.core.calendars import Place, calendar_of
from contacts.rules import Person

if TYPE_CHECKING:
    from communications.enums import Tone

FRANCE = calendar_of(Place("FR"))
_numbers = count(10_000)  # as text they sort as they were made


def day(when: str | date) -> date:
    """Return a day; "03-16" is one of 2026."""
    if isinstance(when, date):
        return when
    return date.fromisoformat(when if len(when) == len("2026-03-16") else f"2026-{when}")


def invoice(
    due: str | date,
    remaining: str = "100.00",
    currency: str = "EUR",
    *,
    arrived: str | date = "2025-01-01",
    number: str = "",
    is_reminded: bool = False,
    is_disputed: bool = False,
    promised: str | date | None = None,
    is_said_paid: bool = False,
) -> OpenInvoice:
    """Return an open invoice that came long ago; `promised` is the day by which the customer said it would pay."""
    due_on = day(due)
    return OpenInvoice(
        id=uuid4(),
        number=number or f"F-{next(_numbers)}",
        issued_on=due_on - timedelta(days=30),
        due_on=due_on,
        arrived_on=day(arrived),
        currency=currency,
        total=Decimal(remaining),
        remaining=Decimal(remaining),
        is_reminded=is_reminded,
        is_disputed=is_disputed,
        declared=Declared(day(promised) if promised else None) if promised or is_said_paid else None,
    )


def person(
    name: str = "jane", *, is_primary: bool = False, is_usable: bool = True, is_copy_only: bool = False
) -> Person:
    return Person(
        id=UUID(int=next(_numbers)),
        name=name.title(),
        email=f"{name}@customer.example",
        language="en",
        is_primary=is_primary,
        is_usable=is_usable,
        is_copy_only=is_copy_only,
    )


def state(*invoices: OpenInvoice, written: str | date | None = None, **facts: Any) -> AccountState:
    """Return an account with one contact; `written` is the day of the agent's last message."""
    last = None if written is None else day(written)
    defaults: dict[str, Any] = {
        "account_id": UUID(int=1),
        "calendar": FRANCE,
        "people": (person(is_primary=True),),
        "invoices": invoices,
        "last_message_on": last,
        "last_agent_message_on": last,
    }
    return AccountState(**defaults | facts)


def follow_ups(*left: tuple[str, Tone]) -> dict[str, Any]:
    """Return the facts of follow-ups that left, the oldest first."""
    sent = tuple(FollowUp(day(on), tone) for on, tone in left)
    return {"follow_ups": sent, "last_message_on": sent[-1].sent_on, "last_agent_message_on": sent[-1].sent_on}


def settled(due: str, on: str) -> Settled:
    return Settled(day(due), day(on))


def next_message(facts: AccountState, today: str | date) -> Message:
    """Return the message that is planned."""
    decision = decide(facts, day(today))
    assert decision.message is not None, decision
    return decision.message


def numbers(message: Message) -> list[str]:
    return [named.invoice.number for named in message.invoices]
