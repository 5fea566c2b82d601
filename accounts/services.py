"""Writes about accounts. Each takes the actor and the instant, locks the account, audits, and announces."""

from __future__ import annotations

from itertools import batched
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction

from accounts.enums import STANDING_PAUSES, AccountStatus, FollowUpOwner, PauseReason
from accounts.errors import AccountNotFound, AlreadyPaused, CurrencyFixed, PauseEndsInPast, WrongConfirmation
from accounts.models import Account, Note, Pause, Tag
from accounts.ports import remove_belongings
from accounts.rules import compact_number, match_key
from billabex.core import audit, clock, events
from billabex.organizations.rules import local_date

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime
    from uuid import UUID

    from billabex.core.actors import Actor
    from billabex.organizations.models import Organization

_BATCH = 10_000  # fewer than the parameters a statement may have, on either database
_NUMBERS = ("registration_number", "vat_number")


def lock_account(account_id: UUID) -> Account:
    """Lock the account's row until the transaction ends: always the first lock of a write.

    Raises:
        AccountNotFound: It is gone.
    """
    try:
        return Account.objects.select_for_update().get(pk=account_id)
    except Account.DoesNotExist:
        raise AccountNotFound from None


def note_change(account_id: UUID, cause: str) -> None:
    """Stamp the account as changed, whatever of it has, and tell the house once the transaction commits."""
    note_changes([account_id], cause)


def note_changes(account_ids: Collection[UUID], cause: str) -> None:
    """Do so for many accounts, all locked by the caller; a statement for each ten thousand of them."""
    for batch in batched(account_ids, _BATCH, strict=False):
        Account.objects.filter(pk__in=batch).update(updated_at=clock.now())
    events.announce_all(account_ids, cause)


@transaction.atomic
def create_account(
    *, organization: Organization, name: str, actor: Actor, currency: str = "", **details: str
) -> Account:
    """Create an account, entrusted to the agent or handled in-house as the organization's setting says.

    Args:
        organization: The tenant.
        name: The company's name, used in follow-ups.
        actor: Who creates it.
        currency: ISO 4217; the organization's default when empty.
        **details: Address, numbers, phone and language, by field name of `Account`.
    """
    for field in _NUMBERS:
        details[field] = compact_number(details.get(field, ""))
    account = Account.objects.create(
        organization=organization,
        name=name.strip(),
        match_key=match_key(name),
        currency=currency or organization.default_currency,
        follow_up_owner=FollowUpOwner.AGENT if organization.entrusts_new_accounts else FollowUpOwner.IN_HOUSE,
        **details,
    )
    audit.record(
        actor,
        "account.created",
        account,
        organization_id=organization.pk,
        account_id=account.pk,
        changes={"name": account.name, "currency": account.currency},
    )
    events.announce(account.pk, "account")
    return account


@transaction.atomic
def update_account(*, account: Account, actor: Actor, **details: Any) -> Account:
    """Change an account's information; what stays the same writes nothing.

    Raises:
        CurrencyFixed: The currency would change although the account has documents.
    """
    account = lock_account(account.pk)
    for field in _NUMBERS:
        if field in details:
            details[field] = compact_number(details[field])
    if "name" in details:
        details["name"] = details["name"].strip()
        details["match_key"] = match_key(details["name"])
    changes = {field: value for field, value in details.items() if getattr(account, field) != value}
    if not changes:
        return account
    if "currency" in changes and has_documents(account):
        raise CurrencyFixed
    before = {field: getattr(account, field) for field in changes}
    for field, value in changes.items():
        setattr(account, field, value)
    account.save(update_fields=[*changes, "updated_at"])
    _audit(
        account,
        actor,
        "account.updated",
        {f: {"from": before[f], "to": changes[f]} for f in changes if f != "match_key"},
    )
    events.announce(account.pk, "account")
    return account


def has_documents(account: Account) -> bool:
    """Tell whether the account has an invoice or a credit note."""
    related = Account.objects.filter(pk=account.pk)
    return related.filter(invoices__isnull=False).exists() or related.filter(credit_notes__isnull=False).exists()


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
    _audit(account, actor, "account.paused", {"reason": reason, "until": until, "note": note})
    note_change(account.pk, "pause")
    return pause


