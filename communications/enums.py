"""The fixed vocabularies of communications."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Direction(TextChoices):
    """Which way a message goes; a planned one is an outgoing one that is Scheduled."""

    INCOMING = "incoming", _("Incoming")
    OUTGOING = "outgoing", _("Outgoing")


class Channel(TextChoices):
    """How a message travels. Letters and SMS come with delivery."""

    EMAIL = "email", _("Email")


class Status(TextChoices):
    """Where a message stands (product.md 7)."""

    SCHEDULED = "scheduled", _("Scheduled")
    SENDING = "sending", _("Sending")
    SENT = "sent", _("Sent")
    DELIVERED = "delivered", _("Delivered")
    BOUNCED = "bounced", _("Bounced")
    COMPLAINED = "complained", _("Complained")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", pgettext_lazy("communication", "Cancelled")
    RECEIVED = "received", _("Received")


LEFT_US = [Status.SENDING, Status.SENT, Status.DELIVERED, Status.BOUNCED, Status.COMPLAINED, Status.FAILED]
"""Statuses of a message that was handed over, or may have been: its words are kept for ever."""


class FailureCode(TextChoices):
    """Why a message failed."""

    REFUSED = "refused", _("Refused by the mail server")
    UNKNOWN_OUTCOME = "unknown_outcome", _("Unknown outcome: it may or may not have left")
    UNREACHABLE = "unreachable", _("The mail server could not be reached")
    OUT_OF_REACH = "out_of_reach", _("Nobody it was for can be written to any more")


class DeliveryStatus(TextChoices):
    """What is known of the delivery of a message that left, as the API tells it."""

    PENDING = "pending", _("Pending")
    DELIVERED = "delivered", _("Delivered")
    BOUNCED = "bounced", _("Bounced")
    COMPLAINED = "complained", _("Complained")
    FAILED = "failed", _("Failed")


DELIVERY = {
    DeliveryStatus.PENDING: [Status.SENDING, Status.SENT],
    DeliveryStatus.DELIVERED: [Status.DELIVERED],
    DeliveryStatus.BOUNCED: [Status.BOUNCED],
    DeliveryStatus.COMPLAINED: [Status.COMPLAINED],
    DeliveryStatus.FAILED: [Status.FAILED],
}
"""The statuses that say so."""


REACHED_OUT = [Status.SENDING, Status.SENT, Status.DELIVERED, Status.BOUNCED, Status.COMPLAINED]
"""Statuses that count as having written to the account, as does a failure of unknown outcome: the cadence is
measured from them."""


class Kind(TextChoices):
    """What a message is for."""

    PRE_DUE_REMINDER = "pre_due_reminder", _("Pre-due reminder")
    FOLLOW_UP = "follow_up", _("Follow-up")
    FORMAL_NOTICE = "formal_notice", _("Formal notice")
    MESSAGE = "message", _("Message")


class Tone(TextChoices):
    """How firmly a message speaks; grows within an overdue episode, never softens (agent.md 5)."""

    COURTEOUS = "courteous", _("Courteous")
    PROFESSIONAL = "professional", _("Professional")
    FIRM = "firm", _("Firm")

    @property
    def rank(self) -> int:
        """How firm it is, for comparisons."""
        return _RANKS[self.value]


_RANKS = {tone.value: rank for rank, tone in enumerate(Tone)}


class Author(TextChoices):
    """Who wrote a message."""

    AGENT = "agent", _("Agent")
    MEMBER = "member", _("Member")
    CUSTOMER = "customer", _("Customer")


class RecipientField(TextChoices):
    """The header a recipient stands in."""

    FROM = "from", _("From")
    TO = "to", _("To")
    CC = "cc", _("Cc")
