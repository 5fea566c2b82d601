"""Invented invoices: every field of every one is known, so the share that is read right is too."""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING

import pytest

from invoices.reading import Limits, OwnIdentity
from invoices.reading.engine import read_document

from .invented import invented

if TYPE_CHECKING:
    from invoices.reading import Reading

    from .invented import Invented

INVOICES = invented(14)


@cache
def _reading(one: Invented) -> Reading:
    return read_document(one.pdf, OwnIdentity(), Limits())


def _wrong(one: Invented, reading: Reading) -> list[str]:
    """Return the names of the fields that are known and not read right."""
    wrong = []
    for field in fields(one.truth):
        truth, found = getattr(one.truth, field.name), reading.found(field.name)
        if truth is not None and (found is None or found.value != truth):
            wrong.append(field.name)
    return wrong


@pytest.mark.parametrize("one", INVOICES, ids=lambda one: one.name)
def test_read_pdf_of_an_invented_invoice_gets_what_matters_right(one: Invented) -> None:
    wrong = _wrong(one, _reading(one))
    assert not {"kind", "number", "issue_date", "total", "currency"} & set(wrong)


def test_read_pdf_of_invented_invoices_reads_95_percent_of_the_fields() -> None:
    known = sum(getattr(one.truth, field.name) is not None for one in INVOICES for field in fields(one.truth))
    wrong = [name for one in INVOICES for name in _wrong(one, _reading(one))]
    assert len(wrong) <= 0.05 * known, wrong
