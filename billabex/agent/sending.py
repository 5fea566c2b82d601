"""Sending: everything is decided again at the last moment, then the message is claimed, handed over, and recorded."""

from __future__ import annotations

import logging
from collections import Counter
from typing import TYPE_CHECKING

from django.db import transaction

from accounts.errors import AccountNotFound
from accounts.services import lock_account
from billabex.agent import facts as agent_facts
from billabex.agent.composing import compose
from billabex.agent.cycle import plan_accounts
from billabex.agent.rules import decide
from billabex.organizations.rules import local_date
from communications.enums import Status
from communications.models import Communication, NamedInvoice
from communications.ports import Words
from communications.selectors import due_communications
from communications.services import claim, hand_over

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from uuid import UUID

    from billabex.agent.rules import Message
    from billabex.organizations.models import Organization
    from communications.gateways.email import Mailer

logger = logging.getLogger(__name__)


def send_due(*, now: datetime, organization: Organization | None = None) -> Counter[str]:
    """Send what is due, one after the other; return how many messages came to each status.

    A message that cannot be written is logged and counted as "failed"; it never stops the others.
    """
    statuses: Counter[str] = Counter()
    for communication_id in list(due_communications(now, organization)):
        try:
            status = send_communication(communication_id, now=now)
        except Exception:  # one message must never stop the others
            logger.exception("Message %s could not be sent", communication_id)
            status = Status.FAILED
        if status is not None:
            statuses[str(status)] += 1
    return statuses


def send_communication(communication_id: UUID, *, now: datetime, mailer: Mailer | None = None) -> Status | None:
    """Send one scheduled message, if it is still right to.

    Paid meanwhile: withdrawn. Amounts changed: written with the new ones. Paused: held. A contact who bounced: the next
    one is written to. Source: agent.md 6.

    Args:
        communication_id: The message.
        now: The instant; must lie in the organization's sending hours.
        mailer: The way out; the configured one by default.

    Returns:
        What became of it, or None when it is not to be sent (any more, or today).
    """
    with transaction.atomic():
        claimed = _claim(communication_id, now)
    if claimed is None:
        return None
    return hand_over(communication=claimed, now=now, mailer=mailer)


def _claim(communication_id: UUID, now: datetime) -> Communication | None:
    """Lock, decide again, write the words, and claim; all or nothing."""
    message = Communication.objects.planned().filter(pk=communication_id).select_related("organization").first()
    if message is None:
        return None
    organization, today = message.organization, local_date(message.organization, now)
    try:
        lock_account(message.account_id)
    except AccountNotFound:
        return None
    plan_accounts(organization, [message.account_id], now=now)  # brings the message in line with this very moment
    [one] = agent_facts.load(organization, [message.account_id], today=today)
    decision, scheduled = decide(one.state, today), one.standing.scheduled
    if scheduled is None or scheduled.pk != message.pk or decision.planned_on != today or decision.message is None:
        return None
    if scheduled.scheduled_for is None or scheduled.scheduled_for > now:
        return None
    written = compose(organization, one.account, one.state, decision.message)
    words = Words(written.subject, written.text, written.html)
    named = list(_named(message, decision.message))
    if not claim(communication=message, words=words, named_invoices=named, today=today, now=now):
        return None
    return Communication.objects.select_related("organization").prefetch_related("recipients").get(pk=message.pk)


def _named(communication: Communication, message: Message) -> Iterator[NamedInvoice]:
    """Return the invoices as the message names them, unsaved."""
    for named in message.invoices:
        invoice = named.invoice
        yield NamedInvoice(
            communication=communication,
            invoice_id=invoice.id,
            number=invoice.number,
            due_on=invoice.due_on,
            currency=invoice.currency,
            total_amount=invoice.total,
            remaining_amount=invoice.remaining,
            is_reminder=named.is_reminder,
        )
