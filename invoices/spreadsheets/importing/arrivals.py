"""What follows when invoices or money arrive, for many accounts at once.

Runs in the caller's transaction, under its locks.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import batched
from typing import TYPE_CHECKING

from accounts.enums import STANDING_PAUSES
from accounts.models import Pause
from invoices import rules
from invoices.models import Allocation, CreditNote, Invoice
from invoices.spreadsheets.directory import BATCH

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from uuid import UUID

    from invoices.spreadsheets.importing.base import Importer


def lift_pauses(importer: Importer) -> None:
    """End the pauses of the accounts that got a new document, unless they stand for a dispute or proceedings.

    The set-based sibling of `accounts.services.lift_pause_for_new_document`. Source: agent.md 3.
    """
    setting = importer.setting
    for batch in batched(importer.touched, BATCH, strict=False):
        live = Pause.objects.filter(account__in=batch, ended_at__isnull=True).exclude(reason__in=STANDING_PAUSES)
        lifted = list(live.select_related("account"))
        Pause.objects.filter(pk__in=[pause.pk for pause in lifted]).update(
            ended_at=setting.now, ended_by=setting.actor.label
        )
        for pause in lifted:
            importer.trace("account.resumed", pause.account, pause.account_id, {"because": "document"})


def allocate_credit(account_ids: Iterable[UUID], *, on: date) -> None:
    """Apply the accounts' open credit notes to their open invoices, the oldest first.

    The set-based sibling of `invoices.services.allocate_account_credit`. Source: product.md 2.
    """
    for batch in batched(account_ids, BATCH, strict=False):
        notes: dict[UUID, list[rules.Owed]] = defaultdict(list)
        for note in CreditNote.objects.filter(account__in=batch).open().order_by("issued_on", "number"):
            notes[note.account_id].append(rules.Owed(note.pk, note.currency, note.remaining_amount))
        if notes:
            _allocate(notes, on)


def _allocate(notes: dict[UUID, list[rules.Owed]], on: date) -> None:
    owed: dict[UUID, list[rules.Owed]] = defaultdict(list)
    for invoice in Invoice.objects.filter(account__in=notes).open().order_by("due_on", "issued_on", "number"):
        owed[invoice.account_id].append(rules.Owed(invoice.pk, invoice.currency, invoice.remaining_amount))
    earlier = {
        (allocation.credit_note_id, allocation.invoice_id): allocation
        for allocation in Allocation.objects.filter(credit_note__account__in=notes)
    }
    grown: list[UUID] = []
    made: list[Allocation] = []
    for account_id, open_notes in notes.items():
        for share in rules.allocate(open_notes, owed[account_id]):
            allocation = Allocation(
                credit_note_id=share.credit_note_id, invoice_id=share.invoice_id, amount=share.amount, allocated_on=on
            )
            # One allocation for a pair: it makes room for a larger one.
            if before := earlier.get((share.credit_note_id, share.invoice_id)):
                grown.append(before.pk)
                allocation.amount += before.amount
                allocation.is_automatic = before.is_automatic
            made.append(allocation)
    Allocation.objects.filter(pk__in=grown).delete()
    Allocation.objects.bulk_create(made, batch_size=BATCH)
