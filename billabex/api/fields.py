"""The kinds of values in the API. In JSON a number is no text and a text no number; in forms everything is text."""

from __future__ import annotations

import json
import math
import re
from contextlib import suppress
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

import pycountry
from django.core.exceptions import ValidationError as DjangoValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from billabex.core import money
from billabex.core.errors import InvalidInput

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import TextChoices

FARTHEST_YEARS = (1900, 2200)
LARGEST = Decimal(10) ** 12
_NOISE = Decimal("1e-9")
_ULPS = 16


def _is_lenient(field: serializers.Field[Any, Any, Any, Any]) -> bool:
    """Tell whether values came as text, of a form or an address."""
    return bool(field.context.get("lenient"))


def unwrapped(field: serializers.Field[Any, Any, Any, Any], data: Any) -> Any:
    """Return an object that came as the text of a form's part, as some clients send them; anything else as it is."""
    if _is_lenient(field) and isinstance(data, str) and data.lstrip().startswith("{"):
        with suppress(ValueError, RecursionError):
            return json.loads(data)
    return data


class Text(serializers.CharField):
    """A text that is not blank; spaces around it are dropped."""

    default_error_messages = {
        "invalid": _("Give a text here."),
        "null_characters_not_allowed": _("This text holds a character that cannot be stored."),
    }

    def to_internal_value(self, data: Any) -> str:
        """Return the text; JSON's numbers and truths are none."""
        if not isinstance(data, str):
            self.fail("invalid")
        try:
            data.encode()
        except UnicodeEncodeError:
            self.fail("null_characters_not_allowed")
        return super().to_internal_value(data)


class OptionalText(Text):
    """A text that may be missing: null and "" are the same, "" inside and null outside."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("allow_null", True)
        kwargs.setdefault("allow_blank", True)
        if kwargs["required"] is False and not kwargs.get("read_only"):
            kwargs.setdefault("default", "")
        super().__init__(**kwargs)

    def validate_empty_values(self, data: Any) -> tuple[bool, Any]:
        """Take null for an empty text."""
        return (True, "") if data is None and self.allow_null else super().validate_empty_values(data)

    def to_representation(self, value: Any) -> Any:
        """Return null for an empty text."""
        return super().to_representation(value) or None


class Email(OptionalText):
    """An email address, or none."""

    default_error_messages = {"invalid_email": _("This is no email address. Write it as name@company.com.")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 254)
        super().__init__(**kwargs)

    def to_internal_value(self, data: Any) -> str:
        """Return the address."""
        text = super().to_internal_value(data)
        if text:
            try:
                validate_email(text)
            except DjangoValidationError:
                self.fail("invalid_email")
        return text


@extend_schema_field({"type": "string", "format": "uuid"})
class Id(serializers.UUIDField):
    """A key: a UUID in its usual form."""

    default_error_messages = {"invalid": _("This is no id. Ids are UUIDs, such as 019ab3c4-….")}

    def to_internal_value(self, data: Any) -> UUID:
        """Return the key; only the usual form is one."""
        if not isinstance(data, str) or not re.fullmatch(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", data):
            self.fail("invalid", value=data)
        return super().to_internal_value(data)


class Flag(serializers.BooleanField):
    """True or false."""

    default_error_messages = {"invalid": _("Answer true or false.")}

    def to_internal_value(self, data: Any) -> bool:
        """Return the truth; in forms as the words "true" and "false"."""
        if _is_lenient(self) and isinstance(data, str):
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
            not isinstance(data, str if _is_lenient(self) else int) and not isinstance(data, int)
        ):
            self.fail("invalid")
        return super().to_internal_value(data)


def pascal(value: str) -> str:
    """Return a choice as the outside knows it: "partially_paid" is "PartiallyPaid"; "Valid" stays."""
    return "".join(part[:1].upper() + part[1:] for part in value.split("_"))


class Code(serializers.ChoiceField):
    """One of a fixed vocabulary."""

    default_error_messages = {"invalid_choice": _("“{input}” is none of these: {known}.")}

    def __init__(self, choices: type[TextChoices] | list[str], **kwargs: Any) -> None:
        values = [str(value) for value in (choices if isinstance(choices, list) else choices.values)]
        self.inside = {pascal(value): value for value in values}
        super().__init__(choices=list(self.inside), **kwargs)

    def to_internal_value(self, data: Any) -> str:
        """Return the choice as it is stored."""
        if not isinstance(data, str) or data not in self.inside:
            self.fail("invalid_choice", input=str(data)[:100], known=", ".join(self.inside))
        return self.inside[data]

    def to_representation(self, value: Any) -> Any:
        """Return the choice as the outside knows it; null for none."""
        return pascal(str(value)) if value else None


class Texts(serializers.ListField):
    """A list of texts."""

    def __init__(self, *, max_length: int = 200, most: int = 100, **kwargs: Any) -> None:
        super().__init__(child=Text(max_length=max_length), max_length=most, **kwargs)


@extend_schema_field({"type": "object"})
class CivilDate(serializers.Field[date, Any, Any, Any]):
    """A day of the calendar, as an object of year, month and day; an ISO text is taken, too."""

    default_error_messages = {
        "invalid": _('Give a date as {{"year": 2026, "month": 11, "day": 22}}, or as “2026-11-22”.'),
        "impossible": _("There is no such day."),
    }

    def to_internal_value(self, data: Any) -> date:
        """Return the day.

        Raises:
            ValidationError: It is no date, no day that there is, or centuries away.
        """
        data = unwrapped(self, data)
        if isinstance(data, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", data):
            parts = [int(part) for part in data.split("-")]
        elif isinstance(data, dict) and set(data) == {"year", "month", "day"}:
            parts = [self._number(data[name]) for name in ("year", "month", "day")]
        else:
            self.fail("invalid")
        if not FARTHEST_YEARS[0] <= parts[0] <= FARTHEST_YEARS[1]:
            self.fail("impossible")
        try:
            return date(*parts)
        except (ValueError, OverflowError):
            self.fail("impossible")

    def _number(self, part: Any) -> int:
        if isinstance(part, str) and _is_lenient(self) and re.fullmatch(r"\d{1,4}", part):
            return int(part)
        if isinstance(part, Decimal) and part == part.to_integral_value() and abs(part) < LARGEST:
            return int(part)
        if isinstance(part, bool) or not isinstance(part, int):
            self.fail("invalid")
        return part

    def to_representation(self, value: date) -> dict[str, int]:
        """Return the day's parts."""
        return {"year": value.year, "month": value.month, "day": value.day}


