"""Read a document in this process. Everybody but the child process goes through `sandbox`."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from pypdfium2 import PdfiumError

from .document import Document
from .parsers import all_parsers
from .parsers.text import TextParser
from .reconcile import reconcile, with_notices
from .refusal import Reason, Refused
from .text.amounts import find_amounts
from .text.folding import tokens
from .types import FIELD_NAMES, Notice, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .types import Limits, OwnIdentity, Reading


def read_document(content: bytes, own: OwnIdentity, limits: Limits) -> Reading:
    """Return what the best parser for this PDF reads.

    Raises:
        Refused: It cannot be read.
    """
    with _opened(content, limits) as document:
        return _read(document, own)


def count_pages(content: bytes, limits: Limits) -> int:
    """Return how many pages a PDF has, reading none of them.

    Raises:
        Refused: It cannot be opened.
    """
    with _opened(content, limits) as document:
        return document.page_count


def render_document(content: bytes, page: int, width: int, limits: Limits) -> bytes:
    """Return a page (1-based) as a PNG picture `width` pixels wide.

    Raises:
        Refused: It cannot be opened or has no such page.
    """
    with _opened(content, limits) as document:
        return document.render(page, width)


@contextmanager
def _opened(content: bytes, limits: Limits) -> Iterator[Document]:
    """Open a document; what PDFium gives up on later is damaged, too."""
    try:
        with Document(content, limits) as document:
            yield document
    except PdfiumError as error:
        raise Refused(Reason.BROKEN) from error
    finally:
        for remembered in (tokens, find_amounts):  # texts of this document, which are nothing to the next one
            remembered.cache_clear()


def _read(document: Document, own: OwnIdentity) -> Reading:
    scored = [(parser.score(document), parser) for parser in all_parsers()]
    fitting = sorted((one for one in scored if one[0] > 0), key=lambda one: -one[0])
    refusal = Refused(Reason.XML_UNREADABLE if document.has_unreadable_xml else Reason.NO_TEXT)
    for _, parser in fitting:
        try:
            reading = parser.read(document, own)
        except Refused as refused:
            refusal = refusal if document.has_unreadable_xml else refused
            continue
        return with_notices(_compared(reading, document, own))
    raise refusal


def _compared(reading: Reading, document: Document, own: OwnIdentity) -> Reading:
    """Hold a reading of the XML against the page, and say when the XML was there and could not be used."""
    if all(one is None or one.source is not Source.XML for one in map(reading.found, FIELD_NAMES)):
        unread = (Notice("xml-unreadable"),) if document.has_unreadable_xml else ()
        return replace(reading, warnings=(*reading.warnings, *unread))
    if not document.has_text:
        return reading
    return reconcile(reading, TextParser().read(document, own), document.pages)
