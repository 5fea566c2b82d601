"""When the agent does not write at all, and says why. Source: agent.md 3."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from accounts.enums import AccountStatus, FollowUpOwner, PauseReason
from billabex.agent.enums import Outcome
from billabex.agent.rules import AccountState, PauseState, decide
from tests.agent.states import day, invoice, next_message, person, state


def late(**facts: Any) -> AccountState:
    """Return an account with an invoice that is overdue on 17 March."""
    return state(invoice("03-10"), **facts)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"owner": FollowUpOwner.IN_HOUSE}, "in_house"),
        ({"status": AccountStatus.SUSPENDED}, "suspended"),
        ({"status": AccountStatus.WRITTEN_OFF}, "written_off"),
        ({"pause": PauseState(PauseReason.DISPUTE)}, "paused"),
        ({"pause": PauseState(PauseReason.OTHER, day("03-18"))}, "paused"),
        ({"status": AccountStatus.SUSPENDED, "people": ()}, "suspended"),
    ],
)
def test_hold_forbids_every_message_and_says_why(facts: dict[str, Any], code: str) -> None:
    decision = decide(late(**facts), day("03-17"))
    assert (decision.outcome, decision.message, decision.planned_on) == (Outcome.HOLD, None, None)
    assert [reason.code for reason in decision.reasons] == [code]


@pytest.mark.parametrize("reason", PauseReason)
def test_pause_of_any_reason_holds(reason: PauseReason) -> None:
    decision = decide(late(pause=PauseState(reason)), day("03-17"))
    assert decision.reasons[0].facts == {"reason": reason.value, "until": ""}
    assert decision.review_on is None


def test_pause_with_an_end_ends_by_itself_on_its_day() -> None:
    paused = late(pause=PauseState(PauseReason.CUSTOMER_REQUEST, day("03-17")))
    held = decide(paused, day("03-16"))
    assert (held.outcome, held.review_on) == (Outcome.HOLD, day("03-17"))
    assert next_message(paused, "03-17").on == day("03-17")


@pytest.mark.parametrize(
    ("until", "leaves"),
    [
        ("03-21", "03-23"),  # a Saturday: Monday
        ("04-06", "04-07"),  # Easter Monday: Tuesday
    ],
)
def test_pause_that_ends_on_a_day_off_lets_write_on_the_next_business_day(until: str, leaves: str) -> None:
    paused = late(pause=PauseState(PauseReason.CUSTOMER_REQUEST, day(until)))
    assert decide(paused, day(until) - timedelta(days=1)).review_on == day(until)
    assert next_message(paused, until).on == day(leaves)


def test_account_without_any_contact_needs_one() -> None:
    decision = decide(late(people=()), day("03-17"))
    assert (decision.outcome, decision.message) == (Outcome.TASK, None)
    assert decision.reasons[0].code == "no_contact"


def test_account_whose_contacts_cannot_be_written_to_needs_another() -> None:
    unusable = (person("bounced", is_usable=False), person("copied", is_copy_only=True))
    decision = decide(late(people=unusable), day("03-17"))
    assert (decision.outcome, decision.message) == (Outcome.TASK, None)
    assert decision.reasons[0].code == "no_usable_contact"


def test_new_account_needs_a_contact_before_anything_is_due() -> None:
    for account in (state(people=()), state(invoice("12-31"), people=())):
        assert decide(account, day("03-17")).outcome == Outcome.TASK


def test_account_without_open_invoice_gets_no_message() -> None:
    decision = decide(state(), day("03-17"))
    assert (decision.outcome, decision.reasons[0].code) == (Outcome.NOTHING, "nothing_open")


def test_message_stands_planned_although_nothing_is_due_yet() -> None:
    assert next_message(state(invoice("06-30")), "03-17").on == day("06-25")
