"""Sending: everything is decided again at the last moment, then the message is claimed, handed over, and recorded."""

from __future__ import annotations

import logging
from collections import Counter
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef

from accounts.models import Account
from billabex.agent.composing import compose, language_for
from billabex.agent.cycle import plan_one
from billabex.agent.language_model.ahead import phrase_ahead
from billabex.agent.language_model.trace import keep_trace
from billabex.agent.planned import standing_message
from billabex.organizations.models import Organization
from billabex.organizations.rules import is_sending_hour, local_date
from communications.enums import Status
from communications.models import Communication, NamedInvoice
from communications.ports import Words
from communications.selectors import due_communications
from communications.services import claim, claim_own, hand_over

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime
    from uuid import UUID

    from billabex.agent.language_model.phrasing import Phrasing
    from billabex.agent.rules import Message
    from communications.gateways.email import Mailer

logger = logging.getLogger(__name__)


def due_messages(*, now: datetime, organization: Organization | None = None) -> list[UUID]:
    """Return the ids of the messages whose instant has come, of one organization or of all of them in turn.

    An organization whose own settings are broken is logged and left out; it never stops the others.
    """
    waiting = Organization.objects.filter(Exists(Communication.objects.due(now).filter(organization=OuterRef("pk"))))
    found: list[UUID] = []
    for one in [organization] if organization else waiting.order_by("pk"):
        try:
            found += due_communications(now, one)
        except Exception:  # the edge: one organization must never stop the others
            logger.exception("No message of organization %s could be sent", one.pk)
    return found


def send_due(*, now: datetime, organization: Organization | None = None) -> Counter[str]:
    """Send what is due, one after the other; return how many messages came to each status.

    A message that cannot be written is logged and counted as "failed"; it never stops the others.
    """
    statuses: Counter[str] = Counter()
    for communication_id in due_messages(now=now, organization=organization):
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
        now: The instant.
        mailer: The way out; the configured one by default.

    Returns:
        What became of it, or None when it is not to be sent (any more, today, or at this hour).
    """
    phrasing = phrase_ahead(communication_id, now=now)  # another computer may take its time: no lock is held
    with transaction.atomic():
        claimed = _claim(communication_id, now, phrasing)
    if claimed is None:
        return None
    return hand_over(communication=claimed, now=now, mailer=mailer)


def _claim(communication_id: UUID, now: datetime, phrasing: Phrasing | None) -> Communication | None:
    """Lock, decide again, write the words, and claim; all or nothing."""
    locked = Account.objects.select_for_update(of=("self",)).filter(communications=communication_id).first()
    message = Communication.objects.planned().filter(pk=communication_id).select_related("organization").first()
    if locked is None or message is None:
        return None  # gone, or sent meanwhile
    today = local_date(message.organization, now)
    if not message.is_released_on(today) and not is_sending_hour(message.organization, now):
        return None  # kept waiting in a queue until after hours
    if message.is_composed:
        is_ours = claim_own(communication=message, today=today, now=now)
    else:
        is_ours = _claim_plan(message, today, now, phrasing)
    if not is_ours:
        return None
    claimed = Communication.objects.select_related("organization").prefetch_related("recipients").get(pk=message.pk)
    if phrasing is not None:
        keep_trace(claimed, phrasing)
    return claimed


def _claim_plan(message: Communication, today: date, now: datetime, phrasing: Phrasing | None) -> bool:
    """Claim the account's plan, if it still is what the agent would send now, or what a person has made of it."""
    organization = message.organization
    one, decision = plan_one(organization, message.account_id, now=now)  # in line with this very moment
    scheduled = one.standing.scheduled
    if scheduled is None or scheduled.pk != message.pk or scheduled.scheduled_for is None:
        return False
    due = standing_message(one, decision, today)
    if due is None or due.on != today or scheduled.scheduled_for > now:
        return False
    words = None if message.is_worded else _write(organization, one.account, scheduled, due, phrasing)
    named = list(_named(message, due))
    return claim(communication=message, words=words, named_invoices=named, today=today, now=now)


def _write(
    organization: Organization,
    account: Account,
    standing: Communication,
    message: Message,
    phrasing: Phrasing | None,
) -> Words:
    """Return the words of the moment; a message that a person moved may have become one of another kind by now."""
    if standing.is_by_person:
        Communication.objects.filter(pk=standing.pk).update(
            kind=message.kind,
            step=message.step,
            tone=message.tone,
            language=language_for(message.recipients.to, account=account, organization=organization),
        )
    written = compose(organization, account, message, with_images=True, phrasing=phrasing)
    return Words(written.subject, written.text, written.html, images=written.images)


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
