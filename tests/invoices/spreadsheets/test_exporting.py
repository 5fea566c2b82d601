"""Lists as files: nothing in them is live, and what goes out comes back the same."""

from __future__ import annotations

import csv
import io
import random
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from openpyxl import load_workbook

from accounts.models import Account
from accounts.rules import match_key
from contacts.models import Contact
from invoices.models import CreditNote, Invoice, Payment
from invoices.spreadsheets.enums import ImportKind
from invoices.spreadsheets.exporting import Asked, export_of, export_words
from invoices.spreadsheets.reading import read_rows
from invoices.spreadsheets.services import import_spreadsheet
from invoices.spreadsheets.workbookfile import workbook_chunks
from invoices.spreadsheets.writing import Amount, csv_lines
from tests.factories import (
    AccountFactory,
    ContactFactory,
    CreditNoteFactory,
    InvoiceFactory,
    MembershipFactory,
    OrganizationFactory,
    PaymentFactory,
    SourceFactory,
    TagFactory,
)
from tests.invoices.spreadsheets.conftest import MAUD, NOW

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl.worksheet.worksheet import Worksheet

    from billabex.organizations.models import Organization
    from invoices.spreadsheets.writing import Written

TODAY = date(2026, 3, 2)
LIVE = ["\n=1", "=1+1", "+33 2", "-5", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://203.0.113.1")', "'=1"]
LIVE += ["＝1+1", "＋33 2", "－5", "＠SUM(A1)"]  # as Asian keyboards write them, and Excel reads them


def asked(organization: Organization, query: str = "", language: str = "en") -> Asked:
    return Asked(MembershipFactory.build(organization=organization), QueryDict(query), TODAY, language)


def file_of(word: str, organization: Organization, ending: str, language: str = "en", query: str = "") -> bytes:
    found = export_of(word, asked(organization, query, language))
    if ending == "csv":
        return "".join(csv_lines(found.titles, found.rows, language)).encode()
    return b"".join(workbook_chunks("List", found.titles, found.rows))


def sheet_of(titles: list[str], rows: list[list[Written]]) -> Worksheet:
    """Return the sheet of a workbook as another program reads it."""
    return load_workbook(io.BytesIO(b"".join(workbook_chunks("List", titles, rows)))).worksheets[0]


def test_csv_cells_are_never_live() -> None:
    content = "".join(csv_lines(["title"], [[text] for text in LIVE], "en"))
    cells = [row[0] for row in csv.reader(io.StringIO(content[1:], newline=""))][1:]
    assert cells == [f"'{text}" for text in LIVE]


def test_workbook_cells_are_text_and_never_formulas() -> None:
    cells = [row[0] for row in sheet_of(["=title"], [[text] for text in LIVE]).iter_rows()]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in cells)
    assert [cell.value for cell in cells][2] == "=1+1"


def test_workbook_dates_and_amounts_are_real() -> None:
    amounts = [Amount(Decimal("-1234.50"), "EUR"), Amount(Decimal(5), "JPY"), Amount(Decimal("1.234"), "TND")]
    row = next(sheet_of(["a", "b", "c", "d"], [[*amounts, date(2026, 1, 31)]]).iter_rows(min_row=2))
    assert [cell.value for cell in row] == [-1234.5, 5, 1.234, datetime(2026, 1, 31)]  # noqa: DTZ001 - no zones there
    assert [cell.number_format for cell in row] == ["#,##0.00", "#,##0", "#,##0.000", "yyyy-mm-dd"]


@pytest.mark.parametrize(
    ("language", "line"), [("en", "1234.50,5,0.2000,2026-01-31\r\n"), ("fr", "1234,50;5;0,2000;2026-01-31\r\n")]
)
def test_csv_is_written_as_the_language_opens_it(language: str, line: str) -> None:
    row: list[Written] = [
        Amount(Decimal("1234.5"), "EUR"),
        Amount(Decimal(5), "JPY"),
        Amount(Decimal("0.2"), "TND"),
        date(2026, 1, 31),
    ]
    assert list(csv_lines(["a"], [row], language))[1] == line


def test_control_characters_do_not_break_workbooks() -> None:
    content = b"".join(workbook_chunks("Q1: [new]/old?" * 3, ["a"], [["bell\x07 <&> ]]>\r\n\ufffeline"]]))
    assert read_rows(content)[1] == ["bell <&> ]]>\r\nline"]