@extend_schema_field({"type": "string", "format": "date-time", "examples": ["2026-11-22T09:30:00Z"]})
class Instant(serializers.Field[datetime, Any, Any, Any]):
    """An instant, in RFC 3339; outside always in UTC."""

    default_error_messages = {"invalid": _("Give an instant with its zone, such as 2026-11-22T09:30:00Z.")}
    _form = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})")

    def to_internal_value(self, data: Any) -> datetime:
        """Return the instant, in UTC."""
        if not isinstance(data, str) or not self._form.fullmatch(data):
            self.fail("invalid")
        try:
            return datetime.fromisoformat(data.upper()).astimezone(UTC)
        except (ValueError, OverflowError):
            self.fail("invalid")

    def to_representation(self, value: datetime) -> str:
        """Return the instant in UTC, to the microsecond."""
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


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
        if isinstance(data, bool) or not isinstance(
            data, (int, float, Decimal, *((str,) if _is_lenient(self) else ()))
        ):
            self.fail("invalid")
        try:
            amount = Decimal(str(data).strip())
        except InvalidOperation:
            self.fail("invalid")
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


@extend_schema_field({"type": "number", "minimum": 0, "maximum": 1})
class Ratio(serializers.FloatField):
    """A part of a whole, from 0 to 1. Only ever answered."""


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


class CurrencyCode(Text):
    """A currency by its three letters (ISO 4217)."""

    default_error_messages = {"unknown": _("“{code}” is not a currency. Enter its three letters, such as EUR.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_length=3, max_length=3, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        """Return the code in capitals."""
        code = super().to_internal_value(data).upper()
        if code not in money.currencies():
            self.fail("unknown", code=code)
        return code


class CountryCode(OptionalText):
    """A country by its two letters (ISO 3166), or none."""

    default_error_messages = {"unknown": _("“{code}” is not a country. Enter its two letters, such as FR.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=2, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        """Return the code in capitals."""
        code = super().to_internal_value(data).upper()
        if code and pycountry.countries.get(alpha_2=code) is None:
            self.fail("unknown", code=code)
        return code


class LanguageCode(Text):
    """A language by its two letters (ISO 639-1)."""

    default_error_messages = {"unknown": _("“{code}” is not a language. Enter its two letters, such as en.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_length=2, max_length=2, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        """Return the code in small letters."""
        code = super().to_internal_value(data).lower()
        if pycountry.languages.get(alpha_2=code) is None:
            self.fail("unknown", code=code)
        return code


class Sort(serializers.ChoiceField):
    """What a list is sorted by; with a minus, the other way round."""

    default_error_messages = {"invalid_choice": _("“{input}” is none of these: {known}.")}

    def __init__(self, *names: str, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("help_text", "What the list is sorted by; with a minus, the other way round.")
        super().__init__(choices=[sign + name for name in names for sign in ("", "-")], **kwargs)

    def to_internal_value(self, data: Any) -> str:
        """Return the sort as it was given."""
        if data not in self.choices:
            self.fail("invalid_choice", input=str(data)[:100], known=", ".join(map(str, self.choices)))
        return str(data)


class Upload(serializers.FileField):
    """A file, as a part of a multipart body."""

    default_error_messages = {
        "invalid": _("Send the file as a part of a multipart/form-data body, with a file name."),
        "empty": _("This file is empty."),
    }
