"""What belongs to a message: whom it goes to, the invoices it names, the pictures it shows."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length, Lower
from django.db.models.lookups import Range
from django.utils.translation import gettext_lazy as _

from billabex.core.checks import currency_code, not_blank, one_of
from billabex.core.models import AppendOnlyModel, BaseModel
from billabex.core.money import AmountField
from communications.enums import REACHED_OUT, FailureCode, RecipientField
from communications.models.messages import Communication
from contacts.models import Contact
from invoices.models import Invoice

LARGEST_IMAGE = 100 * 1024
"""The most bytes that a picture in a message may have: messages are many, and each keeps its own."""


class Recipient(BaseModel):
    """A person a message goes to, or came from, with the address as it was then."""

    communication = models.ForeignKey(Communication, on_delete=models.CASCADE, related_name="recipients")
    field = models.CharField(_("field"), max_length=5, choices=RecipientField)
    contact = models.ForeignKey(
        Contact, on_delete=models.SET_NULL, null=True, blank=True, related_name="received", verbose_name=_("contact")
    )
    name = models.CharField(_("name"), max_length=200, blank=True)
    address = models.EmailField(_("address"))

    class Meta:
        verbose_name = _("recipient")
        verbose_name_plural = _("recipients")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint("communication", Lower("address"), name="communications_recipient_address"),
            one_of("communications_recipient", "field", RecipientField),
            not_blank("communications_recipient", "address"),
        ]

    def __str__(self) -> str:
        return f"{self.name} <{self.address}>" if self.name else self.address


class NamedInvoiceQuerySet(models.QuerySet["NamedInvoice"]):
    """Invoices as messages name them."""

    def reminders_done(self) -> Self:
        """Keep the pre-due reminders that left, and those that a person cancelled: an invoice gets only one."""
        left = Q(communication__status__in=REACHED_OUT) | Q(communication__failure_code=FailureCode.UNKNOWN_OUTCOME)
        return self.filter(left | Q(communication__cancelled_at__isnull=False), is_reminder=True)


class NamedInvoice(AppendOnlyModel):
    """An invoice that a message names, with its amounts at that time.

    That is when it left; when a person edited or cancelled it, if it has not left.
    """

    communication = models.ForeignKey(Communication, on_delete=models.CASCADE, related_name="named_invoices")
    invoice = models.ForeignKey(
        Invoice, on_delete=models.SET_NULL, null=True, blank=True, related_name="named_in", verbose_name=_("invoice")
    )
    number = models.CharField(_("number"), max_length=100)
    due_on = models.DateField(_("due date"))
    currency = models.CharField(_("currency"), max_length=3)
    total_amount = AmountField(_("total"))
    remaining_amount = AmountField(_("remaining"))
    is_reminder = models.BooleanField(
        _("pre-due reminder"), default=False, help_text="This message is the invoice's one pre-due reminder."
    )

    objects = NamedInvoiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("named invoice")
        verbose_name_plural = _("named invoices")
        ordering = ["due_on", "number"]
        constraints = [
            models.UniqueConstraint(fields=["communication", "invoice"], name="communications_namedinvoice_pair"),
            currency_code("communications_namedinvoice"),
            models.CheckConstraint(
                name="communications_namedinvoice_remaining",
                condition=Q(remaining_amount__gt=0, remaining_amount__lte=F("total_amount")),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class InlineImage(AppendOnlyModel):
    """A picture within a message, which its HTML shows as `cid:<cid>`: kept as it left, as the words are."""

    communication = models.ForeignKey(Communication, on_delete=models.CASCADE, related_name="images")
    cid = models.CharField(_("Content-ID"), max_length=100)
    png: models.BinaryField[bytes, bytes] = models.BinaryField(_("PNG"))

    class Meta:
        verbose_name = _("inline image")
        verbose_name_plural = _("inline images")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["communication", "cid"], name="communications_inlineimage_pair"),
            models.CheckConstraint(
                name="communications_inlineimage_cid", condition=Q(cid__regex=r"^[A-Za-z0-9.@_-]+\Z")
            ),
            models.CheckConstraint(
                name="communications_inlineimage_size", condition=Range(Length("png"), (1, LARGEST_IMAGE))
            ),
        ]

    def __str__(self) -> str:
        return self.cid
