from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from babel import Locale

from billabex.agent.demo import words
from billabex.agent.demo.companies import HARROW, MARSH, ORGANIZATION, QUAIS
from billabex.agent.demo.documents import PaperLine, Unit, VatCategory
from billabex.agent.demo.words import WORDS, Words

FRENCH, GERMAN, BRITISH, AMERICAN = Locale("fr", "FR"), Locale("de", "DE"), Locale("en", "GB"), Locale("en", "US")


@pytest.mark.parametrize(
    ("currency", "locale", "expected"),
    [
        ("EUR", FRENCH, "1\u00a0234,50\u00a0€"),
        ("EUR", GERMAN, "1.234,50\u00a0€"),
        ("GBP", BRITISH, "£1,234.50"),
        ("USD", AMERICAN, "$1,234.50"),
    ],
)
def test_money_is_written_as_the_language_writes_it(currency: str, locale: Locale, expected: str) -> None:
    assert words.money(Decimal("1234.50"), currency, locale) == expected


@pytest.mark.parametrize(
    ("locale", "expected"),
    [(FRENCH, "07/09/2026"), (GERMAN, "07.09.2026"), (BRITISH, "7 September 2026"), (AMERICAN, "September 7, 2026")],
)
def test_day_is_written_as_the_language_writes_it(locale: Locale, expected: str) -> None:
    assert words.day(date(2026, 9, 7), locale) == expected


@pytest.mark.parametrize(
    ("count", "unit", "expected"),
    [
        ("1", Unit.PIECE, "1\u00a0pièce"),
        ("12", Unit.PIECE, "12\u00a0pièces"),
        ("2.5", Unit.DAY, "2,5\u00a0jours"),
        ("1", Unit.FLAT, "forfait"),
    ],
)
def test_quantity_agrees_with_its_unit(count: str, unit: Unit, expected: str) -> None:
    line = PaperLine("Lampe", Decimal(count), unit, Decimal(1))
    assert words.quantity(line, WORDS["fr"], FRENCH) == expected


def test_percent_keeps_its_decimals() -> None:
    assert words.percent(Decimal("5.5"), FRENCH) == "5,5\u00a0%"
    assert words.percent(Decimal(20), BRITISH) == "20%"


def test_address_names_the_country_only_abroad() -> None:
    assert words.address(QUAIS.company, FRENCH, home="FR") == ("27 quai des Mariniers", "69002 Lyon")
    assert words.address(ORGANIZATION, GERMAN, home="DE")[-1] == "Frankreich"


def test_address_puts_the_postcode_where_the_country_does() -> None:
    assert words.address(HARROW.company, BRITISH, home="FR")[1] == "London SE1 3QX"
    assert words.address(MARSH.company, AMERICAN, home="FR")[1] == "New York, NY 10013"


@pytest.mark.parametrize("text", WORDS.values(), ids=WORDS)
def test_words_know_every_unit_and_every_reason_for_no_vat(text: Words) -> None:
    assert set(text.units) == set(Unit)
    assert set(text.zero) == set(VatCategory) - {VatCategory.STANDARD}
