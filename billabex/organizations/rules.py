"""An organization's clock and calendar, and how it writes its settings down.

Instants become its civil dates, and some of these are closed.
"""

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


def compact(number: str) -> str:
    """Return an account, registration or VAT number in capitals, without what is between its letters and digits."""
    return "".join(filter(str.isalnum, number)).upper()


def domain_of(text: str) -> str:
    """Return the email domain that somebody typed, be it alone, after an @, or as a whole address."""
    return text.rpartition("@")[2].strip().rstrip(".").lower()


PUBLIC_DOMAINS = frozenset(
    [
        "aol.com",
        "bluewin.ch",
        "free.fr",
        "gmail.com",
        "gmx.at",
        "gmx.ch",
        "gmx.de",
        "gmx.fr",
        "gmx.net",
        "googlemail.com",
        "hotmail.com",
        "hotmail.fr",
        "icloud.com",
        "laposte.net",
        "libero.it",
        "live.com",
        "live.fr",
        "mail.com",
        "me.com",
        "msn.com",
        "orange.fr",
        "outlook.com",
        "outlook.fr",
        "proton.me",
        "protonmail.com",
        "sapo.pt",
        "sfr.fr",
        "t-online.de",
        "telenet.be",
        "virgilio.it",
        "wanadoo.fr",
        "web.de",
        "yahoo.com",
        "yahoo.de",
        "yahoo.es",
        "yahoo.fr",
        "yahoo.it",
        "ziggo.nl",
    ]
)
"""Domains on which anybody may have an address: as an organization's own, its customers would pass for its people."""
