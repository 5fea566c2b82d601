"""The house's one signal: something happened to accounts.

Lower floors announce, the agent listens and replans. The announcement leaves on commit, so that a listener never
sees what is rolled back, and once per account and transaction, however many documents the transaction brought. What
happens to many accounts at once is told in one breath: see docs/decisions/009.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.dispatch import Signal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

account_changed = Signal()
"""Sent with `account_ids: list[UUID]` and `cause: str` (a short word such as "document", "payment", "contact")."""


class _Announcement:
    """A commit hook; those of one transaction share the set of accounts already told of.

    Told apart when they run, not when they are made: an import of many thousand accounts would look through many
    thousand waiting hooks for each of them, and a savepoint that is rolled back takes some of them away again.
    """

    def __init__(self, account_ids: list[UUID], cause: str, told: set[UUID]) -> None:
        self.account_ids = account_ids
        self.cause = cause
        self.told = told

    def __call__(self) -> None:
        if untold := [account_id for account_id in self.account_ids if account_id not in self.told]:
            self.told.update(untold)
            account_changed.send_robust(sender=None, account_ids=untold, cause=self.cause)


def announce(account_id: UUID, cause: str) -> None:
    """Tell the house, once the current transaction commits, that something happened to the account.

    Outside a transaction it is told at once. A listener that fails is logged and stops nobody.
    """
    announce_all([account_id], cause)


def announce_all(account_ids: Iterable[UUID], cause: str) -> None:
    """Tell so of many accounts in one breath, whatever their number."""
    waiting = (hook for _, hook, *_ in reversed(connection.run_on_commit) if isinstance(hook, _Announcement))
    last = next(waiting, None)
    told = set() if last is None or last.told else last.told
    transaction.on_commit(_Announcement(list(dict.fromkeys(account_ids)), cause, told))
