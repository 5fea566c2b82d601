"""A person says where credit goes: it stands, what is automatic gives way, and nothing jumps back."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from accounts.services import lock_account
from billabex.core.actors import SYSTEM
from billabex.core.events import account_changed
from billabex.core.ids import new_id
from billabex.core.models import AuditEntry
from invoices.errors import AllocationNotFound, DocumentNotFound, InvalidAmount, OtherAccount, OtherCurrency
from invoices.models import Allocation, CreditNote, Invoice
from invoices.rules import Share, give_way
from invoices.services import (
    Effect,
    allocate,
    allocate_credit,
    delete_credit_note,
    delete_invoice,
    remove_allocation,
    set_paid_amount,
)
from tests.factories import AccountFactory, CreditNoteFactory, InvoiceFactory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accounts.models import Account
    from billabex.organizations.models import Organization

NOW = datetime(2026, 2, 10, 12, tzinfo=UTC)
TODAY = date(2026, 2, 10)
EARLIER = date(2026, 1, 20)

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(organization: Organization) -> Account:
    return AccountFactory.create(organization=organization)


@pytest.fixture
def told() -> Iterator[list[str]]:
    """Collect the causes that the house is told."""
    causes: list[str] = []

    def listen(cause: str, **_: Any) -> None:
        causes.append(cause)

    account_changed.connect(listen)
    yield causes
    account_changed.disconnect(listen)


def owe(account: Account, number: str, amount: int, *, due: int, **fields: Any) -> Invoice:
    """Make an invoice due on a day of March."""
    due_on = date(2026, 3, due)
    return InvoiceFactory.create(
        account=account, number=number, total_amount=Decimal(amount), due_on=due_on, tax_amount=None, **fields
    )


def credit(account: Account, number: str, amount: int, *, day: int = 5) -> CreditNote:
    issued_on = date(2026, 1, day)
    return CreditNoteFactory.create(
        account=account, number=number, total_amount=Decimal(amount), issued_on=issued_on, tax_amount=None
    )


def spread(account: Account) -> None:
    with transaction.atomic():
        allocate_credit([lock_account(account.pk).pk], on=EARLIER)


def apply(note: CreditNote, invoice: Invoice, amount: str | int) -> tuple[Allocation, Effect]:
    return allocate(credit_note=note, invoice=invoice, amount=Decimal(amount), actor=SYSTEM, now=NOW)


def take_off(note: CreditNote, invoice: Invoice) -> None:
    remove_allocation(credit_note=note, invoice=invoice, actor=SYSTEM, now=NOW)


def applied(account: Account) -> set[tuple[str, str, int, bool]]:
    """Return the account's allocations as note, invoice, amount, and whether they came by themselves."""
    found = Allocation.objects.filter(invoice__account=account).select_related("credit_note", "invoice")
    return {(one.credit_note.number, one.invoice.number, int(one.amount), one.is_automatic) for one in found}


def test_explicit_allocation_takes_from_the_last_due_invoice_of_its_note(account: Account) -> None:
    owe(account, "F-1", 60, due=1)
    owe(account, "F-2", 60, due=2)
    third, note = owe(account, "F-3", 60, due=3), credit(account, "A", 100)
    spread(account)
    apply(note, third, 30)
    assert applied(account) == {("A", "F-1", 60, True), ("A", "F-2", 10, True), ("A", "F-3", 30, False)}
    assert set(Allocation.objects.filter(is_automatic=True).values_list("allocated_on", flat=True)) == {EARLIER}


def test_explicit_allocation_then_takes_from_other_notes_which_go_elsewhere(account: Account) -> None:
    first = owe(account, "F-1", 60, due=1)
    owe(account, "F-2", 60, due=2)
    credit(account, "A-1", 60, day=1)
    spread(account)
    second = credit(account, "A-2", 20, day=2)
    spread(account)
    apply(second, first, 20)
    assert applied(account) == {("A-1", "F-1", 40, True), ("A-1", "F-2", 20, True), ("A-2", "F-1", 20, False)}


def test_credit_on_an_invoice_that_was_paid_too_leaves_wholly(account: Account) -> None:
    paid, other, note = owe(account, "F-1", 10, due=1), owe(account, "F-2", 50, due=2), credit(account, "A", 10)
    spread(account)
    set_paid_amount(invoice=paid, amount=Decimal(10), paid_on=TODAY, actor=SYSTEM, now=NOW)
    apply(note, other, 1)
    paid.refresh_from_db()
    assert (applied(account), paid.remaining_amount) == ({("A", "F-2", 1, False)}, 0)


