"""A day costs what the day asks: who is looked at again, and that nobody else needed it. Source: promises.md."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from accounts.enums import PauseReason
from accounts.services import pause_account
from billabex.agent import agenda, jobs
from billabex.agent.cycle import plan_due
from billabex.agent.models import Decision
from billabex.agent.rules import decide
from billabex.core import clock
from billabex.core.actors import SYSTEM
from communications.enums import Status
from communications.models import Communication
from tests.agent.scenes import at, customer, pay
from tests.agent.states import day
from tests.agent.test_decide import accounts

if TYPE_CHECKING:
    from datetime import date

    from pytest_django import DjangoAssertNumQueries

    from billabex.agent.rules import AccountState
    from billabex.organizations.models import Organization

NOW = at("03-17")


@given(accounts())
def test_decision_stays_the_same_until_the_agenda_says_otherwise(
    case: tuple[AccountState, frozenset[date], date],
) -> None:
    state, _days, today = case
    decision = decide(state, today)
    until = decision.review_on
    assert until is None or until > today
    last = until - timedelta(days=1) if until else today + timedelta(days=400)
    for later in {today, today + (last - today) // 3, today + (last - today) // 2, last}:
        assert decide(state, later).fingerprint() == decision.fingerprint()


@pytest.mark.django_db
class TestDueAccounts:
    def test_new_account_is_due_and_then_no_longer(self, organization: Organization) -> None:
        customer(organization, "03-20")
        assert plan_due(organization, now=at("03-02")) == {"message": 1}
        assert plan_due(organization, now=at("03-02", "12:00")) == {}

    def test_account_is_due_when_the_day_of_its_message_is_over(self, organization: Organization) -> None:
        customer(organization, "03-10")
        plan_due(organization, now=at("03-11"))
        [planned] = Communication.objects.planned().values_list("planned_on", flat=True)
        assert planned == day("03-11")
        assert plan_due(organization, now=at("03-11", "18:00")) == {}
        assert plan_due(organization, now=at("03-12")) == {"message": 1}
        assert Communication.objects.get().planned_on == day("03-12")

    def test_account_is_due_when_its_pause_ends(self, organization: Organization) -> None:
        account = customer(organization, "03-10")
        with clock.stopped_at(NOW):
            pause_account(account=account, reason=PauseReason.OTHER, until=day("03-20"), actor=SYSTEM, now=NOW)
            plan_due(organization, now=NOW)
        assert plan_due(organization, now=at("03-19")) == {}
        assert plan_due(organization, now=at("03-20")) == {"message": 1}

    def test_change_whose_job_was_lost_is_caught(self, organization: Organization) -> None:
        account = customer(organization, "03-10")
        plan_due(organization, now=NOW)
        with clock.stopped_at(at("03-17", "09:30")):
            pay(account.invoices.get(), "120.00", "03-17")  # announced to nobody: no commit in this test
        assert plan_due(organization, now=at("03-17", "10:00")) == {"nothing": 1}
        assert Communication.objects.get().status == Status.CANCELLED

    def test_changed_setting_makes_everybody_due(self, organization: Organization) -> None:
        customer(organization, "03-10")
        plan_due(organization, now=NOW)
        organization.extra_delay_days = 30
        organization.save()
        assert plan_due(organization, now=NOW) == {"message": 1}

    def test_changed_rules_make_everybody_due(
        self, organization: Organization, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        customer(organization, "03-10")
        plan_due(organization, now=NOW)
        monkeypatch.setattr(agenda, "RULES", agenda.RULES + 1)
        assert plan_due(organization, now=NOW) == {"message": 1}

    def test_hourly_job_plans_what_is_due(self, organization: Organization) -> None:
        customer(organization, "03-10")
        with clock.stopped_at(NOW):
            jobs.plan_one_organization(str(organization.pk))
            jobs.plan_one_organization(str(organization.pk))
        assert Decision.objects.count() == 1

    @pytest.mark.parametrize("size", [1, 30])
    def test_day_without_anything_to_do_takes_one_query(
        self, organization: Organization, size: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for n in range(size):
            customer(organization, "03-20", name=f"Acme {n}")
        plan_due(organization, now=at("03-02"))
        with django_assert_num_queries(1):
            assert plan_due(organization, now=at("03-03")) == {}
