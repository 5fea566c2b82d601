"""What rows become: accounts, contacts, invoices and paid amounts; once, and nothing the second time."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from accounts.enums import FollowUpOwner, PauseReason, SourceSystem
from accounts.models import Account, Source
from accounts.rules import match_key
from billabex.core.events import account_changed
from billabex.core.models import AuditEntry
from contacts.enums import EmailStatus
from contacts.models import Contact
from invoices.enums import DeclarationResolution
from invoices.models import Allocation, CreditNote, Invoice, Payment
from invoices.spreadsheets.enums import Effect
from invoices.spreadsheets.errors import InvalidSpreadsheet
from tests.factories import (
    AccountFactory,
    ContactFactory,
    CreditNoteFactory,
    InvoiceFactory,
    PauseFactory,
    PaymentDeclarationFactory,
    SourceFactory,
    TagFactory,
)

if TYPE_CHECKING:
    from uuid import UUID

    from pytest_django import DjangoCaptureOnCommitCallbacks

    from billabex.organizations.models import Organization
    from tests.invoices.spreadsheets.conftest import Importing, Previewing, Table

pytestmark = pytest.mark.django_db

ACCOUNTS: Table = [
    [
        "Company name",
        "Customer code",
        "Registration number",
        "VAT number",
        "City",
        "Country",
        "Currency",
        "Phone",
        "Language",
    ],
    ["Brasserie du Port SAS", "C-1", "552 100 554", "", "Nantes", "France", "", "'+33 2 40", "French"],
    ["Müller GmbH", "C-2", "", "DE 136 695 976", "Berlin", "DE", "USD", "", ""],
]
CONTACTS: Table = [
    ["Customer", "Name", "Email", "Language", "Role", "Primary contact"],
    ["Brasserie du Port", "Jeanne Martin", "jeanne@brasserie.example", "fr", "Comptable", ""],
    ["Brasserie du Port", "", "info@brasserie.example", "", "", ""],
]
INVOICES: Table = [
    ["Client", "N° facture", "Date", "Échéance", "Montant TTC", "TVA", "Payé"],
    ["Brasserie du Port", "F-1", "05/01/2026", "04/02/2026", "1 200,00", "200,00", ""],
    ["BRASSERIE DU PORT", "F-2", "31/01/2026", "", "€ 100,00", "", "100,00"],
    ["Garage Neuf", "F-1", "12/01/2026", "11/02/2026", "50,00", "", "20,00"],
]
PAYMENTS: Table = [
    ["Customer", "Invoice", "Paid in all", "Date"],
    ["Brasserie du Port", "F-1", "600.00", "2026-02-06"],
    ["Brasserie du Port", "F-1", "1200.00", "2026-02-20"],
    ["Garage Neuf", "F-1", "50.00", "2026-02-07"],
]


def refusals(previewed: object) -> list[tuple[int | None, str, str]]:
    sheet = previewed.sheet  # type: ignore[attr-defined]
    return [(issue.row, issue.column, issue.sentence) for issue in sheet.issues.in_order()]


def account_of(organization: Organization, name: str, **fields: object) -> Account:
    return AccountFactory.create(organization=organization, name=name, match_key=match_key(name), **fields)


def test_accounts_are_created_as_by_hand(organization: Organization, importing: Importing) -> None:
    organization.entrusts_new_accounts = False
    organization.save()
    assert importing("accounts", ACCOUNTS) == (2, 0, 0)
    first, second = Account.objects.order_by("created_at", "id")
    assert (first.name, first.match_key) == ("Brasserie du Port SAS", "brasserie du port")
    assert (first.registration_number, first.country, first.currency) == ("552100554", "FR", "EUR")
    assert (first.phone, first.language, first.follow_up_owner) == ("+33 2 40", "fr", FollowUpOwner.IN_HOUSE)
    assert (second.vat_number, second.currency, second.source.external_id) == ("DE136695976", "USD", "C-2")


@pytest.mark.parametrize("kind", ["accounts", "contacts", "invoices", "payments"])
def test_the_same_file_again_changes_nothing(importing: Importing, kind: str) -> None:
    tables = {"accounts": ACCOUNTS, "contacts": CONTACTS, "invoices": INVOICES, "payments": PAYMENTS}
    for earlier, table in tables.items():
        importing(earlier, table)
        if earlier == kind:
            break
    before = (AuditEntry.objects.count(), Payment.objects.count(), *Account.objects.values_list("updated_at"))
    assert importing(kind, tables[kind]) == (0, 0, len(tables[kind]) - 1)
    assert before == (AuditEntry.objects.count(), Payment.objects.count(), *Account.objects.values_list("updated_at"))


def test_accounts_are_matched_by_code_then_numbers_then_name(organization: Organization, importing: Importing) -> None:
    by_code = SourceFactory.create(account__organization=organization, external_id="C-7").account
    by_vat = account_of(organization, "Old name", vat_number="FR12")
    by_name = account_of(organization, "Café Zoë")
    table = [
        ["name", "customer code", "vat number", "city"],
        ["Renamed", "C-7", "", "Lyon"],
        ["New name", "", "fr 12", "Lille"],
        ["CAFE ZOE", "", "", "Metz"],
    ]
    assert importing("accounts", table) == (0, 3, 0)
    cities = {account.pk: (account.name, account.city) for account in Account.objects.all()}
    assert cities == {
        by_code.pk: ("Renamed", "Lyon"),
        by_vat.pk: ("New name", "Lille"),
        by_name.pk: ("CAFE ZOE", "Metz"),
    }


def test_same_name_with_another_code_is_another_company(organization: Organization, importing: Importing) -> None:
    first = account_of(organization, "Dupont")
    SourceFactory.create(account=first, external_id="C-1")
    assert importing("accounts", [["name", "customer code"], ["Dupont", "C-2"]]) == (1, 0, 0)
    assert sorted(Source.objects.values_list("external_id", flat=True)) == ["C-1", "C-2"]


def test_code_is_linked_to_an_account_that_has_none(organization: Organization, importing: Importing) -> None:
    account = account_of(organization, "Dupont")
    assert importing("accounts", [["name", "customer code"], ["Dupont", "C-2"]]) == (0, 1, 0)
    assert Source.objects.get(account=account).external_id == "C-2"


def test_blank_cells_take_nothing_away(organization: Organization, importing: Importing) -> None:
    account = account_of(organization, "Dupont", city="Lyon", phone="1")
    assert importing("accounts", [["name", "city", "phone"], ["Dupont", "", "2"]]) == (0, 1, 0)
    account.refresh_from_db()
    assert (account.city, account.phone) == ("Lyon", "2")
    entry = AuditEntry.objects.get(action="account.updated")
    assert (entry.actor_label, entry.changes) == ("Maud Petit", {"phone": {"from": "1", "to": "2"}})


def test_currency_of_an_account_with_documents_is_refused(organization: Organization, previewing: Previewing) -> None:
    InvoiceFactory.create(account=account_of(organization, "Dupont"))
    outcome = previewing("accounts", [["name", "currency"], ["Dupont", "USD"]])
    assert refusals(outcome) == [(2, "currency", "The currency can only be changed while the account has no document.")]


def test_two_rows_about_one_account_are_refused(previewing: Previewing) -> None:
    outcome = previewing("accounts", [["name", "city"], ["Dupont", "Lyon"], [], ["DUPONT SARL", "Nice"]])
    assert refusals(outcome) == [(4, "name", "Row 2 is about the same account. Keep one of them.")]


def test_new_name_near_a_known_one_is_a_question(organization: Organization, previewing: Previewing) -> None:
    account_of(organization, "Dupont Industries")
    outcome = previewing(
        "invoices", [["company", "number", "date", "total"], ["Dupond Industries", "1", "2026-01-01", "5"]]
    )
    assert "“Dupond Industries” becomes a new account, but is nearly “Dupont Industries”." in outcome.sheet.notices[1]


def test_contacts_are_added_the_first_as_primary(organization: Organization, importing: Importing) -> None:
    account = account_of(organization, "Brasserie du Port", language="de")
    assert importing("contacts", CONTACTS) == (2, 0, 0)
    jeanne, info = Contact.objects.order_by("created_at", "id")
    assert (jeanne.full_name, jeanne.language, jeanne.role, jeanne.is_primary) == (
        "Jeanne Martin",
        "fr",
        "Comptable",
        True,
    )
    assert (info.full_name, info.language, info.is_primary) == ("info", "de", False)
    assert (
        list(AuditEntry.objects.filter(account_id=account.pk).values_list("action", flat=True)) == ["contact.added"] * 2
    )


def test_contacts_are_matched_by_email_then_name(organization: Organization, importing: Importing) -> None:
    account = account_of(organization, "Acme")
    by_email = ContactFactory.create(account=account, full_name="J. Doe", email="Jane@acme.example")
    by_name = ContactFactory.create(
        account=account, full_name="Élodie Blanc", email="old@acme.example", email_status=EmailStatus.BOUNCED
    )
    table = [
        ["account", "name", "email"],
        ["Acme", "elodie blanc", "new@acme.example"],
        ["Acme", "Jane Doe", "jane@acme.example"],
    ]
    assert importing("contacts", table) == (0, 2, 0)
    by_email.refresh_from_db()
    by_name.refresh_from_db()
    assert (by_email.full_name, by_email.email) == ("Jane Doe", "Jane@acme.example")
    assert (by_name.email, by_name.email_status) == ("new@acme.example", EmailStatus.VALID)


def test_two_contacts_of_one_name_are_told_apart_by_email(organization: Organization, previewing: Previewing) -> None:
    account = account_of(organization, "Acme")
    ContactFactory.create(account=account, full_name="Jane Doe", email="jane@acme.example")
    ContactFactory.create(account=account, full_name="Jane Doe", email="")
    table = [["account", "name", "email"], ["Acme", "Jane Doe", "jane@acme.example"], ["Acme", "Jane Doe", ""]]
    assert previewing("contacts", table).effects == {2: Effect.UNCHANGED, 3: Effect.UNCHANGED}
    again = previewing("contacts", [*table, ["Acme", "jane  doé", ""]])
    assert refusals(again) == [(4, "name", "Row 3 is about the same contact. Keep one of them.")]


def test_new_primary_contact_takes_the_flag(organization: Organization, importing: Importing) -> None:
    account = account_of(organization, "Acme")
    former = ContactFactory.create(account=account, is_primary=True)
    assert importing(
        "contacts", [["account", "name", "email", "primary"], ["Acme", "New", "new@acme.example", "x"]]
    ) == (1, 0, 0)
    former.refresh_from_db()
    assert not former.is_primary
    assert Contact.objects.get(is_primary=True).full_name == "New"


@pytest.mark.parametrize(
    ("rows", "refused"),
    [
        (
            [["Nobody", "A", "a@b.example", ""]],
            (2, "account", "There is no account “Nobody”. Add it, or import it first."),
        ),
        ([["", "A", "a@b.example", ""]], (2, "account", "This row does not say which account it is about.")),
        ([["Acme", "", "", ""]], (2, "name", "Enter a name or an email address.")),
        ([["Acme", "A", "nonsense", ""]], (2, "email", "“nonsense” is not an email address.")),
        (
            [["Acme", "A", "a@b.example", ""], ["Acme", "B", "A@b.example", ""]],
            (3, "email", "Row 2 is about the same contact. Keep one of them."),
        ),
        (
            [["Acme", "A", "a@b.example", "1"], ["Acme", "B", "b@b.example", "1"]],
            (3, "primary", "Row 2 names another primary contact of this account. It has only one."),
        ),
    ],
)
def test_contacts_that_cannot_be_are_refused(
    organization: Organization, previewing: Previewing, rows: list[list[str]], refused: tuple[int, str, str]
) -> None:
    account_of(organization, "Acme")
    assert refusals(previewing("contacts", [["account", "name", "email", "primary"], *rows])) == [refused]


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
    importing("payments", [["account", "invoice", "paid"], ["Acme", "F-1", "50"]])
    assert [allocation.amount for allocation in Allocation.objects.all()] == [Decimal(50)]
    invoice.refresh_from_db()
    assert (invoice.remaining_amount, invoice.credited_amount) == (0, Decimal(50))


@pytest.mark.parametrize(
    ("row", "refused"),
    [
        (["Acme", "", "2026-01-01", "", "5", "", ""], (2, "number", "This cell is empty.")),
        (["", "1", "2026-01-01", "", "5", "", ""], (2, "company", "This row does not say which account it is about.")),
        (["Acme", "1", "2026-01-01", "", "-5", "", ""], (2, "total", "The total must be more than zero.")),
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
    assert importing("payments", PAYMENTS) == (0, 3, 0)
    invoice = Invoice.objects.get(number="F-1", account__name="Brasserie du Port")
    assert (invoice.paid_amount, invoice.settled_on) == (Decimal(1200), date(2026, 2, 20))
    steps = [(payment.previous_amount, payment.amount) for payment in invoice.payments.all()]
    assert steps == [(0, Decimal(600)), (Decimal(600), Decimal(1200))]
    assert AuditEntry.objects.filter(action="invoice.paid-amount-changed").count() == 3


def test_payment_of_a_number_that_only_one_account_has_needs_no_account(importing: Importing) -> None:
    importing("invoices", INVOICES)
    assert importing("payments", [["invoice", "paid"], ["F-2", "0"]]) == (0, 1, 0)
    assert Invoice.objects.get(number="F-2").settled_on is None


@pytest.mark.parametrize(
    ("row", "refused"),
    [
        (["", "F-1", "5", "", ""], (2, "invoice", "Several accounts have an invoice F-1. Say in the row whose it is.")),
        (["", "F-9", "5", "", ""], (2, "invoice", "There is no invoice F-9. Import invoices before payments.")),
        (["Nobody", "F-1", "5", "", ""], (2, "account", "There is no account “Nobody”.")),
        (["", "F-2", "-5", "", ""], (2, "paid", "Enter an amount of zero or more.")),
        (["", "F-2", "5.005", "", ""], (2, "paid", "Amounts in EUR have 2 decimals at most.")),
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
    filler = ["", "F-2", "1.00", "", ""]
    assert refusals(previewing("payments", [["account", "invoice", "paid", "currency", "date"], row, filler])) == [
        refused
    ]


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
    assert importing("payments", [["invoice", "paid"], ["F-1", "50"]]) == (0, 1, 0)
    assert Invoice.objects.filter(account=foreign).get().paid_amount == 0


def test_payments_of_what_another_system_governs_are_refused(
    organization: Organization, previewing: Previewing
) -> None:
    account = account_of(organization, "Acme")
    InvoiceFactory.create(account=account, number="F-1", source_system=SourceSystem.CUSTOM, source_id="S-1")
    reason = "This document belongs to a system that is connected through the API. Change it there."
    assert refusals(previewing("payments", [["invoice", "paid"], ["F-1", "5"]])) == [(2, "invoice", reason)]


def test_payments_make_announced_ones_come_true(organization: Organization, importing: Importing) -> None:
    invoice = InvoiceFactory.create(account=account_of(organization, "Acme"), number="F-1", total_amount=Decimal(5))
    declaration = PaymentDeclarationFactory.create(account=invoice.account, invoices=[invoice])
    importing("payments", [["invoice", "paid"], ["F-1", "5"]])
    declaration.refresh_from_db()
    assert declaration.resolution == DeclarationResolution.INVOICES_SETTLED


CREDIT_NOTES: Table = [
    ["Client", "N° avoir", "Date de l'avoir", "Montant TTC", "TVA"],
    ["Brasserie du Port", "A-1", "10/02/2026", "-1 250,00", "-50,00"],
    ["Pâtisserie Neuve", "A-1", "31/01/2026", "100,00 €", ""],
]


def test_credit_notes_apply_themselves_to_the_oldest_invoice(importing: Importing) -> None:
    importing("invoices", INVOICES)
    importing("payments", [["invoice", "paid"], ["F-2", "0"]])
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


def tags_by_account() -> dict[str, list[str]]:
    return {account.name: [tag.name for tag in account.tags.all()] for account in Account.objects.all()}


def test_tags_are_put_on_and_none_is_taken_away(organization: Organization, importing: Importing) -> None:
    account = account_of(organization, "Acme")
    account.tags.add(TagFactory.create(organization=organization, name="North"))
    TagFactory.create(name="VIP")
    table = [["name", "tags"], ["Acme", 'vip, NORTH, "Lyon, Rhône"'], ["Bert", "Vip"], ["Carl", ""]]
    assert importing("accounts", table) == (2, 1, 0)
    assert tags_by_account() == {"Acme": ["Lyon, Rhône", "North", "vip"], "Bert": ["vip"], "Carl": []}
    added = AuditEntry.objects.filter(action="account.tag-added", account_id=account.pk)
    assert sorted(entry.changes["tag"] for entry in added) == ["Lyon, Rhône", "vip"]
    assert importing("accounts", table) == (0, 0, 3)


def test_tag_of_another_accounts_file_is_used_again(organization: Organization, importing: Importing) -> None:
    tag = TagFactory.create(organization=organization, name="VIP")
    importing("accounts", [["name", "tags"], ["Acme", "vip"]])
    assert list(Account.objects.get().tags.all()) == [tag]


def test_tag_that_is_too_long_is_refused(previewing: Previewing) -> None:
    outcome = previewing("accounts", [["name", "tags"], ["Acme", f"VIP, {'x' * 41}"]])
    assert refusals(outcome) == [(2, "tags", "A tag has 40 characters at most.")]
