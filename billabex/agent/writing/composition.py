"""From the brief to a letter: a message that asks for payment, in a language."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zlib import crc32

from billabex.agent.writing.annex import annex
from billabex.agent.writing.brief import FOLLOW_UP, FORMAL_NOTICE, PRE_DUE_REMINDER
from billabex.agent.writing.letter import Group, Letter, Line, Payment, Row, Total, clean
from billabex.agent.writing.payment import payment
from billabex.agent.writing.sender import sender_facts, signature
from billabex.agent.writing.transfer import transfer_code
from billabex.core.errors import InvariantBroken

if TYPE_CHECKING:
    from decimal import Decimal

    from billabex.agent.writing.brief import Brief, BriefInvoice, CurrencyTotal
    from billabex.agent.writing.language import Facts, Language


def compose(brief: Brief, language: Language, *, with_images: bool = True) -> Letter:
    """Say what the brief holds, in a language.

    Raises:
        InvariantBroken: A follow-up or formal notice without an overdue invoice, a reminder without one that is due
            soon, or a formal notice without a deadline.
    """
    tone = str(brief.tone) if brief.kind == FOLLOW_UP else brief.kind
    facts = _facts(brief, language) | {"tone": tone}
    variant = _variant(brief, language.variants(tone))
    return Letter(
        language=language.code,
        subject=language.text(tone, "subject", variant, facts),
        organization=clean(brief.organization_name),
        greeting=language.sentence("greeting", facts),
        opening=(
            language.text(tone, "opening", variant, facts),
            *([language.sentence("broken_promise", facts)] if facts["promised"] else ()),
            language.text(tone, "request", variant, facts),
        ),
        statement=language.sentence("statement", facts),
        columns=tuple(language.label(f"column_{name}") for name in ("invoice", "due", "remaining")),
        colon=language.label("colon"),
        groups=_groups(brief, language),
        totals=_totals(brief, language),
        credit=language.sentence("credit", facts) if facts["credit"] else "",
        payment=_payment(brief, language, with_images=with_images),
        closing=(language.text(tone, "closing", variant, facts), language.sentence("reply", facts)),
        annex=annex(brief.late_costs, language) if brief.late_costs else None,
        regards=language.regards(tone, facts),
        signature=signature(brief, language.sentence("on_behalf", facts)),
        notice=language.sentence("notice", facts),
    )


def _variant(brief: Brief, count: int) -> int:
    """Choose the variant: one after the other for follow-ups.

    The other kinds have no number of their own: what they are about chooses.
    """
    if brief.kind == FOLLOW_UP:
        return (brief.step - 1) % count
    return crc32("\n".join(clean(invoice.number) for invoice in _about(brief)).encode()) % count


def _about(brief: Brief) -> tuple[BriefInvoice, ...]:
    """Return the invoices that the message is for; it lists the others, too."""
    return brief.due_soon if brief.kind == PRE_DUE_REMINDER else brief.overdue


def _facts(brief: Brief, language: Language) -> Facts:
    """Return what the texts may name, as text, and the conditions they may ask for."""
    is_reminder = brief.kind == PRE_DUE_REMINDER
    about = _about(brief)
    if not about:
        raise InvariantBroken(f"A {brief.kind} is about no invoice.", code="agent.writing.no-invoice")
    if brief.kind == FORMAL_NOTICE and brief.deadline_on is None:
        raise InvariantBroken("A formal notice has no deadline.", code="agent.writing.no-deadline")
    first = min(about, key=lambda invoice: (invoice.due_on, invoice.number))
    owed = [(total.due_soon if is_reminder else total.overdue, total.currency) for total in brief.totals]
    return sender_facts(brief) | {
        "account": clean(brief.account_name),
        "repeated": brief.step > 1,
        "one": len(about) == 1,
        "count": str(len(about)),
        "amount": language.enumerate(language.money(*owing) for owing in owed if owing[0]),
        "invoice": _row(first, language),
        "same_day": len({invoice.due_on for invoice in about}) == 1,
        "also_overdue": is_reminder and bool(brief.overdue),
        "credit": language.enumerate(language.money(amount, currency) for currency, amount in brief.credits if amount),
        "deadline": language.day(brief.deadline_on) if brief.deadline_on else "",
        "promised": language.day(brief.broken_promise_on) if brief.broken_promise_on else "",
    }


def _groups(brief: Brief, language: Language) -> tuple[Group, ...]:
    return tuple(
        Group(
            heading=language.label(name),
            is_late=name == "overdue",
            rows=tuple(_row(invoice, language) for invoice in invoices),
        )
        for name, invoices in (("overdue", brief.overdue), ("due_soon", brief.due_soon))
        if invoices
    )


def _row(invoice: BriefInvoice, language: Language) -> Row:
    issued, due = language.day(invoice.issued_on), language.day(invoice.due_on)
    amount = language.money(invoice.total, invoice.currency)
    is_untouched = invoice.remaining == invoice.total
    remaining = amount if is_untouched else language.money(invoice.remaining, invoice.currency)
    days = language.days(invoice.days_late)
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


def _payment(brief: Brief, language: Language, *, with_images: bool) -> Payment:
    one = len(brief.overdue) + len(brief.due_soon) == 1
    code = transfer_code(brief, language) if with_images else None
    return payment(brief.payment, language, one=one, code=code)
