"""Amounts in cells, as every locale writes them. Pure.

What a lone point or comma before three digits means is not told by one cell ("1,234"): the column as a whole tells,
else the custom of the organization's country.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError
from babel.numbers import get_decimal_symbol
from django.utils.translation import gettext as _

from billabex.core.money import currencies

if TYPE_CHECKING:
    from collections.abc import Iterable

POINT, COMMA = ".", ","
# What may stand at an amount, with the currency that it means for certain; several currencies share the others.
WORDS = {"€": "EUR", "euro": "EUR", "euros": "EUR", "£": "GBP", "¥": "", "₹": "INR", "kr": "", "zł": "PLN", "zl": "PLN"}
WORDS |= {"fr": "", "sfr": "CHF", "ft": "HUF", "kč": "CZK", "lei": "RON"}
_GAPS = re.compile(r"[\s'’]")
_MINUS = str.maketrans({"−": "-", "–": "-", "‐": "-"})
_UNIT = r"[A-Z]{0,2}\$|[€£¥₹]|[^\W\d_]+\.?"
_AMOUNT = re.compile(
    rf"(?P<open>\()?(?P<first>[-+])?(?P<before>{_UNIT})?(?P<second>[-+])?(?P<figures>[\d.,]+)"
    rf"(?P<third>-)?(?P<after>{_UNIT})?(?P<last>-)?(?P<close>\))?"
)
_PLAIN = re.compile(r"(-?)([\d.,]+)")
_DIGITS = re.compile(r"[0-9]{1,15}")
_FRACTION = re.compile(r"[0-9]{0,15}")
_GROUP = 3


class BadCell(ValueError):
    """A cell that cannot be understood; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Written:
    """An amount taken apart: its figures in plain characters, its sign, and the currency that stands at it."""

    figures: str
    is_negative: bool
    currency: str


def take_apart(text: str) -> Written:
    """Take figures, sign and currency apart; brackets around an amount are the accountants' minus.

    Raises:
        BadCell: There is something else in the cell.
    """
    plain = _GAPS.sub("", text).translate(_MINUS)
    if match := _PLAIN.fullmatch(plain):  # as nearly all amounts of large files are
        return Written(match[2], is_negative=bool(match[1]), currency="")
    match = _AMOUNT.fullmatch(plain)
    if match is None or bool(match["open"]) != bool(match["close"]):
        raise _not_an_amount(text)
    signs = [match[name] for name in ("first", "second", "third", "last") if match[name]]
    if len(signs) + bool(match["open"]) > 1 or (match["before"] and match["after"]):
        raise _not_an_amount(text)
    currency = _currency(match["before"] or match["after"] or "")
    if currency is None:
        raise _not_an_amount(text)
    return Written(match["figures"], is_negative="-" in signs or bool(match["open"]), currency=currency)


def _currency(word: str) -> str | None:
    """Return the currency that a code or sign means; empty when it tells none for certain, None for other words."""
    if word.upper() in currencies():
        return word.upper()
    return "" if not word or word.endswith("$") else WORDS.get(word.casefold().rstrip("."))


def _not_an_amount(text: str) -> BadCell:
    return BadCell(_("“%(text)s” is not an amount. Write it like 1234.56 or 1 234,56.") % {"text": text[:40]})


def mark_shown(figures: str) -> str:
    """Return the decimal mark that an amount shows for certain; empty when it shows none."""
    marks = [char for char in figures if char in ".,"]
    if not marks:
        return ""
    last = marks[-1]
    if len(set(marks)) > 1:
        return last
    if len(marks) > 1:  # 1.234.567: a mark of thousands stands more than once
        return COMMA if last == POINT else POINT
    whole, _mark, fraction = figures.partition(last)
    is_group = len(fraction) == _GROUP and 0 < len(whole) <= _GROUP and not whole.startswith("0")
    return "" if is_group else last


def marks_shown(cells: Iterable[str]) -> set[str]:
    """Return the decimal marks that a column's amounts show for certain: none, one, or contradicting ones."""
    return {mark for cell in cells if (mark := mark_shown(_figures(cell)))}


def is_ambiguous(text: str) -> bool:
    """Tell whether the amount is another one with point and comma exchanged."""
    figures = _figures(text)
    return (POINT in figures or COMMA in figures) and not mark_shown(figures)


def _figures(text: str) -> str:
    try:
        return take_apart(text).figures
    except BadCell:
        return ""


def read_amount(text: str, mark: str) -> tuple[Decimal, str]:
    """Return the amount and the currency that stands at it; `mark` decides where both readings are possible.

    Raises:
        BadCell: It is none.
    """
    written = take_apart(text)
    decimal = mark_shown(written.figures) or mark
    whole, _mark, fraction = written.figures.partition(decimal) if decimal else (written.figures, "", "")
    groups = whole.split(COMMA if decimal == POINT else POINT)
    is_grouped = len(groups) == 1 or (
        0 < len(groups[0]) <= _GROUP and all(len(group) == _GROUP for group in groups[1:])
    )
    digits = "".join(groups) or "0"  # ".50" is half
    if not is_grouped or not _DIGITS.fullmatch(digits) or not _FRACTION.fullmatch(fraction):
        raise _not_an_amount(text)
    value = Decimal(f"{digits}.{fraction}" if fraction else digits)
    return -value if written.is_negative else value, written.currency


@cache
def country_mark(country: str) -> str:
    """Return the decimal mark that is usual in a country."""
    try:
        symbol = get_decimal_symbol(Locale.parse(f"und_{country}"))
    except (UnknownLocaleError, ValueError):
        return COMMA
    return symbol if symbol in {POINT, COMMA} else COMMA
