"""`manage.py import_spreadsheet`: what it did in a sentence, or one line for each row that cannot be."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command

from invoices.models import Invoice
from tests.invoices.spreadsheets.files import csv_of

if TYPE_CHECKING:
    from pathlib import Path

    from billabex.organizations.models import Organization

pytestmark = pytest.mark.django_db

TABLE = [["company", "number", "date", "due date", "total"], ["Acme", "F-1", "03/04/2026", "2026-05-01", "10.00"]]


def run(path: Path, *options: str) -> tuple[list[str], list[str], int]:
    """Return the lines of both outputs and the exit status."""
    out, err, status = StringIO(), StringIO(), 0
    arguments = [str(path), "--kind", "invoices", "--organization", "atelier-nord", *options]
    try:
        call_command("import_spreadsheet", *arguments, stdout=out, stderr=err)
    except SystemExit as end:
        status = int(end.code or 0)
    return out.getvalue().splitlines(), err.getvalue().splitlines(), status


@pytest.fixture
def path(tmp_path: Path, organization: Organization) -> Path:
    file = tmp_path / "invoices.csv"
    file.write_bytes(csv_of(TABLE))
    return file


NOTICE = "“date”: 03/04/2026 can be read both ways; it is taken as day/month, as in France."


def test_import_says_what_it_did_and_how_it_read(path: Path) -> None:
    assert run(path) == ([NOTICE, "1 new row imported."], [], 0)
    assert run(path)[0][-1] == "Everything in this file was here already. Nothing has changed."
    assert Invoice.objects.count() == 1


def test_dry_run_stores_nothing(path: Path) -> None:
    assert run(path, "--dry-run") == ([NOTICE, "New: 1 · Changed: 0 · Unchanged: 0"], [], 0)
    assert not Invoice.objects.exists()


def test_bad_rows_are_named_one_by_one(path: Path) -> None:
    path.write_bytes(csv_of([*TABLE, ["Acme", "F-2", "2026-01-05", "", "0"], ["", "F-3", "2026-01-05", "", "1.00"]]))
    _out, err, status = run(path)
    assert err == [
        "Row 3: total: The total must be more than zero.",
        "Row 4: company: This row does not say which account it is about.",
        "Some rows cannot be imported, so nothing was. Correct them in the file and upload it again.",
    ]
    assert status == 1
    assert not Invoice.objects.exists()


def test_many_bad_rows_are_counted(path: Path) -> None:
    path.write_bytes(csv_of([*TABLE, *(["Acme", f"G-{n}", "soon", "", "1.00"] for n in range(250))]))
    assert run(path)[1][-2] == "And 50 more errors."


def test_unreadable_file_is_one_sentence(path: Path) -> None:
    path.write_bytes(b"\x00\x01")
    with pytest.raises(CommandError, match=r"^This file is neither CSV nor an Excel workbook \(XLSX\)\."):
        run(path)


def test_missing_file_is_one_sentence(path: Path) -> None:
    with pytest.raises(CommandError, match=r"^The file cannot be opened: No such file or directory\.$"):
        run(path.with_name("missing.csv"))
