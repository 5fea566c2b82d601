"""How well and how fast PDFs are read: field by field against what is known, beside another open tool."""

from __future__ import annotations

import csv
import importlib
import importlib.util
import logging
import shutil
import statistics
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from django.utils.translation import gettext as _

from billabex.core.errors import InvalidInput

from .sandbox import PdfReader

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Callable, Iterable, Mapping, Sequence

FIELDS = {
    "number": "number",
    "issue_date": "issue_date",
    "due_date": "due_date",
    "total": "total",
    "tax": "tax",
    "currency": "currency",
    "seller": "seller_name",
    "buyer": "buyer_name",
}
"""The columns that are compared, by their name in the CSV: the field of our reading."""
ESSENTIAL = ("number", "issue_date", "total")
AMOUNTS = frozenset({"total", "tax"})
HALF_CENT = Decimal("0.005")
RIVAL = "invoice2data"
RIVAL_FIELDS = {
    "number": "invoice_number",
    "issue_date": "date",
    "due_date": "date_due",
    "total": "amount",
    "tax": "amount_tax",
    "currency": "currency",
    "seller": "issuer",
    "buyer": "partner_name",
}
"""The same columns: what the other tool calls them."""
HELP = """\
Read the PDFs of a directory and compare each field with what the CSV says.
The CSV has the columns file, kind, number, issue_date, due_date, total, tax, currency, seller, buyer;
an empty value is not compared. "kind" only groups the files.
invoice2data reads the same files in turn when it is there. It is no dependency; have it for one run with
    uv run --with invoice2data manage.py bench pdf DIR --expected CSV
and install the program pdftotext (package poppler-utils), which it calls."""

type Values = Mapping[str, str | None]


class Verdict(StrEnum):
    """What became of one field."""

    RIGHT = "right"
    WRONG = "wrong"
    MISSING = "missing"


class Contestant(Protocol):
    """Something that reads PDFs."""

    name: str

    def read(self, path: Path) -> Values:
        """Return what it finds by column; empty when it cannot read the file."""


@dataclass(frozen=True, slots=True)
class Known:
    """A file and what is true about it."""

    path: Path
    kind: str
    values: Mapping[str, str]


@dataclass
class Score:
    """What one contestant achieved."""

    name: str
    counts: dict[str, Counter[Verdict]] = field(default_factory=dict)
    essentials: dict[str, Counter[bool]] = field(default_factory=dict)
    milliseconds: list[float] = field(default_factory=list)

    def add(self, known: Known, found: Values, milliseconds: float) -> None:
        """Count one file."""
        self.milliseconds.append(milliseconds)
        verdicts = {column: judge(column, value, found.get(column)) for column, value in known.values.items()}
        for column, verdict in verdicts.items():
            self.counts.setdefault(column, Counter())[verdict] += 1
        is_right = all(verdicts.get(column, Verdict.RIGHT) is Verdict.RIGHT for column in ESSENTIAL)
        self.essentials.setdefault(known.kind, Counter())[is_right] += 1


class Ours:
    """The reader of this project, in its child process."""

    name = "billabex"

    def __init__(self, reader: PdfReader) -> None:
        self._reader = reader

    def read(self, path: Path) -> Values:
        """Return what our reader finds."""
        try:
            reading = self._reader.read(path.read_bytes())
        except InvalidInput:
            return {}
        found = {column: reading.found(name) for column, name in FIELDS.items()}
        return {column: None if one is None else str(one.value) for column, one in found.items()}


class Theirs:
    """invoice2data with the templates it comes with, loaded once."""

    name = RIVAL

    def __init__(self) -> None:
        logging.getLogger(RIVAL).setLevel(logging.CRITICAL)  # it reports every file that no template fits
        self._extract: Callable[..., dict[str, Any]] = importlib.import_module(RIVAL).extract_data
        self._templates = importlib.import_module(f"{RIVAL}.extract.loader").read_templates()

    def read(self, path: Path) -> Values:
        """Return what it finds."""
        try:
            found = self._extract(str(path), templates=self._templates)
        except Exception:  # noqa: BLE001 - whatever it raises, it has not read the file
            return {}
        return {column: _plain(found.get(name)) for column, name in RIVAL_FIELDS.items()}