def test_explicit_amount_is_the_persons_and_never_grows_by_itself(account: Account) -> None:
    invoice, note = owe(account, "F", 100, due=1), credit(account, "A", 100)
    spread(account)
    apply(note, invoice, 40)
    spread(account)
    assert applied(account) == {("A", "F", 40, False)}
    owe(account, "F-next", 50, due=9)
    spread(account)
    assert applied(account) == {("A", "F", 40, False), ("A", "F-next", 50, True)}


def test_explicit_allocation_stands_when_another_comes(account: Account) -> None:
    first, second = owe(account, "F-1", 60, due=1), owe(account, "F-2", 60, due=2)
    note = credit(account, "A", 80)
    apply(note, second, 50)
    apply(note, first, 30)
    assert applied(account) == {("A", "F-1", 30, False), ("A", "F-2", 50, False)}
    with pytest.raises(InvalidAmount, match=r"Credit note A has €30.00 to apply at most\."):
        apply(note, first, 31)


def test_the_same_again_changes_nothing_and_tells_nobody(
    account: Account, told: list[str], django_capture_on_commit_callbacks: Any
) -> None:
    invoice, note = owe(account, "F", 60, due=1), credit(account, "A", 60)
    with django_capture_on_commit_callbacks(execute=True):
        made, effect = apply(note, invoice, 40)
    with django_capture_on_commit_callbacks(execute=True):
        again, effect_again = apply(note, invoice, "40.00")
    assert (again, effect, effect_again) == (made, Effect.MADE, Effect.NONE)
    assert told == ["credit"]
    entry = AuditEntry.objects.get(action="credit-note.allocated")
    assert (entry.account_id, entry.changes["invoice"], entry.changes["amount"]) == (
        account.pk,
        "F",
        {"from": "0", "to": "40"},
    )


def test_another_amount_replaces(account: Account) -> None:
    invoice, note = owe(account, "F", 60, due=1), credit(account, "A", 60)
    effects = [apply(note, invoice, amount)[1] for amount in (40, 60, 10)]
    assert effects == [Effect.MADE, Effect.REPLACED, Effect.REPLACED]
    assert applied(account) == {("A", "F", 10, False)}


def test_the_amount_that_came_by_itself_stands_from_now_on_and_keeps_its_days(account: Account) -> None:
    invoice, note = owe(account, "F", 60, due=1), credit(account, "A", 40)
    spread(account)
    set_paid_amount(invoice=invoice, amount=Decimal(20), paid_on=date(2026, 2, 1), actor=SYSTEM, now=NOW)
    allocation, effect = apply(note, invoice, 40)
    invoice.refresh_from_db()
    assert (allocation.is_automatic, allocation.allocated_on, effect) == (False, EARLIER, Effect.MADE)
    assert invoice.settled_on == date(2026, 2, 1)


def test_an_invoice_that_other_credit_settles_keeps_the_day_it_was_settled(account: Account) -> None:
    invoice = owe(account, "F", 60, due=1)
    credit(account, "A-1", 60)
    spread(account)
    apply(credit(account, "A-2", 60), invoice, 60)
    invoice.refresh_from_db()
    assert (applied(account), invoice.settled_on) == ({("A-2", "F", 60, False)}, EARLIER)


@pytest.mark.parametrize(
    ("amount", "sentence"),
    [
        ("0", "Enter an amount of more than zero."),
        ("-1", "Enter an amount of more than zero."),
        ("1.005", "Amounts in EUR have 2 decimals at most."),
        ("9999999999999", "This amount is too large to be right."),
        ("100.01", "Credit note A has €100.00 to apply at most."),
        ("90.01", "Invoice F has €90.00 left to settle at most."),
    ],
)
def test_an_amount_that_cannot_be_is_refused_with_a_sentence(account: Account, amount: str, sentence: str) -> None:
    invoice = owe(account, "F", 120, due=1, paid_amount=Decimal(30))
    note = credit(account, "A", 100)
    spread(account)
    before = applied(account)
    with pytest.raises(InvalidAmount) as caught:
        apply(note, invoice, amount)
    assert (str(caught.value), dict(caught.value.fields)) == (sentence, {"amount": sentence})
    assert applied(account) == before
    assert not AuditEntry.objects.exists()


def test_an_overpaid_invoice_takes_no_credit(account: Account) -> None:
    invoice = owe(account, "F", 60, due=1, paid_amount=Decimal(70))
    with pytest.raises(InvalidAmount, match=r"Invoice F has €0.00 left"):
        apply(credit(account, "A", 60), invoice, 1)


