"""Messages, who they go to and which invoices they name."""
# mypy: untyped-calls-exclude=factory

from __future__ import annotations

from datetime import UTC, date, datetime

from factory.declarations import LazyAttribute, SelfAttribute, SubFactory, Trait

from billabex.organizations.enums import MessageLanguage
from communications.enums import Author, Direction, FailureCode, Kind, RecipientField, Status, Tone
from communications.models import Communication, InlineImage, NamedInvoice, Recipient
from tests.factories.accounts import AccountFactory
from tests.factories.contacts import ContactFactory
from tests.factories.invoices import InvoiceFactory
from tests.factories.rows import RowFactory


class CommunicationFactory(RowFactory[Communication]):
    """A follow-up that stands as Scheduled for 9:00 UTC; `sent=True`, `failed=True`, `received=True` for others.

    `composed=True` makes it a member's own message.
    """

    class Meta:
        model = Communication

    class Params:
        sent = Trait(
            status=Status.SENT, claimed_at=SelfAttribute("scheduled_for"), sent_at=SelfAttribute("scheduled_for")
        )
        failed = Trait(
            status=Status.FAILED, claimed_at=SelfAttribute("scheduled_for"), failure_code=FailureCode.REFUSED
        )
        received = Trait(
            direction=Direction.INCOMING,
            status=Status.RECEIVED,
            author=Author.CUSTOMER,
            kind=Kind.MESSAGE,
            step=0,
            tone="",
        )
        composed = Trait(
            author=Author.MEMBER,
            kind=Kind.MESSAGE,
            step=0,
            tone="",
            composed_by="Maud Petit",
            body_html="<p>Hello,</p>",
        )

    account = SubFactory(AccountFactory)
    organization = SelfAttribute("account.organization")
    status = Status.SCHEDULED
    author = Author.AGENT
    kind = Kind.FOLLOW_UP
    step = 1
    tone = Tone.COURTEOUS
    language = MessageLanguage.ENGLISH
    planned_on = date(2026, 2, 18)
    scheduled_for = LazyAttribute(
        lambda row: datetime(row.planned_on.year, row.planned_on.month, row.planned_on.day, 9, tzinfo=UTC)
    )
    subject = "Your invoice"
    body_text = "Hello,\n\nWe have not received your payment yet."


class RecipientFactory(RowFactory[Recipient]):
    class Meta:
        model = Recipient

    communication = SubFactory(CommunicationFactory)
    field = RecipientField.TO
    contact = SubFactory(ContactFactory, account=SelfAttribute("..communication.account"))
    name = SelfAttribute("contact.full_name", default="")
    address = SelfAttribute("contact.email", default="accounting@customer.example")


class NamedInvoiceFactory(RowFactory[NamedInvoice]):
    class Meta:
        model = NamedInvoice

    communication = SubFactory(CommunicationFactory)
    invoice = SubFactory(InvoiceFactory, account=SelfAttribute("..communication.account"))
    number = SelfAttribute("invoice.number")
    due_on = SelfAttribute("invoice.due_on")
    currency = SelfAttribute("invoice.currency")
    total_amount = SelfAttribute("invoice.total_amount")
    remaining_amount = SelfAttribute("invoice.remaining_amount")


class InlineImageFactory(RowFactory[InlineImage]):
    class Meta:
        model = InlineImage

    communication = SubFactory(CommunicationFactory)
    cid = "transfer-5d41402a"
    png = b"\x89PNG\r\n\x1a\n"
