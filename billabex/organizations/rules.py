"""An organization's clock and calendar: instants become its civil dates, and some of these are closed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo


class HasClock(Protocol):
    """What an organization's clock needs to know."""

    @property
    def zone(self) -> ZoneInfo:
        """The organization's time zone."""

    sends_from: time
    sends_until: time


class HasDays(Protocol):
    """A stretch of civil dates, both ends included."""

    starts_on: date
    ends_on: date


def local_date(organization: HasClock, now: datetime) -> date:
    """Return the organization's civil date at an instant: what "today" means for every one of its rules."""
    return now.astimezone(organization.zone).date()


def opening(organization: HasClock, day: date) -> datetime:
    """Return the instant at which the organization's sending hours begin on a civil date."""
    return datetime.combine(day, organization.sends_from, tzinfo=organization.zone)


def is_sending_hour(organization: HasClock, now: datetime) -> bool:
    """Tell whether the instant lies within the organization's sending hours (the last minute excluded)."""
    local = now.astimezone(organization.zone).time()
    return organization.sends_from <= local < organization.sends_until


def closed_days(closures: Iterable[HasDays]) -> frozenset[date]:
    """Return every civil date that lies in one of the closures, which may overlap. Source: issue 4, "Calendar"."""
    return frozenset(
        closure.starts_on + timedelta(days=n)
        for closure in closures
        for n in range((closure.ends_on - closure.starts_on).days + 1)
    )
