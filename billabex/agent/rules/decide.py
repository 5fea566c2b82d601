"""The decision: what happens next for one account, and why. Source: agent.md 2 to 5."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from accounts.enums import AccountStatus, FollowUpOwner
from billabex.agent.enums import Outcome
from billabex.agent.rules.cadence import (
    first_day,
    first_follow_up_day,
    follow_up_on,
    interval,
    is_reminder_day,
    reminder_on,
)
from billabex.agent.rules.decision import Decision, Message, Named, Reason
from billabex.agent.rules.netting import net_of_credit
from communications.enums import Kind, Tone
from contacts.rules import recipients

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from billabex.agent.rules.netting import Owed
    from billabex.agent.rules.state import AccountState, OpenInvoice

SOON = timedelta(days=7)
"""How far ahead a message names invoices that are not due yet."""

COPIES_FROM = 3
"""The unanswered follow-up from which on the other contacts are copied."""

_PROFESSIONAL_AFTER = 30
_FIRM_AFTER = 60


def decide(state: AccountState, today: date) -> Decision:
    """Decide what happens next for an account, as things stand on a day.

    Pure: the same facts and day give the same decision. The message, if any, is planned for the earliest day on which
    the rules ask for one, today or later, as if nothing changed until then.

    Args:
        state: The account's facts.
        today: The organization's civil date.
    """
    if held := _held(state, today):
        return held
    if recipients(state.people, copies=False) is None:
        return Decision(Outcome.TASK, (_no_contact(state),))
    owed = net_of_credit(state.invoices, state.credit)
    if not owed.invoices:
        code = "credit_covers" if state.invoices else "nothing_open"
        return Decision(Outcome.NOTHING, (Reason.of(code),))
    return _plan(state, owed, today)


def _held(state: AccountState, today: date) -> Decision | None:
    """Return the rule that forbids any message, if one does."""
    reason = None
    if state.status == AccountStatus.WRITTEN_OFF:
        reason = Reason.of("written_off")
    elif state.status == AccountStatus.SUSPENDED:
        reason = Reason.of("suspended")
    elif state.owner == FollowUpOwner.IN_HOUSE:
        reason = Reason.of("in_house")
    elif state.pause and (state.pause.until is None or state.pause.until > today):
        pause = state.pause
        reason = Reason.of("paused", reason=pause.reason, until=pause.until or "")
    return Decision(Outcome.HOLD, (reason,)) if reason else None


def _no_contact(state: AccountState) -> Reason:
    """Say why nobody can be written to: nobody is known, or nobody of those known can be reached."""
    return Reason.of(
        "no_usable_contact" if state.people else "no_contact", known=len(state.people), open=len(state.invoices)
    )


def _plan(state: AccountState, owed: Owed, today: date) -> Decision:
    """Plan the message of the earliest day that the reminders and the cadence ask for.

    A message of a reminder's day that speaks of overdue invoices, too, is a follow-up: it never sounds softer than the
    last one. Only while those are within the organization's extra delay, it is a reminder.
    """
    earliest = first_day(state, today)
    reminders = [day for one in owed.invoices if (day := reminder_on(state, one, earliest))]
    follow_up = follow_up_on(state, owed.invoices, earliest)
    day = min([follow_up, *reminders])
    named = _named(state, owed.invoices, day)
    overdue = [one for one in named if one.days_late > 0]
    if overdue and day >= first_follow_up_day(state, overdue[0].invoice.due_on):
        kind, step, tone = Kind.FOLLOW_UP, *_voice(state, overdue, day)
    else:
        kind, step, tone = Kind.PRE_DUE_REMINDER, 0, Tone.COURTEOUS
    people = recipients(state.people, copies=kind == Kind.FOLLOW_UP and _copies(state, overdue, tone))
    assert people is not None  # noqa: S101 - decide() looked before planning
    currencies = {one.invoice.currency for one in named}
    credit = tuple((currency, amount) for currency, amount in owed.credit if currency in currencies)
    message = Message(day, kind, step, tone, people, tuple(named), credit)
    return Decision(Outcome.MESSAGE, _why(state, message, is_cadence=day == follow_up), message)


def _named(state: AccountState, invoices: Sequence[OpenInvoice], day: date) -> list[Named]:
    """Return what a message of that day names: every overdue invoice, then those due within seven days.

    A message on or after an invoice's reminder day is its reminder. Where that lies more than seven days ahead (a week
    of holidays), what is due before it is named, too.
    """
    reminded = {invoice.id: invoice.due_on for invoice in invoices if is_reminder_day(state, invoice, day)}
    horizon = max([day + SOON, *reminded.values()])
    return [
        Named(invoice, (day - invoice.due_on).days, invoice.id in reminded)
        for invoice in invoices
        if invoice.due_on <= horizon
    ]


def _voice(state: AccountState, overdue: Sequence[Named], day: date) -> tuple[int, Tone]:
    """Return the step and tone of a follow-up: by age, never softer than before in the same overdue episode."""
    age = max(named.days_late for named in overdue)
    by_age = Tone.COURTEOUS if age <= _PROFESSIONAL_AFTER else Tone.PROFESSIONAL if age <= _FIRM_AFTER else Tone.FIRM
    earlier = [one for one in state.follow_ups if one.sent_on > episode_start(state, overdue)]
    return len(earlier) + 1, max([by_age, *(one.tone for one in earlier)], key=lambda tone: tone.rank)


def episode_start(state: AccountState, overdue: Sequence[Named]) -> date:
    """Return the last day before the account's overdue episode: since then something has always been overdue."""
    start = min(named.invoice.due_on for named in overdue)
    for settled in sorted(state.settled_late, key=lambda one: one.settled_on, reverse=True):
        if settled.due_on < start < settled.settled_on:
            start = settled.due_on
    return start


def _copies(state: AccountState, overdue: Sequence[Named], tone: Tone) -> bool:
    """Tell whether the other contacts are copied: at the firm tone, or from the third unanswered follow-up on."""
    since = episode_start(state, overdue)
    if state.last_reply_on is not None:
        since = max(since, state.last_reply_on)
    unanswered = sum(one.sent_on > since for one in state.follow_ups)
    return tone == Tone.FIRM or unanswered + 1 >= COPIES_FROM


def _why(state: AccountState, message: Message, *, is_cadence: bool) -> tuple[Reason, ...]:
    """Return the reasons of a planned message, the deciding one first."""
    reasons = []
    if message.overdue and is_cadence:
        oldest = message.overdue[0]
        code = "follow_up" if state.last_message_on else "first_follow_up"
        reasons.append(
            Reason.of(
                code,
                number=oldest.invoice.number,
                due_on=oldest.invoice.due_on,
                age=oldest.days_late,
                interval=interval(oldest.days_late),
                last_on=state.last_message_on or "",
                overdue=len(message.overdue),
            )
        )
    reminded = [named.invoice for named in message.invoices if named.is_reminder]
    if reminded:
        reasons.append(Reason.of("reminder", number=reminded[0].number, due_on=reminded[0].due_on, count=len(reminded)))
    return tuple(reasons)
