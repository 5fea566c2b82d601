"""Pure rules about documents and money: no clock, no database."""

from invoices.rules.aging import Aging, Due, aged, net_of_credit
from invoices.rules.amounts import LARGEST_AMOUNT, amount_error, currency_error
from invoices.rules.claims import hold_until, is_live
from invoices.rules.corrections import corrected
from invoices.rules.facts import (
    LONGEST,
    Draft,
    Facts,
    complete,
    draft_from,
    due_date,
    facts_errors,
    reading_warnings,
)
from invoices.rules.governing import read_only_reason
from invoices.rules.money import (
    Owed,
    Share,
    allocate,
    credit_note_status,
    give_way,
    invoice_status,
    paid_on_error,
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
    "amount_error",
    "complete",
    "corrected",
    "credit_note_status",
    "currency_error",
    "draft_from",
    "due_date",
    "facts_errors",
    "give_way",
    "hold_until",
    "invoice_status",
    "is_live",
    "net_of_credit",
    "origins",
    "paid_on_error",
    "payment_status",
    "read_only_reason",
    "reading_warnings",
]
