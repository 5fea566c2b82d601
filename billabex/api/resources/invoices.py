"""Invoices: what accounts owe. Only what is paid of them ever changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.urls import path

from billabex.api import fields
from billabex.api.errors import said_of
from billabex.api.examples import ACCOUNT, DAY, DUE_DAY, INSTANT, INVOICE
from billabex.api.operations import operation
from billabex.api.pages import narrowed
from billabex.api.resources.papers import (
    ALLOCATION,
    FILTERS,
    PAPER,
    REFUSES,
    SORTS,
    PaperIn,
    PaperOut,
    PaperQuery,
    add,
)
from billabex.api.serializers import Body, Output
from billabex.api.views import ApiView, Entrance
from invoices.downloads import pdf_download
from invoices.enums import DocumentKind, InvoiceStatus, PaymentStatus
from invoices.errors import DocumentNotFound, InvalidAmount, InvalidDate, ReadOnlyDocument
from invoices.models import Invoice
from invoices.rules import LONGEST
from invoices.selectors import invoice_list
from invoices.services import delete_invoice, set_paid_amount

if TYPE_CHECKING:
    from uuid import UUID

    from invoices.models.money import InvoiceQuerySet

ENTRANCE = Entrance(Invoice, "invoice_id", DocumentNotFound)
OWN_SORTS = {**SORTS, "dueDate": F("due_on")}


class PaymentOut(Output):
    """One change of what is paid of an invoice."""

    id = fields.Id()
    previous_amount = fields.Amount(help_text="What was paid in all before.")
    amount = fields.Amount(help_text="What is paid in all since then.")
    paid_date = fields.CivilDate(source="paid_on")
    note = fields.OptionalText()
    recorded_by = fields.Text()
    created_at = fields.Instant()


class InvoiceOut(PaperOut):
    """An invoice, with all that settles it."""

    po_number = fields.OptionalText(source="purchase_order", help_text="The customer's reference.")
    due_date = fields.CivilDate(source="due_on")
    paid_amount = fields.Amount(help_text="All that is paid; may exceed the total.")
    credited_amount = fields.Amount(help_text="All that credit notes settle.")
    status = fields.Code(InvoiceStatus, help_text="As of today in the organization's time zone.")
    payment_status = fields.Code(PaymentStatus)
    payments = PaymentOut(many=True, help_text="The oldest first.")

    class Meta:
        example = {
            "id": INVOICE,
            **PAPER,
            "poNumber": "PO-77",
            "dueDate": DUE_DAY,
            "paidAmount": 500,
            "creditedAmount": 234.46,
            "remainingAmount": 466.04,
            "status": "Issued",
            "paymentStatus": "PartiallyPaid",
            "allocations": [ALLOCATION],
            "payments": [
                {
                    "id": "019ab3c4-a1b2-7c3d-8e4f-5a6b7c8d9e0f",
                    "previousAmount": 0,
                    "amount": 500,
                    "paidDate": DAY,
                    "note": None,
                    "recordedBy": "Sync (Maud Petit)",
                    "createdAt": INSTANT,
                }
            ],
        }


class InvoiceIn(PaperIn):
    """A new invoice. It is frozen at once, and credit of its account settles it as far as there is any."""

    po_number = fields.OptionalText(max_length=LONGEST["purchase_order"], help_text="The customer's reference.")
    due_date = fields.CivilDate(help_text="Not before the issue date.")
    paid_amount = fields.Amount(required=False, allow_null=True, help_text="What was paid when it was issued.")

    class Meta:
        example = {
            "accountId": ACCOUNT,
            "number": PAPER["number"],
            "poNumber": "PO-77",
            "issuedDate": DAY,
            "dueDate": DUE_DAY,
            "totalAmount": PAPER["totalAmount"],
            "taxAmount": PAPER["taxAmount"],
            "sourceId": PAPER["sourceId"],
            "file": "(the PDF)",
        }


class PaidAmountIn(Body):
    """All that is paid of an invoice."""

    paid_amount = fields.Amount(help_text="In all, in the invoice's currency: not what came last.")
    paid_date = fields.CivilDate(required=False, help_text="When the money came, today or before; today without it.")

    class Meta:
        example = {"paidAmount": 500, "paidDate": DAY}


class InvoicesQuery(PaperQuery):
    """By what invoices are found."""

    status = fields.Code(InvoiceStatus, required=False)
    payment_status = fields.Code(PaymentStatus, required=False)
    due_before = fields.CivilDate(required=False, help_text="Only those due before this day; not on it.")
    due_after = fields.CivilDate(required=False, help_text="Only those due after this day; not on it.")
    has_remaining = fields.Flag(required=False, help_text="Only those with something left to pay; or without.")
    sort = fields.Sort(*OWN_SORTS)


OWN_FILTERS = FILTERS | {
    "status": "status",
    "payment_status": "payment_status",
    "due_before": "due_on__lt",
    "due_after": "due_on__gt",
    "has_remaining": "settled_on__isnull",
}


def invoices_of(view: ApiView) -> InvoiceQuerySet:
    """Return the invoices of the organization that was entered, with what is said of them."""
    return invoice_list(view.organization, today=view.today).prefetch_related("allocations", "payments")


def invoice_of(view: ApiView, key: UUID) -> Invoice:
    """Return one of them.

    Raises:
        DocumentNotFound: It has gone since it was entered.
    """
    return ENTRANCE.one(invoices_of(view), key)


class InvoicesView(ApiView):
    """All invoices of an organization."""

    @operation("List invoices", scope="invoices:read", query=InvoicesQuery, pages=InvoiceOut)
    def get(self, query: dict[str, Any]) -> Any:
        """The latest issued come first, unless `sort` says otherwise."""
        self.enter_organization(query["organization_id"])
        rows = narrowed(invoices_of(self), query, OWN_FILTERS)
        return self.page(rows, query, sorts=OWN_SORTS, default="-issuedDate")

    @operation(
        "Create an invoice",
        scope="invoices:all",
        takes=InvoiceIn,
        answers=InvoiceOut,
        status=201,
        multipart=True,
        refuses=REFUSES,
    )
    def post(self, body: dict[str, Any]) -> Any:
        """Takes the facts from you and keeps the PDF as it is.

        A number is taken once per account and a file once per organization, until their invoice is deleted.
        """
        invoice = add(self, body, DocumentKind.INVOICE)
        return invoice_of(self, invoice.pk)


class InvoiceView(ApiView):
    """One invoice."""

    enters = ENTRANCE

    @operation("Read an invoice", scope="invoices:read", answers=InvoiceOut)
    def get(self, invoice_id: UUID) -> Any:
        """Statuses are as of today in the organization's time zone."""
        return invoice_of(self, invoice_id)

    @operation("Delete an invoice", scope="invoices:all", refuses=[ReadOnlyDocument])
    def delete(self, invoice_id: UUID) -> None:
        """Its PDF and payments go with it; credit that settled it goes on to the account's other invoices."""
        delete_invoice(invoice=invoice_of(self, invoice_id), actor=self.actor, now=self.now)


