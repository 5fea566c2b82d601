"""What the labelled sums say about each other: which net, taxes, payments and rests explain a total."""

from __future__ import annotations

import itertools
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from .amounts import find_amounts
from .lexicon import Label
from .sums import BELOW, LISTED, PENNY, Sum, are_equal, rates_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .sheet import Entry, Sheet

MAX_CANDIDATES = 24
MAX_TAX_ROWS = 6
MAX_RATE = Decimal("0.4")  # no tax is higher; it keeps sums of other things out
PERCENT = (
    *(2.1, 2.5, 2.6, 3.8, 4, 5, 5.5, 6, 7, 7.7, 8, 8.1, 8.5, 9, 9.5, 10, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22),
    *(23, 24, 25, 27),
)
RATES = tuple(Decimal(str(rate)) / 100 for rate in PERCENT)
"""Rates of value added tax in Europe: a known one between net and total speaks for both."""
GROSS_WEIGHT = {Label.TOTAL: 1.0, Label.PAYABLE: 0.75, Label.TOTAL_WEAK: 0.55}
ADDS_UP, ADDS_UP_IN_PARTS, ADDS_UP_LESS = 1.0, 0.9, 0.8
RUNS_UP, LEAVES_REST, TAX_FREE, HAS_RATE, REPEATED = 0.6, 0.6, 0.4, 0.3, 0.15


@dataclass(frozen=True, slots=True)
class Solution:
    """A total and the figures that explain it."""

    score: float
    total: Sum
    net: Decimal | None = None
    tax: Decimal | None = None


class Ledger:
    """The labelled sums by meaning, and what they say about a total."""

    def __init__(self, sums: list[Sum], totals: list[Sum]) -> None:
        self.sums = sums
        self.totals = totals
        self.nets = with_label(sums, Label.NET)
        self.taxes = with_label(sums, Label.TAX)
        self.withheld = with_label(sums, Label.WITHHELD)
        self.paid = with_label(sums, Label.PAID)
        self.payable = with_label(sums, Label.PAYABLE)
        self.previous = with_label(sums, Label.PREVIOUS)

    def explain(self, total: Sum) -> Solution:
        """Return the best explanation of a total."""
        value = total.value
        score = total.weight if value else total.weight * 0.3
        if sum(one.value == value for one in self.totals) > 1:
            score += REPEATED
        if Label.PAYABLE not in total.labels and self._leaves_rest(value):
            score += LEAVES_REST
        best = max(self._explanations(total), key=lambda one: one[0], default=(0.0, None, None))
        return Solution(score + best[0], total, best[1], best[2])

    def _leaves_rest(self, value: Decimal) -> bool:
        """Return whether what is printed as payable is this total less a payment, or with what was owed before."""
        others = [-abs(paid.value) for paid in self.paid] + [one.value for one in self.previous]
        return any(
            other and are_equal(value + other, rest.value)
            for other in others
            for rest in self.payable
            if rest.value != value
        )

    def _explanations(self, total: Sum) -> Iterator[tuple[float, Decimal | None, Decimal | None]]:
        value = total.value
        for net in self.nets:
            sure = min(net.weight, 1.0)
            yield from (
                (bonus * (sure + one_weight) / 2, net.value, tax)
                for bonus, tax, one_weight in self._taxes_between(net.value, value)
            )
            if net.value == value and not any(abs(tax.value) > PENNY and tax.weight > BELOW for tax in self.taxes):
                yield TAX_FREE, value, Decimal(0)
            if _runs_up(net, total):
                yield RUNS_UP, net.value, None
                yield from self._taxed_between(net, total)
        yield from self._columns(value)
        yield from self._rated(value)
        yield from self._weakly_labelled(total)
        for tax in self.taxes:
            if tax.value and value - tax.value and _has_its_rate(value - tax.value, tax):
                yield HAS_RATE * tax.weight, None, tax.value

    def _taxed_between(self, net: Sum, total: Sum) -> Iterator[tuple[float, Decimal, Decimal]]:
        """Yield what is left without the tax that stands, with fees or discounts, between the goods and the total."""
        rows = range(net.entry.cell.row + 1, total.entry.cell.row)
        here = [one for one in (*self.taxes, *self.withheld) if one.entry.sheet is total.entry.sheet]
        taxes = {one.entry.cell.row: one for one in here if one.entry.cell.row in rows and one.weight > BELOW}
        if taxes and not any(Label.WITHHELD in one.labels for one in taxes.values()):
            tax = sum((one.value for one in taxes.values()), Decimal(0))
            if not are_equal(net.value + tax, total.value):
                yield RUNS_UP + HAS_RATE, total.value - tax, tax

    def _columns(self, total: Decimal) -> Iterator[tuple[float, Decimal, Decimal]]:
        """Yield net and tax when a column of bases and one of taxes, a row for each rate, add up to the total."""
        taxes = _columns_of(self.taxes)
        for bases in _columns_of(self.nets):
            net = sum((one.value for one in bases), Decimal(0))
            for column in taxes:
                tax = sum((one.value for one in column), Decimal(0))
                if len(column) == len(bases) and are_equal(net + tax, total):
                    yield ADDS_UP_IN_PARTS, net, tax

    def _rated(self, total: Decimal) -> Iterator[tuple[float, Decimal, Decimal]]:
        """Yield net and tax when bases and taxes of rows that show both add up to the total."""
        rated = [(one.base, one.value) for one in self.taxes if one.base is not None][:MAX_TAX_ROWS]
        for size in range(1, len(rated) + 1):
            for some in itertools.combinations(rated, size):
                net, tax = (sum(column, Decimal(0)) for column in zip(*some, strict=True))
                if are_equal(net + tax, total):
                    yield ADDS_UP_IN_PARTS, net, tax

    def _weakly_labelled(self, total: Sum) -> Iterator[tuple[float, Decimal, Decimal]]:
        """Yield another sum that a tax at its rate leads from to the total: `Total after discount`, VAT, `Total`."""
        for other in self.totals:
            gap = total.value - other.value
            if other.weight <= BELOW * GROSS_WEIGHT[Label.TOTAL_WEAK] or not gap:
                continue
            in_its_row = (one for one in self.totals if one.entry.cell.row == other.entry.cell.row)
            for tax in (*self.taxes, *in_its_row):
                if (
                    tax.weight > BELOW * GROSS_WEIGHT[Label.TOTAL_WEAK]
                    and are_equal(tax.value, gap)
                    and _has_its_rate(other.value, tax)
                ):
                    yield ADDS_UP_LESS, other.value, tax.value

    def _taxes_between(self, net: Decimal, total: Decimal) -> Iterator[tuple[float, Decimal, float]]:
        """Yield the tax that leads from net to total: one row, several rows, or one less income tax withheld."""
        gap = total - net
        if abs(gap) > abs(net) * MAX_RATE + PENNY:
            return
        for tax in self.taxes:
            if are_equal(tax.value, gap):
                yield ADDS_UP, tax.value, tax.weight
            elif gap < 0 and are_equal(-tax.value, gap):  # a credit note that prints its tax without the sign
                yield ADDS_UP_IN_PARTS, gap, tax.weight
        yield from self._several_between(gap)
        for kept in self.withheld:
            untouched = gap + abs(kept.value)
            taxes = [(tax.value, tax.weight) for tax in self.taxes if are_equal(tax.value, untouched)]
            taxes += [(tax, weight) for _, tax, weight in self._several_between(untouched)]
            yield from ((ADDS_UP_LESS, tax, weight) for tax, weight in taxes)

    def _several_between(self, gap: Decimal) -> Iterator[tuple[float, Decimal, float]]:
        """Yield the gap when several taxes, one for each rate, add up to it."""
        for column in _columns_of(self.taxes):
            if are_equal(sum((one.value for one in column), Decimal(0)), gap):
                yield ADDS_UP_IN_PARTS, gap, column[0].weight
        rows = [tax.value for tax in self.taxes if tax.value and tax.weight >= BELOW][:MAX_TAX_ROWS]
        for size in range(2, len(rows) + 1):
            if any(are_equal(sum(some, Decimal(0)), gap) for some in itertools.combinations(rows, size)):
                yield ADDS_UP_IN_PARTS, gap, 0.9


