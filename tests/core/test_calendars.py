"""Business days, against plain loops over the `holidays` library."""

from __future__ import annotations

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from billabex.core import calendars
from billabex.core.calendars import BusinessCalendar, Place, calendar_of, subdivision_named

# Weekends: Friday and Saturday in Israel, Egypt, Saudi Arabia and Jordan; moved in the Emirates in 2022.
PLACES = [
    Place("FR"),
    Place("FR", "57"),
    Place("DE", "BY"),
    Place("DE", "BE"),
    Place("GB", "SCT"),
    Place("US", "CA"),
    Place("CA", "QC"),
    Place("CH", "GE"),
    Place("AT"),
    Place("BE"),
    Place("ES", "CT"),
    Place("IT", "BZ"),
    Place("NL"),
    Place("PT"),
    Place("PL"),
    Place("SE"),
    Place("JP"),
    Place("CN"),
    Place("IN", "MH"),
    Place("BR", "SP"),
    Place("AU", "NSW"),
    Place("TN"),
    Place("IL"),
    Place("EG"),
    Place("SA"),
    Place("AE"),
    Place("JO"),
]
DAYS = st.dates(date(2019, 1, 1), date(2030, 12, 31))
SATURDAY, SUNDAY = 5, 6

_libraries: dict[Place, holidays.HolidayBase] = {}


def library(place: Place) -> holidays.HolidayBase:
    """Return the library's own answer for a place, all years at once."""
    if place not in _libraries:
        subdivision = place.subdivision or None
        _libraries[place] = holidays.country_holidays(place.country, subdiv=subdivision, years=range(2017, 2034))
    return _libraries[place]


def is_open(places: list[Place], day: date) -> bool:
    if day.weekday() in {SATURDAY, SUNDAY}:
        return False
    return not any(day in library(place) or library(place).is_weekend(day) for place in places)


def walk(places: list[Place], day: date, count: int, step: int) -> date:
    """Go from the day, which does not count, until `count` business days have been met."""
    while count:
        day += timedelta(days=step)
        if is_open(places, day):
            count -= 1
    return day


def combined(*places: Place) -> BusinessCalendar:
    return calendar_of(*places)


@pytest.mark.parametrize("place", PLACES, ids=lambda place: f"{place.country}-{place.subdivision}".strip("-"))
def test_is_business_day_agrees_with_the_library_on_every_day_of_ten_years(place: Place) -> None:
    calendar = combined(place)
    days = (date(2021, 1, 1) + timedelta(days=n) for n in range(3652))
    assert [day for day in days if calendar.is_business_day(day) != is_open([place], day)] == []


@given(st.sampled_from(PLACES), st.sampled_from(PLACES), DAYS, st.integers(1, 25))
def test_counting_agrees_with_a_walk_through_the_days_of_two_countries(
    one: Place, other: Place, day: date, count: int
) -> None:
    calendar, places = combined(one, other), [one, other]
    assert calendar.after(day, count) == walk(places, day, count, 1)
    assert calendar.before(day, count) == walk(places, day, count, -1)
    assert calendar.on_or_after(day) == (day if is_open(places, day) else walk(places, day, 1, 1))


@given(st.sampled_from(PLACES), st.sampled_from(PLACES), DAYS, st.integers(-5, 800))
def test_between_counts_the_days_after_the_start_up_to_the_end(
    one: Place, other: Place, start: date, span: int
) -> None:
    end = start + timedelta(days=span)
    days = (start + timedelta(days=n) for n in range(1, span + 1))
    assert combined(one, other).between(start, end) == sum(is_open([one, other], day) for day in days)


@given(st.sampled_from(PLACES), DAYS, st.integers(1, 25))
def test_after_and_between_are_each_others_inverse(place: Place, day: date, count: int) -> None:
    calendar = combined(place)
    assert calendar.between(day, calendar.after(day, count)) == count


def test_weekend_moved_in_mid_year_counts_as_it_was_on_each_day() -> None:
    saudi = combined(Place("SA"))
    assert not saudi.is_business_day(date(2013, 6, 27))  # a Thursday: until the 28th, it was of the weekend
    assert saudi.is_business_day(date(2013, 7, 4))


