"""What documents and money put on the account's page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from accounts.timeline import Event, Panel
from billabex.core.places import fills
from billabex.core.templatetags.ui.formats import day_text, money_text
from invoices.models import Invoice
from invoices.selectors import agings, balances, latest_papers, latest_payments, open_claims

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet
    from django.utils.functional import _StrPromise

    from accounts.models import Account
    from invoices.models import CreditNote, Payment
    from invoices.selectors import Balance

MOST_EVENTS = 30

TITLES = {
    "invoice.disputed": ("scale", gettext_lazy("Invoice disputed")),
    "invoice.dispute-resolved": ("handshake", gettext_lazy("Dispute resolved")),
    "payment-declaration.made": ("banknote", gettext_lazy("Payment announced")),
    "payment-declaration.resolved": ("circle-check", gettext_lazy("Announced payment resolved")),
    "payment-declaration.reopened": ("history", gettext_lazy("Announced payment expected again")),
}


@fills("account.balances")
def balances_of_accounts(account_ids: Iterable[UUID], *, today: date) -> dict[UUID, list[Balance]]:
    """Say what the accounts owe, per currency."""
    return balances(account_ids, today=today)


@fills("account.aside", order=10)
def aged_balance_card(account: Account, *, today: date) -> Panel:
    """Show how old what the account owes is."""
    return Panel("invoices/aged_balance_card.html", {"agings": agings(account, today=today)})


@fills("account.aside", order=20)
def claims_card(account: Account, *, today: date) -> Panel | None:
    """Show what the customer has said of its invoices, while it holds the follow-ups; nothing when it has not."""
    claims = open_claims(account)
    return Panel("invoices/claims_card.html", {"claims": claims}) if claims else None


@fills("account.history")
def history() -> dict[str, tuple[str, _StrPromise]]:
    """Say how the account's history tells of what customers said of invoices: icon and title by action."""
    return TITLES


@fills("account.tab_rows")
def tab_rows(account: Account) -> dict[str, QuerySet[Any]]:
    """Name the documents that the account's tabs count."""
    return {"invoices": account.invoices.all(), "credit_notes": account.credit_notes.all()}


@fills("account.overview")
def events(account: Account, *, today: date) -> list[Event]:
    """Tell of documents and payments in the account's timeline."""
    papers = [_paper_event(paper) for paper in latest_papers(account, MOST_EVENTS)]
    return [*papers, *(_payment_event(payment) for payment in latest_payments(account, MOST_EVENTS))]


def _paper_event(paper: Invoice | CreditNote) -> Event:
    language = get_language() or "en"
    total = money_text(paper.total_amount, paper.currency, language)
    if isinstance(paper, Invoice):
        title, icon = _("Invoice %(number)s validated"), "file-text"
        text = _("%(amount)s, due %(day)s") % {"amount": total, "day": day_text(paper.due_on, language)}
    else:
        title, icon, text = _("Credit note %(number)s validated"), "file-minus", total
    return Event(paper.created_at, icon, title % {"number": paper.number}, text, paper.get_absolute_url())


def _payment_event(payment: Payment) -> Event:
    language, invoice = get_language() or "en", payment.invoice
    text = _("%(before)s → %(after)s paid in all, on %(day)s") % {
        "before": money_text(payment.previous_amount, invoice.currency, language),
        "after": money_text(payment.amount, invoice.currency, language),
        "day": day_text(payment.paid_on, language),
    }
    if payment.note:
        text = f"{text} · {payment.note}"
    title = _("Payment recorded on %(number)s") % {"number": invoice.number}
    return Event(payment.created_at, "banknote", title, text, invoice.get_absolute_url())
