"""Every profile that a PDF may carry, each in a PDF of its own: what it states, and what the page adds to it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from invoices.reading.engine import read_document
from invoices.reading.types import Kind, Limits, OwnIdentity, Reading, Source

from .documents import blank, cii, invoice_page, page, with_xml
from .xmls import BASIC_WL, DUE, EN16931, EXTENDED, MINIMUM, URN, XRECHNUNG, factur_x, fattura_pa, zugferd1

ADDRESS = ("buyer_street", "buyer_postal_code", "buyer_city", "buyer_country")
NANTES = ["22 quai de la Fosse, Bâtiment C", "44000", "Nantes", "FR"]


def _read(pdf: bytes) -> Reading:
    return read_document(pdf, OwnIdentity(), Limits())


def _values(reading: Reading, *names: str) -> list[object]:
    return [None if (found := reading.found(name)) is None else found.value for name in names]


@pytest.mark.parametrize("xml", [MINIMUM, BASIC_WL, EN16931, EXTENDED, XRECHNUNG, zugferd1()])
def test_read_document_of_every_profile_takes_what_all_of_them_state(xml: str) -> None:
    reading = _read(with_xml(blank(1), xml))
    assert _values(reading, "kind", "number", "issue_date", "currency", "net", "tax", "total") == [
        Kind.INVOICE,
        "F-2026-118",
        date(2026, 3, 2),
        "EUR",
        Decimal("1000.00"),
        Decimal("200.00"),
        Decimal("1200.00"),
    ]
    assert _values(reading, "seller_name", "seller_vat_number", "buyer_name") == [
        "Atelier Duvallon SARL",
        "FR83404833048",
        "Boulangerie Kerjean SAS",
    ]


@pytest.mark.parametrize("xml", [BASIC_WL, EN16931, EXTENDED, XRECHNUNG, zugferd1()])
def test_read_document_of_all_but_the_smallest_profile_takes_address_and_due_date(xml: str) -> None:
    reading = _read(with_xml(blank(1), xml))
    assert _values(reading, *ADDRESS) == NANTES
    assert _values(reading, "due_date") == [date(2026, 4, 1)]


@pytest.mark.parametrize("xml", [EN16931, zugferd1()])
def test_read_document_of_a_full_profile_takes_order_account_and_numbers(xml: str) -> None:
    reading = _read(with_xml(blank(1), xml))
    names = ("purchase_order", "iban", "buyer_vat_number", "buyer_registration_number")
    assert _values(reading, *names) == ["PO-77", "FR7630006000011234567890189", "FR40303265045", "40303265045019"]


def test_read_document_with_taxes_in_two_currencies_takes_the_invoices_and_what_was_prepaid() -> None:
    assert _values(_read(with_xml(blank(1), EXTENDED)), "tax", "paid") == [Decimal("200.00"), Decimal("300.00")]


def test_read_document_of_an_xrechnung_takes_the_electronic_address() -> None:
    assert _values(_read(with_xml(blank(1), XRECHNUNG)), "buyer_email") == ["ap@kerjean.example"]


@pytest.mark.parametrize(("type_code", "sign"), [("381", ""), ("380", "-"), ("396", "")])
def test_read_document_of_a_credit_note_keeps_its_sign(type_code: str, sign: str) -> None:
    reading = _read(with_xml(blank(1), factur_x(guideline=URN, type_code=type_code, sign=sign)))
    assert _values(reading, "kind", "total") == [Kind.CREDIT_NOTE, Decimal(f"{sign}1200.00")]
    assert reading.warnings == ()


def test_read_document_of_a_fattura_pa_takes_every_field() -> None:
    reading = _read(with_xml(blank(1), fattura_pa(), "IT00743110157_00001.xml"))
    assert reading.parser == "fatturapa"
    assert _values(reading, "kind", "number", "issue_date", "due_date", "currency") == [
        Kind.INVOICE,
        "12/PA",
        date(2026, 3, 2),
        date(2026, 4, 1),
        "EUR",
    ]
    assert _values(reading, "net", "tax", "total") == [Decimal("1010.00"), Decimal("220.00"), Decimal("1230.00")]
    assert _values(reading, "seller_name", "seller_vat_number", "buyer_name", "buyer_vat_number") == [
        "Giulia Conti",
        "IT00743110157",
        "Cantine del Borgo S.r.l.",
        "IT07643520567",
    ]
    assert _values(reading, *ADDRESS) == ["Via Roma 22", "20121", "Milano", "IT"]
    assert _values(reading, "purchase_order", "iban") == ["ORD-5", "IT60X0542811101000000123456"]


def test_read_document_of_a_fattura_pa_for_credit_without_a_total_adds_it_up() -> None:
    reading = _read(with_xml(blank(1), fattura_pa("TD04", total="")))
    assert _values(reading, "kind", "total") == [Kind.CREDIT_NOTE, Decimal("1230.00")]


def test_read_document_of_half_a_fattura_pa_reads_the_page() -> None:
    half = fattura_pa().replace("FatturaElettronicaBody", "FatturaElettronicaCorpo")
    assert _read(with_xml(invoice_page(), half)).parser == "text"


@pytest.mark.parametrize("name", ["factur-x.xml", "ZUGFeRD-invoice.XML", "xrechnung.txt", "données (1)", "a.pdf"])
def test_read_document_finds_the_xml_whatever_its_name(name: str) -> None:
    assert _read(with_xml(blank(1), BASIC_WL, name)).parser == "cii"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_read_document_reads_xml_in_other_encodings(encoding: str) -> None:
    xml = BASIC_WL.replace('encoding="UTF-8"', f'encoding="{encoding.removesuffix("-sig")}"')
    assert _values(_read(with_xml(blank(1), xml.encode(encoding))), *ADDRESS) == NANTES


def test_read_document_of_the_smallest_profile_takes_the_address_from_the_page() -> None:
    reading = _read(with_xml(invoice_page(), MINIMUM))
    assert _values(reading, "buyer_street", "buyer_postal_code", "buyer_city") == [
        "22 quai de la Fosse",
        "44000",
        "Nantes",
    ]
    assert reading.buyer_city is not None
    assert reading.buyer_city.source is Source.TEXT


def test_read_document_takes_no_address_of_another_company_from_the_page() -> None:
    xml = cii(buyer="Kerjean Holding SA")
    assert _values(_read(with_xml(invoice_page(), xml)), "buyer_name", "buyer_city") == ["Kerjean Holding SA", None]


def test_read_document_places_the_values_of_the_xml_where_the_page_writes_them_otherwise() -> None:
    shown = page(
        "<h1>FACTURE F-2026-118</h1><p>BOULANGERIE KERJEAN S.A.S., 44000 NANTES</p><p>Du 2 mars 2026, à payer pour "
        "le 01/04/2026</p><p>Somme de 1.200,00 EUR, votre PO-77</p><p>IBAN FR76 3000 6000 0112 3456 7890 189</p>"
    )
    reading = _read(with_xml(shown, EN16931))
    for name in ("number", "buyer_name", "buyer_city", "issue_date", "due_date", "total", "purchase_order", "iban"):
        found = reading.found(name)
        assert found is not None
        assert found.source is Source.XML
        assert found.box is not None, name
        assert 0 < found.box.x0 < found.box.x1 < 1
    assert reading.net is not None
    assert reading.net.box is None


@pytest.mark.parametrize(
    ("number", "codes"), [("2026-118", ["number-differs"]), ("F-2026-118", []), ("F 2026 118", [])]
)
def test_read_document_whose_page_leaves_a_prefix_of_the_number_out_only_warns(number: str, codes: list[str]) -> None:
    reading = _read(with_xml(invoice_page(number), cii()))
    assert _values(reading, "number") == ["F-2026-118"]
    assert [notice.code for notice in reading.warnings] == codes


@pytest.mark.parametrize(
    "xml",
    [
        '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]><x>&c;</x>',
        BASIC_WL[:900],
        BASIC_WL.replace("</ram:CityName>", ""),
    ],
    ids=["entities", "cut-off", "malformed"],
)
def test_read_document_with_xml_that_is_broken_or_unsafe_reads_the_page_and_warns(xml: str) -> None:
    reading = _read(with_xml(invoice_page(), xml))
    assert reading.parser == "text"
    assert [notice.code for notice in reading.warnings] == ["xml-unreadable"]
    assert _values(reading, "number", "total") == ["F-2026-118", Decimal("1200.00")]


def test_read_document_with_several_instalments_takes_the_last_day() -> None:
    xml = factur_x(guideline=URN, terms=DUE.format("20260501") + DUE.format("20260401") + DUE.format("soon"))
    assert _values(_read(with_xml(blank(1), xml)), "due_date") == [date(2026, 5, 1)]
