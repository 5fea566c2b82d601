"""When the agent writes. Source: seed 002, "AI agent behavior"; agent.md 2.

In March 2026 France has no public holiday: the 2nd, 9th, 16th, 23rd and 30th are Mondays. Easter Monday is 6 April.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from billabex.agent.enums import Outcome
from billabex.agent.rules import decide, interval
from billabex.core.calendars import Place, calendar_of
from communications.enums import Kind, Tone
from tests.agent.states import day, follow_ups, invoice, next_message, numbers, state

# --- Before the due date -------------------------------------------------------------------------------------


def test_reminder_leaves_three_business_days_before_the_due_date() -> None:
    message = next_message(state(invoice("03-20")), "03-02")
    assert (message.on, message.kind, message.step, message.tone) == (
        day("03-17"),
        Kind.PRE_DUE_REMINDER,
        0,
        Tone.COURTEOUS,
    )


def test_reminder_day_counts_no_weekend_and_no_holiday() -> None:
    """Easter Monday and the weekend lie between Wednesday 1 April and Tuesday 7 April."""
    assert next_message(state(invoice("04-07")), "03-02").on == day("04-01")


def test_reminder_leaves_on_the_29th_of_february() -> None:
    """A Tuesday in 2028; the invoice is due on the Friday."""
    assert next_message(state(invoice("2028-03-03")), "2028-02-01").on == day("2028-02-29")


def test_invoice_due_on_a_sunday_is_reminded_three_business_days_before() -> None:
    assert next_message(state(invoice("03-22")), "03-02").on == day("03-18")


def test_invoice_that_arrives_on_its_reminder_day_gets_it_at_once() -> None:
    message = next_message(state(invoice("03-20", arrived="03-17")), "03-17")
    assert (message.on, message.kind) == (day("03-17"), Kind.PRE_DUE_REMINDER)


def test_invoice_that_arrives_after_its_reminder_day_gets_none() -> None:
    message = next_message(state(invoice("03-20", arrived="03-18")), "03-18")
    assert (message.on, message.kind) == (day("03-23"), Kind.FOLLOW_UP)


def test_invoice_is_reminded_once() -> None:
    message = next_message(state(invoice("03-20", is_reminded=True), written="03-17"), "03-18")
    assert message.kind == Kind.FOLLOW_UP


@pytest.mark.parametrize("today", ["03-18", "03-19", "03-20"])
def test_reminder_whose_day_was_missed_still_leaves_until_the_invoice_is_due(today: str) -> None:
    message = next_message(state(invoice("03-20")), today)
    assert (message.on, message.kind) == (day(today), Kind.PRE_DUE_REMINDER)


def test_reminder_that_was_missed_altogether_is_not_sent_once_the_invoice_is_overdue() -> None:
    message = next_message(state(invoice("03-20")), "03-21")
    assert (message.on, message.kind) == (day("03-23"), Kind.FOLLOW_UP)


def test_reminders_of_one_day_share_one_message() -> None:
    one, other, later = invoice("03-20"), invoice("03-20"), invoice("03-24")
    message = next_message(state(one, later, other), "03-02")
    assert [(n.invoice, n.is_reminder) for n in message.invoices] == [(one, True), (other, True), (later, False)]


def test_invoice_named_before_its_reminder_day_still_gets_its_own_reminder() -> None:
    first, second = invoice("03-20", is_reminded=True), invoice("03-25")
    message = next_message(state(first, second, written="03-17"), "03-18")
    assert (message.on, message.kind, numbers(message)) == (
        day("03-20"),
        Kind.PRE_DUE_REMINDER,
        [first.number, second.number],
    )


def test_reminder_before_a_week_of_holidays_names_all_that_is_due_before_it() -> None:
    """From 16 to 23 February 2026 China celebrates the new year: the third business day before the 24th is the 11th."""
    early, late = invoice("02-20", arrived="02-12"), invoice("02-24")
    facts = state(early, late, calendar=calendar_of(Place("FR"), Place("CN")))
    message = next_message(facts, "02-02")
    assert message.on == day("02-11")
    assert [(n.invoice, n.is_reminder) for n in message.invoices] == [(early, False), (late, True)]


# --- After the due date --------------------------------------------------------------------------------------


def test_invoice_due_today_is_not_overdue() -> None:
    message = next_message(state(invoice("03-18", is_reminded=True)), "03-18")
    assert message.on == day("03-19")


@pytest.mark.parametrize(
    ("due", "extra_delay", "expected"),
    [
        ("03-18", 0, "03-19"),  # Wednesday: Thursday
        ("03-20", 0, "03-23"),  # Friday: Monday
        ("03-21", 0, "03-23"),  # Saturday: Monday
        ("04-03", 0, "04-07"),  # Friday before Easter Monday: Tuesday
        ("03-18", 1, "03-20"),
        ("03-18", 5, "03-26"),
    ],
)
def test_first_follow_up_leaves_on_the_first_business_day_after_due_date_and_extra_delay(
    due: str, extra_delay: int, expected: str
) -> None:
    facts = state(invoice(due, arrived=due), extra_delay=extra_delay)
    assert next_message(facts, due).on == day(expected)


def test_follow_up_that_was_missed_leaves_at_once() -> None:
    """Nothing ran for three days over the due date."""
    assert next_message(state(invoice("03-18", arrived="03-18")), "03-24").on == day("03-24")


def test_follow_up_waits_for_ten_business_days_after_a_pre_due_reminder() -> None:
    message = next_message(state(invoice("03-20", is_reminded=True), written="03-17"), "03-18")
    assert (message.on, message.step) == (day("03-31"), 1)


@pytest.mark.parametrize(
    ("age", "expected"), [(0, 10), (1, 10), (30, 10), (31, 5), (45, 5), (60, 5), (61, 3), (500, 3)]
)
def test_interval_shortens_after_thirty_and_after_sixty_days(age: int, expected: int) -> None:
    assert interval(age) == expected


@pytest.mark.parametrize(
    ("age", "waited", "is_due"),
    [
        (30, 9, False),
        (30, 10, True),
        (31, 4, False),
        (31, 5, True),
        (60, 4, False),
        (60, 5, True),
        (61, 2, False),
        (61, 3, True),
    ],
)
def test_follow_up_is_due_when_the_interval_of_its_age_has_passed(age: int, waited: int, *, is_due: bool) -> None:
    today = day("03-25")
    facts = state(invoice(today - timedelta(days=age)))
    last = facts.calendar.before(today, waited)
    facts = state(*facts.invoices, written=last)
    assert (next_message(facts, today).on == today) is is_due


@pytest.mark.parametrize(("year", "leaves"), [(2027, "03-03"), (2028, "03-02")])
def test_leap_day_counts_for_the_age(year: int, leaves: str) -> None:
    """Due on 31 January: 31 days overdue on 3 March, in a leap year on the 2nd; written five business days before."""
    due, leaves_on = invoice(f"{year}-01-31"), day(f"{year}-{leaves}")
    assert next_message(state(due, written=f"{year}-02-24"), f"{year}-02-25").on == leaves_on


def test_bracket_that_changes_while_waiting_brings_the_message_forward() -> None:
    """Written on 16 March at age 27: ten business days would be the 30th, but at age 31 five are enough."""
    facts = state(invoice("02-17"), written="03-16")
    assert next_message(facts, "03-17").on == day("03-23")


def test_cadence_follows_the_oldest_overdue_invoice() -> None:
    old, young = invoice("01-05"), invoice("03-10")
    assert next_message(state(young, old, written="03-16"), "03-17").on == day("03-19")
    assert next_message(state(young, written="03-16"), "03-17").on == day("03-30")


def test_message_of_a_person_counts_as_the_last_communication() -> None:
    facts = state(invoice("03-10", arrived="03-10"), last_message_on=day("03-12"))
    assert next_message(facts, "03-13").on == day("03-26")


def test_message_of_a_person_leaves_the_agent_free_to_remind_on_the_same_day() -> None:
    facts = state(invoice("03-20"), last_message_on=day("03-17"))
    assert next_message(facts, "03-17").on == day("03-17")


# --- Both, and never too much --------------------------------------------------------------------------------


def test_reminder_and_follow_up_of_one_day_are_one_message() -> None:
    late, soon = invoice("03-16", arrived="03-16"), invoice("03-20")
    message = next_message(state(soon, late), "03-17")
    assert (message.on, message.kind, numbers(message)) == (day("03-17"), Kind.FOLLOW_UP, [late.number, soon.number])
    assert [named.is_reminder for named in message.invoices] == [False, True]


def test_reminder_day_between_two_follow_ups_is_itself_a_follow_up() -> None:
    late, soon = invoice("01-05"), invoice("03-20")
    facts = state(late, soon, **follow_ups(("03-13", Tone.FIRM), ("03-16", Tone.FIRM)))
    message = next_message(facts, "03-17")
    assert (message.on, message.kind, message.step, message.tone) == (day("03-17"), Kind.FOLLOW_UP, 3, Tone.FIRM)


def test_reminder_within_the_extra_delay_of_an_overdue_invoice_stays_a_reminder() -> None:
    late, soon = invoice("03-16", arrived="03-16"), invoice("03-20")
    message = next_message(state(late, soon, extra_delay=5), "03-17")
    assert (message.on, message.kind, message.step) == (day("03-17"), Kind.PRE_DUE_REMINDER, 0)
    assert numbers(message) == [late.number, soon.number]


def test_agent_never_writes_twice_on_one_day() -> None:
    facts = state(invoice("03-20"), last_agent_message_on=day("03-17"))
    assert next_message(facts, "03-17").on == day("03-18")


def test_agent_never_writes_twice_on_one_day_although_its_last_lies_ahead_of_another_time_zone() -> None:
    """Written on the 18th in Tonga; the organization moves to California, where that day is still to come."""
    facts = state(invoice("03-20"), last_agent_message_on=day("03-18"))
    assert next_message(facts, "03-17").on == day("03-19")


@pytest.mark.parametrize("today", ["03-21", "03-22"])
def test_agent_writes_on_no_weekend(today: str) -> None:
    assert next_message(state(invoice("03-10")), today).on == day("03-23")


def test_agent_writes_on_no_holiday_of_either_country() -> None:
    """Easter Monday is a holiday in France; the Tuesday after it, in no country; Good Friday, in Germany only."""
    both = calendar_of(Place("FR"), Place("DE"))
    assert next_message(state(invoice("03-10")), "04-03").on == day("04-03")
    assert next_message(state(invoice("03-10"), calendar=both), "04-03").on == day("04-07")


def test_agent_writes_on_no_weekend_of_the_customers_country() -> None:
    facts = state(invoice("03-10"), calendar=calendar_of(Place("FR"), Place("EG")))
    assert next_message(facts, "03-27").on == day("03-30")  # a Friday


def test_message_names_what_is_overdue_then_what_is_due_within_seven_days() -> None:
    overdue, older = invoice("03-10"), invoice("02-20")
    today, soon, edge, beyond = invoice("03-17"), invoice("03-18"), invoice("03-24"), invoice("03-25")
    message = next_message(state(beyond, edge, overdue, soon, today, older), "03-17")
    assert [named.invoice for named in message.overdue] == [older, overdue]
    assert [named.days_late for named in message.overdue] == [25, 7]
    assert [named.invoice for named in message.due_soon] == [today, soon, edge]


def test_account_has_one_message_for_all_its_currencies() -> None:
    euros, dollars = invoice("03-10"), invoice("03-11", currency="USD")
    assert numbers(next_message(state(dollars, euros), "03-17")) == [euros.number, dollars.number]


def test_same_facts_and_day_give_the_same_decision() -> None:
    facts = state(invoice("03-10"), invoice("03-20"))
    one, other = decide(facts, day("03-17")), decide(facts, day("03-17"))
    assert (one, one.fingerprint()) == (other, other.fingerprint())


def test_decision_that_plans_ahead_stays_the_same_until_its_day() -> None:
    facts = state(invoice("03-20"))
    today = day("03-02")
    prints = {decide(facts, today + timedelta(days=n)).fingerprint() for n in range(16)}
    assert len(prints) == 1
    assert decide(facts, today).outcome == Outcome.MESSAGE
