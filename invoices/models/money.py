"""Invoices, credit notes, and the money that settles them.

`credited_amount`, `allocated_amount` and `settled_on` follow the allocations by trigger, in the same statement, so
that plain constraints can refuse an allocation beyond what is left, whoever writes and however many at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Round
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Account
from billabex.core.checks import country_code, currency_code, not_blank
from billabex.core.models import AppendOnlyModel, TenantQuerySet
from billabex.core.money import DECIMAL_PLACES, ZERO, AmountField, decimals_check
from billabex.organizations.models import Organization
from invoices.enums import CreditNoteStatus, InvoiceStatus, PaymentStatus
from invoices.models.documents import Document
from invoices.models.papers import Paper, source_whole

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal


DUE_WHILE_OPEN = Case(When(settled_on__isnull=True, then=F("due_on")))
"""When an invoice was due that is not settled; nothing once it is. In this order they are late, not due, paid."""


class InvoiceQuerySet(TenantQuerySet["Invoice"]):
    """Invoices, with their derived statuses."""

    def with_status(self, today: date) -> Self:
        """Annotate `status` and `payment_status` as of the organization's date; equals `rules.invoice_status`."""
        settled = F("paid_amount") + F("credited_amount")
        return self.alias(settled=Round(settled, DECIMAL_PLACES)).annotate(
            status=Case(
                When(remaining_amount__lte=0, then=Value(InvoiceStatus.PAID)),
                When(due_on__lt=today, then=Value(InvoiceStatus.OVERDUE)),
                default=Value(InvoiceStatus.ISSUED),
                output_field=models.CharField(),
            ),
            payment_status=Case(
                When(remaining_amount__lt=0, then=Value(PaymentStatus.OVERPAID)),
                When(remaining_amount=0, then=Value(PaymentStatus.PAID)),
                When(settled=0, then=Value(PaymentStatus.UNPAID)),
                default=Value(PaymentStatus.PARTIALLY_PAID),
                output_field=models.CharField(),
            ),
        )

    def open(self) -> Self:
        """Keep those with something left to pay."""
        return self.filter(remaining_amount__gt=0)

    def overdue(self, today: date) -> Self:
        """Keep those past their due date with something left to pay; due today is not overdue."""
        return self.open().filter(due_on__lt=today)


