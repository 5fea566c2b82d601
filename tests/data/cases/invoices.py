"""Constraints of documents and money."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from factory.django import DjangoModelFactory

from billabex.core import clock
from invoices.spreadsheets.enums import ImportKind, ImportStatus
from tests.data.cases.case import SAME, Case, currency, filled, one_of
from tests.factories import (
    AllocationFactory,
    CreditNoteFactory,
    DocumentFactory,
    InvoiceFactory,
    PaymentFactory,
    SpreadsheetImportFactory,
)

DAY = date(2026, 1, 5)


def _amounts(**fields: str) -> dict[str, Decimal]:
    return {name: Decimal(value) for name, value in fields.items()}


def _source(external_id: str, system: str = "Custom") -> dict[str, str]:
    return {"source_id": external_id, "source_system": system}


def _paper(table: str, factory: type[DjangoModelFactory[Any]], settling: str) -> dict[str, Case]:
    """Return the cases of what invoices and credit notes have in common."""
    return {
        f"{table}.document_id": Case(
            factory=factory,
            first={"document": DocumentFactory},
            good=[{"document": None}, {"document": DocumentFactory}],
            bad=[{"document": SAME}],
        ),
        f"{table}_number": Case(
            factory=factory,
            first={"number": "F-1"},
            good=[{"account": SAME, "number": "F-2"}, {"number": "F-1"}],
            bad=[{"account": SAME, "number": "F-1"}],
        ),
        f"{table}_source_id": Case(
            factory=factory,
            first=_source("S-1"),
            good=[
                {"account__organization": SAME, **_source("S-2")},
                {"account__organization": SAME},
                {"account__organization": SAME, **_source("s-1")},
                _source("S-1"),
            ],
            bad=[{"account__organization": SAME, **_source("S-1", "Elsewhere")}],
        ),
        f"{table}_source_whole": Case(
            factory=factory,
            good=[{"source_id": None, "source_system": None}, _source("S-1"), _source("S-1", "Elsewhere")],
            bad=[
                {"source_id": "S-1", "source_system": None},
                {"source_id": None, "source_system": "Custom"},
                _source("S-1", ""),
            ],
        ),
        f"{table}_number_not_blank": filled(factory, "number"),
        f"{table}_currency_code": currency(factory),
        f"{table}_billing_country_code": Case(
            factory=factory,
            good=[{"billing_country": "FR"}, {"billing_country": ""}],
            bad=[{"billing_country": "fr"}, {"billing_country": "F"}],
        ),
        f"{table}_decimals": Case(
            factory=factory,
            good=[
                {"currency": "EUR", **_amounts(total_amount="9.99")},
                {"currency": "JPY", **_amounts(total_amount="10")},
                {"currency": "TND", **_amounts(total_amount="9.999")},
                {"currency": "EUR", "tax_amount": None},
            ],
            bad=[
                {"currency": "EUR", **_amounts(total_amount="9.999")},
                {"currency": "EUR", **_amounts(tax_amount="0.001")},
                {"currency": "EUR", **_amounts(**{settling: "0.001"})},
                {"currency": "JPY", **_amounts(total_amount="9.9")},
                {"currency": "JPY", **_amounts(**{settling: "0.01"})},
            ],
        ),
        f"{table}_total_positive": Case(
            factory=factory, good=[_amounts(total_amount="0.01")], bad=[_amounts(total_amount="0")]
        ),
        f"{table}_tax_within": Case(
            factory=factory,
            good=[_amounts(tax_amount="0"), _amounts(total_amount="50", tax_amount="50"), {"tax_amount": None}],
            bad=[_amounts(tax_amount="-0.01"), _amounts(total_amount="50", tax_amount="50.01")],
        ),
    }


CASES = {
    "invoices_document_sha256": Case(
        factory=DocumentFactory,
        first={"content": b"%PDF-1.7 once"},
        good=[{"organization": SAME, "content": b"%PDF-1.7 twice"}, {"content": b"%PDF-1.7 once"}],
        bad=[{"organization": SAME, "content": b"%PDF-1.7 once"}],
    ),
    "invoices_document_sha256_form": Case(
        factory=DocumentFactory,
        good=[{"sha256": "0123456789abcdef" * 4}],
        bad=[{"sha256": "0123456789ABCDEF" * 4}, {"sha256": "a" * 63}, {"sha256": ""}],
    ),
    "invoices_document_size": Case(factory=DocumentFactory, good=[{"size": 1}], bad=[{"size": 0}]),
    "invoices_document_pages": Case(factory=DocumentFactory, good=[{"page_count": 1}], bad=[{"page_count": 0}]),
    "invoices_document_original_name_not_blank": filled(DocumentFactory, "original_name"),
    **_paper("invoices_invoice", InvoiceFactory, "paid_amount"),
    "invoices_invoice_paid": Case(
        factory=InvoiceFactory,
        good=[_amounts(paid_amount="0"), _amounts(paid_amount="999999")],
        bad=[_amounts(paid_amount="-0.01")],
    ),
    "invoices_invoice_credited": Case(
        factory=InvoiceFactory,
        good=[_amounts(total_amount="50", credited_amount="50")],
        bad=[_amounts(credited_amount="-0.01"), _amounts(total_amount="50", credited_amount="50.01")],
    ),
    "invoices_invoice_due_later": Case(
        factory=InvoiceFactory,
        good=[{"issued_on": DAY, "due_on": DAY}],
        bad=[{"issued_on": DAY, "due_on": DAY - timedelta(days=1)}],
    ),
    "invoices_invoice_settled": Case(
        factory=InvoiceFactory,
        good=[
            {"settled_on": DAY, **_amounts(total_amount="0.3", paid_amount="0.2", credited_amount="0.1")},
            {"settled_on": None, **_amounts(total_amount="0.3", paid_amount="0.2", credited_amount="0.09")},
        ],
        bad=[
            {"settled_on": None, **_amounts(total_amount="0.3", paid_amount="0.2", credited_amount="0.1")},
            {"settled_on": DAY, **_amounts(total_amount="0.3", paid_amount="0.2", credited_amount="0.09")},
        ],
    ),
    **_paper("invoices_creditnote", CreditNoteFactory, "allocated_amount"),
    "invoices_creditnote_allocated": Case(
        factory=CreditNoteFactory,
        good=[_amounts(allocated_amount="0"), _amounts(total_amount="50", allocated_amount="50")],
        bad=[_amounts(allocated_amount="-0.01"), _amounts(total_amount="50", allocated_amount="50.01")],
    ),
    "invoices_allocation_pair": Case(
        factory=AllocationFactory,
        good=[{"invoice": SAME}],
        bad=[{"invoice": SAME, "credit_note": SAME}],
    ),
    "invoices_allocation_positive": Case(
        factory=AllocationFactory, good=[_amounts(amount="0.01")], bad=[_amounts(amount="0")]
    ),
    "invoices_payment_positive": Case(
        factory=PaymentFactory,
        good=[_amounts(previous_amount="50", amount="0")],
        bad=[
            {"invoice": InvoiceFactory, **_amounts(previous_amount="50", amount="-0.01")},
            _amounts(previous_amount="-0.01", amount="50"),
        ],
    ),
    "invoices_payment_changes": Case(
        factory=PaymentFactory,
        good=[_amounts(previous_amount="50", amount="50.01")],
        bad=[_amounts(previous_amount="50", amount="50")],
    ),
    "invoices_spreadsheetimport_once": Case(
        factory=SpreadsheetImportFactory,
        first={"status": ImportStatus.RUNNING},
        good=[{}, {"table": SAME, "status": ImportStatus.REFUSED}, {"table": SAME, "status": ImportStatus.FAILED}],
        bad=[{"table": SAME, "status": status} for status in ("waiting", "running", "done")],
    ),
    "invoices_spreadsheetimport_kind_known": one_of(SpreadsheetImportFactory, "kind", *ImportKind.values),
    "invoices_spreadsheetimport_status_known": one_of(SpreadsheetImportFactory, "status", *ImportStatus.values),
    "invoices_spreadsheetimport_file_name_not_blank": filled(SpreadsheetImportFactory, "file_name"),
    "invoices_spreadsheetimport_claimed": Case(
        factory=SpreadsheetImportFactory,
        good=[{"status": "waiting", "claimed_at": None, "attempts": 0}, {"status": "running", "attempts": 2}],
        bad=[{"status": "running", "claimed_at": None}, {"status": "done", "attempts": 0}],
    ),
    "invoices_spreadsheetimport_finished": Case(
        factory=SpreadsheetImportFactory,
        good=[{"status": status} for status in ImportStatus.values],
        bad=[
            *({"status": status, "finished_at": clock.now()} for status in ("waiting", "running")),
            *({"status": status, "finished_at": None} for status in ("done", "refused", "failed")),
        ],
    ),
    "invoices_spreadsheetimport_counts": Case(
        factory=SpreadsheetImportFactory,
        good=[{"row_count": 6, "new_count": 1, "changed_count": 2, "unchanged_count": 3}],
        bad=[{"row_count": 5, "new_count": 1, "changed_count": 2, "unchanged_count": 3}],
    ),
}
