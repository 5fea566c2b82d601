"""Small PDFs made on the spot, good and bad, and the samples beside the checkout."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples" / "invoices"

needs_samples = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample invoices are not beside the checkout")


def sample(name: str) -> bytes:
    return (SAMPLES / f"{name}.pdf").read_bytes()


def text_pdf(*lines: str) -> bytes:
    """Return a page with a text layer, one line under the other."""
    shown = "\n".join(f"({_escaped(line)}) Tj T*" for line in lines)
    stream = f"BT /F1 11 Tf 16 TL 60 780 Td\n{shown}\nET".encode("cp1252")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
            b" /Resources << /Font << /F1 5 0 R >> >> >>"
        ),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    return _file(objects)


def _escaped(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _file(objects: list[bytes]) -> bytes:
    content, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return content + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (size, table, size, len(content))
    )


def invoice_pdf(
    number: str = "F-2026-0042",
    *,
    customer: str = "Brasserie du Port SAS",
    issued_on: str = "05/01/2026",
    due_on: str | None = "04/02/2026",
    net: str = "1 000,00 €",
    tax: str = "200,00 €",
    total: str = "1 200,00 €",
    title: str = "Facture",
) -> bytes:
    """Return a French invoice of Atelier Nord as its reader sees it: text only."""
    lines = [
        "Atelier Nord",
        "1 rue du Nord, 59000 Lille",
        "",
        f"{title} n° {number}",
        f"Date : {issued_on}",
        *([f"Échéance : {due_on}"] if due_on else []),
        "",
        "Facturé à :",
        customer,
        "2 quai du Port",
        "13002 Marseille",
        "",
        f"Total HT : {net}",
        f"TVA 20 % : {tax}",
        f"Total TTC : {total}",
    ]
    return text_pdf(*lines)


def scan_pdf() -> bytes:
    """Return a page that shows something and has no text."""
    return text_pdf()


def empty_pdf() -> bytes:
    """Return a PDF without a page."""
    return _file([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>"])


def encrypted_pdf() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(invoice_pdf())))
    writer.encrypt("secret", algorithm="RC4-128")
    return _written(writer)


def contradicting_pdf() -> bytes:
    """Return an invoice whose embedded data names another total than its page."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(invoice_pdf())))
    writer.add_attachment("factur-x.xml", _MINIMUM.format(number="F-2026-0042", total="9999.00").encode())
    return _written(writer)


def _written(writer: PdfWriter) -> bytes:
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


_MINIMUM = """<?xml version="1.0" encoding="UTF-8"?>
<rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
  xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
  xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100">
  <rsm:ExchangedDocumentContext><ram:GuidelineSpecifiedDocumentContextParameter>
    <ram:ID>urn:factur-x.eu:1p0:minimum</ram:ID>
  </ram:GuidelineSpecifiedDocumentContextParameter></rsm:ExchangedDocumentContext>
  <rsm:ExchangedDocument><ram:ID>{number}</ram:ID><ram:TypeCode>380</ram:TypeCode>
    <ram:IssueDateTime><udt:DateTimeString format="102">20260105</udt:DateTimeString></ram:IssueDateTime>
  </rsm:ExchangedDocument>
  <rsm:SupplyChainTradeTransaction>
    <ram:ApplicableHeaderTradeAgreement>
      <ram:SellerTradeParty><ram:Name>Atelier Nord</ram:Name></ram:SellerTradeParty>
      <ram:BuyerTradeParty><ram:Name>Brasserie du Port SAS</ram:Name></ram:BuyerTradeParty>
    </ram:ApplicableHeaderTradeAgreement>
    <ram:ApplicableHeaderTradeDelivery/>
    <ram:ApplicableHeaderTradeSettlement>
      <ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>
      <ram:SpecifiedTradeSettlementHeaderMonetarySummation>
        <ram:TaxBasisTotalAmount>{total}</ram:TaxBasisTotalAmount>
        <ram:TaxTotalAmount currencyID="EUR">0.00</ram:TaxTotalAmount>
        <ram:GrandTotalAmount>{total}</ram:GrandTotalAmount>
        <ram:DuePayableAmount>{total}</ram:DuePayableAmount>
      </ram:SpecifiedTradeSettlementHeaderMonetarySummation>
    </ram:ApplicableHeaderTradeSettlement>
  </rsm:SupplyChainTradeTransaction>
</rsm:CrossIndustryInvoice>
"""
