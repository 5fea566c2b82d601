"""Invoices of sixty strangers, ten looks in seven languages: the share of what is known that is read right.

A few are read by default. `READING_STRANGERS=60` reads all that the project counts, and a larger number more.
"""

from __future__ import annotations

import os
from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING

import pytest

from invoices.reading import Limits, OwnIdentity
from invoices.reading.engine import read_document

from .strangers.invoices import strangers_invoices

if TYPE_CHECKING:
    from .strangers.invoices import StrangersInvoice

INVOICES = strangers_invoices(int(os.environ.get("READING_STRANGERS", "20")))


@cache
def _wrong(one: StrangersInvoice) -> dict[str, str]:
    """Return the fields that are known and not read right, with what was read."""
    reading = read_document(one.pdf, OwnIdentity(), Limits())
    wrong = {}
    for field in fields(one.truth):
        truth, found = getattr(one.truth, field.name), reading.found(field.name)
        if truth is not None and (found is None or found.value != truth):
            wrong[field.name] = f"{found and found.value} instead of {truth}"
    return wrong


@pytest.mark.parametrize("one", INVOICES, ids=lambda one: one.name)
def test_reading_of_a_strangers_invoice_gets_number_date_and_total_right(one: StrangersInvoice) -> None:
    wrong = _wrong(one)
    assert {name: wrong[name] for name in ("kind", "number", "issue_date", "total", "currency") if name in wrong} == {}


def test_reading_of_strangers_invoices_gets_95_percent_of_the_fields_right() -> None:
    known = sum(getattr(one.truth, field.name) is not None for one in INVOICES for field in fields(one.truth))
    wrong = [(one.name, name, what) for one in INVOICES for name, what in _wrong(one).items()]
    assert len(wrong) <= 0.05 * known, wrong
