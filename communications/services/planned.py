"""What people say about a planned message: another day, other people, other words, now, or not at all.

From then on the agent's message is theirs: `communications.ports` says what the agent owes it. A member's own message
has been theirs from the beginning. Source: product.md 7.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from accounts.services import lock_account, note_change
from billabex.core import audit
from billabex.core.versions import version_of
from billabex.organizations.rules import local_date
from communications.enums import Author, Status
from communications.errors import EditedMeanwhile, NoLongerPlanned, NothingToSend, WrittenToToday
from communications.models import Communication, NamedInvoice, Recipient
from communications.ports import preview
from communications.services.given import language_of, put_on, recipients_among, release, told, word
from invoices.models import Invoice

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime
    from typing import Any
    from uuid import UUID

    from billabex.core.actors import Actor
    from communications.ports import InvoiceLine


@transaction.atomic
def edit_message(
    *,
    communication: Communication,
    actor: Actor,
    now: datetime,
    planned_on: date,
    to: Collection[UUID],
    cc: Collection[UUID] = (),
    words: tuple[str, str] | None = None,
    version: str | None = None,
) -> Communication:
    """Make a planned message a person's: its day, its recipients, and its words where they are given.

    Args:
        communication: The message.
        actor: Who edits it.
        now: The instant.
        planned_on: The organization's civil date on which it leaves; any from today on, business day or not.
        to: The contacts it goes to, by id; usable ones, and none who is only ever written to in copy.
        cc: The usable contacts who get a copy.
        words: Subject and plain text, to leave as they stand. Without, they stay whose they are: the agent still
            writes its own on the day.
        version: What the person was shown (`told`), by its version; without, the message is edited however it stands.

    Raises:
        NoLongerPlanned: It has left, or was withdrawn.
        EditedMeanwhile: It is no longer what the person was shown.
        DayInPast, WrongRecipients, WordsMissing: By the field's name.
    """
    message = _locked(communication)
    before = told(message, message.recipients.all())
    put_on(message, planned_on, now)
    recipients = recipients_among(message, to, cc)
    if words is not None:
        word(message, *words)
    elif not message.is_worded:
        message.language = language_of(message, recipients)
    after = told(message, recipients)
    changes = {name: {"from": before[name], "to": value} for name, value in after.items() if before[name] != value}
    if not changes:
        return communication
    if version not in {None, version_of(before)}:
        raise EditedMeanwhile
    message.edited_at, message.edited_by = now, actor.label
    message.save()
    message.recipients.all().delete()
    Recipient.objects.bulk_create(recipients)
    _name_invoices(message)
    _note(message, actor, "communication.edited", changes)
    return message


@transaction.atomic
def send_now(*, communication: Communication, actor: Actor, now: datetime) -> Communication:
    """Have a planned message leave with the next job, whatever the day and hour: a person's click is a person's act.

    Twice is once, on one day: a click is for its day, and one on a later day is another. What the agent has not written
    yet, it writes as of today. Source: docs/decisions/011.

    Raises:
        NoLongerPlanned: It has left, or was withdrawn.
        NothingToSend: It would be withdrawn or held: nothing is owed any more, or follow-ups are paused.
        WrittenToToday: The agent's second message in a day; a person's own may follow.
    """
    message = _locked(communication)
    today = local_date(message.organization, now)
    if message.is_released_on(today):
        return message
    if not message.is_composed:
        _check_leaves(message, today)
    release(message, actor.label, now)
    message.save(update_fields=["released_at", "released_by", "planned_on", "scheduled_for", "updated_at"])
    _note(message, actor, "communication.released", {})
    return message


@transaction.atomic
def cancel_message(*, communication: Communication, actor: Actor, now: datetime) -> Communication:
    """Skip a planned message: the next one comes an interval later, as if this one had left on its day.

    What it would have named is kept: a reminder that a person cancelled is not planned again. A member's own message is
    only taken back: it was no follow-up, and none is skipped (docs/decisions/020).

    Raises:
        NoLongerPlanned: It has left, or was withdrawn.
    """
    message = _locked(communication)
    _name_invoices(message)
    message.status = Status.CANCELLED
    message.cancelled_at, message.cancelled_by = now, actor.label
    today = local_date(message.organization, now)
    message.planned_on = max(message.planned_on or today, today)
    message.save(update_fields=["status", "cancelled_at", "cancelled_by", "planned_on", "updated_at"])
    _note(message, actor, "communication.cancelled", {})
    return message


def _locked(communication: Communication) -> Communication:
    """Lock the account, and return the message as it stands now."""
    lock_account(communication.account_id)
    planned = Communication.objects.planned().select_related("organization", "account")
    message = planned.prefetch_related("recipients").filter(pk=communication.pk).first()
    if message is None:
        raise NoLongerPlanned
    return message


def _check_leaves(message: Communication, today: date) -> None:
    """Hold a plan to what sending it at once asks.

    Raises:
        NothingToSend, WrittenToToday: It would not leave.
    """
    if preview(message) is None:
        raise NothingToSend
    written = Communication.objects.reached_out().filter(account=message.account_id, author=Author.AGENT)
    if message.edited_at is None and written.filter(planned_on=today).exists():
        raise WrittenToToday


def _name_invoices(message: Communication) -> None:
    """Keep which invoices a plan would name if it left, with the amounts of the moment.

    One that is held would not leave: it keeps what it named when it was last edited. A member's own message names what
    they chose.
    """
    words = None if message.is_composed else preview(message)
    if words is None:
        return
    NamedInvoice.objects.filter(communication=message).delete()
    lines: dict[str, InvoiceLine] = {line.number: line for line in words.invoices}
    NamedInvoice.objects.bulk_create(
        NamedInvoice(
            communication=message,
            invoice=invoice,
            number=invoice.number,
            due_on=invoice.due_on,
            currency=invoice.currency,
            total_amount=invoice.total_amount,
            remaining_amount=lines[invoice.number].remaining_amount,
            is_reminder=lines[invoice.number].is_reminder,
        )
        for invoice in Invoice.objects.filter(account=message.account_id, number__in=lines)
    )


def _note(message: Communication, actor: Actor, action: str, changes: dict[str, Any]) -> None:
    audit.record(
        actor,
        action,
        message,
        organization_id=message.organization_id,
        account_id=message.account_id,
        changes=changes,
    )
    note_change(message.account_id, "communication")
