"""What late payment costs by law, worked out under a message: for information, never part of its totals."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from billabex.agent.interest import EURO, FIXED_SUM, POINTS
from billabex.agent.writing.letter import Annex, InterestGroup, InterestRow, Line, clean

if TYPE_CHECKING:
    from billabex.agent.interest import HalfYearInterest
    from billabex.agent.writing.brief import InvoiceInterest, LateCosts
    from billabex.agent.writing.language import Language


def annex(costs: LateCosts, language: Language) -> Annex:
    """Write the interest of each invoice and half-year, and the fixed sums, in a language."""
    return Annex(
        heading=language.label("late_costs"),
        columns=(
            language.label("column_half_year"),
            language.label("column_rate"),
            language.label("column_late"),
            language.label("column_interest"),
        ),
        groups=tuple(_group(one, language) for one in costs.interest),
        totals=_totals(costs, language),
        note=language.sentence("late_costs_note", {"interest": bool(costs.interest), "points": f"{POINTS:f}"}),
    )


def _group(one: InvoiceInterest, language: Language) -> InterestGroup:
    amount = language.money(one.remaining, EURO)
    return InterestGroup(
        heading=language.label("interest_on", number=clean(one.number), amount=amount),
        rows=tuple(_row(part, language) for part in one.half_years),
    )


def _row(part: HalfYearInterest, language: Language) -> InterestRow:
    half_year = part.half_year
    return InterestRow(
        half_year=language.label("half_year", first=half_year.number == 1, year=str(half_year.year)),
        percent=language.percent(part.percent),
        days=language.days(part.days),
        amount=language.money(part.amount, EURO),
    )


def _totals(costs: LateCosts, language: Language) -> tuple[Line, ...]:
    count = costs.fixed_sum_invoices
    lines = []
    if costs.interest:
        interest = sum((part.amount for one in costs.interest for part in one.half_years), Decimal(0))
        lines.append(Line(language.label("total_interest"), language.money(interest, EURO)))
    if count:
        each = language.money(FIXED_SUM, EURO)
        label = language.label("fixed_sum", several=count > 1, count=str(count), each=each)
        lines.append(Line(label, language.money(count * FIXED_SUM, EURO)))
    return tuple(lines)
