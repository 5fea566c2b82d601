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

    from billabex.agent.interest import HalfYearInterest

type Kind = Literal["pre_due_reminder", "follow_up", "formal_notice"]

PRE_DUE_REMINDER: Kind = "pre_due_reminder"
FOLLOW_UP: Kind = "follow_up"
FORMAL_NOTICE: Kind = "formal_notice"

type Acknowledged = Literal[
    "payment_announced",
    "payment_reported",
    "dispute",
    "more_time",
    "absence",
    "wrong_person",
    "stop",
    "copy",
    "bank_details",
    "statement",
]
"""What a customer can have said or asked for that the agent answers by itself (agent.md 7)."""


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
class InvoiceInterest:
    """The interest that the law provides for on one overdue invoice in euros, so far."""

    number: str
    remaining: Decimal
    half_years: tuple[HalfYearInterest, ...]


@dataclass(frozen=True, slots=True)
class LateCosts:
    """What late payment costs by law, for information: never part of a total.

    Attributes:
        interest: Empty where the organization does not mention interest.
        fixed_sum_invoices: For how many overdue invoices a fixed sum is mentioned.
    """

    interest: tuple[InvoiceInterest, ...] = ()
    fixed_sum_invoices: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who writes to whom, and in which language: what every message has.

    Attributes:
        language: One of `languages()`.
        recipient_name: Empty when unknown: the greeting is then without a name.
        signature: Lines of the organization's own under the agent's name.
    """

    language: str
    organization_name: str
    agent_name: str
    recipient_name: str = ""
    reply_to: str = ""
    signature: str = ""
    payment: PaymentInstructions = field(default_factory=PaymentInstructions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief(Sender):
    """The facts of one message that asks an account for payment.

    Attributes:
        tone: "courteous", "professional" or "firm"; a pre-due reminder and a formal notice have a voice of their own.
        step: Which follow-up of the episode this is, from 1; 0 for the other kinds.
        overdue: A follow-up and a formal notice have at least one.
        due_soon: A pre-due reminder has at least one.
        totals: One per currency of the invoices and credits.
        credits: Unallocated credit per currency, positive.
        deadline_on: By when a formal notice asks for payment; other kinds have none.
        broken_promise_on: By when the customer had announced a payment that did not settle what it was for.
        late_costs: None where the organization mentions none.
    """

    kind: Kind
    tone: str
    step: int
    account_name: str
    overdue: tuple[BriefInvoice, ...]
    due_soon: tuple[BriefInvoice, ...]
    totals: tuple[CurrencyTotal, ...]
    credits: tuple[tuple[str, Decimal], ...] = ()
    deadline_on: date | None = None
    broken_promise_on: date | None = None
    late_costs: LateCosts | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AcknowledgementBrief(Sender):
    """The facts of a short answer to what a customer has written.

    Attributes:
        reason: What they said or asked for.
        answered_subject: The subject of their message; empty where it had none.
        invoice_numbers: The invoices concerned; empty when none was named.
        on: The day by which they announced a payment, or until which they are away.
        has_proof: They sent a proof of the payment that they report.
        contact_name: The person whom they named in their place.
    """

    reason: Acknowledged
    answered_subject: str = ""
    invoice_numbers: tuple[str, ...] = ()
    on: date | None = None
    has_proof: bool = False
    contact_name: str = ""
