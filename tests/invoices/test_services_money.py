"""Payments, credit and deletions: what each leaves behind on both sides."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.db import transaction

from accounts.services import delete_account, lock_account
from billabex.core.actors import SYSTEM
from billabex.core.models import AuditEntry
from invoices.errors import DocumentNotFound, InvalidAmount, InvalidDate
from invoices.models import Allocation, CreditNote, Document, Invoice, Payment
from invoices.selectors import balances, documents_to_verify
from invoices.services import (
    allocate_credit,
    delete_credit_note,
    delete_invoice,
    import_pdf,
    set_paid_amount,
)
from tests.factories import (
    AccountFactory,
    AllocationFactory,
    CreditNoteFactory,
    DocumentFactory,
    InvoiceFactory,
    NamedInvoiceFactory,
    PaymentDeclarationFactory,
)
from tests.invoices.pdfs import invoice_pdf

if TYPE_CHECKING:
    from accounts.models import Account
    from billabex.organizations.models import Organization

NOW = datetime(2026, 2, 10, 12, tzinfo=UTC)
TODAY = date(2026, 2, 10)

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(organization: Organization) -> Account:
    return AccountFactory.create(organization=organization)


def pay(invoice: Invoice, amount: str, note: str = "") -> Invoice:
    return set_paid_amount(invoice=invoice, amount=Decimal(amount), paid_on=TODAY, actor=SYSTEM, now=NOW, note=note)


def spread(account: Account) -> int:
    with transaction.atomic():
        return allocate_credit([lock_account(account.pk).pk], on=TODAY)


def applied(account: Account) -> list[tuple[str, str, object]]:
    """Return the account's allocations as note, invoice and amount."""
    found = Allocation.objects.filter(invoice__account=account).select_related("credit_note", "invoice")
    return sorted(((one.credit_note.number, one.invoice.number, one.amount) for one in found), key=str)


def test_paid_amount_is_absolute_and_kept_in_the_history(account: Account) -> None:
    invoice = InvoiceFactory.create(account=account)
    pay(invoice, "50", "first")
    invoice = pay(invoice, "70", "second")
    assert (invoice.paid_amount, invoice.remaining_amount, invoice.settled_on) == (70, 50, None)
    history = [(one.previous_amount, one.amount, one.note) for one in Payment.objects.filter(invoice=invoice)]
    assert history == [(Decimal(0), Decimal(50), "first"), (Decimal(50), Decimal(70), "second")]
    entry = AuditEntry.objects.get(action="invoice.paid-amount-changed", changes__note="second")
    assert entry.account_id == account.pk


def test_paid_amount_beyond_the_total_is_overpaid_and_counts_for_the_customer(account: Account) -> None:
    invoice = pay(InvoiceFactory.create(account=account), "150")
    assert (invoice.remaining_amount, invoice.settled_on) == (-30, TODAY)
    assert balances([account.pk], today=TODAY)[account.pk][0].outstanding == -30


def test_paid_amount_lowered_reopens_the_invoice(account: Account) -> None:
    invoice = pay(pay(InvoiceFactory.create(account=account), "120"), "20")
    assert (invoice.remaining_amount, invoice.settled_on) == (100, None)


def test_paid_amount_that_stays_the_same_writes_nothing(account: Account) -> None:
    pay(InvoiceFactory.create(account=account, paid_amount=Decimal(50)), "50.00")
    assert not Payment.objects.exists()
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(
    ("amount", "word"),
    [
        ("-0.01", "zero or more"),
        ("1000000000000", "too large"),
        ("10.005", "2 decimals"),
        ("NaN", "too large"),
        ("-Infinity", "too large"),
    ],
)
def test_paid_amount_that_cannot_be_is_refused_beside_its_field(account: Account, amount: str, word: str) -> None:
    invoice = InvoiceFactory.create(account=account)
    with pytest.raises(InvalidAmount, match=word) as refused:
        pay(invoice, amount)
    assert set(refused.value.fields) == {"amount"}
    assert not Payment.objects.exists()


@pytest.mark.parametrize("paid_on", [TODAY + timedelta(days=1), date(202, 1, 5), date(9999, 1, 1)])
def test_paid_amount_of_a_day_that_cannot_be_is_refused_beside_its_field(account: Account, paid_on: date) -> None:
    invoice = InvoiceFactory.create(account=account)
    with pytest.raises(InvalidDate) as refused:
        set_paid_amount(invoice=invoice, amount=Decimal(10), paid_on=paid_on, actor=SYSTEM, now=NOW)
    assert set(refused.value.fields) == {"paid_on"}
    assert not Payment.objects.exists()


def test_paid_amount_takes_today_from_the_organizations_clock(organization: Organization, account: Account) -> None:
    assert organization.time_zone == "Europe/Paris"
    late_evening = datetime(2026, 2, 10, 23, 30, tzinfo=UTC)  # the 11th in Paris
    invoice = InvoiceFactory.create(account=account)
    day = TODAY + timedelta(days=1)
    paid = set_paid_amount(invoice=invoice, amount=Decimal(120), paid_on=day, actor=SYSTEM, now=late_evening)
    assert paid.settled_on == day


