"""What must hold of money whatever happened, counted again by plain loops from the rows themselves."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from invoices import rules
from invoices.models import Allocation, CreditNote, Invoice
from invoices.selectors import Balance, balances

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

    from accounts.models import Account

type Pair = tuple[UUID, UUID]


def decided_pairs(accounts: Sequence[Account]) -> tuple[dict[Pair, Decimal], set[Pair]]:
    """Return what persons decided: the amounts of explicit allocations, and the pairs they took apart."""
    by_hand = Allocation.objects.filter(credit_note__account__in=accounts, is_automatic=False)
    apart = CreditNote.objects.filter(account__in=accounts, kept_off__isnull=False)
    amounts = {(one.credit_note_id, one.invoice_id): one.amount for one in by_hand}
    return amounts, set(apart.values_list("pk", "kept_off"))


def check_money(accounts: Sequence[Account], *, today: date) -> None:
    """Assert that sums, statuses, settlement, balances, and the spread of credit are what loops make of the rows."""
    invoices = list(Invoice.objects.filter(account__in=accounts).with_status(today))
    notes = list(CreditNote.objects.filter(account__in=accounts).with_status())
    to_invoice, of_note = defaultdict[object, Decimal](Decimal), defaultdict[object, Decimal](Decimal)
    for allocation in Allocation.objects.filter(credit_note__account__in=accounts):
        assert allocation.amount > 0
        to_invoice[allocation.invoice_id] += allocation.amount
        of_note[allocation.credit_note_id] += allocation.amount
    for invoice in invoices:
        _check_invoice(invoice, to_invoice[invoice.pk], today)
    for note in notes:
        applied = of_note[note.pk]
        assert note.allocated_amount == applied <= note.total_amount
        assert note.remaining_amount == note.total_amount - applied
        assert note.status == rules.credit_note_status(total=note.total_amount, allocated=applied)
    _check_spread(accounts, invoices, notes)
    assert balances([account.pk for account in accounts], today=today) == _balances(invoices, notes, today)


def _check_invoice(invoice: Invoice, credited: Decimal, today: date) -> None:
    total, settled = invoice.total_amount, invoice.paid_amount + credited
    assert invoice.credited_amount == credited <= total
    assert invoice.remaining_amount == total - settled
    assert (invoice.settled_on is not None) == (settled >= total)
    assert invoice.status == rules.invoice_status(total=total, settled=settled, due_on=invoice.due_on, today=today)
    assert invoice.payment_status == rules.payment_status(total=total, settled=settled)


def _check_spread(accounts: Sequence[Account], invoices: list[Invoice], notes: list[CreditNote]) -> None:
    """Assert that credit waits only where a person decided: no open note beside an open invoice it could go to."""
    amounts, apart = decided_pairs(accounts)
    assert not amounts.keys() & apart
    for note in (note for note in notes if note.remaining_amount):
        for invoice in (invoice for invoice in invoices if invoice.remaining_amount > 0):
            fits = (note.account_id, note.currency) == (invoice.account_id, invoice.currency)
            assert not fits or (note.pk, invoice.pk) in {*amounts, *apart}


def _balances(invoices: list[Invoice], notes: list[CreditNote], today: date) -> dict[UUID, list[Balance]]:
    found: dict[UUID, list[Balance]] = {}
    for account_id, currency in sorted({(paper.account_id, paper.currency) for paper in (*invoices, *notes)}):
        own = [one for one in invoices if (one.account_id, one.currency) == (account_id, currency)]
        waiting = [one for one in notes if (one.account_id, one.currency) == (account_id, currency)]
        left = sum((one.remaining_amount for one in own), Decimal(0))
        credit = sum((one.remaining_amount for one in waiting), Decimal(0))
        still_open = [one for one in own if one.remaining_amount > 0]
        overdue = sum((one.remaining_amount for one in still_open if one.due_on < today), Decimal(0))
        oldest = min((one.due_on for one in still_open), default=None)
        if credit or any(one.remaining_amount for one in own):
            found.setdefault(account_id, []).append(Balance(currency, left - credit, overdue, credit, oldest))
    return found
