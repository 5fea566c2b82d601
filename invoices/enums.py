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


class DisputeReason(TextChoices):
    """What the customer says is wrong with an invoice (agent.md 7)."""

    WRONG_AMOUNT = "WrongAmount", _("Wrong amount")
    NOT_RECEIVED = "NotReceived", _("Not received")
    NOT_ORDERED = "NotOrdered", _("Not ordered")
    ALREADY_CREDITED = "AlreadyCredited", _("Already credited")
    OTHER = "Other", pgettext_lazy("dispute reason", "Other")


class DisputeSide(TextChoices):
    """In whose favour a dispute was resolved (product.md 6)."""

    CUSTOMER = "Customer", _("Customer")
    ORGANIZATION = "Organization", _("Organization")


class DeclarationResolution(TextChoices):
    """What became of an announced payment (api.md, payment declarations)."""

    INVOICES_SETTLED = "InvoicesSettled", _("Invoices settled")
    PAYMENT_RECEIVED = "PaymentReceived", _("Payment received")
    RESUME_AUTHORIZED = "ResumeAuthorized", _("Follow-ups may resume")
