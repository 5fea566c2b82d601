"""Writes about documents and money."""

from invoices.services.allocations import (
    allocate,
    allocate_account_credit,
    allocate_credit,
    remove_allocation,
)
from invoices.services.documents import (
    discard_document,
    import_pdf,
    own_identity,
    upload_document,
    validate_document,
)
from invoices.services.money import (
    delete_credit_note,
    delete_invoice,
    delete_papers_of,
    set_paid_amount,
)

__all__ = [
    "allocate",
    "allocate_account_credit",
    "allocate_credit",
    "delete_credit_note",
    "delete_invoice",
    "delete_papers_of",
    "discard_document",
    "import_pdf",
    "own_identity",
    "remove_allocation",
    "set_paid_amount",
    "upload_document",
    "validate_document",
]
