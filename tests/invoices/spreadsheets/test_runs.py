"""Imports as rows that people watch: started once, carried out once, swept when their worker died."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import BytesIO
from threading import Barrier
from typing import TYPE_CHECKING

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.urls import reverse

from billabex.core import clock
from invoices import jobs
from invoices.models import Invoice, SpreadsheetImport
from invoices.spreadsheets import progress, runs, services, views
from invoices.spreadsheets.enums import ImportKind, ImportStatus
from invoices.spreadsheets.errors import ImportTakenOver
from invoices.spreadsheets.importing import invoices as importing_invoices
from invoices.spreadsheets.progress import Phase, Progress, progress_of, teller
from invoices.spreadsheets.runs import run_import, start_import, sweep_imports
from invoices.spreadsheets.storage import drop_table, keep_table, kept_table
from tests.factories import MembershipFactory, SpreadsheetImportFactory
from tests.invoices.spreadsheets.files import csv_of

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from billabex.organizations.models import Membership, Organization
    from invoices.spreadsheets.cells import Row

pytestmark = pytest.mark.django_db

LATER = timedelta(minutes=6)


def rows_of(count: int, *, total: str = "10.00") -> list[Row]:
    rows: list[Row] = [["company", "number", "date", "total"]]
    rows += [["Acme", f"F-{n}", "2026-01-05", total] for n in range(count)]
    return rows


def started(member: Membership, rows: list[Row]) -> SpreadsheetImport:
    """Return an import of invoices that waits for a worker."""
    token = keep_table(organization=member.organization, rows=rows, file_name="f.csv", now=clock.now())
    table = kept_table(organization=member.organization, token=token, now=clock.now())
    return start_import(member=member, table=table, kind=ImportKind.INVOICES, chosen=None)


def again(row: SpreadsheetImport) -> SpreadsheetImport:
    row.refresh_from_db()
    return row


def test_import_is_carried_out_and_its_table_thrown_away(member: Membership) -> None:
    row = started(member, [*rows_of(3), [], ["Acme", "F-9", "2026-01-05", "1"]])
    assert (row.status, row.row_count, row.started_by) == (ImportStatus.WAITING, 4, member.actor.label)
    jobs.run_import(str(row.pk))
    row = again(row)
    assert (row.status, row.new_count, row.attempts) == (ImportStatus.DONE, 4, 1)
    assert row.finished_at is not None
    assert not default_storage.exists(f"spreadsheets/{member.organization.pk}/{row.table}.jsonl")
    assert progress_of(row.pk) is None


def test_import_done_once_is_not_done_again(member: Membership) -> None:
    row = started(member, rows_of(2))
    for _ in range(2):
        jobs.run_import(str(row.pk))
    assert (again(row).attempts, Invoice.objects.count()) == (1, 2)


def test_second_click_starts_nothing(member: Membership) -> None:
    row = started(member, rows_of(2))
    table = kept_table(organization=member.organization, token=row.table, now=clock.now())
    assert start_import(member=member, table=table, kind=ImportKind.INVOICES, chosen=None) == row
    assert SpreadsheetImport.objects.count() == 1


def test_refused_import_says_why_and_keeps_its_table_for_another_try(member: Membership) -> None:
    row = started(member, rows_of(300, total="0"))
    jobs.run_import(str(row.pk))
    row = again(row)
    assert (row.status, row.issue_count, len(row.issues)) == (ImportStatus.REFUSED, 300, 200)
    assert row.issues[0] == {"row": 2, "column": "total", "sentence": "The total must be more than zero."}
    assert not Invoice.objects.exists()
    table = kept_table(organization=member.organization, token=row.table, now=clock.now())
    assert start_import(member=member, table=table, kind=ImportKind.INVOICES, chosen=None) != row


def test_issues_are_in_the_language_of_whoever_started(organization: Organization) -> None:
    row = started(MembershipFactory.create(organization=organization, user__language="fr"), rows_of(1, total="x"))
    jobs.run_import(str(row.pk))
    assert "montant" in again(row).issues[0]["sentence"]


def test_import_whose_table_is_gone_is_refused(member: Membership) -> None:
    row = started(member, rows_of(1))
    drop_table(organization=member.organization, token=row.table)
    jobs.run_import(str(row.pk))
    assert again(row).issues[0]["sentence"] == "This file is no longer here. Upload it again."


def test_unforeseen_failure_stores_nothing_and_is_told(member: Membership, caplog: pytest.LogCaptureFixture) -> None:
    row = started(member, rows_of(2))
    path = default_storage.path(f"spreadsheets/{member.organization.pk}/{row.table}.jsonl")
    with open(path, "ab") as file:  # noqa: PTH123 - a line that is no row, as after a full disk
        file.write(b"\n[")
    jobs.run_import(str(row.pk))
    assert again(row).status == ImportStatus.FAILED
    assert f"Spreadsheet import {row.pk} failed" in caplog.text
    assert not Invoice.objects.exists()


def test_progress_is_told_phase_by_phase(member: Membership) -> None:
    row = started(member, rows_of(2_500))
    told: list[tuple[Phase, int | None]] = []
    table = kept_table(organization=member.organization, token=row.table, now=clock.now())
    services.import_spreadsheet(
        organization=member.organization, rows=table.rows, kind=ImportKind.INVOICES, file_name="f",
        actor=member.actor, now=clock.now(), watch=lambda progress: told.append((progress.phase, progress.done)),
    )  # fmt: skip
    assert told == [
        (Phase.READING, 0),
        (Phase.READING, 1_000),
        (Phase.READING, 2_000),
        (Phase.COMPARING, None),
        (Phase.STORING, 2_000),
        (Phase.STORING, 2_500),
    ]


# --- Workers that die ---------------------------------------------------------------------------------------


def taken(member: Membership, rows: list[Row], *, attempts: int = 1) -> SpreadsheetImport:
    """Return an import whose worker took it up now, and was never heard of again."""
    row = started(member, rows)
    SpreadsheetImport.objects.filter(pk=row.pk).update(
        status=ImportStatus.RUNNING, claimed_at=clock.now(), attempts=attempts
    )
    return again(row)


def test_import_of_a_dead_worker_is_done_by_the_next(member: Membership) -> None:
    row = taken(member, rows_of(2))
    jobs.sweep()
    assert again(row).status == ImportStatus.RUNNING
    with clock.stopped_at(clock.now() + LATER):
        jobs.sweep()
    assert (again(row).status, row.attempts, Invoice.objects.count()) == (ImportStatus.DONE, 2, 2)


def test_import_that_is_heard_of_is_left_alone(member: Membership) -> None:
    row = taken(member, rows_of(2))
    teller(row.pk)(Progress(Phase.STORING, 1))
    assert sweep_imports(now=clock.now() + LATER) == []
    assert again(row).status == ImportStatus.RUNNING


def test_import_that_killed_its_workers_is_given_up(member: Membership) -> None:
    row = taken(member, rows_of(2), attempts=runs.MAX_ATTEMPTS)
    assert sweep_imports(now=clock.now() + LATER) == []
    assert again(row).status == ImportStatus.FAILED


def test_import_that_no_worker_heard_of_is_queued_again(member: Membership) -> None:
    row = started(member, rows_of(2))
    jobs.sweep()
    assert again(row).status == ImportStatus.DONE


def test_worker_thought_dead_stores_nothing(member: Membership, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sweeper frees the import while its slow worker still works: what that one stored goes away again.

    Here with what the sweeper did, as both work in one transaction; the sweeper comes once more.
    """
    row = started(member, rows_of(2))
    store = importing_invoices.InvoiceImporter.store

    def slowly(importer: importing_invoices.InvoiceImporter, batch: object) -> object:
        progress.forget(row.pk)
        assert sweep_imports(now=clock.now() + LATER) == [row.pk]
        return store(importer, batch)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(importing_invoices.InvoiceImporter, "store", slowly)
        run_import(import_id=row.pk, now=clock.now())
    assert (again(row).status, Invoice.objects.count()) == (ImportStatus.RUNNING, 0)
    with clock.stopped_at(clock.now() + LATER):
        jobs.sweep()
    assert (again(row).status, Invoice.objects.count()) == (ImportStatus.DONE, 2)


