"""To whom the agent writes. Source: agent.md 4."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from communications.enums import Tone
from tests.agent.states import day, follow_ups, invoice, next_message, person, state

if TYPE_CHECKING:
    from billabex.agent.rules import Message

COURTEOUS, FIRM = Tone.COURTEOUS, Tone.FIRM
OLDEST, PRIMARY, YOUNGEST = person("oldest"), person("primary", is_primary=True), person("youngest")
PEOPLE = (OLDEST, PRIMARY, YOUNGEST)
SENT = ("03-11", "03-25", "04-09")


def addressed(message: Message) -> tuple[str, list[str]]:
    return message.recipients.to.name, [copied.name for copied in message.recipients.cc]


def test_message_goes_to_the_primary_contact_alone() -> None:
    assert addressed(next_message(state(invoice("03-10"), people=PEOPLE), "03-17")) == ("Primary", [])


def test_message_goes_to_the_oldest_usable_contact_when_the_primary_is_not() -> None:
    people = (person("bounced", is_usable=False), OLDEST, person("primary", is_primary=True, is_usable=False), YOUNGEST)
    assert addressed(next_message(state(invoice("03-10"), people=people), "03-17")) == ("Oldest", [])


def test_contact_for_copies_is_never_written_to_but_always_reads_along() -> None:
    people = (person("copied", is_copy_only=True), YOUNGEST)
    assert addressed(next_message(state(invoice("03-10"), people=people), "03-17")) == ("Youngest", ["Copied"])
    assert addressed(next_message(state(invoice("03-20"), people=people), "03-17")) == ("Youngest", ["Copied"])


def test_primary_contact_for_copies_only_is_written_to_in_copy() -> None:
    people = (person("primary", is_primary=True, is_copy_only=True), YOUNGEST)
    assert addressed(next_message(state(invoice("03-10"), people=people), "03-17")) == ("Youngest", ["Primary"])


@pytest.mark.parametrize(
    ("sent", "copies"), [(0, []), (1, []), (2, ["Oldest", "Youngest"]), (3, ["Oldest", "Youngest"])]
)
def test_others_are_copied_from_the_third_unanswered_follow_up(sent: int, copies: list[str]) -> None:
    history = follow_ups(*((on, COURTEOUS) for on in SENT[:sent])) if sent else {}
    message = next_message(state(invoice("03-10"), people=PEOPLE, **history), "03-11")
    assert (message.step, addressed(message)) == (sent + 1, ("Primary", copies))


@pytest.mark.parametrize("replied_on", ["03-25", "03-26"])
def test_reply_starts_the_count_of_unanswered_follow_ups_anew(replied_on: str) -> None:
    history = follow_ups(*((on, COURTEOUS) for on in SENT[:2]))
    facts = state(invoice("03-10"), people=PEOPLE, last_reply_on=day(replied_on), **history)
    message = next_message(facts, "03-27")
    assert (message.step, addressed(message)) == (3, ("Primary", []))


def test_reply_before_two_unanswered_follow_ups_keeps_no_one_from_being_copied() -> None:
    history = follow_ups(*((on, COURTEOUS) for on in SENT[:2]))
    facts = state(invoice("03-10"), people=PEOPLE, last_reply_on=day("03-10"), **history)
    assert addressed(next_message(facts, "03-27")) == ("Primary", ["Oldest", "Youngest"])


def test_others_are_copied_at_the_firm_tone() -> None:
    message = next_message(state(invoice("01-05"), people=PEOPLE), "03-17")
    assert (message.tone, message.step, addressed(message)) == (FIRM, 1, ("Primary", ["Oldest", "Youngest"]))


def test_unusable_contacts_are_not_copied() -> None:
    people = (PRIMARY, person("bounced", is_usable=False), YOUNGEST)
    assert addressed(next_message(state(invoice("01-05"), people=people), "03-17")) == ("Primary", ["Youngest"])


def test_follow_ups_of_an_earlier_episode_copy_nobody() -> None:
    history = follow_ups(("01-12", COURTEOUS), ("01-26", COURTEOUS), ("02-09", COURTEOUS))
    assert addressed(next_message(state(invoice("03-10"), people=PEOPLE, **history), "03-11")) == ("Primary", [])


def test_pre_due_reminder_goes_to_one_person() -> None:
    history = follow_ups(("01-12", COURTEOUS), ("01-26", COURTEOUS), ("02-09", FIRM))
    message = next_message(state(invoice("03-20"), people=PEOPLE, **history), "03-02")
    assert (message.step, addressed(message)) == (0, ("Primary", []))
