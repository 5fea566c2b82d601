"""Finding the accounts that the rows of a file are about: all of them at once, by the rule that documents go by.

The set-based sibling of `accounts.selectors.match_company`: by source, else by registration or VAT number, else by
name; of several that match alike the oldest. An account with another customer code is another company.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import batched
from typing import TYPE_CHECKING, Self

from django.db.models import Q

from accounts.enums import SourceSystem
from accounts.models import Account, Source
from accounts.rules import is_near, match_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any
    from uuid import UUID

    from django.db.models import QuerySet

    from billabex.organizations.models import Organization

BATCH = 2_000
"""Rows to a statement: a file of any size takes a number of statements that only grows with this."""
_NEAR_NAMES = 50_000
_NEAR_CHECKED = 500


@dataclass(frozen=True, slots=True)
class Reference:
    """How a row names an account; what it does not say is empty."""

    code: str = ""
    registration_number: str = ""
    vat_number: str = ""
    name: str = ""

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Self:
        """Return the reference that a line's values make."""
        return cls(
            values.get("external_id", ""),
            values.get("registration_number", ""),
            values.get("vat_number", ""),
            values.get("company", ""),
        )

    def __bool__(self) -> bool:
        return bool(self.code or self.registration_number or self.vat_number or self.name)

    def __str__(self) -> str:
        return self.name or self.code or self.registration_number or self.vat_number


class Directory:
    """The accounts that a file's rows may be about, and those that the import is about to create."""

    def __init__(self, organization: Organization, references: Iterable[Reference], *, is_locked: bool = False) -> None:
        """Load them, a batch of rows to a query.

        Args:
            organization: The tenant.
            references: Those of all rows.
            is_locked: Lock the accounts' rows until the transaction ends, as before every write.
        """
        self.organization = organization
        self._codes: dict[UUID, str] = {}
        self._linked: set[UUID] = set()
        self._order: dict[UUID, int] = {}
        self._by_code: dict[str, Account] = {}
        self._by_number: dict[tuple[str, str], list[Account]] = defaultdict(list)
        self._by_key: dict[str, list[Account]] = defaultdict(list)
        self._found: dict[Reference, Account] = {}
        found: dict[UUID, Account] = {}
        for batch in batched(dict.fromkeys(references), BATCH, strict=False):
            accounts = _accounts(organization, batch)
            found |= {
                account.pk: account for account in (accounts.select_for_update(of=("self",)) if is_locked else accounts)
            }
        sources = _sources(organization, found)
        for account in sorted(found.values(), key=lambda account: (account.created_at, account.pk)):
            source = sources.get(account.pk)
            self.add(account, source.external_id if source and source.system == SourceSystem.CUSTOM else "")
            if source:
                self._linked.add(account.pk)
                self._by_code[source.external_id] = account

    def add(self, account: Account, code: str = "") -> None:
        """Take up an account that rows further down may mean, too."""
        self._order[account.pk] = len(self._order)
        if code:
            self._codes[account.pk] = code
            self._by_code[code] = account
        for kind in ("registration_number", "vat_number"):
            if number := getattr(account, kind):
                self._by_number[kind, number].append(account)
        self._by_key[account.match_key].append(account)

    def is_linked(self, account: Account) -> bool:
        """Tell whether an account has a record in an external system, of which it can only have one."""
        return account.pk in self._linked or account.pk in self._codes

    def find(self, reference: Reference) -> Account | None:
        """Return the account that a row is about, or None.

        Once found it stays found: accounts that rows add come after all others.
        """
        account = self._found.get(reference) or self._search(reference)
        if account is not None:
            self._found[reference] = account
        return account

    def _search(self, reference: Reference) -> Account | None:
        if reference.code and (account := self._by_code.get(reference.code)):
            return account
        numbered = [
            account
            for kind in ("registration_number", "vat_number")
            if (number := getattr(reference, kind))
            for account in self._by_number.get((kind, number), ())
        ]
        named = self._by_key.get(match_key(reference.name), ()) if reference.name else ()
        for candidates in (numbered, named):
            fitting = [account for account in candidates if self._may_be(account, reference)]
            if fitting:
                return min(fitting, key=lambda account: self._order[account.pk])
        return None

    def _may_be(self, account: Account, reference: Reference) -> bool:
        code = self._codes.get(account.pk, "")
        return not code or not reference.code or code == reference.code


def _accounts(organization: Organization, references: Iterable[Reference]) -> QuerySet[Account]:
    references = list(references)

    def named(attribute: str) -> list[str]:
        return [value for reference in references if (value := getattr(reference, attribute))]

    wanted = Q(match_key__in={match_key(name) for name in named("name")})
    for condition, values in (
        ("registration_number__in", named("registration_number")),
        ("vat_number__in", named("vat_number")),
    ):
        if values:
            wanted |= Q(**{condition: values})
    if codes := named("code"):
        wanted |= Q(pk__in=Source.objects.filter(organization=organization, external_id__in=codes).values("account"))
    return Account.objects.for_organization(organization).filter(wanted).order_by("pk")


def _sources(organization: Organization, account_ids: Iterable[UUID]) -> dict[UUID, Source]:
    sources: dict[UUID, Source] = {}
    for batch in batched(account_ids, BATCH, strict=False):
        known = Source.objects.filter(organization=organization, account__in=batch)
        sources |= {source.account_id: source for source in known}
    return sources


def near_names(organization: Organization, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield new names that are nearly those of existing accounts, each with that name. One query, bounded work."""
    by_start: dict[str, list[tuple[str, str]]] = defaultdict(list)
    known = Account.objects.for_organization(organization).order_by("name").values_list("match_key", "name")
    for key, name in known[:_NEAR_NAMES]:
        by_start[key[:2]].append((key, name))
    for name in list(names)[:_NEAR_CHECKED]:
        key = match_key(name)
        alike = (other for known_key, other in by_start[key[:2]][:_NEAR_CHECKED] if is_near(key, known_key))
        if other := next(alike, ""):
            yield name, other