def _plain(value: object) -> str | None:
    if value is None or value == "":
        return None
    is_day = hasattr(value, "date") and hasattr(value, "isoformat")
    return str(value)[: len("2026-11-22")] if is_day else str(value)


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the files and what is known about them."""
    parser.add_argument("directory", metavar="DIR", type=Path, help="where the PDFs are")
    parser.add_argument("--expected", required=True, metavar="CSV", type=Path, help="what is known about them")


def run(write: Callable[[str], object], *, directory: Path, expected: Path, **_options: Any) -> None:
    """Read every file with every contestant and print the score.

    Raises:
        InvalidInput: The CSV cannot be read, or names no PDF of the directory.
    """
    files = known_files(directory, expected)
    reason = why_no_rival()
    with ExitStack() as stack:
        contestants: list[Contestant] = [Ours(stack.enter_context(PdfReader()))]
        if not reason:
            contestants.append(Theirs())
        scores = measure(contestants, files)
    for line in table(scores, len(files)):
        write(line)
    if reason:
        write(reason)


def known_files(directory: Path, expected: Path) -> list[Known]:
    """Return the PDFs of the directory that the CSV describes.

    Raises:
        InvalidInput: The CSV cannot be read, or names none.
    """
    try:
        with expected.open(newline="", encoding="utf-8-sig") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InvalidInput(_("The CSV file cannot be read. Please check its path and that it is UTF-8.")) from error
    found = [
        Known(
            directory / row["file"],
            row.get("kind") or "pdf",
            {column: value for column in FIELDS if (value := (row.get(column) or "").strip())},
        )
        for row in rows
        if row.get("file") and (directory / row["file"]).is_file() and row["file"].lower().endswith(".pdf")
    ]
    if not found:
        raise InvalidInput(_("The CSV file names no PDF of this directory in its column “file”."))
    return found


def why_no_rival() -> str:
    """Return why the other tool cannot be measured, or nothing."""
    if importlib.util.find_spec(RIVAL) is None:
        return _("invoice2data is not installed; run this with: uv run --with invoice2data manage.py bench pdf …")
    if shutil.which("pdftotext") is None:
        return _(
            "invoice2data is not measured: the program pdftotext (package poppler-utils), which it needs, is missing."
        )
    return ""


def measure(contestants: Sequence[Contestant], files: Iterable[Known]) -> list[Score]:
    """Return what each contestant finds in the files.

    They take turns at every file, so that what else the machine does at the time slows all of them down.
    """
    scores = [Score(contestant.name) for contestant in contestants]
    for known in files:
        for contestant, score in zip(contestants, scores, strict=True):
            start = time.perf_counter()
            found = contestant.read(known.path)
            score.add(known, found, (time.perf_counter() - start) * 1000)
    return scores


def judge(column: str, expected: str, found: str | None) -> Verdict:
    """Return whether a value is right; amounts by their value, names whatever their case and spaces."""
    if found is None:
        return Verdict.MISSING
    is_right = _same_amount(expected, found) if column in AMOUNTS else _same_text(expected, found)
    return Verdict.RIGHT if is_right else Verdict.WRONG


def _same_amount(expected: str, found: str) -> bool:
    try:
        return abs(Decimal(expected) - Decimal(found)) < HALF_CENT
    except InvalidOperation:
        return False


def _same_text(expected: str, found: str) -> bool:
    return "".join(expected.split()).casefold() == "".join(found.split()).casefold()


def table(scores: list[Score], file_count: int) -> list[str]:
    """Return the scores as aligned lines: a row for each field, three columns for each contestant."""
    lines = [
        f"{f'{file_count} files':<34}" + "".join(f"{score.name:>26}" for score in scores),
        f"{'':<34}" + "".join(f"{'right':>10}{'wrong':>8}{'missing':>8}" for _score in scores),
    ]
    for column in FIELDS:
        counts = [score.counts.get(column, Counter()) for score in scores]
        if any(counts):
            lines.append(f"{column:<34}" + "".join(_counted(count) for count in counts))
    for kind in sorted({kind for score in scores for kind in score.essentials}):
        shares = (_share(score.essentials.get(kind, Counter())) for score in scores)
        lines.append(f"{f'number, date and total, {kind}':<34}" + "".join(f"{share:>26}" for share in shares))
    for name, pick in (("ms, median", statistics.median), ("ms, max", max)):
        lines.append(f"{name:<34}" + "".join(f"{pick(score.milliseconds):>26.1f}" for score in scores))
    return lines


def _counted(count: Counter[Verdict]) -> str:
    return f"{count[Verdict.RIGHT]:>10}{count[Verdict.WRONG]:>8}{count[Verdict.MISSING]:>8}"


def _share(counts: Counter[bool]) -> str:
    return f"{counts[True]} of {counts.total()} ({counts[True] / max(counts.total(), 1):.0%})"