class Invoice(Paper):
    """What an account owes. Only its paid amount ever changes by hand."""

    document = models.OneToOneField(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="invoice", verbose_name=_("PDF")
    )
    due_on = models.DateField(_("due date"))
    purchase_order = models.CharField(_("purchase order"), max_length=100, blank=True)
    paid_amount = AmountField(_("paid"), default=ZERO)
    credited_amount = AmountField(_("credited"), default=ZERO, editable=False)
    settled_on = models.DateField(
        _("settled on"), null=True, editable=False, help_text="The day the last money or credit settled it."
    )
    remaining_amount = models.GeneratedField(
        expression=Round(F("total_amount") - F("paid_amount") - F("credited_amount"), DECIMAL_PLACES),
        output_field=AmountField(),
        db_persist=True,
        verbose_name=_("remaining"),
    )

    objects = InvoiceQuerySet.as_manager()

    if TYPE_CHECKING:
        status: str
        payment_status: str

    class Meta:
        verbose_name = _("invoice")
        verbose_name_plural = _("invoices")
        ordering = ["-issued_on", "-id"]
        indexes = [
            models.Index(
                fields=["account", "due_on", "issued_on", "number"],
                name="invoices_invoice_open",
                condition=Q(settled_on__isnull=True),
            ),
            models.Index(fields=["organization", "-issued_on", "-id"], name="invoices_invoice_issued"),
            models.Index(fields=["organization", "due_on", "id"], name="invoices_invoice_due"),
            models.Index(fields=["organization", "updated_at", "id"], name="invoices_invoice_updated"),
            models.Index(fields=["organization", "created_at", "id"], name="invoices_invoice_created"),
            models.Index(fields=["organization", "number", "id"], name="invoices_invoice_by_number"),
            models.Index(fields=["organization", "total_amount", "id"], name="invoices_invoice_total"),
            models.Index(fields=["organization", "remaining_amount", "id"], name="invoices_invoice_remaining"),
            models.Index("organization", DUE_WHILE_OPEN, "id", name="invoices_invoice_late"),
            models.Index(
                fields=["account", "currency", "remaining_amount"],
                name="invoices_invoice_owed",
                condition=~Q(remaining_amount=0),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["account", "number"], name="invoices_invoice_number"),
            models.UniqueConstraint(fields=["organization", "source_id"], name="invoices_invoice_source_id"),
            source_whole("invoices_invoice"),
            not_blank("invoices_invoice", "number"),
            currency_code("invoices_invoice"),
            country_code("invoices_invoice", "billing_country"),
            decimals_check("invoices_invoice", "total_amount", "tax_amount", "paid_amount", "credited_amount"),
            models.CheckConstraint(name="invoices_invoice_total_positive", condition=Q(total_amount__gt=0)),
            models.CheckConstraint(
                name="invoices_invoice_tax_within",
                condition=Q(tax_amount__isnull=True) | Q(tax_amount__gte=0, tax_amount__lte=F("total_amount")),
            ),
            models.CheckConstraint(name="invoices_invoice_paid", condition=Q(paid_amount__gte=0)),
            models.CheckConstraint(
                name="invoices_invoice_credited",
                condition=Q(credited_amount__gte=0, credited_amount__lte=F("total_amount")),
            ),
            models.CheckConstraint(name="invoices_invoice_due_later", condition=Q(due_on__gte=F("issued_on"))),
            models.CheckConstraint(
                name="invoices_invoice_settled",
                condition=Q(
                    settled_on__isnull=True,
                    paid_amount__lt=Round(F("total_amount") - F("credited_amount"), DECIMAL_PLACES),
                )
                | Q(
                    settled_on__isnull=False,
                    paid_amount__gte=Round(F("total_amount") - F("credited_amount"), DECIMAL_PLACES),
                ),
            ),
        ]

    def get_absolute_url(self) -> str:
        """Return the address of the invoice's page."""
        return reverse("invoices:detail", args=[self.pk])

    @property
    def settled_amount(self) -> Decimal:
        """What is paid and credited together."""
        settled: Decimal = self.paid_amount + self.credited_amount
        return settled


class CreditNoteQuerySet(TenantQuerySet["CreditNote"]):
    """Credit notes, with their derived status."""

    def with_status(self) -> Self:
        """Annotate `status`; equals `rules.credit_note_status`."""
        return self.annotate(
            status=Case(
                When(allocated_amount=0, then=Value(CreditNoteStatus.OPEN)),
                When(remaining_amount__gt=0, then=Value(CreditNoteStatus.PARTIALLY_APPLIED)),
                default=Value(CreditNoteStatus.APPLIED),
                output_field=models.CharField(),
            )
        )

    def open(self) -> Self:
        """Keep those with something left to allocate."""
        return self.filter(remaining_amount__gt=0)


