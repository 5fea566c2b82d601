"""What is said of messages, and what people may say about them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rest_framework.serializers import ListField

from billabex.api import fields
from billabex.api.examples import ACCOUNT, CONTACT, INVOICE, ORGANIZATION
from billabex.api.serializers import Body, ListQuery, Output, Query
from communications.enums import Author, Channel, DeliveryStatus, Direction, FailureCode, Kind, Status, Tone

if TYPE_CHECKING:
    from rest_framework.fields import Field

MOST_PEOPLE = 50
MOST_INVOICES = 200
LONGEST_TEXT = 50_000

_ID = "019ab3c4-5a10-7c52-9d4e-0a4f6f1b2c3d"
_DAY = {"year": 2026, "month": 11, "day": 25}


# --- In -----------------------------------------------------------------------------------------------------


class CommunicationsQuery(ListQuery):
    """Which messages."""

    organization_id = fields.Id()
    account_id = fields.Id(required=False)
    direction = fields.Code(Direction, required=False, help_text="Planned messages are outgoing ones.")
    channel = fields.Code(Channel, required=False)
    status = fields.Code(Status, required=False, help_text="`Scheduled` keeps what is planned.")
    delivery_status = fields.Code(DeliveryStatus, required=False)
    sort = fields.Sort("at")

    def get_fields(self) -> dict[str, Field[Any, Any, Any, Any]]:
        """Return the parameters, with two whose names are no names in Python."""
        about = "of the messages, by the day on which they left, are to leave or came in: the organization's date."
        return super().get_fields() | {
            "from": fields.CivilDate(source="from_day", required=False, help_text=f"The first day {about}"),
            "to": fields.CivilDate(source="to_day", required=False, help_text=f"The last day {about}"),
        }


def _contacts(**kwargs: Any) -> ListField:
    return ListField(child=fields.Id(), max_length=MOST_PEOPLE, **kwargs)


class CommunicationIn(Body):
    """A message of your own to contacts of the account."""

    recipient_ids = _contacts(help_text="The contacts it goes to: usable ones, and none who is copy-only.")
    cc_ids = _contacts(required=False, default=list, help_text="The usable contacts who get a copy.")
    subject = fields.Text(max_length=300)
    body = fields.Text(max_length=LONGEST_TEXT, trim_whitespace=False, help_text="Plain text; its HTML is made of it.")
    scheduled_for = fields.CivilDate(
        required=False,
        allow_null=True,
        default=None,
        help_text="The organization's date on which it leaves, in its sending hours; without it, at once.",
    )
    invoice_ids = ListField(
        child=fields.Id(),
        required=False,
        default=list,
        max_length=MOST_INVOICES,
        help_text="Open invoices of the account that it is about; the message is shown with them.",
    )

    class Meta:
        example = {
            "recipientIds": [CONTACT],
            "subject": "Our call this morning",
            "body": "Dear Jane,\n\nThank you for your time. As we agreed, …",
            "scheduledFor": _DAY,
            "invoiceIds": [INVOICE],
        }


class ComposeQuery(Query):
    """How a message is composed."""

    preview = fields.Flag(
        required=False, default=False, help_text="Answer what would be created (200, `id` null), and create nothing."
    )


class CommunicationPatch(Body, partial=True):
    """What changes of a scheduled message; what is left out stays."""

    scheduled_for = fields.CivilDate(help_text="The organization's date on which it leaves: today or later.")
    recipient_ids = _contacts(help_text="The contacts it goes to. Whoever got a copy until now no longer does.")
    cc_ids = _contacts(help_text="The contacts who get a copy.")
    subject = fields.Text(max_length=300)
    body = fields.Text(
        max_length=LONGEST_TEXT,
        trim_whitespace=False,
        help_text="Plain text. With a subject or a body of yours, the whole message leaves as it stands.",
    )

    class Meta:
        example = {"scheduledFor": _DAY, "subject": "Invoice F-2026-001"}


# --- Out ----------------------------------------------------------------------------------------------------


class CorrespondentOut(Output):
    """Who sends a message or gets it, with the address as it was then."""

    contact_id = fields.Id(allow_null=True, help_text="Null for ourselves, and for contacts that are gone.")
    name = fields.OptionalText()
    address = fields.Text()


class NamedInvoiceOut(Output):
    """An invoice that a message names, with its amounts at that time."""

    id = fields.Id(source="invoice_id", allow_null=True, help_text="Null once the invoice is deleted.")
    number = fields.Text()
    due_date = fields.CivilDate(source="due_on")
    currency_code = fields.Text(source="currency")
    total_amount = fields.Amount(source="total", allow_null=True)
    remaining_amount = fields.Amount(source="remaining")


class CommunicationSummary(Output):
    """A message without its text."""

    id = fields.Id(allow_null=True, help_text="Null for a preview.")
    organization_id = fields.Id(source="message.organization_id")
    account_id = fields.Id(source="message.account_id")
    direction = fields.Code(Direction, source="message.direction")
    channel = fields.Code(Channel, source="message.channel")
    status = fields.Code(Status, source="message.status")
    delivery_status = fields.Code(
        DeliveryStatus,
        source="message.delivery_status",
        allow_null=True,
        help_text="What is known of the delivery of a message that left; null for others.",
    )
    failure = fields.Code(FailureCode, source="message.failure_code", allow_null=True, help_text="Why it failed.")
    kind = fields.Code(Kind, source="message.kind")
    step = fields.Whole(allow_null=True, help_text="The number of a follow-up within its overdue episode.")
    tone = fields.Code(Tone, source="message.tone", allow_null=True)
    language = fields.LanguageCode(source="message.language")
    author = fields.Code(Author, source="message.author", help_text="Whose words they are.")
    sender = CorrespondentOut(allow_null=True)
    to = CorrespondentOut(many=True)
    cc = CorrespondentOut(many=True)
    subject = fields.OptionalText(help_text="In lists, null while the agent has not written the message.")
    invoices = NamedInvoiceOut(
        many=True, allow_null=True, help_text="In lists, null while the agent has not written the message."
    )
    scheduled_for = fields.CivilDate(
        source="message.planned_on", allow_null=True, help_text="The organization's date; once it has left, that day."
    )
    scheduled_at = fields.Instant(source="message.scheduled_for", allow_null=True, help_text="Not before.")
    sent_at = fields.Instant(source="message.sent_at", allow_null=True)
    created_at = fields.Instant(source="message.created_at")
    updated_at = fields.Instant(source="message.updated_at")

    def get_fields(self) -> dict[str, Field[Any, Any, Any, Any]]:
        """Return the fields, with the sender as `from`, which is no name in Python."""
        found = super().get_fields()
        found["sender"].source = "sender"
        return {"from" if name == "sender" else name: field for name, field in found.items()}

    class Meta:
        example: dict[str, Any] = {
            "id": _ID,
            "organizationId": ORGANIZATION,
            "accountId": ACCOUNT,
            "direction": "Outgoing",
            "channel": "Email",
            "status": "Sent",
            "deliveryStatus": "Pending",
            "failure": None,
            "kind": "FollowUp",
            "step": 1,
            "tone": "Courteous",
            "language": "en",
            "author": "Agent",
            "from": {"contactId": None, "name": "Alix (Atelier Nord)", "address": "billing@billabex.example"},
            "to": [{"contactId": CONTACT, "name": "Jane Doe", "address": "jane@acme.com"}],
            "cc": [],
            "subject": "Invoice F-2026-001",
            "invoices": [
                {
                    "id": INVOICE,
                    "number": "F-2026-001",
                    "dueDate": {"year": 2026, "month": 11, "day": 20},
                    "currencyCode": "EUR",
                    "totalAmount": 1200.0,
                    "remainingAmount": 1000.0,
                }
            ],
            "scheduledFor": _DAY,
            "scheduledAt": "2026-11-25T08:00:00Z",
            "sentAt": "2026-11-25T08:00:12Z",
            "createdAt": "2026-11-20T06:00:00Z",
            "updatedAt": "2026-11-25T08:00:12Z",
        }


class CommunicationOut(CommunicationSummary):
    """A message as its reader gets it, or would get it today."""

    body = fields.OptionalText(source="text", help_text="Plain text; null for a plan whose reason is gone.")
    body_html = fields.OptionalText(source="html")
    is_preview = fields.Flag(help_text="The agent writes the words anew when the message leaves, from the facts then.")
    why = fields.OptionalText(help_text="Why it was written, is held or was withdrawn: a sentence for people.")

    class Meta:
        example = CommunicationSummary.Meta.example | {
            "body": "Dear Jane Doe,\n\nInvoice F-2026-001 was due on November 20, 2026. …",
            "bodyHtml": "<!doctype html>…",
            "isPreview": False,
            "why": "Invoice F-2026-001 is 5 days late on that day and nobody has written yet.",
        }
