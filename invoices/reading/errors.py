"""Why a PDF was not read, one class per cause, each with a sentence that says what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from billabex.core.errors import InvalidInput

from .refusal import Reason

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise


class UnreadablePdf(InvalidInput):
    """A file from which no document can be read.

    Attributes:
        sentence: The message, with named placeholders for the facts.
    """

    code = "invoices.pdf.unreadable"
    sentence: ClassVar[_StrPromise] = _("This file cannot be read. Please send another PDF of the document.")

    def __init__(self, **facts: str | int) -> None:
        super().__init__(format_lazy(self.sentence, **facts))
        self.extra = facts


class EmptyFile(UnreadablePdf):
    """The file has no bytes."""

    code = "invoices.pdf.empty"
    sentence = _("This file is empty. Please export the PDF again.")


class NotAPdf(UnreadablePdf):
    """The content is something else, whatever the name says."""

    code = "invoices.pdf.not-a-pdf"
    sentence = _("This file is not a PDF. Please save the document as a PDF and try again.")


class FileTooBig(UnreadablePdf):
    """More bytes than the limit."""

    code = "invoices.pdf.too-big"
    sentence = _("This file is larger than {limit_mb} MB. Please send a smaller PDF.")


class BrokenPdf(UnreadablePdf):
    """The PDF is truncated or damaged."""

    code = "invoices.pdf.broken"
    sentence = _("This PDF is damaged or incomplete. Please export or download it again.")


class EncryptedPdf(UnreadablePdf):
    """A password is needed to open it."""

    code = "invoices.pdf.encrypted"
    sentence = _("This PDF is protected by a password. Please send one that opens without a password.")


class NoPages(UnreadablePdf):
    """The PDF has no page at all."""

    code = "invoices.pdf.no-pages"
    sentence = _("This PDF has no pages. Please export it again.")


class TooManyPages(UnreadablePdf):
    """More pages than an invoice has."""

    code = "invoices.pdf.too-many-pages"
    sentence = _("This PDF has {pages} pages; at most {limit} are accepted. Please send the document on its own.")


class NoSuchPage(UnreadablePdf):
    """A page was asked for that the PDF does not have."""

    code = "invoices.pdf.no-such-page"
    sentence = _("This PDF has no page {page}; its last page is {pages}.")


class NoText(UnreadablePdf):
    """Pictures only: a scan."""

    code = "invoices.pdf.no-text"
    sentence = _(
        "This PDF is a scan without text. Please send the original PDF, or type the details beside the picture."
    )


class XmlUnreadable(UnreadablePdf):
    """The embedded XML is broken or unsafe and the pages have no text to fall back to."""

    code = "invoices.pdf.xml-unreadable"
    sentence = _("The electronic invoice inside this PDF cannot be read. Please ask for a corrected PDF.")


class XmlContradictsPage(UnreadablePdf):
    """The embedded XML states something else than the page people see."""

    code = "invoices.pdf.xml-contradicts-page"
    sentence = _(
        "This PDF contradicts itself: its embedded data says {in_xml} where the page says {on_page}. "
        "Please send a corrected document."
    )


class TooSlow(UnreadablePdf):
    """Reading took longer than the limit."""

    code = "invoices.pdf.too-slow"
    sentence = _("Reading this PDF took longer than {seconds} seconds and was stopped. Please send a simpler PDF.")


class TooDemanding(UnreadablePdf):
    """Reading needed more memory than the limit, or brought the reader down."""

    code = "invoices.pdf.too-demanding"
    sentence = _("This PDF is too complex to be read safely. Please print it to a new PDF and send that one.")


ERRORS: Mapping[Reason, type[UnreadablePdf]] = {
    Reason.EMPTY: EmptyFile,
    Reason.NOT_A_PDF: NotAPdf,
    Reason.TOO_BIG: FileTooBig,
    Reason.BROKEN: BrokenPdf,
    Reason.ENCRYPTED: EncryptedPdf,
    Reason.NO_PAGES: NoPages,
    Reason.TOO_MANY_PAGES: TooManyPages,
    Reason.NO_SUCH_PAGE: NoSuchPage,
    Reason.NO_TEXT: NoText,
    Reason.XML_UNREADABLE: XmlUnreadable,
    Reason.XML_CONTRADICTS_PAGE: XmlContradictsPage,
    Reason.TOO_SLOW: TooSlow,
    Reason.TOO_DEMANDING: TooDemanding,
}


def error_for(reason: Reason, facts: Mapping[str, str | int]) -> UnreadablePdf:
    """Return the exception that tells people about a refusal."""
    return ERRORS[reason](**facts)
