"""The decision, against a reader of agent.md who goes from day to day and asks whether a message is due.

Nothing here shares code with the rules: days are walked one by one, and holidays come straight from the library.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import holidays
from hypothesis import given, settings
from hypothesis import strategies as st

from billabex.agent.rules import AccountState, FollowUp, OpenInvoice, Settled, decide
from billabex.core.calendars import Place, calendar_of
from communications.enums import Kind, Tone
from tests.agent.states import invoice, state

if TYPE_CHECKING:
    from collections.abc import Iterator

COUNTRIES = ["FR", "DE", "GB", "US", "ES", "IT", "NL", "PT", "JP", "EG", "AE", "IL", "CN", "TN"]
TODAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))
ONE_DAY = timedelta(days=1)


@cache
def open_days(*countries: str) -> frozenset[date]:
    years = range(2021, 2031)
    libraries = [holidays.country_holidays(country, years=years) for country in countries]
    days = (date(years[0], 1, 1) + timedelta(days=n) for n in range(365 * len(years)))
    return frozenset(
        day
        for day in days
        if day.strftime("%a") not in {"Sat", "Sun"}
        and not any(day in library or library.is_weekend(day) for library in libraries)
    )


@dataclass
class Reader:
    """Someone who knows the sentences of agent.md by heart, and one account."""

    facts: AccountState
    open_days: frozenset[date]

    def expected(self, today: date) -> tuple[date, Kind, int, Tone] | None:
        """Return the next message: its day, kind, step and tone."""
        if not self.asked():
            return None
        day = today
        while not (self.may_write(day) and (self.reminds(day) or self.chases(day))):
            day += ONE_DAY
        if not self.is_past_the_delay(day):
            return day, Kind.PRE_DUE_REMINDER, 0, Tone.COURTEOUS
        earlier = [one for one in self.facts.follow_ups if one.sent_on > self.eve_of_the_episode(day)]
        tones = {self.tone_of_age(day), *(one.tone for one in earlier)}
        tone = next(tone for tone in (Tone.FIRM, Tone.PROFESSIONAL, Tone.COURTEOUS) if tone in tones)
        return day, Kind.FOLLOW_UP, len(earlier) + 1, tone

    def asked(self) -> list[OpenInvoice]:
        """Return the invoices, the oldest first, from the first that the credit does not pay in full."""
        oldest_first = sorted(self.facts.invoices, key=lambda one: (one.due_on, one.number))
        credit = dict(self.facts.credit).get("EUR", 0)
        while oldest_first and oldest_first[0].remaining <= credit:
            credit -= oldest_first.pop(0).remaining
        return oldest_first

    def may_write(self, day: date) -> bool:
        last = self.facts.last_agent_message_on
        return day in self.open_days and (last is None or last < day)

    def reminds(self, day: date) -> bool:
        """Whether the day is an invoice's: three business days before it is due, or later where that was missed."""
        for one in self.asked():
            its_day = self.walk_back(one.due_on, 3)
            if not one.is_reminded and one.arrived_on <= its_day and its_day <= day <= one.due_on:
                return True
        return False

    def chases(self, day: date) -> bool:
        if not self.is_past_the_delay(day):
            return False
        last = self.facts.last_message_on
        age = self.age(day)
        pause = 10 if age <= 30 else 5 if age <= 60 else 3
        return last is None or self.count(last, day) >= pause

    def is_past_the_delay(self, day: date) -> bool:
        """Whether the oldest invoice is overdue by a business day and the extra delay."""
        return self.age(day) > 0 and self.count(day - timedelta(days=self.age(day)), day) >= 1 + self.facts.extra_delay

    def age(self, day: date) -> int:
        return max((day - one.due_on).days for one in self.asked())

    def tone_of_age(self, day: date) -> Tone:
        age = self.age(day)
        return Tone.COURTEOUS if age <= 30 else Tone.PROFESSIONAL if age <= 60 else Tone.FIRM

    def eve_of_the_episode(self, day: date) -> date:
        """Walk back to the last day at whose end nothing was overdue."""
        while any(self.was_overdue(day)):
            day -= ONE_DAY
        return day

    def was_overdue(self, day: date) -> Iterator[bool]:
        yield from (one.due_on < day for one in self.asked())
        yield from (one.due_on < day < one.settled_on for one in self.facts.settled_late)

    def count(self, start: date, end: date) -> int:
        """Count the business days after the start, up to the end."""
        return sum(start + timedelta(days=n) in self.open_days for n in range(1, (end - start).days + 1))

    def walk_back(self, day: date, count: int) -> date:
        while count:
            day -= ONE_DAY
            count -= day in self.open_days
        return day


