"""The same document as data: Factur-X, profile EN 16931, as UN/CEFACT cross-industry XML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from facturx import generate_cii_xml

from billabex.agent.demo import words
from billabex.agent.demo.documents import Company, Kind, PaperDocument, PaperLine, VatCategory, VatShare

if TYPE_CHECKING:
    from decimal import Decimal

PROFILE = "en16931"
TYPE_CODES = {Kind.INVOICE: "380", Kind.CREDIT_NOTE: "381"}
SEPA_CREDIT_TRANSFER = "58"
# UNTDID 4451: payment conditions, late-payment penalties, fixed sum: France wants each under its own code.
LATE_PAYMENT_NOTE = "PMD"
EXEMPTIONS = {VatCategory.REVERSE_CHARGE: "VATEX-EU-AE", VatCategory.EXPORT: "VATEX-EU-G"}
SIREN, SIREN_SCHEME = "SIREN", "0002"


def facturx_xml(document: PaperDocument) -> bytes:
    """Return the document as Factur-X XML, checked against the schema of its profile.

    Raises:
        Exception: The document breaks the schema (the library has no class of its own); the message says where.
    """
    data = _terms(document) | _parties(document) | _totals(document)
    data["BG-25"] = [_line(document, position, line) for position, line in enumerate(document.lines, start=1)]
    # The schematron needs a Saxon server; the schema does not.
    return bytes(generate_cii_xml(data, level=PROFILE, check_xsd=True, check_schematron=None))


def _terms(document: PaperDocument) -> dict[str, Any]:
    text = words.WORDS[document.language]
    data: dict[str, Any] = {
        "BT-1": document.number,
        "BT-2": document.issued_on,
        "BT-3": TYPE_CODES[document.kind],
        "BT-5": document.currency,
        "BT-13": document.purchase_order,
        "BT-72": document.issued_on,
        "BG-1": [{"BT-22": document.subject}] if document.subject else [],
    }
    if document.kind is Kind.INVOICE:
        data["BG-1"].append({"BT-21": LATE_PAYMENT_NOTE, "BT-22": text.late})
        data |= {
            "BT-9": document.due_on,
            "BT-20": text.net_days.format(days=document.terms_days),
            "BT-81": SEPA_CREDIT_TRANSFER,
            "BT-83": document.number,
            "BT-84": document.seller.iban,
            "BT-85": document.seller.name,
            "BT-86": document.seller.bic,
        }
    if document.corrects:
        number, issued_on = document.corrects
        data["BG-3"] = [{"BT-25": number, "BT-26": issued_on}]
    return data


def _parties(document: PaperDocument) -> dict[str, Any]:
    seller = _party(document.seller) | {"legal_info": document.seller.legal_form}
    return {"BG-4": seller, "BG-7": _party(document.buyer)}


def _party(company: Company) -> dict[str, Any]:
    party: dict[str, Any] = {
        "name": company.name,
        "addr_l1": company.street,
        "postcode": company.postcode,
        "city": company.city,
        "country_code": company.country,
        "vat_identifier": company.vat_number,
    }
    party["legal_identifier"] = company.registration
    if company.registration.startswith(SIREN):
        party["legal_identifier"] = company.registration.removeprefix(SIREN).replace(" ", "")
        party["legal_identifier_schemeid"] = SIREN_SCHEME
    return party


def _totals(document: PaperDocument) -> dict[str, Any]:
    text = words.WORDS[document.language]
    return {
        "BG-23": [_vat_share(share, text) for share in document.vat_shares],
        "BT-106": _amount(document.net),
        "BT-109": _amount(document.net),
        "BT-110": _amount(document.vat),
        "BT-112": _amount(document.total),
        "BT-113": _amount(document.paid),
        "BT-115": _amount(document.payable),
    }


def _vat_share(share: VatShare, text: words.Words) -> dict[str, str]:
    data = {
        "BT-116": _amount(share.base),
        "BT-117": _amount(share.amount),
        "BT-118": share.category.value,
        "BT-119": _amount(share.rate),
    }
    if share.category in EXEMPTIONS:
        data |= {"BT-120": text.zero[share.category], "BT-121": EXEMPTIONS[share.category]}
    return data


def _line(document: PaperDocument, position: int, line: PaperLine) -> dict[str, Any]:
    return {
        "BT-126": str(position),
        "BT-153": line.description,
        "BT-154": line.detail,
        "BT-146": _amount(line.unit_price),
        "BT-129": str(line.quantity),
        "BT-130": line.unit.value,
        "BT-151": document.category_of(line).value,
        "BT-152": _amount(line.vat_rate),
        "BT-131": _amount(document.amount_of(line)),
    }


def _amount(value: Decimal) -> str:
    return f"{value:.2f}"