def _columns_of(sums: Iterable[Sum]) -> list[list[Sum]]:
    """Return the columns of several amounts under one heading: one line for each rate of tax."""
    columns: dict[int, list[Sum]] = defaultdict(list)
    for one in sums:
        if one.weight in {BELOW, LISTED}:
            columns[id(one.heading)].append(one)
    return [column for column in columns.values() if len(column) > 1]


def with_label(sums: Iterable[Sum], label: Label) -> list[Sum]:
    """Return the sums of one meaning, the surest first."""
    found = [one for one in sums if label in one.labels]
    return sorted(found, key=lambda one: -one.weight)[:MAX_CANDIDATES]


def has_known_rate(net: Decimal, tax: Decimal, rates: Iterable[Decimal] = RATES) -> bool:
    """Return whether a tax is so much of a net as some law, or some label, says."""
    return any(abs(tax - net * rate) <= max(PENNY, abs(net) * Decimal("0.0005")) for rate in rates)


def _has_its_rate(net: Decimal, tax: Sum) -> bool:
    """Return whether a tax is so much of the net as its label says, or as any law does when it says nothing."""
    stated = [rate for rate in rates_in(tax.heading.folded) if rate]
    return has_known_rate(net, tax.value, stated or RATES)


def _runs_up(net: Sum, total: Sum) -> bool:
    """Return whether the amounts in the rows between lead from the net to the total: fees, discounts, shipping."""
    sheet = net.entry.sheet
    first, last = net.entry.cell.row, total.entry.cell.row
    if sheet is not total.entry.sheet or not first < last:
        return False
    between = [amount for entry in _column_between(sheet, net, first, last) if (amount := _last_amount(entry))]
    return bool(between) and are_equal(net.value + sum(between, Decimal(0)), total.value)


def _column_between(sheet: Sheet, net: Sum, first: int, last: int) -> Iterator[Entry]:
    for row in sheet.rows[first + 1 : last]:
        yield from (entry for entry in row if entry.cell.x1 >= net.entry.cell.x0)


def _last_amount(entry: Entry) -> Decimal | None:
    amounts = [one for one in find_amounts(entry.text, ".") if one.looks_like_money]
    return amounts[-1].value if amounts else None
