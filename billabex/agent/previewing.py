"""What a scheduled message would say: the agent's answer to `communications.ports`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from billabex.agent import facts as agent_facts
from billabex.agent.composing import compose
from billabex.agent.explaining import sentence
from billabex.agent.planned import standing_message
from billabex.agent.rules import decide
from billabex.core import clock
from billabex.organizations.rules import local_date
from communications.ports import InvoiceLine, Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from billabex.agent.rules import Message
    from communications.models import Communication


def preview_scheduled(communication: Communication) -> Words | None:
    """Write what the account's scheduled message would say if it left on its day and nothing changed.

    A message that a person has had their say about is written for their day and their recipients.

    Returns:
        None when it would not leave at all: the next planning withdraws it, or keeps a person's waiting.
    """
    organization = communication.organization
    today = local_date(organization, clock.now())
    [one] = agent_facts.load(organization, [communication.account_id], today=today)
    decision = decide(one.state, today)
    message = standing_message(one, decision, today)
    if message is None:
        return None
    written = compose(organization, one.account, message, with_images=True)
    return Words(
        subject=written.subject,
        text=written.text,
        html=written.html,
        invoices=tuple(_lines(message)),
        why="" if communication.is_by_person else sentence(decision, one.account.name),
        images=written.images,
    )


def _lines(message: Message) -> Iterator[InvoiceLine]:
    for named in message.invoices:
        invoice = named.invoice
        yield InvoiceLine(invoice.number, invoice.due_on, invoice.currency, invoice.remaining, named.is_reminder)
