"""How a message speaks, and which follow-up of its episode it is. Source: agent.md 5."""

from __future__ import annotations

from datetime import timedelta

import pytest

from billabex.agent.rules import message_on
from communications.enums import Kind, Tone
from tests.agent.states import day, follow_ups, invoice, next_message, settled, state

COURTEOUS, PROFESSIONAL, FIRM = Tone


@pytest.mark.parametrize(
    ("age", "tone"), [(1, COURTEOUS), (30, COURTEOUS), (31, PROFESSIONAL), (60, PROFESSIONAL), (61, FIRM), (400, FIRM)]
)
def test_tone_follows_the_age_of_the_oldest_overdue_invoice(age: int, tone: Tone) -> None:
    today = day("03-25")
    oldest, young = invoice(today - timedelta(days=age)), invoice(today - timedelta(days=1))
    assert next_message(state(young, oldest), today).tone == tone


def test_message_of_a_person_within_the_extra_delay_still_asks_for_what_is_overdue() -> None:
    """There is nothing else to speak of: a reminder of what is due soon would be of nothing."""
    facts = state(invoice("03-10"), extra_delay=20)
    message = message_on(facts, day("03-17"))
    assert message is not None
    assert (message.kind, message.step, message.tone) == (Kind.FOLLOW_UP, 1, COURTEOUS)


def test_tone_is_that_of_the_day_on_which_the_message_leaves() -> None:
    """Written on 16 March: the next one leaves at age 34."""
    message = next_message(state(invoice("02-17"), written="03-16"), "03-17")
    assert (message.on, message.tone) == (day("03-23"), PROFESSIONAL)


def test_tone_does_not_soften_when_the_oldest_invoice_is_paid_and_younger_ones_are_left() -> None:
    facts = state(
        invoice("03-10"), settled_late=(settled("01-05", "03-16"),), **follow_ups(("03-11", FIRM), ("03-16", FIRM))
    )
    message = next_message(facts, "03-30")
    assert (message.tone, message.step) == (FIRM, 3)


def test_tone_stays_through_a_chain_of_invoices_that_were_late_one_after_the_other() -> None:
    chain = (settled("2025-12-20", "01-20"), settled("01-10", "02-20"), settled("02-10", "03-20"))
    facts = state(invoice("03-15"), settled_late=chain, **follow_ups(("01-15", PROFESSIONAL), ("03-02", COURTEOUS)))
    message = next_message(facts, "03-30")
    assert (message.tone, message.step) == (PROFESSIONAL, 3)


def test_tone_is_courteous_again_once_everything_overdue_was_paid() -> None:
    facts = state(
        invoice("03-10"),
        settled_late=(settled("01-05", "03-09"),),
        **follow_ups(("02-20", PROFESSIONAL), ("03-09", FIRM)),
    )
    message = next_message(facts, "03-30")
    assert (message.tone, message.step) == (COURTEOUS, 1)


@pytest.mark.parametrize(("settled_on", "step"), [("03-10", 1), ("03-11", 2)])
def test_episode_ends_with_the_day_on_which_nothing_was_overdue(settled_on: str, step: int) -> None:
    """The next invoice was due on the 10th: paid that day, there was an evening with nothing overdue."""
    facts = state(invoice("03-10"), settled_late=(settled("01-05", settled_on),), **follow_ups(("03-02", FIRM)))
    assert next_message(facts, "03-30").step == step


def test_episode_does_not_reach_back_over_an_invoice_paid_in_time() -> None:
    """An invoice that was not yet due when the other was paid joins no two episodes."""
    facts = state(invoice("03-20"), settled_late=(settled("01-05", "02-10"),), **follow_ups(("02-09", PROFESSIONAL)))
    message = next_message(facts, "03-30")
    assert (message.tone, message.step) == (COURTEOUS, 1)


def test_step_counts_the_follow_ups_of_the_episode() -> None:
    left = [("03-11", COURTEOUS), ("03-25", COURTEOUS), ("04-09", PROFESSIONAL)]
    message = next_message(state(invoice("03-10"), **follow_ups(*left)), "04-10")
    assert (message.step, message.tone) == (4, PROFESSIONAL)


def test_pre_due_reminder_in_an_episodes_wake_has_no_step_and_is_courteous() -> None:
    facts = state(invoice("03-20"), settled_late=(settled("01-05", "03-09"),), **follow_ups(("03-09", FIRM)))
    message = next_message(facts, "03-10")
    assert (message.step, message.tone) == (0, COURTEOUS)
