"""Days and instants."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from billabex.api.fields.lenience import is_lenient, unwrapped
from billabex.api.fields.numbers import LARGEST

FARTHEST_YEARS = (1900, 2200)


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
        if isinstance(data, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", data):
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
        if isinstance(part, str) and is_lenient(self) and re.fullmatch(r"[0-9]{1,4}", part):
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
    _form = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})", re.ASCII)

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
