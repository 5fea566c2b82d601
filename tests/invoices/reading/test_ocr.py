"""Scans: read where tesseract is installed, refused with a sentence where it is not."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from invoices.reading import Limits, OwnIdentity, errors, ocr, read_pdf
from invoices.reading.document import Document
from invoices.reading.engine import read_document
from invoices.reading.refusal import Reason, Refused
from invoices.reading.types import Source

from .documents import NUMBER, blank, invoice_page, with_xml, without_character_maps

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

needs_tesseract = pytest.mark.skipif(ocr.program() is None, reason="tesseract is not installed")
HEAD = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"
ROWS = (
    "4\t1\t1\t1\t1\t0\t100\t100\t400\t40\t-1\t\n"
    "5\t1\t1\t1\t1\t1\t100\t110\t150\t30\t96.1\tInvoice\n"
    "5\t1\t1\t1\t1\t2\t270\t105\t80\t30\t96.1\t7788\n"
    "4\t1\t2\t1\t1\t0\t100\t900\t800\t40\t-1\t\n"
    "5\t1\t2\t1\t1\t1\t100\t905\t100\t30\t91\tTotal\n"
    '5\t1\t2\t1\t1\t2\t700\t905\t130\t30\t88\t£12.50\n5\t1\t2\t1\t1\t3\t900\t905\t10\t30\t12\t"|\n'
)


def _scan(pdf: bytes, pages: int = 1) -> bytes:
    with Document(pdf, Limits()) as document:
        picture = Image.open(BytesIO(document.render(1, 1654))).convert("L")
    buffer = BytesIO()
    picture.save(buffer, "PDF", resolution=200, save_all=True, append_images=[picture] * (pages - 1))
    return buffer.getvalue()


@pytest.fixture(autouse=True)
def _forget_the_program() -> Iterator[None]:
    yield
    ocr.program.cache_clear()
    ocr._languages.cache_clear()


def _install(monkeypatch: pytest.MonkeyPatch, folder: Path, script: str) -> None:
    path = folder / "tesseract"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o700)
    monkeypatch.setattr(ocr, "PLACES", str(folder))
    ocr.program.cache_clear()
    ocr._languages.cache_clear()


@needs_tesseract
def test_read_pdf_of_a_scan_reads_it_within_the_limits_and_less_surely() -> None:
    reading = read_pdf(_scan(invoice_page()))
    assert reading.parser == "ocr"
    assert reading.number is not None
    assert reading.total is not None
    assert (reading.number.value, reading.total.value) == (NUMBER, Decimal("1200.00"))
    assert reading.total.confidence < 0.85
    assert (reading.total.source, reading.number.source) == (Source.OCR, Source.OCR)
    assert reading.total.box is not None
    assert reading.total.box.y0 > 0.1


@needs_tesseract
def test_read_pdf_of_an_empty_scan_says_that_it_has_no_text() -> None:
    with pytest.raises(errors.NoText):
        read_pdf(_scan(blank(1)))


@needs_tesseract
def test_read_pdf_of_a_scan_with_broken_xml_warns_about_it() -> None:
    reading = read_pdf(with_xml(_scan(invoice_page()), "<broken"))
    assert [notice.code for notice in reading.warnings] == ["xml-unreadable"]


def test_read_document_of_a_scan_without_tesseract_has_no_text(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(ocr, "PLACES", str(tmp_path))
    ocr.program.cache_clear()
    with pytest.raises(Refused) as caught:
        read_document(_scan(invoice_page()), OwnIdentity(), Limits())
    assert caught.value.reason is Reason.NO_TEXT


def test_read_document_in_fonts_that_tell_no_characters_has_no_text(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(ocr, "PLACES", str(tmp_path))
    ocr.program.cache_clear()
    with pytest.raises(Refused) as caught:
        read_document(without_character_maps(invoice_page()), OwnIdentity(), Limits())
    assert caught.value.reason is Reason.NO_TEXT


def test_read_document_of_a_scan_takes_the_words_that_tesseract_is_sure_of(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "words").write_text(HEAD + ROWS)
    _install(monkeypatch, tmp_path, f'[ "$1" = stdin ] && exec cat {tmp_path}/words\necho "List:\neng\nfra\nosd"')
    assert ocr._languages() == "eng+fra"
    with Document(_scan(invoice_page(), pages=3), Limits()) as document:
        pages = ocr.read_pictures(document)
    assert [page.number for page in pages] == [1, 2, 3]
    assert [row.text for row in pages[0].rows] == ["Invoice 7788", "Total  £12.50"]
    reading = read_document(_scan(invoice_page()), OwnIdentity(), Limits())
    assert reading.total is not None
    assert (reading.total.value, reading.parser, reading.total.source) == (Decimal("12.50"), "ocr", Source.OCR)
    assert reading.total.box is not None
    assert reading.total.box == pytest.approx((700 / 1654, 895.2 / 2339, 830 / 1654, 944.8 / 2339), abs=0.01)


@pytest.mark.parametrize("script", ["exit 1", "exec sleep 60"])
def test_read_document_when_tesseract_fails_or_is_slow_has_no_text_in_time(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, script: str
) -> None:
    _install(monkeypatch, tmp_path, f'[ "$1" = stdin ] || exit 1\n{script}')
    with pytest.raises(Refused) as caught:
        read_document(_scan(invoice_page()), OwnIdentity(), Limits(seconds=0.8))
    assert caught.value.reason is Reason.NO_TEXT


def test_read_pictures_without_time_reads_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _install(monkeypatch, tmp_path, "exit 0")
    with Document(_scan(invoice_page()), Limits(seconds=0)) as document:
        assert ocr.read_pictures(document) == ()
