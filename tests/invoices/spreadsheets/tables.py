"""Tables as people import them, and what the tests of importing share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.rules import match_key
from tests.factories import AccountFactory

if TYPE_CHECKING:
    from accounts.models import Account
    from billabex.organizations.models import Organization
    from tests.invoices.spreadsheets.conftest import Table

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
    ["Brasserie du Port", "F-1", "1200.00", "2026-02-20"],
    ["Garage Neuf", "F-1", "50.00", "2026-02-07"],
]
CREDIT_NOTES: Table = [
    ["Client", "N° avoir", "Date de l'avoir", "Montant TTC", "TVA"],
    ["Brasserie du Port", "A-1", "10/02/2026", "-1 250,00", "-50,00"],
    ["Pâtisserie Neuve", "A-1", "31/01/2026", "100,00 €", ""],
]


def refusals(previewed: object) -> list[tuple[int | None, str, str]]:
    sheet = previewed.sheet  # type: ignore[attr-defined]
    return [(issue.row, issue.column, issue.sentence) for issue in sheet.issues.in_order()]


def account_of(organization: Organization, name: str, **fields: object) -> Account:
    return AccountFactory.create(organization=organization, name=name, match_key=match_key(name), **fields)