def test_two_accounts_or_currencies_do_not_mix(account: Account) -> None:
    note = credit(account, "A", 60)
    with pytest.raises(OtherAccount):
        apply(note, owe(AccountFactory.create(organization=account.organization), "F", 60, due=1), 10)
    with pytest.raises(OtherCurrency):
        apply(note, owe(account, "F", 60, due=1, currency="USD"), 10)


def test_a_document_that_is_gone_is_not_found(account: Account) -> None:
    invoice, note = owe(account, "F", 60, due=1), credit(account, "A", 60)
    delete_invoice(invoice=Invoice.objects.get(pk=invoice.pk), actor=SYSTEM, now=NOW)
    for call in (lambda: apply(note, invoice, 10), lambda: take_off(note, invoice)):
        with pytest.raises(DocumentNotFound):
            call()


def test_removing_another_amount_than_is_applied_changes_nothing(account: Account) -> None:
    invoice, note = owe(account, "F", 60, due=1), credit(account, "A", 60)
    apply(note, invoice, 40)
    with pytest.raises(InvalidAmount, match="is applied there"):
        remove_allocation(credit_note=note, invoice=invoice, amount=Decimal(30), actor=SYSTEM, now=NOW)
    assert applied(account) == {("A", "F", 40, False)}
    remove_allocation(credit_note=note, invoice=invoice, amount=Decimal("40.00"), actor=SYSTEM, now=NOW)
    assert applied(account) == set()


def test_removed_credit_goes_elsewhere_and_never_back_by_itself(account: Account, told: list[str]) -> None:
    first, note = owe(account, "F-1", 60, due=1), credit(account, "A", 60)
    spread(account)
    take_off(note, first)
    assert applied(account) == set()
    second = owe(account, "F-2", 40, due=2)
    spread(account)
    set_paid_amount(invoice=first, amount=Decimal(5), paid_on=TODAY, actor=SYSTEM, now=NOW)
    assert applied(account) == {("A", "F-2", 40, True)}
    delete_invoice(invoice=second, actor=SYSTEM, now=NOW)
    assert applied(account) == set()
    entry = AuditEntry.objects.get(action="credit-note.allocation-removed")
    assert entry.changes["amount"] == {"from": "60.000", "to": "0"}


def test_an_invoice_freed_of_one_note_takes_another(account: Account) -> None:
    invoice, first = owe(account, "F", 60, due=1), credit(account, "A-1", 60, day=1)
    spread(account)
    credit(account, "A-2", 50, day=2)
    take_off(first, invoice)
    assert applied(account) == {("A-2", "F", 50, True)}


def test_removed_credit_comes_back_by_hand_and_then_gives_way_to_nothing(account: Account) -> None:
    invoice, note = owe(account, "F", 60, due=1), credit(account, "A", 60)
    spread(account)
    take_off(note, invoice)
    apply(note, invoice, 25)
    assert applied(account) == {("A", "F", 25, False)}
    assert not note.kept_off.exists()


def test_removing_what_is_not_applied_is_told(account: Account) -> None:
    invoice, note = owe(account, "F", 60, due=1), credit(account, "A", 60)
    with pytest.raises(AllocationNotFound):
        take_off(note, invoice)
    assert not note.kept_off.exists()


def test_what_a_person_decided_goes_with_its_documents(account: Account) -> None:
    invoice, note = owe(account, "F", 60, due=1), credit(account, "A", 60)
    spread(account)
    take_off(note, invoice)
    delete_credit_note(credit_note=note, actor=SYSTEM, now=NOW)
    assert not invoice.kept_off_notes.exists()


def test_accounts_with_more_credit_than_invoices_wait(account: Account) -> None:
    credit(account, "A", 60)
    spread(account)
    assert applied(account) == set()


@given(st.lists(st.decimals("0.01", 999, places=2), max_size=6), st.decimals(-10, 4000, places=2))
def test_shares_give_way_in_order_and_only_as_far_as_needed(amounts: list[Decimal], needed: Decimal) -> None:
    shares = [Share(new_id(), new_id(), amount) for amount in amounts]
    given_up = list(give_way(shares, needed))
    assert sum(one.amount for one in given_up) == max(min(needed, sum(amounts, Decimal(0))), 0)
    assert [one.invoice_id for one in given_up] == [one.invoice_id for one in shares[: len(given_up)]]
    assert all(one.amount == whole.amount for one, whole in zip(given_up[:-1], shares, strict=False))
