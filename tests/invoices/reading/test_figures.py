"""How the figures of a document explain each other: charges, discounts, taxes withheld, payments, no currency."""

from __future__ import annotations

from decimal import Decimal

import pytest

from invoices.reading.types import Source

from .pages import reading_of


def _values(text: str, *names: str) -> list[object]:
    reading = reading_of(text)
    return [None if (found := reading.found(name)) is None else found.value for name in names]


def _decimals(*values: str) -> list[Decimal]:
    return [Decimal(value) for value in values]


@pytest.mark.parametrize(
    ("text", "net", "tax", "total"),
    [
        (
            "Total Net Amount | 395.66\nCarriage Net | 24.90\nTotal Tax Amount | 84.11\nTotal | 504.67",
            *_decimals("420.56", "84.11", "504.67"),
        ),
        (
            "Subtotal: | 8,968.84\nFreight: | 15.00\nTax: | 0.00\nTotal Amount: | 8,983.84",
            *_decimals("8983.84", "0", "8983.84"),
        ),
        (
            "Sous-total | 11 658,28\nRemise (10,00%) | (-) 1 165,83\nTVA (20%) | 2 098,49\nTotal | 12 590,94 €",
            *_decimals("10492.45", "2098.49", "12590.94"),
        ),
    ],
    ids=["carriage", "freight-untaxed", "discount"],
)
def test_reading_takes_for_net_what_the_tax_is_added_to(text: str, net: Decimal, tax: Decimal, total: Decimal) -> None:
    assert _values(text, "net", "tax", "total") == [net, tax, total]


def test_reading_adds_several_taxes_up_when_income_tax_is_withheld() -> None:
    text = (
        "Base imponible | 1.000,00 €\nIVA 21% | 105,00 €\nIVA 10% | 50,00 €\nIRPF -15% | -150,00 €\nTotal | 1.005,00 €"
    )
    assert _values(text, "net", "tax", "total") == _decimals("1000.00", "155.00", "1005.00")


def test_reading_counts_the_surcharge_of_spanish_retailers_as_tax() -> None:
    heads = "Base imponible | Cuota I.V.A. | Cuota R.E. | Total factura"
    text = f"{heads}\n1.000,00 | 210,00 | 52,00 | 1.262,00 €".replace(" | ", "|")
    assert _values(text, "net", "tax", "total") == _decimals("1000.00", "262.00", "1262.00")


def test_reading_takes_the_amount_beside_a_label_that_was_broken_within_a_figure() -> None:
    text = "Total sem impostos | $9 151,80\nIVA (23% em $9 | $2 104,91\n151,80)\nTotal | $11 256,71"
    assert _values(text, "net", "tax", "total") == _decimals("9151.80", "2104.91", "11256.71")


def test_reading_finds_a_payment_under_its_heading_when_the_rest_confirms_it() -> None:
    text = "Total TTC | Acompte | Net à payer\n12 099,72 | 3 629,92 | 8 469,80 €"
    assert _values(text, "paid", "total") == _decimals("3629.92", "12099.72")
    assert _values(text.replace("8 469,80", "8 000,00"), "paid") == [None]


@pytest.mark.parametrize(
    ("seller", "currency"), [("P.IVA IT00743110157", "EUR"), ("MWST CHE-107.787.577 MWST", "CHF"), ("Via Po 1", None)]
)
def test_reading_without_a_currency_takes_that_of_the_issuers_country(seller: str, currency: str | None) -> None:
    reading = reading_of("Fattura 12\n" + "\n" * 46 + seller)
    assert (reading.currency and (reading.currency.value, reading.currency.source)) == (
        (currency, Source.DEFAULT) if currency else None
    )
