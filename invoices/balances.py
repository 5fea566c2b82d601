"""What an organization is owed in all, and how old it is: sums over many accounts, made by the database."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Exists, Min, OuterRef, Q, Sum

from accounts.enums import AccountStatus
from accounts.models import Account
from billabex.core.money import ZERO, quantize
from invoices.models import CreditNote, Invoice
from invoices.rules import Aging, net_of_credit
from invoices.rules.aging import LAST_DAYS
from invoices.selectors import Balance

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from typing import Any
    from uuid import UUID

    from accounts.models import AccountQuerySet
    from billabex.organizations.models import Organization
    from invoices.models.money import CreditNoteQuerySet, InvoiceQuerySet

_BANDS = tuple(f"band_{index}" for index in range(len(LAST_DAYS) + 1))


def organization_balances(organization: Organization, *, today: date) -> list[Balance]:
    """Return what the organization is owed, per currency in alphabetical order. Two queries, whatever its size.

    Written-off accounts do not count; overpaid invoices count negatively. Source: product.md 2, 3 and 9.
    """
    owed, credit = _counted(organization)
    sums = (
        owed.values("currency")
        .order_by("currency")
        .annotate(
            left=Sum("remaining_amount"),
            overdue=Sum("remaining_amount", filter=Q(due_on__lt=today, remaining_amount__gt=0)),
            oldest=Min("due_on", filter=Q(remaining_amount__gt=0)),
        )
    )
    debts: dict[str, Mapping[str, Any]] = {row["currency"]: row for row in sums}
    waiting = dict(credit.values_list("currency").order_by("currency").annotate(left=Sum("remaining_amount")))
    return [_balance(currency, debts.get(currency, {}), waiting.get(currency)) for currency in sorted(debts | waiting)]


def _balance(currency: str, debt: Mapping[str, Any], waiting: Decimal | None) -> Balance:
    credit = quantize(waiting or ZERO, currency)
    left, overdue = (quantize(debt.get(name) or ZERO, currency) for name in ("left", "overdue"))
    return Balance(currency, left - credit, overdue, credit, debt.get("oldest"))


def aging_by_account(organization: Organization, *, currency: str, today: date) -> dict[UUID, Aging]:
    """Return how old what each account owes in a currency is, net of its credit. Two queries, whatever their number.

    Equals `rules.aged` of each account. Settled and written-off accounts have no entry.
    """
    owed, credit = _counted(organization)
    aged = _aged(owed.filter(currency=currency), credit.filter(currency=currency), today)
    return {account_id: Aging(currency, amounts) for (account_id, _), amounts in aged.items()}


def organization_agings(organization: Organization, *, today: date) -> list[Aging]:
    """Return how old what the organization is owed is, per currency in alphabetical order. Three queries.

    The sum over its accounts: credit of one account is never set against the debt of another. The database sums the
    debts; only the accounts that have credit are looked at one by one.
    """
    owed, credit = _counted(organization)
    totals: dict[str, list[Decimal]] = defaultdict(lambda: [ZERO] * len(_BANDS))
    for row in owed.values("currency").order_by().annotate(**_bands(today)):
        totals[row["currency"]] = _amounts(row, row["currency"])
    overpaid = owed.filter(remaining_amount__lt=0).order_by().values("account")
    theirs = owed.filter(account__in=credit.order_by().values("account").union(overpaid))
    for (_, currency), (debts, free) in _debts_and_credit(theirs, credit, today).items():
        changed = zip(totals[currency], debts, net_of_credit(debts, free), strict=True)
        totals[currency] = [total - before + after for total, before, after in changed]
    agings = [Aging(currency, tuple(amounts)) for currency, amounts in sorted(totals.items())]
    return [aging for aging in agings if any(aging.amounts)]


def agings_of(account_ids: Iterable[UUID], *, currency: str, today: date) -> dict[UUID, Aging]:
    """Return how old what the accounts owe in a currency is, net of their credit. Two queries, whatever their number.

    Equals `aging_by_account`, written-off accounts included.
    """
    ids = list(account_ids)
    owed = Invoice.objects.filter(account__in=ids, currency=currency).exclude(remaining_amount=0)
    credit = CreditNote.objects.filter(account__in=ids, currency=currency).open()
    aged = _aged(owed, credit, today)
    return {account_id: Aging(currency, amounts) for (account_id, _), amounts in aged.items()}


def open_accounts(organization: Organization, *, currency: str = "") -> AccountQuerySet:
    """Return the accounts with something open, either way; in one currency, or in any. None written off.

    To be paged by key: the database looks at one account after the other, by index, until the page is full.
    """
    owed = Invoice.objects.filter(account=OuterRef("pk")).exclude(remaining_amount=0)
    credit = CreditNote.objects.filter(account=OuterRef("pk")).open()
    if currency:
        owed, credit = owed.filter(currency=currency), credit.filter(currency=currency)
    accounts = Account.objects.for_organization(organization).exclude(status=AccountStatus.WRITTEN_OFF)
    return accounts.filter(Exists(owed) | Exists(credit))


def overdue_rate(aging: Aging) -> Decimal:
    """Return how much of what is owed is late, from 0 to 100, to two decimals; 0 where nothing is owed.

    Credit left over stands as not due, and then nothing is late: the rate never leaves its range.
    """
    late = sum(aging.amounts[1:], ZERO)
    return (100 * late / (aging.amounts[0] + late)).quantize(Decimal("0.01")) if late else ZERO


def _counted(organization: Organization) -> tuple[InvoiceQuerySet, CreditNoteQuerySet]:
    """Return the organization's invoices with something left, either way, and its open notes; none written off."""
    written_off = Account.objects.for_organization(organization).filter(status=AccountStatus.WRITTEN_OFF)
    owed = Invoice.objects.for_organization(organization).exclude(remaining_amount=0)
    credit = CreditNote.objects.for_organization(organization).open()
    return owed.exclude(account__in=written_off), credit.exclude(account__in=written_off)


