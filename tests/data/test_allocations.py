"""Allocations carry their sums to the credit note and the invoice, exactly, and never beyond what is left."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from threading import Barrier
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from invoices.models import Allocation, CreditNote, Invoice
from tests.factories import AccountFactory, CreditNoteFactory, InvoiceFactory

if TYPE_CHECKING:
    from collections.abc import Sequence

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 2)


def _allocate(note: CreditNote, invoice: Invoice, amount: Decimal | str) -> Allocation:
    with transaction.atomic():
        return Allocation.objects.create(
            credit_note=note, invoice=invoice, amount=Decimal(amount), allocated_on=DAY, is_automatic=False
        )


def _papers(total: str, *credits_: str, paid: str = "0", currency: str = "EUR") -> tuple[Invoice, list[CreditNote]]:
    """Make an invoice, and credit notes of its account."""
    account = AccountFactory.create(currency=currency)
    invoice = InvoiceFactory.create(account=account, total_amount=Decimal(total), paid_amount=Decimal(paid))
    return invoice, [CreditNoteFactory.create(account=account, total_amount=Decimal(c)) for c in credits_]


def test_an_allocation_moves_the_sums_of_both_sides() -> None:
    invoice, [note] = _papers("120", "60")
    _allocate(note, invoice, "45.50")
    note.refresh_from_db()
    invoice.refresh_from_db()
    assert (note.allocated_amount, note.remaining_amount) == (Decimal("45.50"), Decimal("14.50"))
    assert (invoice.credited_amount, invoice.remaining_amount) == (Decimal("45.50"), Decimal("74.50"))
    assert invoice.settled_on is None


def test_the_last_allocation_settles_the_invoice_on_its_day() -> None:
    invoice, [first, second] = _papers("120", "60", "60", paid="20")
    _allocate(first, invoice, "60")
    _allocate(second, invoice, "40")
    invoice.refresh_from_db()
    assert (invoice.remaining_amount, invoice.settled_on) == (0, DAY)


def test_a_removed_allocation_gives_its_amount_back_to_both_sides() -> None:
    invoice, [note] = _papers("60", "60")
    allocation = _allocate(note, invoice, "60")
    allocation.delete()
    note.refresh_from_db()
    invoice.refresh_from_db()
    assert (note.allocated_amount, note.remaining_amount) == (0, 60)
    assert (invoice.credited_amount, invoice.remaining_amount, invoice.settled_on) == (0, 60, None)


def test_a_removed_allocation_leaves_an_invoice_settled_that_is_paid_all_the_same() -> None:
    invoice, [note] = _papers("60", "60")
    allocation = _allocate(note, invoice, "10")
    Invoice.objects.update(paid_amount=60, settled_on=DAY)
    allocation.delete()
    invoice.refresh_from_db()
    assert (invoice.remaining_amount, invoice.settled_on) == (0, DAY)


def test_a_deleted_invoice_gives_back_what_it_was_credited() -> None:
    invoice, [note] = _papers("60", "60")
    _allocate(note, invoice, "60")
    invoice.delete()
    note.refresh_from_db()
    assert note.remaining_amount == 60


def test_a_deleted_credit_note_leaves_the_invoice_to_be_paid() -> None:
    invoice, [note] = _papers("60", "60")
    _allocate(note, invoice, "60")
    note.delete()
    invoice.refresh_from_db()
    assert (invoice.remaining_amount, invoice.settled_on) == (60, None)


def _sums() -> tuple[list[object], list[object], int]:
    return (
        list(CreditNote.objects.order_by("id").values_list("allocated_amount", "remaining_amount")),
        list(Invoice.objects.order_by("id").values_list("credited_amount", "remaining_amount", "settled_on")),
        Allocation.objects.count(),
    )


@pytest.mark.parametrize(
    ("total", "credit", "paid", "amount"),
    [
        pytest.param("120", "60", "0", "60.01", id="beyond the note"),
        pytest.param("60", "120", "0", "60.01", id="beyond the invoice"),
        pytest.param("60", "60", "20", "40.01", id="beyond what is left of a partly paid invoice"),
        pytest.param("60", "60", "60", "0.01", id="to a paid invoice"),
        pytest.param("60", "60", "70", "0.01", id="to an overpaid invoice"),
        pytest.param("60", "60", "0", "0", id="nothing"),
        pytest.param("60", "60", "0", "-1", id="less than nothing"),
        pytest.param("60", "60", "0", "0.001", id="less than a cent"),
    ],
)
def test_an_amount_that_does_not_fit_is_refused_and_nothing_changes(
    total: str, credit: str, paid: str, amount: str
) -> None:
    invoice, [note] = _papers(total, credit, paid=paid)
    before = _sums()
    with pytest.raises(IntegrityError):
        _allocate(note, invoice, amount)
    assert _sums() == before


def test_a_second_allocation_beyond_what_the_first_left_is_refused() -> None:
    invoice, [first, second] = _papers("60", "60", "60")
    _allocate(first, invoice, "59.99")
    before = _sums()
    with pytest.raises(IntegrityError, match="more than the invoice has left"):
        _allocate(second, invoice, "0.02")
    assert _sums() == before


def test_an_invoice_of_another_account_is_refused() -> None:
    _, [note] = _papers("60", "60")
    stranger = InvoiceFactory.create(account__organization=note.organization)
    before = _sums()
    with pytest.raises(IntegrityError, match="another account or currency"):
        _allocate(note, stranger, "1")
    assert _sums() == before


def test_an_invoice_in_another_currency_is_refused() -> None:
    _, [note] = _papers("60", "60")
    dollars = InvoiceFactory.create(account=note.account, currency="USD")
    before = _sums()
    with pytest.raises(IntegrityError, match="another account or currency"):
        _allocate(note, dollars, "1")
    assert _sums() == before


@pytest.mark.parametrize(
    ("currency", "total", "parts"),
    [
        ("EUR", "0.30", ["0.10", "0.20"]),
        ("EUR", "99.99", ["33.33", "33.33", "33.33"]),
        ("EUR", "1.00", ["0.10"] * 10),
        ("TND", "1.000", ["0.333", "0.333", "0.333", "0.001"]),
        ("TND", "4.405", ["1.005", "2.675", "0.725"]),
        ("JPY", "1000", ["333", "333", "334"]),
        ("EUR", "999999999999.99", ["333333333333.33", "333333333333.33", "333333333333.33"]),
    ],
)
def test_awkward_decimals_settle_exactly_and_give_back_exactly(currency: str, total: str, parts: Sequence[str]) -> None:
    invoice, notes = _papers(total, *parts, currency=currency)
    for note, part in zip(notes, parts, strict=True):
        _allocate(note, invoice, part)
    settled = Invoice.objects.filter(credited_amount=Decimal(total), remaining_amount=0, settled_on=DAY)
    assert settled.exists()
    assert CreditNote.objects.filter(remaining_amount=0).count() == len(parts)
    for allocation in Allocation.objects.all():
        allocation.delete()
    assert Invoice.objects.filter(credited_amount=0, remaining_amount=Decimal(total), settled_on=None).exists()
    assert CreditNote.objects.filter(allocated_amount=0).count() == len(parts)


MILLS = st.integers(1, 3000).map(lambda mills: Decimal(mills) / 1000)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.integers(0, 1), st.integers(0, 2), MILLS),
        st.tuples(st.integers(0, 1), st.integers(0, 2), st.none()),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=40, deadline=None)
@given(totals=st.tuples(*[MILLS] * 5), paid=MILLS, steps=STEPS)
def test_any_sequence_keeps_sums_that_equal_a_recount(
    totals: tuple[Decimal, ...], paid: Decimal, steps: list[tuple[int, int, Decimal | None]]
) -> None:
    with transaction.atomic():
        account = AccountFactory.create(currency="TND")
        notes = [CreditNoteFactory.create(account=account, total_amount=total) for total in totals[:2]]
        invoices = [
            InvoiceFactory.create(account=account, total_amount=total, paid_amount=paid * (n == 0))
            for n, total in enumerate(totals[2:])
        ]
        for note, invoice, amount in steps:
            _step(notes[note], invoices[invoice], amount)
        _recount()
        transaction.set_rollback(True)


def _step(note: CreditNote, invoice: Invoice, amount: Decimal | None) -> None:
    """Remove the pair's allocation, or make it, which must succeed exactly when it fits."""
    pair = Allocation.objects.filter(credit_note=note, invoice=invoice)
    if amount is None:
        pair.delete()
        return
    note.refresh_from_db()
    invoice.refresh_from_db()
    fits = not pair.exists() and amount <= min(note.remaining_amount, invoice.remaining_amount)
    if fits:
        _allocate(note, invoice, amount)
        return
    with pytest.raises(IntegrityError):
        _allocate(note, invoice, amount)


