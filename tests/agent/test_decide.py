"""The decision, against a reader of agent.md who goes from day to day and asks whether a message is due.

Nothing here shares code with the rules: days are walked one by one, and holidays come straight from the library, for
20 countries and 10 years, with random histories of messages, promises, disputes, settlements and formal notices.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import holidays
from hypothesis import given, settings
from hypothesis import strategies as st

from billabex.agent.enums import Outcome
from billabex.agent.rules import AccountState, FollowUp, NoticeAsked, OpenInvoice, Settled, decide
from billabex.core.calendars import Place, calendar_of
from communications.enums import Kind, Tone
from tests.agent.states import invoice, state

if TYPE_CHECKING:
    from collections.abc import Iterator

COUNTRIES = [
    *["FR", "DE", "GB", "US", "ES", "IT", "NL", "PT", "BE", "CH"],
    *["AT", "SE", "PL", "JP", "CN", "EG", "AE", "IL", "SA", "TN"],
]
TODAYS = st.dates(date(2020, 1, 1), date(2029, 12, 31))
ONE_DAY = timedelta(days=1)


@cache
def open_days(*countries: str) -> frozenset[date]:
    years = range(2017, 2033)
    libraries = [holidays.country_holidays(country, years=years) for country in countries]
    days = (date(years[0], 1, 1) + timedelta(days=n) for n in range(365 * len(years)))
    return frozenset(
        day
        for day in days
        if day.strftime("%a") not in {"Sat", "Sun"}
        and not any(day in library or library.is_weekend(day) for library in libraries)
    )


type Expected = tuple[date, Kind, int, Tone, date | None]


@dataclass
class Reader:
    """Someone who knows the sentences of agent.md by heart, and one account."""

    facts: AccountState
    open_days: frozenset[date]

    def expected(self, today: date) -> Expected | None:
        """Return the next message: its day, kind, step and tone, and the broken promise that it names."""
        if not self.asked(today):
            return None
        day = today
        while not (self.may_write(day) and (self.reminds(day) or self.chases(day))):
            day += ONE_DAY
        if not self.is_past_the_delay(day):
            return day, Kind.PRE_DUE_REMINDER, 0, Tone.COURTEOUS, None
        if self.is_notice_agreed(day):
            return day, Kind.FORMAL_NOTICE, 0, Tone.FIRM, self.broken_promise(day)
        earlier = self.of_the_episode(day)
        tones = {self.tone_of_age(day), *(one.tone for one in earlier)}
        tone = next(tone for tone in (Tone.FIRM, Tone.PROFESSIONAL, Tone.COURTEOUS) if tone in tones)
        return day, Kind.FOLLOW_UP, len(earlier) + 1, tone, self.broken_promise(day)

    # --- What is owed, and may be asked for

    def asked(self, day: date) -> list[OpenInvoice]:
        return self.less_credit([one for one in self.facts.invoices if self.may_be_followed_up(one, day)])

    def less_credit(self, invoices: list[OpenInvoice]) -> list[OpenInvoice]:
        """Return the invoices, the oldest first, from the first that the credit does not pay in full."""
        oldest_first = sorted(invoices, key=lambda one: (one.due_on, one.number))
        credit = dict(self.facts.credit).get("EUR", 0)
        while oldest_first and oldest_first[0].remaining <= credit:
            credit -= oldest_first.pop(0).remaining
        return oldest_first

    def may_be_followed_up(self, one: OpenInvoice, day: date) -> bool:
        if one.is_disputed or one.declared is None:
            return not one.is_disputed
        return one.declared.promised_on is not None and self.count(one.declared.promised_on, day) >= 2

    def broken_promise(self, day: date) -> date | None:
        """Return the latest promise that has ended, unless something about overdue invoices left since its end."""
        spoken = [one.sent_on for one in self.facts.follow_ups]
        if self.facts.last_notice_on:
            spoken.append(self.facts.last_notice_on)
        promises = [one.declared.promised_on for one in self.asked(day) if one.declared and one.due_on < day]
        broken = [on for on in promises if on and not any(self.count(on, said) >= 2 for said in spoken)]
        return max(broken, default=None)

    # --- When

    def may_write(self, day: date) -> bool:
        last, notice = self.facts.last_agent_message_on, self.facts.last_notice_on
        is_silent = notice is not None and self.count(notice, day) <= 8
        return day in self.open_days and (last is None or last < day) and not is_silent

    def reminds(self, day: date) -> bool:
        """Whether the day is an invoice's: three business days before it is due, or later where that was missed."""
        for one in self.asked(day):
            its_day = self.walk_back(one.due_on, 3)
            if not one.is_reminded and one.arrived_on <= its_day and its_day <= day <= one.due_on:
                return True
        return False

    def chases(self, day: date) -> bool:
        if not self.is_past_the_delay(day):
            return False
        written = [on for on in self.facts.skipped_on if on <= day]
        if self.facts.last_message_on:
            written.append(self.facts.last_message_on)
        age = self.age(day)
        pause = 10 if age <= 30 else 5 if age <= 60 else 3
        return not written or self.count(max(written), day) >= pause

    def is_past_the_delay(self, day: date) -> bool:
        """Whether the oldest invoice is overdue by a business day and the extra delay."""
        return self.age(day) > 0 and self.count(day - timedelta(days=self.age(day)), day) >= 1 + self.facts.extra_delay

    def age(self, day: date) -> int:
        return max((day - one.due_on).days for one in self.asked(day))

    # --- How

    def tone_of_age(self, day: date) -> Tone:
        age = self.age(day)
        return Tone.COURTEOUS if age <= 30 else Tone.PROFESSIONAL if age <= 60 else Tone.FIRM

    def of_the_episode(self, day: date) -> list[FollowUp]:
        return [one for one in self.facts.follow_ups if one.sent_on > self.eve_of_the_episode(day)]

    def eve_of_the_episode(self, day: date) -> date:
        """Walk back to the last day at whose end nothing was overdue."""
        while any(self.was_overdue(day)):
            day -= ONE_DAY
        return day

    def was_overdue(self, day: date) -> Iterator[bool]:
        yield from (one.due_on < day for one in self.less_credit(list(self.facts.invoices)))
        yield from (one.due_on < day < one.settled_on for one in self.facts.settled_late)

    # --- The formal notice

    def is_notice_agreed(self, day: date) -> bool:
        asked = self.facts.notice
        is_agreed = asked is not None and asked.answer is True and asked.asked_on > self.eve_of_the_episode(day)
        return is_agreed and self.age(day) > 90 and not self.has_had_its_notice(day)

    def has_had_its_notice(self, day: date) -> bool:
        sent = self.facts.last_notice_on
        return sent is not None and sent > self.eve_of_the_episode(day)

    def proposes_notice(self, today: date) -> bool:
        asked = self.facts.notice
        is_answered = asked and asked.answer is not None and asked.asked_on > self.eve_of_the_episode(today)
        firm = [one for one in self.of_the_episode(today) if one.tone == Tone.FIRM]
        return self.age(today) > 90 and len(firm) >= 3 and not is_answered and not self.has_had_its_notice(today)

    # --- Counting

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
    brackets = st.sampled_from([-91, -90, -89, -61, -60, -59, -31, -30, -29, -2, -1, 0, 1, 3, 4, 5, 7, 8])
    due_on = today + timedelta(days=draw(brackets | st.integers(-150, 60)))
    arrived_on = min(today, due_on - timedelta(days=draw(st.integers(-3, 40))))
    promised = today + timedelta(days=draw(st.integers(-20, 12)))
    said: dict[str, Any] = draw(
        st.sampled_from([{}, {}, {}, {"is_disputed": True}, {"promised": promised}, {"is_said_paid": True}])
    )
    amount = draw(st.sampled_from(["50.00", "100.00", "150.00"]))
    return invoice(due_on, amount, arrived=arrived_on, is_reminded=draw(st.booleans()), **said)


