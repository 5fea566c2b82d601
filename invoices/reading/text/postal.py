"""Postal codes and the cities beside them, as the countries write them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .countries import country_code
from .dates import MONTHS
from .folding import fold, has_digit

MAX_LINE = 80  # characters; longer is a sentence

POSTAL = re.compile(
    r"(?:^|[,•·|●-]\s*|\s)(?:(?P<prefix>[A-Z]{1,2})[- ])?"
    r"(?P<code>\d{4}-\d{3}|\d{4} ?[A-Z]{2}(?= ['A-Z])|\d{4,5})(?:\s*[,-])?\s+"
    r"(?P<city>[A-ZÀ-Ýa-z'’][^\d,|•·●]*[^\W\d_]\)?(?:\s?\d{1,2}(?![\d]))?)"
)
GLUED = re.compile(r"^(?P<prefix>)(?P<code>\d{5})(?P<city>[A-ZÀ-Ý][a-zà-ÿ]+.*)$")
BRITISH = re.compile(
    r"(?P<city>[A-Z][A-Za-zà-ÿ' .-]+?(?: \d{1,2})?)?,?\s*\b(?P<code>[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})\b(?P<prefix>)"
)
IRISH = re.compile(
    r"(?P<city>[A-Z][A-Za-z' .-]+?(?: \d{1,2}W?)?)?,?\s*\b(?P<code>[A-Z]\d[\dW] ?(?=\d*[A-Z])[A-Z\d]{4})\b(?P<prefix>)"
)
AMERICAN = re.compile(
    r"(?P<city>[A-Z][A-Za-z' .-]+),?\s+(?P<prefix>)(?:[A-Z]{2},?|[A-Z][a-z]+(?: [A-Z][a-z]+)?,)\s+"
    r"(?P<code>\d{5}(?:-\d{4})?)\b"
)
CANADIAN = re.compile(
    r"(?P<city>[A-Z][A-Za-zà-ÿ' .-]+?),?\s+(?P<prefix>)[A-Z]{2},?\s+(?P<code>[A-Z]\d[A-Z] ?\d[A-Z]\d)\b"
)
AUSTRALIAN = re.compile(r"^(?P<prefix>)(?P<city>[A-Z][A-Za-z' -]+?)(?P<state>,? [A-Z]{2,3})?,? (?P<code>\d{4})$")
INDIAN = re.compile(r"^(?P<prefix>)(?P<city>[A-Z][A-Za-z' ,-]+?)[ ,-]+(?P<code>\d{3} ?\d{3})$")
PATTERNS = (
    (AMERICAN, 4),
    (CANADIAN, 4),
    (BRITISH, 4),
    (IRISH, 4),
    (POSTAL, 3),
    (GLUED, 2),
    (AUSTRALIAN, 1),
    (INDIAN, 1),
)
"""Each with how surely it is a postal code: the more of it is letters and fixed places, the surer."""

FORMS = {
    "GB": re.compile(r"(?!IM|JE|GY)[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}"),
    "IE": re.compile(r"[A-Z]\d[\dW] ?[A-Z\d]{4}"),
    "NL": re.compile(r"\d{4} ?[A-Z]{2}"),
    "PT": re.compile(r"\d{4}-\d{3}"),
    "CA": re.compile(r"[A-Z]\d[A-Z] ?\d[A-Z]\d"),
    "US": re.compile(r"\d{5}-\d{4}"),
}
SHORT_CODE = 4  # digits, which as many a house has
YEAR = re.compile(r"(?:19[89]|20[0-4])\d$")
STREET_WORDS = (
    r"street|(?<=\w )st|road|rd|avenue|ave|av|boulevard|blvd|bd|drive|dr|lane|ln|way|court|highway|hwy|suite|floor|box"
    "|parkway|pkwy|rue|place|chemin|route|allee|calle|carrer|via|viale|piazza|corso|rua|avenida|avda|praca|plaza|paseo"
    "|carretera|poligono|zona industrial|c/(?= )"
)
STREET = re.compile(rf"\b(?:{STREET_WORDS})\b|(?:strass?e|str|straat|weg|way|laan|plein|gasse|platz|kade|gracht)\b")
PROVINCE = re.compile(r"\s*\([A-Z]{2}\)$|(?<=[a-zà-ÿ]) [A-Z]{2}$")


@dataclass(frozen=True, slots=True)
class Postal:
    """A postal code in a line, the city beside it, and how sure we are that it is one."""

    code: str
    city: str
    prefix: str
    start: int
    end: int
    code_span: tuple[int, int]
    city_span: tuple[int, int]
    sure: int

    @property
    def country(self) -> str | None:
        """The country that alone writes its codes like this, or None."""
        return next((country for country, form in FORMS.items() if form.fullmatch(self.code)), None)


def postal_in(text: str) -> Postal | None:
    """Return the surest postal code in a line of an address."""
    if len(text) > MAX_LINE or not has_digit(text):
        return None
    for pattern, sure in PATTERNS:
        match = pattern.search(text)
        if match is not None and (rated := _rated(match, sure)) is not None:
            return rated
    return None


def _rated(match: re.Match[str], sure: int) -> Postal | None:
    """Return the code, less surely when it is a short number; None when it is a year, or a number in a street."""
    code, city = match["code"], (match["city"] or "").strip(" ,")
    folded = fold(city)
    if code.isdigit() and len(code) <= SHORT_CODE:
        has_month = any(word in MONTHS for word in folded.split())
        is_year = YEAR.match(code) and match.start("code") > match.start("city") and not match.groupdict().get("state")
        if has_month or is_year or STREET.search(folded):
            return None
        sure += 1 if match.groupdict().get("state") else -1
    elif code.isdigit() and STREET.search(folded):
        sure = 0
    head, _, tail = city.rpartition(" - ")
    city = PROVINCE.sub("", head if country_code(fold(tail)) else city)
    start = match.start("city") if city else match.start("code")
    place = (start, start + len(city))
    return Postal(code, city, match["prefix"] or "", match.start(), match.end(), match.span("code"), place, sure)
