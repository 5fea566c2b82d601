"""Amounts as people type and read them, in their own locale."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from babel.numbers import format_decimal, get_decimal_symbol
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from billabex.core.money import fits, quantize
from billabex.core.templatetags.ui.formats import locale_of

_THOUSAND = 3
_AMOUNT = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,9})?")


def read_amount(text: str, decimal_mark: str) -> Decimal:
    """Read an amount as people type it, with or without groups of three.

    Args:
        text: What was typed.
        decimal_mark: The reader's own, which decides where both readings are possible ("1,200").

    Raises:
        ValueError: It is not an amount.
    """
    plain = re.sub(r"[\s'’]", "", text).replace("−", "-")
    marks = re.findall(r"[.,]", plain)
    last = marks[-1] if marks else ""
    is_lone = len(marks) == 1 and (last == decimal_mark or len(plain.partition(last)[2]) != _THOUSAND)
    decimal = last if len(set(marks)) > 1 or is_lone else ""
    whole, _mark, fraction = plain.rpartition(decimal) if decimal else (plain, "", "")
    groups = re.split(r"[.,]", whole)
    if any(len(group) != _THOUSAND for group in groups[1:]):
        raise ValueError(text)
    plain = "".join(groups) + (f".{fraction}" if fraction else "")
    if not _AMOUNT.fullmatch(plain):
        raise ValueError(text)
    return Decimal(plain)


class AmountField(forms.Field):
    """An amount, shown and read in the reader's locale."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> Decimal | None:
        """Read the amount."""
        text = str(value or "").strip() if not isinstance(value, Decimal) else str(value)
        if not text:
            return None
        try:
            return read_amount(text, get_decimal_symbol(locale_of(get_language() or "en")))
        except ValueError:
            raise ValidationError(_("Enter an amount, such as %(example)s.") % {"example": _example()}) from None

    def prepare_value(self, value: Any) -> Any:
        """Show the amount with the decimals it has; what a person typed stays as they typed it."""
        return _amount_text(value) if isinstance(value, Decimal) else value


def _amount_text(amount: Decimal) -> str:
    exponent = amount.as_tuple().exponent
    decimals = max(-exponent, 0) if isinstance(exponent, int) else 0
    pattern = "#,##0." + "0" * decimals if decimals else "#,##0"
    return str(format_decimal(amount, pattern, locale=locale_of(get_language() or "en"))).replace("\u202f", "\u00a0")


def _example() -> str:
    return _amount_text(Decimal("1200.50"))


def in_its_decimals(amount: Decimal | None, currency: str) -> Decimal | None:
    """Give an amount the decimals of its currency, if it has no more than they."""
    return quantize(amount, currency) if amount is not None and fits(amount, currency) else amount
