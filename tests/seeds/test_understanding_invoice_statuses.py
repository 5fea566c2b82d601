"""The product owner's guide "Understanding Invoice Statuses", sentence by sentence."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from billabex.agent.cycle import plan_organization
from billabex.agent.sending import send_due
from billabex.core import clock
from billabex.core.calendars import calendar_of
from billabex.organizations.models import Organization
from billabex.organizations.rules import opening
from communications.enums import Kind, Status, Tone
from communications.models import Communication
from invoices.enums import InvoiceStatus, PaymentStatus
from invoices.models import Allocation, Invoice
from invoices.services import set_paid_amount
from tests.factories import AccountFactory, AllocationFactory, ContactFactory, InvoiceFactory

if TYPE_CHECKING:
    from django.test import Client

    from accounts.models import Account
    from billabex.organizations.models import Membership

TODAY = date(2026, 3, 10)  # a Tuesday without a holiday near it in France
NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


def seen(invoice: Invoice, today: date = TODAY) -> Invoice:
    """Return the invoice as lists see it on a day."""
    return Invoice.objects.with_status(today).get(pk=invoice.pk)


def pay(invoice: Invoice, amount: str, owner: Membership) -> Invoice:
    return set_paid_amount(invoice=invoice, amount=Decimal(amount), paid_on=TODAY, actor=owner.actor, now=NOW)


@pytest.fixture
def account(organization: Organization) -> Account:
    return AccountFactory.create(organization=organization, country="FR", name="Le Client")


@pytest.fixture
def invoice(account: Account) -> Invoice:
    """Return an invoice of 120 euros, due in ten days."""
    return InvoiceFactory.create(
        account=account,
        issued_on=TODAY - timedelta(days=20),
        due_on=TODAY + timedelta(days=10),
        number="F-1",
        created_at=datetime(2026, 2, 18, 9, tzinfo=UTC),
    )


@pytest.fixture
def late(account: Account) -> Invoice:
    """Return an invoice of 120 euros, due ten days ago."""
    return InvoiceFactory.create(
        account=account, issued_on=TODAY - timedelta(days=40), due_on=TODAY - timedelta(days=10), number="F-2"
    )


def let_days_pass(organization: Organization, first: date, last: date) -> list[Communication]:
    """Plan and send on each day; return what was sent, the oldest first."""
    day = first
    while day <= last:
        now = opening(organization, day)
        with clock.stopped_at(now):
            plan_organization(organization, now=now)
            send_due(now=now, organization=organization)
        day += timedelta(days=1)
    return list(Communication.objects.filter(status=Status.SENT).order_by("planned_on"))


# --- Invoice status -----------------------------------------------------------------------------------------


def test_each_invoice_has_an_invoice_status_and_a_payment_status(invoice: Invoice) -> None:
    assert (seen(invoice).status, seen(invoice).payment_status) == (InvoiceStatus.ISSUED, PaymentStatus.UNPAID)


def test_invoice_status_shows_in_the_invoices_module(owner_client: Client, invoice: Invoice) -> None:
    with clock.stopped_at(NOW):
        page = owner_client.get(reverse("invoices:list")).content.decode()
    assert "F-1" in page
    assert "Issued" in page


def test_invoice_status_shows_in_the_accounts_invoices_tab(owner_client: Client, late: Invoice) -> None:
    with clock.stopped_at(NOW):
        page = owner_client.get(reverse("invoices:of-account", args=[late.account_id])).content.decode()
    assert "F-2" in page
    assert "Overdue" in page


def test_payment_status_shows_in_the_invoice_detail(owner_client: Client, late: Invoice, owner: Membership) -> None:
    pay(late, "20", owner)
    page = owner_client.get(reverse("invoices:detail", args=[late.pk])).content.decode()
    assert "Partially paid" in page


@pytest.mark.parametrize("place", ["invoices:list", "invoices:of-account"])
def test_a_row_of_the_list_leads_to_the_invoice_detail(owner_client: Client, invoice: Invoice, place: str) -> None:
    page = owner_client.get(reverse(place, args=[] if place == "invoices:list" else [invoice.account_id]))
    assert f'href="{reverse("invoices:detail", args=[invoice.pk])}"' in page.text


def test_created_and_not_yet_due_is_issued(invoice: Invoice) -> None:
    assert seen(invoice).status == InvoiceStatus.ISSUED


def test_due_today_is_still_issued(invoice: Invoice) -> None:
    assert seen(invoice, invoice.due_on).status == InvoiceStatus.ISSUED


def test_past_due_without_payment_is_overdue(late: Invoice) -> None:
    assert seen(late).status == InvoiceStatus.OVERDUE


def test_past_due_with_partial_payment_is_overdue(late: Invoice, owner: Membership) -> None:
    pay(late, "119.99", owner)
    assert seen(late).status == InvoiceStatus.OVERDUE


def test_settled_in_full_is_paid(late: Invoice, owner: Membership) -> None:
    pay(late, "120", owner)
    assert seen(late).status == InvoiceStatus.PAID


def test_becomes_overdue_at_midnight_without_a_job(invoice: Invoice) -> None:
    assert seen(invoice, invoice.due_on + timedelta(days=1)).status == InvoiceStatus.OVERDUE


def test_remains_issued_before_due_regardless_of_payment_status(invoice: Invoice, owner: Membership) -> None:
    pay(invoice, "50", owner)
    assert (seen(invoice).status, seen(invoice).payment_status) == (InvoiceStatus.ISSUED, PaymentStatus.PARTIALLY_PAID)


# --- Payment status -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("paid", "status"),
    [
        ("0", PaymentStatus.UNPAID),
        ("0.01", PaymentStatus.PARTIALLY_PAID),
        ("119.99", PaymentStatus.PARTIALLY_PAID),
        ("120", PaymentStatus.PAID),
        ("120.01", PaymentStatus.OVERPAID),
    ],
)
def test_payment_status_compares_what_is_paid_with_the_total(
    invoice: Invoice, owner: Membership, paid: str, status: PaymentStatus
) -> None:
    pay(invoice, paid, owner)
    assert seen(invoice).payment_status == status


@pytest.mark.parametrize(("credited", "status"), [("40", PaymentStatus.PARTIALLY_PAID), ("120", PaymentStatus.PAID)])
def test_payment_status_counts_credit_notes_applied(invoice: Invoice, credited: str, status: PaymentStatus) -> None:
    AllocationFactory.create(invoice=invoice, credit_note__total_amount=Decimal(120), amount=Decimal(credited))
    assert seen(invoice).payment_status == status


def test_payments_and_credit_notes_settle_together(invoice: Invoice, owner: Membership) -> None:
    AllocationFactory.create(invoice=invoice, credit_note__total_amount=Decimal(20), amount=Decimal(20))
    pay(invoice, "100", owner)
    assert seen(invoice).status == InvoiceStatus.PAID


def test_overpaid_when_money_comes_for_what_a_credit_note_settled(invoice: Invoice, owner: Membership) -> None:
    AllocationFactory.create(invoice=invoice, credit_note__total_amount=Decimal(20), amount=Decimal(20))
    pay(invoice, "120", owner)
    assert seen(invoice).payment_status == PaymentStatus.OVERPAID
    assert Allocation.objects.get().amount == 20


def test_statuses_cannot_be_stored_at_all() -> None:
    names = {field.name for field in Invoice._meta.get_fields()}
    assert not names & {"status", "payment_status"}


def test_only_the_paid_amount_can_be_edited_from_the_invoice(owner_client: Client, invoice: Invoice) -> None:
    with clock.stopped_at(NOW):
        answer = owner_client.post(
            reverse("invoices:paid-amount", args=[invoice.pk]),
            {"amount": "120", "paid_on": "2026-03-09", "note": "", "total_amount": "1", "number": "X"},
        )
    invoice.refresh_from_db()
    assert answer.status_code == 302
    assert (invoice.paid_amount, invoice.total_amount, invoice.number) == (120, 120, "F-1")


# --- AI agent behavior --------------------------------------------------------------------------------------


def test_issued_schedules_a_reminder_three_business_days_before_the_due_date(
    organization: Organization, invoice: Invoice
) -> None:
    ContactFactory.create(account=invoice.account, language="en")
    assert invoice.due_on == date(2026, 3, 20)  # a Friday
    with clock.stopped_at(opening(organization, TODAY)):
        plan_organization(organization, now=clock.now())
    message = Communication.objects.get()
    assert (message.status, message.kind) == (Status.SCHEDULED, Kind.PRE_DUE_REMINDER)
    assert message.planned_on == date(2026, 3, 17)


@pytest.mark.parametrize(
    ("days_overdue", "business_days", "tone"),
    [
        (8, 10, Tone.COURTEOUS),
        (32, 5, Tone.PROFESSIONAL),
        (62, 3, Tone.FIRM),
    ],
)
@pytest.mark.usefixtures("db")
def test_overdue_is_followed_up_at_the_pace_and_tone_of_its_age(
    organization: Organization, account: Account, days_overdue: int, business_days: int, tone: Tone
) -> None:
    # Two weeks of March 2026 without a holiday: the business days are Mondays to Fridays.
    InvoiceFactory.create(
        account=account, issued_on=TODAY - timedelta(days=100), due_on=date(2026, 3, 9) - timedelta(days=days_overdue)
    )
    ContactFactory.create(account=account, language="en")
    sent = let_days_pass(organization, date(2026, 3, 9), date(2026, 3, 27))
    first, second = sent[0], sent[1]
    assert first.planned_on is not None
    assert second.planned_on is not None
    gap = sum(
        (first.planned_on + timedelta(days=n)).weekday() < 5
        for n in range(1, (second.planned_on - first.planned_on).days + 1)
    )
    assert gap == business_days
    assert first.tone == tone


def test_paid_suspends_the_follow_up_plan(organization: Organization, late: Invoice, owner: Membership) -> None:
    ContactFactory.create(account=late.account, language="en")
    with clock.stopped_at(opening(organization, TODAY)):
        plan_organization(organization, now=clock.now())
        assert Communication.objects.planned().count() == 1
        pay(late, "120", owner)
        plan_organization(organization, now=clock.now())
    assert not Communication.objects.planned().exists()


def test_behavior_follows_the_oldest_overdue_invoice(organization: Organization, late: Invoice) -> None:
    InvoiceFactory.create(
        account=late.account, issued_on=TODAY - timedelta(days=150), due_on=TODAY - timedelta(days=61)
    )
    ContactFactory.create(account=late.account, language="en")
    [message] = let_days_pass(organization, TODAY, TODAY)
    assert message.tone == Tone.FIRM
    assert message.named_invoices.count() == 2


def test_behavior_follows_the_business_days_of_the_country_of_issuance(
    organization: Organization, late: Invoice
) -> None:
    ContactFactory.create(account=late.account, language="en")
    bastille_day = date(2026, 7, 14)
    assert organization.country == "FR"
    assert let_days_pass(organization, bastille_day, bastille_day) == []
    assert len(let_days_pass(organization, date(2026, 7, 15), date(2026, 7, 15))) == 1


@pytest.mark.parametrize(("country", "holiday"), [("FR", date(2026, 7, 14)), ("DE", date(2025, 10, 3))])
def test_business_days_are_adjusted_to_the_country_of_issuance(
    organization: Organization, country: str, holiday: date
) -> None:
    organization.country = country
    assert not calendar_of(organization.place).is_business_day(holiday)


def test_business_days_follow_the_default_setting_where_no_country_was_chosen(db: None) -> None:
    plain = Organization.objects.create(name="Atelier Sud", slug="atelier-sud")
    assert plain.country == "FR"
    assert not calendar_of(plain.place).is_business_day(date(2026, 7, 14))


def test_tone_becomes_progressively_firmer(organization: Organization, late: Invoice) -> None:
    ContactFactory.create(account=late.account, language="en")
    sent = let_days_pass(organization, TODAY, TODAY + timedelta(days=70))
    ranks = [Tone(message.tone).rank for message in sent]
    assert ranks == sorted(ranks)
    assert set(ranks) == {0, 1, 2}
