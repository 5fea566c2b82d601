"""Files of any size take a number of statements that does not follow their rows; damaged ones do nothing at all."""

from __future__ import annotations

import io
import random
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from itertools import pairwise
from threading import Barrier
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Account
from accounts.rules import match_key
from billabex.core import audit
from billabex.core.models import AuditEntry
from contacts.models import Contact
from invoices.models import CreditNote, Invoice, SpreadsheetImport
from invoices.services import allocations
from invoices.spreadsheets import directory
from invoices.spreadsheets.enums import ImportKind, ImportStatus
from invoices.spreadsheets.importing import accounts as accounts_importing
from invoices.spreadsheets.importing import arrivals, papers, tagging
from invoices.spreadsheets.reading import read_rows
from invoices.spreadsheets.services import import_spreadsheet, preview_spreadsheet
from tests.factories import AccountFactory, CreditNoteFactory, InvoiceFactory, OrganizationFactory
from tests.invoices.spreadsheets.conftest import MAUD, NOW
from tests.invoices.spreadsheets.files import csv_of, xlsx_of

if TYPE_CHECKING:
    from django.test import Client

    from billabex.organizations.models import Organization

    type Table = list[list[object]]

pytestmark = pytest.mark.django_db


def accounts(count: int) -> Table:
    rows: Table = [["name", "customer code", "vat number", "city"]]
    return rows + [[f"Company {n}", f"C-{n}", f"FR{n:09}", "Lyon"] for n in range(count)]


def contacts(count: int) -> Table:
    rows: Table = [["account", "name", "email", "primary"]]
    return rows + [[f"Company {n // 2}", f"Person {n}", f"p{n}@x.example", 1 - n % 2] for n in range(count)]


def invoices(count: int) -> Table:
    rows: Table = [["company", "number", "date", "total", "paid"]]
    return rows + [[f"Company {n // 3}", f"F-{n}", "2026-01-05", "10.00", "4.00"] for n in range(count)]


def payments(count: int) -> Table:
    rows: Table = [["account", "invoice", "paid in all"]]
    return rows + [[f"Company {n // 3}", f"F-{n}", "10.00"] for n in range(count)]


def credit_notes(count: int) -> Table:
    rows: Table = [["account", "credit note", "date", "total"]]
    return rows + [[f"Company {n // 3}", f"A-{n}", "2026-01-05", "-5.00"] for n in range(count)]


TABLES = {
    "accounts": accounts,
    "contacts": contacts,
    "invoices": invoices,
    "credit-notes": credit_notes,
    "payments": payments,
}
NEEDED = {
    "accounts": [],
    "contacts": ["accounts"],
    "invoices": [],
    "credit-notes": ["invoices"],
    "payments": ["invoices"],
}


def existing(organization: Organization, count: int) -> None:
    """Make half of the companies, each with an older invoice and a credit note."""
    for number in range(0, count, 2):
        name = f"Company {number}"
        account = AccountFactory.create(organization=organization, name=name, match_key=match_key(name))
        CreditNoteFactory.create(account=account, number="A", total_amount=Decimal(5))
        InvoiceFactory.create(account=account, number="F", total_amount=Decimal(3))


def statements(organization: Organization, kind: str, table: Table, count: int) -> tuple[int, int]:
    """Return how many statements a preview and an import take, within their own transaction."""
    rows = read_rows(csv_of(table))
    arguments = {"organization": organization, "kind": ImportKind(kind), "actor": MAUD, "now": NOW}
    with CaptureQueriesContext(
        connection,
    ) as previewed:
        preview_spreadsheet(rows=rows, **arguments)  # type: ignore[arg-type]
    with CaptureQueriesContext(connection) as imported:
        outcome = import_spreadsheet(rows=rows, file_name="f.csv", **arguments)  # type: ignore[arg-type]
    assert sum(outcome.counts.values()) == count
    return len(previewed), len(imported)


@pytest.mark.parametrize(
    ("kind", "previewed", "imported"),
    [
        ("accounts", 3, 10),
        ("contacts", 4, 10),
        ("invoices", 4, 20),
        ("payments", 4, 14),
    ],
)
def test_ten_rows_and_a_thousand_take_the_same_statements(kind: str, previewed: int, imported: int) -> None:
    for count in (10, 1_000):
        organization = OrganizationFactory.create()
        existing(organization, count)
        for needed in NEEDED[kind]:
            statements(organization, needed, TABLES[needed](count), count)
        assert statements(organization, kind, TABLES[kind](count), count) == (previewed, imported)


