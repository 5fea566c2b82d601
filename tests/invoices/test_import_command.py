"""`manage.py import_pdf`: one line per file, one sentence per failure, nothing left of what failed."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from accounts.models import Account
from invoices.models import CreditNote, Document, Invoice
from tests.factories import AccountFactory
from tests.invoices.pdfs import (
    contradicting_pdf,
    empty_pdf,
    encrypted_pdf,
    invoice_pdf,
    needs_samples,
    sample,
    scan_pdf,
    text_pdf,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from billabex.organizations.models import Organization

    type Keep = Callable[[bytes], Path]

pytestmark = pytest.mark.django_db


@pytest.fixture
def keep(tmp_path: Path) -> Keep:
    """Return a function that writes a file and returns its path."""

    def write(content: bytes) -> Path:
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.pdf"
        path.write_bytes(content)
        return path

    return write


def run(*files: Path, organization: str = "atelier-nord") -> tuple[list[str], list[str], int]:
    """Return the lines of both outputs and the exit status."""
    out, err, status = StringIO(), StringIO(), 0
    try:
        call_command("import_pdf", *map(str, files), "--organization", organization, stdout=out, stderr=err)
    except SystemExit as end:
        status = int(end.code or 0)
    return out.getvalue().splitlines(), err.getvalue().splitlines(), status


def assert_nothing_is_stored() -> None:
    assert not Document.objects.exists()
    assert not Invoice.objects.exists()
    assert not Account.objects.exists()
    assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


def test_import_new_company_creates_account_and_says_so(organization: Organization, keep: Keep) -> None:
    path = keep(invoice_pdf())
    out, err, status = run(path)
    assert out == [f"{path}: Invoice F-2026-0042 · Brasserie du Port SAS (new account) · €1,200.00 · due Feb 4, 2026"]
    assert (err, status) == ([], 0)
    invoice = Invoice.objects.for_organization(organization).get()
    assert invoice.account.name == "Brasserie du Port SAS"
    assert invoice.document is not None
    assert default_storage.exists(str(invoice.document.file))


def test_import_known_company_in_other_spelling_goes_to_its_account(organization: Organization, keep: Keep) -> None:
    first, second = keep(invoice_pdf("F-1")), keep(invoice_pdf("F-2", customer="BRASSERIE DU PORT"))
    out, _err, status = run(first, second)
    assert status == 0
    assert "Brasserie du Port SAS (known account)" in out[1]
    assert Account.objects.count() == 1


def test_import_nearly_known_company_creates_account_and_asks(organization: Organization, keep: Keep) -> None:
    AccountFactory.create(organization=organization, name="Brasserie du Fort", match_key="brasserie du fort")
    out, _err, status = run(keep(invoice_pdf()))
    assert status == 0
    assert "nearly the name of “Brasserie du Fort”, is it the same company?" in out[0]
    assert Account.objects.count() == 2


def test_import_document_with_warnings_names_them(organization: Organization, keep: Keep) -> None:
    out, _err, status = run(keep(invoice_pdf(total="1 250,00 €")))
    assert status == 0
    assert "Net and tax do not add up to the total." in out[0]


def test_import_credit_note_names_no_due_date(organization: Organization, keep: Keep) -> None:
    out, _err, _status = run(keep(invoice_pdf("A-7", title="Avoir", due_on=None)))
    assert out[0].endswith("Credit note A-7 · Brasserie du Port SAS (new account) · €1,200.00")
    assert CreditNote.objects.get().number == "A-7"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"GIF89a, really", "This file is not a PDF. Please save the document as a PDF and try again."),
        (b"", "This file is empty. Please export the PDF again."),
        (invoice_pdf()[:300], "This PDF is damaged or incomplete. Please export or download it again."),
        (encrypted_pdf(), "This PDF is protected by a password. Please send one that opens without a password."),
        (empty_pdf(), "This PDF has no pages. Please export it again."),
        (
            scan_pdf(),
            "This PDF is a scan without text. Please send the original PDF, or type the details beside the picture.",
        ),
        (
            contradicting_pdf(),
            (
                "This PDF contradicts itself: its embedded data says 9999.00 where the page says 1200.00."
                " Please send a corrected document."
            ),
        ),
    ],
    ids=["not-a-pdf", "empty", "truncated", "encrypted", "no-pages", "no-text", "contradicting"],
)
def test_import_bad_file_is_one_sentence_and_stores_nothing(
    organization: Organization, keep: Keep, content: bytes, sentence: str
) -> None:
    path = keep(content)
    assert run(path) == ([], [f"{path}: {sentence}"], 1)
    assert_nothing_is_stored()


def test_import_text_without_a_total_says_what_was_not_found(organization: Organization, keep: Keep) -> None:
    path = keep(text_pdf("Dear Sir or Madam,", "please find enclosed our new brochure.", "Kind regards"))
    out, err, status = run(path)
    assert (out, status) == ([], 1)
    assert len(err) == 1
    assert "No total was found on the document." in err[0]
    assert_nothing_is_stored()


def test_import_missing_file_is_one_sentence(organization: Organization, tmp_path: Path) -> None:
    path = tmp_path / "missing.pdf"
    assert run(path) == ([], [f"{path}: The file cannot be opened: No such file or directory."], 1)


def test_import_some_bad_files_imports_the_others(organization: Organization, keep: Keep) -> None:
    bad, good = keep(b"no"), keep(invoice_pdf())
    out, err, status = run(bad, good, bad)
    assert (len(out), len(err), status) == (1, 2, 1)
    assert Invoice.objects.count() == 1


def test_import_same_file_twice_is_refused_the_second_time(organization: Organization, keep: Keep) -> None:
    path = keep(invoice_pdf())
    _out, err, status = run(path, path)
    assert (err, status) == ([f"{path}: This PDF has already been imported."], 1)
    assert Document.objects.count() == 1


def test_import_taken_number_is_refused_and_leaves_no_file(organization: Organization, keep: Keep) -> None:
    first, second = keep(invoice_pdf()), keep(invoice_pdf(total="1 200,01 €", net="1 000,01 €"))
    _out, err, status = run(first, second)
    assert (err, status) == ([f"{second}: This account already has a document with this number."], 1)
    assert Document.objects.count() == 1
    assert len([path for path in settings.MEDIA_ROOT.rglob("*.pdf") if path.is_file()]) == 1


def test_import_unknown_organization_lists_the_known_ones(organization: Organization, keep: Keep) -> None:
    with pytest.raises(CommandError, match=r"^There is no organization “nope”\. Known: atelier-nord\.$"):
        run(keep(invoice_pdf()), organization="nope")
    assert_nothing_is_stored()


@needs_samples
def test_import_real_electronic_invoice_takes_its_data(organization: Organization, keep: Keep) -> None:
    out, _err, status = run(keep(sample("akretion-facturx--invoice_EN16931")))
    assert status == 0
    assert "Invoice F20260023 · LE CLIENT (new account) · €104.90 · due Mar 2, 2026" in out[0]
    assert "This document was issued by LE FOURNISSEUR, not by your organization." in out[0]
