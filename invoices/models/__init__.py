"""Documents and money: what was invoiced, credited, and paid, and what customers say of it."""

from invoices.models.claims import Dispute, PaymentDeclaration
from invoices.models.documents import Document
from invoices.models.imports import SpreadsheetImport
from invoices.models.money import Allocation, CreditNote, Invoice, Payment

__all__ = [
    "Allocation",
    "CreditNote",
    "Dispute",
    "Document",
    "Invoice",
    "Payment",
    "PaymentDeclaration",
    "SpreadsheetImport",
]
