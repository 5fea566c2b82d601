"""Every way in which a PDF can be bad, each with a real bad PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from billabex.core.errors import InvalidInput
from invoices.reading import Limits, OwnIdentity, errors, read_pdf
from invoices.reading.engine import read_document
from invoices.reading.errors import ERRORS, UnreadablePdf
from invoices.reading.refusal import Reason, Refused

from .documents import (
    blank,
    bomb,
    cii,
    invoice_page,
    locked,
    slow,
    with_javascript,
    with_xml,
)

if TYPE_CHECKING:
    from collections.abc import Callable

SHAPE = '<!DOCTYPE x [<!ENTITY a "boo">]><x>&a;</x>'

BAD: dict[str, tuple[Callable[[], bytes], type[UnreadablePdf]]] = {
    "empty": (lambda: b"", errors.EmptyFile),
    "archive": (lambda: b"PK\x03\x04" + bytes(200), errors.NotAPdf),
    "web page": (lambda: b"<html>" + b"x" * 2000 + b"%PDF-1.7 %%EOF", errors.NotAPdf),
    "half": (lambda: invoice_page()[:4000], errors.BrokenPdf),
    "garbage": (lambda: b"%PDF-1.7\n" + bytes(range(256)) * 8 + b"\n%%EOF", errors.BrokenPdf),
    "locked": (lambda: locked(invoice_page(), "secret"), errors.EncryptedPdf),
    "without pages": (lambda: blank(0), errors.NoPages),
    "61 pages": (lambda: blank(61), errors.TooManyPages),
    "scan": (lambda: blank(1), errors.NoText),
    "other total": (lambda: with_xml(invoice_page(), cii(total="950.00")), errors.XmlContradictsPage),
    "other number": (lambda: with_xml(invoice_page(), cii(number="F-2025-007")), errors.XmlContradictsPage),
    "other document": (
        lambda: with_xml(invoice_page(), cii(number="F-2025-007", buyer="Somebody Else SAS")),
        errors.XmlContradictsPage,
    ),
    "unsafe XML on a scan": (lambda: with_xml(blank(1), SHAPE), errors.XmlUnreadable),
}


@pytest.mark.parametrize(("make", "error"), BAD.values(), ids=BAD.keys())
def test_read_pdf_of_a_bad_file_says_why_in_one_sentence(make: Callable[[], bytes], error: type[UnreadablePdf]) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_pdf(make())
    assert type(caught.value) is error
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert "{" not in sentence


@pytest.mark.parametrize(("make", "error"), BAD.values(), ids=BAD.keys())
def test_read_document_of_a_bad_file_refuses_it_for_the_same_reason(
    make: Callable[[], bytes], error: type[UnreadablePdf]
) -> None:
    with pytest.raises(Refused) as caught:
        read_document(make(), OwnIdentity(), Limits())
    assert ERRORS[caught.value.reason] is error


def test_read_pdf_above_the_size_limit_names_the_limit() -> None:
    with pytest.raises(errors.FileTooBig, match="larger than 1 MB"):
        read_pdf(b"%PDF-1.7" + bytes(1024 * 1024), limits=Limits(max_bytes=1024 * 1024))


def test_read_pdf_with_too_many_pages_names_both_numbers() -> None:
    with pytest.raises(errors.TooManyPages, match="has 3 pages; at most 2"):
        read_pdf(blank(3), limits=Limits(max_pages=2))


def test_read_pdf_whose_xml_contradicts_the_page_names_both_values() -> None:
    with pytest.raises(errors.XmlContradictsPage, match=r"says 950\.00 where the page says 1200\.00"):
        read_pdf(with_xml(invoice_page(), cii(total="950.00")))


def test_read_pdf_whose_page_inflates_beyond_the_memory_limit_is_stopped() -> None:
    with pytest.raises(errors.TooDemanding):
        read_pdf(bomb(b"q " * 500_000, 600))


def test_read_pdf_that_takes_too_long_is_stopped() -> None:
    with pytest.raises(errors.TooSlow, match="longer than 1 seconds"):
        read_pdf(slow(), limits=Limits(seconds=1))


def test_read_pdf_with_javascript_reads_it_and_runs_nothing() -> None:
    reading = read_pdf(with_javascript(invoice_page()))
    assert reading.number is not None
    assert reading.number.value == "F-2026-118"


def test_read_pdf_locked_for_its_owner_only_is_read() -> None:
    assert read_pdf(locked(invoice_page(), "")).number is not None


def test_read_pdf_with_unsafe_xml_falls_back_to_the_page_and_says_so() -> None:
    reading = read_pdf(with_xml(invoice_page(), SHAPE))
    assert reading.parser == "text"
    assert [notice.code for notice in reading.warnings] == ["xml-unreadable"]


def test_read_pdf_whose_page_is_of_another_date_in_a_series_only_warns() -> None:
    reading = read_pdf(with_xml(invoice_page("F-2026-087", "02/02/2026"), cii()))
    assert reading.number is not None
    assert reading.number.value == "F-2026-118"
    assert [notice.code for notice in reading.warnings] == ["number-differs", "issue-date-differs"]


def test_errors_cover_every_reason_with_its_own_code() -> None:
    assert set(ERRORS) == set(Reason)
    assert len({error.code for error in ERRORS.values()}) == len(Reason)
