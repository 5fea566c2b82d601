"""Writes about documents and money."""

from invoices.services.allocations import Effect, allocate, allocate_credit, remove_allocation
from invoices.services.declarations import declare_payment, resolve_declaration, settle_declarations
from invoices.services.disputes import open_dispute, resolve_dispute
from invoices.services.documents import add_document, import_pdf, validate_document
from invoices.services.freezing import BILLING_PARTS, frozen_facts
from invoices.services.money import (
    delete_credit_note,
    delete_invoice,
    delete_papers_of,
    set_paid_amount,
)
from invoices.services.uploads import discard_document, own_identity, upload_document

__all__ = [
    "BILLING_PARTS",
    "Effect",
    "add_document",
    "allocate",
    "allocate_credit",
    "declare_payment",
    "delete_credit_note",
    "delete_invoice",
    "delete_papers_of",
    "discard_document",
    "frozen_facts",
    "import_pdf",
    "open_dispute",
    "own_identity",
    "remove_allocation",
    "resolve_declaration",
    "resolve_dispute",
    "set_paid_amount",
    "settle_declarations",
    "upload_document",
    "validate_document",
]