class CreditNote(Paper):
    """What the organization owes back. It allocates itself to the account's oldest invoices."""

    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, related_name="credit_notes", db_index=False
    )
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="credit_notes", db_index=False)
    document = models.OneToOneField(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="credit_note", verbose_name=_("PDF")
    )
    allocated_amount = AmountField(_("applied"), default=ZERO, editable=False)
    remaining_amount = models.GeneratedField(
        expression=Round(F("total_amount") - F("allocated_amount"), DECIMAL_PLACES),
        output_field=AmountField(),
        db_persist=True,
        verbose_name=_("unallocated"),
    )
    kept_off: models.ManyToManyField[Invoice, models.Model] = models.ManyToManyField(
        Invoice,
        related_name="kept_off_notes",
        blank=True,
        editable=False,
        verbose_name=_("not applied by itself to"),
        help_text="Invoices that a person took it off: it goes back there only by hand.",
    )

    objects = CreditNoteQuerySet.as_manager()

    if TYPE_CHECKING:
        status: str

    class Meta:
        verbose_name = _("credit note")
        verbose_name_plural = _("credit notes")
        ordering = ["-issued_on", "-id"]
        indexes = [
            models.Index(
                fields=["account", "issued_on", "number"],
                name="invoices_creditnote_open",
                condition=Q(allocated_amount__lt=F("total_amount")),
            ),
            models.Index(fields=["organization", "-issued_on", "-id"], name="invoices_creditnote_issued"),
            models.Index(fields=["organization", "updated_at", "id"], name="invoices_creditnote_updated"),
            models.Index(fields=["organization", "created_at", "id"], name="invoices_creditnote_created"),
            models.Index(fields=["organization", "number", "id"], name="invoices_creditnote_by_number"),
            models.Index(fields=["organization", "total_amount", "id"], name="invoices_creditnote_total"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["account", "number"], name="invoices_creditnote_number"),
            models.UniqueConstraint(fields=["organization", "source_id"], name="invoices_creditnote_source_id"),
            source_whole("invoices_creditnote"),
            not_blank("invoices_creditnote", "number"),
            currency_code("invoices_creditnote"),
            country_code("invoices_creditnote", "billing_country"),
            decimals_check("invoices_creditnote", "total_amount", "tax_amount", "allocated_amount"),
            models.CheckConstraint(name="invoices_creditnote_total_positive", condition=Q(total_amount__gt=0)),
            models.CheckConstraint(
                name="invoices_creditnote_tax_within",
                condition=Q(tax_amount__isnull=True) | Q(tax_amount__gte=0, tax_amount__lte=F("total_amount")),
            ),
            models.CheckConstraint(
                name="invoices_creditnote_allocated",
                condition=Q(allocated_amount__gte=0, allocated_amount__lte=F("total_amount")),
            ),
        ]

    def get_absolute_url(self) -> str:
        """Return the address of the credit note's page."""
        return reverse("invoices:credit-note", args=[self.pk])


class Allocation(AppendOnlyModel):
    """Part of a credit note applied to an invoice: made and removed, never changed."""

    credit_note = models.ForeignKey(CreditNote, on_delete=models.CASCADE, related_name="allocations")
    invoice = models.ForeignKey(Invoice, on_delete=models.CASCADE, related_name="allocations")
    amount = AmountField(_("amount"))
    allocated_on = models.DateField(_("applied on"))
    is_automatic = models.BooleanField(_("automatic"), default=True)

    class Meta:
        verbose_name = _("allocation")
        verbose_name_plural = _("allocations")
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["credit_note", "invoice"], name="invoices_allocation_pair"),
            models.CheckConstraint(name="invoices_allocation_positive", condition=Q(amount__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.credit_note} → {self.invoice}"


class Payment(AppendOnlyModel):
    """One edit of an invoice's paid amount: its payment history."""

    invoice = models.ForeignKey(Invoice, on_delete=models.CASCADE, related_name="payments")
    previous_amount = AmountField(_("from"))
    amount = AmountField(_("to"), help_text=_("All that is paid so far."))
    paid_on = models.DateField(_("date"))
    note = models.TextField(_("note"), blank=True)
    recorded_by = models.CharField(_("recorded by"), max_length=300)

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="invoices_payment_positive", condition=Q(amount__gte=0, previous_amount__gte=0)
            ),
            models.CheckConstraint(name="invoices_payment_changes", condition=~Q(amount=F("previous_amount"))),
        ]

    def __str__(self) -> str:
        return f"{self.previous_amount} → {self.amount}"
