"""Dates as each language writes them."""

from __future__ import annotations

from datetime import date
from typing import Literal

import pytest
from babel import Locale

from billabex.core.days import written_day


@pytest.mark.parametrize(
    ("day", "length", "language", "written"),
    [
        (1, "medium", "fr", "1er déc. 2026"),
        (1, "full", "fr", "mardi 1er décembre 2026"),
        (2, "medium", "fr", "2 déc. 2026"),
        (11, "full", "fr", "vendredi 11 décembre 2026"),
        (21, "long", "fr", "21 décembre 2026"),
        (1, "medium", "en", "Dec 1, 2026"),
        (1, "full", "en", "Tuesday, December 1, 2026"),
    ],
)
def test_dates_read_as_people_write_them(
    day: int, length: Literal["medium", "long", "full"], language: str, written: str
) -> None:
    assert written_day(date(2026, 12, day), length, Locale.parse(language)) == written
