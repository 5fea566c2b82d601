"""Cells as values: one reader for each type of column. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

import pycountry
from babel import Locale
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from accounts.rules import compact_number
from billabex.core.money import currencies
from billabex.organizations.enums import MessageLanguage
from invoices.reading.text.dates import Order

from . import amounts, dates
from .amounts import BadCell
from .enums import ValueType
from .escaping import unescaped
from .matching import plain_title

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from .cells import Cell
    from .columns import Column

type Value = str | bool | date | tuple[str, ...]

YES = frozenset(["1", "yes", "y", "true", "x", "oui", "o", "vrai", "ja", "j", "wahr", "si", "sí", "sim"])
NO = frozenset(["0", "no", "n", "false", "non", "faux", "nein", "falsch", "nee", "não", "nao"])
ERRORS = frozenset(["#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!"])
"""What a cell shows whose formula failed."""
SHOWN = 40
TOO_LARGE = Decimal(10) ** 15
LONGEST_TAG = 40
_SETS_APART = re.compile('[,;"]')
_TAG = re.compile('\\s*"((?:[^"]|"")+)"|([^,;]+)')


@dataclass(frozen=True, slots=True)
class Custom:
    """How the cells of one column are read where they could be read either way.

    Attributes:
        order: Of day and month; None when the column contradicts itself.
        mark: Of decimals; empty when the column contradicts itself.
    """

    order: Order | None = Order.DAY_FIRST
    mark: str = amounts.COMMA


@dataclass(frozen=True, slots=True)
class Money:
    """An amount, and the currency that stands at it, if any."""

    amount: Decimal
    currency: str = ""


def read_cell(cell: Cell, column: Column, custom: Custom) -> Value | Money:
    """Return what a cell that is not blank says.

    Raises:
        BadCell: It cannot be that.
    """
    if isinstance(cell, str) and cell in ERRORS:
        raise BadCell(_("The formula in this cell failed: it shows %(error)s.") % {"error": cell})
    if column.type is ValueType.DATE:
        return _date(cell, custom)
    if column.type is ValueType.AMOUNT:
        return _amount(cell, custom)
    text = unescaped(_text(cell))
    if len(text) > column.limit:
        raise BadCell(_("This is longer than %(limit)d characters.") % {"limit": column.limit})
    return READERS[column.type](text)


def _text(cell: Cell) -> str:
    if isinstance(cell, Decimal):
        return f"{cell.normalize():f}" if cell else "0"
    return cell.isoformat() if isinstance(cell, date) else cell


def _date(cell: Cell, custom: Custom) -> date:
    if isinstance(cell, date):
        return dates.in_range(cell)
    if isinstance(cell, Decimal):
        return dates.date_of_serial(cell)
    if custom.order is None and dates.is_ambiguous(cell):
        raise BadCell(
            _("“%(text)s” can be read both ways, and so are the other dates of this column. Write 2026-01-31.")
            % {"text": cell[:SHOWN]}
        )
    return dates.read_date(cell, custom.order or Order.DAY_FIRST)


def _amount(cell: Cell, custom: Custom) -> Money:
    if isinstance(cell, Decimal):
        if abs(cell) >= TOO_LARGE:
            raise BadCell(_("This amount is too large to be right."))
        return Money(cell)
    if isinstance(cell, date):
        raise BadCell(_("This is a date, not an amount."))
    if not custom.mark and amounts.is_ambiguous(cell):
        raise BadCell(
            _("“%(text)s” can be read both ways, and so are the other amounts of this column. Write 1234.56.")
            % {"text": cell[:SHOWN]}
        )
    return Money(*amounts.read_amount(cell, custom.mark))


def _email(text: str) -> str:
    address = text.removeprefix("mailto:")
    try:
        validate_email(address)
    except ValidationError:
        raise BadCell(_("“%(text)s” is not an email address.") % {"text": text[:SHOWN]}) from None
    return address


def _currency(text: str) -> str:
    code = amounts.WORDS.get(text.casefold()) or text.upper()
    if code not in currencies():
        raise BadCell(_("“%(code)s” is not a currency. Enter its three letters, such as EUR.") % {"code": text[:SHOWN]})
    return code


def _country(text: str) -> str:
    code = _countries().get(plain_title(text))
    if code is None:
        raise BadCell(_("“%(text)s” is not a country. Enter its two letters, such as FR.") % {"text": text[:SHOWN]})
    return code


@cache
def _countries() -> Mapping[str, str]:
    """Return country codes by everything that countries are called in the languages of our customers."""
    known: dict[str, str] = {}
    for country in pycountry.countries:
        known[plain_title(country.alpha_2)] = known[plain_title(country.alpha_3)] = country.alpha_2
        known.setdefault(plain_title(country.name), country.alpha_2)
    for language in MessageLanguage.values:
        for code, name in Locale(language).territories.items():
            if pycountry.countries.get(alpha_2=code):
                known.setdefault(plain_title(name), code)
    return known | {"uk": "GB"}


def _language(text: str) -> str:
    code = _languages().get(plain_title(text)) or _languages().get(
        text[:2].casefold() if text[2:3] in {"-", "_"} else ""
    )
    if code is None:
        names = ", ".join(MessageLanguage.values)
        raise BadCell(_("“%(text)s” is none of the languages: %(names)s.") % {"text": text[:SHOWN], "names": names})
    return code


@cache
def _languages() -> Mapping[str, str]:
    """Return the languages of messages by their codes and names, in any of them."""
    known = {code: code for code in MessageLanguage.values}
    for language in MessageLanguage.values:
        known |= {plain_title(Locale(language).languages[code]): code for code in MessageLanguage.values}
    return known


def _yes_no(text: str) -> bool:
    word = text.casefold()
    if word not in YES | NO:
        raise BadCell(_("“%(text)s” is neither yes nor no.") % {"text": text[:SHOWN]})
    return word in YES


def read_tags(text: str) -> tuple[str, ...]:
    """Return the tags that a cell lists, each once whatever its case; quotation marks hold one that has a comma."""
    names = (quoted.replace('""', '"') or plain for quoted, plain in _TAG.findall(text))
    tags = {name.casefold(): name for name in reversed([name.strip() for name in names]) if name}
    if any(len(name) > LONGEST_TAG for name in tags.values()):
        raise BadCell(_("A tag has %(limit)d characters at most.") % {"limit": LONGEST_TAG})
    return tuple(reversed(tags.values()))


def written_tags(names: Iterable[str]) -> str:
    """Return tags as `read_tags` reads them."""
    return ", ".join(f'"{name.replace('"', '""')}"' if _SETS_APART.search(name) else name for name in names)


READERS: Mapping[ValueType, Callable[[str], str | bool | tuple[str, ...]]] = {
    ValueType.TEXT: str,
    ValueType.COMPACT: compact_number,
    ValueType.EMAIL: _email,
    ValueType.CURRENCY: _currency,
    ValueType.COUNTRY: _country,
    ValueType.LANGUAGE: _language,
    ValueType.YES_NO: _yes_no,
    ValueType.TAGS: read_tags,
}
