from __future__ import annotations

from decimal import Decimal

import pytest

from invoices.reading.text.amounts import decimal_mark, find_amounts, find_currencies


@pytest.mark.parametrize(
    ("text", "mark", "value", "currency"),
    [
        ("1,005.55", ".", "1005.55", None),
        ("1.005,55 €", ",", "1005.55", "EUR"),
        ("1 005,55 EUR", ",", "1005.55", "EUR"),
        ("CHF 1'005.55", ".", "1005.55", "CHF"),
        ("£12,345.00", ".", "12345.00", "GBP"),
        ("US$ 1,234.50", ".", "1234.50", "USD"),
        ("-20,48 €", ",", "-20.48", "EUR"),
        ("-€ 5.00", ".", "-5.00", "EUR"),
        ("(12.00)", ".", "-12.00", None),
        ("12,00-", ",", "-12.00", None),
        ("(118,96 €)", ",", "-118.96", "EUR"),
        ("(1,234.50 USD)", ".", "-1234.50", "USD"),
        ("12,00 €-", ",", "-12.00", "EUR"),
        ("1.234.567,89", ",", "1234567.89", None),
        ("$706,00", ",", "706.00", "USD"),
        ("1.234", ",", "1234", None),
        ("1.234", ".", "1.234", None),
        ("£1,200", "", "1200", "GBP"),
        ("0,025", ".", "0.025", None),
        ("300", ".", "300", None),
    ],
)
def test_find_amounts_reads_an_amount_as_it_is_written(text: str, mark: str, value: str, currency: str | None) -> None:
    (amount,) = find_amounts(text, mark)
    assert (amount.value, amount.currency) == (Decimal(value), currency)
    assert text[amount.start : amount.end].strip() == text


@pytest.mark.parametrize(
    "text", ["19,00 %", "19%", "31.12.2024", "02/17/26", "R-2024/00001", "H87", "12:30", "2024-01-05"]
)
def test_find_amounts_in_what_is_no_amount_finds_none(text: str) -> None:
    assert find_amounts(text, ",") == ()


def test_find_amounts_in_a_tax_row_leaves_the_rate_out() -> None:
    found = find_amounts("TVA 20,00 % sur 1 850,00 : 370,00 €", ",")
    assert [str(one.value) for one in found] == ["1850.00", "370.00"]


@pytest.mark.parametrize(
    ("texts", "mark"),
    [(["1.005,55", "12,00"], ","), (["1,005.55", "9.90 EUR"], "."), (["£1,200", "no figures"], "")],
)
def test_decimal_mark_is_the_one_the_document_uses(texts: list[str], mark: str) -> None:
    assert decimal_mark(texts) == mark


def test_find_currencies_names_each_by_its_code() -> None:
    assert find_currencies("Total EUR 5, $7, CHF 9, EUROPE") == ["EUR", "USD", "CHF"]
