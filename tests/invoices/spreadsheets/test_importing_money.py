"""What rows become: invoices, credit notes and paid amounts; once, all of them or none."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.enums import PauseReason, SourceSystem
from accounts.models import Account
from billabex.core.events import account_changed
from billabex.core.models import AuditEntry
from invoices.enums import DeclarationResolution
from invoices.models import Allocation, CreditNote, Invoice, Payment
from invoices.spreadsheets.enums import Effect
from invoices.spreadsheets.errors import InvalidSpreadsheet
from tests.factories import (
    AccountFactory,
    CreditNoteFactory,
    InvoiceFactory,
    PauseFactory,
    PaymentDeclarationFactory,
    SourceFactory,
)
from tests.invoices.spreadsheets.tables import (
    CREDIT_NOTES,
    INVOICES,
    PAYMENTS,
    account_of,
    refusals,
)

if TYPE_CHECKING:
    from uuid import UUID

    from pytest_django import DjangoCaptureOnCommitCallbacks

    from billabex.organizations.models import Organization
    from tests.invoices.spreadsheets.conftest import Importing, Previewing, Table

pytestmark = pytest.mark.django_db


def test_invoices_are_frozen_like_documents(organization: Organization, importing: Importing) -> None:
    known = account_of(organization, "Brasserie du Port SAS")
    assert importing("invoices", INVOICES) == (3, 0, 0)
    first, second = Invoice.objects.filter(account=known).order_by("number")
    assert (first.issued_on, first.due_on, first.total_amount, first.tax_amount) == (
        date(2026, 1, 5), date(2026, 2, 4), Decimal(1200), Decimal(200),
    )  # fmt: skip
    assert (first.currency, first.billing_name, first.validated_by) == ("EUR", "Brasserie du Port", "Maud Petit")
    assert (second.due_on, second.paid_amount, second.settled_on) == (date(2026, 3, 2), Decimal(100), date(2026, 3, 2))
    garage = Invoice.objects.get(account__name="Garage Neuf")
    assert (garage.number, garage.remaining_amount, garage.settled_on) == ("F-1", Decimal(30), None)
    assert Payment.objects.filter(invoice=garage).get().paid_on == date(2026, 1, 12)


def test_invoices_leave_a_trace_and_tell_the_house_once(
    importing: Importing, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    told: list[tuple[UUID, str]] = []

    def hear(*, account_ids: list[UUID], cause: str, **_facts: object) -> None:
        told.extend((account_id, cause) for account_id in account_ids)

    account_changed.connect(hear)
    with django_capture_on_commit_callbacks(execute=True):
        importing("invoices", INVOICES)
    account_changed.disconnect(hear)
    assert sorted(told) == sorted((pk, "document") for pk in Account.objects.values_list("pk", flat=True))
    actions = sorted(AuditEntry.objects.values_list("action", flat=True))
    assert actions == ["account.created"] * 2 + ["invoice.validated"] * 3 + ["spreadsheet.imported"]
    whole = AuditEntry.objects.get(action="spreadsheet.imported")
    assert whole.changes == {"kind": "invoices", "file": "table.csv", "new": 3, "changed": 0, "unchanged": 0}


def test_invoices_take_open_credit_and_lift_pauses(organization: Organization, importing: Importing) -> None:
    account = account_of(organization, "Brasserie du Port")
    note = CreditNoteFactory.create(account=account, total_amount=Decimal(1210))
    lifted = PauseFactory.create(account=account)
    standing = PauseFactory.create(account=account_of(organization, "Garage Neuf"), reason=PauseReason.DISPUTE)
    importing("invoices", INVOICES)
    invoice, settled = Invoice.objects.filter(account=account).order_by("number")
    note.refresh_from_db()
    assert (invoice.credited_amount, invoice.settled_on, settled.credited_amount) == (
        Decimal(1200),
        date(2026, 3, 2),
        0,
    )
    assert note.remaining_amount == Decimal(10)
    lifted.refresh_from_db()
    standing.refresh_from_db()
    assert (lifted.ended_by, standing.ended_at) == ("Maud Petit", None)


def test_larger_share_of_a_credit_note_replaces_the_smaller_one(
    organization: Organization, importing: Importing
) -> None:
    account = account_of(organization, "Acme")
    invoice = InvoiceFactory.create(account=account, number="F-1", total_amount=Decimal(100), paid_amount=Decimal(70))
    note = CreditNoteFactory.create(account=account, total_amount=Decimal(60))
    Allocation.objects.create(credit_note=note, invoice=invoice, amount=Decimal(30), allocated_on=date(2026, 1, 9))
    importing("payments", [["account", "invoice", "paid in all"], ["Acme", "F-1", "50"]])
    assert [allocation.amount for allocation in Allocation.objects.all()] == [Decimal(50)]
    invoice.refresh_from_db()
    assert (invoice.remaining_amount, invoice.credited_amount) == (0, Decimal(50))


@pytest.mark.parametrize(
    ("row", "refused"),
    [
        (["Acme", "", "2026-01-01", "", "5", "", ""], (2, "number", "This cell is empty.")),
        (["", "1", "2026-01-01", "", "5", "", ""], (2, "company", "This row does not say which account it is about.")),
        (["Acme", "1", "2026-01-01", "", "0", "", ""], (2, "total", "The total must be more than zero.")),
        (
            ["Acme", "1", "2026-01-01", "", "-5", "", ""],
            (2, "total", "A negative total is that of a credit note. Import it with the credit notes."),
        ),
        (["Acme", "1", "2026-01-01", "", "5.123", "", ""], (2, "total", "Amounts in EUR have 2 decimals at most.")),
        (["Acme", "1", "2026-01-01", "", "5", "6", ""], (2, "tax", "The tax must lie between zero and the total.")),
        (["Acme", "1", "2026-01-01", "", "5", "", "-1"], (2, "paid", "The paid amount cannot be negative.")),
        (
            ["Acme", "1", "2026-01-01", "", "5 USD", "1 EUR", ""],
            (2, "tax", "This amount is in EUR, but the invoice in USD."),
        ),
        (
            ["Acme", "1", "2026-01-05", "2026-01-01", "5", "", ""],
            (2, "due date", "The due date lies before the issue date. Correct one of them."),
        ),
        (["Acme", "1" * 101, "2026-01-01", "", "5", "", ""], (2, "number", "This is longer than 100 characters.")),
    ],
)
def test_invoices_that_cannot_be_are_refused(
    previewing: Previewing, row: list[str], refused: tuple[int, str, str]
) -> None:
    filler = ["Other", "9", "2026-01-01", "", "1.00", "", ""]
    outcome = previewing("invoices", [["company", "number", "date", "due date", "total", "tax", "paid"], row, filler])
    assert refusals(outcome) == [refused]


@pytest.mark.parametrize(
    ("titles", "row", "refused"),
    [
        (
            ["customer code"],
            ["C-9"],
            (2, "Company name", "There is no account “C-9”, and the row does not say the company's name."),
        ),
        (
            ["company", "paid", "paid on"],
            ["Acme", "1", "2026-03-03"],
            (2, "paid on", "This day is yet to come. Record the payment when it has arrived."),
        ),
    ],
)
def test_invoices_of_nobody_or_paid_tomorrow_are_refused(
    previewing: Previewing, titles: list[str], row: list[str], refused: tuple[int, str, str]
) -> None:
    outcome = previewing("invoices", [["number", "date", "total", *titles], ["1", "2026-01-05", "5.00", *row]])
    assert refusals(outcome) == [refused]


def test_known_invoice_that_the_file_tells_otherwise_is_refused(
    organization: Organization, previewing: Previewing
) -> None:
    InvoiceFactory.create(account=account_of(organization, "Acme"), number="F-1")
    outcome = previewing("invoices", [["company", "number", "date", "total"], ["Acme", "F-1", "2026-01-05", "130"]])
    assert refusals(outcome) == [
        (2, "total", "The invoice F-1 is here already and says 120. An invoice never changes.")
    ]


def test_paid_amount_of_a_known_invoice_is_left_to_payments(organization: Organization, previewing: Previewing) -> None:
    InvoiceFactory.create(account=account_of(organization, "Acme"), number="F-1")
    table = [["company", "number", "date", "total", "paid"], ["Acme", "F-1", "2026-01-05", "120", "7"]]
    outcome = previewing("invoices", table)
    assert outcome.effects == {2: Effect.UNCHANGED}
    assert outcome.sheet.notices == ["The paid amount of 1 known invoice differs. Import payments to change it."]


def test_number_twice_in_the_file_is_refused(previewing: Previewing) -> None:
    table = [
        ["company", "number", "date", "total"],
        ["Acme", "F-1", "2026-01-05", "1"],
        ["ACME", "F-1", "2026-01-05", "2"],
    ]
    assert refusals(previewing("invoices", table)) == [(3, "number", "Row 2 is the same invoice. Keep one of them.")]


def test_payments_are_amounts_in_all_and_keep_their_history(importing: Importing) -> None:
    importing("invoices", INVOICES)
    partial = [["customer", "invoice", "paid in all"], ["Brasserie du Port", "F-1", "600"]]
    assert importing("payments", partial) == (0, 1, 0)
    assert importing("payments", PAYMENTS) == (0, 2, 0)
    invoice = Invoice.objects.get(number="F-1", account__name="Brasserie du Port")
    assert (invoice.paid_amount, invoice.settled_on) == (Decimal(1200), date(2026, 2, 20))
    steps = [(payment.previous_amount, payment.amount) for payment in invoice.payments.all()]
    assert steps == [(0, Decimal(600)), (Decimal(600), Decimal(1200))]
    assert AuditEntry.objects.filter(action="invoice.paid-amount-changed").count() == 3


def test_payment_of_a_number_that_only_one_account_has_needs_no_account(importing: Importing) -> None:
    importing("invoices", INVOICES)
    assert importing("payments", [["invoice", "paid in all"], ["F-2", "0"]]) == (0, 1, 0)
    assert Invoice.objects.get(number="F-2").settled_on is None


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_payments_lock_the_accounts_that_only_their_numbers_tell_before_the_invoices(importing: Importing) -> None:
    importing("invoices", INVOICES)
    with CaptureQueriesContext(connection) as captured:
        importing("payments", [["invoice", "paid in all"], ["F-2", "0"]])

    locks = [query["sql"] for query in captured if query["sql"].endswith("FOR UPDATE")]
    assert [sql.split(" FROM ")[1].split()[0] for sql in locks] == ['"accounts_account"', '"invoices_invoice"']


@pytest.mark.parametrize(
    ("row", "refused"),
    [
        (["", "F-1", "5", "", ""], (2, "invoice", "Several accounts have an invoice F-1. Say in the row whose it is.")),
        (["", "F-9", "5", "", ""], (2, "invoice", "There is no invoice F-9. Import invoices before payments.")),
        (["Nobody", "F-1", "5", "", ""], (2, "account", "There is no account “Nobody”.")),
        (["", "F-2", "-5", "", ""], (2, "total paid", "Enter an amount of zero or more.")),
        (["", "F-2", "5.005", "", ""], (2, "total paid", "Amounts in EUR have 2 decimals at most.")),
        (
            ["", "F-2", "5", "USD", ""],
            (2, "currency", "The invoice is in EUR. Enter what is paid of it in that currency."),
        ),
        (
            ["", "F-2", "5", "", "2026-03-03"],
            (2, "date", "This day is yet to come. Record the payment when it has arrived."),
        ),
    ],
)
def test_payments_that_cannot_be_are_refused(
    importing: Importing, previewing: Previewing, row: list[str], refused: tuple[int, str, str]
) -> None:
    importing("invoices", INVOICES)
    filler = ["Garage Neuf", "F-1", "1.00", "", ""]
    assert refusals(
        previewing("payments", [["account", "invoice", "total paid", "currency", "date"], row, filler])
    ) == [refused]


def test_one_bad_row_among_a_thousand_stores_nothing(organization: Organization, importing: Importing) -> None:
    rows = [[f"Company {n % 50}", f"F-{n}", "2026-01-05", "10.00"] for n in range(999)]
    table = [
        ["company", "number", "date", "total"],
        *rows[:700],
        ["Company 3", "F-bad", "2026-01-05", "0"],
        *rows[700:],
    ]
    with pytest.raises(InvalidSpreadsheet) as caught:
        importing("invoices", table)
    assert [(issue.row, issue.column) for issue in caught.value.issues.kept] == [(702, "total")]
    assert not Account.objects.exists()
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(
    ("table", "refused"),
    [
        ([["colour", "size"], ["red", "5"]], (None, "Invoice number", "Choose which column this is.")),
        (
            [["company", "number", "date", "total"]],
            (None, "", "There are no rows below the column titles."),
        ),
        (
            [["number", "date", "total"], ["1", "2026-01-01", "1"]],
            (None, "Company name", "Choose the column that says which account a row is about."),
        ),
    ],
)
def test_wrong_columns_are_told_before_rows(
    previewing: Previewing, table: Table, refused: tuple[int | None, str, str]
) -> None:
    outcome = previewing("invoices", table)
    assert refused in refusals(outcome)
    assert outcome.effects == {}


def test_other_organizations_are_neither_matched_nor_touched(importing: Importing) -> None:
    foreign = AccountFactory.create(name="Garage Neuf", match_key="garage neuf", vat_number="FR1")
    InvoiceFactory.create(account=foreign, number="F-1", total_amount=Decimal(50))
    SourceFactory.create(account=foreign, external_id="C-1")
    table = [
        ["company", "code client", "vat number", "number", "date", "total"],
        ["Garage Neuf", "C-1", "FR1", "F-1", "2026-01-12", "50"],
    ]
    assert importing("invoices", table) == (1, 0, 0)
    assert Account.objects.count() == 2
    assert Invoice.objects.filter(account=foreign).get().paid_amount == 0
    assert importing("payments", [["invoice", "paid in all"], ["F-1", "50"]]) == (0, 1, 0)
    assert Invoice.objects.filter(account=foreign).get().paid_amount == 0


def test_payments_of_what_another_system_governs_are_refused(
    organization: Organization, previewing: Previewing
) -> None:
    account = account_of(organization, "Acme")
    InvoiceFactory.create(account=account, number="F-1", source_system=SourceSystem.CUSTOM, source_id="S-1")
    reason = "This document belongs to a system that is connected through the API. Change it there."
    assert refusals(previewing("payments", [["invoice", "paid in all"], ["F-1", "5"]])) == [(2, "invoice", reason)]


def test_payments_make_announced_ones_come_true(organization: Organization, importing: Importing) -> None:
    invoice = InvoiceFactory.create(account=account_of(organization, "Acme"), number="F-1", total_amount=Decimal(5))
    declaration = PaymentDeclarationFactory.create(account=invoice.account, invoices=[invoice])
    importing("payments", [["invoice", "paid in all"], ["F-1", "5"]])
    declaration.refresh_from_db()
    assert declaration.resolution == DeclarationResolution.INVOICES_SETTLED


def test_credit_notes_apply_themselves_to_the_oldest_invoice(importing: Importing) -> None:
    importing("invoices", INVOICES)
    importing("payments", [["invoice", "paid in all"], ["F-2", "0"]])
    assert importing("credit-notes", CREDIT_NOTES) == (2, 0, 0)
    note = CreditNote.objects.get(account__name="Brasserie du Port")
    assert (note.total_amount, note.tax_amount, note.issued_on) == (Decimal(1250), Decimal(50), date(2026, 2, 10))
    shares = Allocation.objects.filter(credit_note=note).values_list("invoice__number", "amount")
    assert dict(shares) == {"F-1": Decimal(1200), "F-2": Decimal(50)}
    assert note.remaining_amount == 0
    assert CreditNote.objects.get(account__name="Pâtisserie Neuve").remaining_amount == Decimal(100)
    assert AuditEntry.objects.filter(action="credit-note.validated").count() == 2


def test_credit_notes_imported_twice_are_stored_once(importing: Importing) -> None:
    importing("credit-notes", CREDIT_NOTES)
    assert importing("credit-notes", CREDIT_NOTES) == (0, 0, 2)
    assert CreditNote.objects.count() == 2


@pytest.mark.parametrize(
    ("row", "refused"),
    [
        (["Acme", "A-1", "2026-01-05", "5", ""],
         (2, "total", "The credit note A-1 is here already and says 60. A credit note never changes.")),
        (["Acme", "A-2", "2026-01-05", "0", ""], (2, "total", "The total must be more than zero.")),
        (["Acme", "A-2", "2026-01-05", "USD 5", "EUR"],
         (2, "total", "This amount is in USD, but the credit note in EUR.")),
        (["Acme", "A-9", "2026-01-05", "5", ""],
         (3, "credit note", "Row 2 is the same credit note. Keep one of them.")),
    ],
)  # fmt: skip
def test_credit_notes_that_cannot_be_are_refused(
    organization: Organization, previewing: Previewing, row: list[str], refused: tuple[int, str, str]
) -> None:
    CreditNoteFactory.create(account=account_of(organization, "Acme"), number="A-1")
    titles = ["account", "credit note", "date", "total", "currency"]
    assert refusals(previewing("credit-notes", [titles, row, ["Acme", "A-9", "2026-01-05", "1", ""]])) == [refused]
