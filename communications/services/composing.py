"""A member's own message: whom it goes to, when and in which words is theirs alone.

It stands beside what the agent plans. A pause does not hold it, planning does not withdraw it, and nothing has to be
owed: all that is asked before it leaves is whether somebody can still be written to. Once it has left, it counts for
the agent's rhythm as any message does. Source: product.md 7, agent.md 2; docs/decisions/020.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from accounts.services import lock_account, note_change
from billabex.core import audit
from communications.enums import Author, FailureCode, Kind, RecipientField, Status
from communications.errors import WrongInvoices
from communications.models import Communication, NamedInvoice, Recipient
from communications.services.delivery import claim, is_deliverable
from communications.services.given import language_of, put_on, recipients_among, release, told, word
from invoices.models import Invoice

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime
    from uuid import UUID

    from accounts.models import Account
    from billabex.core.actors import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnMessage:
    """A message as a member wants it.

    Attributes:
        to: The contacts it goes to, by id; usable ones, and none who is only ever written to in copy.
        cc: The usable contacts who get a copy.
        subject: One line.
        text: Plain text.
        planned_on: The organization's civil date on which it leaves; None for at once.
        invoices: The open invoices of the account that it is about, by id.
    """

    to: Collection[UUID]
    subject: str
    text: str
    cc: Collection[UUID] = ()
    planned_on: date | None = None
    invoices: Collection[UUID] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A message as it would be composed, with its parts; nothing of it is saved."""

    message: Communication
    recipients: list[Recipient]
    named_invoices: list[NamedInvoice]


def draft_message(*, account: Account, wanted: OwnMessage, actor: Actor, now: datetime) -> Draft:
    """Return the message that `compose_message` would make of this, and write nothing.

    Args:
        account: Whom it goes to, with its organization loaded.
        wanted: The message.
        actor: Who writes it.
        now: The instant.

    Raises:
        DayInPast, WrongRecipients, WordsMissing, WrongInvoices: By the field's name.
    """
    organization = account.organization
    message = Communication(
        organization=organization,
        account=account,
        status=Status.SCHEDULED,
        author=Author.MEMBER,
        kind=Kind.MESSAGE,
        composed_by=actor.label,
        created_at=now,
        updated_at=now,
    )
    if wanted.planned_on is None:
        release(message, actor.label, now)
    else:
        put_on(message, wanted.planned_on, now)
    recipients = recipients_among(message, wanted.to, wanted.cc)
    message.language = language_of(message, recipients)
    word(message, wanted.subject, wanted.text)
    named = _as_named(message, wanted.invoices)
    if {one.invoice_id for one in named} != set(wanted.invoices):
        raise WrongInvoices(fields={"invoices": WrongInvoices.message})
    return Draft(message, recipients, named)


@transaction.atomic
def compose_message(*, account: Account, wanted: OwnMessage, actor: Actor, now: datetime) -> Communication:
    """Schedule a member's own message: it leaves once, on its day or at once, whatever becomes of the follow-ups.

    Raises:
        DayInPast, WrongRecipients, WordsMissing, WrongInvoices: By the field's name.
    """
    lock_account(account.pk)
    draft = draft_message(account=account, wanted=wanted, actor=actor, now=now)
    message = draft.message
    message.save(force_insert=True)
    Recipient.objects.bulk_create(draft.recipients)
    NamedInvoice.objects.bulk_create(draft.named_invoices)
    changes = {name: {"from": None, "to": value} for name, value in told(message, draft.recipients).items() if value}
    audit.record(
        actor,
        "communication.composed",
        message,
        organization_id=message.organization_id,
        account_id=message.account_id,
        changes=changes,
    )
    note_change(message.account_id, "communication")
    return message


def claim_own(*, communication: Communication, today: date, now: datetime) -> bool:
    """Claim a member's own message for sending; as it stands, with the amounts of the moment.

    When nobody that it goes to can be written to any more, it fails, and a person decides.

    Args:
        communication: The message; its account is locked by the caller.
        today: The organization's civil date, on which it leaves.
        now: The instant.

    Returns:
        False when it does not leave: put on a later day meanwhile, claimed by somebody else, or failed.
    """
    if communication.scheduled_for is None or communication.scheduled_for > now:
        return False
    addressed = communication.recipients.filter(field=RecipientField.TO).select_related("contact")
    if not any(map(is_deliverable, addressed)):
        _fail(communication, now)
        return False
    about = communication.named_invoices.values_list("invoice", flat=True)
    named = _as_named(communication, [invoice_id for invoice_id in about if invoice_id])
    return claim(communication=communication, words=None, named_invoices=named, today=today, now=now)


def _fail(communication: Communication, now: datetime) -> None:
    note_change(communication.account_id, "delivery")
    Communication.objects.planned().filter(pk=communication.pk).update(
        status=Status.FAILED, claimed_at=now, failure_code=FailureCode.OUT_OF_REACH, updated_at=now
    )


def _as_named(message: Communication, invoices: Collection[UUID]) -> list[NamedInvoice]:
    """Return the open ones of the invoices as the message names them now, unsaved; no query where there are none."""
    found = Invoice.objects.filter(account=message.account_id, pk__in=invoices).open() if invoices else ()
    return [
        NamedInvoice(
            communication=message,
            invoice=invoice,
            number=invoice.number,
            due_on=invoice.due_on,
            currency=invoice.currency,
            total_amount=invoice.total_amount,
            remaining_amount=invoice.remaining_amount,
        )
        for invoice in found
    ]
