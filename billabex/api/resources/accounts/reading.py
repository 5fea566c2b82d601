"""Accounts with all that is said of them, one or a page of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ObjectDoesNotExist

from accounts.errors import AccountNotFound
from accounts.models import Account, Source
from accounts.rules import read_only_reason
from accounts.selectors import account_list
from billabex.agent.decisions import reason_now, standing_reasons
from billabex.api.views import Entrance
from invoices.selectors import Balance, balances

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

    from billabex.agent.decisions import Reason
    from billabex.organizations.models import Organization

OF_ACCOUNT = Entrance(Account, "account_id", AccountNotFound)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Where the follow-up of an account stands.

    Attributes:
        state: One of `accounts.rules.FollowUpState`.
        code: Of the deciding rule; "" while the agent is about to decide anew.
        reason: The same in a sentence.
        next_on: When the agent next writes, if it does.
    """

    state: str
    code: str
    reason: str
    next_on: date | None


@dataclass(frozen=True, slots=True)
class Shown:
    """An account as the API shows it."""

    account: Account
    source: Source | None
    tags: list[str]
    outstanding: list[Balance]
    overdue_invoice_count: int
    follow_up: FollowUp
    read_only_reason: str


def account_of(organization: Organization, account_id: UUID) -> Account:
    """Return an account to be changed.

    Raises:
        AccountNotFound: No such account in this organization.
    """
    return OF_ACCOUNT.one(Account.objects.for_organization(organization).select_related("organization"), account_id)


def shown_account(organization: Organization, account_id: UUID, *, today: date) -> Shown:
    """Return an account as it stands, with what the agent decides about it at this moment.

    Raises:
        AccountNotFound: No such account in this organization.
    """
    accounts = account_list(organization, today=today).select_related("organization")
    account = OF_ACCOUNT.one(accounts, account_id)
    owed = balances([account_id], today=today)
    return _shown(account, owed.get(account_id, []), reason_now(account, today=today))


def shown_accounts(organization: Organization, accounts: Sequence[Account], *, today: date) -> list[Shown]:
    """Return accounts of `account_list`, with what the agent last decided. Three queries, whatever their number."""
    owed = balances([account.pk for account in accounts], today=today)
    reasons = standing_reasons(organization, accounts, today=today)
    return [_shown(account, owed.get(account.pk, []), reasons.get(account.pk)) for account in accounts]


def _shown(account: Account, outstanding: list[Balance], reason: Reason | None) -> Shown:
    listed: Any = account  # what `account_list` annotates
    source = _source(account)
    return Shown(
        account=account,
        source=source,
        tags=[tag.name for tag in account.tags.all()],
        outstanding=outstanding,
        overdue_invoice_count=listed.overdue_count,
        follow_up=FollowUp(
            state=listed.state,
            code=reason.code if reason else "",
            reason=reason.sentence if reason else "",
            next_on=listed.next_on,
        ),
        read_only_reason=read_only_reason(source.system if source else ""),
    )


def _source(account: Account) -> Source | None:
    try:
        return account.source
    except ObjectDoesNotExist:
        return None
