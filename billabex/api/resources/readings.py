"""What was read from a PDF, as the API says it: each value with its source and confidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rest_framework import serializers

from accounts.selectors import match_company
from billabex.api import fields
from billabex.api.serializers import Output
from invoices import rules
from invoices.enums import DocumentKind
from invoices.models import CreditNote, Invoice
from invoices.reading import Reading, Source
from invoices.rules.origins import FIELDS
from invoices.selectors import paper_of
from invoices.services import own_identity

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal
    from uuid import UUID

    from billabex.organizations.models import Organization
    from invoices.models import Document
    from invoices.rules import Draft

SOURCES = [str(source) for source in Source]
ON_PAGE = {"source": "Text", "confidence": 0.9}


class ReadOut(Output):
    """A value that was read."""

    source = fields.Code(  # type: ignore[assignment]  # taken off the class
        SOURCES,
        help_text="Xml: data embedded in the PDF. Text: the page. Ocr: the picture of a scan. Terms: counted by the "
        "printed payment terms. Arithmetic: calculated from other values. Default: the organization's.",
    )
    confidence = serializers.FloatField(
        min_value=0, max_value=1, help_text="From 0, a guess, to 1, stated by embedded data."
    )


class ReadTextOut(ReadOut):
    """A text that was read."""

    value = fields.Text()


class ReadKindOut(ReadOut):
    """The kind that was read."""

    value = fields.Code(DocumentKind)


class ReadDateOut(ReadOut):
    """A date that was read."""

    value = fields.CivilDate()


class ReadAmountOut(ReadOut):
    """An amount that was read."""

    value = fields.Amount(may_be_negative=True)


class ReadAddressOut(Output):
    """The address of the customer, as far as it was read."""

    street = ReadTextOut(allow_null=True)
    city = ReadTextOut(allow_null=True)
    postal_code = ReadTextOut(allow_null=True)
    country = ReadTextOut(allow_null=True)


class ExtractedOut(Output):
    """What was read; null where nothing was."""

    kind = ReadKindOut()
    number = ReadTextOut(allow_null=True)
    po_number = ReadTextOut(source="purchase_order", allow_null=True)
    issued_date = ReadDateOut(source="issued_on", allow_null=True)
    due_date = ReadDateOut(source="due_on", allow_null=True)
    currency_code = ReadTextOut(source="currency")
    total_amount = ReadAmountOut(source="total", allow_null=True)
    tax_amount = ReadAmountOut(source="tax", allow_null=True)
    paid_amount = ReadAmountOut(source="paid", allow_null=True)
    customer_name = ReadTextOut(source="company", allow_null=True)
    billing_address = ReadAddressOut(source="*")
    registration_number = ReadTextOut(allow_null=True)
    vat_number = ReadTextOut(allow_null=True)

    class Meta:
        example = {
            "kind": {"value": "Invoice", **ON_PAGE},
            "number": {"value": "F-2026-0042", **ON_PAGE},
            "poNumber": None,
            "issuedDate": {"value": {"year": 2026, "month": 11, "day": 22}, **ON_PAGE},
            "dueDate": {"value": {"year": 2026, "month": 12, "day": 22}, "source": "Terms", "confidence": 0.8},
            "currencyCode": {"value": "EUR", **ON_PAGE},
            "totalAmount": {"value": 1200.5, **ON_PAGE},
            "taxAmount": {"value": 200.08, **ON_PAGE},
            "paidAmount": None,
            "customerName": {"value": "Acme SAS", **ON_PAGE},
            "billingAddress": {
                "street": {"value": "12 rue de la Paix", **ON_PAGE},
                "city": {"value": "Paris", **ON_PAGE},
                "postalCode": {"value": "75002", **ON_PAGE},
                "country": None,
            },
            "registrationNumber": None,
            "vatNumber": None,
        }


@dataclass(frozen=True, slots=True)
class Read:
    """A value of a draft with how it is known."""

    value: str | date | Decimal
    source: Source
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Presented:
    """An upload with all that is said of it."""

    id: UUID
    organization_id: UUID
    file_name: str
    page_count: int
    status: str
    extracted: dict[str, Read | None]
    warnings: list[str]
    account_id: UUID | None
    suggested_account_ids: list[UUID]
    invoice_id: UUID | None
    credit_note_id: UUID | None
    created_at: datetime


def draft_of(reading: Reading, organization: Organization) -> Draft:
    """Return the facts that a reading suggests to an organization."""
    return rules.draft_from(
        reading, default_currency=organization.default_currency, default_terms=organization.payment_terms_days
    )


def presented(document: Document) -> Presented:
    """Return an upload as `document_of` loads it, with what was read and whose it seems to be. Three queries more."""
    reading = Reading.from_json(document.reading)
    draft = draft_of(reading, document.organization)
    match = match_company(document.organization, draft.company)
    paper = paper_of(document)
    return Presented(
        id=document.pk,
        organization_id=document.organization_id,
        file_name=document.original_name,
        page_count=document.page_count,
        status="validated" if paper else "to_verify",
        extracted=_extracted(reading, draft),
        warnings=[str(sentence) for sentence in rules.reading_warnings(reading, own_identity(document.organization))],
        account_id=match.account.pk if match.account else None,
        suggested_account_ids=[account.pk for account in match.suggestions],
        invoice_id=paper.pk if isinstance(paper, Invoice) else None,
        credit_note_id=paper.pk if isinstance(paper, CreditNote) else None,
        created_at=document.created_at,
    )


def _extracted(reading: Reading, draft: Draft) -> dict[str, Read | None]:
    sources = rules.origins(reading, draft)
    values: dict[str, Any] = {name: getattr(draft, name, "") for name in FIELDS}
    company = {name: getattr(draft.company, name) for name in FIELDS if hasattr(draft.company, name)}
    values |= company | {"company": draft.company.name}
    return {name: _read(reading, name, value, sources) for name, value in values.items()}


def _read(reading: Reading, name: str, value: Any, sources: dict[str, Source]) -> Read | None:
    """Return a value of the draft with how it is known; None where there is nothing to know."""
    if value in {None, ""} or (name == "paid" and not value and name not in sources):
        return None
    source = sources.get(name, Source.DEFAULT)
    if reading.parser == "ocr" and source == Source.TEXT:
        source = Source.OCR
    found = reading.found(FIELDS[name])
    if found is None and source == Source.TERMS:
        found = reading.payment_terms_days
    return Read(value, source, found.confidence if found else 0.0)
