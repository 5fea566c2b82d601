"""Uploaded PDFs: kept as they came, with what was read from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from billabex.core.checks import not_blank
from billabex.core.models import BaseModel, TenantQuerySet
from billabex.organizations.models import Organization

if TYPE_CHECKING:
    from invoices.models.money import CreditNote, Invoice


def document_path(document: Document, filename: str) -> str:
    """Return where the PDF is kept: never under a name from outside."""
    return f"documents/{document.organization_id}/{document.pk}.pdf"


class DocumentQuerySet(TenantQuerySet["Document"]):
    """Uploaded PDFs."""

    def to_verify(self) -> Self:
        """Keep the uploads that nobody has validated yet."""
        return self.filter(validated_at__isnull=True)


class Document(BaseModel):
    """A PDF as it was uploaded. The same file is stored once per organization."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="documents")
    file = models.FileField(_("file"), upload_to=document_path, max_length=200)
    original_name = models.CharField(_("file name"), max_length=255)
    sha256 = models.CharField(max_length=64, editable=False)
    size = models.PositiveIntegerField(_("size"), help_text=_("Bytes."))
    page_count = models.PositiveSmallIntegerField(_("pages"))
    reading = models.JSONField(
        _("reading"), default=dict, help_text="What was read, with source, confidence and place; see invoices.reading."
    )
    uploaded_by = models.CharField(_("uploaded by"), max_length=300)
    validated_at = models.DateTimeField(
        _("validated"),
        null=True,
        editable=False,
        help_text="Set and cleared by trigger, with the invoice or credit note it became: at most one.",
    )

    objects = DocumentQuerySet.as_manager()

    if TYPE_CHECKING:
        invoice: Invoice
        credit_note: CreditNote

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(
                fields=["organization", "-created_at", "-id"],
                name="invoices_document_to_verify",
                condition=Q(validated_at__isnull=True),
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["organization", "sha256"], name="invoices_document_sha256"),
            models.CheckConstraint(name="invoices_document_sha256_form", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")),
            models.CheckConstraint(name="invoices_document_size", condition=Q(size__gt=0)),
            models.CheckConstraint(name="invoices_document_pages", condition=Q(page_count__gt=0)),
            not_blank("invoices_document", "original_name"),
        ]

    def __str__(self) -> str:
        return self.original_name
