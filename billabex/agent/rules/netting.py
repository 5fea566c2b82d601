"""What is asked for once credit is counted. Source: agent.md 2 and 3; product.md 2, "oldest due date first"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from billabex.core.money import ZERO

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from billabex.agent.rules.state import OpenInvoice


@dataclass(frozen=True, slots=True)
class Owed:
    """What an account is asked for.

    Attributes:
        invoices: Those that its credit does not cover, the oldest due first.
        credit: What is left of the credit in their currencies, positive: less than the oldest of them.
    """

    invoices: tuple[OpenInvoice, ...]
    credit: tuple[tuple[str, Decimal], ...]


def net_of_credit(invoices: Iterable[OpenInvoice], credit: Iterable[tuple[str, Decimal]]) -> Owed:
    """Let credit cover the oldest invoices of its currency, as if it were allocated; the rest of it is deducted.

    Nobody is chased for what the account's own credit pays, and no message ever asks for less than nothing.
    """
    left = dict(credit)
    asked: list[OpenInvoice] = []
    reached: set[str] = set()
    for invoice in sorted(invoices, key=lambda one: (one.due_on, one.issued_on, one.number)):
        available = left.get(invoice.currency, ZERO)
        if invoice.currency not in reached and invoice.remaining <= available:
            left[invoice.currency] = available - invoice.remaining
        else:
            reached.add(invoice.currency)
            asked.append(invoice)
    return Owed(tuple(asked), tuple((currency, left[currency]) for currency in sorted(reached) if left.get(currency)))
