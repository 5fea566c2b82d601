"""Pure rules about how old what is owed is."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from billabex.core.money import ZERO

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from decimal import Decimal

LAST_DAYS = (0, 30, 60, 90)
"""The last day late of each band but the open one: not due, 0–30, 31–60, 61–90 days."""


@dataclass(frozen=True, slots=True)
class Due:
    """What is left of an invoice, or of a credit note.

    Attributes:
        currency: ISO 4217.
        due_on: The invoice's due date; None for credit notes.
        amount: What remains; negative where the organization owes it: an overpaid invoice, unallocated credit.
    """

    currency: str
    due_on: date | None
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Aging:
    """What is owed in one currency, by days late.

    Attributes:
        currency: ISO 4217.
        amounts: Not due, 0–30, 31–60, 61–90 and over 90 days late; together the outstanding balance.
    """

    currency: str
    amounts: tuple[Decimal, ...]


def aged(dues: Iterable[Due], *, today: date) -> list[Aging]:
    """Return the aged balance of each currency, in alphabetical order; a currency that cancels out is left out.

    Credit is taken off the oldest debt first; what it leaves over stands, negative, as not due. Due today is not
    late. Source: product.md 9, "net of unallocated credit, oldest first".
    """
    debts: dict[str, list[Decimal]] = defaultdict(lambda: [ZERO] * (len(LAST_DAYS) + 1))
    credit: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for due in dues:
        if due.due_on is None or due.amount < 0:
            credit[due.currency] -= due.amount
        else:
            debts[due.currency][_band((today - due.due_on).days)] += due.amount
    agings = [
        Aging(currency, net_of_credit(debts[currency], credit[currency])) for currency in sorted({*debts, *credit})
    ]
    return [aging for aging in agings if any(aging.amounts)]


def _band(days_late: int) -> int:
    return sum(days_late > last for last in LAST_DAYS)


def net_of_credit(debts: Sequence[Decimal], credit: Decimal) -> tuple[Decimal, ...]:
    """Take credit off the last band first; what it leaves over stands, negative, in the first."""
    net = list(debts)
    for band in reversed(range(len(net))):
        taken = min(credit, net[band])
        net[band] -= taken
        credit -= taken
    net[0] -= credit
    return tuple(net)
