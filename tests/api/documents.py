"""Forms that programs send of documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.invoices.pdfs import text_pdf

if TYPE_CHECKING:
    from accounts.models import Account

ISSUED = {"year": 2026, "month": 1, "day": 5}
DUE = {"year": 2026, "month": 2, "day": 4}


def pdf(content: bytes | str = "F-1", name: str = "paper.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text_pdf(content) if isinstance(content, str) else content, "application/pdf")


def note_form(account: Account, **changes: Any) -> dict[str, Any]:
    """Return the parts of a new credit note of 60.00, each a text as forms carry it; None leaves a part out."""
    parts = {
        "accountId": str(account.pk),
        "number": "A-1",
        "issuedDate": ISSUED,
        "totalAmount": "60.00",
        "taxAmount": "10.00",
        "file": pdf("A-1"),
    }
    return {name: value for name, value in (parts | changes).items() if value is not None}


def invoice_form(account: Account, **changes: Any) -> dict[str, Any]:
    """Return the parts of a new invoice of 120.00."""
    parts = {"number": "F-1", "dueDate": DUE, "totalAmount": "120.00", "taxAmount": "20.00", "file": pdf("F-1")}
    return note_form(account, **(parts | changes))


def stored_files() -> list[str]:
    return [path.name for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]
