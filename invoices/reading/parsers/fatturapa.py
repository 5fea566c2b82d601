"""FatturaPA: the XML that Italian invoices are, sometimes attached to the page that was drawn from it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from invoices.reading.parser import Parser
from invoices.reading.refusal import Reason, Refused
from invoices.reading.types import Kind, Reading
from invoices.reading.xmlfields import as_amount, as_country, as_currency, as_date, as_identifier, exact
from invoices.reading.xmltree import each, first, local_name, text_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from invoices.reading.document import Document
    from invoices.reading.types import Fields, OwnIdentity

ROOT = "FatturaElettronica"
CREDIT_TYPES = frozenset({"TD04", "TD08"})
GENERAL = "DatiGenerali/DatiGeneraliDocumento"
PAYMENT = "DatiPagamento/DettaglioPagamento"


class FatturaPaParser(Parser):
    """FatturaPA 1.2 and its simplified form's common fields; of several invoices in one file the first."""

    name = "fatturapa"

    def score(self, document: Document) -> float:
        """Return 0.95 when such XML is attached: it is the invoice itself in Italy."""
        return 0.95 if _root(document) is not None else 0.0

    def read(self, document: Document, own: OwnIdentity) -> Reading:
        """Return what the XML states."""
        root = _root(document)
        header = None if root is None else first(root, "FatturaElettronicaHeader")
        body = None if root is None else first(root, "FatturaElettronicaBody")
        if header is None or body is None:
            raise Refused(Reason.XML_UNREADABLE)
        seller, buyer = first(header, "CedentePrestatore"), first(header, "CessionarioCommittente")
        return Reading(
            page_count=document.page_count,
            parser=self.name,
            **_heading(body),
            **_figures(body),
            **_buyer(buyer),
            seller_name=exact(_name(seller)),
            seller_vat_number=exact(_vat_number(seller)),
            purchase_order=exact(_text(body, "DatiGenerali/DatiOrdineAcquisto/IdDocumento")),
            iban=exact(as_identifier(_text(body, f"{PAYMENT}/IBAN"))),
        )


def _root(document: Document) -> Element | None:
    return next((root for root in document.xml_roots if local_name(root) == ROOT), None)


def _text(element: Element | None, *paths: str) -> str | None:
    return None if element is None else text_of(first(element, *paths))


def _heading(body: Element) -> Fields:
    is_credit = _text(body, f"{GENERAL}/TipoDocumento") in CREDIT_TYPES
    days = [as_date(text_of(day)) for day in each(body, f"{PAYMENT}/DataScadenzaPagamento")]
    return {
        "kind": exact(Kind.CREDIT_NOTE if is_credit else Kind.INVOICE),
        "number": exact(_text(body, f"{GENERAL}/Numero")),
        "issue_date": exact(as_date(_text(body, f"{GENERAL}/Data"))),
        "due_date": exact(max((day for day in days if day), default=None)),  # the last instalment
        "currency": exact(as_currency(_text(body, f"{GENERAL}/Divisa"))),
    }


def _figures(body: Element) -> Fields:
    """Return the figures; the total may be left out of the XML, and is then that of the rows of rates."""
    rows = list(each(body, "DatiBeniServizi/DatiRiepilogo"))
    net = sum((as_amount(_text(row, "ImponibileImporto")) or Decimal(0) for row in rows), Decimal(0))
    tax = sum((as_amount(_text(row, "Imposta")) or Decimal(0) for row in rows), Decimal(0))
    stated = as_amount(_text(body, f"{GENERAL}/ImportoTotaleDocumento"))
    return {
        "total": exact(stated if stated is not None or not rows else net + tax),
        "net": exact(net if rows else None),
        "tax": exact(tax if rows else None),
    }


def _buyer(party: Element | None) -> Fields:
    street = " ".join(part for part in (_text(party, "Sede/Indirizzo"), _text(party, "Sede/NumeroCivico")) if part)
    return {
        "buyer_name": exact(_name(party)),
        "buyer_vat_number": exact(_vat_number(party)),
        "buyer_street": exact(street or None),
        "buyer_postal_code": exact(_text(party, "Sede/CAP")),
        "buyer_city": exact(_text(party, "Sede/Comune")),
        "buyer_country": exact(as_country(_text(party, "Sede/Nazione"))),
    }


def _name(party: Element | None) -> str | None:
    """Return the company's name, or that of a person in trade."""
    person = [_text(party, f"DatiAnagrafici/Anagrafica/{part}") for part in ("Nome", "Cognome")]
    return _text(party, "DatiAnagrafici/Anagrafica/Denominazione") or " ".join(part for part in person if part) or None


def _vat_number(party: Element | None) -> str | None:
    country, code = (_text(party, f"DatiAnagrafici/IdFiscaleIVA/{part}") for part in ("IdPaese", "IdCodice"))
    return as_identifier(f"{country}{code}") if country and code else None
