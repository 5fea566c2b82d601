"""Amounts have the decimals of their currency, and halves go away from zero."""

from __future__ import annotations

from decimal import Decimal

import pytest
from babel import Locale
from django.db.models import Q

from billabex.core.money import AmountField, currencies, decimals, decimals_check, fits, quantize, written

CASES = [
    ("EUR", "10.005", "10.01"),
    ("EUR", "-10.005", "-10.01"),
    ("EUR", "10.0049999", "10.00"),
    ("JPY", "10.5", "11"),
    ("TND", "1.2345", "1.235"),
    ("TND", "0.0005", "0.001"),
]


@pytest.mark.parametrize(("currency", "amount", "rounded"), CASES)
def test_quantize_rounds_to_the_decimals_of_the_currency(currency: str, amount: str, rounded: str) -> None:
    result = quantize(Decimal(amount), currency)
    assert (result, str(result)) == (Decimal(rounded), rounded)


@pytest.mark.parametrize(
    ("currency", "amount", "expected"),
    [
        ("EUR", "12.34", True),
        ("EUR", "12.340", True),
        ("EUR", "12.345", False),
        ("JPY", "12", True),
        ("JPY", "12.5", False),
        ("TND", "12.345", True),
        ("TND", "12.3456", False),
    ],
)
def test_fits_tells_whether_the_currency_has_such_decimals(currency: str, amount: str, *, expected: bool) -> None:
    assert fits(Decimal(amount), currency) is expected


def test_currencies_are_the_codes_of_iso_4217() -> None:
    assert {"EUR", "USD", "JPY", "TND"} <= currencies()
    assert not {"eur", "EURO", ""} & currencies()


def test_decimals_are_those_of_iso_4217_not_those_usually_shown() -> None:
    expected = {"JPY": 0, "EUR": 2, "RSD": 2, "ALL": 2, "HUF": 2, "IQD": 3, "TND": 3}
    assert {currency: decimals(currency) for currency in expected} == expected


def test_amount_field_has_room_for_every_currency() -> None:
    field = AmountField()
    assert (field.max_digits, field.decimal_places) == (15, 3)


@pytest.mark.django_db
@pytest.mark.parametrize("amount", ["12", "12.5", "12.34", "12.345"])
def test_database_check_agrees_with_the_rule_for_every_currency(amount: str) -> None:
    condition = decimals_check("any", "amount").condition
    assert isinstance(condition, Q)
    value = Decimal(amount)
    wrong = [c for c in currencies() if condition.check({"currency": c, "amount": value}) != fits(value, c)]
    assert wrong == []


@pytest.mark.parametrize(
    ("amount", "currency", "language", "text"),
    [
        ("1234.5", "EUR", "en", "€1,234.50"),
        ("1234.5", "EUR", "fr", "1\u202f234,50\xa0€"),
        ("12.5", "RSD", "en", "RSD12.50"),
        ("1234", "JPY", "en", "¥1,234"),
        ("1.234", "TND", "fr", "1,234\xa0TND"),
    ],
)
def test_written_amount_has_the_currencys_own_decimals(amount: str, currency: str, language: str, text: str) -> None:
    assert written(Decimal(amount), currency, Locale.parse(language)) == text
