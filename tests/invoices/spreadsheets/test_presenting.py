"""What a preview shows: amounts in their currency, and which accounts a file creates or means."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from invoices.spreadsheets.presenting import preview_rows
from tests.factories import InvoiceFactory
from tests.invoices.spreadsheets.tables import account_of

if TYPE_CHECKING:
    from billabex.organizations.models import Organization
    from invoices.spreadsheets.services import Outcome
    from tests.invoices.spreadsheets.conftest import Previewing, Table

pytestmark = pytest.mark.django_db


def column(outcome: Outcome, place: int, language: str = "en") -> list[str]:
    return [row.cells[place].text for row in preview_rows(outcome, language=language)["rows"]]


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", ["¥100,000", "€1,234.56", "TND\u00a05.500", "€200.00", "5.1234\u00a0EUR"]),
        ("fr", ["100\u00a0000\u00a0JPY", "1\u00a0234,56\u00a0€", "5,500\u00a0TND", "200,00\u00a0€", "5,1234\u00a0EUR"]),
    ],
)
def test_amounts_of_a_column_are_all_in_their_currency(previewing: Previewing, language: str, shown: list[str]) -> None:
    amounts = [("100000", "JPY"), ("€1,234.56", ""), ("5.5", "TND"), ("200", ""), ("5.1234", "")]
    rows = [[f"Company {number}", "F-1", "2026-01-05", *cells] for number, cells in enumerate(amounts)]
    table = [["company", "number", "date", "total", "currency"], *rows]
    assert column(previewing("invoices", table), 4, language) == shown


def test_amount_without_a_currency_is_in_that_of_the_invoice_or_account(
    organization: Organization, previewing: Previewing
) -> None:
    account = account_of(organization, "Acme", currency="JPY")
    InvoiceFactory.create(account=account, number="F-1", currency="USD", total_amount=Decimal(9))
    table = [
        ["company", "number", "date", "total"],
        ["Acme", "F-1", "2026-01-05", "9"],
        ["Acme", "2", "2026-01-05", "9"],
    ]
    assert column(previewing("invoices", table), 3) == ["$9.00", "¥9"]
    paid = [["number", "paid in all"], ["F-1", "5"], ["nobody's", "7"]]
    assert column(previewing("payments", paid), 1) == ["$5.00", "€7.00"]


NAMES: Table = [
    ["company", "vat number", "number", "date", "total"],
    ["New Garage", "", "1", "2026-01-05", "5"],
    ["GROOT bv", "", "2", "2026-01-05", "5"],
    ["acme", "", "3", "2026-01-05", "5"],
    ["Old name", "NL1", "4", "2026-01-05", "5"],
    *(["NEW  garage", "", f"5{number}", "2026-01-05", "5"] for number in range(3)),
]


@pytest.mark.parametrize("kind", ["invoices", "credit-notes"])
def test_preview_tells_new_accounts_and_known_ones_under_another_name(
    organization: Organization, previewing: Previewing, kind: str
) -> None:
    for name in ("Groot B.V.", "Acme"):
        account_of(organization, name)
    account_of(organization, "Renamed", vat_number="NL1")
    number = "number" if kind == "invoices" else "credit note"
    facts = preview_rows(previewing(kind, [[*NAMES[0][:2], number, *NAMES[0][3:]], *NAMES[1:]]), language="en")
    assert facts["namings"] == [
        ("GROOT bv", "Groot B.V.", "3"),
        ("Old name", "Renamed", "5"),
        ("New Garage", "", "2, 6, 7…"),
    ]
    assert facts["hidden_namings"] == 0


def test_more_names_than_a_person_reads_are_counted(previewing: Previewing) -> None:
    rows = [[f"Company {number:02}", f"{number}", "2026-01-05", "5"] for number in range(52)]
    facts = preview_rows(previewing("invoices", [["company", "number", "date", "total"], *rows]), language="en")
    assert (len(facts["namings"]), facts["hidden_namings"]) == (50, 2)
