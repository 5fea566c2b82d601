"""The XML syntaxes, and what is done with unsafe or odd XML."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from invoices.reading.engine import read_document
from invoices.reading.refusal import Refused
from invoices.reading.types import Kind, Limits, OwnIdentity, Reading, Source
from invoices.reading.xmlfields import as_amount, as_date
from invoices.reading.xmltree import parse_xml, text_of

from .documents import blank, cii, invoice_page, with_xml

UBL = """<?xml version="1.0"?>
<{root} xmlns="urn:oasis:names:specification:ubl:schema:xsd:{root}-2"
 xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
 xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2">
<cbc:ID>2026-55</cbc:ID><cbc:IssueDate>2026-02-01</cbc:IssueDate><cbc:DueDate>2026-03-03</cbc:DueDate>
<cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode><cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
<cac:OrderReference><cbc:ID>PO-9</cbc:ID></cac:OrderReference>
<cac:AccountingSupplierParty><cac:Party><cac:PartyTaxScheme><cbc:CompanyID>DE545195683</cbc:CompanyID>
<cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme><cac:PartyLegalEntity>
<cbc:RegistrationName>Brückner Metallbau GmbH</cbc:RegistrationName></cac:PartyLegalEntity></cac:Party>
</cac:AccountingSupplierParty><cac:AccountingCustomerParty><cac:Party><cac:PostalAddress>
<cbc:StreetName>Lindenweg 4</cbc:StreetName><cbc:CityName>Rosenheim</cbc:CityName><cbc:PostalZone>83022</cbc:PostalZone>
<cac:Country><cbc:IdentificationCode>DE</cbc:IdentificationCode></cac:Country></cac:PostalAddress>
<cac:PartyLegalEntity><cbc:RegistrationName>Gasthof Zur Linde KG</cbc:RegistrationName>
<cbc:CompanyID>HRA 4711</cbc:CompanyID></cac:PartyLegalEntity>
<cac:Contact><cbc:ElectronicMail>linde@example.com</cbc:ElectronicMail></cac:Contact></cac:Party>
</cac:AccountingCustomerParty><cac:PaymentMeans><cac:PayeeFinancialAccount><cbc:ID>DE89 3704 0044 0532 0130 00</cbc:ID>
</cac:PayeeFinancialAccount></cac:PaymentMeans><cac:TaxTotal><cbc:TaxAmount currencyID="EUR">19.00</cbc:TaxAmount>
</cac:TaxTotal><cac:LegalMonetaryTotal><cbc:TaxExclusiveAmount>100.00</cbc:TaxExclusiveAmount>
<cbc:TaxInclusiveAmount>119.00</cbc:TaxInclusiveAmount><cbc:PrepaidAmount>19.00</cbc:PrepaidAmount>
</cac:LegalMonetaryTotal></{root}>"""


def _read(pdf: bytes) -> Reading:
    return read_document(pdf, OwnIdentity(), Limits())


def _values(reading: Reading, *names: str) -> list[object]:
    return [None if (found := reading.found(name)) is None else found.value for name in names]


def test_read_document_with_ubl_takes_every_field() -> None:
    reading = _read(with_xml(blank(1), UBL.format(root="Invoice"), "invoice.xml"))
    assert reading.parser == "ubl"
    assert _values(reading, "kind", "number", "issue_date", "due_date", "currency") == [
        Kind.INVOICE,
        "2026-55",
        date(2026, 2, 1),
        date(2026, 3, 3),
        "EUR",
    ]
    assert _values(reading, "net", "tax", "total", "paid") == [
        Decimal("100.00"),
        Decimal("19.00"),
        Decimal("119.00"),
        Decimal("19.00"),
    ]
    assert _values(reading, "seller_name", "seller_vat_number", "buyer_name", "buyer_registration_number") == [
        "Brückner Metallbau GmbH",
        "DE545195683",
        "Gasthof Zur Linde KG",
        "HRA4711",
    ]
    assert _values(reading, "buyer_street", "buyer_postal_code", "buyer_city", "buyer_country", "buyer_email") == [
        "Lindenweg 4",
        "83022",
        "Rosenheim",
        "DE",
        "linde@example.com",
    ]
    assert _values(reading, "purchase_order", "iban") == ["PO-9", "DE89370400440532013000"]


def test_read_document_with_a_ubl_credit_note_is_one_and_keeps_the_positive_total() -> None:
    reading = _read(with_xml(blank(1), UBL.format(root="CreditNote")))
    assert _values(reading, "kind", "total") == [Kind.CREDIT_NOTE, Decimal("119.00")]


@pytest.mark.parametrize(
    ("type_code", "total", "kind"),
    [
        ("380", "1200.00", Kind.INVOICE),
        ("381", "1200.00", Kind.CREDIT_NOTE),
        ("380", "-1200.00", Kind.CREDIT_NOTE),
        ("384", "1200.00", Kind.INVOICE),
    ],
)
def test_read_document_tells_credit_notes_by_type_and_sign(type_code: str, total: str, kind: Kind) -> None:
    reading = _read(with_xml(blank(1), cii(type_code=type_code, total=total)))
    assert _values(reading, "kind", "total") == [kind, Decimal(total)]


def test_read_document_with_xml_places_its_values_on_the_page_and_adds_what_only_the_page_says() -> None:
    reading = _read(with_xml(invoice_page(), cii()))
    assert reading.number is not None
    assert (reading.number.source, reading.number.page) == (Source.XML, 1)
    assert reading.number.box is not None
    assert 0 < reading.number.box.x0 < reading.number.box.x1 < 1
    assert reading.language is not None
    assert (reading.language.value, reading.language.source) == ("fr", Source.TEXT)


def test_read_document_whose_page_is_of_another_date_in_a_series_keeps_the_xml_and_warns() -> None:
    reading = _read(with_xml(invoice_page("F-2026-087", "02/02/2026"), cii()))
    assert _values(reading, "number", "issue_date") == ["F-2026-118", date(2026, 3, 2)]
    assert [dict(notice.params) for notice in reading.warnings] == [
        {"in_xml": "F-2026-118", "on_page": "F-2026-087"},
        {"in_xml": "2026-03-02", "on_page": "2026-02-02"},
    ]


def test_read_document_with_xml_of_something_else_reads_the_page() -> None:
    assert _read(with_xml(invoice_page(), "<order><id>5</id></order>")).parser == "text"


def test_read_document_with_half_an_invoice_in_xml_reads_the_page() -> None:
    half = '<x:CrossIndustryInvoice xmlns:x="urn:x"><x:ExchangedDocument/></x:CrossIndustryInvoice>'
    assert _read(with_xml(invoice_page(), half)).parser == "text"


def test_read_document_whose_figures_do_not_add_up_warns() -> None:
    reading = _read(with_xml(blank(1), cii(total="1300.00")))
    (notice,) = reading.warnings
    assert notice.code == "figures-inconsistent"
    assert dict(notice.params) == {"net": "1000.00", "tax": "200.00", "total": "1300.00"}


def test_read_document_due_before_issue_warns() -> None:
    ubl = UBL.format(root="Invoice").replace("2026-03-03", "2026-01-03")
    assert [notice.code for notice in _read(with_xml(blank(1), ubl)).warnings] == ["due-before-issue"]


def test_read_document_with_a_wrong_iban_warns() -> None:
    ubl = UBL.format(root="Invoice").replace("DE89 3704", "DE88 3704")
    (notice,) = _read(with_xml(blank(1), ubl)).warnings
    assert (notice.code, dict(notice.params)) == ("iban-invalid", {"iban": "DE88370400440532013000"})


@pytest.mark.parametrize(
    "xml",
    [
        b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>',
        b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>',
        '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x><x/>'.encode("utf-16"),
        b"<x>" * 100 + b"</x>" * 100,
        b"<x><y></x>",
        b"<x>&undefined;</x>",
        b'<?xml version="1.0" encoding="klingon"?><x/>',
        b"",
    ],
)
def test_parse_xml_refuses_what_is_unsafe_or_broken(xml: bytes) -> None:
    with pytest.raises(Refused):
        parse_xml(xml)


def test_parse_xml_reads_other_encodings() -> None:
    assert text_of(parse_xml('<?xml version="1.0" encoding="windows-1252"?><x> é  € </x>'.encode("cp1252"))) == "é €"


def test_xml_values_that_are_none_stay_none() -> None:
    assert [as_amount(text) for text in ("", None, "NaN", "Infinity", "1e99", "12,50")] == [None] * 6
    assert [as_date(text) for text in ("", None, "20261399", "soon")] == [None] * 4
    assert as_date("2026-02-01+01:00") == date(2026, 2, 1)
    assert str(as_amount("-0.00")) == "0.00"
