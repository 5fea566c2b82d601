"""Disputes: an invoice that its customer objects to is not asked for until somebody finds for one of the sides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction

from accounts.services import lock_account, note_change
from billabex.core import audit
from invoices.errors import AlreadyDisputed, DisputeResolved, DocumentNotFound
from invoices.models import Dispute, Invoice

if TYPE_CHECKING:
    from datetime import datetime

    from billabex.core.actors import Actor
    from invoices.enums import DisputeReason, DisputeSide


@transaction.atomic
def open_dispute(*, invoice: Invoice, reason: DisputeReason, actor: Actor, now: datetime, note: str = "") -> Dispute:
    """Take an invoice out of the follow-ups because its customer objects to it. An invoice has one open dispute.

    Args:
        invoice: What is disputed; its account is locked first.
        reason: What is said to be wrong with it.
        actor: Who says so, or who notes it down.
        now: The instant.
        note: The customer's words, or what a colleague should know.

    Raises:
        AlreadyDisputed: It is, already; `extra["dispute"]` is the open dispute.
        DocumentNotFound: The invoice is gone.
    """
    lock_account(invoice.account_id)
    if not Invoice.objects.filter(pk=invoice.pk).exists():
        raise DocumentNotFound
    try:
        with transaction.atomic():
            dispute = Dispute.objects.create(
                invoice=invoice, reason=reason, note=note, opened_at=now, opened_by=actor.label
            )
    except IntegrityError as error:
        raise AlreadyDisputed(dispute=invoice.disputes.open().get()) from error
    _tell(actor, "invoice.disputed", invoice, {"reason": reason, "note": note})
    return dispute


@transaction.atomic
def resolve_dispute(
    *, dispute: Dispute, in_favour_of: DisputeSide, actor: Actor, now: datetime, note: str = ""
) -> Dispute:
    """Find for one of the sides, for good.

    For the organization, the invoice is asked for again. For the customer it is not: the organization credits or
    deletes it, or finds otherwise in a new dispute.

    Raises:
        DisputeResolved: Somebody was faster; `extra["dispute"]` says how.
        DocumentNotFound: The invoice is gone, and its dispute with it.
    """
    lock_account(dispute.invoice.account_id)
    fresh = Dispute.objects.select_related("invoice").filter(pk=dispute.pk).first()
    if fresh is None:
        raise DocumentNotFound
    if not fresh.is_open:
        raise DisputeResolved(dispute=fresh)
    fresh.in_favour_of, fresh.resolution_note = in_favour_of, note
    fresh.resolved_at, fresh.resolved_by = now, actor.label
    fresh.save(update_fields=["in_favour_of", "resolution_note", "resolved_at", "resolved_by", "updated_at"])
    _tell(actor, "invoice.dispute-resolved", fresh.invoice, {"in_favour_of": in_favour_of, "note": note})
    return fresh


def _tell(actor: Actor, action: str, invoice: Invoice, changes: dict[str, Any]) -> None:
    audit.record(
        actor,
        action,
        invoice,
        organization_id=invoice.organization_id,
        account_id=invoice.account_id,
        changes=changes,
    )
    note_change(invoice.account_id, "dispute")
