"""The figures: of all labelled sums, arithmetic tells which belong together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from invoices.reading.types import Fields, Found, Source

from .amounts import OTHER_DOLLARS, PLAIN_DOLLAR, find_amounts
from .ledger import GROSS_WEIGHT, MAX_CANDIDATES, TAX_FREE, Ledger, Solution, has_known_rate, with_label
from .lexicon import Label
from .sums import BELOW, BESIDE, PENNY, SHARED, Sum, are_equal, labelled_sums, weighed

if TYPE_CHECKING:
    from decimal import Decimal

    from .sheet import Script


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
    ledger = Ledger(sums, totals)
    ranked = sorted(totals, key=lambda one: -one.weight)[:MAX_CANDIDATES]
    solutions = [ledger.explain(total) for total in ranked]
    # Of equals the last on the page, where totals stand.
    best = max(solutions, key=lambda one: (round(one.score, 3), _place(one.total)), default=None)
    return best or _guess(script)


def _place(one: Sum) -> tuple[int, float]:
    return one.entry.sheet.page.number, one.entry.cell.y0


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
            if net in values and abs(tax) < abs(net) and has_known_rate(net, tax):
                return Solution(0.3, total, net, tax)
    return Solution(0.0, max(amounts, key=lambda one: abs(one.value))) if amounts else None


def _net_and_tax(solution: Solution, sums: list[Sum]) -> Fields:
    """Return net and tax: those of the solution, else the surest labelled ones; one missing is worked out."""
    total = solution.total.value
    net = _figure(solution.net, with_label(sums, Label.NET), total)
    tax = _figure(solution.tax, [one for one in with_label(sums, Label.TAX) if abs(one.value) < abs(total)], total)
    is_rest = net is not None and tax is not None and are_equal(net.value + tax.value, total)
    if tax is not None and (net is None or (solution.net is None and solution.tax is not None and not is_rest)):
        net = Found(total - tax.value, Source.ARITHMETIC, 0.7)
    elif tax is None and net is not None and net.value != total and has_known_rate(net.value, total - net.value):
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
    """Return what has been paid already: sure when the rest is printed too.

    Where the balance of before is told, a payment is one on that, unless the rest says otherwise.
    """
    has_previous = any(one.value for one in with_label(sums, Label.PREVIOUS))
    rests = [one.value for one in with_label(sums, Label.PAYABLE)]
    for paid in with_label(sums, Label.PAID):
        if not paid.amount.looks_like_money or abs(paid.value) > abs(total) + PENNY:
            continue
        is_confirmed = any(are_equal(total - abs(paid.value), rest) for rest in rests)
        is_sure = paid.weight >= BESIDE - SHARED and not has_previous
        is_told = paid.weight >= (BELOW if paid.value else BESIDE - SHARED)
        if not is_sure and not (is_confirmed and is_told):
            continue
        return replace(paid.found(0.95 if is_confirmed else 0.7), value=abs(paid.value))
    return None
