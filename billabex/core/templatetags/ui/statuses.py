"""What each status is called and how it looks: a word, a tone and an icon, so never colour alone.

A status is recognised by its value whatever its spelling (`PartiallyPaid`, `partially-paid`, `partially_paid`). A
TextChoices member brings its own label; the labels here serve plain strings.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Choices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True)
class Look:
    """How a status is shown."""

    label: str | _StrPromise
    tone: str = "neutral"
    icon: str = "circle"


LOOKS = {
    # Invoices, in lists
    "toverify": Look(_("To verify"), "warning", "eye"),
    "issued": Look(pgettext_lazy("invoice status", "Issued"), "info", "file-check"),
    "overdue": Look(pgettext_lazy("invoice status", "Overdue"), "error", "circle-alert"),
    "paid": Look(pgettext_lazy("invoice status", "Paid"), "ok", "circle-check"),
    # Invoices, in their detail
    "unpaid": Look(_("Unpaid"), "neutral", "circle"),
    "partiallypaid": Look(_("Partially paid"), "warning", "circle-dot"),
    "overpaid": Look(_("Overpaid"), "info", "circle-alert"),
    "disputed": Look(_("Disputed"), "error", "scale"),
    # Credit notes
    "open": Look(pgettext_lazy("credit note status", "Open"), "info", "circle"),
    "partiallyapplied": Look(_("Partially applied"), "warning", "circle-dot"),
    "applied": Look(_("Applied"), "ok", "circle-check"),
    # Tasks
    "actionrequired": Look(_("Action required"), "error", "circle-alert"),
    "inprogress": Look(_("In progress"), "info", "hourglass"),
    "awaitingresponse": Look(_("Awaiting response"), "info", "clock"),
    "closed": Look(pgettext_lazy("task", "Closed"), "ok", "circle-check"),
    "cancelled": Look(pgettext_lazy("communication", "Cancelled"), "neutral", "ban"),
    # Communications
    "scheduled": Look(_("Scheduled"), "neutral", "calendar-clock"),
    "sending": Look(_("Sending"), "info", "loader-circle"),
    "sent": Look(_("Sent"), "info", "send"),
    "delivered": Look(_("Delivered"), "ok", "check"),
    "bounced": Look(_("Bounced"), "error", "mail-warning"),
    "complained": Look(_("Complained"), "error", "ban"),
    "failed": Look(_("Failed"), "error", "circle-x"),
    "received": Look(_("Received"), "neutral", "inbox"),
    "incoming": Look(_("Incoming"), "neutral", "arrow-down-left"),
    "outgoing": Look(_("Outgoing"), "neutral", "arrow-up-right"),
    "planned": Look(_("Planned"), "neutral", "calendar-clock"),
    # Email addresses
    "valid": Look(_("Valid"), "ok", "mail-check"),
    # Accounts and the follow-up of an account
    "active": Look(_("Active"), "ok", "circle-check"),
    "suspended": Look(_("Suspended"), "warning", "pause"),
    "writtenoff": Look(_("Written off"), "neutral", "archive"),
    "running": Look(_("Running"), "ok", "play"),
    "paused": Look(_("Paused"), "warning", "pause"),
    "inhouse": Look(_("In-house"), "neutral", "user"),
    "nothingtodo": Look(_("Nothing to do"), "neutral", "minus"),
}


def look_of(status: str) -> Look:
    """Return how a status is shown; one that is not known reads as it is, in the neutral tone."""
    key = "".join(letter for letter in str(status).casefold() if letter.isalpha())
    known = LOOKS.get(key) or Look(str(status))
    if isinstance(status, Choices):
        return Look(str(status.label), known.tone, known.icon)
    return known
