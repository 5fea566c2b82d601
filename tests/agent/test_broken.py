"""One broken account or organization stops no other. Source: agent.md 9; promises.md, "One bad record"."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import OperationalError, ProgrammingError, connection

from billabex.agent import jobs
from billabex.agent.cycle import plan_organization
from billabex.agent.sending import send_due
from billabex.core import clock
from communications.enums import Status
from communications.models import Communication
from tests.agent.scenes import at, customer, owing, story
from tests.factories import OrganizationFactory

if TYPE_CHECKING:
    from accounts.models import Account
    from billabex.organizations.models import Organization

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("jobs_in_process")]
NOW = at("03-17")
END_OF_TIME = "9999-12-31"


def refuse_messages_to(account: Account) -> None:
    """Have the database refuse any message to the account."""
    key = str(account.pk) if connection.vendor == "postgresql" else account.pk.hex
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
                " $$ BEGIN RAISE check_violation USING MESSAGE = 'refused'; END $$"
            )
            action = "EXECUTE FUNCTION refuse()"
        else:
            action = "BEGIN SELECT RAISE(ABORT, 'refused'); END"
        condition = f"FOR EACH ROW WHEN (NEW.account_id = '{key}')"
        cursor.execute(f"CREATE TRIGGER refusing BEFORE INSERT ON communications_communication {condition} {action}")


def test_account_that_cannot_be_decided_stops_no_other(
    organization: Organization, caplog: pytest.LogCaptureFixture
) -> None:
    """Its invoice is due on the last day there is: no day comes after it."""
    first, broken, last = (customer(organization, name=name) for name in ("First", "Broken", "Last"))
    for account in (first, last):
        owing(account, "03-10")
    owing(broken, END_OF_TIME)
    assert plan_organization(organization, now=NOW) == {"message": 2, "failed": 1}
    assert [story(account) != [] for account in (first, broken, last)] == [True, False, True]
    assert f"Account {broken.pk} could not be planned" in caplog.text


def test_account_that_cannot_be_written_stops_no_other(
    organization: Organization, caplog: pytest.LogCaptureFixture
) -> None:
    accounts = [customer(organization, "03-10", name=f"Acme {n}") for n in range(9)]
    refuse_messages_to(accounts[4])
    assert plan_organization(organization, now=NOW) == {"message": 8, "failed": 1}
    assert set(Communication.objects.values_list("account", flat=True)) == {a.pk for a in accounts} - {accounts[4].pk}
    assert [r.message for r in caplog.records] == [f"Account {accounts[4].pk} could not be planned"]
    assert accounts[4].decisions.count() == 0  # nothing half-written


def test_account_that_breaks_between_plan_and_send_stops_no_other(organization: Organization) -> None:
    good, broken = customer(organization, "03-10", name="Good"), customer(organization, "03-10", name="Broken")
    plan_organization(organization, now=NOW)
    broken.invoices.all().delete()
    owing(broken, END_OF_TIME)
    assert send_due(now=NOW) == {"sent": 1, "failed": 1}
    assert story(good)[0][0] == Status.SENT
    assert story(broken) == [("scheduled", "03-17", 1, "courteous")]


def test_database_that_fails_is_no_accounts_fault(organization: Organization, caplog: pytest.LogCaptureFixture) -> None:
    for n in range(3):
        customer(organization, "03-10", name=f"Acme {n}")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE tasks_task RENAME TO tasks_gone")
    with pytest.raises((OperationalError, ProgrammingError)):
        plan_organization(organization, now=NOW)
    assert caplog.records == []


def test_organization_in_an_impossible_time_zone_stops_no_other(
    organization: Organization, caplog: pytest.LogCaptureFixture
) -> None:
    broken = OrganizationFactory.create(slug="aaa")
    theirs, ours = customer(broken, "03-10"), customer(organization, "03-10")
    plan_organization(broken, now=NOW)
    broken.time_zone = "Mars/Olympus_Mons"
    broken.save()
    with clock.stopped_at(NOW):
        jobs.plan()
        jobs.send()
    assert story(ours)[0] == ("sent", "03-17", 1, "courteous")
    assert story(theirs) == [("scheduled", "03-17", 1, "courteous")]
    assert f"Organization {broken.pk} could not be planned" in caplog.text
    assert f"No message of organization {broken.pk} could be sent" in caplog.text


def test_accounts_of_a_broken_organization_are_counted_as_failed(organization: Organization) -> None:
    customer(organization, "03-10")
    organization.time_zone = "Mars/Olympus_Mons"
    assert plan_organization(organization, now=NOW) == {"failed": 1}


def test_job_about_what_is_gone_is_nothing(organization: Organization) -> None:
    account = customer(organization)
    gone = str(account.pk)
    account.deletion_started_at = NOW
    account.save()
    account.delete()
    jobs.replan([gone])
    jobs.plan_one_organization(gone)
    jobs.send_one(gone)
    assert Communication.objects.count() == 0


def test_job_that_sends_one_message_logs_what_stops_it(
    organization: Organization, caplog: pytest.LogCaptureFixture
) -> None:
    broken = customer(organization, "03-10")
    plan_organization(organization, now=NOW)
    broken.invoices.all().delete()
    owing(broken, END_OF_TIME)
    message = Communication.objects.get()
    with clock.stopped_at(NOW):
        jobs.send_one(str(message.pk))
    assert f"Message {message.pk} could not be sent" in caplog.text
