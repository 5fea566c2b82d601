"""Documents and money."""
# mypy: untyped-calls-exclude=factory

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from uuid import uuid4

from django.core.files.base import ContentFile
from factory.declarations import LazyAttribute, LazyFunction, SelfAttribute, Sequence, SubFactory

from billabex.core import clock
from billabex.core.money import ZERO, quantize
from invoices.models import Allocation, CreditNote, Document, Invoice, Payment, SpreadsheetImport
from invoices.spreadsheets.enums import ImportKind, ImportStatus
from tests.factories.accounts import AccountFactory
from tests.factories.organizations import OrganizationFactory
from tests.factories.rows import RowFactory


class DocumentFactory(RowFactory[Document]):
    """A stored file that says it is a PDF; give `content` for another."""

    class Meta:
        model = Document
        exclude = ["content"]

    content = Sequence(lambda n: f"%PDF-1.7\n% {n}\n%%EOF\n".encode())
    organization = SubFactory(OrganizationFactory)
    original_name = Sequence(lambda n: f"invoice-{n}.pdf")
    file = LazyAttribute(lambda row: ContentFile(row.content, row.original_name))
    sha256 = LazyAttribute(lambda row: sha256(row.content).hexdigest())
    size = LazyAttribute(lambda row: len(row.content))
    page_count = 1
    uploaded_by = "Maud Petit"


class PaperFactory[Row: (Invoice, CreditNote)](RowFactory[Row]):
    """What invoices and credit notes have in common; a sixth of the total is tax, as at 20 %."""

    class Meta:
        abstract = True

    account = SubFactory(AccountFactory)
    organization = SelfAttribute("account.organization")
    issued_on = date(2026, 1, 5)
    currency = SelfAttribute("account.currency")
    total_amount = Decimal("120.00")
    tax_amount = LazyAttribute(lambda row: quantize(row.total_amount / 6, row.currency))
    billing_name = SelfAttribute("account.name")
    validated_by = "Maud Petit"


class InvoiceFactory(PaperFactory[Invoice]):
    """An unpaid invoice, due 30 days after its issue; with enough `paid_amount`, one settled on its due date."""

    class Meta:
        model = Invoice

    number = Sequence(lambda n: f"F-2026-{n:04}")
    due_on = LazyAttribute(lambda row: row.issued_on + timedelta(days=30))
    paid_amount = ZERO
    credited_amount = ZERO
    settled_on = LazyAttribute(
        lambda row: row.due_on if row.paid_amount + row.credited_amount >= row.total_amount else None
    )


class CreditNoteFactory(PaperFactory[CreditNote]):
    class Meta:
        model = CreditNote

    number = Sequence(lambda n: f"A-2026-{n:04}")
    total_amount = Decimal("60.00")


class AllocationFactory(RowFactory[Allocation]):
    """Part of a new credit note of the invoice's account; the sums on both sides follow by trigger."""

    class Meta:
        model = Allocation

    invoice = SubFactory(InvoiceFactory)
    credit_note = SubFactory(
        CreditNoteFactory, account=SelfAttribute("..invoice.account"), currency=SelfAttribute("..invoice.currency")
    )
    amount = Decimal("10.00")
    allocated_on = date(2026, 1, 20)


class PaymentFactory(RowFactory[Payment]):
    """A payment of a new invoice that it was paid with; give both `invoice` and `amount`, or neither."""

    class Meta:
        model = Payment

    invoice = SubFactory(InvoiceFactory, paid_amount=SelfAttribute("..amount"))
    previous_amount = ZERO
    amount = Decimal("50.00")
    paid_on = date(2026, 1, 30)
    recorded_by = "Maud Petit"


class SpreadsheetImportFactory(RowFactory[SpreadsheetImport]):
    """An import of invoices that waits for a worker; one of another status was taken up now."""

    class Meta:
        model = SpreadsheetImport

    organization = SubFactory(OrganizationFactory)
    kind = ImportKind.INVOICES
    file_name = "invoices.csv"
    table = LazyFunction(uuid4)
    row_count = 3
    started_by = "Maud Petit"
    claimed_at = LazyAttribute(lambda row: None if row.status == ImportStatus.WAITING else clock.now())
    attempts = LazyAttribute(lambda row: 0 if row.claimed_at is None else 1)
    status = ImportStatus.WAITING
    finished_at = LazyAttribute(
        lambda row: None if row.status in {ImportStatus.WAITING, ImportStatus.RUNNING} else clock.now()
    )
