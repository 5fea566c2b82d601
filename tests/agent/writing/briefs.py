"""Briefs to write from: invented customers, with amounts that no two invoices share."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from billabex.agent.interest import HalfYear, HalfYearInterest
from billabex.agent.writing import (
    AcknowledgementBrief,
    Brief,
    BriefInvoice,
    CurrencyTotal,
    InvoiceInterest,
    LateCosts,
    PaymentInstructions,
)

TODAY = date(2026, 5, 15)
DAYS_LATE = {"courteous": 1, "professional": 31, "firm": 61, "formal_notice": 95}
TONES = ("courteous", "professional", "firm")
VOICES = ("pre_due_reminder", *TONES, "formal_notice")
REASONS = (
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
)
BANK = PaymentInstructions(
    iban="FR7630006000011234567890189",
    bic="AGRIFRPP",
    account_holder="Lumen Holding",
    link="https://pay.example/k?a=1&b=2",
)
NO_PAYMENT = PaymentInstructions()


@dataclass(frozen=True)
class Case:
    """One combination of what changes the words."""

    language: str = "en"
    tone: str = "courteous"
    step: int = 1
    invoices: int = 1
    currencies: tuple[str, ...] = ("EUR",)
    credit: bool = False
    recipient: str = "Jane Doe"
    payment: PaymentInstructions = BANK
    due_soon: int = 0
    is_promise_broken: bool = False
    has_interest: bool = False
    has_fixed_sum: bool = False

    @property
    def is_reminder(self) -> bool:
        return self.tone == "pre_due_reminder"

    @property
    def is_formal_notice(self) -> bool:
        return self.tone == "formal_notice"


def invoice(index: int, days_late: int, currency: str = "EUR") -> BriefInvoice:
    due_on = TODAY - timedelta(days=days_late)
    total = Decimal("1217.35") + 1013 * index if currency != "JPY" else Decimal(9871 + 1013 * index)
    return BriefInvoice(
        number=f"LUM-{7001 + 13 * index}",
        issued_on=due_on - timedelta(days=30),
        due_on=due_on,
        currency=currency,
        total=total,
        remaining=total - 100 if index % 3 == 1 else total,
        days_late=days_late,
    )


def totals(
    overdue: tuple[BriefInvoice, ...], due_soon: tuple[BriefInvoice, ...], credits_: tuple[tuple[str, Decimal], ...]
) -> tuple[CurrencyTotal, ...]:
    def owed(invoices: tuple[BriefInvoice, ...], currency: str) -> Decimal:
        return sum((each.remaining for each in invoices if each.currency == currency), Decimal(0))

    sums = []
    for currency in dict.fromkeys(each.currency for each in overdue + due_soon):
        late, soon = owed(overdue, currency), owed(due_soon, currency)
        credit = dict(credits_).get(currency, Decimal(0))
        sums.append(CurrencyTotal(currency, late, soon, credit, late + soon - credit))
    return tuple(sums)


def late_costs(case: Case, overdue: tuple[BriefInvoice, ...]) -> LateCosts | None:
    """Return invented figures, which no two invoices share: they are read back, not computed again."""
    in_euros = [each for each in overdue if each.currency == "EUR"]
    if not in_euros or not (case.has_interest or case.has_fixed_sum):
        return None
    interest = tuple(
        InvoiceInterest(
            number=each.number,
            remaining=each.remaining,
            half_years=(
                HalfYearInterest(HalfYear(2025, 2), Decimal("10.15"), 18, Decimal("6.09") + index),
                HalfYearInterest(HalfYear(2026, 1), Decimal("10.4"), 135 + index, Decimal("1346.83") + index),
            ),
        )
        for index, each in enumerate(in_euros)
    )
    return LateCosts(interest if case.has_interest else (), len(in_euros) if case.has_fixed_sum else 0)


def brief(case: Case = Case(), **changes: object) -> Brief:
    """Return the brief of a case. The oldest invoice is the last, so that order cannot be mistaken for age."""

    def currency(index: int) -> str:
        return case.currencies[index % len(case.currencies)]

    if case.is_reminder:
        overdue: tuple[BriefInvoice, ...] = ()
        # Other invoices at each step: what a reminder is about chooses its words.
        due_soon = tuple(invoice(10 * case.step + index, -4 - index, currency(index)) for index in range(case.invoices))
    else:
        start = DAYS_LATE[case.tone]
        overdue = tuple(invoice(index, start + 2 * index, currency(index)) for index in range(case.invoices))
        due_soon = tuple(invoice(50 + index, -3 - index, currency(index)) for index in range(case.due_soon))
    credits_ = ((case.currencies[0], Decimal("75.25")),) if case.credit else ()
    facts = Brief(
        language=case.language,
        kind="pre_due_reminder" if case.is_reminder else "formal_notice" if case.is_formal_notice else "follow_up",
        tone="courteous" if case.is_reminder else "firm" if case.is_formal_notice else case.tone,
        step=0 if case.is_reminder or case.is_formal_notice else case.step,
        organization_name="Atelier Lumen",
        agent_name="Billie",
        account_name="Brandt Logistik",
        overdue=overdue,
        due_soon=due_soon,
        totals=totals(overdue, due_soon, credits_),
        credits=credits_,
        recipient_name=case.recipient,
        reply_to="reply@lumen.example",
        signature="Studio Lumen\nMarseille",
        payment=case.payment,
        deadline_on=date(2026, 6, 1) if case.is_formal_notice else None,
        broken_promise_on=date(2026, 5, 7) if case.is_promise_broken else None,
        late_costs=late_costs(case, overdue),
    )
    return replace(facts, **changes)  # type: ignore[arg-type]


def answer(language: str, reason: str, **changes: object) -> AcknowledgementBrief:
    """Return the brief of a short answer about two invoices."""
    facts = AcknowledgementBrief(
        language=language,
        reason=reason,  # type: ignore[arg-type]
        organization_name="Atelier Lumen",
        agent_name="Billie",
        recipient_name="Jane Doe",
        reply_to="reply@lumen.example",
        signature="Studio Lumen\nMarseille",
        payment=BANK,
        invoice_numbers=("LUM-7001", "LUM-7014"),
        on=date(2026, 6, 1),
    )
    return replace(facts, **changes)  # type: ignore[arg-type]
