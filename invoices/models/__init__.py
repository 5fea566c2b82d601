"""Documents and money: what was invoiced, credited, and paid."""

from invoices.models.documents import Document
from invoices.models.money import Allocation, CreditNote, Invoice, Payment

__all__ = ["Allocation", "CreditNote", "Document", "Invoice", "Payment"]
