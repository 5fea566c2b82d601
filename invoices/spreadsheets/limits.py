"""What reading one spreadsheet may cost. Without Django: the child process imports it."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that one file may hold and take.

    Attributes:
        max_bytes: Of the file as it comes.
        max_rows: Counted to the last one that holds anything.
        max_columns: Counted to the last one that holds anything.
        max_cells: Filled ones, of all rows together: what memory is spent on.
        max_unpacked_bytes: Of a workbook, which is a compressed archive.
        seconds: For opening a workbook.
        memory_bytes: Address space of the process that opens it.
    """

    max_bytes: int = 20 * MEGABYTE
    max_rows: int = 100_000
    max_columns: int = 200
    max_cells: int = 2_000_000
    max_unpacked_bytes: int = 400 * MEGABYTE
    seconds: float = 60.0
    memory_bytes: int = 768 * MEGABYTE
