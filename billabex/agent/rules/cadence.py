"""When the next message leaves. Source: seed 002, "AI agent behavior"; agent.md 2 and 5."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from billabex.agent.rules.notice import end_of_silence

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from billabex.agent.rules.state import AccountState, OpenInvoice
    from billabex.core.calendars import BusinessCalendar

REMINDER_LEAD = 3
"""Business days between a pre-due reminder and the due date."""

_BRACKETS = ((30, 10), (60, 5))
_LAST_INTERVAL = 3


def interval(age: int) -> int:
    """Return the business days between two messages when the oldest overdue invoice is `age` days overdue."""
    return next((days for oldest, days in _BRACKETS if age <= oldest), _LAST_INTERVAL)


def reminder_day(calendar: BusinessCalendar, due_on: date) -> date:
    """Return the day of an invoice's pre-due reminder."""
    return calendar.before(due_on, REMINDER_LEAD)


def first_day(state: AccountState, today: date) -> date:
    """Return the earliest day on which the agent may write.

    That is a business day, after the silence that follows a formal notice, and no second message on one day.
    """
    earliest = today
    if state.last_agent_message_on is not None:  # a day to come, where the organization has moved to the west since
        earliest = max(earliest, state.last_agent_message_on + timedelta(days=1))
    if silence_ends_on := end_of_silence(state):
        earliest = max(earliest, silence_ends_on)
    return state.calendar.on_or_after(earliest)


def last_written_on(state: AccountState, day: date) -> date | None:
    """Return the day that the rhythm is measured from; what a person cancelled counts as if it had left on its day."""
    if not state.skipped_on:  # nearly every account
        return state.last_message_on
    return max(filter(None, [state.last_message_on, *(on for on in state.skipped_on if on <= day)]), default=None)


def is_reminder_day(state: AccountState, invoice: OpenInvoice, day: date) -> bool:
    """Tell whether a message on the day would be the invoice's one pre-due reminder.

    An invoice that arrived after its reminder's day gets none; one whose day was missed (nothing ran, or somebody
    paused) is still reminded until it is due.
    """
    if invoice.is_reminded or day > invoice.due_on:  # most invoices: spares them the counting
        return False
    return invoice.arrived_on <= reminder_day(state.calendar, invoice.due_on) <= day


def reminder_on(state: AccountState, invoice: OpenInvoice, earliest: date) -> date | None:
    """Return when the invoice's pre-due reminder leaves, from `earliest` (a business day) on, or None."""
    if invoice.is_reminded or invoice.due_on < earliest:
        return None
    day = max(reminder_day(state.calendar, invoice.due_on), earliest)
    return day if is_reminder_day(state, invoice, day) else None


def first_follow_up_day(state: AccountState, due_on: date) -> date:
    """Return the first day on which a follow-up may speak of what was due then."""
    return state.calendar.after(due_on, 1 + state.extra_delay)


def follow_up_on(state: AccountState, invoices: Sequence[OpenInvoice], earliest: date) -> date:
    """Return when the next overdue follow-up leaves, from `earliest` (a business day) on, if nothing changes.

    The bracket is that of the day it leaves: it may change while waiting.
    """
    calendar = state.calendar
    oldest = min(invoice.due_on for invoice in invoices)
    day = max(first_follow_up_day(state, oldest), earliest)
    while (last := last_written_on(state, day)) and calendar.between(last, day) < interval((day - oldest).days):
        day = calendar.after(day, 1)
    return day
