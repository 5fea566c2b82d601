"""The printed documents: PDFs that look like what a company sends, with the same fonts on every machine."""

from __future__ import annotations

import re
import warnings
from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.template import Context, Engine
from facturx import generate_from_binary
from weasyprint import HTML, URLFetcher
from weasyprint.text.fonts import FontConfiguration

from billabex.agent.demo.electronic import PROFILE, facturx_xml
from billabex.agent.demo.page import page_of, title_of

if TYPE_CHECKING:
    from billabex.agent.demo.documents import PaperDocument

ARCHIVE_VARIANT = "pdf/a-3b"
PDF_INSTANT = re.compile(rb"(?<=D\\072)\d{14}")  # the colon of D:20261122… is escaped
XMP_INSTANT = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00")


def make_pdf(document: PaperDocument) -> bytes:
    """Return the document as its issuer sends it: as a page and, where it is Factur-X, as data, too."""
    pdf = render_pdf(document)
    return embed_facturx(pdf, document) if document.is_facturx else pdf


def render_pdf(document: PaperDocument) -> bytes:
    """Print the document. The same document gives the same bytes, so that a second import is recognised."""
    html = _engine().get_template(f"demo/{document.layout}.html").render(Context(page_of(document)))
    paper = HTML(string=html, base_url=_fonts_url(), url_fetcher=URLFetcher(allowed_protocols=["file"]))
    variant = ARCHIVE_VARIANT if document.is_facturx else None
    with warnings.catch_warnings():
        # WeasyPrint leaves the colour profile of PDF/A to the garbage collector.
        warnings.filterwarnings("ignore", message=r"unclosed file .*\.icc", category=ResourceWarning)
        return bytes(paper.write_pdf(font_config=_fonts(), pdf_variant=variant))


def embed_facturx(pdf: bytes, document: PaperDocument) -> bytes:
    """Put the document's data into its PDF, which becomes Factur-X, profile EN 16931."""
    title = title_of(document)
    hybrid = generate_from_binary(
        pdf,
        facturx_xml(document),
        flavor="factur-x",
        level=PROFILE,
        check_xsd=False,  # just done
        pdf_metadata={"author": document.seller.name, "title": title, "subject": title, "keywords": "Factur-X"},
        lang=document.language,
        xmp_compression=False,
    )
    return _dated(hybrid, document)


def _dated(pdf: bytes, document: PaperDocument) -> bytes:
    # The library stamps the clock; the demonstration has none. Both stamps keep their length, so that no offset in
    # the file moves.
    pdf = PDF_INSTANT.sub(f"{document.issued_on:%Y%m%d}090000".encode(), pdf)
    return XMP_INSTANT.sub(f"{document.issued_on}T09:00:00+00:00".encode(), pdf)


@cache
def _engine() -> Engine:
    # Not the interface's: paper has no request, no reader's language and none of the interface's tags.
    return Engine(dirs=[str(settings.BASE_DIR / "templates")])


@cache
def _fonts() -> FontConfiguration:
    # Shared, as it reads each font file once.
    return FontConfiguration()


def _fonts_url() -> str:
    return (settings.BASE_DIR / "static" / "fonts").as_uri() + "/"
