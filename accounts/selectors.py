"""Reads about accounts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, Subquery
from django.utils.translation import gettext as _

from accounts.errors import AccountNotFound
from accounts.models import Account, Pause
from accounts.rules import compact_number, is_near, match_key

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import AccountQuerySet
    from accounts.rules import Company
    from billabex.organizations.models import Organization

_NEAR_CANDIDATES = 500


@dataclass(frozen=True, slots=True)
class Match:
    """Which existing account a company is.

    Attributes:
        account: The account, when it is certain.
        suggestions: Accounts of nearly that name, for a person to choose from; only when it is not certain.
    """

    account: Account | None = None
    suggestions: tuple[Account, ...] = ()


def match_company(organization: Organization, company: Company) -> Match:
    """Find the account that a company named by a document is: by registration or VAT number, else by its name.

    Of several that match alike the oldest is taken. At most three queries.
    """
    accounts = Account.objects.for_organization(organization).order_by("created_at", "id")
    registration, vat = compact_number(company.registration_number), compact_number(company.vat_number)
    numbers = Q()
    if registration:
        numbers |= Q(registration_number=registration)
    if vat:
        numbers |= Q(vat_number=vat)
    if numbers and (account := accounts.filter(numbers).first()):
        return Match(account)
    key = match_key(company.name)
    if account := accounts.filter(match_key=key).first():
        return Match(account)
    candidates = accounts.filter(match_key__startswith=key[:2])[:_NEAR_CANDIDATES]
    return Match(suggestions=tuple(account for account in candidates if is_near(key, account.match_key))[:5])


def account_list(organization: Organization, *, today: date) -> AccountQuerySet:
    """Return the organization's accounts with what the list shows, ready to filter, sort and page.

    Annotates `overdue_count`, `next_on` (when the agent next writes, None when it does not) and `is_paused`; prefetches
    tags. Outstanding amounts are per currency and come per page from `invoices.selectors.balances`.
    """
    live_pauses = Pause.objects.filter(account=OuterRef("pk")).live(today)
    overdue = (
        Account.objects.filter(pk=OuterRef("pk"))
        .annotate(count=Count("invoices", filter=Q(invoices__settled_on__isnull=True, invoices__due_on__lt=today)))
        .values("count")
    )
    planned = Account.objects.filter(pk=OuterRef("pk"), communications__status="scheduled").order_by(
        "communications__planned_on"
    )
    return (
        Account.objects.for_organization(organization)
        .annotate(
            overdue_count=Subquery(overdue),
            next_on=Subquery(planned.values("communications__planned_on")[:1]),
            is_paused=Exists(live_pauses),
        )
        .select_related("source")
        .prefetch_related("tags")
    )


def account_page(organization: Organization, account_id: UUID) -> Account:
    """Return one account with what its page's header shows: the organization, source, tags and open pauses.

    Raises:
        AccountNotFound: No such account in this organization.
    """
    pauses = Prefetch("pauses", Pause.objects.filter(ended_at__isnull=True), to_attr="open_pauses")
    try:
        return (
            Account.objects.for_organization(organization)
            .select_related("organization", "source")
            .prefetch_related("tags", pauses)
            .get(pk=account_id)
        )
    except Account.DoesNotExist:
        raise AccountNotFound from None


def live_pause(account: Account, *, today: date) -> Pause | None:
    """Return the pause that holds the account's follow-ups today, out of those that `account_page` loaded."""
    loaded: list[Pause] = account.open_pauses  # type: ignore[attr-defined]
    return next((pause for pause in loaded if pause.until is None or pause.until > today), None)


def account_by_name_or_id(reference: str) -> Account:
    """Return the account that a person at a terminal means: an id, or a name of which there is one.

    Raises:
        AccountNotFound: There is none of that name, or several; the sentence says which, and how to go on.
    """
    accounts = Account.objects.select_related("organization")
    try:
        found = list(accounts.filter(pk=UUID(reference)))
    except ValueError:
        found = list(accounts.filter(match_key=match_key(reference))[:2])
    if not found:
        raise AccountNotFound(_("There is no account “%(reference)s”.") % {"reference": reference})
    if len(found) > 1:
        raise AccountNotFound(
            _("Several accounts are called “%(reference)s”; give the account's id instead.") % {"reference": reference}
        )
    return found[0]
