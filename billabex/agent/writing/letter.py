"""A letter: everything a message says, in order, as plain text that is not laid out yet.

Both parts of a message are laid out from the same letter, so that they cannot say different things.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# Control characters break headers and lines; changes of direction make a name read as another; lone surrogates
# cannot be encoded. Joiners stay: names in Persian, Hindi and emoji need them.
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def clean(text: str) -> str:
    """Return text from outside as one printable line.

    Names reach headers and single lines of a plain text: nothing in them may start a new line or hide.
    """
    return " ".join(_UNSAFE.sub(" ", text).split())


@dataclass(frozen=True, slots=True)
class InlineImage:
    """A picture that travels with the message: the HTML shows it as `cid:<cid>`."""

    cid: str
    png: bytes


@dataclass(frozen=True, slots=True)
class Row:
    """An invoice as the letter writes it: `days` is the delay alone ("3 days"), `status` what the list says."""

    number: str
    issued: str
    due: str
    days: str
    status: str
    amount: str
    remaining: str
    issued_line: str
    due_line: str
    amount_line: str
    remaining_line: str


@dataclass(frozen=True, slots=True)
class Group:
    """The invoices under one heading."""

    heading: str
    is_late: bool
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A label and its value."""

    label: str
    value: str
    is_credit: bool = False


@dataclass(frozen=True, slots=True)
class Total:
    """What is owed in one currency: how it comes about, when there is more than one part, and the result."""

    parts: tuple[Line, ...]
    result: Line


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code that a banking app reads."""

    image: InlineImage
    caption: str
    alt: str


@dataclass(frozen=True, slots=True)
class Payment:
    """How to pay: bank details, a code, a link, or where to ask for them."""

    heading: str
    lines: tuple[Line, ...]
    link: Line | None
    note: str
    code: Code | None = None


@dataclass(frozen=True, slots=True)
class InterestRow:
    """The interest of one half-year."""

    half_year: str
    percent: str
    days: str
    amount: str


@dataclass(frozen=True, slots=True)
class InterestGroup:
    """The interest on one invoice."""

    heading: str
    rows: tuple[InterestRow, ...]


@dataclass(frozen=True, slots=True)
class Annex:
    """What late payment costs by law, worked out, for information."""

    heading: str
    columns: tuple[str, str, str, str]
    groups: tuple[InterestGroup, ...]
    totals: tuple[Line, ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A message, from subject to notice; what it has none of is empty."""

    language: str
    subject: str
    organization: str
    greeting: str
    opening: tuple[str, ...]
    statement: str = ""
    columns: tuple[str, ...] = ()
    colon: str
    groups: tuple[Group, ...] = ()
    totals: tuple[Total, ...] = ()
    credit: str = ""
    payment: Payment | None = None
    closing: tuple[str, ...]
    annex: Annex | None = None
    regards: str
    signature: tuple[str, ...]
    notice: str
