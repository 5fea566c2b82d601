"""Scans: pages without text, read by tesseract where it is installed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from invoices.reading import ocr
from invoices.reading.parser import Parser
from invoices.reading.refusal import Reason, Refused
from invoices.reading.text.reading import read_pages
from invoices.reading.types import FIELD_NAMES, Fields, Source

if TYPE_CHECKING:
    from invoices.reading.document import Document
    from invoices.reading.types import Found, OwnIdentity, Reading

LESS_SURE = 0.8  # a misread digit looks like a digit


class OcrParser(Parser):
    """Reads scans as `TextParser` reads text, less surely."""

    name = "ocr"

    def score(self, document: Document) -> float:
        """Return a little for a scan when there is something to read it with."""
        return 0.05 if not document.has_text and ocr.program() is not None else 0.0

    def read(self, document: Document, own: OwnIdentity) -> Reading:
        """Return what tesseract sees on the pages.

        Raises:
            Refused: It sees no text, or does not get there in time.
        """
        pages = ocr.read_pictures(document)
        if not any(page.character_count for page in pages):
            raise Refused(Reason.NO_TEXT)
        reading = read_pages(pages, own, page_count=document.page_count, parser=self.name)
        recognised: Fields = {
            name: _recognised(one) for name in FIELD_NAMES if (one := reading.found(name)) is not None
        }
        return replace(reading, **recognised)


def _recognised(found: Found[Any]) -> Found[Any]:
    """Return a value as one of a picture: less sure, and from there where it was read and not worked out."""
    source = Source.OCR if found.source is Source.TEXT else found.source
    return replace(found, source=source, confidence=round(found.confidence * LESS_SURE, 2))
