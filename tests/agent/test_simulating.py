"""What would leave if nothing changed is what then leaves. Source: issue 4, "Explain"."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings

from accounts.enums import FollowUpOwner, PauseReason
from billabex.agent import facts as agent_facts
from billabex.agent import simulating
from billabex.agent.cycle import plan_organization
from billabex.agent.rules import NoticeAsked, PauseState, decide
from billabex.agent.sending import send_due
from billabex.agent.simulating import AHEAD, after, forecast, simulate, upcoming
from billabex.core import clock
from billabex.core.actors import SYSTEM
from communications.enums import Kind, Status, Tone
from communications.models import Communication
from communications.services import edit_message
from tests.agent.scenes import at, customer, everything, owing
from tests.agent.states import day, follow_ups, invoice, state
from tests.agent.test_decide import Case, accounts

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from billabex.agent.rules import AccountState
    from billabex.organizations.models import Organization

NOW = at("03-17")
TODAY = NOW.date()


def days(facts: AccountState, until: str) -> list[tuple[str, str, int]]:
    """Return the messages of a simulation from 17 March on: day, kind and step."""
    found = simulate(facts, today=TODAY, until=day(until))
    return [(f"{message.on:%m-%d}", str(message.kind), message.step) for message in found]


def test_simulation_goes_from_the_reminder_to_the_follow_ups() -> None:
    assert days(state(invoice("03-20")), "04-30") == [
        ("03-17", "pre_due_reminder", 0),
        ("03-31", "follow_up", 1),
        ("04-15", "follow_up", 2),
        ("04-22", "follow_up", 3),
        ("04-29", "follow_up", 4),
    ]


def test_simulation_includes_its_last_day_and_no_later_one() -> None:
    facts = state(invoice("03-20"))
    assert days(facts, "03-31")[-1] == ("03-31", "follow_up", 1)
    assert days(facts, "03-30") == [("03-17", "pre_due_reminder", 0)]
    assert days(facts, "03-16") == []


def test_simulation_reminds_of_each_invoice_once() -> None:
    facts = state(invoice("03-20"), invoice("03-25"), invoice("03-26"))
    assert days(facts, "03-24") == [
        ("03-17", "pre_due_reminder", 0),
        ("03-20", "pre_due_reminder", 0),
        ("03-23", "follow_up", 1),
    ]


def test_simulation_waits_for_a_pause_and_a_promise_to_end() -> None:
    paused = state(invoice("03-10", promised="03-26"), pause=PauseState(PauseReason.OTHER, day("03-20")))
    assert days(paused, "03-31") == [("03-30", "follow_up", 1)]


@pytest.mark.parametrize(
    "facts",
    [
        {"pause": PauseState(PauseReason.OTHER)},
        {"owner": FollowUpOwner.IN_HOUSE},
        {"people": ()},
    ],
)
def test_simulation_of_what_never_ends_by_itself_is_empty(facts: dict[str, Any]) -> None:
    assert days(state(invoice("03-10"), **facts), "12-31") == []


def test_simulation_sends_the_formal_notice_that_was_agreed_to_and_keeps_the_silence() -> None:
    firm = follow_ups(("03-06", Tone.FIRM), ("03-11", Tone.FIRM), ("03-16", Tone.FIRM))
    facts = state(invoice(date(2025, 12, 1)), **firm, notice=NoticeAsked(day("03-16"), answer=True))
    assert days(facts, "04-08") == [("03-19", "formal_notice", 0), ("04-01", "follow_up", 4), ("04-07", "follow_up", 5)]


@settings(max_examples=100)
@given(accounts())
def test_simulation_is_what_deciding_anew_on_every_day_comes_to(case: Case) -> None:
    """Day by day, as the schedule goes: whatever is due leaves, and counts from then on."""
    facts, _open_days, today = case
    sent, now = [], facts
    for n in range(AHEAD.days + 1):
        message = decide(now, today + timedelta(days=n)).message
        if message is not None and message.on == today + timedelta(days=n):
            sent.append(message)
            now = after(now, message)
    assert list(simulate(facts, today=today, until=today + AHEAD)) == sent


# --- From the database ----------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.usefixtures("outbox")
def test_upcoming_messages_are_those_that_then_leave(organization: Organization) -> None:
    account = customer(organization, "01-12", "03-20", "04-10")
    [one] = agent_facts.load(organization, [account.pk], today=TODAY)
    foretold = [(m.on, m.kind, m.step, m.tone) for m in upcoming(one, today=TODAY)]
    on = TODAY
    while on <= TODAY + AHEAD:
        with clock.stopped_at(at(on)):
            plan_organization(organization, now=at(on))
            send_due(now=at(on))
        on += timedelta(days=1)
    sent = account.communications.filter(status=Status.SENT).order_by("planned_on")
    assert foretold == list(sent.values_list("planned_on", "kind", "step", "tone"))
    assert len(foretold) > 10


@pytest.mark.django_db
def test_upcoming_messages_start_with_the_one_that_a_person_planned(organization: Organization) -> None:
    account = customer(organization, "03-10")
    plan_organization(organization, now=NOW)
    with clock.stopped_at(NOW):
        edit_message(
            communication=Communication.objects.get(),
            planned_on=day("03-21"),
            to=[contact.pk for contact in account.contacts.all()],
            actor=SYSTEM,
            now=NOW,
        )
    [one] = agent_facts.load(organization, [account.pk], today=TODAY)
    found = upcoming(one, today=TODAY, until=day("04-07"))
    assert [(m.on, m.kind, m.step) for m in found] == [
        (day("03-21"), Kind.FOLLOW_UP, 1),
        (day("04-03"), Kind.FOLLOW_UP, 2),
    ]


@pytest.mark.django_db
def test_forecast_counts_every_message_and_names_the_first(organization: Organization) -> None:
    for name in ("Zeta", "Acme"):
        customer(organization, "03-10", name=name)
    owing(customer(organization, name="Later"), "03-24", arrived=at("03-02"))
    customer(organization, "03-10", name="In-house", follow_up_owner=FollowUpOwner.IN_HOUSE)
    before = everything()
    found = forecast(organization, today=TODAY, first=3)
    assert [(one.account.name, one.message.on) for one in found.first] == [
        ("Acme", TODAY),
        ("Zeta", TODAY),
        ("Later", day("03-19")),
    ]
    assert found.per_day == Counter(one.message.on for one in forecast(organization, today=TODAY, first=1000).first)
    assert sum(found.per_week.values()) == sum(found.per_day.values()) > len(found.first)
    assert {monday.weekday() for monday in found.per_week} == {0}
    assert (found.examined, found.followed_up) == (3, 3)
    assert list(found.per_day) == sorted(found.per_day)
    assert everything() == before


@pytest.mark.django_db
def test_forecast_of_many_accounts_looks_at_those_whose_turn_is_next(
    organization: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    owing(customer(organization, name="Later"), "03-24", arrived=at("03-02"))
    customer(organization, name="Nothing owed")
    customer(organization, "03-10", name="Now")
    plan_organization(organization, now=NOW)
    monkeypatch.setattr(simulating, "EXAMINED", 1)
    found = forecast(organization, today=TODAY)
    assert {one.account.name for one in found.first} == {"Now"}
    assert (found.examined, found.followed_up) == (1, 3)


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 12])
def test_forecast_of_any_number_of_accounts_takes_as_many_queries(
    organization: Organization, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for n in range(count):
        customer(organization, "03-10", name=f"Customer {n}")
    with django_assert_num_queries(16):
        assert len(forecast(organization, today=TODAY).first) > count
