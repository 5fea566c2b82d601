"""Asks for a message's words just before it is claimed: no transaction is open, and no lock is held while it waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from billabex.agent import facts as agent_facts
from billabex.agent.composing import brief_of
from billabex.agent.language_model.configured import configured
from billabex.agent.language_model.phrasing import phrase
from billabex.agent.planned import standing_message
from billabex.agent.rules import decide
from billabex.organizations.rules import is_sending_hour, local_date
from communications.models import Communication

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from billabex.agent.language_model.phrasing import Phrasing
    from billabex.agent.writing import Brief


def phrase_ahead(communication_id: UUID, *, now: datetime) -> Phrasing | None:
    """Have a configured language model word a message that is about to leave. Must run outside any transaction.

    What it is to say is decided as it will be at the claim, and decided there again: the words count only if it still
    comes to the same then.

    Returns:
        None, without a query, where no language model is configured; and for a message that does not leave now or that
        is not the agent's to word.
    """
    model = configured()
    brief = _brief(communication_id, now) if model else None
    return phrase(brief, model) if model and brief else None


def _brief(communication_id: UUID, now: datetime) -> Brief | None:
    """Return what the message is to say if it leaves now."""
    message = Communication.objects.due(now).filter(pk=communication_id).select_related("organization").first()
    if message is None or message.is_worded:
        return None
    organization, today = message.organization, local_date(message.organization, now)
    if not message.is_released_on(today) and not is_sending_hour(organization, now):
        return None
    [one] = agent_facts.load(organization, [message.account_id], today=today)
    due = standing_message(one, decide(one.state, today), today)
    return brief_of(organization, one.account, due) if due and due.on == today else None
