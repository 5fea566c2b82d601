"""The text layer: what people see, when no machine-readable data says more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from invoices.reading.parser import Parser
from invoices.reading.text.reading import read_pages

if TYPE_CHECKING:
    from invoices.reading.document import Document
    from invoices.reading.types import OwnIdentity, Reading


class TextParser(Parser):
    """Reads the pages in seven languages."""

    name = "text"

    def score(self, document: Document) -> float:
        """Return a little when there is text, so that any machine-readable data goes first."""
        return 0.1 if document.has_text else 0.0

    def read(self, document: Document, own: OwnIdentity) -> Reading:
        """Return what the pages say."""
        return read_pages(document.pages, own, page_count=document.page_count, parser=self.name)
