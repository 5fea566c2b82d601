"""Characters become words, words cells, cells rows; places are those of the page as people see it."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfWriter

from invoices.reading.document import Document
from invoices.reading.layout import Glyph, Page, spell
from invoices.reading.types import Limits

from .documents import invoice_page, page
from .pages import laid_out


def _pages(pdf: bytes) -> tuple[Page, ...]:
    with Document(pdf, Limits()) as document:
        return document.pages


def test_lay_out_keeps_columns_apart_and_words_of_a_line_together() -> None:
    (row,) = laid_out("Total incl. VAT | 12.00 EUR").rows
    assert [cell.text for cell in row.cells] == ["Total incl. VAT", "12.00 EUR"]


def test_lay_out_keeps_a_line_with_bullets_in_one_cell() -> None:
    pdf = page("<p>Bei Spiel GmbH &nbsp;●&nbsp; Ecke 12 &nbsp;●&nbsp; 12345 Stadthausen</p>")
    assert [cell.text for cell in _pages(pdf)[0].cells] == ["Bei Spiel GmbH ● Ecke 12 ● 12345 Stadthausen"]


def test_lay_out_with_large_print_beside_small_lines_keeps_the_lines_apart() -> None:
    pdf = page(
        "<div style='float:right;font-size:24pt;line-height:24pt'>INVOICE</div>"
        "<div style='line-height:12pt;font-size:9pt'>First line<br>Second line</div>"
    )
    texts = [cell.text for cell in _pages(pdf)[0].cells]
    assert sorted(texts) == ["First line", "INVOICE", "Second line"]


def test_spell_makes_a_word_of_what_stands_together() -> None:
    letters = [Glyph("a", 0, 0, 5, 10), Glyph("b", 5, 0, 10, 10), Glyph("c", 20, 0, 25, 10), Glyph("d", 25, 30, 30, 40)]
    assert [word.text for word in spell(letters)] == ["ab", "c", "d"]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_pages_of_a_rotated_document_are_read_as_they_are_shown(turn: int) -> None:
    writer = PdfWriter(clone_from=BytesIO(invoice_page()))
    leaf = writer.pages[0]
    leaf.rotation = turn
    leaf.transfer_rotation_to_content()  # now the content itself lies on its side
    leaf.rotation = 360 - turn  # and the page is shown so that it stands upright again
    turned = BytesIO()
    writer.write(turned)
    shown, upright = _pages(turned.getvalue())[0], _pages(invoice_page())[0]
    assert [row.text for row in shown.rows] == [row.text for row in upright.rows]


def test_box_of_words_is_a_fraction_of_the_page() -> None:
    shown = laid_out("Total | 12.00")
    cell = next(iter(shown.cells))
    box = shown.box(cell.words)
    assert box is not None
    assert 0 < box.x0 < box.x1 < 1
    assert 0 < box.y0 < box.y1 < 1
    assert shown.box([]) is None
