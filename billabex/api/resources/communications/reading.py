"""Messages with all that is said of them: one, or a page of them, or one that is not written yet."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from communications.enums import Direction, RecipientField, Status
from communications.selectors import communication_page, lines_of, whole
from communications.services import sender_of
from invoices.models import Invoice

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from uuid import UUID

    from billabex.organizations.models import Organization
    from communications.models import Communication, Recipient
    from communications.selectors import Line
    from communications.services import Draft


@dataclass(frozen=True, slots=True)
class Person:
    """Whom a message goes to, or who sends it."""

    name: str
    address: str
    contact_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A message as the API shows it.

    Attributes:
        id: None for one that is only previewed.
        subject: "" where the agent has not written it yet, and nobody asked for a preview.
        invoices: None likewise.
        text: Plain; in lists neither text, HTML nor reason are loaded.
        is_preview: The agent writes the words anew when the message leaves.
    """

    message: Communication
    id: UUID | None
    sender: Person | None
    to: list[Person]
    cc: list[Person]
    subject: str
    invoices: Sequence[Line] | None
    text: str = ""
    html: str = ""
    why: str = ""
    is_preview: bool = field(default=False)

    @property
    def step(self) -> int | None:
        """The number of a follow-up; None for other messages, which have none."""
        return self.message.step or None


def shown_messages(organization: Organization, messages: Iterable[Communication]) -> list[Shown]:
    """Return messages of `communication_list`. Without a query, as plans are not worded: their words are null."""
    return [_shown(organization, message) for message in messages]


def shown_message(organization: Organization, communication_id: UUID, *, today: date) -> Shown:
    """Return one message whole; what the agent has only planned is worded as it would be today.

    Raises:
        CommunicationNotFound: No such message in this organization.
    """
    message = communication_page(organization, communication_id)
    read = whole(message, today=today)
    return replace(
        _shown(organization, message),
        subject=read.subject,
        text=read.text,
        html=read.html,
        why=read.why,
        invoices=_with_ids(message, read.lines),
        is_preview=read.is_preview,
    )


def shown_draft(organization: Organization, draft: Draft) -> Shown:
    """Return a message that is not saved, as it would be."""
    message = draft.message
    return Shown(
        message=message,
        id=None,
        sender=_sender(organization, message, ()),
        to=_people(draft.recipients, RecipientField.TO),
        cc=_people(draft.recipients, RecipientField.CC),
        subject=message.subject,
        invoices=lines_of(draft.named_invoices),
        text=message.body_text,
        html=message.body_html,
    )


def _shown(organization: Organization, message: Communication) -> Shown:
    recipients = message.recipients.all()
    is_open = message.status == Status.SCHEDULED and not message.is_composed
    return Shown(
        message=message,
        id=message.pk,
        sender=_sender(organization, message, recipients),
        to=_people(recipients, RecipientField.TO),
        cc=_people(recipients, RecipientField.CC),
        subject="" if is_open and not message.is_worded else message.subject,
        invoices=None if is_open else lines_of(message.named_invoices.all()),
    )


def _sender(organization: Organization, message: Communication, recipients: Iterable[Recipient]) -> Person | None:
    if message.direction == Direction.OUTGOING:
        sender = sender_of(organization)
        return Person(sender.name, sender.email)
    return next(iter(_people(recipients, RecipientField.FROM)), None)


def _people(recipients: Iterable[Recipient], header: RecipientField) -> list[Person]:
    return [Person(one.name, one.address, one.contact_id) for one in recipients if one.field == header]


def _with_ids(message: Communication, lines: Sequence[Line]) -> list[Line]:
    """Return the lines with their invoices' keys and totals: previews know them by number alone."""
    unknown = [line.number for line in lines if line.total is None]
    if not unknown:
        return list(lines)
    found = {one.number: one for one in Invoice.objects.filter(account=message.account_id, number__in=unknown)}
    return [
        replace(line, invoice_id=found[line.number].pk, total=found[line.number].total_amount)
        if line.number in found
        else line
        for line in lines
    ]