@st.composite
def histories(draw: st.DrawFn, today: date) -> dict[str, Any]:
    """Return what was written so far by the agent and by people, and what was cancelled or agreed to."""
    days = sorted(today - timedelta(days=n) for n in draw(st.sets(st.integers(0, 150), max_size=8)))
    kinds = draw(st.sampled_from([[Tone.FIRM], [*Tone, Tone.FIRM, "reminder", "person", "notice"]]))
    writers = {day: draw(st.sampled_from(kinds)) for day in days}
    agents = [day for day in days if writers[day] != "person"]
    notices = [day for day in days if writers[day] == "notice"]
    answer = draw(st.sampled_from([True, True, False, None]))
    asked = NoticeAsked(today - timedelta(days=draw(st.integers(0, 120))), answer)
    return {
        "follow_ups": tuple(FollowUp(day, Tone(tone)) for day, tone in writers.items() if tone in Tone.values),
        "last_message_on": days[-1] if days else None,
        "last_agent_message_on": agents[-1] if agents else None,
        "last_notice_on": notices[-1] if notices else None,
        "skipped_on": tuple(today + timedelta(days=n) for n in draw(st.lists(st.integers(-20, 15), max_size=1))),
        "notice": draw(st.sampled_from([None, asked])),
    }


@st.composite
def late_settlements(draw: st.DrawFn, today: date) -> Settled:
    settled_on = today - timedelta(days=draw(st.integers(0, 120)))
    return Settled(settled_on - timedelta(days=draw(st.integers(1, 90))), settled_on)


