"""Which languages business is done in, country by country.

From the locale data of the Unicode consortium (CLDR): the official languages and those in official use, the one of most
speakers first. Where a country's languages divide its map, the postal code tells.
"""

from __future__ import annotations

import re

from babel.languages import get_official_languages

# First and last postal code of each area; what lies outside them is bilingual or not told apart.
_BELGIUM = ((1300, 1499, "fr"), (1500, 3999, "nl"), (4700, 4799, "de"), (4000, 7999, "fr"), (8000, 9999, "nl"))
_SWITZERLAND = (
    (1000, 2499, "fr"),
    (2600, 2999, "fr"),
    (3960, 3979, "fr"),
    (6500, 6999, "it"),
    (3000, 9999, "de"),
)
_AREAS = {"BE": _BELGIUM, "CH": _SWITZERLAND}
_QUEBEC = ("G", "H", "J")
_NUMBER = re.compile(r"\b\d{4}\b")


def spoken_in(country: str, postal_code: str = "") -> tuple[str, ...]:
    """Return the languages of a country as ISO 639-1 codes, the likeliest first; none when it is unknown.

    Args:
        country: ISO 3166-1 alpha-2, or empty.
        postal_code: As people write it, or empty.
    """
    area = _language_of_area(country, postal_code.strip().upper())
    return (area,) if area else tuple(get_official_languages(country, de_facto=True))


def _language_of_area(country: str, postal_code: str) -> str:
    """Return the one language of the place, or "" where the postal code does not tell."""
    if country == "CA" and postal_code:
        return "fr" if postal_code.startswith(_QUEBEC) else "en"
    if found := _NUMBER.search(postal_code):
        number = int(found[0])
        return next((code for first, last, code in _AREAS.get(country, ()) if first <= number <= last), "")
    return ""
