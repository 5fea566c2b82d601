"""The brief: everything a message may say, and nothing else.

Amounts are in major units of the currency beside them; dates are civil dates in the organization's time zone.
What is unknown is an empty string or an empty tuple.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

type Kind = Literal["pre_due_reminder", "follow_up"]

PRE_DUE_REMINDER: Kind = "pre_due_reminder"
FOLLOW_UP: Kind = "follow_up"


@dataclass(frozen=True, slots=True)
class BriefInvoice:
    """One open invoice.

    Attributes:
        remaining: What is still to be paid of `total`.
        days_late: Days since the due date; 0 or negative while it is not overdue.
    """

    number: str
    issued_on: date
    due_on: date
    currency: str
    total: Decimal
    remaining: Decimal
    days_late: int


@dataclass(frozen=True, slots=True)
class CurrencyTotal:
    """What is owed in one currency.

    Attributes:
        credit: Credit not allocated to an invoice, as a positive amount.
        to_pay: `overdue + due_soon - credit`; negative when the credit exceeds what is owed.
    """

    currency: str
    overdue: Decimal
    due_soon: Decimal
    credit: Decimal
    to_pay: Decimal


@dataclass(frozen=True, slots=True)
class PaymentInstructions:
    """How the organization wants to be paid. Without IBAN and link, the message offers to send the details."""

    iban: str = ""
    bic: str = ""
    account_holder: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Brief:
    """The facts of one message to one account.

    Attributes:
        language: One of `languages()`.
        tone: "courteous", "professional" or "firm"; a pre-due reminder has one voice of its own.
        step: Which follow-up of the episode this is, from 1; 0 for a pre-due reminder.
        recipient_name: Empty when unknown: the greeting is then without a name.
        overdue: A follow-up has at least one.
        due_soon: A pre-due reminder has at least one.
        credits: Unallocated credit per currency, positive.
        totals: One per currency of the invoices and credits.
        signature: Lines of the organization's own under the agent's name.
    """

    language: str
    kind: Kind
    tone: str
    step: int
    organization_name: str
    agent_name: str
    account_name: str
    overdue: tuple[BriefInvoice, ...]
    due_soon: tuple[BriefInvoice, ...]
    totals: tuple[CurrencyTotal, ...]
    credits: tuple[tuple[str, Decimal], ...] = ()
    recipient_name: str = ""
    reply_to: str = ""
    signature: str = ""
    payment: PaymentInstructions = field(default_factory=PaymentInstructions)