@st.composite
def open_invoices(draw: st.DrawFn, today: date) -> OpenInvoice:
    brackets = st.sampled_from([-61, -60, -59, -31, -30, -29, -2, -1, 0, 1, 3, 4, 5, 7, 8])
    due_on = today + timedelta(days=draw(brackets | st.integers(-120, 60)))
    arrived_on = min(today, due_on - timedelta(days=draw(st.integers(-3, 40))))
    amount = draw(st.sampled_from(["50.00", "100.00", "150.00"]))
    return invoice(due_on, amount, arrived=arrived_on, is_reminded=draw(st.booleans()))


@st.composite
def histories(draw: st.DrawFn, today: date) -> dict[str, Any]:
    """Return what was written so far: the agent's follow-ups and reminders, and messages of people."""
    days = sorted(today - timedelta(days=n) for n in draw(st.sets(st.integers(0, 150), max_size=8)))
    writers = {day: draw(st.sampled_from([*Tone, "reminder", "person"])) for day in days}
    agents = [day for day in days if writers[day] != "person"]
    return {
        "follow_ups": tuple(FollowUp(day, Tone(tone)) for day, tone in writers.items() if tone in Tone.values),
        "last_message_on": days[-1] if days else None,
        "last_agent_message_on": agents[-1] if agents else None,
    }


@st.composite
def late_settlements(draw: st.DrawFn, today: date) -> Settled:
    settled_on = today - timedelta(days=draw(st.integers(0, 120)))
    return Settled(settled_on - timedelta(days=draw(st.integers(1, 90))), settled_on)


@st.composite
def accounts(draw: st.DrawFn) -> tuple[AccountState, frozenset[date], date]:
    today = draw(TODAYS)
    countries = draw(st.lists(st.sampled_from(COUNTRIES), min_size=1, max_size=2))
    credit = draw(st.sampled_from(["0", "40.00", "100.00", "210.00"]))
    facts = state(
        *draw(st.lists(open_invoices(today), max_size=5)),
        calendar=calendar_of(*map(Place, countries)),
        extra_delay=draw(st.sampled_from([0, 0, 1, 5])),
        settled_late=tuple(draw(st.lists(late_settlements(today), max_size=4))),
        credit=(("EUR", invoice(today, credit).remaining),),
        **draw(histories(today)),
    )
    return facts, open_days(*countries), today


@settings(max_examples=300, deadline=None)
@given(accounts())
def test_decision_is_what_a_reader_of_the_rules_expects(case: tuple[AccountState, frozenset[date], date]) -> None:
    facts, days, today = case
    message = decide(facts, today).message
    planned = (message.on, message.kind, message.step, message.tone) if message else None
    assert planned == Reader(facts, days).expected(today)


@settings(max_examples=100, deadline=None)
@given(accounts())
def test_decision_stands_until_its_day_comes(case: tuple[AccountState, frozenset[date], date]) -> None:
    """What is planned is what is decided on every day until then: nobody sees a plan that changes by itself."""
    facts, _days, today = case
    decision = decide(facts, today)
    until = decision.planned_on or today + timedelta(days=5)
    later = {decide(facts, today + timedelta(days=n)).fingerprint() for n in range((until - today).days + 1)}
    assert later == {decision.fingerprint()}
