"""Business days: neither weekends nor public holidays, of every country that counts.

Source: agent.md 1. A business day is not a Saturday or Sunday, nor of the weekend of a country that counts, nor one
of its public holidays, nor a day on which the organization itself is closed. Counting excludes the day counted from.
Pure: no clock, no settings; dates are civil dates.
"""

from __future__ import annotations

import logging
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache, lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

import holidays

if TYPE_CHECKING:
    from collections.abc import Iterable

logger = logging.getLogger(__name__)

FIRST_DAY, LAST_DAY = date(1970, 1, 1), date(2199, 12, 31)
"""The days that business is about: what lies beyond is a slip of the pen, and days could no longer be counted."""

_ONE_DAY = timedelta(days=1)
_FRIDAY = 4


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A country (ISO 3166-1 alpha-2) and, where known, its subdivision as the holidays library names it."""

    country: str
    subdivision: str = ""


@dataclass(frozen=True)
class BusinessCalendar:
    """The business days that all given places have in common.

    Attributes:
        closures: Days off besides those of the places, sorted; each would be a business day there.
    """

    places: tuple[Place, ...]
    closures: tuple[date, ...] = ()
    _years: dict[int, tuple[int, ...]] = field(default_factory=dict, repr=False, compare=False)

    def without(self, days: Iterable[date]) -> BusinessCalendar:
        """Return this calendar with further days off. What is known of the places' years is shared with it."""
        closed = {day for day in days if FIRST_DAY <= day <= LAST_DAY and self.is_business_day(day)}
        return replace(self, closures=tuple(sorted({*self.closures, *closed}))) if closed else self

    def is_business_day(self, day: date) -> bool:
        """Tell whether the day is a business day in every place."""
        counts = self._counts(day.year)
        index = day.toordinal() - _eve(day.year)
        return counts[index] > counts[index - 1] and not self._closures_in(day - _ONE_DAY, day)

    def on_or_after(self, day: date) -> date:
        """Return the day itself when it is a business day, else the next one."""
        while not self.is_business_day(day):
            day += _ONE_DAY
        return day

    def after(self, day: date, count: int) -> date:
        """Return the `count`-th business day after the day, which itself never counts."""
        for _ in range(count):
            day = self.on_or_after(day + _ONE_DAY)
        return day

    def before(self, day: date, count: int) -> date:
        """Return the `count`-th business day before the day, which itself never counts."""
        for _ in range(count):
            day -= _ONE_DAY
            while not self.is_business_day(day):
                day -= _ONE_DAY
        return day

    def between(self, start: date, end: date) -> int:
        """Count the business days after `start` up to and including `end`; 0 when `end` is not after it."""
        if end <= start:
            return 0
        whole_years = sum(self._counts(year)[-1] for year in range(start.year, end.year))
        return (
            whole_years
            + self._counts(end.year)[end.toordinal() - _eve(end.year)]
            - self._counts(start.year)[start.toordinal() - _eve(start.year)]
            - self._closures_in(start, end)
        )

    def _closures_in(self, start: date, end: date) -> int:
        """Count the closures after `start` up to and including `end`."""
        return bisect_right(self.closures, end) - bisect_right(self.closures, start) if self.closures else 0

    def _counts(self, year: int) -> tuple[int, ...]:
        """Return, by day of the year (0 being the eve), how many business days the year has had."""
        known = self._years.get(year)
        if known is None:
            off = [_off_days(place, year) for place in self.places]
            first = date(year, 1, 1)
            days = (first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days))
            open_days = (int(d.weekday() <= _FRIDAY and not any(d in closed for closed in off)) for d in days)
            known = self._years[year] = (0, *accumulate(open_days))
        return known


@cache
def _eve(year: int) -> int:
    """Return the ordinal of the day before the year begins."""
    return date(year, 1, 1).toordinal() - 1


@cache
def calendar_of(*places: Place) -> BusinessCalendar:
    """Return the calendar of the places, computed once per process. Order and repetition do not matter."""
    canonical = tuple(sorted({place for place in places if place.country}))
    return BusinessCalendar(canonical) if canonical == places else calendar_of(*canonical)


@lru_cache(maxsize=10_000)
def subdivision_named(country: str, name: str) -> str:
    """Return the code of the country's subdivision that an address names ("Bayern", "california", "QC"), or "".

    Only what the holidays library itself calls it counts, whatever its case, accents and punctuation; a name that
    could be several is none.
    """
    found = _subdivisions(country).get(_plain(name), set())
    return next(iter(found)) if len(found) == 1 else ""


@cache
def _subdivisions(country: str) -> dict[str, set[str]]:
    """Return the country's subdivisions by their plain names and codes; more than one where a name is ambiguous."""
    try:
        known = holidays.country_holidays(country)
    except NotImplementedError:
        return {}
    codes: dict[str, set[str]] = defaultdict(set)
    for called, code in [*((code, code) for code in known.subdivisions), *known.subdivisions_aliases.items()]:
        codes[_plain(called)].add(code)
    return dict(codes)


def _plain(name: str) -> str:
    """Return the letters and digits of a name, without case and accents."""
    return "".join(char for char in unicodedata.normalize("NFKD", name).casefold() if char.isalnum())


@cache
def _off_days(place: Place, year: int) -> frozenset[date]:
    """Return the public holidays and weekend days of the place in the year.

    A country that the library does not know has no holidays here, and a subdivision that it does not know counts as
    none: better to write on a local holiday than never to write.
    """
    try:
        known = holidays.country_holidays(place.country, subdiv=place.subdivision or None, years=year)
    except NotImplementedError:
        if place.subdivision:
            return _off_days(Place(place.country), year)
        logger.info("No public holidays are known for %s", place.country)
        return frozenset()
    first = date(year, 1, 1)
    days = (first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days))
    # Asked day by day: some countries have moved their weekend (Jordan in 2000, Saudi Arabia in 2013).
    return frozenset(known) | frozenset(d for d in days if known.is_weekend(d))
