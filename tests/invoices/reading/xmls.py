"""XML invoices of the syntaxes and profiles that PDFs carry, as small as each may be and still be complete."""

from __future__ import annotations

PARTY_TAX = '<ram:SpecifiedTaxRegistration><ram:ID schemeID="VA">{}</ram:ID></ram:SpecifiedTaxRegistration>'
ADDRESS = (
    "<ram:PostalTradeAddress><ram:PostcodeCode>44000</ram:PostcodeCode><ram:LineOne>22 quai de la Fosse</ram:LineOne>"
    "<ram:LineTwo>Bâtiment C</ram:LineTwo><ram:CityName>Nantes</ram:CityName><ram:CountryID>FR</ram:CountryID>"
    "</ram:PostalTradeAddress>"
)
DUE = (
    "<ram:SpecifiedTradePaymentTerms><ram:DueDateDateTime><udt:DateTimeString>{}</udt:DateTimeString>"
    "</ram:DueDateDateTime></ram:SpecifiedTradePaymentTerms>"
)


def factur_x(
    *,
    guideline: str,
    type_code: str = "380",
    sign: str = "",
    address: str = "",
    buyer: str = "",
    order: str = "",
    means: str = "",
    terms: str = "",
    taxes: str = '<ram:TaxTotalAmount currencyID="EUR">{sign}200.00</ram:TaxTotalAmount>',
    prepaid: str = "",
) -> str:
    """Factur-X and XRechnung (CII): what a profile leaves out is left empty."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
 xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
 xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100">
<rsm:ExchangedDocumentContext><ram:GuidelineSpecifiedDocumentContextParameter><ram:ID>{guideline}</ram:ID>
</ram:GuidelineSpecifiedDocumentContextParameter></rsm:ExchangedDocumentContext>
<rsm:ExchangedDocument><ram:ID>F-2026-118</ram:ID><ram:TypeCode>{type_code}</ram:TypeCode>
<ram:IssueDateTime><udt:DateTimeString format="102">20260302</udt:DateTimeString></ram:IssueDateTime>
</rsm:ExchangedDocument><rsm:SupplyChainTradeTransaction><ram:ApplicableHeaderTradeAgreement>
<ram:SellerTradeParty><ram:Name>Atelier Duvallon SARL</ram:Name>{PARTY_TAX.format("FR83404833048")}
</ram:SellerTradeParty><ram:BuyerTradeParty><ram:Name>Boulangerie Kerjean SAS</ram:Name>{buyer}{address}
</ram:BuyerTradeParty>{order}</ram:ApplicableHeaderTradeAgreement><ram:ApplicableHeaderTradeDelivery/>
<ram:ApplicableHeaderTradeSettlement><ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>{means}{terms}
<ram:SpecifiedTradeSettlementHeaderMonetarySummation>
<ram:TaxBasisTotalAmount>{sign}1000.00</ram:TaxBasisTotalAmount>{taxes.format(sign=sign)}
<ram:GrandTotalAmount>{sign}1200.00</ram:GrandTotalAmount>{prepaid}
<ram:DuePayableAmount>{sign}1200.00</ram:DuePayableAmount>
</ram:SpecifiedTradeSettlementHeaderMonetarySummation></ram:ApplicableHeaderTradeSettlement>
</rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>"""


ORGANIZATION = (
    '<ram:SpecifiedLegalOrganization><ram:ID schemeID="0002">40303265045019</ram:ID></ram:SpecifiedLegalOrganization>'
)
ORDER = (
    "<ram:BuyerOrderReferencedDocument><ram:IssuerAssignedID>PO-77</ram:IssuerAssignedID>"
    "</ram:BuyerOrderReferencedDocument>"
)
MEANS = (
    "<ram:SpecifiedTradeSettlementPaymentMeans><ram:PayeePartyCreditorFinancialAccount>"
    "<ram:IBANID>FR76 3000 6000 0112 3456 7890 189</ram:IBANID></ram:PayeePartyCreditorFinancialAccount>"
    "</ram:SpecifiedTradeSettlementPaymentMeans>"
)
URN = "urn:cen.eu:en16931:2017"
MINIMUM = factur_x(guideline="urn:factur-x.eu:1p0:minimum", buyer=ORGANIZATION)
BASIC_WL = factur_x(guideline="urn:factur-x.eu:1p0:basicwl", address=ADDRESS, terms=DUE.format("20260401"))
EN16931 = factur_x(
    guideline=URN,
    buyer=ORGANIZATION,
    address=ADDRESS + PARTY_TAX.format("FR40303265045"),
    order=ORDER,
    means=MEANS,
    terms=DUE.format("20260401"),
)
EXTENDED = factur_x(
    guideline=f"{URN}#conformant#urn:factur-x.eu:1p0:extended",
    address=ADDRESS,
    order=ORDER,
    terms=DUE.format("20260312") + DUE.format("20260401"),
    taxes='<ram:TaxTotalAmount currencyID="CHF">190.00</ram:TaxTotalAmount>'
    '<ram:TaxTotalAmount currencyID="EUR">200.00</ram:TaxTotalAmount>',
    prepaid="<ram:TotalPrepaidAmount>300.00</ram:TotalPrepaidAmount>",
)
XRECHNUNG = factur_x(
    guideline=f"{URN}#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0",
    buyer='<ram:URIUniversalCommunication><ram:URIID schemeID="EM">ap@kerjean.example</ram:URIID>'
    "</ram:URIUniversalCommunication>",
    address=ADDRESS,
    terms=DUE.format("20260401"),
)


