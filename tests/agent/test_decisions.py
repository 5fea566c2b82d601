"""The record, told again in words: of all that was decided, and of what stands for many accounts at once."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from accounts.enums import PauseReason
from accounts.models import Account
from accounts.services import pause_account
from billabex.agent.cycle import plan_organization
from billabex.agent.decisions import decisions_of, reason_now, standing_reasons, told
from billabex.core import clock
from billabex.core.actors import SYSTEM
from communications.services import edit_message
from invoices.services import declare_payment
from tests.agent.scenes import at, customer
from tests.factories import PauseFactory

if TYPE_CHECKING:
    from datetime import datetime

    from pytest_django.fixtures import DjangoAssertNumQueries

    from billabex.organizations.models import Organization

pytestmark = pytest.mark.django_db
NOW = at("03-17")
TODAY = NOW.date()


def planned(organization: Organization, now: datetime = NOW) -> None:
    with clock.stopped_at(now):
        plan_organization(organization, now=now)


def standing(organization: Organization, today: date = TODAY) -> dict[str, str]:
    accounts = list(Account.objects.all())
    reasons = standing_reasons(organization, accounts, today=today)
    return {account.name: reasons[account.pk].code for account in accounts if account.pk in reasons}


def test_broken_promise_is_told_with_its_day(organization: Organization) -> None:
    account = customer(organization, "02-20")
    declare_payment(account=account, promised_on=date(2026, 3, 10), actor=SYSTEM, now=at("03-05"))
    planned(organization)

    decision = told(decisions_of(account).get(), "Acme")

    assert [reason.code for reason in decision.reasons][-1] == "broken_promise"
    assert decision.reasons[-1].facts == {"promised_on": date(2026, 3, 10)}
    assert decision.message is not None
    assert decision.message.broken_promise_on == date(2026, 3, 10)
    assert "the payment announced for Tuesday, March 10, 2026 has not come" in decision.sentence


def test_question_beside_a_message_is_told(organization: Organization) -> None:
    account = customer(organization, "01-05")
    planned(organization)
    decision = decisions_of(account).get()
    decision.facts["ask"] = "formal_notice"

    assert told(decision, "Acme").sentence.endswith(" A task asks you to agree to a formal notice.")
    assert told(decision, "Acme").asked == "formal_notice"


def test_record_says_what_is_decided_now(organization: Organization) -> None:
    for name, due in (("Late", ["02-20"]), ("Settled", []), ("Unknown", ["02-20"])):
        customer(organization, *due, name=name, contact=name != "Unknown")
    PauseFactory.create(account=customer(organization, "02-20", name="Paused"))
    planned(organization)

    now = {account.name: reason_now(account, today=TODAY).code for account in Account.objects.all()}
    assert standing(organization) == now
    assert now == {
        "Late": "first_follow_up",
        "Settled": "nothing_open",
        "Unknown": "no_contact",
        "Paused": "paused",
    }


def test_record_is_silent_where_it_is_out_of_date(organization: Organization) -> None:
    account = customer(organization, "02-20")
    assert standing(organization) == {}
    planned(organization)
    assert standing(organization) == {"Acme": "first_follow_up"}

    assert standing(organization, date(2026, 3, 30)) == {}  # its day has come
    Account.objects.filter(pk=account.pk).update(updated_at=at("03-18"))
    assert standing(organization) == {}
    planned(organization)
    organization.save()  # settings changed
    assert standing(organization) == {}


def test_record_is_silent_where_a_person_has_planned_the_message(organization: Organization) -> None:
    account = customer(organization, "02-20")
    planned(organization)
    plan = account.communications.get()
    with clock.stopped_at(NOW):
        to = [contact.pk for contact in account.contacts.all()]
        edit_message(communication=plan, planned_on=date(2026, 3, 25), to=to, actor=SYSTEM, now=NOW)
    planned(organization)
    assert reason_now(account, today=TODAY).code == "by_person"
    assert standing(organization) == {}

    with clock.stopped_at(NOW):
        pause_account(account=account, reason=PauseReason.OTHER, actor=SYSTEM, now=NOW)
    planned(organization)
    assert standing(organization) == {"Acme": "paused"}


@pytest.mark.parametrize("count", [1, 3])
def test_standing_reasons_are_one_query_for_all(
    organization: Organization, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for number in range(count):
        customer(organization, "02-20", name=f"Customer {number}")
    planned(organization)
    accounts = list(Account.objects.all())

    with django_assert_num_queries(1):
        assert len(standing_reasons(organization, accounts, today=TODAY)) == count
