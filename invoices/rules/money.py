"""Pure rules about what is owed: statuses, and how credit spreads. "Today" is the organization's date."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from billabex.core.calendars import FIRST_DAY
from invoices.enums import CreditNoteStatus, InvoiceStatus, PaymentStatus

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import date
    from decimal import Decimal
    from uuid import UUID


def invoice_status(*, total: Decimal, settled: Decimal, due_on: date, today: date) -> InvoiceStatus:
    """Tell whether an invoice is Issued, Overdue or Paid; due today is still Issued. Source: seed 002, product.md 2."""
    if settled >= total:
        return InvoiceStatus.PAID
    return InvoiceStatus.OVERDUE if due_on < today else InvoiceStatus.ISSUED


def payment_status(*, total: Decimal, settled: Decimal) -> PaymentStatus:
    """Tell how much of an invoice is settled by payments and credit notes together. Source: seed 002."""
    if settled > total:
        return PaymentStatus.OVERPAID
    if settled == total:
        return PaymentStatus.PAID
    return PaymentStatus.PARTIALLY_PAID if settled > 0 else PaymentStatus.UNPAID


def credit_note_status(*, total: Decimal, allocated: Decimal) -> CreditNoteStatus:
    """Tell whether a credit note is Open, Partially applied or Applied. Source: product.md 2."""
    if allocated <= 0:
        return CreditNoteStatus.OPEN
    return CreditNoteStatus.APPLIED if allocated >= total else CreditNoteStatus.PARTIALLY_APPLIED


def paid_on_error(paid_on: date, today: date) -> str:
    """Return why a payment cannot be of that day, as one sentence; "" when it can."""
    if paid_on > today:
        return _("This day is yet to come. Record the payment when it has arrived.")
    return "" if paid_on >= FIRST_DAY else _("This date cannot be right. Check the year.")


@dataclass(frozen=True, slots=True)
class Owed:
    """An open invoice or an open credit note, as far as allocating goes."""

    id: UUID
    currency: str
    remaining: Decimal


@dataclass(frozen=True, slots=True)
class Share:
    """So much of that note goes to that invoice."""

    credit_note_id: UUID
    invoice_id: UUID
    amount: Decimal


def allocate(
    notes: Sequence[Owed], invoices: Sequence[Owed], decided: Collection[tuple[UUID, UUID]] = frozenset()
) -> Iterator[Share]:
    """Spread credit over invoices of the same currency, in the order given, each only up to what is left.

    The caller orders invoices by due date, issue date and number, and notes by issue date and number.
    Source: product.md 2, "Credit notes allocate themselves".

    Args:
        notes: Open credit notes.
        invoices: Open invoices.
        decided: Pairs of note and invoice that a person decided about: what they have is what they get.
    """
    left = {invoice.id: invoice.remaining for invoice in invoices}
    for note in notes:
        credit = note.remaining
        for invoice in invoices:
            if credit <= 0:
                break
            amount = min(credit, left[invoice.id])
            if invoice.currency == note.currency and amount > 0 and (note.id, invoice.id) not in decided:
                left[invoice.id] -= amount
                credit -= amount
                yield Share(note.id, invoice.id, amount)


def give_way(shares: Iterable[Share], needed: Decimal) -> Iterator[Share]:
    """Return how much each share gives up so that the amount comes free, the first one first."""
    for share in shares:
        if needed <= 0:
            return
        given = min(share.amount, needed)
        needed -= given
        yield replace(share, amount=given)
