"""Pure rules about what customers say of their invoices: how long their word holds the follow-ups."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from billabex.core.calendars import BusinessCalendar

GRACE = 2
"""Business days that money may take after the day it was promised for."""


def hold_until(promised_on: date, calendar: BusinessCalendar) -> date:
    """Return the day on which a promise ends by itself and follow-ups resume. Source: agent.md 7."""
    return calendar.after(promised_on, GRACE)


def is_live(promised_on: date | None, calendar: BusinessCalendar, today: date) -> bool:
    """Tell whether an unresolved payment declaration holds the follow-ups of its invoices on the day.

    Args:
        promised_on: The day the customer will pay; None where it says it has paid, which holds until it is resolved.
        calendar: The business days of the organization and the account together.
        today: The organization's civil date.
    """
    return promised_on is None or today < hold_until(promised_on, calendar)
