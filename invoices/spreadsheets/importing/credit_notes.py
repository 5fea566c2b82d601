"""Importing credit notes: they apply themselves at once, as wherever they come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

from invoices.enums import DocumentKind
from invoices.models import CreditNote
from invoices.spreadsheets.importing.papers import PaperImporter

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from accounts.models import Account
    from invoices import rules
    from invoices.models.money import CreditNoteQuerySet
    from invoices.spreadsheets.understanding import Line
    from invoices.spreadsheets.values import Money


class CreditNoteImporter(PaperImporter[CreditNote]):
    """Creates credit notes."""

    kind = DocumentKind.CREDIT_NOTE
    said_twice = gettext_lazy("Row %(row)d is the same credit note. Keep one of them.")
    said_otherwise = gettext_lazy(
        "The credit note %(number)s is here already and says %(value)s. A credit note never changes."
    )
    other_currency = gettext_lazy("This amount is in %(written)s, but the credit note in %(currency)s.")

    @property
    def papers(self) -> CreditNoteQuerySet:
        """All credit notes."""
        return CreditNote.objects.all()

    def amount(self, written: Money) -> Decimal:
        """Return the amount without its sign: programs that list credit notes among invoices write them negative."""
        return abs(written.amount)

    def store(self, batch: Iterable[tuple[Line, Account, rules.Facts]]) -> list[CreditNote]:
        """Store credit notes."""
        return CreditNote.objects.bulk_create(CreditNote(**self.frozen_fields(*new)) for new in batch)
