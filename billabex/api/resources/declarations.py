"""Payment declarations: what customers say they have paid, or will. It is never taken as money received."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.urls import path
from rest_framework import serializers

from billabex.api import fields
from billabex.api.errors import said_of
from billabex.api.examples import ACCOUNT, DAY, INSTANT, INVOICE, ORGANIZATION
from billabex.api.operations import operation
from billabex.api.resources.accounts.reading import OF_ACCOUNT, account_of
from billabex.api.serializers import Body, ListQuery, Output
from billabex.api.views import ApiView, Entrance
from invoices.enums import DeclarationResolution
from invoices.errors import (
    DeclarationNotFound,
    DeclarationResolved,
    DocumentNotFound,
    InvalidAmount,
    InvalidDate,
    NothingOpen,
)
from invoices.models import Invoice, PaymentDeclaration
from invoices.services import declare_payment, resolve_declaration

if TYPE_CHECKING:
    from uuid import UUID

    from invoices.models.claims import PaymentDeclarationQuerySet

ENTRANCE = Entrance(PaymentDeclaration, "declaration_id", DeclarationNotFound)
NAMES = {"announced_on": "announced_date", "promised_on": "promised_date", "currency": "currency_code"}
LONGEST_TEXT = 2_000
MOST_INVOICES = 500


class InvoiceIds(serializers.ListField):
    """The keys of loaded invoices."""

    child = fields.Id()

    def to_representation(self, data: Any) -> list[str]:
        """Return the keys, in the order in which the invoices came to be."""
        return sorted(str(invoice.pk) for invoice in data.all())


class DeclarationOut(Output):
    """A customer's statement, and what became of it."""

    id = fields.Id()
    organization_id = fields.Id()
    account_id = fields.Id()
    invoice_ids = InvoiceIds(source="invoices", help_text="The invoices it is about.")
    announced_date = fields.CivilDate(source="announced_on", help_text="When the customer said so.")
    promised_date = fields.CivilDate(
        source="promised_on", allow_null=True, help_text="By when it will pay; null where it says it has paid."
    )
    has_proof = fields.Flag()
    amount = fields.Amount(allow_null=True)
    currency_code = fields.OptionalText(source="currency", help_text="Of the amount.")
    statement = fields.OptionalText(help_text="The customer's words.")
    declared_by = fields.Text()
    resolution = fields.Code(DeclarationResolution, allow_null=True, help_text="Null while it is open.")
    resolution_note = fields.OptionalText()
    is_automatic = fields.Flag(help_text="It was resolved as its invoices were settled; a person may still decide.")
    resolved_at = fields.Instant(allow_null=True)
    resolved_by = fields.OptionalText()
    created_at = fields.Instant()
    updated_at = fields.Instant()

    class Meta:
        example = {
            "id": "019ab3c4-c0de-7a11-8b22-3c4d5e6f7a8b",
            "organizationId": ORGANIZATION,
            "accountId": ACCOUNT,
            "invoiceIds": [INVOICE],
            "announcedDate": DAY,
            "promisedDate": {"year": 2026, "month": 12, "day": 1},
            "hasProof": False,
            "amount": 1200.5,
            "currencyCode": "EUR",
            "statement": "We pay on December 1.",
            "declaredBy": "Sync (Maud Petit)",
            "resolution": None,
            "resolutionNote": None,
            "isAutomatic": False,
            "resolvedAt": None,
            "resolvedBy": None,
            "createdAt": INSTANT,
            "updatedAt": INSTANT,
        }


class DeclarationIn(Body):
    """What a customer says of its payment."""

    invoice_ids = serializers.ListField(
        child=fields.Id(),
        required=False,
        default=list,
        max_length=MOST_INVOICES,
        help_text="Without any, all that are open now.",
    )
    announced_date = fields.CivilDate(required=False, help_text="Today without it.")
    promised_date = fields.CivilDate(
        required=False, allow_null=True, help_text="By when it will pay; without it, it says it has paid."
    )
    has_proof = fields.Flag(required=False, default=False)
    amount = fields.Amount(required=False, allow_null=True, help_text="More than zero.")
    currency_code = fields.CurrencyCode(required=False, help_text="Of the amount; the account's without it.")
    statement = fields.OptionalText(max_length=LONGEST_TEXT, help_text="The customer's words.")

    class Meta:
        example = {"invoiceIds": [INVOICE], "promisedDate": {"year": 2026, "month": 12, "day": 1}}


