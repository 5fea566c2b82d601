"""Documents and money: to look at only. They are frozen, and their sums follow each other by trigger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from billabex.core.admin import LookOnlyAdmin, LookOnlyInline, pretty
from invoices.models import (
    Allocation,
    CreditNote,
    Dispute,
    Document,
    Invoice,
    Payment,
    PaymentDeclaration,
    SpreadsheetImport,
)

if TYPE_CHECKING:
    from django.utils.safestring import SafeString


@admin.register(Document)
class DocumentAdmin(LookOnlyAdmin[Document]):
    list_display = ["original_name", "organization", "page_count", "size", "uploaded_by", "created_at"]
    list_select_related = ["organization"]
    search_fields = [
        "original_name",
        "sha256",
        "organization__name",
        "invoice__number",
        "credit_note__number",
        "id__exact",
    ]
    date_hierarchy = "created_at"
    exclude = ["file", "reading"]
    readonly_fields = ["stored_as", "what_was_read"]

    @admin.display(description=_("file"))
    def stored_as(self, document: Document) -> str:
        """Name the file without a link: files are only served to members who may see them."""
        return str(document.file.name)

    @admin.display(description=_("reading"))
    def what_was_read(self, document: Document) -> SafeString:
        return pretty(document.reading)


class CreditInline(LookOnlyInline[Allocation, Invoice]):
    model = Allocation
    fields = ["credit_note", "amount", "allocated_on", "is_automatic", "created_at"]
    related = ["credit_note", "invoice"]


class DebitInline(LookOnlyInline[Allocation, CreditNote]):
    model = Allocation
    fields = ["invoice", "amount", "allocated_on", "is_automatic", "created_at"]
    related = ["credit_note", "invoice"]


class PaymentInline(LookOnlyInline[Payment, Invoice]):
    model = Payment
    fields = ["paid_on", "previous_amount", "amount", "recorded_by", "note", "created_at"]


_PAPER_SEARCHED = ["number", "account__name", "organization__name", "billing_name", "source_id", "id__exact"]


@admin.register(Invoice)
class InvoiceAdmin(LookOnlyAdmin[Invoice]):
    list_display = [
        "number",
        "account",
        "organization",
        "issued_on",
        "due_on",
        "total_amount",
        "remaining_amount",
        "currency",
        "settled_on",
    ]
    list_filter = [("settled_on", admin.EmptyFieldListFilter), "currency"]
    list_select_related = ["account", "organization"]
    search_fields = [*_PAPER_SEARCHED, "purchase_order"]
    date_hierarchy = "issued_on"
    inlines = [CreditInline, PaymentInline]


@admin.register(CreditNote)
class CreditNoteAdmin(LookOnlyAdmin[CreditNote]):
    list_display = [
        "number",
        "account",
        "organization",
        "issued_on",
        "total_amount",
        "remaining_amount",
        "currency",
    ]
    list_filter = ["currency"]
    list_select_related = ["account", "organization"]
    search_fields = _PAPER_SEARCHED
    date_hierarchy = "issued_on"
    inlines = [DebitInline]


@admin.register(Allocation)
class AllocationAdmin(LookOnlyAdmin[Allocation]):
    list_display = ["credit_note", "invoice", "amount", "allocated_on", "is_automatic", "created_at"]
    list_filter = ["is_automatic"]
    list_select_related = ["credit_note", "invoice"]
    search_fields = ["credit_note__number", "invoice__number", "invoice__account__name"]
    date_hierarchy = "allocated_on"


@admin.register(Payment)
class PaymentAdmin(LookOnlyAdmin[Payment]):
    list_display = ["invoice", "previous_amount", "amount", "paid_on", "recorded_by", "created_at"]
    list_select_related = ["invoice"]
    search_fields = ["invoice__number", "invoice__account__name", "recorded_by", "note"]
    date_hierarchy = "paid_on"


@admin.register(SpreadsheetImport)
class SpreadsheetImportAdmin(LookOnlyAdmin[SpreadsheetImport]):
    list_display = ["file_name", "kind", "organization", "status", "row_count", "started_by", "created_at"]
    list_filter = ["status", "kind"]
    list_select_related = ["organization"]
    search_fields = ["file_name", "organization__name", "started_by", "id__exact"]
    date_hierarchy = "created_at"
    exclude = ["issues"]
    readonly_fields = ["what_was_wrong"]

    @admin.display(description=_("errors"))
    def what_was_wrong(self, row: SpreadsheetImport) -> SafeString:
        return pretty(row.issues)


@admin.register(Dispute)
class DisputeAdmin(LookOnlyAdmin[Dispute]):
    list_display = ["invoice", "reason", "opened_at", "opened_by", "in_favour_of", "resolved_at", "resolved_by"]
    list_filter = [("resolved_at", admin.EmptyFieldListFilter), "reason", "in_favour_of"]
    list_select_related = ["invoice"]
    search_fields = ["invoice__number", "invoice__account__name", "opened_by", "note", "id__exact"]
    date_hierarchy = "opened_at"


@admin.register(PaymentDeclaration)
class PaymentDeclarationAdmin(LookOnlyAdmin[PaymentDeclaration]):
    list_display = ["account", "organization", "announced_on", "promised_on", "has_proof", "resolution", "resolved_by"]
    list_filter = [("resolved_at", admin.EmptyFieldListFilter), "resolution", "is_automatic", "has_proof"]
    list_select_related = ["account", "organization"]
    search_fields = ["account__name", "organization__name", "declared_by", "statement", "id__exact"]
    date_hierarchy = "announced_on"