class InvoiceDocumentView(ApiView):
    """The PDF of an invoice."""

    enters = ENTRANCE

    @operation("Download an invoice's PDF", scope="invoices:read", answers_file="application/pdf")
    def get(self, invoice_id: UUID) -> Any:
        """The file as it came. Invoices that came without one, from a spreadsheet, answer 404."""
        return pdf_download(invoice_of(self, invoice_id).document)


class PaidAmountView(ApiView):
    """What is paid of an invoice."""

    enters = ENTRANCE

    @operation(
        "Set an invoice's paid amount",
        scope="invoices:all",
        takes=PaidAmountIn,
        answers=InvoiceOut,
        refuses=[InvalidAmount, InvalidDate, ReadOnlyDocument],
    )
    def put(self, invoice_id: UUID, body: dict[str, Any]) -> Any:
        """Absolute: all that is paid so far. Every change is kept in `payments`; the same amount again is none."""
        invoice = invoice_of(self, invoice_id)
        fields.settle(body, invoice.currency, "paid_amount")
        with said_of({"amount": "paid_amount", "paid_on": "paid_date"}):
            set_paid_amount(
                invoice=invoice,
                amount=body["paid_amount"],
                paid_on=body.get("paid_date") or self.today,
                actor=self.actor,
                now=self.now,
            )
        return invoice_of(self, invoice_id)


urlpatterns = [
    path("invoices", InvoicesView.as_view(), name="invoices"),
    path("invoices/<key:invoice_id>", InvoiceView.as_view(), name="invoice"),
    path("invoices/<key:invoice_id>/document", InvoiceDocumentView.as_view(), name="invoice-document"),
    path("invoices/<key:invoice_id>/paid-amount", PaidAmountView.as_view(), name="invoice-paid-amount"),
]
