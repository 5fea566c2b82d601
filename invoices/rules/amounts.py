"""Pure rules about single amounts: which of them can be."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from billabex.core import money

LARGEST_AMOUNT = Decimal(999_999_999_999)


def amount_error(amount: Decimal, currency: str, *, may_be_zero: bool = False) -> str:
    """Return why an amount cannot be, as one sentence; "" when it can."""
    if amount.is_finite() and (amount < 0 or (amount == 0 and not may_be_zero)):
        return _("Enter an amount of zero or more.") if may_be_zero else _("Enter an amount of more than zero.")
    return size_error(amount, currency)


def size_error(amount: Decimal, currency: str) -> str:
    """Return why an amount is too large or too finely divided, as one sentence; "" when it is neither."""
    if not amount.is_finite() or abs(amount) > LARGEST_AMOUNT:
        return _("This amount is too large to be right.")
    if currency in money.currencies() and not money.fits(amount, currency):
        facts = {"currency": currency, "count": money.decimals(currency)}
        return _("Amounts in %(currency)s have %(count)d decimals at most.") % facts
    return ""


def currency_error(currency: str) -> str:
    """Return why it is no currency, as one sentence; "" when it is one."""
    if currency in money.currencies():
        return ""
    return _("“%(code)s” is not a currency. Enter its three letters, such as EUR.") % {"code": currency}