class ResolutionIn(Body):
    """What became of an announced payment."""

    resolution = fields.Code(DeclarationResolution)
    note = fields.OptionalText(max_length=LONGEST_TEXT)

    class Meta:
        example = {"resolution": "PaymentReceived", "note": "On the statement of November 22."}


class DeclarationsQuery(ListQuery):
    """By what payment declarations are found."""

    is_open = fields.Flag(required=False, help_text="Only those that are not resolved; or are.")


def declarations_of(view: ApiView) -> PaymentDeclarationQuerySet:
    """Return the payment declarations of the organization that was entered."""
    return PaymentDeclaration.objects.for_organization(view.organization).prefetch_related("invoices")


def declaration_of(view: ApiView, key: UUID) -> PaymentDeclaration:
    """Return one of them.

    Raises:
        DeclarationNotFound: It has gone since it was entered.
    """
    return ENTRANCE.one(declarations_of(view), key)


class DeclarationsView(ApiView):
    """The payment declarations of an account."""

    enters = OF_ACCOUNT

    @operation(
        "List an account's payment declarations",
        scope="communications:read",
        query=DeclarationsQuery,
        pages=DeclarationOut,
    )
    def get(self, account_id: UUID, query: dict[str, Any]) -> Any:
        """The latest announced come first."""
        rows = declarations_of(self).filter(account=account_id)
        if "is_open" in query:
            rows = rows.filter(resolved_at__isnull=query["is_open"])
        return self.page(rows, query, sorts={"announcedDate": F("announced_on")}, default="-announcedDate")

    @operation(
        "Record a payment declaration",
        scope="dunning:manage",
        takes=DeclarationIn,
        answers=DeclarationOut,
        status=201,
        refuses=[DocumentNotFound, InvalidAmount, InvalidDate, NothingOpen],
    )
    def post(self, account_id: UUID, body: dict[str, Any]) -> Any:
        """Follow-ups of its invoices wait: for the promised day and some, or until somebody resolves it."""
        account = account_of(self.organization, account_id)
        fields.settle(body, body.get("currency_code") or account.currency, "amount")
        with said_of(NAMES):
            declaration = declare_payment(
                account=account,
                actor=self.actor,
                now=self.now,
                invoices=named(self, body["invoice_ids"]),
                announced_on=body.get("announced_date"),
                promised_on=body.get("promised_date"),
                has_proof=body["has_proof"],
                amount=body.get("amount"),
                currency=body.get("currency_code", ""),
                statement=body["statement"],
            )
        return declaration_of(self, declaration.pk)


class ResolveView(ApiView):
    """What becomes of a payment declaration."""

    enters = ENTRANCE

    @operation(
        "Resolve a payment declaration",
        scope="dunning:manage",
        takes=ResolutionIn,
        answers=DeclarationOut,
        refuses=[DeclarationResolved],
    )
    def post(self, declaration_id: UUID, body: dict[str, Any]) -> Any:
        """For good: a second decision answers 409 with the first one as `decision`. It changes no paid amount."""
        try:
            resolve_declaration(
                declaration=declaration_of(self, declaration_id),
                resolution=DeclarationResolution(body["resolution"]),
                note=body["note"],
                actor=self.actor,
                now=self.now,
            )
        except DeclarationResolved as error:
            decision = DeclarationOut(declaration_of(self, declaration_id)).data
            raise DeclarationResolved(decision=decision) from error
        return declaration_of(self, declaration_id)


def named(view: ApiView, keys: list[UUID]) -> list[Invoice]:
    """Return the invoices of these keys.

    Raises:
        DocumentNotFound: One of them is not of the organization.
    """
    found = list(Invoice.objects.for_organization(view.organization).filter(pk__in=keys))
    if len(found) < len(set(keys)):
        raise DocumentNotFound
    return found


urlpatterns = [
    path("accounts/<key:account_id>/payment-declarations", DeclarationsView.as_view(), name="payment-declarations"),
    path(
        "payment-declarations/<key:declaration_id>/resolve",
        ResolveView.as_view(),
        name="payment-declaration-resolution",
    ),
]
