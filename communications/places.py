"""What communications put on the pages of lower floors."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.timeline import Event
from billabex.core.places import fills
from communications.enums import Status
from communications.selectors import messages_of, told_about, told_of

if TYPE_CHECKING:
    from datetime import date

    from django.utils.functional import _StrPromise

    from accounts.models import Account
    from communications.models import Communication, CommunicationQuerySet
    from invoices.models import Invoice

MOST = 30
ICONS = {
    Status.SENDING: "loader-circle",
    Status.SENT: "send",
    Status.DELIVERED: "mail-check",
    Status.BOUNCED: "mail-warning",
    Status.COMPLAINED: "ban",
    Status.FAILED: "circle-x",
    Status.RECEIVED: "inbox",
}

TITLES = {
    "communication.composed": ("pencil", gettext_lazy("Message written")),
    "communication.edited": ("pencil", gettext_lazy("Planned message edited")),
    "communication.released": ("send", gettext_lazy("Planned message sent at once")),
    "communication.cancelled": ("ban", gettext_lazy("Planned message cancelled")),
}


@fills("account.history")
def history() -> dict[str, tuple[str, _StrPromise]]:
    """Say what the audit log keeps of messages, for the account's history."""
    return TITLES


@fills("account.tab_rows")
def tab_rows(account: Account) -> dict[str, CommunicationQuerySet]:
    """Name the messages that the account's tab counts."""
    return {"communications": messages_of(account)}


@fills("account.overview")
def overview(account: Account, *, today: date) -> list[Event]:
    """Tell which messages left, failed or came in."""
    return [_event(message) for message in told_of(account, limit=MOST)]


@fills("invoice.communications")
def about_invoice(invoice: Invoice) -> list[Event]:
    """Tell which messages named the invoice."""
    return [_event(message) for message in told_about(invoice)]


def _event(message: Communication) -> Event:
    status = Status(message.status)
    title = _("%(message)s: %(status)s") % {"message": message.title, "status": status.label.lower()}
    people = ", ".join(recipient.name or recipient.address for recipient in message.recipients.all())
    text = " · ".join(filter(None, (message.subject, people)))
    return Event(attrgetter("at")(message), ICONS[status], title, text, message.get_absolute_url())
