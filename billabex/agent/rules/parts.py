"""What becomes of each open invoice in the next message, and why. Source: issue 4, "Explain"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from billabex.agent.rules.cadence import is_reminder_day, reminder_day
from billabex.agent.rules.claims import is_free, resumes_on
from billabex.agent.rules.decision import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from billabex.agent.rules.decision import Message, Named
    from billabex.agent.rules.state import AccountState, OpenInvoice


@dataclass(frozen=True, slots=True)
class Part:
    """What becomes of an invoice.

    Attributes:
        is_in: The next message names it.
    """

    invoice: OpenInvoice
    is_in: bool
    reason: Reason


def parts(state: AccountState, message: Message | None, today: date) -> Iterator[Part]:
    """Tell of each open invoice, the oldest due first, whether the next message names it, or why it does not."""
    named = {one.invoice.id: one for one in message.invoices} if message else {}
    day = message.on if message else today
    for invoice in sorted(state.invoices, key=lambda one: (one.due_on, one.issued_on, one.number)):
        if one := named.get(invoice.id):
            yield Part(invoice, is_in=True, reason=_why_in(one))
        else:
            yield Part(invoice, is_in=False, reason=_why_not(state, invoice, message, day))


def _why_in(one: Named) -> Reason:
    if one.days_late > 0:
        return Reason.of("in_overdue", age=one.days_late)
    return Reason.of("in_as_reminder" if one.is_reminder else "in_soon", due_on=one.invoice.due_on)


def _why_not(state: AccountState, invoice: OpenInvoice, message: Message | None, day: date) -> Reason:
    if invoice.is_disputed:
        return Reason.of("out_disputed")
    if invoice.declared and not is_free(state, invoice, day):
        return Reason.of(
            "out_declared",
            promised_on=invoice.declared.promised_on or "",
            until=resumes_on(state, invoice) or "",
        )
    if message is None:
        return Reason.of("out_held")
    if invoice.due_on <= max(one.invoice.due_on for one in message.invoices):
        return Reason.of("out_credit")
    its_day = reminder_day(state.calendar, invoice.due_on)
    will_be = its_day > day and is_reminder_day(state, invoice, its_day)
    return Reason.of("out_later", due_on=invoice.due_on, reminder_on=its_day if will_be else "")
