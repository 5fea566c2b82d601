"""The formal notice: proposed, agreed to, sent once, followed by silence. Source: agent.md 5; docs/decisions/012.

The invoice is due on 1 December 2025; on 1 March 2026 it is 90 days overdue. In March 2026 France has no holiday.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from billabex.agent.enums import Outcome
from billabex.agent.rules import QUESTION, AccountState, NoticeAsked, decide
from communications.enums import Kind, Tone
from tests.agent.states import day, follow_ups, invoice, next_message, settled, state

DUE = date(2025, 12, 1)
THREE_FIRM = (("02-20", Tone.FIRM), ("02-25", Tone.FIRM), ("03-02", Tone.FIRM))


def overdue(*left: tuple[str, Tone], **facts: Any) -> AccountState:
    """Return an account whose invoice is long overdue, and what was written about it."""
    return state(invoice(DUE), **(follow_ups(*(left or THREE_FIRM)) | facts))


def is_asked(facts: AccountState, today: str) -> bool:
    decision = decide(facts, day(today))
    assert decision.outcome == Outcome.MESSAGE
    return decision.ask == QUESTION


def asked(on: str, *, answer: bool | None = None) -> NoticeAsked:
    return NoticeAsked(day(on), answer)


@pytest.mark.parametrize(("today", "expected"), [("03-01", False), ("03-02", True)])
def test_notice_is_proposed_after_ninety_days(today: str, *, expected: bool) -> None:
    facts = overdue(("02-19", Tone.FIRM), ("02-20", Tone.FIRM), ("02-25", Tone.FIRM))
    assert is_asked(facts, today) is expected
    assert decide(facts, day("02-27")).review_on == min(day("03-02"), next_message(facts, "02-27").on)


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        (THREE_FIRM[:2], False),
        (THREE_FIRM, True),
        ((("02-05", Tone.PROFESSIONAL), *THREE_FIRM[1:]), False),
    ],
)
def test_notice_is_proposed_after_three_firm_follow_ups(left: tuple[tuple[str, Tone], ...], *, expected: bool) -> None:
    assert is_asked(overdue(*left), "03-03") is expected


def test_firm_follow_ups_go_on_while_the_proposal_is_open() -> None:
    facts = overdue(notice=asked("03-03"))
    message = next_message(facts, "03-04")
    assert is_asked(facts, "03-04")
    assert (message.on, message.kind, message.step, message.tone) == (day("03-05"), Kind.FOLLOW_UP, 4, Tone.FIRM)


def test_yes_makes_the_next_message_the_formal_notice() -> None:
    facts = overdue(notice=asked("03-03", answer=True))
    message = next_message(facts, "03-04")
    assert (message.on, message.kind, message.step, message.tone) == (day("03-05"), Kind.FORMAL_NOTICE, 0, Tone.FIRM)
    assert message.deadline_on == day("03-17")
    assert not is_asked(facts, "03-04")
    assert decide(facts, day("03-04")).reasons[0].code == "formal_notice"


def test_no_is_never_asked_again_in_the_episode() -> None:
    facts = overdue(notice=asked("03-03", answer=False))
    assert not any(is_asked(facts, today) for today in ("03-04", "04-15", "08-03"))
    assert next_message(facts, "03-04").kind == Kind.FOLLOW_UP


def test_no_of_an_earlier_episode_does_not_count() -> None:
    """Everything had been paid in November; the next invoice fell due in December."""
    facts = overdue(notice=NoticeAsked(date(2025, 11, 12), answer=False))
    assert is_asked(facts, "03-04")


def test_no_counts_as_long_as_something_stays_overdue() -> None:
    facts = overdue(
        notice=NoticeAsked(date(2025, 11, 12), answer=False), settled_late=(settled("2025-08-01", "2025-12-15"),)
    )
    assert not is_asked(facts, "03-04")


def test_notice_is_followed_by_eight_silent_business_days() -> None:
    """Sent on Thursday the 5th: the 6th, then two weeks from the 9th on, of which the 17th is the eighth day."""
    facts = overdue(notice=asked("03-03", answer=True), last_notice_on=day("03-05"), last_message_on=day("03-05"))
    message = next_message(facts, "03-06")
    assert (message.on, message.kind, message.step, message.tone) == (day("03-18"), Kind.FOLLOW_UP, 4, Tone.FIRM)
    assert decide(facts, day("03-06")).reasons[0].code == "after_notice"
    assert not is_asked(facts, "03-06")


def test_silence_after_a_notice_holds_reminders_back_too() -> None:
    facts = state(
        invoice(DUE),
        invoice("03-13"),
        **follow_ups(*THREE_FIRM) | {"last_notice_on": day("03-05"), "last_message_on": day("03-05")},
    )
    assert next_message(facts, "03-06").on == day("03-18")


def test_firm_follow_ups_go_on_after_the_silence_and_no_second_notice() -> None:
    left = follow_ups(*THREE_FIRM, ("03-18", Tone.FIRM))
    facts = state(invoice(DUE), **left, last_notice_on=day("03-05"), notice=asked("03-03", answer=True))
    message = next_message(facts, "03-19")
    assert (message.on, message.kind, message.step) == (day("03-23"), Kind.FOLLOW_UP, 5)
    assert not is_asked(facts, "03-19")


def test_yes_is_not_used_once_what_was_so_late_is_paid() -> None:
    facts = state(
        invoice("01-05"),
        **follow_ups(*THREE_FIRM),
        notice=asked("03-03", answer=True),
        settled_late=(settled("2025-12-01", "03-04"),),
    )
    assert next_message(facts, "03-04").kind == Kind.FOLLOW_UP


def test_broken_promise_is_named_in_a_formal_notice() -> None:
    facts = state(invoice(DUE, promised="02-26"), **follow_ups(*THREE_FIRM[:2]), notice=asked("03-01", answer=True))
    message = next_message(facts, "03-03")
    assert (message.kind, message.broken_promise_on) == (Kind.FORMAL_NOTICE, day("02-26"))


@pytest.mark.parametrize(("answer", "kind"), [(None, Kind.FOLLOW_UP), (True, Kind.FORMAL_NOTICE)])
def test_promise_holds_the_proposal_and_the_notice_until_it_is_broken(*, answer: bool | None, kind: Kind) -> None:
    """Promised for Tuesday the 10th: it ends on Thursday."""
    history = follow_ups(*THREE_FIRM) | {"notice": asked("03-03", answer=answer)}
    facts = state(invoice(DUE, promised="03-10"), **history)
    held = decide(facts, day("03-11"))
    assert (held.outcome, held.ask, held.review_on) == (Outcome.HOLD, None, day("03-12"))
    message = next_message(facts, "03-12")
    assert (message.on, message.kind, message.broken_promise_on) == (day("03-12"), kind, day("03-10"))
    assert is_asked(facts, "03-12") is (answer is None)


def test_notice_is_not_proposed_while_nothing_may_be_asked_for() -> None:
    disputed = state(invoice(DUE, is_disputed=True), **follow_ups(*THREE_FIRM))
    assert decide(disputed, day("03-04")).ask is None


def test_dispute_of_the_oldest_leaves_what_is_late_enough() -> None:
    facts = state(invoice(DUE, is_disputed=True), invoice("01-15"), **follow_ups(*THREE_FIRM))
    assert not is_asked(facts, "03-04")
    assert is_asked(facts, "04-16")
