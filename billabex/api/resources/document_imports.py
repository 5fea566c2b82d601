"""Document imports: a PDF goes in, what was read comes out, and somebody vouches for it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.urls import path
from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiSerializerExtension
from rest_framework import serializers

from accounts.errors import AccountNotFound
from billabex.api import fields
from billabex.api.errors import said_of
from billabex.api.examples import DUE_DAY, INSTANT, ORGANIZATION
from billabex.api.operations import operation
from billabex.api.resources.accounts.reading import account_of
from billabex.api.resources.accounts.serializers import BillingAddressPatch
from billabex.api.resources.credit_notes import CreditNoteOut, credit_note_of
from billabex.api.resources.invoices import InvoiceOut, invoice_of
from billabex.api.resources.papers import FACTS, taking_pdf
from billabex.api.resources.readings import ExtractedOut, Presented, draft_of, presented
from billabex.api.serializers import Body, Output
from billabex.api.views import ApiView, Entrance
from billabex.core.errors import InvalidInput
from invoices import rules
from invoices.enums import DocumentKind
from invoices.errors import AlreadyImported, AlreadyValidated, DocumentNotFound, InvalidFacts, NumberTaken
from invoices.models import Document, Invoice
from invoices.reading import Reading, UnreadablePdf
from invoices.rules import LONGEST
from invoices.selectors import document_of
from invoices.services import upload_document, validate_document

if TYPE_CHECKING:
    from uuid import UUID

    from invoices.models import CreditNote

ENTRANCE = Entrance(Document, "document_id", DocumentNotFound)
OF_COMPANY = {"customer_name": "name", "registration_number": "registration_number", "vat_number": "vat_number"}
OF_DOCUMENT = {"kind": "kind", "number": "number"} | {
    outside: inside for inside, outside in FACTS.items() if inside != "company" and "." not in outside
}
"""What corrections are called inside."""


class DocumentImportIn(Body):
    """A PDF to be read."""

    organization_id = fields.Id(required=False, help_text="Needed where the user is a member of several.")
    file = fields.Upload(help_text="The PDF, of 20 MB at most.")

    class Meta:
        example = {"organizationId": ORGANIZATION, "file": "(the PDF)"}


class DocumentImportOut(Output):
    """An uploaded PDF, and what was read from it."""

    id = fields.Id()
    organization_id = fields.Id()
    file_name = fields.Text()
    page_count = fields.Whole()
    status = fields.Code(["to_verify", "validated"])
    extracted = ExtractedOut()
    warnings = fields.Texts(help_text="What a person should look at before validating.")
    account_id = fields.Id(allow_null=True, help_text="The account of the company that was read, if it is known.")
    suggested_account_ids = serializers.ListField(
        child=fields.Id(), help_text="Accounts of nearly the same name, where no other is certain."
    )
    invoice_id = fields.Id(allow_null=True, help_text="What it was validated as.")
    credit_note_id = fields.Id(allow_null=True, help_text="What it was validated as.")
    created_at = fields.Instant()

    class Meta:
        example = {
            "id": "019ab3c4-d0c0-7b10-8c3d-5e6f7a8b9c0d",
            "organizationId": ORGANIZATION,
            "fileName": "F-2026-0042.pdf",
            "pageCount": 1,
            "status": "ToVerify",
            "extracted": ExtractedOut.Meta.example,
            "warnings": [],
            "accountId": None,
            "suggestedAccountIds": [],
            "invoiceId": None,
            "creditNoteId": None,
            "createdAt": INSTANT,
        }


class CorrectionsIn(Body, partial=True):
    """What somebody vouches for: what is left out is as it was read."""

    account_id = fields.Id(help_text="Without it, the account of the company; created where there is none.")
    kind = fields.Code(DocumentKind)
    number = fields.Text(max_length=LONGEST["number"])
    po_number = fields.OptionalText(max_length=LONGEST["purchase_order"])
    issued_date = fields.CivilDate()
    due_date = fields.CivilDate(help_text="Without it, by the payment terms. Credit notes have none.")
    currency_code = fields.CurrencyCode()
    total_amount = fields.Amount()
    tax_amount = fields.Amount()
    paid_amount = fields.Amount()
    customer_name = fields.Text(max_length=LONGEST["company"])
    billing_address = BillingAddressPatch(help_text="The parts that are corrected.")
    registration_number = fields.OptionalText(max_length=LONGEST["registration_number"])
    vat_number = fields.OptionalText(max_length=LONGEST["vat_number"])

    class Meta:
        example = {"number": "F-2026-0042", "dueDate": DUE_DAY}


class ValidatedOut(Output):
    """The invoice or the credit note that a document became."""

    def to_representation(self, instance: Invoice | CreditNote) -> Any:
        """Return what is said of documents of its kind."""
        kind = InvoiceOut if isinstance(instance, Invoice) else CreditNoteOut
        return kind(context=self.context).to_representation(instance)


class ValidatedSchema(OpenApiSerializerExtension):  # type: ignore[no-untyped-call]
    """How the description says that it is one of two."""

    target_class = ValidatedOut

    def map_serializer(self, auto_schema: Any, direction: str) -> dict[str, Any]:
        """Return the two shapes."""
        return {"oneOf": [auto_schema.resolve_serializer(kind, direction).ref for kind in (InvoiceOut, CreditNoteOut)]}


class DocumentImportsView(ApiView):
    """Uploads of an organization."""

    @operation(
        "Upload a PDF to be read",
        scope="invoices:all",
        takes=DocumentImportIn,
        answers=DocumentImportOut,
        status=201,
        multipart=True,
        refuses=[AlreadyImported, UnreadablePdf],
    )
    def post(self, body: dict[str, Any]) -> Any:
        """Each value comes with where it was read, and with how sure that is. Nothing counts until it is validated."""
        self.enter_organization(body.get("organization_id") or _only_organization(self))
        with body["file"] as file, taking_pdf(self):
            document = upload_document(
                organization=self.organization, content=file.read(), name=file.name, actor=self.actor
            )
        return _shown(self, document.pk)


class DocumentImportView(ApiView):
    """One upload."""

    enters = ENTRANCE

    @operation("Read a document import", scope="invoices:all", answers=DocumentImportOut)
    def get(self, document_id: UUID) -> Any:
        """What was read, and what became of it."""
        return _shown(self, document_id)


class ValidationView(ApiView):
    """What somebody vouches for."""

    enters = ENTRANCE

    @operation(
        "Validate a document import",
        scope="invoices:all",
        takes=CorrectionsIn,
        answers=ValidatedOut,
        status=201,
        refuses=[AccountNotFound, AlreadyValidated, InvalidFacts, NumberTaken],
    )
    def post(self, document_id: UUID, body: dict[str, Any]) -> Any:
        """Freezes the document as an invoice or a credit note, and answers it. What it says never changes again."""
        document = document_of(self.organization, document_id)
        with said_of(FACTS):
            paper = validate_document(
                document=document,
                facts=_facts(document, body),
                account=account_of(self.organization, body["account_id"]) if "account_id" in body else None,
                actor=self.actor,
                now=self.now,
            )
        return (invoice_of if isinstance(paper, Invoice) else credit_note_of)(self, paper.pk)


def _only_organization(view: ApiView) -> UUID:
    """Return the user's organization, where there is only one.

    Raises:
        InvalidInput: There are several, or none.
    """
    if len(view.memberships) != 1:
        sentence = _("Say which organization is meant.")
        raise InvalidInput(sentence, fields={"organization_id": sentence})
    return next(iter(view.memberships))


def _shown(view: ApiView, key: UUID) -> Presented:
    return presented(document_of(view.organization, key))


def _facts(document: Document, body: dict[str, Any]) -> rules.Facts:
    """Return what was read with the corrections of a body."""
    reading = Reading.from_json(document.reading)
    draft = draft_of(reading, document.organization)
    fields.settle(body, body.get("currency_code", draft.currency), "total_amount", "tax_amount", "paid_amount")
    address = body.get("billing_address", {})
    of_company = {inside: body[name] for name, inside in OF_COMPANY.items() if name in body}
    of_company |= {part: text for part, text in address.items() if part != "state_or_province"}
    changes = {inside: body[name] for name, inside in OF_DOCUMENT.items() if name in body}
    changes["company"] = replace(draft.company, **of_company)
    facts = rules.corrected(draft, reading, changes, default_terms=document.organization.payment_terms_days)
    return replace(facts, state_or_province=address.get("state_or_province", ""))


urlpatterns = [
    path("document-imports", DocumentImportsView.as_view(), name="document-imports"),
    path("document-imports/<key:document_id>", DocumentImportView.as_view(), name="document-import"),
    path("document-imports/<key:document_id>/validate", ValidationView.as_view(), name="document-import-validation"),
]
