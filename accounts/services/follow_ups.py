"""Whether and by whom an account is followed up: pauses, ownership, status."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from accounts.enums import STANDING_PAUSES, AccountStatus, FollowUpOwner, PauseReason
from accounts.errors import AlreadyPaused, PauseEndsInPast
from accounts.models import Account, Pause
from accounts.services.base import audit_account, lock_account, note_change
from billabex.core import events
from billabex.organizations.rules import local_date

if TYPE_CHECKING:
    from datetime import date, datetime

    from billabex.core.actors import Actor


@transaction.atomic
def pause_account(
    *,
    account: Account,
    reason: PauseReason,
    actor: Actor,
    now: datetime,
    until: date | None = None,
    note: str = "",
) -> Pause:
    """Suspend the account's follow-ups until a civil date of the organization, or until someone resumes them.

    Raises:
        AlreadyPaused: A pause holds already.
        PauseEndsInPast: `until` is not after today.
    """
    account = lock_account(account.pk)
    today = local_date(account.organization, now)
    if until is not None and until <= today:
        raise PauseEndsInPast(fields={"until": PauseEndsInPast.message})
    account.pauses.filter(ended_at__isnull=True, until__lte=today).update(ended_at=now, ended_by="Billabex")
    try:
        with transaction.atomic():
            pause = Pause.objects.create(
                account=account,
                reason=reason,
                until=until,
                note=note,
                started_on=today,
                started_by=actor.label,
            )
    except IntegrityError as error:
        raise AlreadyPaused from error
    audit_account(account, actor, "account.paused", {"reason": reason, "until": until, "note": note})
    note_change(account.pk, "pause")
    return pause


@transaction.atomic
def resume_account(*, account: Account, actor: Actor, now: datetime) -> None:
    """End the account's pause, if one is open."""
    account = lock_account(account.pk)
    if account.pauses.filter(ended_at__isnull=True).update(ended_at=now, ended_by=actor.label):
        audit_account(account, actor, "account.resumed", {})
        note_change(account.pk, "pause")


def lift_pause_for_new_document(*, account: Account, actor: Actor, now: datetime) -> None:
    """End the account's pause because a new document arrived, unless it stands for a dispute or proceedings.

    Runs in the caller's transaction, which holds the account's lock. Source: agent.md 3.
    """
    lifted = account.pauses.filter(ended_at__isnull=True).exclude(reason__in=STANDING_PAUSES)
    if lifted.update(ended_at=now, ended_by=actor.label):
        audit_account(account, actor, "account.resumed", {"because": "document"})


@transaction.atomic
def set_follow_up_owner(*, account: Account, owner: FollowUpOwner, actor: Actor) -> None:
    """Entrust the account's follow-ups to the agent, or take them back in-house."""
    account = lock_account(account.pk)
    if account.follow_up_owner != owner:
        account.follow_up_owner = owner
        account.save(update_fields=["follow_up_owner", "updated_at"])
        audit_account(account, actor, "account.follow-up-owner-changed", {"follow_up_owner": owner})
        events.announce(account.pk, "account")


@transaction.atomic
def set_status(*, account: Account, status: AccountStatus, actor: Actor, note: str = "") -> None:
    """Activate, suspend or write off the account; the log keeps who and, in the note, why (product.md 3)."""
    account = lock_account(account.pk)
    if account.status != status:
        before, account.status = account.status, status
        account.save(update_fields=["status", "updated_at"])
        audit_account(
            account, actor, "account.status-changed", {"status": {"from": before, "to": status}, "note": note}
        )
        events.announce(account.pk, "account")
