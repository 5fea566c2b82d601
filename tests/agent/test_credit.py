"""Credit is counted before anything is asked for. Source: agent.md 2 and 3; product.md 2."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billabex.agent.enums import Outcome
from billabex.agent.rules import OpenInvoice, decide
from billabex.agent.rules.netting import net_of_credit
from tests.agent.states import day, invoice, next_message, numbers, state


def euros(amount: str) -> tuple[tuple[str, Decimal], ...]:
    return (("EUR", Decimal(amount)),)


def test_credit_smaller_than_the_debt_is_deducted() -> None:
    message = next_message(state(invoice("03-10", "100.00"), credit=euros("30.00")), "03-17")
    assert (message.on, message.credit) == (day("03-17"), euros("30.00"))


@pytest.mark.parametrize("credit", ["100.00", "250.00"])
def test_credit_that_covers_everything_leaves_nothing_to_write(credit: str) -> None:
    decision = decide(state(invoice("03-10", "60.00"), invoice("03-20", "40.00"), credit=euros(credit)), day("03-17"))
    assert (decision.outcome, decision.reasons[0].code) == (Outcome.NOTHING, "credit_covers")


def test_credit_that_covers_the_overdue_invoices_leaves_nothing_to_chase() -> None:
    """The rest of the credit is deducted from what is due next, when its own day comes."""
    covered, next_due = invoice("03-10", "100.00"), invoice("06-30", "1000.00")
    message = next_message(state(covered, next_due, credit=euros("300.00")), "03-17")
    assert (message.on, numbers(message), message.credit) == (day("06-25"), [next_due.number], euros("200.00"))


def test_credit_covers_whole_invoices_the_oldest_first() -> None:
    oldest, second, small = invoice("03-10", "100.00"), invoice("03-11", "100.00"), invoice("03-12", "10.00")
    message = next_message(state(small, second, oldest, credit=euros("150.00")), "03-17")
    assert (numbers(message), message.credit) == ([second.number, small.number], euros("50.00"))


def test_credit_covers_nothing_in_another_currency() -> None:
    dollars = invoice("03-10", currency="USD")
    message = next_message(state(dollars, invoice("03-10"), credit=euros("500.00")), "03-17")
    assert (numbers(message), message.credit) == ([dollars.number], ())


def test_credit_in_the_currency_of_an_invoice_that_is_not_named_is_not_either() -> None:
    facts = state(invoice("03-10", currency="USD"), invoice("06-30", "100.00"), credit=euros("30.00"))
    assert next_message(facts, "03-17").credit == ()


AMOUNTS = st.decimals("0.01", "500", places=2)
INVOICES = st.builds(
    lambda days, amount, currency: invoice(day("01-01").replace(day=days), str(amount), currency),
    st.integers(1, 28),
    AMOUNTS,
    st.sampled_from(["EUR", "USD"]),
)


@given(st.lists(INVOICES, max_size=8), st.dictionaries(st.sampled_from(["EUR", "USD", "GBP"]), AMOUNTS))
def test_what_is_asked_for_less_the_credit_left_is_what_the_account_owes(
    invoices: list[OpenInvoice], credit: dict[str, Decimal]
) -> None:
    owed = net_of_credit(invoices, credit.items())
    for currency in ("EUR", "USD"):
        debt = sum(i.remaining for i in invoices if i.currency == currency)
        asked = [one.remaining for one in owed.invoices if one.currency == currency]
        left = dict(owed.credit).get(currency, Decimal(0))
        assert sum(asked) - left == max(debt - credit.get(currency, Decimal(0)), 0)
        assert left < asked[0] if asked else left == 0
