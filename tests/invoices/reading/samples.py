"""The sample invoices beside the checkout, and what is true about them."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

DIRECTORY = Path(__file__).resolve().parents[4] / "shared" / "samples" / "invoices"


@dataclass(frozen=True)
class Sample:
    file: str
    has_xml: bool
    number: str
    issue_date: str
    total: Decimal

    @property
    def content(self) -> bytes:
        return (DIRECTORY / self.file).read_bytes()


def samples(*, has_xml: bool) -> list[Sample]:
    with (DIRECTORY / "expected.csv").open(newline="", encoding="utf-8") as file:
        found = [
            Sample(
                row["file"],
                row["kind"] != "pdf-text",
                row["number"],
                row["issue_date"],
                Decimal(row["total"]),
            )
            for row in csv.DictReader(file)
        ]
    return [sample for sample in found if sample.has_xml == has_xml]