def test_between_never_goes_back() -> None:
    assert combined(Place("FR")).between(date(2026, 3, 10), date(2026, 3, 2)) == 0


def test_regional_holiday_counts_only_where_the_region_is_known() -> None:
    good_friday = date(2026, 4, 3)
    assert combined(Place("FR")).is_business_day(good_friday)
    assert not combined(Place("FR", "57")).is_business_day(good_friday)


def test_unknown_region_counts_as_its_country() -> None:
    assert combined(Place("FR", "Narnia")).is_business_day(date(2026, 4, 3))
    assert not combined(Place("FR", "Narnia")).is_business_day(date(2026, 7, 14))


def test_unknown_country_has_weekends_only() -> None:
    nowhere = combined(Place("XK-unknown"))
    assert nowhere.is_business_day(date(2026, 12, 25))
    assert not nowhere.is_business_day(date(2026, 12, 26))


# --- Closures of the organization's own ----------------------------------------------------------------------


@given(st.sampled_from(PLACES), st.sets(DAYS, max_size=60), DAYS, st.integers(1, 25), st.integers(0, 400))
def test_counting_leaves_closures_out_as_a_walk_through_the_days_does(
    place: Place, closures: set[date], day: date, count: int, span: int
) -> None:
    calendar = combined(place).without(closures)
    open_days = [on for n in range(1500) if is_open([place], on := day + timedelta(days=n)) and on not in closures]
    following = [on for on in open_days if on > day]
    assert calendar.on_or_after(day) == open_days[0]
    assert calendar.after(day, count) == following[count - 1]
    assert calendar.between(day, day + timedelta(days=span)) == sum(
        on <= day + timedelta(days=span) for on in following
    )
    assert calendar.before(following[count], count) == following[0]


def test_closure_on_a_day_off_counts_once() -> None:
    sunday, monday = date(2026, 3, 15), date(2026, 3, 16)
    calendar = combined(Place("FR")).without([sunday, monday, monday])
    assert calendar.closures == (monday,)
    assert calendar.between(date(2026, 3, 13), date(2026, 3, 17)) == 1


def test_closures_share_what_is_known_of_the_places_and_leave_their_calendar_as_it_is() -> None:
    france, monday = combined(Place("FR")), date(2026, 3, 16)
    closed = france.without([monday]).without([date(2026, 3, 18)])
    assert closed._years is france._years
    assert closed.closures == (monday, date(2026, 3, 18))
    assert france.is_business_day(monday)
    assert france.without([]) is france


def test_closure_beyond_the_days_of_business_counts_for_nothing() -> None:
    assert combined(Place("FR")).without([date.max, date.min]).closures == ()


# --- Where an address lies ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("country", "name", "code"),
    [
        ("DE", "Bayern", "BY"),
        ("DE", "BADEN-WURTTEMBERG", "BW"),
        ("DE", "by", "BY"),
        ("CA", "Quebec", "QC"),
        ("CA", "québec", "QC"),
        ("US", "California", "CA"),
        ("US", "N.Y.", "NY"),
        ("ES", "Catalunya", "CT"),
        ("FR", "moselle", "57"),
        ("FR", "Île-de-France", ""),
        ("DE", "California", ""),
        ("DE", "", ""),
        ("JP", "Tōkyō", ""),
        ("", "Bayern", ""),
        ("XX", "Bayern", ""),
    ],
)
def test_subdivision_is_known_where_the_address_names_one(country: str, name: str, code: str) -> None:
    assert subdivision_named(country, name) == code


def test_subdivision_of_an_ambiguous_name_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """No two share a name today; were that to change, neither would count."""
    library = type(holidays.country_holidays("DE"))
    monkeypatch.setattr(library, "subdivisions_aliases", {"Nord": "HH", "nord": "SH"})
    calendars._subdivisions.cache_clear()
    assert subdivision_named("DE", "Nord") == ""
    calendars._subdivisions.cache_clear()


def test_same_places_in_any_order_share_one_calendar() -> None:
    assert combined(Place("FR"), Place("DE")) is combined(Place("DE"), Place("FR"), Place("FR"), Place(""))
    assert combined() == combined(Place(""))
