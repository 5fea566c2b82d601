"""What a customer's own word does to the follow-up of an invoice. Source: agent.md 2, 3 and 7."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from billabex.agent.rules.netting import net_of_credit
from invoices.rules import hold_until, is_live

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from billabex.agent.rules.netting import Owed
    from billabex.agent.rules.state import AccountState, OpenInvoice


def is_free(state: AccountState, invoice: OpenInvoice, day: date) -> bool:
    """Tell whether the invoice may be followed up on the day: not disputed, nor covered by a live declaration."""
    if invoice.is_disputed:
        return False
    return invoice.declared is None or not is_live(invoice.declared.promised_on, state.calendar, day)


def resumes_on(state: AccountState, invoice: OpenInvoice) -> date | None:
    """Return the day on which the promise to pay an invoice ends by itself; None where there is none, or no day."""
    if invoice.is_disputed or invoice.declared is None or invoice.declared.promised_on is None:
        return None
    return hold_until(invoice.declared.promised_on, state.calendar)


@dataclass(frozen=True, slots=True)
class Stage:
    """A time in which the same invoices may be followed up.

    Attributes:
        starts_on: Its first day; it lasts until the next one starts.
        invoices: Those that may be followed up.
        owed: What they come to once credit is counted.
    """

    starts_on: date
    invoices: tuple[OpenInvoice, ...]
    owed: Owed


def stages(state: AccountState, today: date) -> list[Stage]:
    """Return what may be followed up from today on, and from each later day on which a promise ends by itself."""
    if not any(invoice.is_disputed or invoice.declared for invoice in state.invoices):  # nearly every account
        return [Stage(today, state.invoices, net_of_credit(state.invoices, state.credit))]
    ends = {end for invoice in state.invoices if (end := resumes_on(state, invoice)) and end > today}
    found = []
    for start in [today, *sorted(ends)]:
        free = tuple(invoice for invoice in state.invoices if is_free(state, invoice, start))
        found.append(Stage(start, free, net_of_credit(free, state.credit)))
    return found


def broken_promise(state: AccountState, overdue: Iterable[OpenInvoice], day: date) -> date | None:
    """Return the latest day by which overdue invoices were to be paid in vain, unless a follow-up has said so since."""
    last = state.follow_ups[-1].sent_on if state.follow_ups else None
    if state.last_notice_on and (last is None or state.last_notice_on > last):
        last = state.last_notice_on
    broken = [
        invoice.declared.promised_on
        for invoice in overdue
        if invoice.declared and (end := resumes_on(state, invoice)) and end <= day and (last is None or last < end)
    ]
    return max((promised_on for promised_on in broken if promised_on is not None), default=None)