def zugferd1() -> str:
    """ZUGFeRD 1.0: the same under the names of 2014."""
    renamed = {
        "CrossIndustryInvoice ": "CrossIndustryDocument ",
        "CrossIndustryInvoice>": "CrossIndustryDocument>",
        "rsm:ExchangedDocument>": "rsm:HeaderExchangedDocument>",
        "rsm:SupplyChainTradeTransaction": "rsm:SpecifiedSupplyChainTradeTransaction",
        "ApplicableHeaderTrade": "ApplicableSupplyChainTrade",
        "SpecifiedTradeSettlementHeaderMonetarySummation": "SpecifiedTradeSettlementMonetarySummation",
        "IssuerAssignedID": "ID",
    }
    xml = EN16931
    for name, old in renamed.items():
        xml = xml.replace(name, old)
    return xml


def fattura_pa(kind: str = "TD01", total: str = "<ImportoTotaleDocumento>1230.00</ImportoTotaleDocumento>") -> str:
    """FatturaPA with two rates."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<p:FatturaElettronica versione="FPR12" xmlns:p="http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2">
<FatturaElettronicaHeader><CedentePrestatore><DatiAnagrafici><IdFiscaleIVA><IdPaese>IT</IdPaese>
<IdCodice>00743110157</IdCodice></IdFiscaleIVA><Anagrafica><Nome>Giulia</Nome><Cognome>Conti</Cognome></Anagrafica>
</DatiAnagrafici></CedentePrestatore><CessionarioCommittente><DatiAnagrafici><IdFiscaleIVA><IdPaese>IT</IdPaese>
<IdCodice>07643520567</IdCodice></IdFiscaleIVA><Anagrafica><Denominazione>Cantine del Borgo S.r.l.</Denominazione>
</Anagrafica></DatiAnagrafici><Sede><Indirizzo>Via Roma</Indirizzo><NumeroCivico>22</NumeroCivico><CAP>20121</CAP>
<Comune>Milano</Comune><Provincia>MI</Provincia><Nazione>IT</Nazione></Sede></CessionarioCommittente>
</FatturaElettronicaHeader><FatturaElettronicaBody><DatiGenerali><DatiGeneraliDocumento>
<TipoDocumento>{kind}</TipoDocumento><Divisa>EUR</Divisa><Data>2026-03-02</Data><Numero>12/PA</Numero>{total}
</DatiGeneraliDocumento><DatiOrdineAcquisto><IdDocumento>ORD-5</IdDocumento></DatiOrdineAcquisto></DatiGenerali>
<DatiBeniServizi><DatiRiepilogo><AliquotaIVA>22.00</AliquotaIVA><ImponibileImporto>1000.00</ImponibileImporto>
<Imposta>220.00</Imposta></DatiRiepilogo><DatiRiepilogo><AliquotaIVA>0.00</AliquotaIVA><Natura>N1</Natura>
<ImponibileImporto>10.00</ImponibileImporto><Imposta>0.00</Imposta></DatiRiepilogo></DatiBeniServizi><DatiPagamento>
<DettaglioPagamento><DataScadenzaPagamento>2026-04-01</DataScadenzaPagamento><IBAN>IT60X0542811101000000123456</IBAN>
</DettaglioPagamento></DatiPagamento></FatturaElettronicaBody></p:FatturaElettronica>"""
