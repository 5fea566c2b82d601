"""The sample invoices of other people's making, scored against what is known about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from invoices.reading import PdfReader, read_pdf
from invoices.reading.bench import Ours, Verdict, known_files, measure

from .samples import DIRECTORY, samples

if TYPE_CHECKING:
    from collections.abc import Iterator

    from invoices.reading import Reading

    from .samples import Sample


@pytest.fixture(scope="module")
def reader() -> Iterator[PdfReader]:
    with PdfReader() as reader:
        yield reader


def _is_right(reading: Reading, sample: Sample) -> bool:
    return (
        reading.number is not None
        and reading.number.value == sample.number
        and reading.issue_date is not None
        and reading.issue_date.value.isoformat() == sample.issue_date
        and reading.total is not None
        and reading.total.value == sample.total
    )


@pytest.mark.parametrize("sample", samples(has_xml=True), ids=lambda sample: sample.file)
def test_read_pdf_with_xml_is_exact(reader: PdfReader, sample: Sample) -> None:
    reading = reader.read(sample.content)
    assert _is_right(reading, sample)
    assert reading.number is not None
    assert (reading.number.source, reading.number.confidence) == ("xml", 1.0)


def test_read_pdf_without_xml_is_right_on_nine_of_ten(reader: PdfReader) -> None:
    found = [(sample, reader.read(sample.content)) for sample in samples(has_xml=False)]
    right = [sample for sample, reading in found if _is_right(reading, sample)]
    assert len(right) >= 0.9 * len(found), {sample.file for sample, _ in found} - {one.file for one in right}
    assert {reading.parser for _, reading in found} == {"text"}


def test_read_pdf_alone_reads_the_same_as_a_reader_of_many(reader: PdfReader) -> None:
    content = samples(has_xml=True)[0].content
    assert read_pdf(content) == reader.read(content)


def test_measure_of_the_samples_finds_every_known_field_right(reader: PdfReader) -> None:
    (score,) = measure([Ours(reader)], known_files(DIRECTORY, DIRECTORY / "expected.csv"))
    wrong = {column: counts for column, counts in score.counts.items() if set(counts) != {Verdict.RIGHT}}
    assert wrong == {}
