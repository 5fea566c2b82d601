"""Simulation: what would leave if nothing changed, by the same `decide` on facts advanced from message to message.

Source: issue 4, "Explain".
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import F

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

EXAMINED = 200
"""How many accounts of an organization are simulated for a page: more would keep a person waiting."""


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
        examined: How many accounts were looked at: those that the agent turns to next.
        followed_up: How many accounts the agent follows up.
    """

    per_day: dict[date, int]
    first: tuple[Upcoming, ...]
    examined: int
    followed_up: int

    @property
    def per_week(self) -> dict[date, int]:
        """How many messages in each week with one, by its Monday."""
        weeks: Counter[date] = Counter()
        for on, count in self.per_day.items():
            weeks[on - timedelta(days=on.weekday())] += count
        return weeks


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


def forecast(organization: Organization, *, today: date, first: int = 50) -> Forecast:
    """Return how many messages an organization's accounts would get on each day, and the first of them.

    Of many accounts, it looks at those that the agent turns to next; see `EXAMINED`.

    Args:
        organization: Whose accounts.
        today: Its civil date.
        first: How many messages to name.
    """
    accounts = Account.objects.for_organization(organization).followed_up()
    by_turn = accounts.order_by(F("agenda__look_on").asc(nulls_last=True), "pk")
    ids = list(by_turn.values_list("pk", flat=True)[:EXAMINED])
    loaded = agent_facts.load(organization, ids, today=today)
    found = [Upcoming(one.account, message) for one in loaded for message in upcoming(one, today=today)]
    found.sort(key=lambda one: (one.message.on, one.account.name, one.account.pk))
    return Forecast(
        per_day=Counter(one.message.on for one in found),
        first=tuple(found[:first]),
        examined=len(ids),
        followed_up=accounts.count(),
    )
