"""What customers say about their invoices: that one is wrong, or that the money is on its way.

Neither is ever money received. Both only tell the agent what it may ask for meanwhile.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Account
from billabex.core.checks import not_blank, one_of
from billabex.core.models import BaseModel, TenantQuerySet
from billabex.core.money import AmountField, decimals_check
from billabex.core.templatetags.ui.formats import day_text
from billabex.organizations.models import Organization
from invoices.enums import DeclarationResolution, DisputeReason, DisputeSide
from invoices.models.money import Invoice

if TYPE_CHECKING:
    from uuid import UUID


class DisputeQuerySet(models.QuerySet["Dispute"]):
    """Disputes of any invoice."""

    def open(self) -> Self:
        """Keep those that nobody has resolved yet."""
        return self.filter(resolved_at__isnull=True)

    def holding(self) -> Self:
        """Keep those that take their invoice out of the follow-ups, at most one of each invoice.

        The latest dispute of an invoice counts: while it is open, and when the customer was found to be right.
        """
        later = Dispute.objects.filter(invoice=OuterRef("invoice"), pk__gt=OuterRef("pk"))
        return self.exclude(in_favour_of=DisputeSide.ORGANIZATION).exclude(Exists(later))


class Dispute(BaseModel):
    """A customer's objection to an invoice, until somebody finds for one of the sides. The finding is final."""

    invoice = models.ForeignKey(Invoice, on_delete=models.CASCADE, related_name="disputes")
    reason = models.CharField(_("reason"), max_length=30, choices=DisputeReason)
    note = models.TextField(_("note"), blank=True)
    opened_at = models.DateTimeField(_("opened"))
    opened_by = models.CharField(_("opened by"), max_length=300)
    in_favour_of = models.CharField(_("in favour of"), max_length=20, choices=DisputeSide, blank=True)
    resolved_at = models.DateTimeField(_("resolved"), null=True, blank=True)
    resolved_by = models.CharField(_("resolved by"), max_length=300, blank=True)
    resolution_note = models.TextField(_("note on the resolution"), blank=True)

    objects = DisputeQuerySet.as_manager()

    if TYPE_CHECKING:
        invoice_id: UUID

    class Meta:
        verbose_name = _("dispute")
        verbose_name_plural = _("disputes")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["invoice"], condition=Q(resolved_at__isnull=True), name="invoices_dispute_one_open"
            ),
            one_of("invoices_dispute", "reason", DisputeReason),
            not_blank("invoices_dispute", "opened_by"),
            models.CheckConstraint(
                name="invoices_dispute_resolved",
                condition=Q(resolved_at__isnull=True, in_favour_of="", resolved_by="", resolution_note="")
                | Q(resolved_at__isnull=False, in_favour_of__in=DisputeSide.values) & ~Q(resolved_by=""),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_reason_display())

    @property
    def is_open(self) -> bool:
        """Whether nobody has resolved it yet."""
        return self.resolved_at is None


class PaymentDeclarationQuerySet(TenantQuerySet["PaymentDeclaration"]):
    """Payment declarations of any account."""

    def open(self) -> Self:
        """Keep the unresolved ones; until when they hold follow-ups is for `rules.is_live` and the calendar."""
        return self.filter(resolved_at__isnull=True)


class PaymentDeclaration(BaseModel):
    """A customer's statement that it has paid, or will by a day. Its words stay; a person's decision on it is final."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="payment_declarations")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="payment_declarations")
    invoices: models.ManyToManyField[Invoice, models.Model] = models.ManyToManyField(
        Invoice,
        related_name="payment_declarations",
        blank=True,
        verbose_name=_("invoices"),
        help_text="All that were open when it was made, where the customer named none.",
    )
    announced_on = models.DateField(_("announced"))
    promised_on = models.DateField(
        _("promised for"), null=True, blank=True, help_text=_("Empty: the customer says it has paid.")
    )
    has_proof = models.BooleanField(_("with proof"), default=False)
    amount = AmountField(_("amount"), null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    statement = models.TextField(_("statement"), blank=True)
    declared_by = models.CharField(_("declared by"), max_length=300)
    resolution = models.CharField(_("resolution"), max_length=20, choices=DeclarationResolution, blank=True)
    resolved_at = models.DateTimeField(_("resolved"), null=True, blank=True)
    resolved_by = models.CharField(_("resolved by"), max_length=300, blank=True)
    resolution_note = models.TextField(_("note on the resolution"), blank=True)
    is_automatic = models.BooleanField(
        _("resolved automatically"), default=False, help_text="A person may still decide otherwise."
    )

    objects = PaymentDeclarationQuerySet.as_manager()

    if TYPE_CHECKING:
        account_id: UUID
        organization_id: UUID

    class Meta:
        verbose_name = _("payment declaration")
        verbose_name_plural = _("payment declarations")
        ordering = ["-announced_on", "-id"]
        indexes = [
            models.Index(fields=["account"], name="invoices_declaration_open", condition=Q(resolved_at__isnull=True)),
            models.Index(fields=["account", "-announced_on", "-id"], name="invoices_declaration_account"),
        ]
        constraints = [
            not_blank("invoices_paymentdeclaration", "declared_by"),
            decimals_check("invoices_paymentdeclaration", "amount"),
            models.CheckConstraint(
                name="invoices_paymentdeclaration_amount",
                condition=Q(amount__isnull=True, currency="")
                | Q(amount__isnull=False, amount__gt=0, currency__regex=r"^[A-Z]{3}$"),
            ),
            models.CheckConstraint(
                name="invoices_paymentdeclaration_promised_later",
                condition=Q(promised_on__isnull=True) | Q(promised_on__gte=F("announced_on")),
            ),
            models.CheckConstraint(
                name="invoices_paymentdeclaration_resolved",
                condition=Q(resolved_at__isnull=True, resolution="", resolved_by="", resolution_note="")
                | Q(resolved_at__isnull=False, resolution__in=DeclarationResolution.values) & ~Q(resolved_by=""),
            ),
            models.CheckConstraint(
                name="invoices_paymentdeclaration_automatic",
                condition=Q(is_automatic=False) | Q(resolution=DeclarationResolution.INVOICES_SETTLED),
            ),
        ]

    def __str__(self) -> str:
        return day_text(self.promised_on or self.announced_on, get_language() or "en")

    @property
    def is_open(self) -> bool:
        """Whether it is unresolved."""
        return self.resolved_at is None

    @property
    def is_decided(self) -> bool:
        """Whether a person has resolved it, for good."""
        return self.resolved_at is not None and not self.is_automatic
