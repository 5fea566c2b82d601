"""The ids of balances, and their places in lists.

A balance is no row: it is an account's, in one currency. Its id is made of both, so that it is a UUID as every other,
stays the same for ever, and is found again by its account's key.
"""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from billabex.api.pages import Page, list_key, opened_cursor, sealed_cursor
from billabex.core.money import currencies

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

_FREE_BITS = (1 << 62) - 1
"""The last bits of a UUIDv7, which are random: the others keep their meaning."""


def balance_id(account_id: UUID, currency: str) -> UUID:
    """Return the id of an account's balance: its own key, with the random bits turned as the currency says."""
    return UUID(int=account_id.int ^ _turns()[currency])


def accounts_behind(key: UUID) -> dict[UUID, str]:
    """Return the accounts that a balance may be of, with its currency then; at most one of them exists."""
    return {UUID(int=key.int ^ turn): currency for currency, turn in _turns().items()}


@cache
def _turns() -> dict[str, int]:
    digests = {currency: hashlib.sha256(currency.encode()).digest() for currency in currencies()}
    return {currency: int.from_bytes(digest[:8]) & _FREE_BITS for currency, digest in digests.items()}


class Place:
    """Where a page begins, of a list that is no table's: its entries have a place instead of a key.

    `list_name` is as in `pages.page_of`.

    Attributes:
        after: The place of the last entry that was seen; empty on the first page.
    """

    def __init__(self, query: Mapping[str, Any], list_name: str) -> None:
        self._list = list_key(list_name, query)
        self._first: int = query["first"]
        self.after: list[Any] = opened_cursor(query["after"], self._list) if query.get("after") else []

    def page[Entry](self, entries: Iterable[Entry], place_of: Callable[[Entry], list[Any]]) -> Page[Any]:
        """Return the page of entries, which come in the order of their places, and one more where there are more."""
        beyond = [entry for entry in entries if place_of(entry) > self.after]
        nodes: list[Any] = beyond[: self._first]
        return Page(nodes, sealed_cursor(place_of(nodes[-1]), self._list) if len(beyond) > len(nodes) else None)
