from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest
from pypdf import PdfReader

from billabex.agent.demo import words
from billabex.agent.demo.documents import Kind
from billabex.agent.demo.paper import make_pdf, render_pdf
from tests.agent.demo.conftest import page_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from billabex.agent.demo.documents import PaperDocument
    from billabex.agent.demo.story import Story

    type Printed = Mapping[str, tuple[PaperDocument, bytes]]

# The documents are printed once, by one worker.
pytestmark = pytest.mark.xdist_group("demo-paper")


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def _lines(pdf: bytes) -> list[str]:
    return [line.strip() for line in page_text(pdf).splitlines()]


def _fonts(pdf: bytes) -> set[str]:
    fonts: dict[str, Any] = PdfReader(BytesIO(pdf)).pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    return {str(font.get_object()["/BaseFont"]).split("+")[-1] for font in fonts.values()}


def test_every_document_is_one_page(printed: Printed) -> None:
    for _, pdf in printed.values():
        with pypdfium2.PdfDocument(pdf) as document:
            assert len(document) == 1


def test_every_page_shows_number_dates_total_and_both_companies(printed: Printed) -> None:
    for document, pdf in printed.values():
        text, locale = page_text(pdf), words.locale_of(document)
        days = [document.issued_on, *([document.due_on] if document.due_on else [])]
        expected = [
            document.number,
            document.seller.name,
            document.buyer.street,
            _plain(words.money(document.total, document.currency, locale)),
            *(words.day(day, locale) for day in days),
        ]
        assert [part for part in expected if part not in text] == []


def test_every_page_shows_each_line_and_the_vat(printed: Printed) -> None:
    for document, pdf in printed.values():
        text, locale = page_text(pdf), words.locale_of(document)
        for line in document.lines:
            assert line.description in text
            assert _plain(words.figure(document.amount_of(line), locale)) in text
        for share in document.vat_shares:
            assert _plain(words.money(share.amount, document.currency, locale)) in text


@pytest.mark.parametrize(
    ("subject", "title", "total"),
    [
        ("Éclairage du bar et de la salle", "Facture", "Total TTC 5 838,96 €"),
        ("Lichtplanung Ausstellungsraum Nürnberg", "Rechnung", "Gesamtbetrag 7.906,00 €"),
        ("Table lamps, Marylebone show flat", "Invoice", "Total £5,546.40"),
        ("Rooftop bar, Wexler Street", "Invoice", "Total $13,750.00"),
        ("Reprise de quatre appliques", "Avoir", "Total de l’avoir TTC 1 272,00 €"),
        ("Rücknahme Montagezubehör", "Gutschrift", "Gutschriftsbetrag 182,50 €"),
    ],
)
def test_page_speaks_the_language_of_the_document(printed: Printed, subject: str, title: str, total: str) -> None:
    ((document, pdf),) = (each for each in printed.values() if each[0].subject == subject)
    lines = _lines(pdf)
    assert total in lines
    assert title in lines or f"{title} {document.number}" in "\n".join(lines)


def test_page_with_a_deposit_shows_what_is_left(printed: Printed) -> None:
    ((_, pdf),) = (each for each in printed.values() if each[0].paid)
    lines = _lines(pdf)
    assert "Total €9,670.40" in lines
    assert "Deposit received -€2,500.00" in lines
    assert "Amount due €7,170.40" in lines


def test_invoice_says_how_to_pay_and_credit_note_does_not(printed: Printed) -> None:
    for document, pdf in printed.values():
        account = page_text(pdf).replace("\n", " ")
        is_payable = "FR76 9876 1004 2631 9507 4820 122" in account
        assert is_payable is (document.kind is Kind.INVOICE)


def test_page_uses_no_font_of_the_machine(printed: Printed) -> None:
    for _, pdf in printed.values():
        assert {name.split("-")[0] for name in _fonts(pdf)} == {"Outfit"}


def test_page_prints_letters_beyond_western_europe_in_the_same_typeface(story: Story) -> None:
    document = next(a.document for a in story.arrivals if a.document.buyer.country == "DE")
    line = document.lines[0].__replace__(description="Świecznik Łódź, čtyři žárovky, kő")
    pdf = render_pdf(document.__replace__(lines=(line,)))
    assert line.description in page_text(pdf)
    assert {name.split("-")[0] for name in _fonts(pdf)} == {"Outfit"}


def test_document_printed_again_gives_the_same_bytes(story: Story, printed: Printed) -> None:
    hybrid = next(a.document for a in story.arrivals if a.document.is_facturx)
    plain = next(a.document for a in story.arrivals if not a.document.is_facturx)
    for document in (hybrid, plain):
        assert make_pdf(document) == printed[document.number][1]


def test_long_document_runs_over_pages_and_repeats_the_head_of_the_table(story: Story) -> None:
    document = next(a.document for a in story.arrivals if a.document.language == "en")
    long = document.__replace__(lines=document.lines * 20)
    with pypdfium2.PdfDocument(render_pdf(long)) as pdf:
        texts = [page.get_textpage().get_text_bounded() for page in pdf]
    assert len(texts) >= 2
    assert all("Unit price" in text for text in texts[:-1])
    assert f"Page {len(texts)} / {len(texts)}" in texts[-1]
