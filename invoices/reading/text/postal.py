"""Postal codes and the cities beside them, as the countries write them."""

from __future__ import annotations

import re

MAX_LINE = 80  # characters; longer is a sentence

POSTAL = re.compile(
    r"(?:^|[,•·|●-]\s*|\s)(?:(?P<prefix>[A-Z]{1,2})[- ])?(?P<code>\d{4}-\d{3}|\d{4} ?[A-Z]{2}(?= [A-Z])|\d{4,5})\s+"
    r"(?P<city>[A-ZÀ-Ýa-z'’][^\d,|•·●]*[^\W\d_](?:\s?\d{1,2}(?![\d]))?)"
)
GLUED = re.compile(r"^(?P<prefix>)(?P<code>\d{5})(?P<city>[A-ZÀ-Ý][a-zà-ÿ]+.*)$")
BRITISH = re.compile(r"(?P<city>[A-Z][A-Za-z' .-]+?)?,?\s*\b(?P<code>[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})\b(?P<prefix>)")
AMERICAN = re.compile(r"(?P<city>[A-Z][A-Za-z' .-]+),?\s+(?P<prefix>)[A-Z]{2},?\s+(?P<code>\d{5}(?:-\d{4})?)\b")
AUSTRALIAN = re.compile(r"^(?P<prefix>)(?P<city>[A-Z][A-Za-z' -]+?)(?: [A-Z]{2,3})?,? (?P<code>\d{4})$")
PATTERNS = (POSTAL, GLUED, BRITISH, AMERICAN, AUSTRALIAN)


def postal_in(text: str) -> re.Match[str] | None:
    """Return the postal code in a line of an address, with the groups `prefix`, `code` and `city`."""
    if len(text) > MAX_LINE:
        return None
    return next((match for pattern in PATTERNS if (match := pattern.search(text))), None)
