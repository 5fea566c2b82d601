"""Address blocks: lines that stand together, their headings, and the parts of an address in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from .folding import has_digit
from .keyed import is_key
from .lexicon import TITLES, Label
from .names import PERSON, Name, has_company_form, name_from, name_in
from .postal import MAX_LINE, Postal, postal_in
from .sheet import shares_column

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .lexicon import Match
    from .sheet import Entry, Sheet

ALIGNED = 5.0
POSTAL_GAP = 3.2  # likewise before the postal code, which people like to set apart
LINE_GAP = 2.3  # of the text's height: the most that lines of one block lie apart
HANDED_DOWN = 4.0  # of the text's height: how far under its heading a block may begin
UNEVEN = 1.9  # times the block's own line gap: more is another block
LETTERHEAD = 1.5  # times the height of the text under it
MAX_LINES = 9

TOLD = frozenset({Label.NUMBER, Label.CREDIT_NUMBER, Label.ISSUED, Label.DUE})
FACTS = TITLES | TOLD
BULLETS = re.compile(r"\s+[•·|●∙◦–—-]\s+|\s*[•·|●∙]\s*")
REMARK = re.compile(r"\s*\([^)]*\)")


@dataclass
class Block:
    """Lines that stand together, and what they say."""

    lines: list[Entry]
    heading: Label | None = None
    heading_rest: tuple[Entry, int] | None = None
    title: Entry | None = None
    has_return_line: bool = False

    @property
    def first(self) -> Entry:
        """The topmost line."""
        return self.lines[0]

    @property
    def sheet(self) -> Sheet:
        """The page it stands on."""
        return self.first.sheet

    @cached_property
    def postal(self) -> tuple[int, Postal] | None:
        """The line with the postal code, if there is one; of several the surest, of those the first."""
        found = [(i, line.postal) for i, line in enumerate(self.lines) if line.postal and not is_titled(line)]
        return max(found, key=lambda one: one[1].sure, default=None)

    @cached_property
    def name(self) -> Name | None:
        """The name of the company."""
        if self.heading_rest is not None:
            entry, start = self.heading_rest
            return name_from(entry, start, [line for line in self.lines if line is not entry][:1])
        last = self.postal[0] if self.postal else len(self.lines)
        return name_in(self.lines[: max(last, 1)])


def is_titled(line: Entry) -> bool:
    """Return whether a line is a title and a number, which looks like a city and its postal code."""
    first = line.headings[0] if line.headings else None
    return first is not None and first.start == 0 and not first.labels.isdisjoint(TITLES | {Label.NUMBER})


def _is_fact(line: Entry) -> bool:
    """Return whether a line is the title of the document, its number or a date, alone or with its label."""
    first = line.headings[0] if line.headings else None
    if first is None or first.start > 0 or first.labels.isdisjoint(FACTS) or has_company_form(line.folded):
        return False
    rest = line.text[first.end :].strip(" .:#°º")
    return not rest or (has_digit(rest) and len(rest) <= MAX_LINE // 2)


def _is_key_under_fact(entry: Entry) -> bool:
    """Return whether a line goes on a table of facts, as `Kind of sale | Services` under `Due date | 31/05/2026`."""
    value = entry.sheet.right_of(entry)[:1]
    for over in entry.sheet.above(entry) if value else ():
        told = over.sheet.right_of(over)[:1]
        if told and _is_flush(over, entry) and _is_flush(told[0], value[0]):
            first = over.headings[0] if over.headings else None
            is_label = first is not None and first.labels & TOLD and len(over.folded) - first.end <= 1
            return (bool(is_label) and has_digit(told[0].text)) or _is_key_under_fact(over)
    return False


def _is_flush(one: Entry, other: Entry) -> bool:
    return min(abs(one.cell.x0 - other.cell.x0), abs(one.cell.x1 - other.cell.x1)) <= ALIGNED


def blocks_of(sheet: Sheet) -> list[Block]:
    """Return the groups of lines that stand together on a page, top to bottom."""
    blocks: list[Block] = []
    for entry in sheet.entries:
        heading = _heading(entry)
        if is_return_line(entry) or (heading is None and (_is_fact(entry) or _is_key_under_fact(entry))):
            continue
        if heading is not None and PERSON.match(entry.folded) and any(_continues(block, entry) for block in blocks):
            heading = None
        home = None if heading else next((block for block in reversed(blocks) if _continues(block, entry)), None)
        if home is not None:
            home.lines.append(entry)
        else:
            block = Block([entry])
            if heading is not None:
                block.heading, start = heading
                if start < len(entry.text):
                    block.heading_rest = (entry, start)
            blocks.append(block)
    for block in blocks:
        _take_heading_out(block)
    filled = _without_tables(block for block in blocks if block.lines)
    for block in blocks:
        if block.title is not None and not block.lines:
            _hand_down(block, block.title, filled)
    return filled


def _without_tables(blocks: Iterable[Block]) -> list[Block]:
    """Give the heading over a table of keys and values to the block of its values, which is the whole address."""
    kept = list(blocks)
    for table in [block for block in kept if block.title is not None]:
        for values in kept:
            if values.heading is None and any(line in values.lines for line in table.lines):
                values.heading = table.heading
                kept.remove(table)
                break
    return kept


def _hand_down(block: Block, title: Entry, others: list[Block]) -> None:
    """Give the heading of an empty block to the nearest one under it, wherever its lines are aligned."""
    below = [
        other
        for other in others
        if other.heading is None
        and other.sheet is title.sheet
        and -1 <= other.first.cell.y0 - title.cell.y1 <= HANDED_DOWN * title.cell.height
        and shares_column(title.cell, other.first.cell)
    ]
    nearest = min(below, key=lambda other: other.first.cell.y0, default=None)
    if nearest is not None:
        nearest.heading = block.heading


def _heading(entry: Entry) -> tuple[Label, int] | None:
    """Return what party a cell is the heading of, and where the rest of its text begins."""
    for match in entry.parties[:1]:
        kind = _party(match)
        if kind is None or match.start > 0:
            continue
        end = _end_of_heading(entry, kind)
        remark = REMARK.match(entry.folded, end)
        rest = entry.folded[remark.end() if remark else end :]
        stripped = rest.lstrip(" :.-)")
        is_colon = rest.lstrip(" .").startswith(":")
        if not stripped or (is_colon and not stripped[0].isdigit()):
            return kind, len(entry.text) - len(stripped)
    return None


def _end_of_heading(entry: Entry, kind: Label) -> int:
    """Return where a heading ends that may be said in two languages: `Klant / Client`."""
    end = entry.parties[0].end
    for match in entry.parties[1:]:
        if _party(match) is kind and not entry.folded[end : match.start].strip(" /|-"):
            end = match.end
    return end


def _party(match: Match) -> Label | None:
    return next((kind for kind in (Label.DELIVERY, Label.BUYER, Label.SELLER) if kind in match.labels), None)


def _continues(block: Block, entry: Entry) -> bool:
    last, cell = block.lines[-1].cell, entry.cell
    gap = cell.y0 - last.y1
    height = max(min(last.height, cell.height), 1.0)
    if not -0.6 * height <= gap <= POSTAL_GAP * height or cell.row == last.row or len(block.lines) >= MAX_LINES:
        return False
    if last.height > LETTERHEAD * cell.height and gap > cell.height:
        return False  # the issuer's name in large print, and an address apart from it
    closes = entry.postal is not None and not any(line.postal for line in block.lines)
    if gap > LINE_GAP * height and not closes:
        return False
    if len(block.lines) > 1 and not closes:
        usual = block.lines[1].cell.y0 - block.lines[0].cell.y1
        if gap > max(UNEVEN * max(usual, 1.0), usual + 0.5 * height):
            return False
    centre = abs((last.x0 + last.x1) - (cell.x0 + cell.x1)) / 2
    return min(abs(last.x0 - cell.x0), abs(last.x1 - cell.x1) + 2, centre + 2) <= ALIGNED


def _take_heading_out(block: Block) -> None:
    if block.heading is None:
        return
    if block.heading_rest is None:
        block.title = block.lines.pop(0)
    # In a table of keys and values, the lines are the values.
    block.lines = [_value_of(line) for line in block.lines]


def _value_of(line: Entry) -> Entry:
    beside = line.sheet.right_of(line)
    return beside[0] if beside and (line.text.rstrip().endswith(":") or is_key(line.folded)) else line


def parts_of_line(text: str) -> list[str]:
    """Return what bullets separate, or commas where there are no bullets."""
    by_bullet = [part.strip() for part in BULLETS.split(text) if part.strip()]
    return by_bullet if len(by_bullet) > 1 else [part.strip() for part in text.split(", ") if part.strip()]


def is_return_line(entry: Entry) -> bool:
    """Return whether a cell is an address in one line: `Lieferant GmbH · Straße 20 · 80333 München`."""
    beside = entry.sheet.left_of(entry)[:1]
    if len(entry.text) > 3 * MAX_LINE or not has_digit(entry.text) or any(is_key(one.folded) for one in beside):
        return False
    parts = parts_of_line(entry.text)
    return len(parts) >= 3 and any(postal_in(part) for part in parts[1:])  # noqa: PLR2004