def _aged(
    owed: InvoiceQuerySet, credit: CreditNoteQuerySet, today: date
) -> dict[tuple[UUID, str], tuple[Decimal, ...]]:
    """Return the net amounts by band, of each account and currency that has any."""
    lines = _debts_and_credit(owed, credit, today)
    aged = {key: net_of_credit(debts, free) for key, (debts, free) in lines.items()}
    return {key: amounts for key, amounts in aged.items() if any(amounts)}


def _debts_and_credit(
    owed: InvoiceQuerySet, credit: CreditNoteQuerySet, today: date
) -> dict[tuple[UUID, str], tuple[list[Decimal], Decimal]]:
    """Return what is owed by band, and what credit stands against it, of each account and currency. Two queries."""
    keys = ("account_id", "currency")
    overpaid = Sum("remaining_amount", filter=Q(remaining_amount__lt=0))
    debts = {
        (row["account_id"], row["currency"]): row
        for row in owed.values(*keys).order_by().annotate(**_bands(today), overpaid=overpaid)
    }
    notes = {
        (row["account_id"], row["currency"]): row["left"]
        for row in credit.values(*keys).order_by().annotate(left=Sum("remaining_amount"))
    }
    lines: dict[tuple[UUID, str], tuple[list[Decimal], Decimal]] = {}
    for key in debts.keys() | notes.keys():
        row: dict[str, Any] = debts.get(key, {})
        free = quantize((notes.get(key) or ZERO) - (row.get("overpaid") or ZERO), key[1])
        lines[key] = _amounts(row, key[1]), free
    return lines


def _bands(today: date) -> dict[str, Sum]:
    """Return what sums the debts of each band."""
    return {
        name: Sum("remaining_amount", filter=Q(remaining_amount__gt=0) & _due_in(index, today))
        for index, name in enumerate(_BANDS)
    }


def _amounts(row: Mapping[str, Any], currency: str) -> list[Decimal]:
    return [quantize(row.get(name) or ZERO, currency) for name in _BANDS]


def _due_in(band: int, today: date) -> Q:
    """Return the due dates of a band of days late."""
    dates = Q()
    if band < len(LAST_DAYS):
        dates &= Q(due_on__gte=today - timedelta(days=LAST_DAYS[band]))
    if band:
        dates &= Q(due_on__lt=today - timedelta(days=LAST_DAYS[band - 1]))
    return dates
