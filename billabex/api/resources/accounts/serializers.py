"""What is said of accounts, and what may be."""

from __future__ import annotations

from rest_framework.serializers import ListField

from accounts.enums import AccountStatus, SourceSystem
from accounts.rules import FollowUpState
from billabex.agent.sentences import NOT_PLANNED, PLANNED
from billabex.api import fields
from billabex.api.examples import ACCOUNT, ADDRESS, CONNECTION, INSTANT, ORGANIZATION
from billabex.api.resources.people.serializers import ContactIn
from billabex.api.serializers import Body, ListQuery, Output

REASONS = sorted({*PLANNED, *NOT_PLANNED})
"""The codes of the rules that plan a message, or none."""


# --- In -----------------------------------------------------------------------------------------------------------


class BillingAddressIn(Body):
    """Where the company is; what is left out is empty."""

    street = fields.OptionalText(max_length=300)
    city = fields.OptionalText(max_length=120)
    postal_code = fields.OptionalText(max_length=20)
    state_or_province = fields.OptionalText(max_length=120)
    country = fields.CountryCode(help_text="ISO 3166-1 alpha-2.")


class BillingAddressPatch(BillingAddressIn, partial=True):
    """The parts of the address that change."""


class SourceIn(Body):
    """The record in your system that the account is."""

    connection_id = fields.Id(
        required=False,
        allow_null=True,
        default=None,
        help_text="What you call your connection: any UUID of yours, always the same. Without it: none.",
    )
    source_id = fields.Text(max_length=200, help_text="The record's id there, case-sensitive.")
    last_update = fields.Instant(
        required=False, allow_null=True, default=None, help_text="When the record last changed there."
    )

    class Meta:
        example = {"connectionId": CONNECTION, "sourceId": "CUST-0042", "lastUpdate": INSTANT}


class AccountDetails(Body):
    """What a company is, but for its name and address."""

    phone = fields.OptionalText(max_length=40)
    registration_number = fields.OptionalText(max_length=40, help_text="Kept in capitals, letters and digits only.")
    vat_number = fields.OptionalText(max_length=30, help_text="Kept in capitals, letters and digits only.")
    language = fields.WrittenLanguage(help_text="For contacts whose own language is not known.")
    tags = fields.Texts(required=False, max_length=40, default=list, help_text="By name; new ones are made.")


class AccountPut(AccountDetails):
    """The whole of an account's information: what is left out becomes empty, but for the currency, which stays."""

    full_name = fields.Text(max_length=200)
    currency_code = fields.CurrencyCode(required=False, help_text="May only change while there is no document.")
    billing_address = BillingAddressIn(required=False, allow_null=True, default=None)

    class Meta:
        example = {"fullName": "Acme SAS", "currencyCode": "EUR", "billingAddress": ADDRESS, "tags": ["VIP"]}


class AccountPatch(AccountPut, partial=True):
    """What changes; what is left out stays."""

    billing_address = BillingAddressPatch(required=False, allow_null=True)

    class Meta:
        example = {"phone": "+33 1 23 45 67 89", "billingAddress": {"city": "Lyon"}}


class AccountIn(AccountPut):
    """A new account, with its first contacts."""

    organization_id = fields.Id()
    currency_code = fields.CurrencyCode(required=False, help_text="Without it: the organization's own.")
    contacts = ListField(child=ContactIn(), required=False, max_length=50, default=list)
    source = SourceIn(required=False, allow_null=True, default=None)  # type: ignore[assignment]  # taken off the class

    class Meta:
        example = {
            "organizationId": ORGANIZATION,
            "fullName": "Acme SAS",
            "currencyCode": "EUR",
            "billingAddress": ADDRESS,
            "contacts": [{"fullName": "Jane Doe", "language": "en", "email": "jane@acme.com", "isPrimary": True}],
            "source": {"connectionId": CONNECTION, "sourceId": "CUST-0042"},
        }


