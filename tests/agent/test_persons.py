"""What a person has said about a planned message stands. Source: product.md 7; docs/decisions/011.

In March 2026 France has no public holiday: the 16th is a Monday.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from accounts.enums import PauseReason
from accounts.services import pause_account, resume_account
from billabex.agent.cycle import plan_organization
from billabex.agent.previewing import preview_scheduled
from billabex.agent.sending import send_due
from billabex.core import clock
from billabex.core.actors import SYSTEM
from communications.enums import Author, Kind, Status
from communications.models import Communication
from communications.services import cancel_message, edit_message, send_now
from contacts.enums import EmailStatus
from contacts.models import Contact
from tasks.enums import TaskType
from tasks.models import Task
from tests.agent.scenes import at, customer, letters, owing, pay, reach, story, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django import DjangoAssertNumQueries

    from accounts.models import Account
    from billabex.organizations.models import Organization

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("outbox")]
NOW = at("03-16")


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with clock.stopped_at(NOW):
        yield


@pytest.fixture
def account(organization: Organization) -> Account:
    """Return an account whose first follow-up is planned for today, the 16th."""
    found = customer(organization, "03-10")
    plan_organization(organization, now=NOW)
    return found


def edited(account: Account, on: str, **changes: Any) -> Communication:
    """Return the account's planned message, put on a day by a person."""
    people = changes.pop("to", None) or account.contacts.all()
    return edit_message(
        communication=Communication.objects.plans().get(account=account),
        planned_on=at(on).date(),
        to=[person.pk for person in people],
        actor=SYSTEM,
        now=NOW,
        **changes,
    )


def day_passes(organization: Organization, day: str, hour: str = "10:00") -> dict[str, int]:
    now = at(day, hour)
    with clock.stopped_at(now):
        plan_organization(organization, now=now)
        return dict(send_due(now=now))


def test_edited_message_is_neither_moved_nor_rewritten(organization: Organization, account: Account) -> None:
    message = edited(account, "03-20", words=("Hello", "My own words."))
    owing(account, "02-02")
    assert day_passes(organization, "03-17") == {}
    message.refresh_from_db()
    assert (message.status, message.planned_on, message.body_text) == (
        Status.SCHEDULED,
        at("03-20").date(),
        "My own words.",
    )
    assert account.communications.count() == 1


def test_edited_message_leaves_on_its_day_as_it_stands(
    organization: Organization, account: Account, outbox: Path
) -> None:
    edited(account, "03-20", words=("Hello", "My own words."))
    assert day_passes(organization, "03-19") == {}
    assert day_passes(organization, "03-20", "08:30") == {}
    assert day_passes(organization, "03-20") == {"sent": 1}
    [mail] = letters(outbox)
    assert text_of(mail).strip() == "My own words."
    assert account.communications.get(status="sent").author == Author.MEMBER


def test_edited_message_leaves_on_a_day_off_that_was_chosen(organization: Organization, account: Account) -> None:
    edited(account, "03-21")
    assert day_passes(organization, "03-21") == {"sent": 1}


def test_edited_message_whose_day_was_missed_leaves_on_the_next_business_day(
    organization: Organization, account: Account
) -> None:
    edited(account, "03-20")
    assert day_passes(organization, "03-21") == {}
    assert day_passes(organization, "03-23") == {"sent": 1}


def test_moved_message_is_written_anew_on_its_day(organization: Organization, outbox: Path) -> None:
    """Planned as a reminder, moved beyond the due date: it leaves as the follow-up that it has become."""
    account = customer(organization, "03-19")
    plan_organization(organization, now=NOW)
    edited(account, "03-24")
    day_passes(organization, "03-24")
    sent = account.communications.get(status="sent")
    assert (sent.kind, sent.step) == (Kind.FOLLOW_UP, 1)
    assert "5 days" in text_of(letters(outbox)[0])


def test_edited_message_is_withdrawn_when_everything_is_paid(organization: Organization, account: Account) -> None:
    message = edited(account, "03-20")
    pay(account.invoices.get(), "120.00", "03-16")
    day_passes(organization, "03-17")
    message.refresh_from_db()
    assert (message.status, message.cancelled_at) == (Status.CANCELLED, None)


def test_edited_message_is_held_while_paused_and_leaves_afterwards(
    organization: Organization, account: Account
) -> None:
    message = edited(account, "03-18")
    pause_account(account=account, reason=PauseReason.OTHER, until=at("03-20").date(), actor=SYSTEM, now=NOW)
    assert day_passes(organization, "03-18") == {}
    message.refresh_from_db()
    assert message.status == Status.SCHEDULED
    assert day_passes(organization, "03-20") == {"sent": 1}


def test_edited_message_waits_while_nobody_can_be_written_to(organization: Organization, account: Account) -> None:
    edited(account, "03-18")
    account.contacts.update(email_status=EmailStatus.BOUNCED)
    assert day_passes(organization, "03-18") == {}
    assert Task.objects.get().type == TaskType.NEED_CONTACTS
    account.contacts.update(email_status=EmailStatus.VALID)
    assert day_passes(organization, "03-19") == {"sent": 1}


