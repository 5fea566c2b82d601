"""What the strangers call things: for each language and thing, several wordings to choose from."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent / "tongues"
CODES = ("en", "fr", "de", "es", "it", "nl", "pt")


class Company(NamedTuple):
    """A company as it stands on paper."""

    name: str
    street: str
    city_line: str
    postal_code: str
    city: str
    vat_number: str
    iban: str
    country: str


@dataclass(frozen=True)
class Tongue:
    """One language: its words, its companies, and how it writes numbers and dates."""

    code: str
    words: dict[str, tuple[str, ...]]
    companies: tuple[Company, ...]

    @property
    def currency(self) -> str:
        return self.words["currency"][0]

    @property
    def thousands(self) -> str:
        return self.words["thousands"][0].replace("space", " ")

    @property
    def decimal(self) -> str:
        return self.words["decimal"][0]

    @property
    def rates(self) -> tuple[Decimal, ...]:
        return tuple(map(Decimal, self.words["rates"]))


@cache
def tongues() -> tuple[Tongue, ...]:
    """Return the seven languages: each a file of lines like `key = one wording | another`."""
    return tuple(_tongue(code) for code in CODES)


def _tongue(code: str) -> Tongue:
    words: dict[str, tuple[str, ...]] = {}
    companies = []
    for line in (FOLDER / f"{code}.txt").read_text(encoding="utf-8").splitlines():
        key, _, values = line.partition(" = ")
        parts = tuple(part.strip() for part in values.split(" | "))
        if key == "company":
            companies.append(Company(*parts))
        elif key:
            words[key] = parts
    return Tongue(code, words, tuple(companies))