def test_workbook_leaves_in_pieces_before_its_rows_are_read() -> None:
    read: list[int] = []

    def rows() -> Iterator[list[str]]:
        for number in range(1_000):
            read.append(number)
            yield [f"{number}-{random.random()}"]  # noqa: S311 - anything that does not compress

    chunks = workbook_chunks("List", ["a"], rows())
    assert next(chunks).startswith(b"PK")
    assert len(read) < 250
    assert all(len(chunk) < 60_000 for chunk in chunks)


@pytest.fixture
def full(organization: Organization) -> Organization:
    """Return an organization with everything that comes back from an export, the awkward kinds of it."""
    awkward = "=cmd|' /C calc'!A0"
    account = AccountFactory.create(
        organization=organization, name=awkward, match_key=match_key(awkward), city='Sète; "Nord"', phone="+33 2",
        registration_number="0012", postal_code="01000", country="FR", language="fr",
    )  # fmt: skip
    SourceFactory.create(account=account, external_id="00012")
    account.tags.add(*(TagFactory.create(organization=organization, name=name) for name in ("VIP", "a, b", '-"x"')))
    other = AccountFactory.create(
        organization=organization, name="Zoë Ltd", match_key=match_key("Zoë Ltd"), currency="TND"
    )
    ContactFactory.create(account=account, full_name="Élodie", email="e@x.example", notes="line\nline", is_primary=True)
    ContactFactory.create(account=account, full_name="Jean", email="", do_not_contact=True)
    ContactFactory.create(account=other, full_name="Zed", copy_only=True)
    paid = InvoiceFactory.create(
        account=account, number="F-1", total_amount=Decimal("1234.56"), paid_amount=Decimal("1234.56"),
        settled_on=date(2026, 2, 2), purchase_order="-77", billing_street="4 quai\nNantes",
    )  # fmt: skip
    PaymentFactory.create(invoice=paid, amount=Decimal("1234.56"), paid_on=date(2026, 2, 2), note="@bank")
    InvoiceFactory.create(account=other, number="F-1", currency="TND", total_amount=Decimal("120.500"), tax_amount=None)
    CreditNoteFactory.create(account=other, number="A-1", currency="USD", total_amount=Decimal(9))
    return organization


def told(organization: Organization) -> dict[str, list[Any]]:
    """Return all that exports tell of an organization, but for what the database makes up."""
    accounts = Account.objects.for_organization(organization).order_by("name")
    contacts = Contact.objects.filter(account__in=accounts).order_by("full_name")
    invoices = Invoice.objects.filter(account__in=accounts).order_by("account__name", "number")
    payments = Payment.objects.filter(invoice__in=invoices)
    return {
        "accounts": list(
            accounts.values_list(
                "name", "match_key", "street", "postal_code", "city", "country", "currency", "phone",
                "registration_number", "vat_number", "language", "source__external_id",
            )
        ),
        "tags": list(accounts.order_by("tags__name").values_list("name", "tags__name")),
        "contacts": list(
            contacts.values_list(
                "account__name", "full_name", "email", "language", "role", "notes", "is_primary", "do_not_contact",
                "copy_only",
            )
        ),
        "invoices": list(
            invoices.values_list(
                "account__name", "number", "issued_on", "due_on", "currency", "total_amount", "tax_amount",
                "paid_amount", "settled_on", "purchase_order", "billing_name", "billing_street",
            )
        ),
        "credit notes": list(
            CreditNote.objects.filter(account__in=accounts).values_list(
                "account__name", "number", "issued_on", "currency", "total_amount", "tax_amount", "billing_name",
            )
        ),
        "payments": list(payments.values_list("invoice__number", "previous_amount", "amount", "paid_on")),
    }  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_goes_out_comes_back_the_same(full: Organization, ending: str, language: str) -> None:
    copy = OrganizationFactory.create(country="US")
    for kind in ImportKind:
        rows = read_rows(file_of(kind, full, ending, language))
        for organization in (full, copy):
            outcome = import_spreadsheet(
                organization=organization, rows=rows, kind=kind, file_name="f", actor=MAUD, now=NOW
            )
            assert outcome.is_change == (organization == copy and kind != ImportKind.PAYMENTS)
    assert told(copy) == told(full)


