"""Reads about accounts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from accounts.enums import AccountStatus, FollowUpOwner
from accounts.errors import AccountNotFound
from accounts.models import Account, Note, Pause, Tag
from accounts.rules import FollowUpState, compact_number, is_near, match_key
from billabex.core.models import AuditEntry
from billabex.core.money import ZERO, AmountField

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from django.db.models import Aggregate, Field, QuerySet
    from django.db.models.expressions import CombinedExpression

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

    Annotates `overdue_count`, `next_on` (when the agent next writes, None when it does not), `is_paused` and `state`
    (one of `FollowUpState`, as `rules.follow_up_state` tells it); prefetches tags. Aliases to ask by, which find all
    such accounts at once: `is_late` (invoices are overdue), `is_credited` (credit waits), `is_planned` (a message) and
    `is_asked` (a question). Outstanding amounts are per currency and come per page from `invoices.selectors.balances`.
    """
    late = _theirs("invoices").filter(settled_on__isnull=True, due_on__lt=today)
    planned = _theirs("communications").filter(status="scheduled", composed_by="")  # a member's own is no follow-up
    accounts = Account.objects.for_organization(organization)
    credited = accounts.filter(credit_notes__organization=organization, credit_notes__remaining_amount__gt=0)
    return (
        accounts.alias(
            is_late=Exists(late.filter(organization=organization)),
            is_credited=Q(pk__in=credited.values("pk")),
            is_planned=Exists(planned.filter(organization=organization)),
            is_asked=Exists(_theirs("tasks").filter(organization=organization, status="action_required")),
        )
        .annotate(
            overdue_count=_total(late, Count("*"), IntegerField()),
            next_on=Subquery(planned.order_by("planned_on").values("planned_on")[:1]),
            is_paused=Exists(Pause.objects.filter(account=OuterRef("pk")).live(today)),
            state=_state(),
        )
        .select_related("source")
        .prefetch_related("tags")
    )


def _state() -> Case:
    """Return `rules.follow_up_state` as the database computes it, of accounts of `account_list`."""
    return Case(
        When(status=AccountStatus.WRITTEN_OFF, then=Value(FollowUpState.WRITTEN_OFF)),
        When(status=AccountStatus.SUSPENDED, then=Value(FollowUpState.SUSPENDED)),
        When(follow_up_owner=FollowUpOwner.IN_HOUSE, then=Value(FollowUpState.IN_HOUSE)),
        When(is_paused=True, then=Value(FollowUpState.PAUSED)),
        When(is_planned=True, then=Value(FollowUpState.RUNNING)),
        When(is_asked=True, then=Value(FollowUpState.ACTION_REQUIRED)),
        default=Value(FollowUpState.NOTHING_TO_DO),
        output_field=CharField(),
    )


def outstanding_in(currency: str) -> CombinedExpression:
    """Return an expression over accounts of `account_list`: what each owes in one currency, less its credit there.

    For sorting only; currencies are never added together. On SQLite it is summed in binary.
    """
    owed = _theirs("invoices").filter(currency=currency).exclude(remaining_amount=0)
    credit = _theirs("credit_notes").filter(currency=currency, remaining_amount__gt=0)
    waiting = Case(When(is_credited=True, then=_total(credit, Sum("remaining_amount"), AmountField())), default=ZERO)
    return _total(owed, Sum("remaining_amount"), AmountField()) - waiting


def _theirs(relation: str) -> QuerySet[Any]:
    """Return the rows of a higher floor, by their name on accounts, that are the account's of the query around."""
    rows: Any = Account._meta.get_field(relation).related_model  # noqa: SLF001 - Django's documented model API
    found: QuerySet[Any] = rows.objects.filter(account=OuterRef("pk")).order_by()
    return found


def _total(rows: QuerySet[Any], value: Aggregate, output_field: Field[Any, Any]) -> Coalesce:
    """Return what the rows of one account come to, 0 when there are none."""
    total = rows.values("account").annotate(total=value).values("total")
    return Coalesce(Subquery(total), Value(0), output_field=output_field)


def tags_in_use(organization: Organization) -> list[Tag]:
    """Return the tags that stand on at least one account, by name."""
    return list(Tag.objects.filter(organization=organization, accounts__isnull=False).distinct())


def tags_of(organization: Organization) -> list[Tag]:
    """Return all tags that the organization knows, by name."""
    return list(Tag.objects.filter(organization=organization))


def notes_of(account: Account) -> list[Note]:
    """Return the account's notes with their authors, the newest first. One query."""
    return list(Note.objects.filter(account=account).select_related("author"))


def history_of(account: Account, actions: Collection[str], *, limit: int = 30) -> list[AuditEntry]:
    """Return the newest entries of the audit log about the account whose action is one of those. One query."""
    return list(AuditEntry.objects.filter(account_id=account.pk, action__in=actions)[:limit])


def row_counts(account: Account, rows: Mapping[str, QuerySet[Any]]) -> dict[str, int]:
    """Return how many rows there are by the same names, all of them rows of that account. One query."""
    counted = [_total(found.order_by(), Count("*"), IntegerField()) for found in rows.values()]
    return dict(zip(rows, Account.objects.filter(pk=account.pk).values_list(*counted).get(), strict=True))


def account_page(organization: Organization, account_id: UUID) -> Account:
    """Return one account with what its page's header shows: the organization, source and open pauses.

    Raises:
        AccountNotFound: No such account in this organization.
    """
    pauses = Prefetch("pauses", Pause.objects.filter(ended_at__isnull=True), to_attr="open_pauses")
    try:
        return (
            Account.objects.for_organization(organization)
            .select_related("organization", "source")
            .prefetch_related(pauses)
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
