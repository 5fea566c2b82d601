"""Print what is read from PDF invoices and credit notes."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from billabex.core.errors import InvalidInput
from invoices.reading import Limits, PdfReader

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from invoices.reading import Found, Reading

FIELDS = {
    "kind": "kind",
    "number": "number",
    "issueDate": "issue_date",
    "dueDate": "due_date",
    "currency": "currency",
    "total": "total",
    "tax": "tax",
    "paid": "paid",
    "seller": "seller_name",
    "buyer": "buyer_name",
    "purchaseOrder": "purchase_order",
    "iban": "iban",
}
"""What is printed, by its name there: the field of the reading."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file."""

    file: str
    milliseconds: float
    reading: Reading | None = None
    error: str = ""


class Command(BaseCommand):
    """Read every file; end with status 1 when any of them cannot be read."""

    help = "Print what is read from PDF invoices and credit notes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the files and the format."""
        parser.add_argument("files", nargs="+", metavar="FILE", help="a PDF file")
        parser.add_argument("--json", action="store_true", help="print one JSON object a line")

    def handle(self, *, files: list[str], **options: Any) -> None:
        """Read the files one after the other with one child process."""
        has_failed = False
        with PdfReader() as reader:
            for file in files:
                outcome = read_file(reader, file)
                has_failed |= outcome.reading is None
                self.stdout.write(as_json(outcome) if options["json"] else as_text(outcome))
        if has_failed:
            sys.exit(1)


def read_file(reader: PdfReader, file: str) -> Outcome:
    """Return what one file says, or why it says nothing."""
    start = time.perf_counter()

    def spent() -> float:
        return round((time.perf_counter() - start) * 1000, 1)

    try:
        with Path(file).open("rb") as opened:
            content = opened.read(Limits().max_bytes + 1)  # no more than it takes to see that there are too many
        reading = reader.read(content)
    except InvalidInput as error:
        return Outcome(file, spent(), error=str(error))
    except FileNotFoundError:
        return Outcome(file, spent(), error=_("There is no such file. Please check its path."))
    except OSError:
        return Outcome(file, spent(), error=_("This file cannot be opened. Please check that it is a readable file."))
    return Outcome(file, spent(), reading)


def as_json(outcome: Outcome) -> str:
    """Return one line of JSON."""
    if outcome.reading is None:
        return json.dumps(
            {"file": outcome.file, "error": outcome.error, "ms": outcome.milliseconds}, ensure_ascii=False
        )
    found = {name: outcome.reading.found(field) for name, field in FIELDS.items()}
    data: dict[str, Any] = {"file": outcome.file}
    data |= {name: None if one is None else _plain(one) for name, one in found.items()}
    data["source"] = {name: None if one is None else one.source for name, one in found.items()}
    data["confidence"] = {name: None if one is None else one.confidence for name, one in found.items()}
    data["ms"] = outcome.milliseconds
    return json.dumps(data, ensure_ascii=False)


def _plain(found: Found[Any]) -> str | float:
    value = found.value
    if isinstance(value, Decimal):
        return float(value)
    return str(value)


def as_text(outcome: Outcome) -> str:
    """Return a few aligned lines for people."""
    if outcome.reading is None:
        return f"{outcome.file}\n  {outcome.error}\n"
    lines = [outcome.file]
    for name, field in FIELDS.items():
        found = outcome.reading.found(field)
        if found is not None:
            lines.append(f"  {name:<14} {found.value!s:<40} {found.source:<10} {found.confidence:>4.0%}")
    lines += [f"  {'warning':<14} {notice.code}" for notice in outcome.reading.warnings]
    return "\n".join([*lines, f"  {'ms':<14} {outcome.milliseconds}", ""])