def _recount() -> None:
    """Compare every sum the triggers kept with the sum of what is there."""
    for note in CreditNote.objects.all():
        assert note.allocated_amount == sum(allocation.amount for allocation in note.allocations.all())
        assert note.remaining_amount == note.total_amount - note.allocated_amount >= 0
    for invoice in Invoice.objects.all():
        left = invoice.total_amount - invoice.paid_amount - invoice.credited_amount
        assert invoice.credited_amount == sum(allocation.amount for allocation in invoice.allocations.all())
        assert invoice.remaining_amount == left
        assert (invoice.settled_on is not None) == (left <= 0)


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time; nothing races")
@pytest.mark.django_db(transaction=True)
def test_four_writers_at_once_never_credit_an_invoice_beyond_its_total() -> None:
    invoice, notes = _papers("120", "60", "60", "60", "60")
    start = Barrier(len(notes))

    def allocate(note: CreditNote) -> bool:
        start.wait(timeout=10)
        try:
            _allocate(note, invoice, "60")
        except IntegrityError:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(len(notes)) as pool:
        made = list(pool.map(allocate, notes))
    invoice.refresh_from_db()
    assert sorted(made) == [False, False, True, True]
    assert (invoice.credited_amount, invoice.remaining_amount, invoice.settled_on) == (120, 0, DAY)
    assert CreditNote.objects.filter(allocated_amount=60).count() == Allocation.objects.count() == 2
