"""The product owner's "Understanding Invoice Statuses", its sentences about the AI agent's behavior, one test each.

> Issued: schedules a follow-up 3 business days before the due date as a payment reminder.
> Overdue, based on how long the invoice has been overdue: 0-30 days: communication every 10 business days; 30-60 days:
> every 5 business days; >60 days: every 3 business days.
> Paid: no follow-ups. The follow-up plan is suspended.
> The behavior is based on the age of the oldest overdue invoice; a business day calendar, adjusted based on the country
> of issuance or default settings.
> The tone becomes progressively firmer over time, while remaining professional.
> An invoice moves to "Paid" as soon as the full invoice amount has been settled.

In March 2026 France has no public holiday; Easter Monday is 6 April.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from billabex.agent.cycle import plan_organization
from billabex.agent.sending import send_due
from billabex.core import clock
from billabex.core.actors import SYSTEM
from billabex.core.calendars import Place, calendar_of
from communications.enums import Kind, Status, Tone
from communications.models import Communication
from invoices.services import declare_payment
from tests.agent.scenes import at, customer, owing, pay, reach
from tests.factories import ClosureFactory, CreditNoteFactory, OrganizationFactory

if TYPE_CHECKING:
    from accounts.models import Account
    from billabex.organizations.models import Organization

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 3, 9)


def days_pass(organization: Organization, first: date, last: date) -> list[Communication]:
    """Plan and send on each day; return what was sent, the oldest first."""
    on = first
    while on <= last:
        with clock.stopped_at(at(on)):
            plan_organization(organization, now=at(on))
            send_due(now=at(on))
        on += timedelta(days=1)
    return list(Communication.objects.filter(status=Status.SENT).order_by("planned_on"))


def planned(account: Account, today: str) -> Communication | None:
    """Plan, and return the message that stands."""
    with clock.stopped_at(at(today)):
        plan_organization(account.organization, now=at(today))
    return Communication.objects.plans().filter(account=account).first()


def overdue_for(organization: Organization, days: int, on: date = MONDAY) -> Account:
    """Return an account whose only invoice is that many days overdue on a day, and was never written about."""
    account = customer(organization)
    owing(account, f"{on - timedelta(days=days)}")
    return account


# --- Issued -------------------------------------------------------------------------------------------------


def test_issued_schedules_a_payment_reminder_three_business_days_before_the_due_date(
    organization: Organization,
) -> None:
    message = planned(customer(organization, "03-24"), "03-02")
    assert message is not None
    assert (message.status, message.kind, message.planned_on) == (
        Status.SCHEDULED,
        Kind.PRE_DUE_REMINDER,
        date(2026, 3, 19),  # Thursday, Friday and Monday lie between: the weekend does not count
    )


# --- Overdue ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days_overdue", "business_days"),
    [(1, 10), (16, 10), (29, 5), (31, 5), (45, 5), (54, 5), (58, 3), (61, 3), (75, 3), (98, 3)],
)
def test_overdue_is_communicated_about_every_so_many_business_days(
    organization: Organization, days_overdue: int, business_days: int
) -> None:
    """The pace is that of the day of the next message: 29 days overdue today, it is 36 a week later."""
    overdue_for(organization, days_overdue)
    first, second, *_ = days_pass(organization, MONDAY, date(2026, 3, 27))
    assert first.planned_on == MONDAY
    assert second.planned_on is not None
    weekdays = [MONDAY + timedelta(days=n) for n in range(1, (second.planned_on - MONDAY).days + 1)]
    assert sum(day.weekday() < 5 for day in weekdays) == business_days


@pytest.mark.parametrize(
    ("days_overdue", "business_days"), [(30, 10), (31, 5), (60, 5), (61, 3)], ids=["30", "31", "60", "61"]
)
def test_overdue_bounds_are_exact_on_the_day_of_the_message(
    organization: Organization, days_overdue: int, business_days: int
) -> None:
    """So many days overdue today, and last written to exactly, or all but, the interval ago."""
    today = date(2026, 3, 25)
    calendar = calendar_of(Place("FR"))
    account = overdue_for(organization, days_overdue, on=today)
    last = calendar.before(today, business_days)
    days_pass(organization, last, last)
    expected = planned(account, "03-25")
    assert expected is not None
    assert expected.planned_on == today
    Communication.objects.plans().delete()
    early = planned(account, f"{calendar.before(today, 1)}")
    assert early is not None
    assert early.planned_on == today


# --- Paid ---------------------------------------------------------------------------------------------------


def test_paid_gets_no_follow_ups_and_the_plan_is_suspended(organization: Organization) -> None:
    account = overdue_for(organization, 10)
    assert planned(account, "03-09") is not None
    pay(account.invoices.get(), "120.00", "03-09")
    assert planned(account, "03-09") is None
    assert days_pass(organization, MONDAY, date(2026, 3, 31)) == []


def test_paid_by_credit_note_gets_no_follow_ups(organization: Organization) -> None:
    account = overdue_for(organization, 10)
    CreditNoteFactory.create(account=account, total_amount=Decimal("120.00"))
    assert planned(account, "03-09") is None


def test_partial_payment_does_not_end_the_follow_ups(organization: Organization) -> None:
    account = overdue_for(organization, 10)
    pay(account.invoices.get(), "119.99", "03-09")
    assert planned(account, "03-09") is not None


def test_announced_payment_is_no_payment(organization: Organization) -> None:
    """The follow-ups wait until two business days after the announced day, and go on if nothing came."""
    account = overdue_for(organization, 10)
    with clock.stopped_at(at("03-09")):
        declare_payment(account=account, actor=SYSTEM, now=at("03-09"), promised_on=date(2026, 3, 12))
    assert planned(account, "03-10") is None
    assert [message.planned_on for message in days_pass(organization, MONDAY, date(2026, 3, 20))] == [date(2026, 3, 16)]


# --- The oldest overdue invoice, the calendar, the tone -----------------------------------------------------


def test_behavior_is_based_on_the_age_of_the_oldest_overdue_invoice(organization: Organization) -> None:
    account = overdue_for(organization, 3)
    owing(account, f"{MONDAY - timedelta(days=61)}")
    first, second, *_ = days_pass(organization, MONDAY, date(2026, 3, 13))
    assert (first.tone, first.named_invoices.count()) == (Tone.FIRM, 2)
    assert second.planned_on == MONDAY + timedelta(days=3)


@pytest.mark.parametrize(("country", "leaves_on"), [("FR", "04-07"), ("US", "04-06"), ("DE", "04-07")])
def test_behavior_follows_the_business_days_of_the_country_of_issuance(country: str, leaves_on: str) -> None:
    organization = OrganizationFactory.create(country=country)
    message = planned(customer(organization, "04-05"), "04-06")
    assert message is not None
    assert message.planned_on == at(leaves_on).date()


def test_behavior_follows_the_default_settings_where_no_country_is_said() -> None:
    organization = OrganizationFactory.create()
    assert organization.country == "FR"
    message = planned(customer(organization, "04-05", country=""), "04-06")
    assert message is not None
    assert message.planned_on == date(2026, 4, 7)


@pytest.mark.parametrize(
    ("region", "leaves_on"), [("Bayern", "06-05"), ("Berlin", "06-04"), ("somewhere", "06-04"), ("", "06-04")]
)
def test_behavior_spares_the_holidays_of_the_customers_own_region(
    organization: Organization, region: str, leaves_on: str
) -> None:
    """Corpus Christi, 4 June 2026, is a holiday in Bavaria, but neither in Berlin nor in all of Germany."""
    message = planned(customer(organization, "05-25", country="DE", state_or_province=region), "06-04")
    assert message is not None
    assert message.planned_on == at(leaves_on).date()


def test_behavior_spares_the_days_on_which_the_organization_is_closed(organization: Organization) -> None:
    ClosureFactory.create(organization=organization, starts_on=MONDAY, ends_on=date(2026, 3, 11))
    message = planned(overdue_for(organization, 10), "03-09")
    assert message is not None
    assert message.planned_on == date(2026, 3, 12)


def test_tone_becomes_progressively_firmer_and_never_softer(organization: Organization) -> None:
    overdue_for(organization, 10)
    sent = days_pass(organization, MONDAY, MONDAY + timedelta(days=70))
    ranks = [Tone(message.tone).rank for message in sent]
    assert ranks == sorted(ranks)
    assert set(ranks) == {0, 1, 2}


def test_each_customer_hears_of_its_own_invoices_only(organization: Organization) -> None:
    for name in ("Globex", "Initech"):
        account = customer(organization, "02-27", name=name)
        reach(account, f"Second {name}")
    for message in days_pass(organization, MONDAY, MONDAY):
        [named] = message.named_invoices.all()
        assert named.invoice is not None
        assert named.invoice.account_id == message.account_id
