"""Nothing invented, nothing forgotten: messages about portfolios of any shape, in every language and voice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from billabex.agent.interest import late_interest
from billabex.agent.writing import Brief, BriefInvoice, InvoiceInterest, LateCosts, languages, write
from tests.agent.writing.briefs import BANK, NO_PAYMENT, VOICES, Case, brief, totals
from tests.agent.writing.reading import Page, figures, unexplained

if TYPE_CHECKING:
    from collections.abc import Sequence

NAMES = ["Atelier Lumen", "Šťastný & Søn A/S", "Ødegård B.V.", "L’Île", "Αθήνα ΑΕ", "宝石株式会社", "van der Ä"]
CENT = Decimal("0.01")


@st.composite
def invoices(draw: st.DrawFn, on: date, *, late: bool, most: int = 6) -> tuple[BriefInvoice, ...]:
    """Draw invoices that are all overdue on a day, or all due soon; no two have the same number."""
    count = draw(st.integers(1, most))
    numbers = draw(st.lists(st.integers(1, 10**6), min_size=count, max_size=count, unique=True))
    drawn = []
    for number in numbers:
        days_late = draw(st.integers(1, 900) if late else st.integers(-7, 0))
        currency = draw(st.sampled_from(["EUR", "USD", "JPY"]))
        cent = Decimal(1) if currency == "JPY" else CENT
        total = draw(st.integers(1, 10**9)) * cent
        due_on = on - timedelta(days=days_late)
        drawn.append(
            BriefInvoice(
                number=f"{'FA' if late else 'RE'}-{number}",
                issued_on=due_on - timedelta(days=draw(st.integers(0, 90))),
                due_on=due_on,
                currency=currency,
                total=total,
                remaining=draw(st.integers(1, int(total / cent))) * cent,
                days_late=days_late,
            )
        )
    return tuple(drawn)


def costs_of(overdue: Sequence[BriefInvoice], on: date) -> LateCosts | None:
    in_euros = [one for one in overdue if one.currency == "EUR"]
    interest = (
        InvoiceInterest(o.number, o.remaining, late_interest(o.remaining, due_on=o.due_on, until=on)) for o in in_euros
    )
    return LateCosts(tuple(interest), len(in_euros)) if in_euros else None


@st.composite
def portfolios(draw: st.DrawFn) -> Brief:
    """Draw the brief of any message: what matters is that its parts agree with each other."""
    voice = draw(st.sampled_from(VOICES))
    case = Case(draw(st.sampled_from(sorted(languages()))), voice, draw(st.integers(1, 40)))
    on = draw(st.dates(date(2016, 1, 1), date(2026, 12, 31)))
    is_reminder = voice == "pre_due_reminder"
    overdue = () if is_reminder and draw(st.booleans()) else draw(invoices(on, late=True))
    due_soon = draw(invoices(on, late=False, most=3)) if is_reminder or draw(st.booleans()) else ()
    currency = (overdue + due_soon)[0].currency
    credit = draw(st.integers(0, 10**6)) * (1 if currency == "JPY" else CENT)
    credits_ = ((currency, Decimal(credit)),) if credit else ()
    return replace(
        brief(case),
        overdue=overdue,
        due_soon=due_soon,
        credits=credits_,
        totals=totals(overdue, due_soon, credits_),
        organization_name=draw(st.sampled_from(NAMES)),
        account_name=draw(st.sampled_from(NAMES)),
        recipient_name=draw(st.sampled_from(["", "Zoë Ångström", "J. R. Müller-O’Neill"])),
        payment=draw(st.sampled_from([BANK, NO_PAYMENT, replace(BANK, link="")])),
        deadline_on=on + timedelta(days=12) if voice == "formal_notice" else None,
        broken_promise_on=on - timedelta(days=3) if draw(st.booleans()) else None,
        late_costs=costs_of(overdue, on) if draw(st.booleans()) else None,
    )


@given(portfolios())
def test_message_about_any_portfolio_names_it_and_nothing_else(facts: Brief) -> None:
    written = write(facts)
    page = Page(written.html)

    assert page.faults == []
    for part in (written.text, page.text):
        assert {figure for figure in figures(facts) if figure not in part} == set()
        assert unexplained(part, facts) == []
        assert facts.organization_name in part
        assert facts.account_name in part
    assert unexplained(written.subject, facts) == []
