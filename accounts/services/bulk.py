"""The same writes about many accounts at once, set by set: a handful of statements for each thousand of them.

All or nothing: one transaction, which locks the accounts in the order of their ids, leaves for each the trail that its
single sibling leaves, and tells the house of all of them in one breath.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import batched
from typing import TYPE_CHECKING, Any

from django.db import transaction

from accounts.errors import PauseEndsInPast
from accounts.models import Account, Pause
from accounts.services.base import note_changes
from accounts.services.remarks import known_tag
from billabex.core import audit
from billabex.organizations.rules import local_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date, datetime
    from uuid import UUID

    from accounts.enums import AccountStatus, FollowUpOwner, PauseReason
    from billabex.core.actors import Actor
    from billabex.organizations.models import Organization

BATCH = 1000

type Changed = list[tuple[Account, dict[str, Any]]]
"""The accounts that were changed, each with what the audit log keeps of it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a write about many accounts.

    Attributes:
        changed: How many were changed.
        skipped: How many were already as asked for.
    """

    changed: int = 0
    skipped: int = 0


@transaction.atomic
def pause_accounts(
    *,
    organization: Organization,
    account_ids: Iterable[UUID],
    reason: PauseReason,
    actor: Actor,
    now: datetime,
    until: date | None = None,
    note: str = "",
) -> Outcome:
    """Suspend the accounts' follow-ups, as `pause_account` does; those that are paused stay as they are.

    Raises:
        PauseEndsInPast: `until` is not after today.
    """
    today = local_date(organization, now)
    if until is not None and until <= today:
        raise PauseEndsInPast(fields={"until": PauseEndsInPast.message})
    kept = {"reason": reason, "until": until, "note": note}

    def pause(accounts: list[Account]) -> Changed:
        standing = Pause.objects.filter(account__in=accounts, ended_at__isnull=True)
        standing.filter(until__lte=today).update(ended_at=now, ended_by="Billabex")
        paused = set(standing.values_list("account_id", flat=True))
        free = [account for account in accounts if account.pk not in paused]
        Pause.objects.bulk_create(
            Pause(account=one, reason=reason, until=until, note=note, started_on=today, started_by=actor.label)
            for one in free
        )
        return [(account, kept) for account in free]

    return _write(organization, account_ids, pause, actor, "account.paused", cause="pause")


@transaction.atomic
def resume_accounts(*, organization: Organization, account_ids: Iterable[UUID], actor: Actor, now: datetime) -> Outcome:
    """End the accounts' pauses, as `resume_account` does."""

    def resume(accounts: list[Account]) -> Changed:
        standing = Pause.objects.filter(account__in=accounts, ended_at__isnull=True)
        paused = set(standing.values_list("account_id", flat=True))
        standing.update(ended_at=now, ended_by=actor.label)
        return [(account, {}) for account in accounts if account.pk in paused]

    return _write(organization, account_ids, resume, actor, "account.resumed", cause="pause")


@transaction.atomic
def set_follow_up_owners(
    *, organization: Organization, account_ids: Iterable[UUID], owner: FollowUpOwner, actor: Actor
) -> Outcome:
    """Entrust the accounts to the agent, or take them back in-house, as `set_follow_up_owner` does."""

    def hand_over(accounts: list[Account]) -> Changed:
        others = [account for account in accounts if account.follow_up_owner != owner]
        _all(others).update(follow_up_owner=owner)
        return [(account, {"follow_up_owner": owner}) for account in others]

    return _write(organization, account_ids, hand_over, actor, "account.follow-up-owner-changed", cause="account")


@transaction.atomic
def set_statuses(
    *, organization: Organization, account_ids: Iterable[UUID], status: AccountStatus, actor: Actor, note: str = ""
) -> Outcome:
    """Activate, suspend or write off the accounts, as `set_status` does."""

    def change(accounts: list[Account]) -> Changed:
        others = [account for account in accounts if account.status != status]
        _all(others).update(status=status)
        return [(one, {"status": {"from": one.status, "to": status}, "note": note}) for one in others]

    return _write(organization, account_ids, change, actor, "account.status-changed", cause="account")


@transaction.atomic
def tag_accounts(*, organization: Organization, account_ids: Iterable[UUID], name: str, actor: Actor) -> Outcome:
    """Put a tag on the accounts, as `add_tag` does."""
    tag = known_tag(organization.pk, name.strip())
    through: Any = Account.tags.through

    def put_on(accounts: list[Account]) -> Changed:
        tagged = set(through.objects.filter(tag_id=tag.pk, account__in=accounts).values_list("account_id", flat=True))
        others = [account for account in accounts if account.pk not in tagged]
        through.objects.bulk_create(through(account_id=account.pk, tag_id=tag.pk) for account in others)
        return [(account, {"tag": tag.name}) for account in others]

    return _write(organization, account_ids, put_on, actor, "account.tag-added", cause="")


def _write(
    organization: Organization,
    account_ids: Iterable[UUID],
    change: Callable[[list[Account]], Changed],
    actor: Actor,
    action: str,
    *,
    cause: str,
) -> Outcome:
    """Lock the accounts batch by batch, have them changed, and leave the trail.

    Args:
        organization: Whose they are; others' are left out, as are those that are gone.
        account_ids: Any number of them.
        change: Changes locked accounts, and returns those that were not yet as asked for.
        actor: Who does it.
        action: What the audit log calls it.
        cause: What the house is told; "" when it does not concern follow-ups.
    """
    found = 0
    changed: list[UUID] = []
    for ids in batched(sorted(set(account_ids)), BATCH, strict=False):
        of_theirs = Account.objects.for_organization(organization).filter(pk__in=ids)
        accounts = list(of_theirs.select_for_update().order_by("pk"))
        trail = change(accounts)
        audit.record_many(
            audit.entry(actor, action, account, organization_id=organization.pk, account_id=account.pk, changes=changes)
            for account, changes in trail
        )
        found += len(accounts)
        changed += [account.pk for account, _ in trail]
    if cause:
        note_changes(changed, cause)
    return Outcome(changed=len(changed), skipped=found - len(changed))


def _all(accounts: list[Account]) -> Any:
    return Account.objects.filter(pk__in=[account.pk for account in accounts])
