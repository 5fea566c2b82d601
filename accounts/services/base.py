"""What every write about an account does: lock it first, audit, and tell the house."""

from __future__ import annotations

from itertools import batched
from typing import TYPE_CHECKING, Any

from accounts.errors import AccountNotFound
from accounts.models import Account
from billabex.core import audit, clock, events

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from billabex.core.actors import Actor

_BATCH = 10_000  # fewer than the parameters a statement may have, on either database


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


def audit_account(account: Account, actor: Actor, action: str, changes: dict[str, Any]) -> None:
    """Keep in the log what was done to an account."""
    audit.record(
        actor,
        action,
        account,
        organization_id=account.organization_id,
        account_id=account.pk,
        changes=changes,
    )
