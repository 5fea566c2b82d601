"""What is wrong with a file, by row and column: counted in full, kept as far as a person reads."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_KEPT = 200


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing that is wrong.

    Attributes:
        sentence: What, and what to do.
        row: The row's number in the file, as spreadsheet programs count; None when the whole file is meant.
        column: The column's title in the file, or what it is called here; empty when the whole row is meant.
    """

    sentence: str
    row: int | None = None
    column: str = ""


@dataclass(slots=True)
class Issues:
    """All that is wrong with a file.

    Attributes:
        kept: The first of them.
        count: How many there are.
        rows: The numbers of the rows that have any.
    """

    kept: list[Issue] = field(default_factory=list)
    count: int = 0
    rows: set[int] = field(default_factory=set)

    def __bool__(self) -> bool:
        return self.count > 0

    def add(self, sentence: str, *, row: int | None = None, column: str = "") -> None:
        """Note one more."""
        self.count += 1
        if row is not None:
            self.rows.add(row)
        if len(self.kept) < MAX_KEPT:
            self.kept.append(Issue(sentence, row, column))

    def in_order(self) -> Sequence[Issue]:
        """Return those kept as they stand in the file."""
        return sorted(self.kept, key=lambda issue: issue.row or 0)
