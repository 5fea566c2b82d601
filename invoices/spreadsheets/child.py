"""The child process: opens workbooks of strangers, alone, under hard limits.

Run as `python -m invoices.spreadsheets.child`. A fresh interpreter without Django, so it has no settings, no database
and no secrets to lose. It reads one workbook from standard input, and answers with lines of JSON: rows, and at the
very end what came of it.
"""

from __future__ import annotations

import contextlib
import json
import resource
import sys

from .cells import bounded, encode_row
from .limits import Limits
from .refusal import Reason, Refused

MAX_OPEN_FILES = 32


def main() -> None:
    """Answer with the rows of the workbook on standard input."""
    limits = Limits()
    _confine(limits)
    outcome: dict[str, object] = {"refused": None, "facts": {}}
    write = sys.stdout.write
    try:
        # Imported under the limits: what it allocates counts, too.
        from .workbook import rows_of_workbook  # noqa: PLC0415

        for row in bounded(rows_of_workbook(sys.stdin.buffer.read(), limits), limits):
            write(encode_row(row) + "\n")
    except Refused as refused:
        outcome = {"refused": refused.reason, "facts": refused.facts}
    except MemoryError:
        outcome = {"refused": Reason.TOO_DEMANDING, "facts": {}}
    write(json.dumps(outcome) + "\n")
    sys.stdout.flush()


def _confine(limits: Limits) -> None:
    wanted = [
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, int(limits.seconds)),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, MAX_OPEN_FILES),
    ]
    for limit, value in wanted:
        with contextlib.suppress(OSError, ValueError):  # some systems do not enforce some of them
            resource.setrlimit(limit, (value, resource.getrlimit(limit)[1]))


if __name__ == "__main__":
    sys.stdin.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # they are text files, whatever the stub says
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    main()
