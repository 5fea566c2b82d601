"""What settings are chosen from, named in the active language."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import available_timezones

import pycountry
from babel import Locale
from babel.dates import get_timezone_location
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext_lazy as _

from billabex.core.money import currencies
from billabex.organizations.regions import regions

if TYPE_CHECKING:
    from collections.abc import Iterable

type Choices = list[tuple[str, str]]

# The areas that the tz database sorts its cities by; what is in none of them is an old name or no place.
_AREAS = {
    "Africa": _("Africa"),
    "America": _("America"),
    "Antarctica": _("Antarctica"),
    "Asia": _("Asia"),
    "Atlantic": _("Atlantic"),
    "Australia": _("Australia"),
    "Europe": _("Europe"),
    "Indian": _("Indian Ocean"),
    "Pacific": _("Pacific"),
}


def country_name(code: str) -> str:
    """Return what a country (ISO 3166-1) is called in the active language; an unknown code as it is."""
    return str(_locale().territories.get(code, code))


def country_choices() -> Choices:
    """Return the countries (ISO 3166-1) by their name in the active language."""
    codes = (country.alpha_2 for country in pycountry.countries)
    return _alphabetical((code, country_name(code)) for code in codes)


def country_or_none_choices() -> Choices:
    """Return the same, and before them none."""
    return [("", "–"), *country_choices()]


def currency_choices() -> Choices:
    """Return the currencies by code, each with its name in the active language."""
    names = _locale().currencies
    return [(code, f"{code} – {names[code]}" if code in names else code) for code in sorted(currencies())]


def region_choices(country: str) -> Choices:
    """Return the regions of a country that have holidays of their own, by name."""
    return _alphabetical(regions(country).items())


def time_zone_choices(current: str) -> list[tuple[str, Choices]]:
    """Return the time zones by area, each named after its city; the current one is among them whatever its name."""
    cities = _cities(get_language() or "en")
    if current not in (known for area in cities.values() for known, _name in area):
        area, _slash, city = current.partition("/")
        cities = {**cities, area: (*cities.get(area, ()), (current, city or area))}
    return [(str(_AREAS[area]) if area in _AREAS else area, list(named)) for area, named in cities.items()]


@cache
def _cities(language: str) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return the zones of each area, by the names of their cities in a language."""
    locale = Locale.parse(to_locale(language))
    return {
        area: tuple(_alphabetical((zone, _city(zone, locale)) for zone in zones)) for area, zones in _zones().items()
    }


@cache
def _zones() -> dict[str, list[str]]:
    """Return the zones of each area, one for each city: the tz database also keeps the names that cities once had."""
    english = Locale("en")
    found: dict[str, dict[str, str]] = {area: {} for area in _AREAS}
    for zone in sorted(available_timezones()):
        area, _slash, written = zone.partition("/")
        if area in found:
            city = _city(zone, english)
            is_of_today = written.replace("_", " ") == city
            found[area][city] = zone if is_of_today else found[area].get(city, zone)
    return {area: list(zones.values()) for area, zones in found.items()}


def _city(zone: str, locale: Locale) -> str:
    return get_timezone_location(zone, locale=locale, return_city=True)


def _alphabetical(choices: Iterable[tuple[str, str]]) -> Choices:
    """Return the choices by name, accents aside."""
    return sorted(choices, key=lambda choice: unicodedata.normalize("NFKD", choice[1]))


def _locale() -> Locale:
    return Locale.parse(to_locale(get_language() or "en"))
