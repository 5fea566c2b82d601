"""The house's one signal: something happened to an account.

Lower floors announce, the agent listens and replans. The announcement leaves on commit, so that a listener never
sees what is rolled back, and once per account and transaction, however many documents the transaction brought.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.dispatch import Signal

if TYPE_CHECKING:
    from uuid import UUID

account_changed = Signal()
"""Sent with `account_id: UUID` and `cause: str` (a short word such as "document", "payment", "contact")."""


class _Announcement:
    """A commit hook that can be recognised among those already waiting."""

    def __init__(self, account_id: UUID, cause: str) -> None:
        self.account_id = account_id
        self.cause = cause
        self.is_told = False

    def __call__(self) -> None:
        self.is_told = True
        account_changed.send_robust(sender=None, account_id=self.account_id, cause=self.cause)


def announce(account_id: UUID, cause: str) -> None:
    """Tell the house, once the current transaction commits, that something happened to the account.

    Outside a transaction it is told at once. A listener that fails is logged and stops nobody.
    """
    hooks = (hook for _, hook, *_ in connection.run_on_commit if isinstance(hook, _Announcement))
    if any(hook.account_id == account_id and not hook.is_told for hook in hooks):
        return
    transaction.on_commit(_Announcement(account_id, cause))
