"""Credit notes: what the organization owes back. They settle the account's invoices by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import path

from billabex.api import fields
from billabex.api.examples import ACCOUNT, CREDIT_NOTE, DAY
from billabex.api.operations import operation
from billabex.api.pages import narrowed
from billabex.api.resources.papers import (
    ALLOCATION,
    FILTERS,
    PAPER,
    REFUSES,
    SORTS,
    PaperIn,
    PaperOut,
    PaperQuery,
    add,
)
from billabex.api.views import ApiView, Entrance
from invoices.downloads import pdf_download
from invoices.enums import CreditNoteStatus, DocumentKind
from invoices.errors import DocumentNotFound, ReadOnlyDocument
from invoices.models import CreditNote
from invoices.selectors import credit_note_list
from invoices.services import delete_credit_note

if TYPE_CHECKING:
    from uuid import UUID

    from invoices.models.money import CreditNoteQuerySet

ENTRANCE = Entrance(CreditNote, "credit_note_id", DocumentNotFound)


class CreditNoteOut(PaperOut):
    """A credit note, with the invoices it settles."""

    allocated_amount = fields.Amount(help_text="What settles invoices.")
    status = fields.Code(CreditNoteStatus)

    class Meta:
        example = {
            "id": CREDIT_NOTE,
            **PAPER,
            "number": "A-2026-0007",
            "sourceId": None,
            "totalAmount": 300,
            "taxAmount": 50,
            "allocatedAmount": 234.46,
            "remainingAmount": 65.54,
            "status": "PartiallyApplied",
            "allocations": [ALLOCATION],
        }


class CreditNoteIn(PaperIn):
    """A new credit note. It is frozen at once, and settles the account's open invoices, the first due first."""

    class Meta:
        example = {
            "accountId": ACCOUNT,
            "number": "A-2026-0007",
            "issuedDate": DAY,
            "totalAmount": 300,
            "taxAmount": 50,
            "file": "(the PDF)",
        }


class CreditNotesQuery(PaperQuery):
    """By what credit notes are found."""

    status = fields.Code(CreditNoteStatus, required=False)
    has_remaining = fields.Flag(required=False, help_text="Only those with something left to allocate; or without.")
    sort = fields.Sort(*SORTS)


def credit_notes_of(view: ApiView) -> CreditNoteQuerySet:
    """Return the credit notes of the organization that was entered, with what is said of them."""
    return credit_note_list(view.organization).prefetch_related("allocations")


def credit_note_of(view: ApiView, key: UUID) -> CreditNote:
    """Return one of them.

    Raises:
        DocumentNotFound: It has gone since it was entered.
    """
    return ENTRANCE.one(credit_notes_of(view), key)


class CreditNotesView(ApiView):
    """All credit notes of an organization."""

    @operation("List credit notes", scope="credit-notes:read", query=CreditNotesQuery, pages=CreditNoteOut)
    def get(self, query: dict[str, Any]) -> Any:
        """The latest issued come first, unless `sort` says otherwise."""
        self.enter_organization(query["organization_id"])
        rows = narrowed(credit_notes_of(self), query, FILTERS | {"status": "status"})
        if "has_remaining" in query:
            rows = rows.filter(remaining_amount__gt=0) if query["has_remaining"] else rows.filter(remaining_amount=0)
        return self.page(rows, query, sorts=SORTS, default="-issuedDate")

    @operation(
        "Create a credit note",
        scope="credit-notes:all",
        takes=CreditNoteIn,
        answers=CreditNoteOut,
        status=201,
        multipart=True,
        refuses=REFUSES,
    )
    def post(self, body: dict[str, Any]) -> Any:
        """Takes the facts from you and keeps the PDF as it is. Amounts are positive: what is owed back."""
        note = add(self, body, DocumentKind.CREDIT_NOTE)
        return credit_note_of(self, note.pk)


class CreditNoteView(ApiView):
    """One credit note."""

    enters = ENTRANCE

    @operation("Read a credit note", scope="credit-notes:read", answers=CreditNoteOut)
    def get(self, credit_note_id: UUID) -> Any:
        """With the invoices it settles."""
        return credit_note_of(self, credit_note_id)

    @operation("Delete a credit note", scope="credit-notes:all", refuses=[ReadOnlyDocument])
    def delete(self, credit_note_id: UUID) -> None:
        """Its PDF goes with it; the invoices it settled are open again."""
        note = credit_note_of(self, credit_note_id)
        delete_credit_note(credit_note=note, actor=self.actor, now=self.now)


class CreditNoteDocumentView(ApiView):
    """The PDF of a credit note."""

    enters = ENTRANCE

    @operation("Download a credit note's PDF", scope="credit-notes:read", answers_file="application/pdf")
    def get(self, credit_note_id: UUID) -> Any:
        """The file as it came. Credit notes that came without one, from a spreadsheet, answer 404."""
        return pdf_download(credit_note_of(self, credit_note_id).document)


urlpatterns = [
    path("credit-notes", CreditNotesView.as_view(), name="credit-notes"),
    path("credit-notes/<key:credit_note_id>", CreditNoteView.as_view(), name="credit-note"),
    path("credit-notes/<key:credit_note_id>/document", CreditNoteDocumentView.as_view(), name="credit-note-document"),
]
