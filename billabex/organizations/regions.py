"""The regions of a country that have public holidays of their own, by the codes of the holidays library."""

from __future__ import annotations

from functools import cache

import holidays
import pycountry

_YEARS = range(2024, 2029)
"""Years enough for every holiday of a region to fall on a day that is not one of its country's anyway."""


@cache
def regions(country: str) -> dict[str, str]:
    """Return the regions of a country (ISO 3166-1 alpha-2) by code, each with the name its people give it.

    Empty where holidays are the same everywhere, or not known.
    """
    codes = holidays.list_supported_countries(include_aliases=False).get(country, [])
    if not codes:
        return {}
    national = holidays.country_holidays(country, years=_YEARS)

    def has_own_days(code: str) -> bool:
        return set(holidays.country_holidays(country, subdiv=code, years=_YEARS)) != set(national)

    aliases = {code: name for name, code in national.subdivisions_aliases.items()}
    return {code: _name(country, code) or aliases.get(code, code) for code in codes if has_own_days(code)}


def _name(country: str, code: str) -> str:
    known = pycountry.subdivisions.get(code=f"{country}-{code}")  # type: ignore[no-untyped-call]
    return str(known.name) if known else ""
