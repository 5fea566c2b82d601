"""What this floor needs of higher ones when a whole account goes.

The database takes along what points at the account. What does not, such as an uploaded PDF, only the floor that owns
it knows of; that floor registers how it goes when the site starts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from accounts.models import Account


class Remover(Protocol):
    """Removes what belongs to an account that is about to go, in the transaction in which it goes."""

    def __call__(self, account: Account) -> None:
        """Remove it; the account is locked."""


_removers: list[Remover] = []


def register_remover(remover: Remover) -> None:
    """Have the remover called before an account goes; once, at start."""
    _removers.append(remover)


def remove_belongings(account: Account) -> None:
    """Have every floor remove what it keeps of an account that is about to go."""
    for remover in _removers:
        remover(account)
