"""Files of payments lower nothing unseen: single payments are not taken for sums, and what falls is agreed to."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from django.http import QueryDict
from django.urls import reverse

from billabex.core import clock
from invoices.models import Invoice, Payment
from invoices.spreadsheets.enums import ImportKind
from invoices.spreadsheets.errors import InvalidSpreadsheet
from invoices.spreadsheets.exporting import Asked, export_of
from invoices.spreadsheets.matching import match_columns
from invoices.spreadsheets.reading import read_rows
from invoices.spreadsheets.services import import_spreadsheet
from invoices.spreadsheets.storage import keep_table
from invoices.spreadsheets.writing import csv_lines
from tests.factories import InvoiceFactory, MembershipFactory, PaymentFactory
from tests.invoices.spreadsheets.conftest import MAUD, NOW
from tests.invoices.spreadsheets.files import csv_of
from tests.invoices.spreadsheets.tables import account_of, refusals

if TYPE_CHECKING:
    from django.test import Client

    from accounts.models import Account
    from billabex.organizations.models import Organization
    from tests.invoices.spreadsheets.conftest import Importing, Previewing, Table

pytestmark = pytest.mark.django_db

LOWER: Table = [["Number", "Paid in all"], ["G-1", "100"], ["G-2", "0"], ["G-3", "60"]]


@pytest.fixture
def groot(organization: Organization) -> Account:
    """Return an account on whose three invoices 5,000, 20 and 50 are paid."""
    account = account_of(organization, "Groot B.V.")
    for number, paid in (("G-1", 5000), ("G-2", 20), ("G-3", 50)):
        amounts = {"total_amount": Decimal(6000), "paid_amount": Decimal(paid)}
        invoice = InvoiceFactory.create(account=account, number=number, **amounts)
        PaymentFactory.create(invoice=invoice, amount=Decimal(paid))
    return account


def paid() -> dict[str, int]:
    return {invoice.number: int(invoice.paid_amount) for invoice in Invoice.objects.order_by("number")}


def address_of(organization: Organization, table: Table) -> str:
    """Return the page of a file of payments that waits."""
    token = keep_table(organization=organization, rows=read_rows(csv_of(table)), file_name="f.csv", now=clock.now())
    return reverse("spreadsheets:preview", args=["payments", token])


# --- What a column means ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "title",
    [
        *("Amount", "amount", "Payment", "Payment amount", "Paid", "Amount paid", "Paid amount"),
        *("Montant", "Règlement", "Payé", "Montant payé", "Montant réglé", "Acompte"),
        *("Betrag", "Zahlung", "Zahlbetrag", "bezahlt", "gezahlt"),
    ],
)
def test_title_that_may_be_of_a_single_payment_is_not_guessed(title: str) -> None:
    assert match_columns(["Number", title], ImportKind.PAYMENTS) == {"number": 0}


@pytest.mark.parametrize("title", ["Paid in all", "Total paid", "Total payé", "déjà réglé", "Bisher bezahlt"])
def test_title_that_says_in_all_is_known(title: str) -> None:
    assert match_columns(["Number", title], ImportKind.PAYMENTS) == {"number": 0, "paid_in_all": 1}


def test_column_that_is_not_guessed_is_asked_for_in_clear_words(
    member_client: Client, organization: Organization, groot: Account
) -> None:
    table = [["Number", "Amount", "Date"], ["G-1", "100", "2026-11-20"], ["G-1", "50", "2026-11-21"]]
    page = member_client.get(address_of(organization, table)).content.decode()
    meaning = "all payments of the invoice together, not one of them"
    assert f"Choose which column this is: {meaning}." in page
    assert f'<option value="paid_in_all">Paid in all ({meaning})</option>' in page
    assert 'value="import"' not in page


# --- One row for an invoice ---------------------------------------------------------------------------------


def test_two_rows_about_one_invoice_are_refused(groot: Account, previewing: Previewing) -> None:
    table = [["account", "number", "total paid"], ["", "G-1", "100"], ["Groot", "G-2", "20"], ["Groot", "G-1", "50"]]
    outcome = previewing("payments", table)
    assert refusals(outcome) == [(4, "number", "Row 2 is the same invoice. Keep one of them.")]


def test_exported_history_replays_nothing(organization: Organization, groot: Account, importing: Importing) -> None:
    invoice = groot.invoices.get(number="G-3")
    PaymentFactory.create(invoice=invoice, previous_amount=Decimal(50), amount=Decimal(70))
    member = MembershipFactory.build(organization=organization)
    found = export_of("payments", Asked(member, QueryDict(), NOW.date(), "en"))
    rows = list(csv_lines(found.titles, found.rows, "en"))
    with pytest.raises(InvalidSpreadsheet) as caught:
        importing("payments", [row.removeprefix("\ufeff").strip().split(",") for row in rows])
    assert [issue.sentence for issue in caught.value.issues.kept] == ["Row 4 is the same invoice. Keep one of them."]


# --- What falls ---------------------------------------------------------------------------------------------


def test_preview_tells_what_falls_and_what_rises_from_what_to_what(
    member_client: Client, organization: Organization, groot: Account
) -> None:
    response = member_client.get(address_of(organization, LOWER))
    assert response.context["lowered"] == [(2, "G-1", "€5,000.00", "€100.00"), (3, "G-2", "€20.00", "€0.00")]
    page = response.content.decode()
    assert "2 paid amounts fall" in page
    assert "Lower these 2 paid amounts" in page
    assert "was €50.00" in page


@pytest.mark.parametrize("agreed", [{}, {"lower-1": "on"}, {"lower-3": "on"}], ids=["nothing", "fewer", "more"])
def test_nothing_falls_without_agreement_to_what_was_shown(
    member_client: Client, organization: Organization, groot: Account, agreed: dict[str, str]
) -> None:
    response = member_client.post(address_of(organization, LOWER), {"action": "import", **agreed})
    assert response.status_code == 422
    assert "Tick this if it is right. Nothing was imported." in response.content.decode()
    assert paid() == {"G-1": 5000, "G-2": 20, "G-3": 50}


def test_what_falls_is_stored_with_agreement(member_client: Client, organization: Organization, groot: Account) -> None:
    address = address_of(organization, LOWER)
    member_client.post(address, {"action": "import", "lower-2": "on"})
    assert paid() == {"G-1": 100, "G-2": 0, "G-3": 60}
    assert Payment.objects.filter(invoice__number="G-1").latest("created_at").previous_amount == 5000


def test_what_only_rises_asks_for_nothing(member_client: Client, organization: Organization, groot: Account) -> None:
    address = address_of(organization, [LOWER[0], LOWER[3]])
    assert "lower-" not in member_client.get(address).content.decode()
    member_client.post(address, {"action": "import"})
    assert paid()["G-3"] == 60


def test_import_that_nobody_agreed_to_lowers_nothing(organization: Organization, groot: Account) -> None:
    with pytest.raises(InvalidSpreadsheet) as caught:
        import_spreadsheet(
            organization=organization, rows=read_rows(csv_of(LOWER)), kind=ImportKind.PAYMENTS, file_name="f.csv",
            actor=MAUD, now=NOW,
        )  # fmt: skip
    assert [(issue.row, issue.column) for issue in caught.value.issues.kept] == [(2, "Paid in all"), (3, "Paid in all")]
    assert paid()["G-3"] == 50


@pytest.mark.parametrize(("count", "hidden"), [(50, ""), (51, "And 1 more.")])
def test_more_than_a_person_reads_is_counted(
    member_client: Client, organization: Organization, groot: Account, count: int, hidden: str
) -> None:
    numbers = [f"H-{number}" for number in range(count)]
    for number in numbers:
        InvoiceFactory.create(account=groot, number=number, total_amount=Decimal(9), paid_amount=Decimal(5))
    table = [LOWER[0], *([number, "1"] for number in numbers)]
    page = member_client.get(address_of(organization, table)).content.decode()
    assert f"{count} paid amounts fall" in page
    assert ("more." in page) == bool(hidden)
    assert hidden in page
