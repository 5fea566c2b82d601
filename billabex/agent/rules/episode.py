"""An overdue episode: as long as something of the account is overdue without a break. Source: agent.md 5.

Steps and tones count within it, and a formal notice is proposed once in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from communications.enums import Tone

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from billabex.agent.rules.state import AccountState, FollowUp, OpenInvoice

PROFESSIONAL_AFTER = 30
FIRM_AFTER = 60
"""Days overdue after which a follow-up is professional, then firm."""


def episode_start(state: AccountState, invoices: Iterable[OpenInvoice], day: date) -> date:
    """Return the last day before the episode of a day: since then something has always been overdue.

    Args:
        state: The account's facts.
        invoices: What it owes; those disputed or announced are overdue like others, what its credit covers is not.
        day: One on which something is overdue; else the day itself is returned.
    """
    start = min([day, *(invoice.due_on for invoice in invoices)])
    for settled in sorted(state.settled_late, key=lambda one: one.settled_on, reverse=True):
        if settled.due_on < start < settled.settled_on:
            start = settled.due_on
    return start


def follow_ups_since(state: AccountState, since: date) -> list[FollowUp]:
    """Return the follow-ups of the episode that began after a day."""
    return [one for one in state.follow_ups if one.sent_on > since]


def tone_of(age: int, earlier: Iterable[FollowUp]) -> Tone:
    """Return the tone of a message: by the age of the oldest overdue invoice, never softer than the earlier ones."""
    by_age = Tone.COURTEOUS if age <= PROFESSIONAL_AFTER else Tone.PROFESSIONAL if age <= FIRM_AFTER else Tone.FIRM
    return max([by_age, *(one.tone for one in earlier)], key=lambda tone: tone.rank)
