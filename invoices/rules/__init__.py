"""Pure rules about documents and money: no clock, no database."""

from invoices.rules.aging import Aging, Due, aged, net_of_credit
from invoices.rules.facts import (
    LARGEST_AMOUNT,
    LONGEST,
    Draft,
    Facts,
    complete,
    draft_from,
    due_date,
    facts_errors,
    reading_warnings,
)
from invoices.rules.money import (
    Owed,
    Share,
    allocate,
    credit_note_status,
    give_way,
    invoice_status,
    payment_status,
)
from invoices.rules.origins import origins

__all__ = [
    "LARGEST_AMOUNT",
    "LONGEST",
    "Aging",
    "Draft",
    "Due",
    "Facts",
    "Owed",
    "Share",
    "aged",
    "allocate",
    "complete",
    "credit_note_status",
    "draft_from",
    "due_date",
    "facts_errors",
    "give_way",
    "invoice_status",
    "net_of_credit",
    "origins",
    "payment_status",
    "reading_warnings",
]
