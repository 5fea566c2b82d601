"""The message that stands for an account: the agent's as it is decided, or as a person has left it.

What a person has had their say about is theirs: planning neither moves nor rewrites it, and it leaves on their day to
their recipients. Source: docs/decisions/011, `communications.ports`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from billabex.agent.enums import Outcome
from billabex.agent.rules import Decision, Reason, decide, message_on
from communications.enums import RecipientField
from contacts.rules import Person, Recipients

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from uuid import UUID

    from billabex.agent.facts import Facts
    from billabex.agent.rules import AccountState, Message
    from communications.models import Communication, Recipient

_GONE = frozenset(["written_off", "suspended", "in_house"])
"""Holds that take the reason of a person's message away; others only keep it waiting."""

OUT_OF_REACH = Decision(Outcome.HOLD, (Reason.of("out_of_reach"),))
"""Why a person's message is withdrawn although something is owed: somebody else is written to."""


def standing_message(one: Facts, decision: Decision, today: date) -> Message | None:
    """Return what the account's planned message says as things stand; None when it must not leave.

    Args:
        one: The account, with the message that stands.
        decision: As decided today.
        today: The organization's civil date.
    """
    standing = one.standing.scheduled
    if standing is None or not standing.is_by_person:
        return decision.message
    people = _chosen(standing, one.state)
    return message_on(one.state, leaves_on(standing, one.state, today), people) if people else None


def as_it_stands(one: Facts, today: date) -> Decision:
    """Return what is decided today; where a person has had their say about the message, with theirs in its place."""
    decision, standing = decide(one.state, today), one.standing.scheduled
    if decision.message is None or standing is None or not standing.is_by_person:
        return decision
    message = standing_message(one, decision, today)
    if message is None:
        return decision
    by = standing.released_by or standing.edited_by
    return Decision(Outcome.MESSAGE, (Reason.of("by_person", by=by),), message, decision.ask, message.on)


def leaves_on(communication: Communication, state: AccountState, today: date) -> date:
    """Return the day on which a person's message leaves, if it still may: theirs, or the first after it."""
    if communication.planned_on is not None and communication.planned_on >= today:
        return communication.planned_on
    return state.calendar.on_or_after(today)


def is_kept_waiting(communication: Communication, decision: Decision) -> bool:
    """Tell whether a message is only held, not withdrawn, while the agent itself plans none."""
    is_gone = decision.outcome == Outcome.NOTHING or decision.reasons[0].code in _GONE
    return communication.is_by_person and not is_gone


def is_out_of_reach(communication: Communication, state: AccountState) -> bool:
    """Tell whether nobody of those that a person's message goes to can be written to any more. Source: agent.md 6."""
    return _chosen(communication, state) is None


def _chosen(communication: Communication, state: AccountState) -> Recipients | None:
    """Return whom a person's message goes to; None while none of those it is addressed to can be written to."""
    known = {person.id: person for person in state.people}
    to, cc = list[Person](), list[Person]()
    for recipient in communication.recipients.all():
        if person := _usable(recipient, known):
            (to if recipient.field == RecipientField.TO else cc).append(person)
    return Recipients(to[0], (*to[1:], *cc)) if to else None


def _usable(recipient: Recipient, known: Mapping[UUID, Person]) -> Person | None:
    """Return the contact, as long as it can be written to at the address that was chosen."""
    person = known.get(recipient.contact_id) if recipient.contact_id else None
    return person if person and person.is_usable and person.email == recipient.address else None
