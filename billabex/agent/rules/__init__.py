"""The agent's pure core: from frozen facts and a date to one decision, with its reasons."""

from billabex.agent.rules.cadence import first_day, interval, reminder_day
from billabex.agent.rules.decide import decide, message_on
from billabex.agent.rules.decision import Ask, Decision, Message, Named, Reason
from billabex.agent.rules.notice import QUESTION
from billabex.agent.rules.parts import Part, parts
from billabex.agent.rules.state import (
    AccountState,
    Declared,
    FollowUp,
    NoticeAsked,
    OpenInvoice,
    PauseState,
    Settled,
)

__all__ = [
    "QUESTION",
    "AccountState",
    "Ask",
    "Decision",
    "Declared",
    "FollowUp",
    "Message",
    "Named",
    "NoticeAsked",
    "OpenInvoice",
    "Part",
    "PauseState",
    "Reason",
    "Settled",
    "decide",
    "first_day",
    "interval",
    "message_on",
    "parts",
    "reminder_day",
]
