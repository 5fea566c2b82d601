"""From a decision to words: gathers what a message may say, and has it written."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from billabex.agent import interest
from billabex.agent.writing import (
    Brief,
    BriefInvoice,
    CurrencyTotal,
    InvoiceInterest,
    LateCosts,
    PaymentInstructions,
    languages,
    write,
)
from billabex.agent.writing.brief import FOLLOW_UP, FORMAL_NOTICE, PRE_DUE_REMINDER
from billabex.agent.writing.countries import spoken_in
from billabex.core.money import ZERO
from communications.enums import Kind, Tone
from contacts.rules import name_from_email

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from accounts.models import Account
    from billabex.agent.language_model.phrasing import Phrasing
    from billabex.agent.rules import Message, Named
    from billabex.agent.writing import Written
    from billabex.agent.writing.brief import Kind as Voice
    from billabex.organizations.models import Organization
    from contacts.rules import Person

FALLBACK = "en"

LONGEST_SUBJECT = 300
"""What a message's subject holds; long names and many currencies could make a longer one."""

_VOICES: dict[str, Voice] = {
    Kind.PRE_DUE_REMINDER: PRE_DUE_REMINDER,
    Kind.FOLLOW_UP: FOLLOW_UP,
    Kind.FORMAL_NOTICE: FORMAL_NOTICE,
}


def language_for(person: Person, *, account: Account | None = None, organization: Organization | None = None) -> str:
    """Return the language to write to a person in: the first of these that there are texts in.

    Theirs, their company's, its country's, the organization's default, English. Of several languages of a country, the
    organization's default goes first.
    """
    wanted = _languages_wanted(person, account, organization.default_language if organization else "")
    return next((code for code in wanted if code in languages()), FALLBACK)


def _languages_wanted(person: Person, account: Account | None, default: str) -> Iterator[str]:
    yield person.language
    if account is not None:
        yield account.language
        spoken = spoken_in(account.country, account.postal_code)
        if default in spoken:
            yield default
        yield from spoken
    yield default


def compose(
    organization: Organization,
    account: Account,
    message: Message,
    *,
    with_images: bool = False,
    phrasing: Phrasing | None = None,
) -> Written:
    """Write the message in words: subject, plain text and HTML, as of the day on which it leaves.

    Args:
        organization: Who is owed.
        account: Who owes.
        message: What was decided.
        with_images: Whether the caller carries pictures along; without them, the HTML shows none.
        phrasing: The words of a language model; used only if the message still says what they were asked for.
    """
    brief = brief_of(organization, account, message)
    phrased = phrasing.words_for(brief, with_images=with_images) if phrasing else None
    written = phrased or write(brief, with_images=with_images)
    if len(written.subject) > LONGEST_SUBJECT:
        written = replace(written, subject=f"{written.subject[: LONGEST_SUBJECT - 1].rstrip()}…")
    return written


def brief_of(organization: Organization, account: Account, message: Message) -> Brief:
    """Return everything the message may say, and nothing else."""
    person = message.recipients.to
    return Brief(
        language=language_for(person, account=account, organization=organization),
        kind=_VOICES[message.kind],
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
        deadline_on=message.deadline_on,
        broken_promise_on=message.broken_promise_on,
        late_costs=_late_costs(organization, account, message),
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


def _late_costs(organization: Organization, account: Account, message: Message) -> LateCosts | None:
    """Return what late payment costs by law, where the organization mentions it.

    Not in courteous messages, which take the delay for an oversight. Source: docs/decisions/010.
    """
    if message.tone == Tone.COURTEOUS:
        return None
    invoices = [
        one.invoice
        for one in message.overdue
        if interest.applies(one.invoice.currency, creditor=organization.country, debtor=account.country)
    ]
    computed = (
        InvoiceInterest(
            one.number, one.remaining, interest.late_interest(one.remaining, due_on=one.due_on, until=message.on)
        )
        for one in (invoices if organization.mentions_interest else ())
    )
    costs = LateCosts(
        interest=tuple(one for one in computed if one.half_years),
        fixed_sum_invoices=len(invoices) if organization.mentions_fixed_sum else 0,
    )
    return costs if costs.interest or costs.fixed_sum_invoices else None
