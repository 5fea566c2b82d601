"""An opened PDF: its pages, the text on them with its places, and the XML files it carries."""

from __future__ import annotations

import re
from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING, Self

import pypdfium2 as pdfium
from pypdfium2 import raw

from .checks import check_bytes, check_page_count
from .codemaps import with_thin_maps
from .glyphs import MAX_CHARACTERS, glyphs_of
from .layout import Page, lay_out, spell
from .refusal import Reason, Refused
from .types import MEBIBYTE, Limits
from .xmltree import parse_xml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType
    from xml.etree.ElementTree import Element

MAX_XML_BYTES = 10 * MEBIBYTE
MAX_ATTACHMENTS = 50
MIN_CHARACTERS = 8  # fewer is a stray mark on a scan
ENCRYPTION = b"/Encrypt"
NO_PAGES = re.compile(rb"/Count\s+0\b")
A_PAGE = re.compile(rb"/Type\s*/Page\b")
MAX_PICTURE_RATIO = 4  # height to width; a till roll is cut down to it


class Document:
    """A PDF opened for reading. Use as a context manager."""

    def __init__(self, content: bytes, limits: Limits) -> None:
        """Open the PDF.

        Raises:
            Refused: It is empty, no PDF, damaged, locked, or has no or too many pages.
        """
        check_bytes(content, limits)
        self.limits = limits
        try:
            self._pdf = pdfium.PdfDocument(with_thin_maps(content))
            self.page_count = len(self._pdf)
        except pdfium.PdfiumError as error:
            raise Refused(_why(error, content)) from error
        try:
            check_page_count(self.page_count, limits)
        except Refused:
            self._pdf.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._pdf.close()

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """The pages that are read, first to last: all of them unless there is absurdly much text."""
        return tuple(self._read_pages())

    @cached_property
    def has_text(self) -> bool:
        """Whether the pages say anything; a scan does not."""
        return sum(page.character_count for page in self.pages) >= MIN_CHARACTERS

    @cached_property
    def xml_roots(self) -> tuple[Element, ...]:
        """The attached XML files that can be read."""
        return tuple(root for root in self._xml_files if root is not None)

    @property
    def has_unreadable_xml(self) -> bool:
        """Whether an attached XML file is broken or unsafe."""
        return None in self._xml_files

    @cached_property
    def _xml_files(self) -> tuple[Element | None, ...]:
        return tuple(_parsed(content) for content in self._read_xml_files())

    def page_size(self, number: int) -> tuple[float, float]:
        """Return width and height of page `number` (1-based) in points, as it is shown."""
        width, height = self._page(number - 1).get_size()
        return width, height

    def render(self, number: int, width: int) -> bytes:
        """Return page `number` (1-based) as a PNG picture `width` pixels wide.

        Raises:
            Refused: There is no such page, or it cannot be drawn.
        """
        if not 1 <= number <= self.page_count:
            raise Refused(Reason.NO_SUCH_PAGE, page=number, pages=self.page_count)
        return render(self._page(number - 1), width)

    def _page(self, index: int) -> pdfium.PdfPage:
        try:
            return self._pdf[index]
        except pdfium.PdfiumError as error:
            raise Refused(Reason.BROKEN) from error

    def _read_pages(self) -> Iterator[Page]:
        budget = MAX_CHARACTERS
        last = self.page_count - 1
        for index in range(self.page_count):
            if budget > 0 or index == last:
                page = self._page(index)
                width, height = page.get_size()
                laid_out = lay_out(index + 1, width, height, spell(glyphs_of(page)))
                budget -= laid_out.character_count
                yield laid_out

    def _read_xml_files(self) -> Iterator[bytes]:
        for index in range(min(self._pdf.count_attachments(), MAX_ATTACHMENTS)):
            try:
                content = bytes(self._pdf.get_attachment(index).get_data())
            except pdfium.PdfiumError:
                continue  # an empty or damaged attachment is as good as none
            if len(content) <= MAX_XML_BYTES and _looks_like_xml(content):
                yield content


def _why(error: pdfium.PdfiumError, content: bytes) -> Reason:
    # PDFium may still tell why the file before this one failed, so the file must say itself that it is encrypted.
    if error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY) and ENCRYPTION in content:
        return Reason.ENCRYPTED
    # PDFium does not tell a document without pages from a damaged one.
    if NO_PAGES.search(content) and not A_PAGE.search(content):
        return Reason.NO_PAGES
    return Reason.BROKEN


def _parsed(content: bytes) -> Element | None:
    try:
        return parse_xml(content)
    except Refused:
        return None


def _looks_like_xml(content: bytes) -> bool:
    start = content[:200].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return start.startswith(b"<")


def render(page: pdfium.PdfPage, width: int) -> bytes:
    """Draw a page as a PNG picture `width` pixels wide; a page of absurd proportions is drawn smaller."""
    page_width, page_height = page.get_size()
    if not (page_width > 0 and page_height > 0):
        raise Refused(Reason.BROKEN)
    scale = width / page_width
    scale *= min(1.0, MAX_PICTURE_RATIO * width / (page_height * scale))
    buffer = BytesIO()
    page.render(scale=scale).to_pil().save(buffer, format="PNG")
    return buffer.getvalue()
