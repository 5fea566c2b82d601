"""Pure rules about documents and money: no clock, no database."""

from invoices.rules.facts import (
    LARGEST_AMOUNT,
    Draft,
    Facts,
    complete,
    draft_from,
    due_date,
    facts_errors,
    reading_warnings,
)
from invoices.rules.money import Owed, Share, allocate, credit_note_status, invoice_status, payment_status

__all__ = [
    "LARGEST_AMOUNT",
    "Draft",
    "Facts",
    "Owed",
    "Share",
    "allocate",
    "complete",
    "credit_note_status",
    "draft_from",
    "due_date",
    "facts_errors",
    "invoice_status",
    "payment_status",
    "reading_warnings",
]
