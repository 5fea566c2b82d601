"""What customers say of their invoices takes these out of the follow-ups, for a while. Source: agent.md 2, 3 and 7.

In March 2026 France has no public holiday: the 2nd, 9th, 16th, 23rd and 30th are Mondays.
"""

from __future__ import annotations

from decimal import Decimal

from billabex.agent.enums import Outcome
from billabex.agent.rules import AccountState, decide
from communications.enums import Kind, Tone
from tests.agent.states import day, follow_ups, invoice, next_message, numbers, state


def hold(facts: AccountState, today: str) -> tuple[str, dict[str, str | int]]:
    """Return the reason for which nothing is planned."""
    decision = decide(facts, day(today))
    assert (decision.outcome, decision.message) == (Outcome.HOLD, None)
    [reason] = decision.reasons
    return reason.code, dict(reason.facts)


# --- Disputes ------------------------------------------------------------------------------------------------


def test_disputed_invoice_leaves_the_follow_ups() -> None:
    disputed, other = invoice("01-05", is_disputed=True), invoice("03-10")
    message = next_message(state(disputed, other), "03-17")
    assert numbers(message) == [other.number]
    assert (message.tone, message.invoices[0].days_late) == (Tone.COURTEOUS, 7)


def test_disputed_invoice_is_not_reminded() -> None:
    disputed, later = invoice("03-20", is_disputed=True), invoice("04-30")
    message = next_message(state(disputed, later), "03-17")
    assert (message.on, numbers(message)) == (day("04-27"), [later.number])


def test_dispute_of_everything_holds_with_its_reason() -> None:
    facts = state(invoice("01-05", is_disputed=True), invoice("03-10", is_disputed=True))
    assert hold(facts, "03-17") == ("disputed", {"count": 2})
    assert decide(facts, day("03-17")).review_on is None


def test_dispute_of_all_that_the_credit_does_not_cover_holds() -> None:
    facts = state(invoice("03-10", "40.00"), invoice("03-11", is_disputed=True), credit=(("EUR", Decimal("50.00")),))
    assert hold(facts, "03-17") == ("disputed", {"count": 1})


def test_credit_is_not_spent_on_a_disputed_invoice() -> None:
    disputed, other = invoice("03-01", is_disputed=True), invoice("03-10")
    message = next_message(state(disputed, other, credit=(("EUR", Decimal("30.00")),)), "03-17")
    assert (numbers(message), message.credit) == ([other.number], (("EUR", Decimal("30.00")),))


def test_tone_does_not_soften_because_the_oldest_invoice_is_disputed() -> None:
    history = follow_ups(("03-11", Tone.FIRM), ("03-16", Tone.FIRM))
    message = next_message(state(invoice("01-05", is_disputed=True), invoice("03-10"), **history), "03-30")
    assert (message.tone, message.step) == (Tone.FIRM, 3)


# --- Promises ------------------------------------------------------------------------------------------------


def test_promise_for_everything_holds_until_two_business_days_after_it() -> None:
    """Promised for Thursday the 19th: Friday and Monday pass, and on Monday the promise ends."""
    facts = state(invoice("03-10", promised="03-19"))
    told = {"count": 1, "disputed": 0, "promised_on": "2026-03-19", "until": "2026-03-23"}
    assert hold(facts, "03-17") == ("declared", told)
    assert hold(facts, "03-22") == ("declared", told)
    assert decide(facts, day("03-17")).review_on == day("03-23")
    assert next_message(facts, "03-23").on == day("03-23")


def test_statement_of_having_paid_holds_until_somebody_resolves_it() -> None:
    facts = state(invoice("03-10", is_said_paid=True), invoice("03-11", is_disputed=True))
    told = {"count": 1, "disputed": 1, "promised_on": "", "until": ""}
    assert hold(facts, "03-17") == hold(facts, "12-17") == ("declared", told)


def test_promise_takes_its_own_invoice_out_and_leaves_the_others() -> None:
    promised, other = invoice("02-02", promised="03-25"), invoice("03-10")
    message = next_message(state(promised, other), "03-17")
    assert (message.on, numbers(message), message.tone) == (day("03-17"), [other.number], Tone.COURTEOUS)


def test_promise_that_ends_before_the_next_message_brings_its_invoice_into_it() -> None:
    promised, other = invoice("02-02", promised="03-20"), invoice("03-10")
    message = next_message(state(promised, other, written="03-17"), "03-18")
    assert (message.on, numbers(message)) == (day("03-24"), [promised.number, other.number])


def test_promise_that_ends_before_a_far_reminder_brings_the_follow_up_forward() -> None:
    promised, other = invoice("03-10", promised="03-20"), invoice("06-30")
    message = next_message(state(promised, other), "03-17")
    assert (message.on, message.kind, numbers(message)) == (day("03-24"), Kind.FOLLOW_UP, [promised.number])


def test_broken_promise_is_named_in_the_next_message_and_only_there() -> None:
    facts = state(invoice("03-02", promised="03-12"), written="03-03")
    first = next_message(facts, "03-17")
    assert (first.on, first.broken_promise_on) == (day("03-17"), day("03-12"))
    assert decide(facts, day("03-17")).reasons[-1].code == "broken_promise"
    told = state(*facts.invoices, **follow_ups(("03-17", Tone.COURTEOUS)))
    assert next_message(told, "03-18").broken_promise_on is None


def test_broken_promise_is_named_although_another_message_left_while_it_was_live() -> None:
    facts = state(invoice("01-05", promised="03-16"), **follow_ups(("03-17", Tone.FIRM)))
    assert next_message(facts, "03-18").broken_promise_on == day("03-16")


def test_latest_of_several_broken_promises_is_named() -> None:
    facts = state(invoice("01-05", promised="03-11"), invoice("02-05", promised="03-12"))
    assert next_message(facts, "03-17").broken_promise_on == day("03-12")


def test_promise_for_an_invoice_that_is_not_due_yet_is_not_reproached() -> None:
    facts = state(invoice("03-20", promised="03-12"))
    message = next_message(facts, "03-17")
    assert (message.kind, message.broken_promise_on) == (Kind.PRE_DUE_REMINDER, None)


def test_promise_for_what_the_credit_covers_holds_nothing() -> None:
    facts = state(invoice("03-10", promised="03-19"), credit=(("EUR", Decimal("100.00")),))
    assert decide(facts, day("03-17")).outcome == Outcome.NOTHING