def test_edited_message_gives_way_when_only_somebody_else_can_be_written_to(
    organization: Organization, account: Account
) -> None:
    """A bounce leads to the next contact; it must not end the follow-ups in silence."""
    reach(account, "Second")
    first, second = account.contacts.order_by("created_at", "id")
    message = edited(account, "03-18", to=[second], cc=[first.pk])
    Contact.objects.filter(pk=second.pk).update(email_status=EmailStatus.BOUNCED)
    assert day_passes(organization, "03-18") == {"sent": 1}
    message.refresh_from_db()
    assert (message.status, message.reasons) == (Status.CANCELLED, [{"code": "out_of_reach"}])
    sent = account.communications.get(status=Status.SENT)
    assert [str(one.contact) for one in sent.recipients.all()] == [str(first)]


def test_released_message_leaves_at_any_hour_of_any_day(organization: Organization, account: Account) -> None:
    sunday = at("03-22", "23:30")
    edited(account, "03-27")
    with clock.stopped_at(sunday):
        send_now(communication=Communication.objects.plans().get(), actor=SYSTEM, now=sunday)
        assert dict(send_due(now=sunday)) == {"sent": 1}
    assert account.communications.get(status="sent").planned_on == sunday.date()


def test_released_message_that_was_held_keeps_to_days_and_hours_afterwards(
    organization: Organization, account: Account
) -> None:
    send_now(communication=Communication.objects.plans().get(), actor=SYSTEM, now=NOW)
    pause_account(account=account, reason=PauseReason.OTHER, until=at("03-21").date(), actor=SYSTEM, now=NOW)
    assert day_passes(organization, "03-16") == {}
    assert day_passes(organization, "03-21") == {}
    assert day_passes(organization, "03-23", "03:00") == {}
    assert day_passes(organization, "03-23") == {"sent": 1}


def test_message_that_was_held_on_its_day_can_be_sent_at_once_on_another(
    organization: Organization, account: Account
) -> None:
    message = Communication.objects.plans().get()
    send_now(communication=message, actor=SYSTEM, now=NOW)
    pause_account(account=account, reason=PauseReason.OTHER, until=at("03-21").date(), actor=SYSTEM, now=NOW)
    assert day_passes(organization, "03-16") == {}
    saturday = at("03-21", "22:00")
    with clock.stopped_at(saturday):
        send_now(communication=message, actor=SYSTEM, now=saturday)
    assert day_passes(organization, "03-21", "22:00") == {"sent": 1}


def test_message_that_a_person_sent_counts_for_the_rhythm(organization: Organization, account: Account) -> None:
    edited(account, "03-18", words=("Hello", "My own words."))
    day_passes(organization, "03-18")
    day_passes(organization, "03-19")
    assert story(account)[-1] == ("scheduled", "04-01", 2, "courteous")


def test_cancelled_message_is_skipped_as_if_it_had_left(organization: Organization, account: Account) -> None:
    cancel_message(communication=Communication.objects.plans().get(), actor=SYSTEM, now=NOW)
    assert day_passes(organization, "03-16") == {}
    assert story(account) == [("cancelled", "03-16", 1, "courteous"), ("scheduled", "03-30", 1, "courteous")]


def test_cancelled_reminder_is_done(organization: Organization) -> None:
    account = customer(organization, "03-19")
    plan_organization(organization, now=NOW)
    cancel_message(communication=Communication.objects.plans().get(), actor=SYSTEM, now=NOW)
    day_passes(organization, "03-16")
    assert story(account)[-1][:3] == ("scheduled", "03-30", 1)


def test_reminder_that_is_cancelled_while_held_is_done(organization: Organization) -> None:
    account = customer(organization, "03-24")
    plan_organization(organization, now=NOW)
    message = edited(account, "03-20")
    pause_account(account=account, reason=PauseReason.OTHER, actor=SYSTEM, now=NOW)
    cancel_message(communication=message, actor=SYSTEM, now=NOW)
    resume_account(account=account, actor=SYSTEM, now=NOW)
    assert day_passes(organization, "03-20") == {}
    assert story(account)[-1][:3] == ("scheduled", "04-03", 1)


def test_cancelling_a_message_of_a_far_day_keeps_no_other_from_leaving(organization: Organization) -> None:
    account = customer(organization, "06-30")
    plan_organization(organization, now=NOW)
    cancel_message(communication=Communication.objects.plans().get(), actor=SYSTEM, now=NOW)
    owing(account, "03-12")
    assert day_passes(organization, "03-17") == {"sent": 1}


def test_preview_of_an_edited_message_is_for_the_day_that_was_chosen(account: Account) -> None:
    words = preview_scheduled(edited(account, "03-25"))
    assert words is not None
    assert "15 days" in words.text
    assert words.why == ""


def test_preview_of_a_paused_message_of_a_person_is_none(account: Account) -> None:
    message = edited(account, "03-25")
    pause_account(account=account, reason=PauseReason.OTHER, actor=SYSTEM, now=NOW)
    assert preview_scheduled(message) is None


def test_paused_message_of_a_person_is_not_asked_about_every_minute(
    organization: Organization, account: Account, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """It waits for as long as the pause: each look would decide the account anew."""
    edited(account, "03-17")
    pause_account(account=account, reason=PauseReason.DISPUTE, actor=SYSTEM, now=NOW)
    with django_assert_num_queries(1):
        assert send_due(now=at("03-18"), organization=organization) == {}
    resume_account(account=account, actor=SYSTEM, now=at("03-18"))
    assert day_passes(organization, "03-18") == {"sent": 1}
