"""The list of communications as rows to write: the messages of the threads that its address asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from communications.enums import RecipientField
from communications.filters import ThreadFilter
from communications.models import Communication
from communications.selectors import in_order, thread_list
from invoices.spreadsheets.exporting import BATCH, exports

if TYPE_CHECKING:
    from collections.abc import Iterable

    from communications.models import CommunicationQuerySet
    from invoices.spreadsheets.exporting import Asked, Rows


@exports(
    "communications",
    _("Communications"),
    (
        *(_("Date"), _("Account"), _("Direction"), _("Channel"), _("Step"), _("Tone"), _("Language"), _("Status")),
        *(_("From"), _("To"), _("Cc"), _("Subject"), _("Invoices")),
    ),
)
def communications(asked: Asked) -> Rows:
    """Yield messages as a log tells them: plans first, then the newest.

    What the agent has only planned names no invoices yet. We are never named as a sender.
    """
    zone = asked.member.organization.zone
    for message in _asked_for(asked).iterator(chunk_size=BATCH):
        yield (
            message.at.astimezone(zone).date(),  # type: ignore[attr-defined]  # annotated
            message.account.name,
            message.get_direction_display(),
            message.get_channel_display(),
            message.title,
            message.get_tone_display(),
            message.get_language_display(),
            message.get_status_display(),
            *(_people(message, field) for field in RecipientField),
            message.subject,
            _listed(message.named_invoices.all()),
        )


def _asked_for(asked: Asked) -> CommunicationQuerySet:
    """Return the messages of the threads that are asked for, without their bodies, with all that is told of them."""
    threads = ThreadFilter(asked.query).narrow(thread_list(asked.member.organization))
    messages = Communication.objects.filter(account__in=threads.order_by().values("pk"))
    bodiless = messages.defer("body_text", "body_html", "reasons")
    return in_order(bodiless).select_related("account").prefetch_related("recipients", "named_invoices")


def _people(message: Communication, field: RecipientField) -> str:
    return _listed(one for one in message.recipients.all() if one.field == field)


def _listed(things: Iterable[object]) -> str:
    return "; ".join(map(str, things))
