"""Invented invoices: every field of every one is known, so the share that is read right is too."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

import pytest

from invoices.reading import PdfReader

from .invented import invented

if TYPE_CHECKING:
    from collections.abc import Iterator

    from invoices.reading import Reading

    from .invented import Invented

INVOICES = invented(14)


@pytest.fixture(scope="module")
def reader() -> Iterator[PdfReader]:
    with PdfReader() as reader:
        yield reader


def _wrong(one: Invented, reading: Reading) -> list[str]:
    """Return the names of the fields that are known and not read right."""
    wrong = []
    for field in fields(one.truth):
        truth, found = getattr(one.truth, field.name), reading.found(field.name)
        if truth is not None and (found is None or found.value != truth):
            wrong.append(field.name)
    return wrong


@pytest.mark.parametrize("one", INVOICES, ids=lambda one: one.name)
def test_read_pdf_of_an_invented_invoice_gets_what_matters_right(reader: PdfReader, one: Invented) -> None:
    wrong = _wrong(one, reader.read(one.pdf))
    assert not {"kind", "number", "issue_date", "total", "currency"} & set(wrong)


def test_read_pdf_of_invented_invoices_reads_95_percent_of_the_fields(reader: PdfReader) -> None:
    known = sum(getattr(one.truth, field.name) is not None for one in INVOICES for field in fields(one.truth))
    wrong = [name for one in INVOICES for name in _wrong(one, reader.read(one.pdf))]
    assert len(wrong) <= 0.05 * known, wrong
