"""How a message leaves: claim, hand over, record. Each leaves once or not at all.

Source: house.md 3, agent.md 6. Between the claim and the record no transaction is open; whatever dies in between
leaves the message Sending, and `settle_doubtful` turns it into a failure of unknown outcome that a person decides.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from email.utils import parseaddr
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from accounts.services import note_change
from billabex.core.errors import GatewayError, PermanentGatewayError, TemporaryGatewayError
from communications.enums import FailureCode, RecipientField, Status
from communications.gateways.email import Address, DjangoMailer, Envelope
from communications.models import Communication, InlineImage, NamedInvoice, Recipient

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from billabex.organizations.models import Organization
    from communications.gateways.email import Mailer
    from communications.ports import Words

logger = logging.getLogger(__name__)

DOUBTFUL_AFTER = timedelta(minutes=15)
MAX_ATTEMPTS = 5


@transaction.atomic
def claim(
    *,
    communication: Communication,
    words: Words | None,
    named_invoices: Iterable[NamedInvoice],
    today: date,
    now: datetime,
) -> bool:
    """Claim a scheduled message for sending, with the words it leaves with.

    Args:
        communication: The message; its account is locked by the caller.
        words: Subject, text, HTML and its pictures, kept for ever; None when they are a person's and leave as they
            stand.
        named_invoices: What it names, with the amounts of the moment; unsaved.
        today: The organization's civil date, on which it leaves.
        now: The instant.

    Returns:
        False when somebody else has claimed or withdrawn it: then nothing is written.
    """
    written = {"subject": words.subject, "body_text": words.text, "body_html": words.html} if words else {}
    claimed = (
        Communication.objects.planned()
        .filter(pk=communication.pk)
        .update(status=Status.SENDING, claimed_at=now, planned_on=today, updated_at=now, **written)
    )
    if claimed:
        if communication.is_by_person:
            _catch_up(communication)
        NamedInvoice.objects.bulk_create(named_invoices)
        images = words.images if words else ()
        InlineImage.objects.bulk_create(
            InlineImage(communication=communication, cid=one.cid, png=one.png) for one in images
        )
    return bool(claimed)


def _catch_up(communication: Communication) -> None:
    """Bring a person's message up to the moment: it named invoices when it was edited, and people may be out of reach.

    Whoever can no longer be written to at the address that was chosen is left out; the caller knows that somebody is
    left.
    """
    NamedInvoice.objects.filter(communication=communication).delete()
    recipients = Recipient.objects.filter(communication=communication).select_related("contact")
    if unreachable := [recipient.pk for recipient in recipients if not is_deliverable(recipient)]:
        Recipient.objects.filter(pk__in=unreachable).delete()


def is_deliverable(recipient: Recipient) -> bool:
    """Tell whether somebody, loaded with their contact, can still be written to at the address that was chosen."""
    contact = recipient.contact
    return contact is not None and contact.is_usable and contact.email == recipient.address


def hand_over(*, communication: Communication, now: datetime, mailer: Mailer | None = None) -> Status:
    """Hand a claimed message to the mail server and record what came of it.

    Must run outside any transaction. A temporary failure puts the message back, to be tried again after a growing
    while, five times at most.

    Returns:
        Sent, Scheduled (to be tried again) or Failed.
    """
    envelope = _envelope(communication, now)
    try:
        (mailer or DjangoMailer()).deliver(envelope)
    except TemporaryGatewayError as error:
        return _put_back(communication, now, str(error))
    except PermanentGatewayError as error:
        return _record(communication, now, FailureCode.REFUSED, str(error))
    except GatewayError as error:
        return _record(communication, now, FailureCode.UNKNOWN_OUTCOME, str(error))
    return _record(communication, now)


@transaction.atomic
def settle_doubtful(*, now: datetime) -> int:
    """Mark messages that have been Sending for too long as failed with unknown outcome; return how many.

    They are never sent again by themselves: a person decides.
    """
    hanging = Communication.objects.filter(status=Status.SENDING, claimed_at__lt=now - DOUBTFUL_AFTER)
    for account_id in sorted(set(hanging.values_list("account_id", flat=True))):
        note_change(account_id, "delivery")
    return hanging.update(status=Status.FAILED, failure_code=FailureCode.UNKNOWN_OUTCOME, updated_at=now)


def message_id(communication: Communication) -> str:
    """Return the Message-ID, made from the communication's own id: the same message always has the same one."""
    return f"<{communication.pk}@{settings.MESSAGE_ID_DOMAIN}>"


