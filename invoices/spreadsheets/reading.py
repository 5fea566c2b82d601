"""Reading a spreadsheet, whichever of the formats it is in, told by its content."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from .cells import bounded, decode_row
from .csvfile import rows_of_csv
from .errors import UnreadableSpreadsheet
from .limits import MEGABYTE, Limits
from .refusal import Reason, Refused

if TYPE_CHECKING:
    from .cells import Row

ROOT = Path(__file__).resolve().parents[2]
ARCHIVE = b"PK\x03\x04"
OLD_CONTAINER = b"\xd0\xcf\x11\xe0"
LIMITS = Limits()


def read_rows(content: bytes) -> list[Row]:
    """Return the rows of a CSV file, or of the first sheet of a workbook.

    Rows keep their place (row 1 is the first of the list); blank ones are empty lists, none at the end.

    Raises:
        UnreadableSpreadsheet: It is none, is damaged, or costs more than `Limits` allow.
    """
    try:
        rows = _rows(content)
    except Refused as refused:
        raise UnreadableSpreadsheet(refused.reason, **refused.facts) from refused
    if not any(rows):
        raise UnreadableSpreadsheet(Reason.EMPTY)
    return rows


def _rows(content: bytes) -> list[Row]:
    if len(content) > LIMITS.max_bytes:
        raise Refused(Reason.TOO_BIG, limit=LIMITS.max_bytes // MEGABYTE)
    if content.startswith(OLD_CONTAINER):
        raise Refused(Reason.OLD_WORKBOOK)
    if content.startswith(ARCHIVE):
        return _rows_by_child(content)
    return list(bounded(rows_of_csv(content), LIMITS))


def _rows_by_child(content: bytes) -> list[Row]:
    """Have a workbook read in a process of its own, which can be stopped and has nothing to lose."""
    try:
        answer = subprocess.run(
            [sys.executable, "-m", "invoices.spreadsheets.child"],
            cwd=ROOT,
            # Nothing of the parent's environment: it holds the secrets.
            env={"PYTHONPATH": os.fspath(ROOT), "PYTHONUTF8": "1"},
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=LIMITS.seconds,
            start_new_session=True,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Refused(Reason.TOO_DEMANDING) from error
    lines = answer.stdout.splitlines()
    if answer.returncode or not lines:  # a limit ended it
        raise Refused(Reason.TOO_DEMANDING)
    outcome = json.loads(lines.pop())
    if outcome["refused"]:
        raise Refused(Reason(outcome["refused"]), **outcome["facts"])
    return [decode_row(line) for line in lines]
