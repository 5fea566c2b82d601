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
    """A commit hook; those of one transaction share the set of accounts already told of.

    Told apart when they run, not when they are made: an import of many thousand accounts would look through many
    thousand waiting hooks for each of them, and a savepoint that is rolled back takes some of them away again.
    """

    def __init__(self, account_id: UUID, cause: str, told: set[UUID]) -> None:
        self.account_id = account_id
        self.cause = cause
        self.told = told

    def __call__(self) -> None:
        if self.account_id not in self.told:
            self.told.add(self.account_id)
            account_changed.send_robust(sender=None, account_id=self.account_id, cause=self.cause)


def announce(account_id: UUID, cause: str) -> None:
    """Tell the house, once the current transaction commits, that something happened to the account.

    Outside a transaction it is told at once. A listener that fails is logged and stops nobody.
    """
    waiting = (hook for _, hook, *_ in reversed(connection.run_on_commit) if isinstance(hook, _Announcement))
    last = next(waiting, None)
    told = set() if last is None or last.told else last.told
    transaction.on_commit(_Announcement(account_id, cause, told))