@transaction.atomic
def resume_account(*, account: Account, actor: Actor, now: datetime) -> None:
    """End the account's pause, if one is open."""
    account = lock_account(account.pk)
    if account.pauses.filter(ended_at__isnull=True).update(ended_at=now, ended_by=actor.label):
        _audit(account, actor, "account.resumed", {})
        note_change(account.pk, "pause")


def lift_pause_for_new_document(*, account: Account, actor: Actor, now: datetime) -> None:
    """End the account's pause because a new document arrived, unless it stands for a dispute or proceedings.

    Runs in the caller's transaction, which holds the account's lock. Source: agent.md 3.
    """
    lifted = account.pauses.filter(ended_at__isnull=True).exclude(reason__in=STANDING_PAUSES)
    if lifted.update(ended_at=now, ended_by=actor.label):
        _audit(account, actor, "account.resumed", {"because": "document"})


@transaction.atomic
def set_follow_up_owner(*, account: Account, owner: FollowUpOwner, actor: Actor) -> None:
    """Entrust the account's follow-ups to the agent, or take them back in-house."""
    account = lock_account(account.pk)
    if account.follow_up_owner != owner:
        account.follow_up_owner = owner
        account.save(update_fields=["follow_up_owner", "updated_at"])
        _audit(account, actor, "account.follow-up-owner-changed", {"follow_up_owner": owner})
        events.announce(account.pk, "account")


@transaction.atomic
def set_status(*, account: Account, status: AccountStatus, actor: Actor, note: str = "") -> None:
    """Activate, suspend or write off the account; the log keeps who and, in the note, why (product.md 3)."""
    account = lock_account(account.pk)
    if account.status != status:
        before, account.status = account.status, status
        account.save(update_fields=["status", "updated_at"])
        _audit(account, actor, "account.status-changed", {"status": {"from": before, "to": status}, "note": note})
        events.announce(account.pk, "account")


@transaction.atomic
def add_note(*, account: Account, text: str, actor: Actor) -> Note:
    """Leave a note on the account for colleagues."""
    note = Note.objects.create(account=account, author_id=actor.user_id, text=text)
    _audit(account, actor, "account.note-added", {})
    return note


@transaction.atomic
def add_tag(*, account: Account, name: str, actor: Actor) -> Tag:
    """Put a tag on the account. One of that name, whatever its case, is used again; the first spelling stays."""
    account = lock_account(account.pk)
    tag = _tag(account, name.strip())
    if not account.tags.filter(pk=tag.pk).exists():
        account.tags.add(tag)
        _audit(account, actor, "account.tag-added", {"tag": tag.name})
    return tag


@transaction.atomic
def remove_tag(*, account: Account, tag_id: UUID, actor: Actor) -> None:
    """Take a tag off the account. It stays known to the organization."""
    account = lock_account(account.pk)
    tag = account.tags.filter(pk=tag_id).first()
    if tag is None:
        return
    account.tags.remove(tag)
    _audit(account, actor, "account.tag-removed", {"tag": tag.name})


def _tag(account: Account, name: str) -> Tag:
    """Return the organization's tag of that name, made if need be: insert, and take the other's when one was faster."""
    try:
        with transaction.atomic():
            return Tag.objects.create(organization_id=account.organization_id, name=name)
    except IntegrityError:
        return Tag.objects.get(organization_id=account.organization_id, name__iexact=name)


@transaction.atomic
def delete_account(*, account: Account, typed_name: str, actor: Actor, now: datetime) -> None:
    """Delete the account for good, with all that belongs to it; only the audit log remains.

    Args:
        account: What goes.
        typed_name: The account's name as the person typed it to confirm.
        actor: Who deletes it.
        now: The instant.

    Raises:
        WrongConfirmation: The typed name is not the account's.
    """
    account = lock_account(account.pk)
    if typed_name.strip() != account.name:
        raise WrongConfirmation(fields={"typed_name": WrongConfirmation.message})
    _audit(account, actor, "account.deleted", {"name": account.name})
    Account.objects.filter(pk=account.pk).update(deletion_started_at=now)
    remove_belongings(account)
    account.delete()


def _audit(account: Account, actor: Actor, action: str, changes: dict[str, Any]) -> None:
    audit.record(
        actor,
        action,
        account,
        organization_id=account.organization_id,
        account_id=account.pk,
        changes=changes,
    )