@pytest.mark.django_db
def test_accounts_tell_their_balance_by_currency(full: Organization) -> None:
    titles, _first, second = csv.reader(io.StringIO(file_of("accounts", full, "csv").decode("utf-8-sig"), newline=""))
    row = dict(zip(titles, second, strict=True))
    assert row["Company name"] == "Zoë Ltd"
    assert (row["Outstanding"], row["Overdue"]) == ("120.5000", "120.5000")
    assert row["Outstanding in other currencies"] == "'-US$9.00" or row["Outstanding in other currencies"] == "'-$9.00"


@pytest.mark.django_db
def test_words_are_in_the_language_even_after_the_request(full: Organization) -> None:
    found = export_of("credit-notes", asked(full))
    with translation.override("fr"):
        assert next(found.rows)[-1] == "Open"
        assert translation.get_language() == "fr"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "count"), [("accounts", 4), ("contacts", 1), ("invoices", 1), ("credit-notes", 1), ("payments", 1)]
)
def test_lists_are_read_in_as_many_queries_whatever_their_length(
    organization: Organization, kind: str, count: int
) -> None:
    for length in (1, 3):
        for number in range(length):
            account = AccountFactory.create(organization=organization)
            ContactFactory.create(account=account)
            CreditNoteFactory.create(account=account)
            PaymentFactory.create(
                invoice=InvoiceFactory.create(account=account, number=f"{length}-{number}"), amount=Decimal(1)
            )
        with CaptureQueriesContext(connection) as queries:
            file_of(kind, organization, "csv")
        assert len(queries) == count


@pytest.mark.django_db
@pytest.mark.parametrize("word", ["accounts", "contacts", "invoices", "credit-notes", "payments"])
def test_lists_hold_nothing_of_others(full: Organization, word: str) -> None:
    assert len(read_rows(file_of(word, OrganizationFactory.create(), "csv"))) == 1
    assert len(read_rows(file_of(word, full, "csv"))) > 1


def column(word: str, organization: Organization, title: str, query: str) -> list[str]:
    titles, *rows = csv.reader(
        io.StringIO(file_of(word, organization, "csv", query=query).decode("utf-8-sig"), newline="")
    )
    return [row[titles.index(title)] for row in rows]


@pytest.fixture
def several(organization: Organization) -> Organization:
    """Return an organization with two accounts: Anna is overdue and owes 30, Bert is paid up."""
    anna, bert = (
        AccountFactory.create(organization=organization, name=name, match_key=name) for name in ("anna", "bert")
    )
    anna.tags.add(TagFactory.create(organization=organization, name="VIP"))
    for account, number, total, paid in ((anna, "F-1", 10, 0), (anna, "F-2", 20, 0), (bert, "F-3", 5, 5)):
        invoice = InvoiceFactory.create(account=account, number=number, total_amount=Decimal(total), paid_amount=paid)
        if paid:
            PaymentFactory.create(invoice=invoice, amount=Decimal(paid))
        CreditNoteFactory.create(account=account, number=f"A{number}", total_amount=Decimal(total))
    for account in (anna, bert):
        ContactFactory.create(account=account, full_name=f"{account.name}'s")
    return organization


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("word", "title", "query", "found"),
    [
        ("accounts", "Company name", "", ["anna", "bert"]),
        ("accounts", "Company name", "sort=-name", ["bert", "anna"]),
        ("accounts", "Company name", "overdue=1", ["anna"]),
        ("accounts", "Company name", "tag=vip", ["anna"]),
        ("accounts", "Company name", "q=ber", ["bert"]),
        ("contacts", "Full name", "q=ber", ["bert's"]),
        ("contacts", "Full name", "state=nonsense&page=7", ["anna's", "bert's"]),
        ("invoices", "Invoice number", "sort=total", ["F-3", "F-1", "F-2"]),
        ("invoices", "Invoice number", "status=overdue&sort=-number", ["F-2", "F-1"]),
        ("invoices", "Invoice number", "q=bert", ["F-3"]),
        ("credit-notes", "Credit note number", "q=f-2", ["AF-2"]),
        ("credit-notes", "Credit note number", "sort=-total", ["AF-2", "AF-1", "AF-3"]),
        ("payments", "Invoice number", "status=paid", ["F-3"]),
        ("payments", "Invoice number", "status=overdue", []),
    ],
)
def test_lists_go_out_as_their_address_narrows_and_sorts_them(
    several: Organization, word: str, title: str, query: str, found: list[str]
) -> None:
    assert column(word, several, title, query) == found


@pytest.mark.django_db
def test_every_list_has_its_word() -> None:
    assert {"accounts", "contacts", "invoices", "credit-notes", "payments"} <= set(export_words())
