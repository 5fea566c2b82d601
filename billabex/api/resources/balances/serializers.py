"""What is said of balances, and which of them may be asked for."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema_field

from billabex.api import fields
from billabex.api.examples import ACCOUNT, ORGANIZATION
from billabex.api.serializers import ListQuery, Output


class BalancesQuery(ListQuery):
    """Whose balances."""

    organization_id = fields.Id()
    currency_code = fields.CurrencyCode(required=False)


class AgingQuery(ListQuery):
    """Whose debts."""

    organization_id = fields.Id()
    currency_code = fields.CurrencyCode(required=False)


class AccountAgingsQuery(AgingQuery):
    """Whose debts, in which currency: amounts in different ones are never added together."""

    currency_code = fields.CurrencyCode()
    sort = fields.Sort("name")


class BalanceOut(Output):
    """What an account owes in one currency."""

    id = fields.Id()
    organization_id = fields.Id(source="account.organization_id")
    account_id = fields.Id(source="account.id")
    account_name = fields.Text(source="account.name")
    currency_code = fields.Text(source="balance.currency")
    outstanding = fields.Amount(
        source="balance.outstanding",
        may_be_negative=True,
        help_text="What is left on invoices, less unallocated credit; negative where the organization owes.",
    )
    overdue = fields.Amount(source="balance.overdue", help_text="What is left on invoices past their due date.")
    unallocated_credit = fields.Amount(source="balance.unallocated_credit")
    oldest_due_date = fields.CivilDate(
        source="balance.oldest_due_on", allow_null=True, help_text="Of the invoices that are open."
    )

    class Meta:
        example = {
            "id": "019ab3c4-7d1e-7c52-a8f1-3c5d77a0b1e2",
            "organizationId": ORGANIZATION,
            "accountId": ACCOUNT,
            "accountName": "Acme SAS",
            "currencyCode": "EUR",
            "outstanding": 1234.5,
            "overdue": 600.0,
            "unallocatedCredit": 60.0,
            "oldestDueDate": {"year": 2026, "month": 10, "day": 31},
        }


@extend_schema_field({"type": "number", "minimum": 0, "maximum": 100, "examples": [30.0]})
class Percentage(fields.Amount):
    """A part of a whole, in hundredths of it. Only ever answered."""


class AgingOut(Output):
    """What is owed in one currency by days late, net of unallocated credit against the oldest."""

    currency_code = fields.Text(source="currency")
    not_due = fields.Amount(may_be_negative=True, help_text="Due today or later; negative where credit is left over.")
    d0_30 = fields.Amount(help_text="Up to 30 days late.")
    d31_60 = fields.Amount()
    d61_90 = fields.Amount()
    d90_plus = fields.Amount(help_text="More than 90 days late.")
    overdue_rate = Percentage(help_text="How much of the whole is late, from 0 to 100.")

    class Meta:
        example = {
            "currencyCode": "EUR",
            "notDue": 700.0,
            "d0_30": 200.0,
            "d31_60": 0.0,
            "d61_90": 0.0,
            "d90Plus": 100.0,
            "overdueRate": 30.0,
        }


class AccountAgingOut(AgingOut):
    """What an account owes in one currency by days late, net of its unallocated credit against the oldest."""

    account_id = fields.Id(source="account.id")
    account_name = fields.Text(source="account.name")

    class Meta:
        example = {
            "accountId": ACCOUNT,
            "accountName": "Acme SAS",
            **AgingOut.Meta.example,
        }
