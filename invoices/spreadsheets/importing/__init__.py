"""What each kind of spreadsheet changes: planned over all its rows at once, then written at once.

An importer's `plan` only reads; it says what each line does, or why it cannot. Its `write` runs in the same
transaction, under the same locks, and only when no line was refused. Both take a number of statements that grows with
batches of rows, never with rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from invoices.spreadsheets.enums import ImportKind
from invoices.spreadsheets.importing.accounts import AccountImporter
from invoices.spreadsheets.importing.base import Importer, Naming, Setting
from invoices.spreadsheets.importing.contacts import ContactImporter
from invoices.spreadsheets.importing.credit_notes import CreditNoteImporter
from invoices.spreadsheets.importing.invoices import InvoiceImporter
from invoices.spreadsheets.importing.payments import PaymentImporter

if TYPE_CHECKING:
    from collections.abc import Mapping

IMPORTERS: Mapping[ImportKind, type[Importer]] = {
    ImportKind.ACCOUNTS: AccountImporter,
    ImportKind.CONTACTS: ContactImporter,
    ImportKind.INVOICES: InvoiceImporter,
    ImportKind.CREDIT_NOTES: CreditNoteImporter,
    ImportKind.PAYMENTS: PaymentImporter,
}

__all__ = ["IMPORTERS", "Importer", "Naming", "Setting"]
