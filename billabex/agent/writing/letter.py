"""From the brief to a letter: everything said, in order, as plain text that is not laid out yet.

Both parts of a message are laid out from the same letter, so that they cannot say different things.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zlib import crc32

from billabex.agent.writing.brief import PRE_DUE_REMINDER
from billabex.core.errors import InvariantBroken

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from billabex.agent.writing.brief import Brief, BriefInvoice, CurrencyTotal, PaymentInstructions
    from billabex.agent.writing.language import Facts, Language

_IBAN_GROUP = 4
# Control characters break headers and lines; changes of direction make a name read as another; lone surrogates
# cannot be encoded. Joiners stay: names in Persian, Hindi and emoji need them.
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Row:
    """An invoice as the letter writes it: `days` is the delay alone ("3 days"), `status` what the list says."""

    number: str
    issued: str
    due: str
    days: str
    status: str
    amount: str
    remaining: str
    issued_line: str
    due_line: str
    amount_line: str
    remaining_line: str


@dataclass(frozen=True, slots=True)
class Group:
    """The invoices under one heading."""

    heading: str
    is_late: bool
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A label and its value."""

    label: str
    value: str
    is_credit: bool = False


@dataclass(frozen=True, slots=True)
class Total:
    """What is owed in one currency: how it comes about, when there is more than one part, and the result."""

    parts: tuple[Line, ...]
    result: Line


