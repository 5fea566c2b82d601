"""From a decision to words: gathers what a message may say, and has it written."""

from __future__ import annotations

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
    from billabex.agent.rules import AccountState, Message, Named
    from billabex.agent.writing import Written
    from billabex.agent.writing.brief import Kind as BriefKind
    from billabex.organizations.models import Organization
    from contacts.rules import Person

FALLBACK = "en"


def language_for(person: Person) -> str:
    """Return the language to write to a person in: theirs, or English where no texts exist in it yet."""
    return person.language if person.language in languages() else FALLBACK


def compose(organization: Organization, account: Account, state: AccountState, message: Message) -> Written:
    """Write the message in words: subject, plain text and HTML, as of the day on which it leaves."""
    return write(brief_of(organization, account, state, message))


def brief_of(organization: Organization, account: Account, state: AccountState, message: Message) -> Brief:
    """Return everything the message may say, and nothing else."""
    person = message.recipients.to
    kind: BriefKind = "follow_up" if message.kind == Kind.FOLLOW_UP else "pre_due_reminder"
    named = {one.invoice.currency for one in message.invoices}
    credits_left = tuple((currency, amount) for currency, amount in state.credit if currency in named)
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
        totals=tuple(_total(currency, message, dict(credits_left)) for currency in _currencies(message.invoices)),
        credits=credits_left,
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


def _total(currency: str, message: Message, credits_left: dict[str, Decimal]) -> CurrencyTotal:
    overdue = sum((one.invoice.remaining for one in message.overdue if one.invoice.currency == currency), ZERO)
    due_soon = sum((one.invoice.remaining for one in message.due_soon if one.invoice.currency == currency), ZERO)
    credit = credits_left.get(currency, ZERO)
    return CurrencyTotal(currency, overdue, due_soon, credit, overdue + due_soon - credit)
