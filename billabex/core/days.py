"""How civil dates are written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from babel.dates import format_date

if TYPE_CHECKING:
    from datetime import date

    from babel import Locale


def written_day(day: date, length: Literal["medium", "long", "full"], locale: Locale) -> str:
    """Return the date as the language writes it. Source: CLDR, which forgets the French "1er"."""
    written = str(format_date(day, length, locale=locale))
    return written.replace("1 ", "1er ", 1) if locale.language == "fr" and day.day == 1 else written
