"""The next message of an account that may be written to: when it leaves, what it says, why. Source: agent.md 2 to 5."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from billabex.agent.rules.cadence import (
    first_day,
    first_follow_up_day,
    follow_up_on,
    interval,
    is_reminder_day,
    last_written_on,
    reminder_on,
)
from billabex.agent.rules.claims import broken_promise
from billabex.agent.rules.decision import Message, Named, Reason
from billabex.agent.rules.episode import episode_start, follow_ups_since, tone_of
from billabex.agent.rules.notice import SILENCE, is_notice_next
from communications.enums import Kind, Tone
from contacts.rules import recipients

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from billabex.agent.rules.claims import Stage
    from billabex.agent.rules.netting import Owed
    from billabex.agent.rules.state import AccountState, OpenInvoice
    from contacts.rules import Recipients

SOON = timedelta(days=7)
"""How far ahead a message names invoices that are not due yet."""

COPIES_FROM = 3
"""The unanswered follow-up from which on the other contacts are copied."""

type Planned = tuple[Message, tuple[Reason, ...]]


def next_message(state: AccountState, debts: Sequence[OpenInvoice], to_come: Sequence[Stage], today: date) -> Planned:
    """Plan the message of the earliest day that the reminders and the cadence ask for.

    A promise that ends before that day brings its invoices back, and with them perhaps an earlier one.

    Args:
        state: The account's facts.
        debts: What it owes, those disputed or announced included: the overdue episode counts them.
        to_come: What may be asked for from today on, and from each later day that changes it; today, something.
        today: The organization's civil date.
    """
    for stage, following in pairwise(to_come):
        planned = _plan(state, debts, stage.owed, first_day(state, max(today, stage.starts_on)))
        if planned[0].on < following.starts_on:
            return planned
    last = to_come[-1]
    return _plan(state, debts, last.owed, first_day(state, max(today, last.starts_on)))


def message_of_day(
    state: AccountState, debts: Sequence[OpenInvoice], owed: Owed, day: date, people: Recipients | None = None
) -> Message:
    """Return what a message of a day says, be it one that the rules ask for or one that a person chose.

    A message that speaks of overdue invoices is a follow-up, on a reminder's day, too: it never sounds softer than the
    last one. Only while those are within the organization's extra delay, it is a reminder of what is due soon; a person
    may let one leave that has nothing of the kind to remind of.

    Args:
        state: The account's facts.
        debts: What it owes, those disputed or announced included: the overdue episode counts them.
        owed: What may be asked for on the day; something.
        day: When it leaves.
        people: To whom, where a person chose; else as the rules say.
    """
    named = _named(state, owed.invoices, day)
    overdue = [one for one in named if one.days_late > 0]
    is_chasing = bool(overdue) and (
        day >= first_follow_up_day(state, overdue[0].invoice.due_on) or len(overdue) == len(named)
    )
    since = episode_start(state, debts, day)
    kind, step, tone = _voice(state, since, overdue) if is_chasing else (Kind.PRE_DUE_REMINDER, 0, Tone.COURTEOUS)
    people = people or recipients(state.people, copies=is_chasing and _copies(state, since, tone))
    assert people is not None  # noqa: S101 - decide() looked before planning
    currencies = {one.invoice.currency for one in named}
    return Message(
        on=day,
        kind=kind,
        step=step,
        tone=tone,
        recipients=people,
        invoices=tuple(named),
        credit=tuple((currency, amount) for currency, amount in owed.credit if currency in currencies),
        deadline_on=state.calendar.after(day, SILENCE) if kind == Kind.FORMAL_NOTICE else None,
        broken_promise_on=broken_promise(state, [one.invoice for one in overdue], day) if is_chasing else None,
    )


def _plan(state: AccountState, debts: Sequence[OpenInvoice], owed: Owed, earliest: date) -> Planned:
    """Plan the message of the first day, a given business day or later, that the rules ask for."""
    reminders = [day for one in owed.invoices if (day := reminder_on(state, one, earliest))]
    follow_up = follow_up_on(state, owed.invoices, earliest)
    message = message_of_day(state, debts, owed, min([follow_up, *reminders]))
    return message, _why(state, message, is_cadence=message.on == follow_up)


def _named(state: AccountState, invoices: Sequence[OpenInvoice], day: date) -> list[Named]:
    """Return what a message of that day names: every overdue invoice, then those due within seven days.

    A message on or after an invoice's reminder day is its reminder. Where that lies more than seven days ahead (a week
    of holidays), what is due before it is named, too. It names something in any case: a person may let it leave early.
    """
    reminded = {invoice.id: invoice.due_on for invoice in invoices if is_reminder_day(state, invoice, day)}
    horizon = max([day + SOON, invoices[0].due_on, *reminded.values()])
    return [
        Named(invoice, (day - invoice.due_on).days, invoice.id in reminded)
        for invoice in invoices
        if invoice.due_on <= horizon
    ]


def _voice(state: AccountState, since: date, overdue: Sequence[Named]) -> tuple[Kind, int, Tone]:
    """Return how a message speaks of overdue invoices, the oldest first."""
    age = overdue[0].days_late
    if is_notice_next(state, since=since, age=age):
        return Kind.FORMAL_NOTICE, 0, Tone.FIRM
    earlier = follow_ups_since(state, since)
    return Kind.FOLLOW_UP, len(earlier) + 1, tone_of(age, earlier)


def _copies(state: AccountState, since: date, tone: Tone) -> bool:
    """Tell whether the other contacts are copied: at the firm tone, or from the third unanswered follow-up on."""
    if state.last_reply_on is not None:
        since = max(since, state.last_reply_on)
    return tone == Tone.FIRM or len(follow_ups_since(state, since)) + 1 >= COPIES_FROM


def _why(state: AccountState, message: Message, *, is_cadence: bool) -> tuple[Reason, ...]:
    """Return the reasons of a planned message, the deciding one first."""
    reasons = []
    if message.overdue and (is_cadence or message.kind == Kind.FORMAL_NOTICE):
        oldest = message.overdue[0]
        reasons.append(
            Reason.of(
                _rhythm(state, message),
                number=oldest.invoice.number,
                due_on=oldest.invoice.due_on,
                age=oldest.days_late,
                interval=interval(oldest.days_late),
                last_on=last_written_on(state, message.on) or "",
                overdue=len(message.overdue),
            )
        )
    reminded = [named.invoice for named in message.invoices if named.is_reminder]
    if reminded:
        reasons.append(Reason.of("reminder", number=reminded[0].number, due_on=reminded[0].due_on, count=len(reminded)))
    if message.broken_promise_on:
        reasons.append(Reason.of("broken_promise", promised_on=message.broken_promise_on))
    return tuple(reasons)


def _rhythm(state: AccountState, message: Message) -> str:
    """Return the code of the rule that brings a message about overdue invoices."""
    last = last_written_on(state, message.on)
    if message.kind == Kind.FORMAL_NOTICE:
        return "formal_notice"
    if last is None:
        return "first_follow_up"
    if last == state.last_notice_on:
        return "after_notice"
    return "after_skip" if last != state.last_message_on else "follow_up"