@pytest.mark.parametrize(("kind", "each"), [("accounts", 12), ("invoices", 17), ("credit-notes", 21)])
def test_every_batch_of_rows_takes_the_same_statements(kind: str, each: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches of a hundred stand for those of two thousand."""
    for module in (audit, accounts_importing, papers, tagging, arrivals, directory):
        monkeypatch.setattr(module, "BATCH", 100)
    monkeypatch.setattr(allocations, "_BATCH", 100)
    counts = []
    for count in (300, 600, 900):
        organization = OrganizationFactory.create()
        for needed in NEEDED[kind]:
            statements(organization, needed, TABLES[needed](count), count)
        counts.append(statements(organization, kind, TABLES[kind](count), count)[1])
    assert [later - earlier for earlier, later in pairwise(counts)] == [each] * 2


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time; nothing races")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["accounts", "invoices"])
def test_one_file_imported_four_times_at_once_is_stored_once(kind: str) -> None:
    organization, start = OrganizationFactory.create(), Barrier(4)
    rows = read_rows(csv_of(TABLES[kind](30)))

    def run(_index: int) -> bool:
        start.wait(timeout=10)
        try:
            return import_spreadsheet(
                organization=organization, rows=rows, kind=ImportKind(kind), file_name="f", actor=MAUD, now=NOW
            ).is_change
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(run, range(4))) == [False, False, False, True]
    assert Account.objects.count() == {"accounts": 30, "invoices": 10}[kind]


def mutated(content: bytes, chance: random.Random) -> bytes:
    """Damage a file: flip, drop, repeat and insert bytes; within a workbook, in one of its unpacked parts."""
    if content.startswith(b"PK") and chance.random() < 0.7:
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w") as after:
            hit = chance.choice([name for name in before.namelist() if "sheet" in name or "workbook" in name])
            for name in before.namelist():
                after.writestr(name, _damaged(before.read(name), chance) if name == hit else before.read(name))
        return out.getvalue()
    return _damaged(content, chance)


def _damaged(content: bytes, chance: random.Random) -> bytes:
    data = bytearray(content)
    for _ in range(chance.randint(1, 12)):
        at, length = chance.randrange(len(data) + 1), chance.randint(1, 40)
        match chance.randrange(5):
            case 0:
                data[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del data[at : at + length]
            case 2:
                data[at:at] = data[at : at + length] * chance.randint(1, 20)
            case 3:
                data[at:at] = chance.choice(
                    [b'"', b";", b"\n", b"=1+1", b"\x00", b"99999999999999999999", b"1e308", b"-"]
                )
            case _:
                data[at:at] = bytes(chance.randrange(256) for _ in range(length))
    return bytes(data)


def stored() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Account, Contact, Invoice, CreditNote, AuditEntry))


@pytest.mark.parametrize("seed", range(10))
def test_damaged_files_never_crash_nor_store_a_part(member_client: Client, seed: int) -> None:
    """Twenty files each go the whole way: uploaded, checked, imported. Each is refused, or all its rows are in."""
    chance = random.Random(seed)  # noqa: S311 - damage is not a secret
    begin = time.monotonic()
    for number in range(20):
        kind = chance.choice(list(TABLES))
        table = TABLES[kind](8)
        file = io.BytesIO(mutated(xlsx_of(table) if number % 5 == 0 else csv_of(table), chance))
        file.name = "damaged"
        before = stored()
        uploaded = member_client.post("/import/", {"kind": kind, "file": file})
        if uploaded.status_code == 422:
            assert stored() == before
            continue
        address = uploaded.headers["Location"]
        if number % 4 == 0:
            assert member_client.get(address).status_code == 200
        member_client.post(address, {"action": "import"})
        done = SpreadsheetImport.objects.latest("id")
        if done.status == ImportStatus.DONE:
            assert done.row_count == done.new_count + done.changed_count + done.unchanged_count
        else:
            assert (done.status, stored()) == (ImportStatus.REFUSED, before)
    assert time.monotonic() - begin < 60
