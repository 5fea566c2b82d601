"""The figures: of all labelled sums, arithmetic tells which belong together."""

from __future__ import annotations

import itertools
from collections import defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from invoices.reading.types import Fields, Found, Source

from .amounts import OTHER_DOLLARS, PLAIN_DOLLAR, find_amounts
from .lexicon import Label
from .sums import BELOW, BESIDE, LISTED, PENNY, SHARED, Sum, are_equal, labelled_sums, rates_in, weighed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .sheet import Entry, Script, Sheet

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


def figures(script: Script) -> Fields:
    """Return total, net, tax, paid and currency as far as they are found."""
    sums = labelled_sums(script)
    solution = _solve(sums, script)
    if solution is None:
        return {"currency": _currency(None, script)}
    total = solution.total
    fields: Fields = {
        "total": total.found(_confidence(solution)),
        "currency": _currency(total, script),
        "paid": _paid(sums, total.value),
    }
    fields |= _net_and_tax(solution, sums)
    return fields


def _confidence(solution: Solution) -> float:
    is_confirmed = solution.score > solution.total.weight + TAX_FREE
    return min(0.97, 0.9 + solution.score / 50) if is_confirmed else min(0.85, 0.35 + solution.score / 2)


def _currency(total: Sum | None, script: Script) -> Found[str] | None:
    if total is not None and total.amount.currency is not None:
        is_other_dollar = total.amount.currency == PLAIN_DOLLAR and script.currency in OTHER_DOLLARS
        currency = script.currency if is_other_dollar and script.currency else total.amount.currency
        return total.entry.found(currency, 0.95, total.amount.start, total.amount.end)
    return Found(script.currency, Source.TEXT, 0.8) if script.currency else None


def _solve(sums: list[Sum], script: Script) -> Solution | None:
    """Return the total that the labels and the arithmetic speak for most."""
    totals = [
        weighed(one, max(GROSS_WEIGHT.get(label, 0.0) for label in one.labels))
        for one in sums
        if not one.labels.isdisjoint(GROSS_WEIGHT)
    ]
    ledger = _Ledger(sums, totals)
    ranked = sorted(totals, key=lambda one: -one.weight)[:MAX_CANDIDATES]
    solutions = [ledger.explain(total) for total in ranked]
    # Of equals the last on the page, where totals stand.
    best = max(solutions, key=lambda one: (round(one.score, 3), _place(one.total)), default=None)
    return best or _guess(script)


def _place(one: Sum) -> tuple[int, float]:
    return one.entry.sheet.page.number, one.entry.cell.y0


class _Ledger:
    """The labelled sums by meaning, and what they say about a total."""

    def __init__(self, sums: list[Sum], totals: list[Sum]) -> None:
        self.sums = sums
        self.totals = totals
        self.nets = _with(sums, Label.NET)
        self.taxes = _with(sums, Label.TAX)
        self.withheld = _with(sums, Label.WITHHELD)
        self.paid = _with(sums, Label.PAID)
        self.payable = _with(sums, Label.PAYABLE)

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
        return any(
            are_equal(value - abs(paid.value), rest.value) and paid.value
            for paid in self.paid
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
        yield from self._columns(value)
        yield from self._rated(value)
        yield from self._weakly_labelled(total)
        for tax in self.taxes:
            if tax.value and value - tax.value and _has_its_rate(value - tax.value, tax):
                yield HAS_RATE * tax.weight, None, tax.value

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
            for kept in self.withheld:
                if are_equal(tax.value - abs(kept.value), gap):
                    yield ADDS_UP_LESS, tax.value, tax.weight
        yield from self._several_between(gap)

    def _several_between(self, gap: Decimal) -> Iterator[tuple[float, Decimal, float]]:
        """Yield the gap when several taxes, one for each rate, add up to it."""
        for column in _columns_of(self.taxes):
            if are_equal(sum((one.value for one in column), Decimal(0)), gap):
                yield ADDS_UP_IN_PARTS, gap, column[0].weight
        rows = [tax.value for tax in self.taxes if tax.value and tax.weight > BELOW][:MAX_TAX_ROWS]
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


def _with(sums: Iterable[Sum], label: Label) -> list[Sum]:
    found = [one for one in sums if label in one.labels]
    return sorted(found, key=lambda one: -one.weight)[:MAX_CANDIDATES]


def _has_known_rate(net: Decimal, tax: Decimal, rates: Iterable[Decimal] = RATES) -> bool:
    return any(abs(tax - net * rate) <= max(PENNY, abs(net) * Decimal("0.0005")) for rate in rates)


def _has_its_rate(net: Decimal, tax: Sum) -> bool:
    """Return whether a tax is so much of the net as its label says, or as any law does when it says nothing."""
    stated = [rate for rate in rates_in(tax.heading.folded) if rate]
    return _has_known_rate(net, tax.value, stated or RATES)


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


def _guess(script: Script) -> Solution | None:
    """Return the largest amount that two others add up to at a known rate, when no label names a total."""
    amounts = [
        Sum(one, frozenset(), 0.1, entry, entry)
        for entry in script.entries
        for one in find_amounts(entry.text, script.mark)
        if one.looks_like_money and one.value
    ]
    values = {one.value for one in amounts}
    for total in sorted(amounts, key=lambda one: -abs(one.value))[:MAX_CANDIDATES]:
        for tax in values:
            net = total.value - tax
            if net in values and abs(tax) < abs(net) and _has_known_rate(net, tax):
                return Solution(0.3, total, net, tax)
    return Solution(0.0, max(amounts, key=lambda one: abs(one.value))) if amounts else None


def _net_and_tax(solution: Solution, sums: list[Sum]) -> Fields:
    """Return net and tax: those of the solution, else the surest labelled ones; one missing is worked out."""
    total = solution.total.value
    net = _figure(solution.net, _with(sums, Label.NET), total)
    tax = _figure(solution.tax, [one for one in _with(sums, Label.TAX) if abs(one.value) < abs(total)], total)
    if net is None and tax is not None:
        net = Found(total - tax.value, Source.ARITHMETIC, 0.7)
    elif tax is None and net is not None and net.value != total and _has_known_rate(net.value, total - net.value):
        tax = Found(total - net.value, Source.ARITHMETIC, 0.7)
    return {"net": net, "tax": tax}


def _figure(solved: Decimal | None, labelled: list[Sum], total: Decimal) -> Found[Decimal] | None:
    if solved is not None:
        place = next((one for one in labelled if abs(one.value) == abs(solved)), None)
        if place is None:
            return Found(solved, Source.ARITHMETIC, 0.9)
        return replace(place.found(0.95), value=solved)
    sure = [one for one in labelled if one.weight >= BESIDE - SHARED and abs(one.value) <= abs(total)]
    return sure[0].found(0.6) if len({one.value for one in sure}) == 1 else None


def _paid(sums: list[Sum], total: Decimal) -> Found[Decimal] | None:
    """Return what has been paid already: sure when the rest is printed too."""
    rests = [one.value for one in _with(sums, Label.PAYABLE)]
    for paid in _with(sums, Label.PAID):
        if paid.weight < BESIDE - SHARED or not paid.amount.looks_like_money or abs(paid.value) > abs(total) + PENNY:
            continue
        is_confirmed = any(are_equal(total - abs(paid.value), rest) for rest in rests)
        return replace(paid.found(0.95 if is_confirmed else 0.7), value=abs(paid.value))
    return None
