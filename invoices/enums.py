"""The fixed vocabularies of documents."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DocumentKind(TextChoices):
    """The two kinds of documents."""

    INVOICE = "invoice", _("Invoice")
    CREDIT_NOTE = "credit_note", _("Credit note")


class InvoiceStatus(TextChoices):
    """Whether a follow-up is expected (seed 002, "Invoice status"). Derived, never stored."""

    ISSUED = "issued", pgettext_lazy("invoice status", "Issued")
    OVERDUE = "overdue", pgettext_lazy("invoice status", "Overdue")
    PAID = "paid", pgettext_lazy("invoice status", "Paid")


class PaymentStatus(TextChoices):
    """How much of an invoice is settled (seed 002, "Payment status"). Derived, never stored."""

    UNPAID = "unpaid", _("Unpaid")
    PARTIALLY_PAID = "partially_paid", _("Partially paid")
    PAID = "paid", pgettext_lazy("payment status", "Paid")
    OVERPAID = "overpaid", _("Overpaid")


class CreditNoteStatus(TextChoices):
    """How much of a credit note is applied (product.md 2). Derived, never stored."""

    OPEN = "open", pgettext_lazy("credit note status", "Open")
    PARTIALLY_APPLIED = "partially_applied", _("Partially applied")
    APPLIED = "applied", _("Applied")
