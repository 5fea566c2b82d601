"""What can be said about a file before any parser touches it."""

from __future__ import annotations

from .refusal import Reason, Refused
from .types import MEBIBYTE, Limits

HEAD = 1024  # readers accept junk before the header, within this distance
TAIL = 2048


def check_bytes(content: bytes, limits: Limits) -> None:
    """Refuse what cannot be a complete PDF, before any parser sees it.

    Raises:
        Refused: Empty, too big, something else than a PDF, or cut off.
    """
    if not content:
        raise Refused(Reason.EMPTY)
    if len(content) > limits.max_bytes:
        raise Refused(Reason.TOO_BIG, limit_mb=limits.max_bytes // MEBIBYTE)
    if b"%PDF-" not in content[:HEAD]:
        raise Refused(Reason.NOT_A_PDF)
    # PDFium would rebuild what it can of a file that was cut off, and half an invoice reads like another one.
    tail = content[-TAIL:]
    if b"%%EOF" not in tail and b"startxref" not in tail:
        raise Refused(Reason.BROKEN)


def check_page_count(pages: int, limits: Limits) -> None:
    """Refuse a document without pages or with too many.

    Raises:
        Refused: Either.
    """
    if pages == 0:
        raise Refused(Reason.NO_PAGES)
    if pages > limits.max_pages:
        raise Refused(Reason.TOO_MANY_PAGES, pages=pages, limit=limits.max_pages)
