"""What invoices and credit notes have in common: how they are said, found, and taken in with their PDFs."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.utils.translation import gettext as _

from accounts.errors import AccountNotFound
from accounts.models import Account
from accounts.rules import Company
from billabex.api import fields
from billabex.api.errors import said_of
from billabex.api.examples import ACCOUNT, ADDRESS, CREDIT_NOTE, DAY, INSTANT, INVOICE, ORGANIZATION
from billabex.api.resources.accounts.serializers import BillingAddressIn
from billabex.api.serializers import Body, ListQuery, Output
from billabex.core.actors import ActorKind
from billabex.core.money import ZERO
from invoices import rules
from invoices.errors import AlreadyImported, CurrencyOfAccount, InvalidFacts, NumberTaken, SourceIdTaken
from invoices.models import CreditNote, Document, Invoice
from invoices.reading import UnreadablePdf
from invoices.selectors import document_of, paper_of
from invoices.services import add_document

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from billabex.api.pages import Sorts
    from billabex.api.views import ApiView
    from invoices.enums import DocumentKind

REFUSES = [AccountNotFound, AlreadyImported, CurrencyOfAccount, InvalidFacts, NumberTaken, SourceIdTaken, UnreadablePdf]
"""What creating a document can be refused for."""

FACTS = {
    "total": "total_amount",
    "tax": "tax_amount",
    "paid": "paid_amount",
    "issued_on": "issued_date",
    "due_on": "due_date",
    "purchase_order": "po_number",
    "currency": "currency_code",
    "company": "customer_name",
    **{part: f"billing_address.{part}" for part in ("street", "postal_code", "city", "state_or_province", "country")},
}
"""What the API calls the facts of a document that have other names inside."""

ALLOCATION = {
    "id": "019ab3c4-9b3e-7a21-9d4e-6f7a8b9c0d1e",
    "creditNoteId": CREDIT_NOTE,
    "invoiceId": INVOICE,
    "amount": 234.46,
    "allocatedDate": DAY,
    "isAutomatic": True,
    "createdAt": INSTANT,
}
PAPER = {
    "organizationId": ORGANIZATION,
    "accountId": ACCOUNT,
    "number": "F-2026-0042",
    "issuedDate": DAY,
    "currencyCode": "EUR",
    "totalAmount": 1200.5,
    "taxAmount": 200.08,
    "billingAddress": ADDRESS,
    "sourceId": "ERP-981",
    "readOnlyReason": None,
    "createdAt": INSTANT,
    "updatedAt": INSTANT,
}
"""Parts of the examples."""

SORTS: Sorts = {
    "issuedDate": F("issued_on"),
    "number": F("number"),
    "totalAmount": F("total_amount"),
    "createdAt": F("created_at"),
    "updatedAt": F("updated_at"),
}
FILTERS = {"account_id": "account", "number": "number", "updated_after": "updated_at__gt"}
"""What each parameter that both kinds have asks for."""


class BilledToOut(Output):
    """Where the document was sent to, as it stood then; it does not follow the account."""

    street = fields.OptionalText(source="billing_street")
    city = fields.OptionalText(source="billing_city")
    postal_code = fields.OptionalText(source="billing_postal_code")
    state_or_province = fields.OptionalText(source="billing_state_or_province")
    country = fields.OptionalText(source="billing_country", help_text="ISO 3166-1 alpha-2.")


class ReadOnlyReason(fields.OptionalText):
    """Why an API client may not change a document of that system; null when it may."""

    def to_representation(self, value: str) -> Any:
        """Return the reason."""
        return rules.read_only_reason(value, ActorKind.API_CLIENT) or None


class AllocationOut(Output):
    """Part of a credit note that settles an invoice."""

    id = fields.Id()
    credit_note_id = fields.Id()
    invoice_id = fields.Id()
    amount = fields.Amount(help_text="In the currency of both.")
    allocated_date = fields.CivilDate(source="allocated_on")
    is_automatic = fields.Flag(help_text="It came by itself, and gives way to what is allocated explicitly.")
    created_at = fields.Instant()

    class Meta:
        example = ALLOCATION


class PaperOut(Output):
    """What is said of documents of either kind."""

    id = fields.Id()
    organization_id = fields.Id()
    account_id = fields.Id()
    number = fields.Text(help_text="Unique among the account's documents of the kind.")
    issued_date = fields.CivilDate(source="issued_on")
    currency_code = fields.Text(source="currency", help_text="ISO 4217.")
    total_amount = fields.Amount(help_text="Tax included.")
    tax_amount = fields.Amount(allow_null=True)
    remaining_amount = fields.Amount(may_be_negative=True)
    billing_address = BilledToOut(source="*")
    source_id = fields.Text(allow_null=True, help_text="Its id in the system that gave it.")
    allocations = AllocationOut(many=True, help_text="The oldest first.")
    read_only_reason = ReadOnlyReason(source="source_system", help_text="Why it cannot be changed by API.")
    created_at = fields.Instant()
    updated_at = fields.Instant()


class PaperIn(Body):
    """What is given of a new document of either kind. Organization and currency are the account's."""

    account_id = fields.Id()
    number = fields.Text(max_length=rules.LONGEST["number"])
    issued_date = fields.CivilDate()
    total_amount = fields.Amount(help_text="Tax included; more than zero.")
    tax_amount = fields.Amount(help_text="Between zero and the total.")
    currency_code = fields.CurrencyCode(required=False, help_text="The account's; any other is refused.")
    billing_address = BillingAddressIn(
        required=False, allow_null=True, default=None, help_text="Without it, the account's as it is now."
    )
    source_id = fields.OptionalText(
        max_length=200,
        help_text="Its id in your system: unique in the organization, case-sensitive, never changed. With it, "
        "the document is read-only in the pages and stays writable by API.",
    )
    file = fields.Upload(help_text="The PDF, of 20 MB at most. Nothing is read from it.")


