"""Listing and reading messages, having a say about those that are planned, and writing one's own."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from billabex.api.errors import said_of
from billabex.api.operations import Answer, operation
from billabex.api.pages import Page, narrowed
from billabex.api.resources.accounts.reading import OF_ACCOUNT, account_of
from billabex.api.resources.communications.reading import shown_draft, shown_message, shown_messages
from billabex.api.resources.communications.serializers import (
    CommunicationIn,
    CommunicationOut,
    CommunicationPatch,
    CommunicationsQuery,
    CommunicationSummary,
    ComposeQuery,
)
from billabex.api.views import ApiView, Entrance
from communications import services
from communications.enums import DELIVERY, DeliveryStatus, RecipientField
from communications.errors import (
    CommunicationNotFound,
    DayInPast,
    NoLongerPlanned,
    NothingToSend,
    WordsMissing,
    WrittenToToday,
    WrongInvoices,
    WrongRecipients,
)
from communications.models import AT, Communication
from communications.selectors import communication_list, communication_page, whole
from communications.services import OwnMessage

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from uuid import UUID

    from billabex.api.resources.communications.reading import Shown
    from billabex.organizations.models import Organization
    from communications.models import CommunicationQuerySet

ENTRANCE = Entrance(Communication, "communication_id", CommunicationNotFound)
REFUSALS = [DayInPast, WrongRecipients, WordsMissing]
_FILTERS = {name: name for name in ("account_id", "direction", "channel", "status")}
_NAMES = {
    "planned_on": "scheduled_for",
    "to": "recipient_ids",
    "cc": "cc_ids",
    "body_text": "body",
    "invoices": "invoice_ids",
}


class CommunicationsView(ApiView):
    """The messages of an organization."""

    @operation(
        "List communications", scope="communications:read", query=CommunicationsQuery, pages=CommunicationSummary
    )
    def get(self, query: dict[str, Any]) -> Page[Any]:
        """Lists messages in and out, planned ones included, without their texts; the latest first.

        What the agent has only planned has no words yet, and is not worded for a list: read the one message for a
        preview.
        """
        self.enter_organization(query["organization_id"])
        messages = _asked_for(communication_list(self.organization), query, self.organization)
        page = self.page(messages, query, sorts={"at": AT}, default="-at")
        return Page(shown_messages(self.organization, page.nodes), page.end_cursor)


class CommunicationView(ApiView):
    """One message."""

    enters = ENTRANCE

    @operation("Read a communication", scope="communications:read", answers=CommunicationOut)
    def get(self, communication_id: UUID) -> Shown:
        """Answers a message word for word. What is planned is worded as it would be if it left on its day."""
        return shown_message(self.organization, communication_id, today=self.today)

    @operation(
        "Edit a scheduled communication",
        scope="communications:all",
        takes=CommunicationPatch,
        answers=CommunicationOut,
        refuses=[NoLongerPlanned, *REFUSALS],
    )
    def patch(self, communication_id: UUID, body: dict[str, Any]) -> Shown:
        """Makes a scheduled message yours: its day, its recipients, its words.

        The agent no longer moves or rewrites it, but still withdraws what it had planned when the reason is gone.
        Without a subject or body of yours, the agent writes its own on the day.
        """
        message = communication_page(self.organization, communication_id)
        to, copied = _recipients(message, body)
        with said_of(_NAMES):
            services.edit_message(
                communication=message,
                actor=self.actor,
                now=self.now,
                planned_on=body.get("scheduled_for") or message.planned_on or self.today,
                to=to,
                cc=copied,
                words=_words(message, body, self.today),
            )
        return shown_message(self.organization, communication_id, today=self.today)

    @operation("Cancel a scheduled communication", scope="communications:all", refuses=[NoLongerPlanned])
    def delete(self, communication_id: UUID) -> None:
        """Cancels a scheduled message. The agent's next one comes an interval later, as if this one had left."""
        message = communication_page(self.organization, communication_id)
        services.cancel_message(communication=message, actor=self.actor, now=self.now)


class SendNowView(ApiView):
    """Sending a scheduled message at once."""

    enters = ENTRANCE

    @operation(
        "Send a scheduled communication at once",
        scope="communications:all",
        answers=CommunicationOut,
        refuses=[NoLongerPlanned, NothingToSend, WrittenToToday],
    )
    def post(self, communication_id: UUID) -> Shown:
        """Has a scheduled message leave within a minute, whatever the day and hour. Twice is once."""
        message = communication_page(self.organization, communication_id)
        services.send_now(communication=message, actor=self.actor, now=self.now)
        return shown_message(self.organization, communication_id, today=self.today)


class AccountCommunicationsView(ApiView):
    """Messages of people's own to an account."""

    enters = OF_ACCOUNT

    @operation(
        "Write to an account",
        scope="communications:all",
        query=ComposeQuery,
        takes=CommunicationIn,
        answers=CommunicationOut,
        status=201,
        also=(200,),
        refuses=[*REFUSALS, WrongInvoices],
    )
    def post(self, account_id: UUID, query: dict[str, Any], body: dict[str, Any]) -> Any:
        """Writes a message of your own to contacts of the account, to leave at once or on a day.

        It leaves whatever holds the follow-ups, and stands beside what the agent plans. Once it has left, the agent's
        next message comes an interval later.
        """
        account = account_of(self.organization, account_id)
        wanted = OwnMessage(
            to=body["recipient_ids"],
            cc=body["cc_ids"],
            subject=body["subject"],
            text=body["body"],
            planned_on=body["scheduled_for"],
            invoices=body["invoice_ids"],
        )
        facts: dict[str, Any] = {"account": account, "wanted": wanted, "actor": self.actor, "now": self.now}
        with said_of(_NAMES):
            if query["preview"]:
                return Answer(shown_draft(self.organization, services.draft_message(**facts)))
            message = services.compose_message(**facts)
        return shown_message(self.organization, message.pk, today=self.today)


def _asked_for(
    messages: CommunicationQuerySet, query: Mapping[str, Any], organization: Organization
) -> CommunicationQuerySet:
    """Return the messages that a query keeps."""
    messages = narrowed(messages, query, _FILTERS)
    if "delivery_status" in query:
        messages = messages.filter(status__in=DELIVERY[DeliveryStatus(query["delivery_status"])])
    bounds = {}
    if "from_day" in query:
        bounds["instant__gte"] = _start_of(query["from_day"], organization)
    if "to_day" in query:
        bounds["instant__lt"] = _start_of(query["to_day"] + timedelta(days=1), organization)
    return messages.alias(instant=AT).filter(**bounds)


def _start_of(day: date, organization: Organization) -> datetime:
    return datetime.combine(day, time.min, tzinfo=organization.zone)


def _recipients(message: Communication, body: Mapping[str, Any]) -> tuple[list[UUID], list[UUID]]:
    """Return whom an edited message goes to, and who gets a copy: who did, where nothing is said; nobody twice."""
    before: dict[str, list[UUID]] = {RecipientField.TO: [], RecipientField.CC: []}
    for one in message.recipients.all():
        if one.contact_id:
            before[one.field].append(one.contact_id)
    to = body.get("recipient_ids", before[RecipientField.TO])
    copied = body.get("cc_ids", [one for one in before[RecipientField.CC] if one not in to])
    return to, copied


def _words(message: Communication, body: Mapping[str, Any], today: date) -> tuple[str, str] | None:
    """Return the words of an edited message, if any of them are given; the others stand as they are shown."""
    if body.keys().isdisjoint({"subject", "body"}):
        return None
    shown = whole(message, today=today)
    return body.get("subject", shown.subject), body.get("body", shown.text)
