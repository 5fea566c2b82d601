"""The formal notice: proposed to people after long, sent once they agree, followed by silence. Source: agent.md 5.

See docs/decisions/012.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from billabex.agent.rules.decision import Ask
from billabex.agent.rules.episode import follow_ups_since
from communications.enums import Tone
from tasks.enums import TaskType

if TYPE_CHECKING:
    from datetime import date

    from billabex.agent.rules.state import AccountState

NOTICE_AFTER = 90
"""Days overdue after which a formal notice is proposed."""

FIRM_FOLLOW_UPS = 3
"""How many of them must have left before."""

SILENCE = 8
"""Business days after a formal notice on which nothing leaves: the time it gives to pay."""


QUESTION = Ask(TaskType.APPROVE_ACTION, "formal_notice", about="formal_notice")
"""What people are asked: to agree to a formal notice. One such task is open at a time."""


def notice_asked_from(state: AccountState, *, since: date, due_on: date) -> date | None:
    """Return the day from which people are asked to agree to a formal notice; None while they are not.

    Args:
        state: The account's facts.
        since: The day before the overdue episode.
        due_on: When the oldest invoice that may be followed up was due.
    """
    if has_left(state, since) or _answer(state, since) is not None or not _is_earned(state, since):
        return None
    return due_on + timedelta(days=NOTICE_AFTER + 1)


def is_notice_next(state: AccountState, *, since: date, age: int) -> bool:
    """Tell whether a message in an episode is the formal notice: agreed to, not sent yet, and still called for."""
    return age > NOTICE_AFTER and bool(_answer(state, since)) and not has_left(state, since)


def has_left(state: AccountState, since: date) -> bool:
    """Tell whether the episode has had its formal notice."""
    return state.last_notice_on is not None and state.last_notice_on > since


def end_of_silence(state: AccountState) -> date | None:
    """Return the first day on which anything may follow the last formal notice."""
    return None if state.last_notice_on is None else state.calendar.after(state.last_notice_on, SILENCE + 1)


def _answer(state: AccountState, since: date) -> bool | None:
    """Return what people answered in the episode; None while nobody was asked, or has answered."""
    return state.notice.answer if state.notice and state.notice.asked_on > since else None


def _is_earned(state: AccountState, since: date) -> bool:
    return sum(one.tone == Tone.FIRM for one in follow_ups_since(state, since)) >= FIRM_FOLLOW_UPS
