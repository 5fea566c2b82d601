"""OASIS UBL 2.1 invoices and credit notes: XRechnung in that syntax, Peppol BIS Billing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from invoices.reading.parser import Parser
from invoices.reading.refusal import Reason, Refused
from invoices.reading.types import Kind, Reading
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
    from xml.etree.ElementTree import Element

    from invoices.reading.document import Document
    from invoices.reading.types import Fields, OwnIdentity

NAMESPACE = "urn:oasis:names:specification:ubl:schema:xsd:"
ROOTS = {"Invoice": Kind.INVOICE, "CreditNote": Kind.CREDIT_NOTE}


class UblParser(Parser):
    """UBL 2.1 `Invoice` and `CreditNote`."""

    name = "ubl"

    def score(self, document: Document) -> float:
        """Return 0.95 when such XML is attached: a CII beside it is the one Factur-X vouches for."""
        return 0.95 if _root(document) is not None else 0.0

    def read(self, document: Document, own: OwnIdentity) -> Reading:
        """Return what the XML states."""
        root = _root(document)
        if root is None:
            raise Refused(Reason.XML_UNREADABLE)
        return Reading(
            page_count=document.page_count,
            parser=self.name,
            **_heading(root),
            **_figures(root),
            **_seller(first(root, "AccountingSupplierParty/Party")),
            **_buyer(first(root, "AccountingCustomerParty/Party")),
            purchase_order=exact(_text(root, "OrderReference/ID")),  # BT-13
            iban=exact(as_identifier(_text(root, "PaymentMeans/PayeeFinancialAccount/ID"))),  # BT-84
        )


def _root(document: Document) -> Element | None:
    return next(
        (r for r in document.xml_roots if local_name(r) in ROOTS and str(r.tag).startswith("{" + NAMESPACE)),
        None,
    )


def _text(element: Element | None, *paths: str) -> str | None:
    return None if element is None else text_of(first(element, *paths))


def _heading(root: Element) -> Fields:
    total = as_amount(_text(root, "LegalMonetaryTotal/TaxInclusiveAmount"))
    kind = kind_of(_text(root, "InvoiceTypeCode", "CreditNoteTypeCode"), total)
    due_on = _text(root, "DueDate", "PaymentMeans/PaymentDueDate")  # the second is where credit notes keep it
    return {
        "kind": exact(Kind.CREDIT_NOTE if local_name(root) == "CreditNote" else kind),
        "number": exact(_text(root, "ID")),
        "issue_date": exact(as_date(_text(root, "IssueDate"))),
        "due_date": exact(as_date(due_on)),
        "currency": exact(as_currency(_text(root, "DocumentCurrencyCode"))),
    }


def _figures(root: Element) -> Fields:
    currency = _text(root, "DocumentCurrencyCode")
    taxes = list(each(root, "TaxTotal/TaxAmount"))
    tax = next((one for one in taxes if one.get("currencyID") in (currency, None)), None)
    return {
        "total": exact(as_amount(_text(root, "LegalMonetaryTotal/TaxInclusiveAmount"))),
        "net": exact(as_amount(_text(root, "LegalMonetaryTotal/TaxExclusiveAmount"))),
        "tax": exact(as_amount(text_of(tax))),
        "paid": exact(as_amount(_text(root, "LegalMonetaryTotal/PrepaidAmount"))),
    }


def _seller(party: Element | None) -> Fields:
    return {
        "seller_name": exact(_text(party, "PartyLegalEntity/RegistrationName", "PartyName/Name")),
        "seller_vat_number": exact(_vat_number(party)),
        "seller_registration_number": exact(as_identifier(_text(party, "PartyLegalEntity/CompanyID"))),
    }


def _buyer(party: Element | None) -> Fields:
    address = None if party is None else first(party, "PostalAddress")
    lines = [_text(address, tag) for tag in ("StreetName", "AdditionalStreetName", "AddressLine/Line")]
    email = _text(party, "Contact/ElectronicMail")
    return {
        "buyer_name": exact(_text(party, "PartyLegalEntity/RegistrationName", "PartyName/Name")),
        "buyer_vat_number": exact(_vat_number(party)),
        "buyer_registration_number": exact(as_identifier(_text(party, "PartyLegalEntity/CompanyID"))),
        "buyer_street": exact(", ".join(line for line in lines if line) or None),
        "buyer_postal_code": exact(_text(address, "PostalZone")),
        "buyer_city": exact(_text(address, "CityName")),
        "buyer_country": exact(as_country(_text(address, "Country/IdentificationCode"))),
        "buyer_email": exact(email if email and "@" in email else None),
    }


def _vat_number(party: Element | None) -> str | None:
    schemes = () if party is None else each(party, "PartyTaxScheme")
    return next(
        (as_identifier(_text(one, "CompanyID")) for one in schemes if _text(one, "TaxScheme/ID") == "VAT"),
        None,
    )