def sender_of(organization: Organization) -> Address:
    """Return who the organization's messages come from: its agent, at the address that mail leaves from."""
    return Address(f"{organization.agent_name} ({organization.name})", parseaddr(settings.DEFAULT_FROM_EMAIL)[1])


def _envelope(communication: Communication, now: datetime) -> Envelope:
    organization = communication.organization
    recipients: Sequence[Recipient] = list(communication.recipients.all())

    def addresses(field: RecipientField) -> tuple[Address, ...]:
        return tuple(Address(r.name, r.address) for r in recipients if r.field == field)

    return Envelope(
        message_id=message_id(communication),
        date=now,
        sender=sender_of(organization),
        to=addresses(RecipientField.TO),
        cc=addresses(RecipientField.CC),
        reply_to=organization.reply_to,
        subject=communication.subject,
        text=communication.body_text,
        html=communication.body_html,
        language=communication.language,
        images=tuple(communication.images.all()),
    )


@transaction.atomic
def _record(
    communication: Communication, now: datetime, failure: FailureCode | None = None, detail: str = ""
) -> Status:
    """Record what came of handing over; what is known after all corrects an outcome already marked unknown."""
    note_change(communication.account_id, "delivery")  # first of all, as it locks the account
    unsettled = Q(status=Status.SENDING) | Q(status=Status.FAILED, failure_code=FailureCode.UNKNOWN_OUTCOME)
    status = Status.FAILED if failure else Status.SENT
    Communication.objects.filter(unsettled, pk=communication.pk).update(
        status=status,
        sent_at=None if failure else now,
        attempts=communication.attempts + 1,
        failure_code=failure or "",
        failure_detail=detail[:500],
        updated_at=now,
    )
    if failure:
        logger.warning("Message %s failed: %s %s", communication.pk, failure, detail)
    return status


@transaction.atomic
def _put_back(communication: Communication, now: datetime, detail: str) -> Status:
    """Undo the claim: nothing left. What the agent wrote is written anew at the next try.

    A member's own message is put back as it is.
    """
    attempts = communication.attempts + 1
    if attempts >= MAX_ATTEMPTS:
        return _record(communication, now, FailureCode.UNREACHABLE, detail)
    note_change(communication.account_id, "delivery")  # first of all, as it locks the account
    message = Communication.objects.filter(pk=communication.pk)
    is_sending = message.filter(status=Status.SENDING).exists()  # doubtful before: now it is known
    if not is_sending or not (communication.is_composed or _is_plan_again(communication)):
        return _record(communication, now, FailureCode.UNREACHABLE, detail)
    logger.warning("Message %s is tried again later: %s", communication.pk, detail)
    message.update(
        status=Status.SCHEDULED, claimed_at=None, attempts=attempts, failure_detail=detail[:500], updated_at=now
    )
    # A second statement, as the database freezes a message that is Sending and lets only a plan be moved.
    message.update(scheduled_for=now + timedelta(minutes=2**attempts))
    return Status.SCHEDULED


def _is_plan_again(communication: Communication) -> bool:
    """Make way for a message that did not leave, and drop what was written for it; tell whether it is planned again.

    What the agent has planned meanwhile counted on it; it goes, as an account has one Scheduled message. What a person
    has made theirs meanwhile stays, and this message is not tried again.
    """
    meanwhile = Communication.objects.plans().filter(account=communication.account_id)
    if meanwhile.by_person().exists():
        return False
    meanwhile.delete()
    NamedInvoice.objects.filter(communication=communication).delete()
    InlineImage.objects.filter(communication=communication).delete()
    return True
