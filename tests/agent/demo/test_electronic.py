from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from facturx import get_facturx_xml_from_pdf, xml_check_xsd
from pypdf import PdfReader

from billabex.agent.demo.documents import Kind
from billabex.agent.demo.electronic import facturx_xml

if TYPE_CHECKING:
    from collections.abc import Mapping

    from billabex.agent.demo.documents import PaperDocument
    from billabex.agent.demo.story import Story

    type Printed = Mapping[str, tuple[PaperDocument, bytes]]

pytestmark = pytest.mark.xdist_group("demo-paper")

UN = "urn:un:unece:uncefact:data:standard"
NAMESPACES = {
    "rsm": f"{UN}:CrossIndustryInvoice:100",
    "ram": f"{UN}:ReusableAggregateBusinessInformationEntity:100",
    "udt": f"{UN}:UnqualifiedDataType:100",
}


def _value(root: ET.Element, path: str) -> str | None:
    return root.findtext(f".//{path}", namespaces=NAMESPACES)


def _hybrids(printed: Printed) -> list[tuple[PaperDocument, ET.Element]]:
    def data(pdf: bytes) -> ET.Element:
        _, xml = get_facturx_xml_from_pdf(pdf, check_xsd=True, check_schematron=False)
        return ET.fromstring(xml)  # noqa: S314 (we wrote it)

    return [(document, data(pdf)) for document, pdf in printed.values() if document.is_facturx]


def test_hybrid_carries_the_data_of_the_page(printed: Printed) -> None:
    hybrids = _hybrids(printed)
    assert len(hybrids) == 8
    for document, root in hybrids:
        assert _value(root, "rsm:ExchangedDocument/ram:ID") == document.number
        assert _value(root, "ram:IssueDateTime/udt:DateTimeString") == f"{document.issued_on:%Y%m%d}"
        assert _value(root, "ram:GrandTotalAmount") == f"{document.total:.2f}"
        assert _value(root, "ram:TaxTotalAmount") == f"{document.vat:.2f}"
        assert _value(root, "ram:DuePayableAmount") == f"{document.payable:.2f}"
        assert _value(root, "ram:InvoiceCurrencyCode") == document.currency
        assert _value(root, "ram:BuyerTradeParty/ram:Name") == document.buyer.name
        assert _value(root, "ram:SellerTradeParty/ram:Name") == "Atelier Lumen SAS"


def test_hybrid_invoice_says_until_when_and_where_to_pay(printed: Printed) -> None:
    for document, root in _hybrids(printed):
        due = f"{document.due_on:%Y%m%d}" if document.due_on else None
        assert _value(root, "ram:DueDateDateTime/udt:DateTimeString") == due
        is_invoice = document.kind is Kind.INVOICE
        assert _value(root, "ram:IBANID") == ("FR7698761004263195074820122" if is_invoice else None)


def test_hybrid_credit_note_is_type_381_and_names_its_invoice(printed: Printed) -> None:
    ((document, root),) = (each for each in _hybrids(printed) if each[0].kind is Kind.CREDIT_NOTE)
    assert document.corrects
    assert _value(root, "rsm:ExchangedDocument/ram:TypeCode") == "381"
    assert _value(root, "ram:InvoiceReferencedDocument/ram:IssuerAssignedID") == document.corrects[0]
    assert Decimal(_value(root, "ram:GrandTotalAmount") or 0) == Decimal("1272.00")


def test_hybrid_invoice_is_type_380(printed: Printed) -> None:
    types = {_value(root, "rsm:ExchangedDocument/ram:TypeCode") for doc, root in _hybrids(printed) if doc.due_on}
    assert types == {"380"}


def test_hybrid_explains_why_there_is_no_vat(printed: Printed) -> None:
    for document, root in _hybrids(printed):
        code = _value(root, "ram:ExemptionReasonCode")
        assert code == (None if document.vat else "VATEX-EU-AE")


def test_hybrid_declares_itself_as_factur_x_in_an_archive_pdf(printed: Printed) -> None:
    for document, pdf in printed.values():
        if document.is_facturx:
            catalogue: Any = PdfReader(BytesIO(pdf)).trailer["/Root"]
            metadata = catalogue["/Metadata"].get_data().decode()
            assert "<pdfaid:part>3</pdfaid:part>" in metadata
            assert "<fx:ConformanceLevel>EN 16931</fx:ConformanceLevel>" in metadata
            assert "/OutputIntents" in catalogue


def test_text_only_document_carries_no_data(printed: Printed) -> None:
    for document, pdf in printed.values():
        if not document.is_facturx:
            assert not PdfReader(BytesIO(pdf)).attachments


def test_every_document_of_the_story_holds_against_the_schema(story: Story) -> None:
    for arrival in story.arrivals:
        assert xml_check_xsd(facturx_xml(arrival.document), flavor="factur-x", level="en16931")


def test_document_that_breaks_the_schema_is_refused(story: Story) -> None:
    document = story.arrivals[0].document
    with pytest.raises(Exception, match="IncludedSupplyChainTradeLineItem"):
        facturx_xml(replace(document, lines=()))
