"""PDFs made for one test each, good and bad."""

from __future__ import annotations

import zlib
from io import BytesIO

from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject
from weasyprint import HTML

NUMBER, TOTAL, BUYER = "F-2026-118", "1200.00", "Boulangerie Kerjean SAS"


def page(body: str, style: str = "") -> bytes:
    """A PDF of one short page."""
    html = f"<style>@page {{ size: A4 }} body {{ font: 10pt sans-serif }} {style}</style>{body}"
    pdf: bytes = HTML(string=html).write_pdf()
    return pdf


def invoice_page(number: str = NUMBER, issued: str = "02/03/2026") -> bytes:
    """A small French invoice."""
    return page(
        f"<p>Atelier Duvallon SARL<br>8 rue des Tanneurs<br>69003 Lyon</p><p>Facturé à<br>{BUYER}<br>"
        f"22 quai de la Fosse<br>44000 Nantes</p><h1>Facture n° {number}</h1><p>Date de facture : {issued}</p>"
        f"<table><tr><td>Total HT</td><td>1 000,00 €</td></tr><tr><td>TVA 20 %</td><td>200,00 €</td></tr>"
        f"<tr><td>Total TTC</td><td>1 200,00 €</td></tr></table>"
    )


def without_character_maps(pdf: bytes) -> bytes:
    """A PDF whose fonts tell no longer which characters their glyphs are; it looks as before."""
    writer = PdfWriter(clone_from=BytesIO(pdf))
    for number in range(1, len(writer._objects) + 1):
        one = writer.get_object(number)
        if isinstance(one, DictionaryObject):
            one.pop("/ToUnicode", None)
    return _written(writer)


def cii(number: str = NUMBER, total: str = TOTAL, buyer: str = BUYER, type_code: str = "380") -> str:
    """The smallest useful Factur-X."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
 xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
 xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100">
<rsm:ExchangedDocument><ram:ID>{number}</ram:ID><ram:TypeCode>{type_code}</ram:TypeCode>
<ram:IssueDateTime><udt:DateTimeString format="102">20260302</udt:DateTimeString></ram:IssueDateTime>
</rsm:ExchangedDocument><rsm:SupplyChainTradeTransaction><ram:ApplicableHeaderTradeAgreement>
<ram:SellerTradeParty><ram:Name>Atelier Duvallon SARL</ram:Name></ram:SellerTradeParty>
<ram:BuyerTradeParty><ram:Name>{buyer}</ram:Name></ram:BuyerTradeParty></ram:ApplicableHeaderTradeAgreement>
<ram:ApplicableHeaderTradeSettlement><ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>
<ram:SpecifiedTradeSettlementHeaderMonetarySummation><ram:TaxBasisTotalAmount>1000.00</ram:TaxBasisTotalAmount>
<ram:TaxTotalAmount currencyID="EUR">200.00</ram:TaxTotalAmount><ram:GrandTotalAmount>{total}</ram:GrandTotalAmount>
</ram:SpecifiedTradeSettlementHeaderMonetarySummation></ram:ApplicableHeaderTradeSettlement>
</rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>"""


def with_xml(pdf: bytes, xml: str | bytes, name: str = "factur-x.xml") -> bytes:
    """The PDF with a file attached."""
    writer = PdfWriter(clone_from=BytesIO(pdf))
    writer.add_attachment(name, xml.encode() if isinstance(xml, str) else xml)
    return _written(writer)


def with_javascript(pdf: bytes) -> bytes:
    """The PDF with a script that runs when it is opened."""
    writer = PdfWriter(clone_from=BytesIO(pdf))
    script = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("while (true) {}")}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(script)
    return _written(writer)


def locked(pdf: bytes, user_password: str) -> bytes:
    """The PDF encrypted; an empty user password only restricts what the owner forbids."""
    writer = PdfWriter(clone_from=BytesIO(pdf))
    writer.encrypt(user_password, "owner", algorithm="RC4-128")
    return _written(writer)


def blank(pages: int) -> bytes:
    """A PDF of empty pages."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    return _written(writer)


def bomb(inflated: bytes, times: int) -> bytes:
    """A PDF whose page content inflates to `inflated` repeated `times` times."""
    squeezer = zlib.compressobj(9)
    stream = b"".join(squeezer.compress(inflated) for _ in range(times)) + squeezer.flush()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R>>>>>>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    body, offsets = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"trailer << /Root 1 0 R /Size 6 >>\nstartxref\n%d\n%%%%EOF\n" % len(body)
    return body + b"xref\n0 6\n0000000000 65535 f \n" + table + trailer


def slow() -> bytes:
    """A small PDF whose one page takes many seconds to go through."""
    return bomb(b"q Q " * 250_000, 150)


def _written(writer: PdfWriter) -> bytes:
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()
