"""Lists of any length are read in their order, and searched, by index: none is sorted or read as a whole."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

from accounts.models import Account, Source
from contacts.models import Contact
from invoices.filters import CreditNoteFilter, InvoiceFilter
from invoices.models import CreditNote, Invoice
from invoices.selectors import credit_note_list, documents_to_verify, invoice_list

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

    from billabex.organizations.models import Organization

TODAY = date(2026, 3, 2)


def plan(rows: QuerySet[Any]) -> str:
    """Return how the database would read the rows, had it many: tests have too few for it to mind."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
    return rows.explain()


@pytest.mark.parametrize("falls", ["", "-"])
@pytest.mark.parametrize(
    "sort", sorted(InvoiceFilter.sorts.keys() - {"account"})
)  # by account, those of each are sorted
def test_invoices_are_never_sorted_as_a_whole(organization: Organization, sort: str, falls: str) -> None:
    rows = InvoiceFilter({"sort": falls + sort}).apply(invoice_list(organization, today=TODAY))

    assert "TEMP B-TREE" not in plan(rows[:25])
    assert "Sort" not in plan(rows[:25])


@pytest.mark.parametrize("sort", ["number", "-number", "issued_on", "total", "-total"])
def test_credit_notes_are_never_sorted_as_a_whole(organization: Organization, sort: str) -> None:
    rows = CreditNoteFilter({"sort": sort}).apply(credit_note_list(organization))

    assert "TEMP B-TREE" not in plan(rows[:25])
    assert "Sort" not in plan(rows[:25])


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite reads all texts that it searches")
@pytest.mark.parametrize(
    ("model", "asked", "index"),
    [
        (Account, "name__icontains", "accounts_account_searched"),
        (Account, "match_key__contains", "accounts_account_searched"),
        (Account, "registration_number__contains", "accounts_account_searched"),
        (Account, "vat_number__contains", "accounts_account_searched"),
        (Source, "external_id__icontains", "accounts_source_searched"),
        (Contact, "email__icontains", "contacts_contact_searched"),
        (Invoice, "number__icontains", "invoices_invoice_searched"),
        (CreditNote, "number__icontains", "invoices_creditnote_searched"),
    ],
)
def test_what_searches_ask_for_has_an_index(model: type[Model], asked: str, index: str) -> None:
    assert index in plan(model._default_manager.filter(**{asked: "acme 42"}).order_by())


def test_uploads_are_counted_without_looking_at_their_names(organization: Organization) -> None:
    assert "original_name" not in str(documents_to_verify(organization).values("pk").query)
