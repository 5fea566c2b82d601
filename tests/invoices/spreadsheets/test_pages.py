"""The pages: upload, check, import; templates and exports; who may do what."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from accounts.models import Account
from billabex.core import clock
from invoices.models import Invoice
from invoices.spreadsheets.enums import ImportKind
from invoices.spreadsheets.exporting import export_words
from invoices.spreadsheets.reading import read_rows
from invoices.spreadsheets.storage import keep_table, kept_table, sweep_tables
from tests.factories import InvoiceFactory
from tests.invoices.spreadsheets.files import csv_of, xlsx_of

if TYPE_CHECKING:
    from django.test import Client
    from django.test.client import _MonkeyPatchedWSGIResponse
    from pytest_django import DjangoAssertNumQueries

    from billabex.organizations.models import Organization

pytestmark = pytest.mark.django_db

UPLOAD = "/import/"
NOBODYS = "/import/invoices/0192f0c1-2d3e-7a4b-8c5d-6e7f80910a1b/"  # a token that nobody was given
TABLE = [
    ["Client", "Facture", "Date", "Total", "Interne"],
    ["Brasserie du Port", "F-1", "2026-01-05", "1200.00", "x"],
    ["Garage Neuf", "F-2", "2026-01-12", "50.00", "y"],
]

FIVE = {f"column-{place}": "-" for place in range(5)}


def upload(
    client: Client, content: bytes, kind: str = "invoices", name: str = "factures.csv"
) -> _MonkeyPatchedWSGIResponse:
    file = BytesIO(content)
    file.name = name
    return client.post(UPLOAD, {"kind": kind, "file": file})


def kept() -> list[str]:
    try:
        folders, _files = default_storage.listdir("spreadsheets")
    except FileNotFoundError:
        return []
    return [name for folder in folders for name in default_storage.listdir(f"spreadsheets/{folder}")[1]]


@pytest.mark.parametrize("content", [csv_of(TABLE), xlsx_of(TABLE)], ids=["csv", "xlsx"])
def test_file_is_checked_then_imported_then_gone(member_client: Client, content: bytes) -> None:
    address = upload(member_client, content).headers["Location"]
    page = member_client.get(address).content.decode()
    assert "Import 2 rows" in page
    assert "Brasserie du Port" in page
    assert not Invoice.objects.exists()
    done = member_client.post(address, {"action": "import"}, follow=True)
    assert done.redirect_chain == [(reverse("invoices:list"), 302)]
    assert "2 new rows imported." in done.content.decode()
    assert Invoice.objects.count() == 2
    assert kept() == []
    assert member_client.get(address).status_code == 404


def test_columns_can_be_chosen_and_stand_in_the_address(member_client: Client) -> None:
    address = upload(member_client, csv_of([["A", "B", "C", "D"], *[row[:4] for row in TABLE[1:]]])).headers["Location"]
    assert "Choose which column this is." in member_client.get(address).content.decode()
    chosen = {"column-0": "company", "column-1": "number", "column-2": "issued_on", "column-3": "total"}
    checked = member_client.post(address, {"action": "check", **chosen})
    assert checked.headers["Location"].startswith(f"{address}?column-0=company&")
    assert "Import 2 rows" in member_client.get(checked.headers["Location"]).content.decode()
    member_client.post(address, {"action": "import", **chosen})
    assert Invoice.objects.count() == 2


def test_one_thing_chosen_for_two_columns_is_refused_beside_the_second(member_client: Client) -> None:
    address = upload(member_client, csv_of(TABLE)).headers["Location"]
    response = member_client.post(address, {"action": "import", **FIVE, "column-0": "company", "column-1": "company"})
    assert response.status_code == 422
    assert response.context["form"].errors == {"column-1": ["Another column is this already. Choose one of them."]}
    assert not Account.objects.exists()


def test_rows_that_cannot_be_are_named_and_nothing_is_stored(member_client: Client) -> None:
    address = upload(member_client, csv_of([*TABLE, ["Garage Neuf", "F-3", "soon", "5.00", ""]])).headers["Location"]
    page = member_client.get(address).content.decode()
    assert "“soon” is not a date." in page
    assert "Import 2 rows" not in page
    shown = member_client.post(address, {"action": "import"}, follow=True).content.decode()
    assert "Nothing was imported" in shown
    assert "“soon” is not a date." in shown
    assert address in shown
    assert not Account.objects.exists()
    assert len(kept()) == 1


def test_file_imported_again_says_that_nothing_is_new(member_client: Client) -> None:
    for _ in range(2):
        address = upload(member_client, csv_of(TABLE)).headers["Location"]
        page = member_client.get(address).content.decode()
        done = member_client.post(address, {"action": "import"}, follow=True)
    assert "Everything in this file is here already." in page
    assert "Everything in this file was here already." in done.content.decode()
    assert Invoice.objects.count() == 2


def test_discarded_file_is_gone(member_client: Client) -> None:
    address = upload(member_client, csv_of(TABLE)).headers["Location"]
    assert member_client.post(address, {"action": "discard"}).headers["Location"] == UPLOAD
    assert kept() == []


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "This file holds no rows."),
        (b"\x89PNG\x00", "This file is neither CSV nor an Excel workbook"),
        (csv_of([["a"]] + [["1"]] * 100_001), "This file has more than 100000 rows."),
        (b"x" * (20 * 1024 * 1024 + 1), "This file is larger than 20 MB."),
    ],
    ids=["empty", "picture", "rows", "bytes"],
)
def test_unreadable_file_is_refused_beside_the_field(member_client: Client, content: bytes, sentence: str) -> None:
    response = upload(member_client, content)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert kept() == []


def test_upload_without_a_file_is_refused(member_client: Client) -> None:
    response = member_client.post(UPLOAD, {"kind": "invoices"})
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {"file"}


def test_file_of_another_organization_is_not_there(member_client: Client, outsider_client: Client) -> None:
    address = upload(member_client, csv_of(TABLE)).headers["Location"]
    assert outsider_client.get(address).status_code == 404
    assert outsider_client.post(address, {"action": "import"}).status_code == 404
    assert outsider_client.post(address, {"action": "discard"}).status_code == 404
    assert len(kept()) == 1


def test_file_waits_for_a_day(member_client: Client, organization: Organization) -> None:
    token = keep_table(organization=organization, rows=[["a"], ["b"]], file_name="x", now=clock.now())
    address = reverse("spreadsheets:preview", args=["invoices", token])
    assert member_client.get(address).status_code == 200
    with clock.stopped_at(clock.now() + timedelta(days=1, minutes=1)):
        assert member_client.get(address).status_code == 404
        sweep_tables(now=clock.now())
    assert kept() == []


def test_kept_file_lies_with_its_organization_and_only_its_owner_reads_it(organization: Organization) -> None:
    token = keep_table(organization=organization, rows=[["a"]], file_name="../../etc/passwd", now=clock.now())
    path = Path(default_storage.path(f"spreadsheets/{organization.pk}/{token}.jsonl"))
    assert path.stat().st_mode & 0o777 == 0o600
    assert kept_table(organization=organization, token=token, now=clock.now()).file_name == "passwd"


@pytest.mark.parametrize("address", [UPLOAD, NOBODYS])
def test_who_may_only_read_may_not_import(read_only_client: Client, address: str) -> None:
    assert read_only_client.post(address, {"action": "import"}).status_code == 403


@pytest.mark.parametrize("address", [UPLOAD, NOBODYS, "/import/template/invoices.csv", "/export/invoices.csv"])
def test_strangers_sign_in_first(client: Client, db: None, address: str) -> None:
    assert client.get(address).headers["Location"].startswith("/sign-in/")


def test_unknown_file_is_not_there(member_client: Client) -> None:
    assert member_client.get(NOBODYS).status_code == 404
    assert member_client.get(NOBODYS.replace("invoices", "planets")).status_code == 404
    assert member_client.get("/export/planets.csv").status_code == 404


@pytest.mark.parametrize("kind", ImportKind)
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_template_can_be_imported_as_it_is(member_client: Client, kind: ImportKind, ending: str) -> None:
    for earlier in ImportKind:
        response = member_client.get(reverse("spreadsheets:template", args=[earlier, ending]))
        content = b"".join(response.streaming_content)  # type: ignore[attr-defined]  # both kinds of answers stream
        address = upload(member_client, content, earlier).headers["Location"]
        if earlier == kind:
            break
        member_client.post(address, {"action": "import"})
    assert response.headers["Content-Disposition"] == f'attachment; filename="billabex-{kind}.{ending}"'
    assert "Import 2 rows" in member_client.get(address).content.decode()


@pytest.mark.parametrize("kind", export_words())
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_lists_can_be_had_by_readers(
    read_only_client: Client, organization: Organization, kind: str, ending: str
) -> None:
    InvoiceFactory.create(account__organization=organization)
    response = read_only_client.get(reverse("spreadsheets:export", args=[kind, ending]))
    assert response.status_code == 200
    assert f'filename="{kind}-' in response.headers["Content-Disposition"]
    assert read_rows(b"".join(response.streaming_content))  # type: ignore[attr-defined]


@pytest.mark.parametrize("length", [1, 3])
def test_preview_takes_as_many_queries_whatever_its_rows(
    member_client: Client, django_assert_num_queries: DjangoAssertNumQueries, length: int
) -> None:
    rows = [[f"Company {n}", f"F-{n}", "2026-01-05", "5.00"] for n in range(length)]
    address = upload(member_client, csv_of([TABLE[0][:4], *rows])).headers["Location"]
    with django_assert_num_queries(7):
        member_client.get(address)


@pytest.mark.parametrize(
    ("page", "kind", "imports"),
    [
        ("accounts:list", "accounts", True),
        ("invoices:list", "invoices", True),
        ("invoices:credit-notes", "credit-notes", True),
    ],
)
def test_lists_lead_to_their_spreadsheets(member_client: Client, page: str, kind: str, *, imports: bool) -> None:
    shown = member_client.get(reverse(page)).content.decode()
    assert all(reverse("spreadsheets:export", args=[kind, ending]) in shown for ending in ("csv", "xlsx"))
    assert (f"{UPLOAD}?kind={kind}" in shown) == imports


@pytest.mark.parametrize(
    ("page", "words"),
    [("accounts:list", ["accounts", "contacts"]), ("invoices:list", ["invoices", "payments"])],
)
def test_links_to_files_carry_what_the_list_asks_for(member_client: Client, page: str, words: list[str]) -> None:
    shown = member_client.get(reverse(page), {"q": "port", "page": "2"}).content.decode()
    for word in words:
        assert f'href="{reverse("spreadsheets:export", args=[word, "xlsx"])}?q=port"' in shown
