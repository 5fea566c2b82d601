"""Amounts as seven languages write them: 1,005.55  1.005,55  1 005,55  1'005.55  (12.00 €)  12,00-  $706,00."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from .folding import REMEMBERED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

CURRENCIES = {
    "EUR": ("€", "euros", "euro", "Euro", "Euros", "EURO", "EUROS"),
    "USD": ("$", "US$"),
    "GBP": ("£",),
    "CHF": ("Fr.", "SFr.", "sFr."),
    "JPY": ("¥",),
    "PLN": ("zł", "zl"),
    "CAD": ("CA$", "C$"),
    "AUD": ("A$", "AU$"),
    "NZD": ("NZ$",),
    "BRL": ("R$",),
    "HKD": ("HK$",),
    "SGD": ("S$",),
    "CZK": ("Kč",),
    "HUF": ("Ft",),
    "INR": ("₹", "Rs.", "Rs"),
    "RON": ("lei",),
}
PLAIN_DOLLAR = "USD"
OTHER_DOLLARS = frozenset({"CAD", "AUD", "NZD", "HKD", "SGD", "MXN"})
DOLLAR_SIGNS = {
    "AUD": re.compile(r"\bA\.?B\.?N\b[ .:]*\d|\b(?:NSW|VIC|QLD) \d{4}\b"),
    "CAD": re.compile(r"\b(?:HST|QST|TVQ|TPS)\b|\b[ABCEGHJ-NPRSTVXY]\d[A-Z] \d[A-Z]\d\b"),
    "NZD": re.compile(r"\bNZBN\b|\bNew Zealand\b"),
}
"""What tells whose dollars they are when only their sign is written."""
CODE_BY_SIGN = {sign: code for code, signs in CURRENCIES.items() for sign in signs}
CODES = (
    *("EUR", "USD", "GBP", "CHF", "CAD", "AUD", "NZD", "JPY", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "RON", "BGN"),
    *("HRK", "BRL", "MXN", "ZAR", "INR", "CNY", "HKD", "SGD", "AED", "ILS", "TRY", "MAD", "TND", "XOF", "XAF", "XPF"),
    *("ISK", "UAH"),
)

_SYMBOLS = "|".join(re.escape(one) for one in sorted([*CODE_BY_SIGN, *CODES], key=len, reverse=True))
_CODES = "|".join(CODES)
CURRENCY = re.compile(rf"(?<![A-Za-z])(?:{_SYMBOLS})(?![A-Za-z])")
_NUMBER = r"\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d{1,4})?|\d{1,3}(?:[ .,'’]\d{3})+(?:[.,]\d{1,4})?|\d+(?:[.,]\d{1,4})?"
AMOUNT = re.compile(
    rf"""(?<![\w.,/])(?<!\d[:-])(?<![A-Za-z]-)
    (?P<open>\()?
    (?P<minus>[-−–]\s?)?
    (?:(?:(?P<code>{_CODES})\s?(?=[$€£]))?(?P<before>{_SYMBOLS})\s?(?P<inner>[-−–]\s?)?)?
    (?P<number>{_NUMBER})
    (?![\w/]|[.,:]\d|\s?%|[ ]?[-/.]\d)
    (?:[ ]?(?P<within>{_SYMBOLS})(?=\)|[-−–](?:\s|$)))?
    (?:(?P<close>\))|(?P<after>\s?[-−–])(?=\s|$|[A-Z€$£]))?
    (?:[ ]?(?P<unit>{_SYMBOLS})(?![A-Za-z]))?
    """,
    re.VERBOSE,
)
ENDING = re.compile(r"\d([.,])\d{2}(?![\d.,]\d|\d)")


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in a text.

    Attributes:
        value: With its sign.
        start: Where it begins in the text.
        end: Where it ends.
        currency: ISO 4217, when it is written at the amount.
        has_decimals: Whether it shows a decimal part, which counts of things rarely do.
    """

    value: Decimal
    start: int
    end: int
    currency: str | None
    has_decimals: bool

    @property
    def looks_like_money(self) -> bool:
        """Whether it is written as money is: with decimals or a currency."""
        return self.has_decimals or self.currency is not None


def decimal_mark(texts: Iterable[str]) -> str:
    """Return the decimal mark that a document uses, by what stands before the last two digits of its numbers.

    Empty when no number shows it: a lone separator before three digits is then one of thousands.
    """
    counts = {",": 0, ".": 0}
    for text in texts:
        for match in ENDING.finditer(text):
            counts[match.group(1)] += 1
    if not any(counts.values()):
        return ""
    return "," if counts[","] >= counts["."] else "."


def to_decimal(number: str, mark: str) -> Decimal:
    """Return the value of digits with separators; `mark` decides when they could be read either way."""
    number = re.sub(r"[ '’]", "", number)
    separators = [character for character in number if character in ".,"]
    if not separators:
        return Decimal(number)
    last = separators[-1]
    head, _, tail = number.rpartition(last)
    is_decimal = last not in head
    if is_decimal and len(separators) == 1 and len(tail) == len("000"):
        # 1.234 is a thousand in Germany and one in England; 0.025 is small everywhere.
        is_decimal = last == mark or head == "0"
    whole = re.sub(r"[.,]", "", head)
    return Decimal(f"{whole}.{tail}") if is_decimal else Decimal(whole + tail)


@lru_cache(maxsize=REMEMBERED)
def find_amounts(text: str, mark: str, start: int = 0) -> tuple[Amount, ...]:
    """Return the amounts from `start` on, left to right; percentages, dates and codes are none."""
    return tuple(_amount(match, mark) for match in AMOUNT.finditer(text, start))


def _amount(match: re.Match[str], mark: str) -> Amount:
    number = match["number"]
    value = to_decimal(number, mark)
    is_negative = match["minus"] or match["inner"] or match["after"] or (match["open"] and match["close"])
    written = match["code"] or match["before"] or match["within"] or match["unit"]
    currency = CODE_BY_SIGN.get(written, written) if written else None
    has_decimals = value.as_tuple().exponent != 0
    return Amount(-value if is_negative else value, match.start(), match.end(), currency, has_decimals)


def find_currencies(text: str) -> list[str]:
    """Return the ISO codes of the currencies named in a text."""
    return [CODE_BY_SIGN.get(match.group(), match.group()) for match in CURRENCY.finditer(text)]


def main_currency(texts: Sequence[str]) -> str | None:
    """Return the currency that a document names most; a plain dollar is the one that it says elsewhere."""
    named = [code for text in texts for code in find_currencies(text)]
    currency = max(dict.fromkeys(named), key=named.count, default=None)
    if currency != PLAIN_DOLLAR:
        return currency
    dollars = [code for code in named if code in OTHER_DOLLARS]
    if dollars:
        written_out = sum(text.count(PLAIN_DOLLAR) for text in texts)
        return max(dict.fromkeys(dollars), key=dollars.count) if len(dollars) > written_out else currency
    return next((code for code, sign in DOLLAR_SIGNS.items() if any(sign.search(text) for text in texts)), currency)