def test_paid_amount_that_frees_credit_applies_it_today_whatever_day_was_paid(account: Account) -> None:
    invoice = InvoiceFactory.create(account=account, paid_amount=Decimal(120))
    CreditNoteFactory.create(account=account)
    set_paid_amount(invoice=invoice, amount=Decimal(100), paid_on=date(2026, 1, 2), actor=SYSTEM, now=NOW)
    assert Allocation.objects.get().allocated_on == TODAY


def test_paid_in_full_keeps_the_promises_about_it(account: Account) -> None:
    invoice = InvoiceFactory.create(account=account)
    promise = PaymentDeclarationFactory.create(account=account, invoices=[invoice])
    pay(invoice, "119.99")
    promise.refresh_from_db()
    assert promise.is_open
    pay(invoice, "120")
    promise.refresh_from_db()
    assert (promise.resolution, promise.is_automatic) == ("InvoicesSettled", True)


@pytest.mark.parametrize(("currency", "amount", "fits"), [("JPY", "10.5", False), ("TND", "10.005", True)])
def test_paid_amount_has_the_decimals_of_its_currency(account: Account, currency: str, amount: str, fits: bool) -> None:
    invoice = InvoiceFactory.create(account=account, currency=currency, total_amount=Decimal(100))
    if fits:
        assert pay(invoice, amount).paid_amount == Decimal(amount)
    else:
        with pytest.raises(InvalidAmount):
            pay(invoice, amount)


def test_paid_amount_of_an_invoice_that_is_gone_is_not_found(account: Account) -> None:
    invoice = InvoiceFactory.create(account=account)
    Invoice.objects.filter(pk=invoice.pk).delete()
    with pytest.raises(DocumentNotFound):
        pay(invoice, "10")


def test_paid_amount_lowered_lets_waiting_credit_in(account: Account) -> None:
    invoice = InvoiceFactory.create(account=account, number="F", paid_amount=Decimal(120))
    CreditNoteFactory.create(account=account, number="A")
    pay(invoice, "100")
    assert applied(account) == [("A", "F", 20)]


def test_credit_goes_to_the_oldest_due_date_then_issue_date_then_number(account: Account) -> None:
    due = date(2026, 3, 1)
    InvoiceFactory.create(
        account=account, number="4-later-due", due_on=due + timedelta(days=1), issued_on=date(2025, 1, 1)
    )
    InvoiceFactory.create(account=account, number="3-later-number", due_on=due, issued_on=date(2026, 1, 2))
    InvoiceFactory.create(account=account, number="2-number", due_on=due, issued_on=date(2026, 1, 2))
    InvoiceFactory.create(account=account, number="9-issued-first", due_on=due, issued_on=date(2026, 1, 1))
    CreditNoteFactory.create(account=account, number="A", total_amount=Decimal(370))
    assert spread(account) == 4
    assert applied(account) == [
        ("A", "2-number", 120),
        ("A", "3-later-number", 120),
        ("A", "4-later-due", 10),
        ("A", "9-issued-first", 120),
    ]


def test_credit_stays_within_account_and_currency(account: Account) -> None:
    InvoiceFactory.create(account=account, currency="USD")
    InvoiceFactory.create(account__organization=account.organization)
    CreditNoteFactory.create(account=account)
    assert spread(account) == 0


def test_credit_that_is_left_goes_to_the_next_invoice_when_it_arrives(organization: Organization) -> None:
    for content in (
        invoice_pdf("A-1", title="Avoir", due_on=None),
        invoice_pdf("F-1", net="500,00 €", tax="100,00 €", total="600,00 €"),
        invoice_pdf("F-2", net="750,00 €", tax="150,00 €", total="900,00 €"),
    ):
        paper = import_pdf(organization=organization, content=content, name="a.pdf", actor=SYSTEM, now=NOW)
    assert applied(paper.account) == [("A-1", "F-1", 600), ("A-1", "F-2", 600)]
    assert isinstance(paper, Invoice)
    assert paper.remaining_amount == 300


def test_credit_added_to_a_pair_makes_its_allocation_larger(account: Account) -> None:
    invoice = InvoiceFactory.create(account=account, number="F")
    note = CreditNoteFactory.create(account=account, number="A")
    AllocationFactory.create(invoice=invoice, credit_note=note, amount=Decimal(15))
    spread(account)
    assert applied(account) == [("A", "F", 60)]
    assert Allocation.objects.get().is_automatic


def test_deleted_invoice_frees_its_credit_for_the_next(organization: Organization, account: Account) -> None:
    first = InvoiceFactory.create(account=account, number="F-1", total_amount=Decimal(50))
    InvoiceFactory.create(account=account, number="F-2", due_on=first.due_on + timedelta(days=9))
    CreditNoteFactory.create(account=account, number="A")
    spread(account)
    assert applied(account) == [("A", "F-1", 50), ("A", "F-2", 10)]
    delete_invoice(invoice=first, actor=SYSTEM, now=NOW)
    assert applied(account) == [("A", "F-2", 60)]