@dataclass(frozen=True, slots=True)
class Payment:
    """How to pay: bank details, a link, or where to ask for them."""

    heading: str
    lines: tuple[Line, ...]
    link: Line | None
    note: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A message, from subject to notice."""

    language: str
    subject: str
    organization: str
    greeting: str
    opening: tuple[str, ...]
    statement: str
    columns: tuple[str, str, str]
    colon: str
    groups: tuple[Group, ...]
    totals: tuple[Total, ...]
    credit: str
    payment: Payment
    closing: tuple[str, ...]
    regards: str
    signature: tuple[str, ...]
    notice: str


def compose(brief: Brief, language: Language) -> Letter:
    """Say what the brief holds, in a language.

    Raises:
        InvariantBroken: A follow-up without an overdue invoice, or a reminder without one that is due soon.
    """
    tone = PRE_DUE_REMINDER if brief.kind == PRE_DUE_REMINDER else str(brief.tone)
    overdue = tuple(_row(invoice, language) for invoice in brief.overdue)
    due_soon = tuple(_row(invoice, language) for invoice in brief.due_soon)
    facts = _facts(brief, language) | {"tone": tone}
    variant = _variant(brief, language.variants(tone))
    return Letter(
        language=language.code,
        subject=language.text(tone, "subject", variant, facts),
        organization=clean(brief.organization_name),
        greeting=language.sentence("greeting", facts),
        opening=tuple(language.text(tone, part, variant, facts) for part in ("opening", "request")),
        statement=language.sentence("statement", facts),
        columns=(
            language.label("column_invoice"),
            language.label("column_due"),
            language.label("column_remaining"),
        ),
        colon=language.label("colon"),
        groups=tuple(
            Group(heading=language.label(name), is_late=name == "overdue", rows=rows)
            for name, rows in (("overdue", overdue), ("due_soon", due_soon))
            if rows
        ),
        totals=_totals(brief, language),
        credit=language.sentence("credit", facts) if facts["credit"] else "",
        payment=_payment(brief, language),
        closing=(language.text(tone, "closing", variant, facts), language.sentence("reply", facts)),
        regards=language.regards(tone, facts),
        signature=_signature(brief, language.sentence("on_behalf", facts)),
        notice=language.sentence("notice", facts),
    )


def clean(text: str) -> str:
    """Return text from outside as one printable line.

    Names reach headers and single lines of a plain text: nothing in them may start a new line or hide.
    """
    return " ".join(_UNSAFE.sub(" ", text).split())


def _variant(brief: Brief, count: int) -> int:
    """Choose the variant: one after the other for follow-ups.

    Reminders have no number of their own: what they are about chooses.
    """
    if brief.kind != PRE_DUE_REMINDER:
        return (brief.step - 1) % count
    return crc32("\n".join(clean(invoice.number) for invoice in brief.due_soon).encode()) % count


def _facts(brief: Brief, language: Language) -> Facts:
    """Return what the texts may name, as text, and the conditions they may ask for."""
    is_reminder = brief.kind == PRE_DUE_REMINDER
    about = brief.due_soon if is_reminder else brief.overdue
    if not about:
        raise InvariantBroken(f"A {brief.kind} is about no invoice.", code="agent.writing.no-invoice")
    first = min(about, key=lambda invoice: (invoice.due_on, invoice.number))
    owed = [(total.due_soon if is_reminder else total.overdue, total.currency) for total in brief.totals]
    organization = clean(brief.organization_name)
    return {
        "organization": organization,
        "vowel": unicodedata.normalize("NFD", organization)[:1].lower() in set("aeiouœæ"),
        "account": clean(brief.account_name),
        "recipient": clean(brief.recipient_name),
        "reply_to": clean(brief.reply_to),
        "repeated": brief.step > 1,
        "one": len(about) == 1,
        "count": str(len(about)),
        "amount": language.enumerate(language.money(*owing) for owing in owed if owing[0]),
        "invoice": _row(first, language),
        "same_day": len({invoice.due_on for invoice in about}) == 1,
        "also_overdue": is_reminder and bool(brief.overdue),
        "credit": language.enumerate(language.money(amount, currency) for currency, amount in brief.credits if amount),
    }


def _row(invoice: BriefInvoice, language: Language) -> Row:
    issued, due = language.day(invoice.issued_on), language.day(invoice.due_on)
    amount = language.money(invoice.total, invoice.currency)
    is_untouched = invoice.remaining == invoice.total
    remaining = amount if is_untouched else language.money(invoice.remaining, invoice.currency)
    days = language.label("days", count=str(invoice.days_late), one=invoice.days_late == 1)
    return Row(
        number=clean(invoice.number),
        issued=issued,
        due=due,
        days=days,
        status=language.label("late", days=days) if invoice.days_late > 0 else language.label("not_due"),
        amount=amount,
        remaining=remaining,
        issued_line=language.label("issued", date=issued),
        due_line=language.label("due", date=due),
        amount_line=language.label("amount", amount=amount),
        remaining_line=language.label("remaining", amount=remaining),
    )


def _totals(brief: Brief, language: Language) -> tuple[Total, ...]:
    """Return the totals, each in its own currency; they name it when there are several."""
    is_ambiguous = len(brief.totals) > 1
    return tuple(_total(total, language, total.currency if is_ambiguous else "") for total in brief.totals)


def _total(total: CurrencyTotal, language: Language, currency: str) -> Total:
    def line(name: str, amount: Decimal, *, is_credit: bool = False) -> Line:
        label = language.label(f"total_{name}", currency=currency)
        return Line(label, language.money(amount, total.currency), is_credit=is_credit)

    parts = [
        line("overdue", total.overdue) if total.overdue else None,
        line("due_soon", total.due_soon) if total.due_soon else None,
        line("credit", -total.credit, is_credit=True) if total.credit else None,
    ]
    named = tuple(part for part in parts if part)
    owed = total.to_pay >= 0
    result = line("to_pay", total.to_pay) if owed else line("in_favour", -total.to_pay, is_credit=True)
    return Total(parts=named if len(named) > 1 or not owed else (), result=result)


def _payment(brief: Brief, language: Language) -> Payment:
    """Say how to pay. Bank details go together: a holder or BIC alone would help no one."""
    instructions = brief.payment
    bank = _bank_lines(instructions, language.label("pay_holder"))
    link = clean(instructions.link)
    is_payable = bool(bank or link)
    one = len(brief.overdue) + len(brief.due_soon) == 1
    return Payment(
        heading=language.label("pay"),
        lines=bank,
        link=Line(language.label("pay_online"), link) if link else None,
        note=language.label("pay_reference" if is_payable else "pay_ask", one=one),
    )


def _bank_lines(payment: PaymentInstructions, holder_label: str) -> tuple[Line, ...]:
    iban = "".join(clean(payment.iban).split())
    if not iban:
        return ()
    groups = (iban[start : start + _IBAN_GROUP] for start in range(0, len(iban), _IBAN_GROUP))
    lines = (
        Line(holder_label, clean(payment.account_holder)),
        Line("IBAN", " ".join(groups)),
        Line("BIC", clean(payment.bic)),
    )
    return tuple(line for line in lines if line.value)


def _signature(brief: Brief, on_behalf: str) -> tuple[str, ...]:
    """Return the agent's name, for whom it writes, and the organization's own lines."""
    own: Iterable[str] = (clean(line) for line in brief.signature.splitlines())
    return tuple(line for line in (clean(brief.agent_name), on_behalf, *own) if line)
