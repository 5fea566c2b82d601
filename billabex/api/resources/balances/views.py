"""What accounts owe, per currency, and how old it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.models import Account
from billabex.api.operations import operation
from billabex.api.pages import Page
from billabex.api.resources.accounts.reading import OF_ACCOUNT
from billabex.api.resources.balances.keys import Place, accounts_behind, balance_id
from billabex.api.resources.balances.serializers import (
    AccountAgingOut,
    AccountAgingsQuery,
    AgingOut,
    AgingQuery,
    BalanceOut,
    BalancesQuery,
)
from billabex.api.serializers import ListQuery
from billabex.api.views import ApiView
from billabex.core.errors import NotFound
from billabex.core.money import ZERO
from invoices.balances import agings_of, open_accounts, organization_agings, overdue_rate
from invoices.rules import Aging
from invoices.selectors import Balance, balances

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from accounts.models import AccountQuerySet


class BalanceNotFound(NotFound):
    """No balance of that id here."""

    code = "accounts.balance.not-found"
    message = _("There is no such balance.")


@dataclass(frozen=True, slots=True)
class ShownBalance:
    """An account's balance in one currency, with its id."""

    id: UUID
    account: Account
    balance: Balance


class ShownAging:
    """An aged balance, band by band; an account's, or the whole organization's."""

    def __init__(self, aging: Aging, account: Account | None = None) -> None:
        self.account = account
        self.currency = aging.currency
        self.not_due, self.d0_30, self.d31_60, self.d61_90, self.d90_plus = aging.amounts
        self.overdue_rate = overdue_rate(aging)


class _BalancesView(ApiView):
    """What the lists of balances have in common."""

    def balances_page(self, accounts: AccountQuerySet, query: Mapping[str, Any]) -> Page[Any]:
        """Return the page of the accounts' balances, by account and currency. Three queries, the same at any depth."""
        place = Place(query, self.request.path)
        if place.after:
            accounts = accounts.filter(pk__gte=place.after[0])
        # One more than the page has, and one more still: the first may have had its turn on the page before.
        found = list(accounts.order_by("pk")[: query["first"] + 2])
        owed = balances([account.pk for account in found], today=self.today)
        shown = (
            ShownBalance(balance_id(account.pk, balance.currency), account, balance)
            for account in found
            for balance in owed.get(account.pk, [])
            if query.get("currency_code", balance.currency) == balance.currency
        )
        return place.page(shown, lambda one: [one.account.pk, one.balance.currency])


class BalancesView(_BalancesView):
    """What is owed, account by account."""

    @operation("List balances", scope="accounts:read", query=BalancesQuery, pages=BalanceOut)
    def get(self, query: dict[str, Any]) -> Page[Any]:
        """Lists what accounts owe, or are owed: one balance for each currency in which something is open.

        Written-off accounts do not count.
        """
        self.enter_organization(query["organization_id"])
        accounts = open_accounts(self.organization, currency=query.get("currency_code", ""))
        return self.balances_page(accounts, query)


class AccountBalancesView(_BalancesView):
    """What one account owes."""

    enters = OF_ACCOUNT

    @operation("List an account's balances", scope="accounts:read", query=ListQuery, pages=BalanceOut)
    def get(self, account_id: UUID, query: dict[str, Any]) -> Page[Any]:
        """Lists what an account owes, or is owed: one balance for each currency in which something is open."""
        account = Account.objects.for_organization(self.organization).filter(pk=account_id)
        return self.balances_page(account, query)


class BalanceView(ApiView):
    """What one account owes in one currency."""

    @operation("Read a balance", scope="accounts:read", answers=BalanceOut, refuses=[BalanceNotFound])
    def get(self, balance_id: UUID) -> ShownBalance:
        """Answers what an account owes in one currency. The id stays when it is settled, and all amounts are zero."""
        possible = accounts_behind(balance_id)
        account = self.entered(Account.objects.all(), BalanceNotFound, pk__among=possible)
        currency = possible[account.pk]
        owed = balances([account.pk], today=self.today).get(account.pk, [])
        balance = next((one for one in owed if one.currency == currency), Balance(currency))
        return ShownBalance(balance_id, account, balance)


class AgingView(ApiView):
    """How old what is owed is."""

    @operation("Read the aged balance", scope="accounts:read", query=AgingQuery, pages=AgingOut)
    def get(self, query: dict[str, Any]) -> Page[Any]:
        """Answers how old what the organization is owed is, for each currency, or for the one that is asked for.

        Credit of one account is never set against the debt of another. Written-off accounts do not count.
        """
        self.enter_organization(query["organization_id"])
        agings = organization_agings(self.organization, today=self.today)
        wanted = [one for one in agings if query.get("currency_code", one.currency) == one.currency]
        place = Place(query, self.request.path)
        return place.page(map(ShownAging, wanted), lambda shown: [shown.currency])


class AccountAgingsView(ApiView):
    """How old what each account owes is."""

    @operation("List aged balances", scope="accounts:read", query=AccountAgingsQuery, pages=AccountAgingOut)
    def get(self, query: dict[str, Any]) -> Page[Any]:
        """Lists how old what each account owes in a currency is, by the accounts' names.

        Accounts with nothing open in it have no entry; written-off accounts do not count.
        """
        self.enter_organization(query["organization_id"])
        currency = query["currency_code"]
        accounts = open_accounts(self.organization, currency=currency)
        page = self.page(accounts, query, sorts={"name": Lower("name")}, default="name")
        agings = agings_of([account.pk for account in page.nodes], currency=currency, today=self.today)
        nothing = Aging(currency, (ZERO,) * 5)  # where credit has made up for the debt exactly
        shown: list[Any] = [ShownAging(agings.get(account.pk, nothing), account) for account in page.nodes]
        return Page(shown, page.end_cursor)
