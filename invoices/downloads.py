"""PDFs as they are handed out: as they came, and as nothing but a download."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import FileResponse

from invoices.errors import DocumentNotFound

if TYPE_CHECKING:
    from invoices.models import Document


def pdf_download(document: Document | None) -> FileResponse:
    """Return the PDF as it came; what is inside never runs on our pages.

    Raises:
        DocumentNotFound: There is none, or its file is gone.
    """
    if document is None:
        raise DocumentNotFound
    try:
        content = document.file.open("rb")
    except FileNotFoundError:
        raise DocumentNotFound from None
    answer = FileResponse(content, as_attachment=True, filename=document.original_name, content_type="application/pdf")
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
