"""What late payment costs by law: interest per half-year, and a fixed sum for recovery costs. Pure: no clock.

Only ever mentioned, never owed in Billabex: nothing of it enters a balance, and each mention is computed afresh from
what remains of the invoices. Source: Directive 2011/7/EU, articles 2, 3 and 6; docs/decisions/010.
"""

from __future__ import annotations

from billabex.agent.interest.rates import POINTS, HalfYear, reference_rate
from billabex.agent.interest.rules import EURO, FIXED_SUM, HalfYearInterest, applies, late_interest

__all__ = [
    "EURO",
    "FIXED_SUM",
    "POINTS",
    "HalfYear",
    "HalfYearInterest",
    "applies",
    "late_interest",
    "reference_rate",
]
