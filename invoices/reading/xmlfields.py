"""What the XML syntaxes share: exact values, and the code lists they use."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from .types import Found, Kind, Source

CREDIT_NOTE_TYPES = frozenset({"81", "83", "261", "262", "296", "308", "381", "396", "420", "458", "502", "503", "532"})
"""Document types of UNTDID 1001 that credit the customer."""

DATE = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})")
MAX_AMOUNT = Decimal(10) ** 15


def exact[T](value: T | None) -> Found[T] | None:
    """Return a value that machine-readable data states, or None."""
    return None if value is None else Found(value, Source.XML, 1.0)


def as_date(text: str | None) -> date | None:
    """Return the day that `20260131` or `2026-01-31` names, whatever follows it."""
    match = DATE.match(text or "")
    if match is None:
        return None
    try:
        return date(*map(int, match.groups()))
    except ValueError:
        return None


def as_amount(text: str | None) -> Decimal | None:
    """Return the number that XML writes with a decimal point, or None when it is none."""
    try:
        amount = Decimal(text or "")
    except InvalidOperation:
        return None
    return amount + 0 if amount.is_finite() and abs(amount) < MAX_AMOUNT else None


def as_identifier(text: str | None) -> str | None:
    """Return an identifier without the spaces and dots people put into it."""
    return re.sub(r"[\s.]", "", text).upper() or None if text else None


def as_country(text: str | None) -> str | None:
    """Return an ISO 3166-1 alpha-2 code, or None."""
    return text.upper() if text and re.fullmatch(r"[A-Za-z]{2}", text) else None


def as_currency(text: str | None) -> str | None:
    """Return an ISO 4217 code, or None."""
    return text.upper() if text and re.fullmatch(r"[A-Za-z]{3}", text) else None


def kind_of(type_code: str | None, total: Decimal | None) -> Kind:
    """Return the kind; an invoice whose total is negative is a credit note."""
    is_credit_note = type_code in CREDIT_NOTE_TYPES or (total is not None and total < 0)
    return Kind.CREDIT_NOTE if is_credit_note else Kind.INVOICE