type Case = tuple[AccountState, frozenset[date], date]


@st.composite
def accounts(draw: st.DrawFn) -> Case:
    today = draw(TODAYS)
    countries = draw(st.lists(st.sampled_from(COUNTRIES), min_size=1, max_size=2))
    closures = {today + timedelta(days=n) for n in draw(st.sets(st.integers(-30, 30), max_size=8))}
    credit = draw(st.sampled_from(["0", "40.00", "100.00", "210.00"]))
    facts = state(
        *draw(st.lists(open_invoices(today), min_size=draw(st.sampled_from([0, 1, 1, 1])), max_size=5)),
        calendar=calendar_of(*map(Place, countries)).without(closures),
        extra_delay=draw(st.sampled_from([0, 0, 1, 5])),
        settled_late=tuple(draw(st.lists(late_settlements(today), max_size=4))),
        credit=(("EUR", invoice(today, credit).remaining),),
        **draw(histories(today)),
    )
    return facts, open_days(*countries) - closures, today


@settings(max_examples=400)
@given(accounts())
def test_decision_is_what_a_reader_of_the_rules_expects(case: Case) -> None:
    facts, days, today = case
    reader, decision = Reader(facts, days), decide(facts, today)
    message = decision.message
    planned = (message.on, message.kind, message.step, message.tone, message.broken_promise_on) if message else None
    assert planned == reader.expected(today)
    assert (decision.ask is not None) is (planned is not None and reader.proposes_notice(today))


@settings(max_examples=200)
@given(accounts())
def test_decision_stands_until_the_day_of_its_review(case: Case) -> None:
    """Nobody sees a plan that changes by itself, but on the day that it names; a message leaves on its own day."""
    facts, _days, today = case
    decision = decide(facts, today)
    until = decision.review_on or today + timedelta(days=100)
    assert until > today or until == decision.planned_on
    later = {decide(facts, today + timedelta(days=n)).fingerprint() for n in range(1, (until - today).days)}
    assert later <= {decision.fingerprint()}
    if decision.message and until == decision.message.on:
        again = decide(facts, until)
        assert (again.message, again.reasons) == (decision.message, decision.reasons)
    if decision.outcome != Outcome.MESSAGE:
        assert decision.message is None


@settings(max_examples=100)
@given(accounts())
def test_message_is_never_about_what_may_not_be_followed_up(case: Case) -> None:
    facts, days, today = case
    message = decide(facts, today).message
    if message is not None:
        reader = Reader(facts, days)
        assert all(reader.may_be_followed_up(named.invoice, message.on) for named in message.invoices)
        assert [named.invoice for named in message.overdue] == [
            one for one in reader.asked(message.on) if one.due_on < message.on
        ]
