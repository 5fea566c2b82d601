"""Truths, numbers and amounts."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from billabex.api.fields.lenience import is_lenient
from billabex.core import money
from billabex.core.errors import InvalidInput

LARGEST = Decimal(10) ** 12
_NOISE = Decimal("1e-9")
_ULPS = 16
_WHOLE = re.compile(r"[+-]?[0-9]{1,20}(\.0*)?")  # Python also knows the digits of other scripts, and 1_000
_AMOUNT = re.compile(r"[+-]?[0-9]{1,30}(\.[0-9]{0,60})?([eE][+-]?[0-9]{1,3})?")


class Flag(serializers.BooleanField):
    """True or false."""

    default_error_messages = {"invalid": _("Answer true or false.")}

    def to_internal_value(self, data: Any) -> bool:
        """Return the truth; in forms as the words "true" and "false"."""
        if is_lenient(self) and isinstance(data, str):
            data = {"true": True, "false": False}.get(data.lower())
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data


class Whole(serializers.IntegerField):
    """A whole number."""

    default_error_messages = {"invalid": _("Give a whole number.")}

    def to_internal_value(self, data: Any) -> int:
        """Return the number; in forms as digits."""
        if isinstance(data, Decimal) and data == data.to_integral_value() and abs(data) < LARGEST:
            data = int(data)  # JSON knows one kind of number: 10.0 is 10
        if isinstance(data, bool) or (
            not isinstance(data, str if is_lenient(self) else int) and not isinstance(data, int)
        ):
            self.fail("invalid")
        if isinstance(data, str) and not _WHOLE.fullmatch(data.strip()):
            self.fail("invalid")
        return super().to_internal_value(data)


@extend_schema_field({"type": "number", "examples": [1234.5]})
class Amount(serializers.Field[Decimal, Any, Any, Any]):
    """An amount in major units. Its currency's decimals are looked at by `settle`, once the currency is known."""

    default_error_messages = {
        "invalid": _("Give an amount as a number, such as 1234.50."),
        "too_large": _("This amount is too large to be right."),
        "negative": _("Enter an amount of zero or more."),
    }

    def __init__(self, *, may_be_negative: bool = False, **kwargs: Any) -> None:
        self.may_be_negative = may_be_negative
        super().__init__(**kwargs)

    def to_internal_value(self, data: Any) -> Decimal:
        """Return the amount, exactly as it was written."""
        if isinstance(data, bool) or not isinstance(data, (int, float, Decimal, *((str,) if is_lenient(self) else ()))):
            self.fail("invalid")
        if isinstance(data, str) and not _AMOUNT.fullmatch(data.strip()):
            self.fail("invalid")
        amount = Decimal(str(data).strip())
        if not amount.is_finite():
            self.fail("invalid")
        if abs(amount) >= LARGEST:
            self.fail("too_large")
        if amount < 0 and not self.may_be_negative:
            self.fail("negative")
        return amount

    def to_representation(self, value: Decimal) -> float:
        """Return a JSON number."""
        return float(value)


def settle(body: dict[str, Any], currency: str, *names: str) -> None:
    """Give the amounts of a body their currency's decimals, in place; what is missing or None stays so.

    Clients that add in binary send 234.45999999999992 for 234.46: such noise is rounded away. Decimals that somebody
    meant are refused. Source: api.md 2.

    Raises:
        InvalidInput: By the field's name.
    """
    refused = {}
    for name in names:
        amount = body.get(name)
        if amount is None:
            continue
        whole = money.quantize(amount, currency)
        if abs(whole - amount) > max(_NOISE, _ULPS * Decimal(math.ulp(float(amount)))):
            facts = {"currency": currency, "count": money.decimals(currency)}
            refused[name] = _("Amounts in %(currency)s have %(count)d decimals at most.") % facts
        body[name] = whole
    if refused:
        raise InvalidInput(next(iter(refused.values())), fields=refused, code="core.amount.decimals")
