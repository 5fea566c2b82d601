"""Why a spreadsheet cannot be read, as the code that reads it says it: a code and facts.

The sentences for people are in `errors`; they need Django, which the child process does without.
"""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """One cause each; `errors.SENTENCES` has a sentence for every one of them."""

    EMPTY = "empty"
    TOO_BIG = "too-big"
    NOT_A_SPREADSHEET = "not-a-spreadsheet"
    OLD_WORKBOOK = "old-workbook"
    BROKEN_TEXT = "broken-text"
    BROKEN_WORKBOOK = "broken-workbook"
    TOO_MANY_ROWS = "too-many-rows"
    TOO_MANY_COLUMNS = "too-many-columns"
    TOO_MANY_CELLS = "too-many-cells"
    TOO_DEMANDING = "too-demanding"


class Refused(Exception):
    """The file cannot be read, for `reason`; `facts` fill the sentence."""

    def __init__(self, reason: Reason, **facts: int) -> None:
        super().__init__(reason, facts)
        self.reason = reason
        self.facts = facts
