"""Importing accounts: new ones, and what is new about known ones. A blank cell never takes anything away."""

from __future__ import annotations

from itertools import batched
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from accounts.enums import FollowUpOwner
from accounts.errors import CurrencyFixed
from accounts.models import Account, Source
from accounts.rules import match_key
from invoices.models import CreditNote, Invoice
from invoices.spreadsheets.directory import BATCH, Directory, Reference
from invoices.spreadsheets.enums import Effect
from invoices.spreadsheets.importing.base import Importer
from invoices.spreadsheets.importing.tagging import Tagging

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from uuid import UUID

    from billabex.organizations.models import Organization
    from invoices.spreadsheets.importing.base import Setting
    from invoices.spreadsheets.understanding import Line, Sheet

DETAILS = (
    *("registration_number", "vat_number", "street", "postal_code", "city", "state_or_province", "country"),
    *("currency", "phone", "language"),
)


class NewAccounts:
    """The accounts that a file brings, with the links to their records elsewhere; stored as a batch.

    The set-based sibling of `accounts.services.create_account`.
    """

    def __init__(self, organization: Organization) -> None:
        self._organization = organization
        self.accounts: list[Account] = []
        self._sources: list[Source] = []
        self._ids: set[UUID] = set()

    def __contains__(self, account: Account) -> bool:
        """Tell whether the account is one of them."""
        return account.pk in self._ids

    def add(self, directory: Directory, values: Mapping[str, Any], currency: str = "") -> Account:
        """Prepare the account that a line's values describe, and let later lines find it."""
        organization = self._organization
        entrusts = organization.entrusts_new_accounts
        account = Account(
            organization=organization,
            name=values["company"],
            match_key=match_key(values["company"]),
            follow_up_owner=FollowUpOwner.AGENT if entrusts else FollowUpOwner.IN_HOUSE,
            **{name: values[name] for name in DETAILS if name in values and name != "currency"},
            currency=currency or values.get("currency") or organization.default_currency,
        )
        code = values.get("external_id", "")
        directory.add(account, code)
        self.accounts.append(account)
        self._ids.add(account.pk)
        if code:
            self.link(account, code)
        return account

    def link(self, account: Account, code: str) -> None:
        """Prepare the link from an account to its record in the system that the file comes from."""
        self._sources.append(Source(organization=self._organization, account=account, external_id=code))

    def write(self, importer: Importer) -> None:
        """Store them, and leave the trace that `accounts.services.create_account` leaves, for each."""
        Account.objects.bulk_create(self.accounts, batch_size=BATCH)
        Source.objects.bulk_create(self._sources, batch_size=BATCH)
        for account in self.accounts:
            changes = {"name": account.name, "currency": account.currency}
            importer.trace("account.created", account, account.pk, changes)


class AccountImporter(Importer):
    """Creates and updates accounts."""

    cause = "account"

    def __init__(self, sheet: Sheet, setting: Setting) -> None:
        super().__init__(sheet, setting)
        self._new = NewAccounts(setting.organization)
        self._changes: list[tuple[Account, dict[str, Any]]] = []
        self._tagging = Tagging()

    def plan(self) -> None:
        """Match each line to an account; note which are new, and what changes about the others."""
        directory = self.directory()
        lines_by_account: dict[UUID, int] = {}
        recurring: list[tuple[Line, Account, dict[str, Any]]] = []
        for line in self.sheet.good_lines:
            account = directory.find(Reference.of(line.values))
            if account is None:
                account = self._new.add(directory, line.values)
                self._tagging.want(account, line.values.get("tags", ()))
                self.note(line, Effect.NEW, account.pk)
            elif account.pk in lines_by_account:
                sentence = _("Row %(row)d is about the same account. Keep one of them.")
                self.sheet.refuse(line, "company", sentence % {"row": lines_by_account[account.pk]})
                continue
            else:
                recurring.append((line, account, self._differences(directory, account, line.values)))
            lines_by_account[account.pk] = line.number
        self._plan_changes(recurring)

    def _differences(self, directory: Directory, account: Account, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the fields that the line says something else about, with what it says."""
        wanted = {name: values[name] for name in DETAILS if name in values} | {"name": values["company"]}
        changes = {name: value for name, value in wanted.items() if getattr(account, name) != value}
        if "name" in changes:
            changes["match_key"] = match_key(changes["name"])
        if (code := values.get("external_id")) and not directory.is_linked(account):
            changes["external_id"] = code
        return changes

    def _plan_changes(self, recurring: list[tuple[Line, Account, dict[str, Any]]]) -> None:
        fixed = accounts_with_documents([account.pk for _line, account, changes in recurring if "currency" in changes])
        self._tagging.load([account.pk for line, account, _changes in recurring if "tags" in line.values])
        for line, account, changes in recurring:
            if "currency" in changes and account.pk in fixed:
                self.sheet.refuse(line, "currency", str(CurrencyFixed.message))
                continue
            is_tagged = self._tagging.want(account, line.values.get("tags", ()))
            self.note(line, Effect.CHANGED if changes or is_tagged else Effect.UNCHANGED, account.pk)
            if changes:
                self._changes.append((account, changes))

    def new_names(self) -> list[str]:
        """Return the names of the new accounts."""
        return [account.name for account in self._new.accounts]

    def write(self) -> Iterator[int]:
        """Store new accounts and changes, then tags."""
        changed_fields: set[str] = {"updated_at"}
        for account, changes in self._changes:
            if code := changes.pop("external_id", None):
                self._new.link(account, code)
            moved = {name: {"from": getattr(account, name), "to": value} for name, value in changes.items()}
            for name, value in changes.items():
                setattr(account, name, value)
            account.updated_at = self.setting.now
            changed_fields |= changes.keys()
            moved.pop("match_key", None)
            linked = {"external_id": {"from": "", "to": code}} if code else {}
            self.trace("account.updated", account, account.pk, moved | linked)
        self._new.write(self)
        yield len(self._new.accounts)
        accounts = [account for account, _changes in self._changes]
        Account.objects.bulk_update(accounts, sorted(changed_fields), batch_size=BATCH)
        self._tagging.write(self)


def accounts_with_documents(account_ids: Collection[UUID]) -> set[UUID]:
    """Return those of the accounts that have an invoice or a credit note."""
    found: set[UUID] = set()
    for batch in batched(account_ids, BATCH, strict=False):
        for papers in (Invoice.objects.all(), CreditNote.objects.all()):
            found |= set(papers.filter(account__in=batch).order_by().values_list("account_id", flat=True).distinct())
    return found
