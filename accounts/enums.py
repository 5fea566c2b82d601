"""The fixed vocabularies of accounts."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AccountStatus(TextChoices):
    """Whether the agent may act on the account at all."""

    ACTIVE = "active", _("Active")
    SUSPENDED = "suspended", _("Suspended")
    WRITTEN_OFF = "written_off", _("Written off")


class FollowUpOwner(TextChoices):
    """Who follows the account up."""

    AGENT = "agent", _("Entrusted to the agent")
    IN_HOUSE = "in_house", _("In-house")


class PauseReason(TextChoices):
    """Why follow-ups are suspended (agent.md 3)."""

    CUSTOMER_REQUEST = "CustomerRequest", _("Customer's request")
    DISPUTE = "Dispute", _("Dispute")
    PAYMENT_ANNOUNCED = "PaymentAnnounced", _("Payment announced")
    PAYMENT_PLAN = "PaymentPlan", _("Payment plan")
    INTERNAL_DECISION = "InternalDecision", _("Internal decision")
    LEGAL_PROCEEDINGS = "LegalProceedings", _("Legal proceedings")
    MISSING_CONTACT = "MissingContact", _("Missing contact")
    OTHER = "Other", pgettext_lazy("pause reason", "Other")


STANDING_PAUSES = frozenset({PauseReason.LEGAL_PROCEEDINGS, PauseReason.DISPUTE})
"""Pauses that a new document does not lift."""


class SourceSystem(TextChoices):
    """Where a linked record lives; connections bring their own."""

    CUSTOM = "Custom", _("Custom")
