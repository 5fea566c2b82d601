"""The pure rules about what is owed, and that the database agrees with them."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from billabex.core.ids import new_id
from billabex.core.money import ZERO
from invoices.enums import CreditNoteStatus, InvoiceStatus, PaymentStatus
from invoices.models import CreditNote, Invoice
from invoices.rules import (
    Aging,
    Due,
    Owed,
    aged,
    allocate,
    credit_note_status,
    invoice_status,
    payment_status,
)
from tests.factories import AccountFactory, CreditNoteFactory, InvoiceFactory

TODAY = date(2026, 3, 2)

amounts = st.decimals(min_value="0.01", max_value="99999", places=2)
days = st.integers(min_value=-400, max_value=400)


@pytest.mark.parametrize(
    ("settled", "due_in", "expected"),
    [
        ("0", 1, InvoiceStatus.ISSUED),
        ("0", 0, InvoiceStatus.ISSUED),
        ("0", -1, InvoiceStatus.OVERDUE),
        ("99.99", -1, InvoiceStatus.OVERDUE),
        ("99.99", 0, InvoiceStatus.ISSUED),
        ("100", -1, InvoiceStatus.PAID),
        ("100.01", 30, InvoiceStatus.PAID),
    ],
)
def test_invoice_status_follows_settlement_then_due_date(settled: str, due_in: int, expected: InvoiceStatus) -> None:
    due_on = TODAY + timedelta(days=due_in)
    assert invoice_status(total=Decimal(100), settled=Decimal(settled), due_on=due_on, today=TODAY) == expected


@pytest.mark.parametrize(
    ("settled", "expected"),
    [
        ("0", PaymentStatus.UNPAID),
        ("0.01", PaymentStatus.PARTIALLY_PAID),
        ("99.99", PaymentStatus.PARTIALLY_PAID),
        ("100", PaymentStatus.PAID),
        ("100.01", PaymentStatus.OVERPAID),
    ],
)
def test_payment_status_follows_what_is_settled(settled: str, expected: PaymentStatus) -> None:
    assert payment_status(total=Decimal(100), settled=Decimal(settled)) == expected


@pytest.mark.parametrize(
    ("allocated", "expected"),
    [
        ("0", CreditNoteStatus.OPEN),
        ("0.01", CreditNoteStatus.PARTIALLY_APPLIED),
        ("100", CreditNoteStatus.APPLIED),
    ],
)
def test_credit_note_status_follows_what_is_allocated(allocated: str, expected: CreditNoteStatus) -> None:
    assert credit_note_status(total=Decimal(100), allocated=Decimal(allocated)) == expected


def owed(amount: int, currency: str = "EUR") -> Owed:
    return Owed(new_id(), currency, Decimal(amount))


def test_allocate_fills_the_invoices_in_order_and_keeps_the_rest() -> None:
    note, first, second = owed(100), owed(60), owed(70)
    shares = list(allocate([note], [first, second]))
    assert [(share.invoice_id, share.amount) for share in shares] == [(first.id, Decimal(60)), (second.id, Decimal(40))]


def test_allocate_never_crosses_currencies() -> None:
    assert list(allocate([owed(100, "USD")], [owed(60)])) == []


@given(
    notes=st.lists(st.tuples(st.sampled_from(["EUR", "USD"]), amounts), max_size=5),
    invoices=st.lists(st.tuples(st.sampled_from(["EUR", "USD"]), amounts), max_size=6),
)
def test_allocate_exceeds_neither_side_and_leaves_nothing_that_fits(
    notes: list[tuple[str, Decimal]], invoices: list[tuple[str, Decimal]]
) -> None:
    given_notes = [Owed(new_id(), currency, amount) for currency, amount in notes]
    given_invoices = [Owed(new_id(), currency, amount) for currency, amount in invoices]
    left = {one.id: one.remaining for one in (*given_notes, *given_invoices)}
    for share in allocate(given_notes, given_invoices):
        assert share.amount > 0
        left[share.credit_note_id] -= share.amount
        left[share.invoice_id] -= share.amount
    assert min(left.values(), default=ZERO) >= 0
    for currency in ("EUR", "USD"):
        sides = [
            sum(left[one.id] for one in side if one.currency == currency) for side in (given_notes, given_invoices)
        ]
        assert 0 in sides


@pytest.mark.parametrize(
    ("days_late", "band"),
    [(-5, 0), (0, 0), (1, 1), (30, 1), (31, 2), (60, 2), (61, 3), (90, 3), (91, 4), (400, 4)],
)
def test_aging_puts_each_delay_into_its_band(days_late: int, band: int) -> None:
    [aging] = aged([Due("EUR", TODAY - timedelta(days=days_late), Decimal(10))], today=TODAY)
    assert [index for index, amount in enumerate(aging.amounts) if amount] == [band]


def test_aging_takes_credit_off_the_oldest_debt_first() -> None:
    dues = [
        Due("EUR", TODAY + timedelta(days=5), Decimal(100)),
        Due("EUR", TODAY - timedelta(days=20), Decimal(100)),
        Due("EUR", TODAY - timedelta(days=100), Decimal(100)),
        Due("EUR", None, Decimal(-130)),
    ]
    assert aged(dues, today=TODAY) == [Aging("EUR", (Decimal(100), Decimal(70), ZERO, ZERO, ZERO))]


def test_aging_keeps_currencies_apart_and_leaves_out_what_cancels_out() -> None:
    late = TODAY - timedelta(days=1)
    dues = [
        Due("USD", late, Decimal(10)),
        Due("EUR", None, Decimal(-7)),
        Due("GBP", late, Decimal(5)),
        Due("GBP", None, Decimal(-5)),
    ]
    assert [(aging.currency, sum(aging.amounts)) for aging in aged(dues, today=TODAY)] == [("EUR", -7), ("USD", 10)]


@given(st.lists(st.tuples(days, amounts, st.booleans()), max_size=12))
def test_aging_sums_up_to_the_outstanding_balance(rows: list[tuple[int, Decimal, bool]]) -> None:
    dues = [
        Due("EUR", None, -amount) if is_credit else Due("EUR", TODAY - timedelta(days=late), amount)
        for late, amount, is_credit in rows
    ]
    total = sum((sum(aging.amounts) for aging in aged(dues, today=TODAY)), ZERO)
    assert total == sum((due.amount for due in dues), ZERO)


@pytest.mark.django_db
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(
        st.tuples(amounts, st.sampled_from(["none", "part", "all", "over"]), st.integers(0, 60)), min_size=1, max_size=6
    ),
    shift=st.integers(-40, 40),
)
def test_annotated_invoice_statuses_equal_the_rules(rows: list[tuple[Decimal, str, int]], shift: int) -> None:
    account, today = AccountFactory.create(), TODAY + timedelta(days=shift)
    for total, how, terms in rows:
        paid = {"none": ZERO, "part": total - Decimal("0.01"), "all": total, "over": total + Decimal("0.01")}[how]
        InvoiceFactory.create(
            account=account,
            total_amount=total,
            paid_amount=paid,
            issued_on=TODAY - timedelta(days=30),
            due_on=TODAY - timedelta(days=30 - terms),
        )
    found = Invoice.objects.filter(account=account).with_status(today)
    assert len(found) == len(rows)
    for one in found:
        known = {"total": one.total_amount, "settled": one.settled_amount}
        assert one.status == invoice_status(**known, due_on=one.due_on, today=today)
        assert one.payment_status == payment_status(**known)
    overdue = set(Invoice.objects.filter(account=account).overdue(today))
    assert overdue == {one for one in found if one.status == InvoiceStatus.OVERDUE}


@pytest.mark.django_db
def test_annotated_credit_note_statuses_equal_the_rule() -> None:
    account = AccountFactory.create()
    invoice = InvoiceFactory.create(account=account, total_amount=Decimal(1000))
    for applied in (0, 30, 60):
        note = CreditNoteFactory.create(account=account, total_amount=Decimal(60))
        if applied:
            note.allocations.create(invoice=invoice, amount=Decimal(applied), allocated_on=TODAY)
    found = CreditNote.objects.filter(account=account).with_status()
    assert [
        note.status == credit_note_status(total=note.total_amount, allocated=note.allocated_amount) for note in found
    ] == [True] * 3
    assert Counter(note.status for note in found) == Counter(["open", "partially_applied", "applied"])
