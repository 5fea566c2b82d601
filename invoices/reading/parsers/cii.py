"""UN/CEFACT Cross Industry Invoice: Factur-X, ZUGFeRD 2 and XRechnung in that syntax.

Paths are those of EN 16931's binding (BT numbers in the comments). They are followed by local name, so any
version of the namespaces will do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from invoices.reading.parser import Parser
from invoices.reading.refusal import Reason, Refused
from invoices.reading.types import Reading
from invoices.reading.xmlfields import (
    as_amount,
    as_country,
    as_currency,
    as_date,
    as_identifier,
    exact,
    kind_of,
)
from invoices.reading.xmltree import each, first, local_name, text_of

if TYPE_CHECKING:
    from datetime import date
    from xml.etree.ElementTree import Element

    from invoices.reading.document import Document
    from invoices.reading.types import Fields, OwnIdentity


class CiiParser(Parser):
    """Factur-X, ZUGFeRD 2 and XRechnung (CII)."""

    name = "cii"
    fitness: ClassVar[float] = 1.0
    root: ClassVar[str] = "CrossIndustryInvoice"
    header: ClassVar[str] = "ExchangedDocument"
    transaction: ClassVar[str] = "SupplyChainTradeTransaction"
    agreement: ClassVar[str] = "ApplicableHeaderTradeAgreement"
    settlement: ClassVar[str] = "ApplicableHeaderTradeSettlement"
    summation: ClassVar[str] = "SpecifiedTradeSettlementHeaderMonetarySummation"

    def score(self, document: Document) -> float:
        """Return the fitness when such XML is attached."""
        return self.fitness if self._root(document) is not None else 0.0

    def read(self, document: Document, own: OwnIdentity) -> Reading:
        """Return what the XML states."""
        root = self._root(document)
        if root is None:
            raise Refused(Reason.XML_UNREADABLE)
        header = first(root, self.header)
        agreement = first(root, f"{self.transaction}/{self.agreement}")
        settlement = first(root, f"{self.transaction}/{self.settlement}")
        if header is None or agreement is None or settlement is None:
            raise Refused(Reason.XML_UNREADABLE)
        return Reading(
            page_count=document.page_count,
            parser=self.name,
            **self._heading(header, settlement),
            **self._figures(settlement),
            **self._parties(agreement),
            iban=exact(as_identifier(_text(settlement, f"{MEANS}/PayeePartyCreditorFinancialAccount/IBANID"))),
            purchase_order=exact(_text(agreement, "BuyerOrderReferencedDocument/IssuerAssignedID", PO_OF_V1)),
        )

    def _root(self, document: Document) -> Element | None:
        return next((root for root in document.xml_roots if local_name(root) == self.root), None)

    def _heading(self, header: Element, settlement: Element) -> Fields:
        total = as_amount(_text(settlement, f"{self.summation}/GrandTotalAmount"))
        return {
            "kind": exact(kind_of(_text(header, "TypeCode"), total)),  # BT-3
            "number": exact(_text(header, "ID")),  # BT-1
            "issue_date": exact(as_date(_text(header, "IssueDateTime/DateTimeString"))),  # BT-2
            "due_date": exact(_due_date(settlement)),  # BT-9
            "currency": exact(as_currency(_text(settlement, "InvoiceCurrencyCode"))),  # BT-5
        }

    def _figures(self, settlement: Element) -> Fields:
        sums = first(settlement, self.summation)
        if sums is None:
            return {}
        currency = _text(settlement, "InvoiceCurrencyCode")
        # BT-110 and BT-111 share a tag: the tax in the invoice's currency, then perhaps in that of the books.
        taxes = list(each(sums, "TaxTotalAmount"))
        tax = next((one for one in taxes if one.get("currencyID") in (currency, None)), None)
        return {
            "total": exact(as_amount(_text(sums, "GrandTotalAmount"))),  # BT-112
            "net": exact(as_amount(_text(sums, "TaxBasisTotalAmount"))),  # BT-109
            "tax": exact(as_amount(text_of(tax))),
            "paid": exact(as_amount(_text(sums, "TotalPrepaidAmount"))),  # BT-113
        }

    def _parties(self, agreement: Element) -> Fields:
        seller, buyer = first(agreement, "SellerTradeParty"), first(agreement, "BuyerTradeParty")
        address = None if buyer is None else first(buyer, "PostalTradeAddress")
        return {
            "seller_name": exact(_text(seller, "Name")),
            "seller_vat_number": exact(_vat_number(seller)),
            "seller_registration_number": exact(as_identifier(_text(seller, ORGANIZATION_ID))),
            "buyer_name": exact(_text(buyer, "Name")),
            "buyer_vat_number": exact(_vat_number(buyer)),
            "buyer_registration_number": exact(as_identifier(_text(buyer, ORGANIZATION_ID))),
            "buyer_street": exact(_street(address)),
            "buyer_postal_code": exact(_text(address, "PostcodeCode")),
            "buyer_city": exact(_text(address, "CityName")),
            "buyer_country": exact(as_country(_text(address, "CountryID"))),
            "buyer_email": exact(_email(buyer)),
        }


MEANS = "SpecifiedTradeSettlementPaymentMeans"
ORGANIZATION_ID = "SpecifiedLegalOrganization/ID"
PO_OF_V1 = "BuyerOrderReferencedDocument/ID"


def _text(element: Element | None, *paths: str) -> str | None:
    return None if element is None else text_of(first(element, *paths))


def _due_date(settlement: Element) -> date | None:
    """Return the last due date; the earlier ones are for cash discounts."""
    days = [
        as_date(text_of(day)) for day in each(settlement, "SpecifiedTradePaymentTerms/DueDateDateTime/DateTimeString")
    ]
    return max((day for day in days if day), default=None)


def _vat_number(party: Element | None) -> str | None:
    registrations = () if party is None else each(party, "SpecifiedTaxRegistration/ID")
    return next((as_identifier(text_of(one)) for one in registrations if one.get("schemeID") == "VA"), None)


def _street(address: Element | None) -> str | None:
    lines = [_text(address, tag) for tag in ("LineOne", "LineTwo", "LineThree")]
    return ", ".join(line for line in lines if line) or None


def _email(party: Element | None) -> str | None:
    address = _text(party, "DefinedTradeContact/EmailURIUniversalCommunication/URIID")
    if address is None and party is not None:
        ids = each(party, "URIUniversalCommunication/URIID")
        address = next((text_of(one) for one in ids if one.get("schemeID") == "EM"), None)
    return address if address and "@" in address else None
