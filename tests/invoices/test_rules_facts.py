"""From a reading to facts that can be frozen: fallbacks, what cannot be, and what is odd."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from accounts.rules import Company
from invoices.enums import DocumentKind
from invoices.errors import InvalidFacts
from invoices.reading import Found, Kind, Notice, OwnIdentity, Reading, Source
from invoices.rules import Facts, complete, draft_from, due_date, facts_errors, origins, reading_warnings

ISSUED = date(2026, 1, 5)
FACTS = Facts(
    kind=DocumentKind.INVOICE,
    number="F-1",
    issued_on=ISSUED,
    due_on=date(2026, 2, 4),
    currency="EUR",
    total=Decimal("120.00"),
    company=Company("Acme"),
)


def read(**values: Any) -> Reading:
    """Return a reading in which each value was read from the page."""
    found: dict[str, Any] = {name: Found(value, Source.TEXT, 0.9) for name, value in values.items()}
    return Reading(**found, page_count=1, parser="text")


def draft(reading: Reading) -> Any:
    return draft_from(reading, default_currency="EUR", default_terms=30)


def test_facts_that_can_be_have_no_errors() -> None:
    assert facts_errors(FACTS) == {}


@pytest.mark.parametrize(
    ("change", "field", "word"),
    [
        ({"number": "  "}, "number", "Enter the number"),
        ({"number": "9" * 101}, "number", "longer than 100"),
        ({"issued_on": date(202, 1, 5)}, "issued_on", "Check the year"),
        ({"due_on": date(9999, 12, 31)}, "due_on", "Check the year"),
        ({"company": Company(" ")}, "company", "Enter the name"),
        ({"company": Company("Acme", street="x" * 301)}, "street", "longer than 300"),
        ({"company": Company("Acme", vat_number="1" * 31)}, "vat_number", "longer than 30"),
        ({"company": Company("Acme", country="Fr")}, "country", "not a country"),
        ({"currency": "EURO"}, "currency", "not a currency"),
        ({"due_on": None}, "due_on", "Enter the due date"),
        ({"due_on": date(2026, 1, 4)}, "due_on", "before the issue date"),
        ({"total": Decimal(0)}, "total", "more than zero"),
        ({"total": Decimal(-1)}, "total", "more than zero"),
        ({"total": Decimal(10**12)}, "total", "too large"),
        ({"total": Decimal("1.005")}, "total", "2 decimals"),
        ({"tax": Decimal("120.01")}, "tax", "between zero and the total"),
        ({"tax": Decimal("-0.01")}, "tax", "between zero and the total"),
        ({"paid": Decimal("-0.01")}, "paid", "cannot be negative"),
        ({"paid": Decimal(10**12)}, "paid", "too large"),
        ({"paid": Decimal("1.005")}, "paid", "2 decimals"),
        ({"tax": Decimal("1.005")}, "tax", "2 decimals"),
        ({"tax": Decimal("NaN")}, "tax", "too large"),
        ({"total": Decimal("Infinity"), "tax": None}, "total", "too large"),
        ({"number": "F-1\0"}, "number", "not text"),
    ],
)
def test_facts_that_cannot_be_are_told_by_field(change: dict[str, Any], field: str, word: str) -> None:
    errors = facts_errors(replace(FACTS, **change))
    assert list(errors) == [field]
    assert word in errors[field]


@pytest.mark.parametrize(
    ("currency", "amount", "fits"),
    [("JPY", "100", True), ("JPY", "100.5", False), ("TND", "1.005", True), ("TND", "1.0005", False)],
)
def test_facts_amount_has_the_decimals_of_its_currency(currency: str, amount: str, fits: bool) -> None:
    assert (facts_errors(replace(FACTS, currency=currency, total=Decimal(amount))) == {}) is fits


def test_facts_credit_note_needs_no_due_date() -> None:
    assert facts_errors(replace(FACTS, kind=DocumentKind.CREDIT_NOTE, due_on=None)) == {}


@pytest.mark.parametrize(
    ("printed", "terms", "expected"),
    [
        (date(2026, 3, 1), 10, date(2026, 3, 1)),
        (None, 10, date(2026, 1, 15)),
        (None, 0, ISSUED),
        (None, None, date(2026, 2, 4)),
    ],
)
def test_due_date_falls_back_to_printed_terms_then_default(
    printed: date | None, terms: int | None, expected: date
) -> None:
    assert due_date(issued_on=ISSUED, due_on=printed, printed_terms=terms, default_terms=30) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"due_date": date(2026, 3, 1)}, Source.TEXT),
        ({"payment_terms_days": 10}, Source.TERMS),
        ({}, Source.DEFAULT),
    ],
)
def test_origin_of_the_due_date_says_how_it_was_found(values: dict[str, Any], expected: Source) -> None:
    reading = read(issue_date=ISSUED, **values)
    assert origins(reading, draft(reading))["due_on"] == expected


def test_origin_of_a_due_date_that_the_reader_worked_out_is_the_terms() -> None:
    due = Found(date(2026, 1, 15), Source.TERMS, 0.8)
    reading = replace(read(issue_date=ISSUED), due_date=due)
    assert origins(reading, draft(reading))["due_on"] == Source.TERMS


def test_origins_name_what_was_found_only() -> None:
    reading = replace(read(buyer_name="Acme"), number=Found("F-1", Source.XML, 1.0))
    assert origins(reading, draft(reading)) == {
        "number": Source.XML,
        "company": Source.TEXT,
        "currency": Source.DEFAULT,
    }


def test_draft_of_negative_credit_note_owes_its_absolute_amounts() -> None:
    reading = read(
        kind=Kind.CREDIT_NOTE, total=Decimal("-233.47"), tax=Decimal("-14.99"), paid=Decimal(5), issue_date=ISSUED
    )
    result = draft(reading)
    assert (result.kind, result.total, result.tax) == (DocumentKind.CREDIT_NOTE, Decimal("233.47"), Decimal("14.99"))
    assert (result.due_on, result.paid) == (None, 0)


def test_draft_leaves_out_what_was_misread() -> None:
    reading = read(number="x" * 101, buyer_name="Acme", buyer_country="FRA", buyer_street="y" * 301)
    result = draft(reading)
    assert (result.number, result.company) == ("", Company("Acme"))


def test_draft_takes_country_in_any_case() -> None:
    assert draft(read(buyer_country="fr")).company.country == "FR"


def test_complete_draft_without_essentials_says_what_is_missing() -> None:
    with pytest.raises(InvalidFacts) as caught:
        complete(draft(read()))
    assert sorted(caught.value.fields) == ["company", "issued_on", "number", "total"]


def test_complete_draft_with_essentials_is_facts() -> None:
    reading = read(number="F-1", issue_date=ISSUED, total=Decimal(120), buyer_name="Acme", currency="USD")
    facts = complete(draft(reading))
    assert (facts.number, facts.due_on, facts.currency, facts.total) == ("F-1", date(2026, 2, 4), "USD", Decimal(120))


OWN = OwnIdentity(names=("Atelier Nord",), vat_numbers=("FR 12 345",))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"net": Decimal(100), "tax": Decimal(20), "total": Decimal(120)}, []),
        ({"net": Decimal(100), "tax": Decimal(20), "total": Decimal(125)}, ["Net and tax do not add up to the total."]),
        ({"issue_date": ISSUED, "due_date": date(2026, 1, 4)}, ["The due date lies before the issue date."]),
        ({"seller_name": "ATELIER NORD SAS"}, []),
        ({"seller_name": "Nordwerk", "seller_vat_number": "FR12345"}, []),
        (
            {"seller_name": "Atelier Sud"},
            ["This document was issued by Atelier Sud, not by your organization."],
        ),
    ],
)
def test_reading_warnings_name_what_is_odd(values: dict[str, Any], expected: list[str]) -> None:
    assert reading_warnings(read(**values), OWN) == expected


def test_reading_warnings_name_data_that_differs_from_the_page() -> None:
    notice = Notice("number-differs", (("in_xml", "F-1"), ("on_page", "F-2")))
    reading = replace(read(), warnings=(notice, Notice("figures-inconsistent")))
    assert reading_warnings(reading, OWN) == ["The embedded data says F-1 where the page says F-2."]
