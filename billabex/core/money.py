"""Money: decimals in major units beside an ISO 4217 currency. Currencies are never added together.

The database keeps three decimals (the most a currency in use has); what a currency has is checked by the database,
too, so that no amount like 12.345 EUR can be stored by any path.
"""

from __future__ import annotations

from copy import copy
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import TYPE_CHECKING

import pycountry
from babel.numbers import format_currency
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Round

if TYPE_CHECKING:
    from babel import Locale

MAX_DIGITS = 15
DECIMAL_PLACES = 3
ZERO = Decimal(0)

# Constraints carry these lists: a change is a migration.
_WITHOUT_DECIMALS = [
    "BIF",
    "CLP",
    "DJF",
    "GNF",
    "ISK",
    "JPY",
    "KMF",
    "KRW",
    "PYG",
    "RWF",
    "UGX",
    "VND",
    "VUV",
    "XAF",
    "XOF",
    "XPF",
]
_THREE_DECIMALS = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"]


@cache
def currencies() -> frozenset[str]:
    """Return the ISO 4217 codes in use."""
    return frozenset(currency.alpha_3 for currency in pycountry.currencies)


def decimals(currency: str) -> int:
    """Return how many decimals the currency has: 0 for JPY, 2 for EUR, 3 for TND.

    Source: ISO 4217, "minor unit". Locale data knows another figure, how many are usually shown: none for the Serbian
    dinar, in which invoices are written with two.
    """
    return 0 if currency in _WITHOUT_DECIMALS else 3 if currency in _THREE_DECIMALS else 2


def quantize(amount: Decimal, currency: str) -> Decimal:
    """Round to the currency's decimals, halves away from zero. The only place where money is rounded."""
    return amount.quantize(Decimal(1).scaleb(-decimals(currency)), rounding=ROUND_HALF_UP)


def written(amount: Decimal | int, currency: str, locale: Locale) -> str:
    """Write the amount with its currency as a locale does, with the decimals that ISO 4217 gives the currency.

    Locale data shows fewer of some (no centime of a Serbian dinar), which would hide part of what is owed.
    """
    pattern = copy(locale.currency_formats["standard"])
    pattern.frac_prec = (decimals(currency), decimals(currency))
    return format_currency(amount, currency, format=pattern, locale=locale, currency_digits=False)


def fits(amount: Decimal, currency: str) -> bool:
    """Tell whether the amount has no more decimals than its currency."""
    return amount == quantize(amount, currency)


class AmountField(models.DecimalField):  # type: ignore[type-arg]  # generic for the checker only
    """An amount in major units of the currency that stands beside it."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs["max_digits"] = MAX_DIGITS
        kwargs["decimal_places"] = DECIMAL_PLACES
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]


def decimals_check(table: str, *fields: str) -> models.CheckConstraint:
    """Return a constraint: the amounts have no more decimals than the row's `currency`."""

    def whole(places: int) -> Q:
        rule = Q()
        for field in fields:
            rule &= Q(**{f"{field}__isnull": True}) | Q(**{field: Round(F(field), places)})
        return rule

    return models.CheckConstraint(
        name=f"{table}_decimals",
        condition=Q(currency__in=_THREE_DECIMALS)
        | (Q(currency__in=_WITHOUT_DECIMALS) & whole(0))
        | (~Q(currency__in=_WITHOUT_DECIMALS) & whole(2)),
    )
