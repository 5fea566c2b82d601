"""What settings are chosen from, against the libraries that know it."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import holidays
import pytest
from django.utils.translation import override

from billabex.organizations.forms.choices import (
    country_choices,
    currency_choices,
    region_choices,
    time_zone_choices,
)
from billabex.organizations.models import Organization
from billabex.organizations.regions import regions


def test_regions_have_holidays_that_their_country_has_not() -> None:
    assert regions("FR")["57"] == "Moselle"
    good_friday = date(2026, 4, 3)
    assert good_friday in holidays.country_holidays("FR", subdiv="57")
    assert good_friday not in holidays.country_holidays("FR")


@pytest.mark.parametrize("country", ["NL", "JP", "XX", ""])
def test_countries_of_one_calendar_have_no_regions(country: str) -> None:
    assert regions(country) == {}


def test_every_region_has_a_name_and_fits_its_column() -> None:
    longest = Organization._meta.get_field("subdivision").max_length
    assert longest is not None
    for country in holidays.list_supported_countries(include_aliases=False):
        assert all(name and len(code) <= longest for code, name in regions(country).items())


def test_regions_are_offered_by_name() -> None:
    names = [name for _code, name in region_choices("DE")]
    assert names[:2] == ["Augsburg", "Baden-Württemberg"]
    assert ("BY", "Bayern") in region_choices("DE")


@pytest.mark.parametrize(("language", "country", "city"), [("en", "Germany", "London"), ("fr", "Allemagne", "Londres")])
def test_countries_and_cities_are_named_in_the_readers_language(language: str, country: str, city: str) -> None:
    with override(language):
        assert ("DE", country) in country_choices()
        europe = dict(time_zone_choices("Europe/Paris"))["Europe"]
        assert ("Europe/London", city) in europe


def test_currencies_are_offered_by_code_and_name() -> None:
    with override("en"):
        assert ("EUR", "EUR – Euro") in currency_choices()


def test_time_zones_exist_and_cities_are_offered_once() -> None:
    with override("en"):
        areas = time_zone_choices("Europe/Paris")
    for _area, zones in areas:
        names = [name for _zone, name in zones]
        assert len(names) == len(set(names))
        assert all(ZoneInfo(zone) for zone, _name in zones)
    assert ("Asia/Kolkata", "Kolkata") in dict(areas)["Asia"]


@pytest.mark.parametrize("zone", ["UTC", "Asia/Calcutta", "Europe/Belfast"])
def test_the_zone_that_is_set_is_offered_whatever_its_name(zone: str) -> None:
    assert zone in [known for _area, zones in time_zone_choices(zone) for known, _name in zones]
