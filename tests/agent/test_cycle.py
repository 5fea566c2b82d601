"""Planning on the database: what stands, what moves, and what is not touched. Source: agent.md 2, 4 and 9."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from django.db.models import F

from accounts.enums import PauseReason
from accounts.services import pause_account, resume_account
from billabex.agent import facts
from billabex.agent.cycle import plan_accounts, plan_organization
from billabex.agent.enums import Outcome
from billabex.agent.models import Decision
from billabex.core import clock
from billabex.core.actors import SYSTEM
from communications.enums import Status, Tone
from communications.models import Communication
from contacts.enums import EmailStatus
from contacts.models import Contact
from contacts.services import add_contact, delete_contact
from invoices.enums import DeclarationResolution
from invoices.models import Invoice
from tasks.enums import TaskStatus, TaskType
from tasks.models import Interaction, Task
from tests.agent.scenes import at, customer, everything, owing, pay, reach, story
from tests.factories import CommunicationFactory, CreditNoteFactory, PaymentDeclarationFactory

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from billabex.organizations.models import Membership, Organization

pytestmark = pytest.mark.django_db
NOW = at("03-17")


def test_plan_leaves_a_scheduled_message_for_the_opening_of_its_day(organization: Organization) -> None:
    account = customer(organization, "03-20", "06-30")
    assert plan_organization(organization, now=at("03-02")) == {"message": 1}
    message = Communication.objects.get()
    assert story(account) == [("scheduled", "03-17", 0, "courteous")]
    assert message.scheduled_for == at("03-17", "09:00")
    assert [(r.field, r.name, r.address) for r in message.recipients.all()] == [
        ("to", "Person of Acme", "acme@customer.example")
    ]


def test_plan_records_what_was_decided_from_what(organization: Organization) -> None:
    account = customer(organization, "03-20")
    plan_organization(organization, now=at("03-02"))
    record = Decision.objects.get()
    assert (record.account, record.decided_on, record.outcome, record.planned_on) == (
        account,
        date(2026, 3, 2),
        Outcome.MESSAGE,
        date(2026, 3, 17),
    )
    assert [reason["code"] for reason in record.reasons] == ["reminder"]
    [named] = record.facts["invoices"]
    assert (named["due_on"], named["remaining"], named["days_late"]) == ("2026-03-20", "120.00", -3)


@pytest.fixture
def busy(organization: Organization, member: Membership) -> Organization:
    """Return an organization with an account for every outcome."""
    customer(organization, "03-20", name="Soon")
    late = customer(organization, "01-05", "03-10", name="Late")
    reach(late, "Copied")
    CreditNoteFactory.create(account=late, total_amount=Decimal("30.00"))
    customer(organization, "03-10", name="Nobody", contact=False)
    customer(organization, name="Settled")
    paused = customer(organization, "03-10", name="Paused")
    pause_account(account=paused, reason=PauseReason.DISPUTE, actor=SYSTEM, now=NOW)
    plan_organization(organization, now=NOW)
    return organization


def test_replanning_without_a_change_changes_nothing(busy: Organization) -> None:
    before = everything()
    assert Communication.objects.planned().count() == 2
    outcomes = plan_organization(busy, now=at("03-17", "15:00"))
    assert outcomes == {"message": 2, "task": 1, "nothing": 1, "hold": 1}
    assert everything() == before


def test_replanning_without_a_change_only_reads(
    busy: Organization, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(22) as queries:
        plan_organization(busy, now=at("03-17", "15:00"))
    written = [q["sql"] for q in queries.captured_queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert written == []


@pytest.mark.parametrize("size", [1, 30])
def test_facts_of_any_number_of_accounts_take_as_many_queries(
    organization: Organization, size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    accounts = [customer(organization, "03-10", "03-20", name=f"Acme {n}") for n in range(size)]
    plan_organization(organization, now=at("03-10"))
    with django_assert_num_queries(15):
        loaded = facts.load(organization, [account.pk for account in accounts], today=date(2026, 3, 10))
    assert len(loaded) == size


@pytest.mark.parametrize("size", [1, 30])
def test_first_plan_of_any_number_of_accounts_takes_as_many_queries(
    organization: Organization, member: Membership, size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(size):
        customer(organization, "03-10", name=f"Acme {n}")
        customer(organization, "03-10", name=f"Nobody {n}", contact=False)
    with django_assert_num_queries(30):
        assert plan_organization(organization, now=NOW) == {"message": size, "task": size}


@pytest.mark.parametrize("size", [1, 30])
def test_plan_that_moves_and_readdresses_any_number_of_messages_takes_as_many_queries(
    organization: Organization, size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(size):
        customer(organization, "06-30", name=f"Acme {n}")
    plan_organization(organization, now=NOW)
    for account in organization.accounts.all():
        owing(account, "01-05")  # firm: others are copied
        reach(account, "Copied")
    with django_assert_num_queries(27):
        plan_organization(organization, now=NOW)
    assert Communication.objects.filter(tone=Tone.FIRM, planned_on="2026-03-17", recipients__field="cc").count() == size


def test_payment_withdraws_the_message_and_says_why(organization: Organization) -> None:
    account = customer(organization, "03-10")
    plan_organization(organization, now=NOW)
    pay(account.invoices.get(), "120.00", "03-17")
    plan_organization(organization, now=at("03-17", "11:00"))
    assert story(account) == [("cancelled", "03-17", 1, "courteous")]
    assert Communication.objects.get().reasons == [{"code": "nothing_open"}]


def test_part_payment_keeps_the_message(organization: Organization) -> None:
    account = customer(organization, "03-10")
    plan_organization(organization, now=NOW)
    before = Communication.objects.values().get()
    pay(account.invoices.get(), "119.99", "03-17")
    plan_organization(organization, now=at("03-17", "11:00"))
    assert Communication.objects.values().get() == before


def test_money_taken_back_plans_a_new_message(organization: Organization) -> None:
    account = customer(organization, "03-10")
    invoice = account.invoices.get()
    for amount in ("120.00", "0.00"):
        plan_organization(organization, now=NOW)
        pay(invoice, amount, "03-17")
    plan_organization(organization, now=NOW)
    assert [status for status, *_ in story(account)] == ["cancelled", "scheduled"]


def test_older_invoice_moves_the_message_without_replacing_it(organization: Organization) -> None:
    account = customer(organization, "06-30")
    plan_organization(organization, now=NOW)
    before = Communication.objects.get()
    owing(account, "03-10")
    with clock.stopped_at(at("03-17", "11:00")):
        plan_organization(organization, now=clock.now())
    after = Communication.objects.get()
    assert (after.pk, after.scheduled_for, after.step) == (before.pk, at("03-17", "09:00"), 1)
    assert after.updated_at == at("03-17", "11:00")


def test_pause_withdraws_and_resuming_plans_again(organization: Organization) -> None:
    account = customer(organization, "03-10")
    plan_organization(organization, now=NOW)
    pause_account(account=account, reason=PauseReason.OTHER, actor=SYSTEM, now=NOW)
    plan_organization(organization, now=NOW)
    resume_account(account=account, actor=SYSTEM, now=NOW)
    plan_organization(organization, now=NOW)
    assert [status for status, *_ in story(account)] == ["cancelled", "scheduled"]


def test_overpaid_invoice_pays_for_another(organization: Organization) -> None:
    """One transfer for two invoices, recorded on one of them: the account owes nothing."""
    account = customer(organization, "03-10", "03-11")
    pay(account.invoices.get(due_on="2026-03-11"), "240.00", "03-16")
    assert plan_organization(organization, now=NOW) == {"nothing": 1}
    assert Decision.objects.get().reasons == [{"code": "credit_covers"}]


def test_credit_notes_and_overpayments_add_up_to_one_credit(organization: Organization) -> None:
    account = customer(organization, "03-10", "03-11")
    pay(account.invoices.get(due_on="2026-03-11"), "130.00", "03-16")
    CreditNoteFactory.create(account=account, total_amount=Decimal("15.50"))
    plan_organization(organization, now=NOW)
    assert Decision.objects.get().facts["credit"] == {"EUR": "25.50"}


def test_account_without_a_contact_gets_one_task_however_often_it_is_planned(
    organization: Organization, member: Membership
) -> None:
    account = customer(organization, "03-10", contact=False)
    for hour in ("10:00", "11:00"):
        plan_organization(organization, now=at("03-17", hour))
    task = Task.objects.get()
    assert (task.account, task.type, list(task.assignees.all())) == (account, TaskType.NEED_CONTACTS, [member])
    assert Interaction.objects.get().code == "no_contact"
    assert Communication.objects.count() == 0


def test_contact_that_arrives_makes_the_task_moot_and_plans(organization: Organization) -> None:
    account = customer(organization, "03-10", contact=False)
    plan_organization(organization, now=NOW)
    add_contact(account=account, full_name="Jane", language="en", email="jane@acme.example", actor=SYSTEM)
    plan_organization(organization, now=NOW)
    assert Task.objects.get().status == TaskStatus.CANCELLED
    assert story(account) == [("scheduled", "03-17", 1, "courteous")]


def test_contact_that_arrives_while_paused_makes_the_task_moot(organization: Organization) -> None:
    account = customer(organization, "03-10", contact=False)
    plan_organization(organization, now=NOW)
    pause_account(account=account, reason=PauseReason.MISSING_CONTACT, actor=SYSTEM, now=NOW)
    add_contact(account=account, full_name="Jane", language="en", email="jane@acme.example", actor=SYSTEM)
    assert plan_organization(organization, now=NOW) == {"hold": 1}
    assert Task.objects.get().status == TaskStatus.CANCELLED


@pytest.mark.parametrize("loss", ["bounced", "do_not_contact", "deleted"])
def test_loss_of_the_last_usable_contact_withdraws_the_message_and_asks(organization: Organization, loss: str) -> None:
    account = customer(organization, "03-10")
    plan_organization(organization, now=NOW)
    contact = account.contacts.get()
    if loss == "deleted":
        delete_contact(contact=contact, actor=SYSTEM)
    elif loss == "bounced":
        Contact.objects.update(email_status=EmailStatus.BOUNCED)
    else:
        Contact.objects.update(do_not_contact=True)
    plan_organization(organization, now=NOW)
    assert Communication.objects.get().status == Status.CANCELLED
    assert Task.objects.get().interactions.get().code == ("no_contact" if loss == "deleted" else "no_usable_contact")


def test_contact_deleted_and_added_again_is_known_as_the_recipient(organization: Organization) -> None:
    account = customer(organization, "06-30")
    plan_organization(organization, now=NOW)
    old = account.contacts.get()
    delete_contact(contact=old, actor=SYSTEM)
    new = add_contact(account=account, full_name=old.full_name, language="en", email=old.email, actor=SYSTEM)
    plan_organization(organization, now=NOW)
    assert Communication.objects.get().recipients.get().contact == new


def test_message_of_a_member_without_a_tone_counts_as_the_last_one(organization: Organization) -> None:
    account = customer(organization, "03-10")
    CommunicationFactory.create(
        account=account, sent=True, author="member", tone="", planned_on=date(2026, 3, 16), scheduled_for=at("03-16")
    )
    assert plan_organization(organization, now=NOW) == {"message": 1}
    assert story(account)[-1] == ("scheduled", "03-30", 2, "courteous")


def test_plan_of_accounts_leaves_other_organizations_alone(organization: Organization, outsider: Membership) -> None:
    foreign = customer(outsider.organization, "03-10")
    assert plan_accounts(organization, [foreign.pk], now=NOW) == {}
    assert Communication.objects.count() == 0


def test_plan_goes_through_more_accounts_than_a_batch_holds(
    organization: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("billabex.agent.cycle.BATCH", 3)
    for n in range(7):
        customer(organization, "03-10", name=f"Acme {n}")
    assert plan_organization(organization, now=NOW) == {"message": 7}
    assert Communication.objects.filter(organization=F("account__organization")).count() == 7


def test_kept_promise_is_settled_by_the_cycle(organization: Organization) -> None:
    """An import that settles invoices says nothing of promises: the cycle sees that they were kept."""
    account = customer(organization, "03-10")
    invoice = account.invoices.get()
    declared = PaymentDeclarationFactory.create(account=account, invoices=[invoice], promised_on=date(2026, 3, 20))
    Invoice.objects.filter(pk=invoice.pk).update(paid_amount=F("total_amount"), settled_on=date(2026, 3, 17))
    assert plan_organization(organization, now=NOW) == {"nothing": 1}
    declared.refresh_from_db()
    assert declared.resolution == DeclarationResolution.INVOICES_SETTLED