def test_settling_what_another_took_up_is_refused(member: Membership) -> None:
    row = taken(member, rows_of(1))
    SpreadsheetImport.objects.filter(pk=row.pk).update(attempts=2)
    with pytest.raises(ImportTakenOver):
        runs._settle(row, ImportStatus.FAILED)
    assert again(row).status == ImportStatus.RUNNING


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time; nothing races")
@pytest.mark.django_db(transaction=True)
def test_four_workers_import_one_file_once() -> None:
    row, start = started(MembershipFactory.create(), rows_of(30)), Barrier(4)

    def run(_index: int) -> None:
        start.wait(timeout=10)
        try:
            jobs.run_import(str(row.pk))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(run, range(4)))
    assert (again(row).status, row.attempts, Invoice.objects.count()) == (ImportStatus.DONE, 1, 30)


# --- Its page -----------------------------------------------------------------------------------------------


def page(client: Client, row: SpreadsheetImport, *, is_fragment: bool = False) -> str:
    headers = {"HX-Request": "true"} if is_fragment else {}
    return client.get(row.get_absolute_url(), headers=headers).content.decode()


@pytest.mark.parametrize("is_fragment", [True, False])
def test_running_import_shows_how_far_it_is_and_asks_again(
    member_client: Client, organization: Organization, *, is_fragment: bool
) -> None:
    row = SpreadsheetImportFactory.create(organization=organization, status=ImportStatus.RUNNING, row_count=20_000)
    teller(row.pk)(Progress(Phase.STORING, 4_000))
    shown = page(member_client, row, is_fragment=is_fragment)
    assert "4,000 of 20,000 rows" in shown
    assert 'hx-trigger="every 2s"' in shown
    assert f'<noscript><a href="{row.get_absolute_url()}">' in shown
    assert ("<html" in shown) == (not is_fragment)