def test_deleted_invoice_takes_its_pdf_and_payments_and_leaves_a_trace(organization: Organization) -> None:
    paper = import_pdf(organization=organization, content=invoice_pdf(), name="a.pdf", actor=SYSTEM, now=NOW)
    assert isinstance(paper, Invoice)
    pay(paper, "10")
    delete_invoice(invoice=paper, actor=SYSTEM, now=NOW)
    assert not Document.objects.exists()
    assert not Payment.objects.exists()
    entry = AuditEntry.objects.get(action="invoice.deleted")
    assert entry.changes["number"] == "F-2026-0042"


@pytest.mark.django_db(transaction=True)
def test_deleted_invoice_takes_its_file_once_that_is_certain(organization: Organization) -> None:
    paper = import_pdf(organization=organization, content=invoice_pdf(), name="a.pdf", actor=SYSTEM, now=NOW)
    assert isinstance(paper, Invoice)
    delete_invoice(invoice=paper, actor=SYSTEM, now=NOW)
    assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


@pytest.mark.django_db(transaction=True)
def test_deleted_account_takes_its_documents_and_leaves_other_uploads(organization: Organization) -> None:
    paper = import_pdf(organization=organization, content=invoice_pdf(), name="a.pdf", actor=SYSTEM, now=NOW)
    note = CreditNoteFactory.create(account=paper.account, document=DocumentFactory.create(organization=organization))
    AllocationFactory.create(invoice=paper, credit_note=note)
    waiting = DocumentFactory.create(organization=organization)
    delete_account(account=paper.account, typed_name=paper.account.name, actor=SYSTEM, now=NOW)
    assert list(documents_to_verify(organization)) == [waiting]
    assert [path.name for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == [f"{waiting.pk}.pdf"]


@pytest.mark.django_db(transaction=True)
def test_deleted_invoice_whose_file_cannot_be_removed_stays_deleted(
    organization: Organization, caplog: pytest.LogCaptureFixture
) -> None:
    paper = import_pdf(organization=organization, content=invoice_pdf(), name="a.pdf", actor=SYSTEM, now=NOW)
    assert isinstance(paper, Invoice)
    [path] = [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]
    path.unlink()
    (path / "in the way").mkdir(parents=True)
    delete_invoice(invoice=paper, actor=SYSTEM, now=NOW)
    assert not Invoice.objects.exists()
    assert "Error calling" in caplog.text


def test_deleted_invoice_stays_named_in_messages(account: Account) -> None:
    invoice = InvoiceFactory.create(account=account)
    named = NamedInvoiceFactory.create(communication__account=account, invoice=invoice)
    delete_invoice(invoice=invoice, actor=SYSTEM, now=NOW)
    named.refresh_from_db()
    assert (named.invoice, bool(named.number)) == (None, True)


def test_deleted_credit_note_reopens_its_invoices(account: Account) -> None:
    invoice = InvoiceFactory.create(account=account, total_amount=Decimal(50))
    note = CreditNoteFactory.create(account=account, total_amount=Decimal(50))
    spread(account)
    invoice.refresh_from_db()
    assert invoice.remaining_amount == 0
    delete_credit_note(credit_note=note, actor=SYSTEM, now=NOW)
    invoice.refresh_from_db()
    assert (invoice.remaining_amount, invoice.credited_amount, invoice.settled_on) == (50, 0, None)


def test_deleted_credit_note_makes_room_for_another(account: Account) -> None:
    InvoiceFactory.create(account=account, number="F", total_amount=Decimal(50))
    first = CreditNoteFactory.create(
        account=account, number="A-1", issued_on=date(2026, 1, 1), total_amount=Decimal(50)
    )
    CreditNoteFactory.create(account=account, number="A-2", issued_on=date(2026, 1, 2), total_amount=Decimal(50))
    spread(account)
    delete_credit_note(credit_note=first, actor=SYSTEM, now=NOW)
    assert applied(account) == [("A-2", "F", 50)]


def test_deleting_twice_is_told(account: Account) -> None:
    invoice, note = InvoiceFactory.create(account=account), CreditNoteFactory.create(account=account)
    delete_invoice(invoice=Invoice.objects.get(pk=invoice.pk), actor=SYSTEM, now=NOW)
    with pytest.raises(DocumentNotFound):
        delete_invoice(invoice=invoice, actor=SYSTEM, now=NOW)
    delete_credit_note(credit_note=CreditNote.objects.get(pk=note.pk), actor=SYSTEM, now=NOW)
    with pytest.raises(DocumentNotFound):
        delete_credit_note(credit_note=note, actor=SYSTEM, now=NOW)
    assert AuditEntry.objects.filter(action__endswith=".deleted").count() == 2