class PaperQuery(ListQuery):
    """By what documents of either kind are found."""

    organization_id = fields.Id()
    account_id = fields.Id(required=False)
    number = fields.Text(max_length=rules.LONGEST["number"], required=False, help_text="Exactly this number.")
    updated_after = fields.Instant(required=False, help_text="Only what changed after this instant.")


def add(view: ApiView, body: dict[str, Any], kind: DocumentKind) -> Invoice | CreditNote:
    """Create a document of the account that the body names.

    Raises:
        BillabexError: One of `REFUSES`.
    """
    accounts = Account.objects.select_related("organization")
    account = view.entered(accounts, AccountNotFound, pk=body["account_id"])
    if body.get("currency_code", account.currency) != account.currency:
        sentence = _("The documents of this account are in %(currency)s.") % {"currency": account.currency}
        raise CurrencyOfAccount(sentence, fields={"currency_code": sentence})
    fields.settle(body, account.currency, "total_amount", "tax_amount", "paid_amount")
    with body["file"] as file, said_of(FACTS), taking_pdf(view):
        return add_document(
            account=account,
            facts=_facts(account, body, kind),
            content=file.read(),
            name=file.name,
            actor=view.actor,
            now=view.now,
            source_id=body["source_id"],
        )


def _facts(account: Account, body: Mapping[str, Any], kind: DocumentKind) -> rules.Facts:
    parts = ("street", "postal_code", "city", "state_or_province", "country")
    address = body["billing_address"] or {part: getattr(account, part) for part in parts}
    company = Company(account.name, **{part: address[part] for part in parts if part != "state_or_province"})
    return rules.Facts(
        kind=kind,
        number=body["number"],
        issued_on=body["issued_date"],
        due_on=body.get("due_date"),
        currency=account.currency,
        total=body["total_amount"],
        tax=body["tax_amount"],
        paid=body.get("paid_amount") or ZERO,
        purchase_order=body.get("po_number", ""),
        company=company,
        state_or_province=address["state_or_province"],
    )


@contextmanager
def taking_pdf(view: ApiView) -> Iterator[None]:
    """Say of a PDF that is refused in which field it came, or where it is already."""
    try:
        yield
    except UnreadablePdf as error:
        error.fields = {"file": error.message}
        raise
    except AlreadyImported as error:
        document = document_of(view.organization, error.extra["document"].pk)
        known = paper_of(document) or document
        kind = {Invoice: _("invoice"), CreditNote: _("credit note"), Document: _("document import")}[type(known)]
        sentence = _("This PDF has already been imported: %(kind)s %(id)s.") % {"kind": kind, "id": known.pk}
        raise AlreadyImported(sentence, document=document) from error