@pytest.mark.parametrize("status", ImportStatus)
def test_every_status_has_its_page(member_client: Client, organization: Organization, status: ImportStatus) -> None:
    row = SpreadsheetImportFactory.create(organization=organization, status=status, new_count=2)
    shown = page(member_client, row)
    sentences = {"waiting": "Waiting", "running": "Running", "done": "2 new rows imported.",
                 "refused": "Nothing was imported", "failed": "Something went wrong on our side"}  # fmt: skip
    assert sentences[status] in shown
    assert ('hx-trigger="every' in shown) == (not row.is_finished)


def test_import_of_others_is_not_there(outsider_client: Client, organization: Organization) -> None:
    row = SpreadsheetImportFactory.create(organization=organization)
    assert outsider_client.get(row.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_latest_imports_stand_where_files_are_uploaded(
    member_client: Client, organization: Organization, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    SpreadsheetImportFactory.create_batch(count, organization=organization, file_name="clients.csv")
    SpreadsheetImportFactory.create(file_name="theirs.csv")
    with django_assert_num_queries(5):
        shown = member_client.get("/import/").content.decode()
    assert shown.count(">clients.csv<") == count
    assert "theirs.csv" not in shown


def test_large_file_is_left_to_a_worker(member_client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "AT_ONCE", 2)
    queued: list[str] = []
    monkeypatch.setattr(jobs.run_import, "delay", queued.append)
    file = BytesIO(csv_of(rows_of(3)))
    file.name = "many.csv"
    address = member_client.post("/import/", {"kind": "invoices", "file": file}).headers["Location"]
    response = member_client.post(address, {"action": "import"})
    row = SpreadsheetImport.objects.get()
    assert response.headers["Location"] == reverse("spreadsheets:import", args=[row.pk])
    assert queued == [str(row.pk)]
    assert "Waiting" in page(member_client, row)
    jobs.run_import(queued[0])
    assert "3 new rows imported." in page(member_client, row)


def test_told_progress_is_forgotten_after_silence() -> None:
    row = SpreadsheetImportFactory.build()
    teller(row.pk)(Progress(Phase.READING, 5))
    assert progress_of(row.pk) == Progress(Phase.READING, 5)
    progress.forget(row.pk)
    assert progress_of(row.pk) is None
