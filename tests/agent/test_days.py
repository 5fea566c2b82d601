"""Days pass: the scheduler runs every minute, late, or not at all, in every time zone. Source: promises.md, "Traps"."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from billabex.agent import jobs
from billabex.agent.cycle import plan_organization
from billabex.agent.sending import send_due
from billabex.core import clock
from tests.agent.scenes import at, customer, owing, pay, story
from tests.factories import OrganizationFactory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from billabex.organizations.models import Organization

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("jobs_in_process")]


def tick(moment: datetime) -> None:
    """Do what the schedule does at one minute: send, and plan at two minutes past the hour."""
    with clock.stopped_at(moment):
        if moment.minute == 2:
            jobs.plan()
        jobs.send()


def minutes(start: datetime, end: datetime, step: int = 1) -> Iterator[datetime]:
    for n in range(0, int((end - start).total_seconds()) // 60, step):
        yield start.astimezone(UTC) + timedelta(minutes=n)


def hours_pass(first: str, last: str) -> None:
    """Let the schedule run every half hour from one day to another."""
    for moment in minutes(at(first, "00:02"), at(last, "23:59"), 30):
        tick(moment)


def test_schedule_of_every_minute_for_a_day_sends_one_message(organization: Organization) -> None:
    account = customer(organization, "03-10")
    for moment in minutes(at("03-17", "00:00"), at("03-18", "00:00")):
        tick(moment)
    assert story(account) == [("sent", "03-17", 1, "courteous"), ("scheduled", "03-31", 2, "courteous")]


def test_schedule_running_twice_at_once_sends_one_message(organization: Organization) -> None:
    account = customer(organization, "03-10")
    for moment in minutes(at("03-17", "09:00"), at("03-17", "10:00")):
        tick(moment)
        tick(moment)
    assert [status for status, *_ in story(account)] == ["sent", "scheduled"]


def test_outage_of_three_days_over_the_due_date_loses_no_message_and_doubles_none(organization: Organization) -> None:
    account = customer(organization, "03-18")
    hours_pass("03-12", "03-12")
    assert story(account) == [("scheduled", "03-13", 0, "courteous")]
    hours_pass("03-20", "03-23")  # nothing ran from the 13th to the 19th
    assert story(account) == [("sent", "03-20", 1, "courteous"), ("scheduled", "04-03", 2, "courteous")]


def test_invoice_is_followed_from_its_reminder_to_firm_words(organization: Organization) -> None:
    """Ten business days apart up to an age of 30, then five, then three; only business days, only once a day."""
    account = customer(organization, "03-20")
    day = at("03-02").date()
    while day <= at("06-05").date():
        plan_organization(organization, now=at(day, "00:02"))
        send_due(now=at(day, "09:00"))
        day += timedelta(days=1)
    assert [entry[1:] for entry in story(account) if entry[0] == "sent"] == [
        ("03-17", 0, "courteous"),
        ("03-31", 1, "courteous"),
        ("04-15", 2, "courteous"),
        ("04-22", 3, "professional"),
        ("04-29", 4, "professional"),
        ("05-07", 5, "professional"),
        ("05-18", 6, "professional"),
        ("05-21", 7, "firm"),
        ("05-27", 8, "firm"),
        ("06-01", 9, "firm"),
        ("06-04", 10, "firm"),
    ]


def test_paid_invoice_ends_the_follow_ups_until_the_next_one_is_late(organization: Organization) -> None:
    account = customer(organization, "01-09", "04-10")
    sent = []
    for day in ("03-17", "03-20"):
        plan_organization(organization, now=at(day))
        sent.append(dict(send_due(now=at(day))))
    pay(account.invoices.get(due_on="2026-01-09"), "120.00", "03-21")
    plan_organization(organization, now=at("03-23"))
    assert sent == [{"sent": 1}, {"sent": 1}]
    assert story(account)[-1] == ("scheduled", "04-07", 0, "courteous")


def test_daylight_saving_keeps_the_hour_of_the_wall_clock(organization: Organization) -> None:
    """France goes from UTC+1 to UTC+2 in the night to Sunday 29 March 2026."""
    before, after = customer(organization, "03-26", name="Before"), customer(organization, name="After")
    owing(after, "03-29", arrived=at("03-26", "00:00"))
    plan_organization(organization, now=at("03-26"))
    [first], [second] = before.communications.all(), after.communications.all()
    assert first.scheduled_for == datetime(2026, 3, 26, 9, 0, tzinfo=UTC) - timedelta(hours=1)
    assert second.scheduled_for == datetime(2026, 3, 30, 7, 0, tzinfo=UTC)
    for moment in minutes(datetime(2026, 3, 30, 6, 58, tzinfo=UTC), datetime(2026, 3, 30, 7, 2, tzinfo=UTC)):
        tick(moment)
    second.refresh_from_db()
    assert second.sent_at == datetime(2026, 3, 30, 7, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "opens"),
    [
        ("America/Los_Angeles", datetime(2026, 1, 14, 17, 0, tzinfo=UTC)),  # UTC-8
        ("Pacific/Tongatapu", datetime(2026, 1, 13, 20, 0, tzinfo=UTC)),  # UTC+13
        ("Europe/Paris", datetime(2026, 1, 14, 8, 0, tzinfo=UTC)),
    ],
)
def test_dates_are_the_organizations_own_wherever_it_is(zone: str, opens: datetime) -> None:
    """Due on Tuesday 13 January: overdue from the organization's own midnight, written to at its own nine o'clock."""
    organization = OrganizationFactory.create(time_zone=zone)
    account = customer(organization)
    owing(account, "01-13", arrived=at("01-13", zone=zone))
    for moment in minutes(opens - timedelta(days=1), opens + timedelta(hours=1), 30):
        tick(moment)
        tick(moment + timedelta(minutes=2))
    sent = account.communications.get(status="sent")
    assert (sent.sent_at, sent.planned_on, sent.step) == (opens, at("01-14").date(), 1)
    assert sent.named_invoices.get().due_on == at("01-13").date()


def test_invoice_that_arrives_before_midnight_there_is_reminded_although_it_is_the_next_day_here() -> None:
    """23:30 on the 12th in Los Angeles is the 13th in UTC, a day too late for a reminder of the 12th."""
    organization = OrganizationFactory.create(time_zone="America/Los_Angeles", country="US")
    account = customer(organization)
    owing(account, "01-15", arrived=at("01-12", "23:30", "America/Los_Angeles"))
    plan_organization(organization, now=at("01-13", "00:02", "America/Los_Angeles"))
    assert story(account) == [("scheduled", "01-13", 0, "courteous")]


def test_pause_ends_by_itself_at_the_start_of_its_day(organization: Organization) -> None:
    account = customer(organization, "03-10")
    account.pauses.create(reason="Other", started_on=at("03-12").date(), until=at("03-17").date(), started_by="Maud")
    for moment in minutes(at("03-16", "08:02"), at("03-17", "09:30"), 30):
        tick(moment)
    assert story(account)[0] == ("sent", "03-17", 1, "courteous")
