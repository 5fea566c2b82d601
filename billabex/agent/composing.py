"""From a decision to words: gathers what a message may say, and has it written."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from billabex.agent.writing import languages, write
from billabex.agent.writing.brief import Brief, BriefInvoice, CurrencyTotal, PaymentInstructions
from billabex.core.money import ZERO
from communications.enums import Kind
from contacts.rules import name_from_email

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from accounts.models import Account
    from billabex.agent.rules import Message, Named
    from billabex.agent.writing import Written
    from billabex.agent.writing.brief import Kind as BriefKind
    from billabex.organizations.models import Organization
    from contacts.rules import Person

FALLBACK = "en"

LONGEST_SUBJECT = 300
"""What a message's subject holds; long names and many currencies could make a longer one."""


def language_for(person: Person) -> str:
    """Return the language to write to a person in: theirs, or English where no texts exist in it yet."""
    return person.language if person.language in languages() else FALLBACK


def compose(organization: Organization, account: Account, message: Message, *, with_images: bool = False) -> Written:
    """Write the message in words: subject, plain text and HTML, as of the day on which it leaves.

    Args:
        organization: Who is owed.
        account: Who owes.
        message: What was decided.
        with_images: Whether the caller carries pictures along; without them, the HTML shows none.
    """
    written = write(brief_of(organization, account, message), with_images=with_images)
    if len(written.subject) > LONGEST_SUBJECT:
        written = replace(written, subject=f"{written.subject[: LONGEST_SUBJECT - 1].rstrip()}…")
    return written


def brief_of(organization: Organization, account: Account, message: Message) -> Brief:
    """Return everything the message may say, and nothing else."""
    person = message.recipients.to
    kind: BriefKind = "follow_up" if message.kind == Kind.FOLLOW_UP else "pre_due_reminder"
    return Brief(
        language=language_for(person),
        kind=kind,
        tone=message.tone,
        step=message.step,
        organization_name=organization.name,
        agent_name=organization.agent_name,
        account_name=account.name,
        overdue=tuple(_line(one) for one in message.overdue),
        due_soon=tuple(_line(one) for one in message.due_soon),
        totals=tuple(_total(currency, message, dict(message.credit)) for currency in _currencies(message.invoices)),
        credits=message.credit,
        recipient_name="" if person.name == name_from_email(person.email) else person.name,
        reply_to=organization.reply_to,
        signature=organization.agent_signature,
        payment=PaymentInstructions(
            iban=organization.iban,
            bic=organization.bic,
            account_holder=organization.account_holder,
            link=organization.payment_link,
        ),
    )


def _line(named: Named) -> BriefInvoice:
    invoice = named.invoice
    return BriefInvoice(
        number=invoice.number,
        issued_on=invoice.issued_on,
        due_on=invoice.due_on,
        currency=invoice.currency,
        total=invoice.total,
        remaining=invoice.remaining,
        days_late=named.days_late,
    )


def _currencies(invoices: Sequence[Named]) -> list[str]:
    return list(dict.fromkeys(named.invoice.currency for named in invoices))


def _total(currency: str, message: Message, credit: dict[str, Decimal]) -> CurrencyTotal:
    overdue = sum((one.invoice.remaining for one in message.overdue if one.invoice.currency == currency), ZERO)
    due_soon = sum((one.invoice.remaining for one in message.due_soon if one.invoice.currency == currency), ZERO)
    deducted = credit.get(currency, ZERO)
    return CurrencyTotal(currency, overdue, due_soon, deducted, overdue + due_soon - deducted)