class AccountsQuery(ListQuery):
    """Which accounts."""

    organization_id = fields.Id()
    query = fields.Text(
        required=False,
        max_length=200,
        help_text="A part of the name, of a contact's email, or of a number of the company or one of its documents.",
    )
    status = fields.Code(AccountStatus, required=False)
    follow_up = fields.Code(list(FollowUpState), required=False, help_text="Where the follow-up stands.")
    tag = fields.Text(required=False, max_length=40, help_text="The name of a tag.")
    source_id = fields.Text(required=False, max_length=200, help_text="The record's id in your system.")
    connection_id = fields.Id(required=False, help_text="What you call your connection: any UUID of yours.")
    sort = fields.Sort("fullName", "createdAt", "updatedAt", "overdueInvoiceCount")


# --- Out ----------------------------------------------------------------------------------------------------------


class BillingAddressOut(Output):
    """Where the company is."""

    street = fields.OptionalText()
    city = fields.OptionalText()
    postal_code = fields.OptionalText()
    state_or_province = fields.OptionalText()
    country = fields.OptionalText()


class SourceOut(Output):
    """The record in another system that the account is."""

    system = fields.Code(SourceSystem, help_text="`Custom` is whatever speaks through the API.")
    connection_id = fields.Id(allow_null=True)
    source_id = fields.Text(source="external_id")
    last_update = fields.Instant(source="record_changed_at", allow_null=True)

    class Meta:
        example = {
            "system": "Custom",
            "connectionId": CONNECTION,
            "sourceId": "CUST-0042",
            "lastUpdate": INSTANT,
        }


class OutstandingOut(Output):
    """What the account owes in one currency: what is left on its invoices, less its unallocated credit."""

    currency_code = fields.Text(source="currency")
    amount = fields.Amount(source="outstanding", may_be_negative=True)


class FollowUpOut(Output):
    """Where the follow-up stands, and why."""

    state = fields.Code(list(FollowUpState))
    code = fields.Code(REASONS, allow_null=True, help_text="The rule that plans the next message, or holds it.")
    reason = fields.OptionalText(
        help_text="The same in a sentence. In lists, null with `code` while the agent is about to decide anew."
    )
    next_date = fields.CivilDate(source="next_on", allow_null=True, help_text="When the agent next writes.")


class AccountOut(Output):
    """An account."""

    id = fields.Id(source="account.id")
    organization_id = fields.Id(source="account.organization_id")
    full_name = fields.Text(source="account.name")
    status = fields.Code(AccountStatus, source="account.status")
    currency_code = fields.Text(source="account.currency")
    billing_address = BillingAddressOut(source="account")
    phone = fields.OptionalText(source="account.phone")
    registration_number = fields.OptionalText(source="account.registration_number")
    vat_number = fields.OptionalText(source="account.vat_number")
    language = fields.WrittenLanguage(source="account.language")
    tags = fields.Texts(max_length=40)
    source = SourceOut(allow_null=True)  # type: ignore[assignment]  # taken off the class
    outstanding = OutstandingOut(many=True, help_text="One for each currency in which something is open.")
    overdue_invoice_count = fields.Whole()
    follow_up = FollowUpOut()
    read_only_reason = fields.OptionalText(help_text="Why you may not change it; null when you may.")
    created_at = fields.Instant(source="account.created_at")
    updated_at = fields.Instant(source="account.updated_at")

    class Meta:
        example = {
            "id": ACCOUNT,
            "organizationId": ORGANIZATION,
            "fullName": "Acme SAS",
            "status": "Active",
            "currencyCode": "EUR",
            "billingAddress": ADDRESS,
            "phone": "+33 1 23 45 67 89",
            "registrationNumber": "732829320",
            "vatNumber": "FR44732829320",
            "language": "fr",
            "tags": ["VIP"],
            "source": None,
            "outstanding": [{"currencyCode": "EUR", "amount": 1234.5}],
            "overdueInvoiceCount": 1,
            "followUp": {
                "state": "Running",
                "code": "FirstFollowUp",
                "reason": "On Monday, November 23, 2026 the agent will write to Jane Doe <jane@acme.com>: follow-up "
                "#1, courteous, because invoice F-2026-001 is 3 days late on that day and nobody has written yet.",
                "nextDate": {"year": 2026, "month": 11, "day": 23},
            },
            "readOnlyReason": None,
            "createdAt": "2026-10-02T08:00:00Z",
            "updatedAt": INSTANT,
        }
