"""Credit allocations: which part of a credit note settles which invoice, where somebody says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import path

from billabex.api import fields
from billabex.api.errors import said_of
from billabex.api.examples import CREDIT_NOTE, INVOICE
from billabex.api.operations import Answer, operation
from billabex.api.resources.invoices import ENTRANCE as INVOICES
from billabex.api.resources.papers import AllocationOut
from billabex.api.serializers import Body
from billabex.api.views import ApiView
from invoices.errors import (
    AllocationNotFound,
    DocumentNotFound,
    InvalidAmount,
    OtherAccount,
    OtherCurrency,
    ReadOnlyDocument,
)
from invoices.models import CreditNote, Invoice
from invoices.services import Effect, allocate, remove_allocation

if TYPE_CHECKING:
    from collections.abc import Mapping

NAMES = {"invoice": "invoice_id"}
PAIR = {"creditNoteId": CREDIT_NOTE, "invoiceId": INVOICE}


class AllocationIn(Body):
    """So much of a credit note for an invoice of the same account and currency."""

    credit_note_id = fields.Id()
    invoice_id = fields.Id()
    amount = fields.Amount(help_text="More than zero, in the currency of both.")

    class Meta:
        example = {**PAIR, "amount": 234.46}


class AllocationRemovalIn(Body):
    """A credit note to be taken off an invoice."""

    credit_note_id = fields.Id()
    invoice_id = fields.Id()
    amount = fields.Amount(
        required=False, allow_null=True, help_text="What is applied there: any other amount is refused."
    )

    class Meta:
        example = PAIR


class AllocationsView(ApiView):
    """What is allocated explicitly."""

    @operation(
        "Allocate a credit note",
        scope="credit-notes:all",
        takes=AllocationIn,
        answers=AllocationOut,
        status=201,
        also=(200,),
        refuses=[DocumentNotFound, InvalidAmount, OtherAccount, OtherCurrency, ReadOnlyDocument],
    )
    def post(self, body: dict[str, Any]) -> Any:
        """There is one allocation for a pair: the same again changes nothing, another amount replaces it.

        What was allocated automatically gives way as far as needed: of the note first, then to the invoice. It answers
        201 for an allocation that nobody had asked for before, 200 otherwise.
        """
        note, invoice = pair_of(self, body)
        fields.settle(body, note.currency, "amount")
        with said_of(NAMES):
            allocation, effect = allocate(
                credit_note=note, invoice=invoice, amount=body["amount"], actor=self.actor, now=self.now
            )
        return Answer(allocation, 201 if effect == Effect.MADE else 200)


class AllocationRemovalView(ApiView):
    """Allocations taken back."""

    @operation(
        "Remove an allocation",
        scope="credit-notes:all",
        takes=AllocationRemovalIn,
        refuses=[AllocationNotFound, DocumentNotFound, InvalidAmount, ReadOnlyDocument],
    )
    def post(self, body: dict[str, Any]) -> None:
        """The credit goes on to the account's other invoices, and goes back to this one only when allocated there."""
        note, invoice = pair_of(self, body)
        fields.settle(body, note.currency, "amount")
        remove_allocation(credit_note=note, invoice=invoice, amount=body.get("amount"), actor=self.actor, now=self.now)


def pair_of(view: ApiView, body: Mapping[str, Any]) -> tuple[CreditNote, Invoice]:
    """Enter the organization of the credit note that a body names; return it, with the invoice that it names, too.

    Raises:
        DocumentNotFound: One of them is of no organization of the token's user, or they are of two.
    """
    note = view.entered(CreditNote.objects.all(), DocumentNotFound, pk=body["credit_note_id"])
    return note, INVOICES.one(Invoice.objects.for_organization(view.organization), body["invoice_id"])


urlpatterns = [
    path("credit-allocations", AllocationsView.as_view(), name="credit-allocations"),
    path("credit-allocations/remove", AllocationRemovalView.as_view(), name="credit-allocation-removal"),
]
