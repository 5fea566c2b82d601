from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

from invoices.reading import Box, Found, Kind, Notice, Reading, Source

READING = Reading(
    kind=Found(Kind.CREDIT_NOTE, Source.XML, 1.0),
    number=Found("AV-2017-0005", Source.TEXT, 0.9, 2, Box(0.1, 0.25, 0.3, 0.2625)),
    issue_date=Found(date(2017, 11, 16), Source.XML, 1.0),
    due_date=Found(date(2017, 12, 16), Source.TERMS, 0.7),
    total=Found(Decimal("-233.470"), Source.ARITHMETIC, 0.95),
    payment_terms_days=Found(30, Source.TEXT, 0.9),
    page_count=3,
    parser="text",
    warnings=(Notice("figures-inconsistent", (("net", "1.00"), ("tax", "2.00"))), Notice("due-before-issue")),
)


def test_to_json_through_text_and_back_gives_an_equal_reading() -> None:
    again = Reading.from_json(json.loads(json.dumps(READING.to_json())))
    assert again == READING
    assert again.total is not None
    assert str(again.total.value) == "-233.470"
    assert again.kind is not None
    assert isinstance(again.kind.value, Kind)


def test_to_json_writes_amounts_as_strings_and_missing_fields_as_null() -> None:
    data = READING.to_json()
    assert data["total"]["value"] == "-233.470"
    assert data["payment_terms_days"]["value"] == 30
    assert data["net"] is None


def test_found_with_an_unknown_field_is_refused() -> None:
    assert READING.found("number") is READING.number
    with pytest.raises(KeyError):
        READING.found("parser")
