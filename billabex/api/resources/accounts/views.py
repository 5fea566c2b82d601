"""Reading, creating, changing and deleting accounts, and linking them to records elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Lower

from accounts import services
from accounts.errors import CurrencyFixed, OtherSource, SourceNotFound, SourceTaken
from accounts.filters import AccountFilter
from accounts.selectors import account_list
from billabex.api.operations import operation
from billabex.api.pages import Page, narrowed
from billabex.api.resources.accounts.reading import OF_ACCOUNT, account_of, shown_account, shown_accounts
from billabex.api.resources.accounts.serializers import (
    AccountIn,
    AccountOut,
    AccountPatch,
    AccountPut,
    AccountsQuery,
    SourceIn,
    SourceOut,
)
from billabex.api.views import ApiView
from contacts.errors import EmailTaken
from contacts.services import add_contact

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from accounts.models import Account, AccountQuerySet, Source
    from billabex.api.pages import Sorts
    from billabex.api.resources.accounts.reading import Shown
    from billabex.core.actors import Actor

SORTS: Sorts = {
    "fullName": Lower("name"),
    "createdAt": F("created_at"),
    "updatedAt": F("updated_at"),
    "overdueInvoiceCount": F("overdue_count"),
}
_COLUMNS = {
    "full_name": "name",
    "currency_code": "currency",
    "phone": "phone",
    "registration_number": "registration_number",
    "vat_number": "vat_number",
    "language": "language",
}
_FILTERS = {"status": "status", "source_id": "source__external_id", "connection_id": "source__connection_id"}
_NO_ADDRESS = dict.fromkeys(("street", "city", "postal_code", "state_or_province", "country"), "")


class AccountsView(ApiView):
    """The accounts of an organization."""

    @operation("List accounts", scope="accounts:read", query=AccountsQuery, pages=AccountOut)
    def get(self, query: dict[str, Any]) -> Page[Any]:
        """Lists the accounts of an organization, by name unless sorted otherwise. Filters add up."""
        self.enter_organization(query["organization_id"])
        accounts = _asked_for(account_list(self.organization, today=self.today), query)
        page = self.page(accounts, query, sorts=SORTS, default="fullName")
        return Page(shown_accounts(self.organization, page.nodes, today=self.today), page.end_cursor)

    @operation(
        "Create an account",
        scope="accounts:all",
        takes=AccountIn,
        answers=AccountOut,
        status=201,
        refuses=[SourceTaken, EmailTaken],
    )
    def post(self, body: dict[str, Any]) -> Shown:
        """Creates an account with its first contacts, tags and source; all of it, or nothing.

        It is entrusted to the agent, or handled in-house, as the organization's settings say.
        """
        self.enter_organization(body["organization_id"])
        account = self._created(body)
        return shown_account(self.organization, account.pk, today=self.today)

    @transaction.atomic
    def _created(self, body: Mapping[str, Any]) -> Account:
        account = services.create_account(organization=self.organization, actor=self.actor, **_details(body))
        services.set_tags(account=account, names=body["tags"], actor=self.actor)
        for contact in body["contacts"]:
            add_contact(account=account, actor=self.actor, **contact)
        if body["source"]:
            _link(account, body["source"], self.actor)
        return account


class AccountView(ApiView):
    """One account."""

    enters = OF_ACCOUNT

    @operation("Read an account", scope="accounts:read", answers=AccountOut)
    def get(self, account_id: UUID) -> Shown:
        """Answers an account as it stands, with what the agent does next and why."""
        return shown_account(self.organization, account_id, today=self.today)

    @operation(
        "Replace an account", scope="accounts:all", takes=AccountPut, answers=AccountOut, refuses=[CurrencyFixed]
    )
    def put(self, account_id: UUID, body: dict[str, Any]) -> Shown:
        """Replaces the whole of an account's information. Contacts, source and follow-up stay as they are.

        It takes name, currency, address, numbers, language and tags. An answer cannot be put back as it is: the rest of
        it, from `outstanding` to `updatedAt`, is not to be set, and unknown fields are refused.
        """
        return self._changed(account_id, body, _details(body))

    @operation(
        "Change an account", scope="accounts:all", takes=AccountPatch, answers=AccountOut, refuses=[CurrencyFixed]
    )
    def patch(self, account_id: UUID, body: dict[str, Any]) -> Shown:
        """Changes what is given of an account's information; of the address, too, only the parts that are given."""
        return self._changed(account_id, body, _changed_details(body))

    def _changed(self, account_id: UUID, body: Mapping[str, Any], details: dict[str, Any]) -> Shown:
        account = account_of(self.organization, account_id)
        with transaction.atomic():
            if "tags" in body:  # before the account is locked, as everywhere
                services.set_tags(account=account, names=body["tags"], actor=self.actor)
            services.update_account(account=account, actor=self.actor, **details)
        return shown_account(self.organization, account_id, today=self.today)

    @operation("Delete an account", scope="accounts:all")
    def delete(self, account_id: UUID) -> None:
        """Deletes an account for good, with its contacts, documents, messages and tasks. Only the audit log remains."""
        account = account_of(self.organization, account_id)
        services.delete_account(account=account, actor=self.actor, now=self.now)


class SourceView(ApiView):
    """The link from an account to its record in another system."""

    enters = OF_ACCOUNT

    @operation(
        "Link an account to its record",
        scope="accounts:all",
        takes=SourceIn,
        answers=SourceOut,
        refuses=[OtherSource, SourceTaken],
    )
    def put(self, account_id: UUID, body: dict[str, Any]) -> Source:
        """Links an account to its record in your system. The same pair again only changes `lastUpdate`.

        An account has one source at most, and a `sourceId` is of one account of the organization at most.
        """
        return _link(account_of(self.organization, account_id), body, self.actor)

    @operation("Remove an account's link to its record", scope="accounts:all", refuses=[SourceNotFound])
    def delete(self, account_id: UUID) -> None:
        """Takes the link away. Account and record stay."""
        services.unlink_source(account=account_of(self.organization, account_id), actor=self.actor)


def _asked_for(accounts: AccountQuerySet, query: Mapping[str, Any]) -> AccountQuerySet:
    """Return the accounts that a query keeps; searched as on the page."""
    wanted = {"q": query.get("query"), "state": query.get("follow_up"), "tag": query.get("tag")}
    accounts = AccountFilter(wanted).narrow(accounts)
    if not query.keys().isdisjoint({"source_id", "connection_id"}):
        accounts = accounts.filter(source__organization=F("organization"))  # with which the index on sources begins
    return narrowed(accounts, query, _FILTERS)


def _details(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns of the account that a whole body says, the address emptied where it says none."""
    details = {column: body[name] for name, column in _COLUMNS.items() if name in body}
    return details | _NO_ADDRESS | (body["billing_address"] or {})


def _changed_details(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns that a partial body says; a null address empties it."""
    details = {column: body[name] for name, column in _COLUMNS.items() if name in body}
    if "billing_address" not in body:
        return details
    return details | (_NO_ADDRESS if body["billing_address"] is None else body["billing_address"])


def _link(account: Account, given: Mapping[str, Any], actor: Actor) -> Source:
    return services.link_source(
        account=account,
        external_id=given["source_id"],
        connection_id=given["connection_id"],
        record_changed_at=given["last_update"],
        actor=actor,
    )
