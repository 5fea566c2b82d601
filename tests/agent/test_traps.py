"""The traps that others fell into, as far as they are about planning. Source: promises.md, "Traps others fell into".

Those that are shown elsewhere:

| trap | shown by |
|---|---|
| the scheduler runs every minute for a day | test_days: schedule_of_every_minute_for_a_day_sends_one_message |
| it runs twice at once | test_days: schedule_running_twice_at_once_sends_one_message |
| it stops three days over a due date | test_days: outage_of_three_days_over_the_due_date_loses_no_message... |
| paid between plan and send | test_sending: paid_between_plan_and_send_is_not_chased |
| killed between hand-over and record | test_sending: worker_killed_between_hand_over_and_record_leaves... |
| two currencies | test_cadence: account_has_one_message_for_all_its_currencies; test_sending: ...has_two_totals |
| a daylight-saving weekend | test_days: daylight_saving_keeps_the_hour_of_the_wall_clock |
| organizations at UTC-8 and UTC+13 | test_days: dates_are_the_organizations_own_wherever_it_is |
| languages fr, none, de in one batch | test_sending: mails_of_one_batch_are_each_in_their_own_language |
| one account that cannot render | test_broken: account_that_cannot_be_written_stops_no_other |
| a bracket changes while waiting | test_cadence: bracket_that_changes_while_waiting_brings_the_message_forward |
| contact without address | test_cycle: account_without_a_contact_gets_one_task, loss_of_the_last_usable_contact |
| import while paused for a dispute | accounts/test_services: new_document_lifts_a_pause_unless_it_stands |
| a late fee is derived | test_interest |
| a second worker never picks the same row | test_parallel: messages_sent_by_many_at_once_leave_once |
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from accounts.models import Account
from billabex.agent.cycle import plan_organization
from billabex.agent.sending import due_messages, send_due
from communications.enums import Status
from communications.models import Communication
from contacts.models import Contact
from invoices.models import Invoice
from invoices.selectors import balances
from tests.agent.scenes import at, customer, letters, owing, pay, story, text_of
from tests.factories import AccountFactory, ContactFactory, CreditNoteFactory, InvoiceFactory

if TYPE_CHECKING:
    from pathlib import Path

    from billabex.organizations.models import Organization

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("outbox")]
NOW = at("03-17")


def plan_and_send(organization: Organization, day: str) -> None:
    plan_organization(organization, now=at(day))
    send_due(now=at(day))


def test_five_hundred_due_at_once_are_all_due(organization: Organization) -> None:
    accounts = Account.objects.bulk_create(AccountFactory.build_batch(500, organization=organization, currency="EUR"))
    Contact.objects.bulk_create(ContactFactory.build(account=account, is_primary=True) for account in accounts)
    Invoice.objects.bulk_create(
        InvoiceFactory.build(
            account=account, organization=organization, issued_on=at("02-02").date(), due_on=at("03-10").date()
        )
        for account in accounts
    )
    assert plan_organization(organization, now=NOW) == {"message": 500}
    assert set(due_messages(now=NOW)) == set(Communication.objects.values_list("pk", flat=True))
    assert Communication.objects.count() == 500


def test_part_payment_of_the_oldest_of_four_skips_no_tone_and_softens_none(organization: Organization) -> None:
    account = customer(organization, "01-19", "02-02", "02-16", "03-02")
    oldest = account.invoices.get(due_on="2026-01-19")
    plan_and_send(organization, "03-17")
    pay(oldest, "100.00", "03-18")
    plan_and_send(organization, "03-24")
    pay(oldest, "120.00", "03-25")
    plan_and_send(organization, "03-31")
    sent = [(day, step, tone) for status, day, step, tone in story(account) if status == "sent"]
    assert sent == [("03-17", 1, "professional"), ("03-24", 2, "firm"), ("03-31", 3, "firm")]
    [*_earlier, last] = Communication.objects.filter(status=Status.SENT).order_by("planned_on")
    assert last.named_invoices.count() == 3


def test_credit_larger_than_the_debt_brings_no_message_and_a_balance_in_favour(organization: Organization) -> None:
    account = customer(organization, "03-10")
    CreditNoteFactory.create(account=account, total_amount=Decimal("500.00"))
    plan_and_send(organization, "03-17")
    assert story(account) == []
    [balance] = balances([account.pk], today=NOW.date())[account.pk]
    assert balance.outstanding == Decimal("-380.00")


def test_ten_invoices_make_one_message(organization: Organization) -> None:
    account = customer(organization, *(f"03-{day:02}" for day in range(2, 12)))
    plan_and_send(organization, "03-17")
    sent = account.communications.get(status=Status.SENT)
    assert sent.named_invoices.count() == 10


def test_other_invoices_do_not_disappear_because_one_was_reminded(organization: Organization) -> None:
    account = customer(organization, "03-20", "03-26", "04-10")
    named = []
    for day in ("03-17", "03-23", "04-07"):
        plan_and_send(organization, day)
        sent = account.communications.get(planned_on=at(day).date(), status=Status.SENT)
        named.append([f"{due:%m-%d}" for due in sent.named_invoices.values_list("due_on", flat=True)])
    assert named == [["03-20"], ["03-20", "03-26"], ["03-20", "03-26", "04-10"]]


def test_invoice_sent_yesterday_is_not_overdue_since(organization: Organization, outbox: Path) -> None:
    """Issued yesterday and due in a month, beside one that is a week late: it is not named, let alone as late."""
    account = customer(organization, "03-10")
    fresh = owing(account, "04-16", arrived=at("03-16"))
    soon = owing(account, "03-20", arrived=at("03-16"))
    plan_and_send(organization, "03-17")
    [mail] = letters(outbox)
    assert fresh.number not in text_of(mail)
    lines = [line for line in text_of(mail).splitlines() if soon.number in line]
    assert lines
    assert not any("late" in line or "overdue" in line for line in lines)
