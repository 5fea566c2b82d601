"""How amounts, dates and delays read in a language. Pure: the language and today are arguments."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING

from babel import Locale
from babel.dates import format_datetime
from babel.numbers import format_decimal
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, to_locale

from billabex.core.days import written_day
from billabex.core.money import written

if TYPE_CHECKING:
    from decimal import Decimal

MISSING = "–"

# CLDR sets a code apart from its number ("TND 12.500"), a sign not ("€12.50"); babel knows only the second pattern.
_SPACE = "\u00a0"
_CODE_BEFORE_DIGIT = re.compile(r"(?<=[A-Za-z])(?=\d)")


@cache
def locale_of(language: str) -> Locale:
    """Return the formats of a language code as Django writes it (`fr`, `pt-br`)."""
    return Locale.parse(to_locale(language))


def _readable(text: str) -> str:
    """Set digits and codes apart visibly: the narrow space of CLDR is a hairline at the sizes of a table."""
    return _CODE_BEFORE_DIGIT.sub(_SPACE, text).replace("\u202f", _SPACE)


def money_text(amount: Decimal | int, currency: str, language: str) -> str:
    """Return the amount with its currency, with that currency's own number of decimals."""
    if not currency:
        return number_text(amount, language)
    return _readable(written(amount, currency, locale_of(language)))


def number_text(number: Decimal | int, language: str) -> str:
    """Return the number grouped as the language does."""
    return _readable(str(format_decimal(number, locale=locale_of(language))))


def day_text(value: date, language: str) -> str:
    """Return the civil date, its month as a short word; an instant is read in the active time zone."""
    return written_day(_local(value), "medium", locale_of(language))


def moment_text(value: datetime, language: str) -> str:
    """Return the date and the minute, in the active time zone."""
    locale, local = locale_of(language), _local(value)
    return f"{written_day(local, 'medium', locale)}, {format_datetime(local, 'HH:mm', locale=locale)}"


def instant_text(value: datetime, language: str) -> str:
    """Return the exact instant, to the second, with its offset from UTC."""
    locale, local = locale_of(language), _local(value)
    return f"{written_day(local, 'long', locale)} {format_datetime(local, 'HH:mm:ss ZZZZ', locale=locale)}"


def days_late_text(due_on: date, today: date) -> str:
    """Return how late, or how soon, something due on a day is, in the active language."""
    days = (today - due_on).days
    if days == 0:
        return _("Due today")
    if days < 0:
        return ngettext("Due in %(count)d day", "Due in %(count)d days", -days) % {"count": -days}
    return ngettext("%(count)d day late", "%(count)d days late", days) % {"count": days}


def _local(value: date) -> date:
    if not isinstance(value, datetime):
        return value
    return timezone.localtime(value if timezone.is_aware(value) else value.replace(tzinfo=UTC))
