"""What a scheduled message would say: the agent's answer to `communications.ports`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from billabex.agent import facts as agent_facts
from billabex.agent.composing import compose
from billabex.agent.explaining import sentence
from billabex.agent.rules import decide
from billabex.core import clock
from billabex.organizations.rules import local_date
from communications.ports import InvoiceLine, Words

if TYPE_CHECKING:
    from communications.models import Communication


def preview_scheduled(communication: Communication) -> Words | None:
    """Write what the account's scheduled message would say if it left on its day and nothing changed.

    Returns:
        None when the agent would no longer write at all: the next planning withdraws the message.
    """
    organization = communication.organization
    today = local_date(organization, clock.now())
    [one] = agent_facts.load(organization, [communication.account_id], today=today)
    decision = decide(one.state, today)
    if decision.message is None:
        return None
    written = compose(organization, one.account, decision.message)
    lines = (named.invoice for named in decision.message.invoices)
    return Words(
        subject=written.subject,
        text=written.text,
        html=written.html,
        invoices=tuple(InvoiceLine(i.number, i.due_on, i.currency, i.remaining) for i in lines),
        why=sentence(decision, one.account.name),
    )
