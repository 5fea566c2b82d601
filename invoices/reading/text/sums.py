"""The labelled sums: every amount that a label announces, beside it, in its line or below it."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from .amounts import Amount, find_amounts
from .dates import find_dates
from .folding import has_digit
from .lexicon import Label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from invoices.reading.types import Found

    from .lexicon import Match
    from .sheet import Entry, Script

PENNY = Decimal("0.02")
INLINE, BESIDE, BELOW, BELOW_RIGHT, LISTED = 1.0, 0.95, 0.65, 0.5, 0.4
SHARED = 0.1  # less sure when several amounts follow one label
COUNT = 0.35  # less sure when a number looks like a count of things
MAX_COLUMN_ROWS = 8
MAX_REMARK = 30  # letters between a label and the amount in the next cell: `Paid on 1 April`, `Total of this invoice`
MAX_DISTANCE = 40  # letters between a label and the amount in the same cell; farther apart, it is a sentence
INCLUDED = re.compile(r"\((?:includes|including|incl|enthalt|inkl|davon|dont|incluye|di cui|waarvan|inclui)\b")
INCLUSIVE = re.compile(r"[\s.(]*(?:incl|inkl|inc\b|compr|inbegrepen|includ)")
EXCLUSIVE = re.compile(r"[\s.(]*(?:excl|exkl|exc\b|ex\b|non compr|no inclu|nao inclu)")
RATE_COLUMN = re.compile(r"[\s.)]*(?:%|rate|satz|saetze|taux|tipo|aliquota|tarief|taxa)[\s.)]*$")
NOISE = re.compile(r"[\d\s.,:%()/\-=*€$£|]|eur|euro|usd|gbp|chf|incl|inkl|excl")
RATE = re.compile(r"(?<![\d.,])(\d{1,2}(?:[.,]\d{1,3})?)\s?%")
BASE = re.compile(r"(?:\b(?:on|sur|auf|sobre|su|over|op|em)|@)\s*[(:]?\s*$")
"""What makes the amount behind it the one that the tax is worked out from: `TVA 20 % sur 480,00`."""
PERHAPS_BASE = re.compile(r"\b(?:of|from|de|aus|von|van|s)[/.]?\s*[(:]?\s*$")
"""What does so when another amount follows: `VAT of 480.00  96.00`, but `VAT of 96.00`."""


@dataclass(frozen=True, slots=True)
class Sum:
    """An amount behind a label.

    Attributes:
        amount: The amount.
        labels: What the label may mean.
        weight: How surely the two belong together.
        entry: The cell that the amount stands in.
        heading: The cell that the label stands in.
        base: What a tax is worked out from, when the same row shows it and the rate agrees.
    """

    amount: Amount
    labels: frozenset[Label]
    weight: float
    entry: Entry
    heading: Entry
    base: Decimal | None = None

    @property
    def value(self) -> Decimal:
        """The amount with its sign."""
        return self.amount.value

    def found(self, confidence: float) -> Found[Decimal]:
        """Return it as a value read."""
        return self.entry.found(self.value, confidence, self.amount.start, self.amount.end)


type Placed = tuple[Amount, Entry]


def labelled_sums(script: Script) -> list[Sum]:
    """Return the amounts that labels announce, on all pages."""
    return [one for entry in script.entries for one in _sums_of(entry, script)]


def rates_in(folded: str) -> list[Decimal]:
    """Return the percentages in a text, as shares."""
    return [Decimal(found.replace(",", ".")) / 100 for found in RATE.findall(folded)]


def are_equal(one: Decimal, other: Decimal) -> bool:
    """Return whether two amounts are the same but for rounding."""
    return abs(one - other) <= PENNY


def _sums_of(entry: Entry, script: Script) -> Iterator[Sum]:
    yield from _included(entry, script)
    labels = [one for one in entry.money if one.start == 0 or one.labels != {Label.ADDED}]
    labels = [_understood(entry, one) for one in labels if not _is_remark(entry, one)]
    for match, following in itertools.zip_longest(labels, labels[1:]):  # `Total after discount` is a total
        if Label.TAX in match.labels and (taxed := _taxed(entry, match, script)) is not None:
            yield taxed
            continue
        end = following.start if following else len(entry.text)
        inline = [
            one
            for one in find_amounts(entry.text, script.mark, match.end)
            if (one.end <= end or following is None)
            and len(NOISE.sub("", entry.folded[match.end : one.start])) <= MAX_DISTANCE
        ]
        inline = _without_bases(entry, match, _without_dates(entry, script, inline))
        if inline and (any(one.looks_like_money for one in inline) or not _has_money_beside(entry, script)):
            yield from _weighted(entry, match, [(one, entry) for one in inline], INLINE)
        elif following is None and len(NOISE.sub("", entry.folded[match.end :])) <= MAX_REMARK:
            yield from _beyond(entry, match, script)


def _understood(entry: Entry, match: Match) -> Match:
    """Return the label as the word behind it turns it: `Total VAT` is a tax, `Total (VAT incl.)` is a total."""
    if Label.TAX in match.labels:
        if INCLUSIVE.match(entry.folded, match.end):
            return replace(match, labels=frozenset({Label.TOTAL}))
        if EXCLUSIVE.match(entry.folded, match.end):
            return replace(match, labels=frozenset({Label.NET}))
    return match


def _is_remark(entry: Entry, match: Match) -> bool:
    """Return whether the word for tax only says which rate or price a column holds: `USt. %`, `Price (excl. VAT)`."""
    if Label.TAX not in match.labels:
        return False
    opened = entry.folded.rfind("(", 0, match.start)
    closed = entry.folded.find(")", opened)
    is_inside = opened > 0 and match.end <= closed and not has_digit(entry.folded[opened:closed])
    return is_inside or RATE_COLUMN.match(entry.folded, match.end) is not None


def _included(entry: Entry, script: Script) -> Iterator[Sum]:
    """Yield the tax that a total says it contains: `76,30 € (enthält 12,18 € MwSt.)`."""
    for match in INCLUDED.finditer(entry.folded):
        for amount in find_amounts(entry.text, script.mark, match.end())[:1]:
            following = next((one for one in entry.money if one.start >= amount.end), None)
            if (
                following is not None
                and Label.TAX in following.labels
                and following.start - amount.end <= len(" % de ")
            ):
                yield Sum(amount, frozenset({Label.TAX}), BESIDE, entry, entry)


def _taxed(entry: Entry, match: Match, script: Script) -> Sum | None:
    """Return the tax of a row that shows its rate and its base, too: the amount that is so much of another."""
    row = [entry, *entry.sheet.right_of(entry)]
    rates = [rate for one in (entry, *entry.sheet.left_of(entry)[:1], *row[1:3]) for rate in rates_in(one.folded)]
    placed = [
        (amount, one)
        for one in row
        for amount in find_amounts(one.text, script.mark, match.end if one is entry else 0)
        if amount.looks_like_money
    ]
    for (base, _), (tax, place) in itertools.permutations(placed, 2):
        if any(rate and tax.value and are_equal(abs(base.value) * rate, abs(tax.value)) for rate in rates):
            return Sum(tax, match.labels, INLINE, place, entry, abs(base.value) if tax.value > 0 else -abs(base.value))
    return None


def _without_dates(entry: Entry, script: Script, inline: list[Amount]) -> list[Amount]:
    """Leave out the numbers that are parts of dates: `Total due on May 6, 2026  $90.00`."""
    if not any(not one.has_decimals for one in inline):
        return inline
    dates = find_dates(entry.folded, script.order)
    return [one for one in inline if not any(day.start < one.end and one.start < day.end for day in dates)]


def _without_bases(entry: Entry, match: Match, inline: list[Amount]) -> list[Amount]:
    """Leave out the amounts that a tax is worked out from."""
    if Label.TAX not in match.labels:
        return inline
    has_more = len(inline) > 1 or any(not other.money for other in entry.sheet.right_of(entry)[:1])
    return [
        one
        for one in inline
        if not BASE.search(before := entry.folded[match.end : one.start])
        and not (has_more and PERHAPS_BASE.search(before))
    ]


def _has_money_beside(entry: Entry, script: Script) -> bool:
    """Return whether an amount stands beside a cell, so that a lone figure in it is a part of the label."""
    beside = entry.sheet.right_of(entry)[:1]
    return any(amount.looks_like_money for other in beside for amount in find_amounts(other.text, script.mark))


def _beyond(entry: Entry, match: Match, script: Script) -> Iterator[Sum]:
    """Yield the amounts beside a label that stands alone in its cell, else those below it."""
    beside: list[Placed] = []
    for other in entry.sheet.right_of(entry):
        if other.money and other.money[0].start == 0:
            break
        beside += [(one, other) for one in find_amounts(other.text, script.mark)]
    if beside:
        yield from _weighted(entry, match, beside, BESIDE)
        return
    column = list(_column(entry, script))
    for index, (amount, other) in enumerate(column):
        # Of a column of several, only the last may be their sum; the others are lines of a table.
        is_listed = index < len(column) - 1 and Label.TAX not in match.labels
        yield Sum(amount, match.labels, LISTED if is_listed else BELOW, other, entry)
    if not column:
        yield from _below_right(entry, match, script)


def _weighted(heading: Entry, match: Match, amounts: list[Placed], weight: float) -> Iterator[Sum]:
    money = [pair for pair in amounts if pair[0].looks_like_money] or amounts
    less = SHARED if len(money) > 1 else 0.0
    for amount, entry in money:
        sure = weight - less - (0 if amount.looks_like_money else COUNT)
        yield Sum(amount, match.labels, sure, entry, heading)


def _column(entry: Entry, script: Script) -> Iterator[Placed]:
    """Yield the amounts under a column heading, down to where the column ends."""
    for count, other in enumerate(entry.sheet.below(entry, lines=MAX_COLUMN_ROWS * 1.6)):
        amounts = [one for one in find_amounts(other.text, script.mark) if one.looks_like_money]
        if other.money or count >= MAX_COLUMN_ROWS:
            return
        if amounts:
            yield amounts[-1], other


def _below_right(entry: Entry, match: Match, script: Script) -> Iterator[Sum]:
    """Yield the amount in larger print under and to the right of its label."""
    cell, sheet = entry.cell, entry.sheet
    for row in sheet.rows[cell.row + 1 : cell.row + 4]:
        for other in row:
            is_near = other.cell.x0 > cell.x0 and other.cell.y0 <= cell.y1 + 2.5 * cell.height
            amounts = [one for one in find_amounts(other.text, script.mark) if one.looks_like_money] if is_near else []
            if amounts and not other.money:
                yield Sum(amounts[-1], match.labels, BELOW_RIGHT, other, entry)
                return


def weighed(one: Sum, factor: float) -> Sum:
    """Return the sum, believed less by a factor."""
    return replace(one, weight=one.weight * factor)
