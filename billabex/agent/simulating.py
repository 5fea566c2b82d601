"""Simulation: what would leave if nothing changed, by the same `decide` on facts advanced from message to message.

Source: issue 4, "Explain".
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from heapq import nsmallest
from itertools import batched
from typing import TYPE_CHECKING

from accounts.models import Account
from billabex.agent import facts as agent_facts
from billabex.agent.planned import as_it_stands
from billabex.agent.rules import AccountState, FollowUp, decide
from communications.enums import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from billabex.agent.facts import Facts
    from billabex.agent.rules import Message
    from billabex.organizations.models import Organization

AHEAD = timedelta(days=60)
"""How far a simulation looks, the last day included."""

BATCH = 500


@dataclass(frozen=True, slots=True)
class Upcoming:
    """A message that would leave, and the account that would get it."""

    account: Account
    message: Message


@dataclass(frozen=True, slots=True)
class Forecast:
    """What an organization's agent would send.

    Attributes:
        per_day: How many messages on each day with one, in the order of the days.
        first: The first of them, by day and name.
    """

    per_day: dict[date, int]
    first: tuple[Upcoming, ...]


def simulate(state: AccountState, *, today: date, until: date) -> Iterator[Message]:
    """Yield the messages that would leave from today up to and including a day if nothing but they happened.

    Pure. Nobody answers, pays or agrees to anything; pauses and promises end on their days.
    """
    day = today
    while day <= until:
        decision = decide(state, day)
        if decision.message is not None:
            if decision.message.on > until:
                return
            yield decision.message
            state, day = after(state, decision.message), decision.message.on
        elif decision.review_on is not None:
            day = decision.review_on
        else:
            return


def after(state: AccountState, message: Message) -> AccountState:
    """Return the account's facts as they are once the agent's message has left."""
    reminded = {named.invoice.id for named in message.invoices if named.is_reminder}
    is_follow_up = message.kind == Kind.FOLLOW_UP
    return replace(
        state,
        invoices=tuple(replace(one, is_reminded=one.is_reminded or one.id in reminded) for one in state.invoices),
        follow_ups=(*state.follow_ups, FollowUp(message.on, message.tone)) if is_follow_up else state.follow_ups,
        last_message_on=message.on,
        last_agent_message_on=message.on,
        last_notice_on=message.on if message.kind == Kind.FORMAL_NOTICE else state.last_notice_on,
    )


def upcoming(one: Facts, *, today: date, until: date | None = None) -> Iterator[Message]:
    """Yield the messages that an account would get; what a person has planned for it goes first.

    Args:
        one: The account, with the message that stands.
        today: The organization's civil date.
        until: The last day to look at; `AHEAD` by default.
    """
    state, day, until = one.state, today, until or today + AHEAD
    standing = one.standing.scheduled
    if standing is not None and standing.is_by_person:
        decision = as_it_stands(one, today)
        if decision.message is None and decision.review_on is not None:
            decision = as_it_stands(one, decision.review_on)
        if decision.message is None or decision.message.on > until:
            return
        yield decision.message
        state, day = after(state, decision.message), decision.message.on
    yield from simulate(state, today=day, until=until)


def upcoming_of(organization: Organization, *, today: date, until: date | None = None) -> Iterator[Upcoming]:
    """Yield the messages that an organization's accounts would get, account by account in the order of their ids.

    In bounded memory: the facts of one batch of accounts are held at a time, loaded in a fixed number of queries.
    """
    ids = Account.objects.for_organization(organization).followed_up().order_by("pk").values_list("pk", flat=True)
    for batch in batched(ids.iterator(chunk_size=BATCH), BATCH):
        for one in agent_facts.load(organization, batch, today=today):
            for message in upcoming(one, today=today, until=until):
                yield Upcoming(one.account, message)


def forecast(organization: Organization, *, today: date, first: int = 50) -> Forecast:
    """Return how many messages an organization's accounts would get on each day, and the first of them.

    Args:
        organization: Whose accounts.
        today: Its civil date.
        first: How many messages to name.
    """
    per_day: Counter[date] = Counter()

    def counted() -> Iterator[Upcoming]:
        for one in upcoming_of(organization, today=today):
            per_day[one.message.on] += 1
            yield one

    soonest = nsmallest(first, counted(), key=lambda one: (one.message.on, one.account.name, one.account.pk))
    return Forecast(dict(sorted(per_day.items())), tuple(soonest))
