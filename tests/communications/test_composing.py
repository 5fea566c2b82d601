"""A member's own message, from the writing to the file that left. Source: product.md 7; docs/decisions/020.

In March 2026 France has no public holiday: the 16th is a Monday.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from accounts.enums import AccountStatus, PauseReason
from accounts.models import Account
from accounts.services import pause_account, set_status
from billabex.agent.cycle import plan_organization
from billabex.agent.jobs import send
from billabex.agent.sending import send_communication
from billabex.core import clock
from billabex.core.actors import AGENT, SYSTEM
from billabex.core.errors import InvalidInput, TemporaryGatewayError
from billabex.core.models import AuditEntry
from communications.enums import Author, FailureCode, Kind, Status
from communications.models import Communication
from communications.selectors import communication_page, whole
from communications.services import (
    OwnMessage,
    cancel_message,
    compose_message,
    draft_message,
    edit_message,
    send_now,
)
from contacts.enums import EmailStatus
from tests.agent.scenes import at, customer, letters, owing, pay, text_of
from tests.factories import ContactFactory

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from billabex.organizations.models import Membership, Organization
    from communications.gateways.email import Envelope
    from contacts.models import Contact

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("outbox")]
NOW = at("03-16")
TODAY = date(2026, 3, 16)
SUNDAY = date(2026, 3, 22)


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with clock.stopped_at(NOW):
        yield


@pytest.fixture
def account(organization: Organization) -> Account:
    """Return an account whose first follow-up is planned for the 26th."""
    found = customer(organization, "03-25", language="fr")
    plan_organization(organization, now=NOW)
    return found


@pytest.fixture
def jane(account: Account) -> Contact:
    return account.contacts.get()


def compose(account: Account, **wanted: Any) -> Communication:
    """Write a message to everybody at the account, to leave at once unless told otherwise."""
    asked = {"to": [one.pk for one in account.contacts.all()], "subject": "Hello", "text": "How are you?"} | wanted
    return compose_message(account=account, wanted=OwnMessage(**asked), actor=SYSTEM, now=clock.now())


def minute(moment: datetime) -> None:
    """Let the job that sends run, with all that it queues."""
    with clock.stopped_at(moment):
        send()


def own(account: Account) -> Communication:
    return account.communications.exclude(composed_by="").get()


# --- Written ------------------------------------------------------------------------------------------------


def test_compose_keeps_the_words_and_stands_beside_the_plan(account: Account, jane: Contact) -> None:
    boss = ContactFactory.create(account=account, copy_only=True, email="boss@acme.example")
    message = compose(
        account,
        to=[jane.pk],
        cc=[boss.pk],
        subject=" Our \n talk ",
        text="Dear <b>Jane</b>,\r\n\r\nbye ",
        planned_on=SUNDAY,
    )
    assert (message.status, message.author, message.kind, message.step) == (
        Status.SCHEDULED,
        Author.MEMBER,
        Kind.MESSAGE,
        0,
    )
    assert (message.subject, message.body_text) == ("Our talk", "Dear <b>Jane</b>,\n\nbye")
    assert "Dear &lt;b&gt;Jane&lt;/b&gt;," in message.body_html
    assert (message.language, message.composed_by) == ("fr", SYSTEM.label)
    assert (message.planned_on, message.scheduled_for) == (SUNDAY, datetime(2026, 3, 22, 8, tzinfo=UTC))
    assert [(one.field, one.address) for one in message.recipients.all()] == [("to", jane.email), ("cc", boss.email)]
    assert Communication.objects.plans().get(account=account).author == Author.AGENT


def test_compose_names_the_open_invoices_that_it_is_about(account: Account) -> None:
    invoice = account.invoices.get()
    message = compose(account, invoices=[invoice.pk])
    [named] = message.named_invoices.all()
    assert (named.invoice, named.number, named.remaining_amount) == (invoice, invoice.number, Decimal(120))
    assert not named.is_reminder


def test_compose_is_audited_and_announced(account: Account) -> None:
    before = Account.objects.get(pk=account.pk).updated_at
    with clock.stopped_at(at("03-16", "11:00")):
        compose(account)
    entry = AuditEntry.objects.get(action="communication.composed")
    assert entry.changes["subject"] == {"from": None, "to": "Hello"}
    assert "cc" not in entry.changes
    assert Account.objects.get(pk=account.pk).updated_at > before


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        ({"planned_on": date(2026, 3, 15)}, "planned_on"),
        ({"to": []}, "to"),
        ({"to": ["bounced"]}, "to"),
        ({"to": ["stranger"]}, "to"),
        ({"cc": ["jane"]}, "cc"),
        ({"subject": " "}, "subject"),
        ({"text": "\n"}, "body_text"),
        ({"invoices": ["paid"]}, "invoices"),
        ({"invoices": ["another's"]}, "invoices"),
    ],
)
def test_compose_what_cannot_be_is_refused_beside_its_field(
    organization: Organization, account: Account, jane: Contact, wanted: dict[str, Any], field: str
) -> None:
    paid = owing(account, "02-01")
    pay(paid, "120", "03-02")
    things = {
        "jane": jane,
        "bounced": ContactFactory.create(account=account, email_status=EmailStatus.BOUNCED),
        "stranger": ContactFactory.create(account__organization=organization),
        "paid": paid,
        "another's": owing(customer(organization, name="Other"), "02-01"),
    }
    asked = {
        name: [things[one].pk for one in value] if isinstance(value, list) else value for name, value in wanted.items()
    }
    with pytest.raises(InvalidInput) as refusal:
        compose(account, **{"to": [jane.pk]} | asked)
    assert list(refusal.value.fields) == [field]
    assert not account.communications.exclude(composed_by="").exists()


def test_draft_writes_nothing(account: Account, jane: Contact) -> None:
    before = Communication.objects.count()
    wanted = OwnMessage(to=[jane.pk], subject="Hello", text="Dear Jane", invoices=[account.invoices.get().pk])
    draft = draft_message(account=account, wanted=wanted, actor=SYSTEM, now=NOW)
    assert (draft.message.subject, draft.recipients[0].address) == ("Hello", jane.email)
    assert [named.number for named in draft.named_invoices] == [account.invoices.get().number]
    assert Communication.objects.count() == before


# --- Sent ---------------------------------------------------------------------------------------------------


def test_message_at_once_leaves_at_night_exactly_once(account: Account, outbox: Path) -> None:
    night = at("03-16", "23:10")
    with clock.stopped_at(night):
        compose(account)
    minute(night)
    minute(night)
    [mail] = letters(outbox)
    assert text_of(mail).strip() == "How are you?"
    message = own(account)
    assert (message.status, message.sent_at, message.planned_on) == (Status.SENT, night, TODAY)


def test_message_for_a_day_leaves_in_its_sending_hours(account: Account, outbox: Path) -> None:
    compose(account, planned_on=SUNDAY)
    for moment in (at("03-21"), at("03-22", "08:30")):
        minute(moment)
    assert letters(outbox) == []
    minute(at("03-22", "09:00"))
    assert len(letters(outbox)) == 1


@pytest.mark.parametrize("hold", ["pause", "suspension", "nothing owed"])
def test_nothing_that_holds_the_agent_holds_a_members_message(
    organization: Organization, account: Account, outbox: Path, hold: str
) -> None:
    compose(account, planned_on=date(2026, 3, 17))
    if hold == "pause":
        pause_account(account=account, reason=PauseReason.DISPUTE, actor=SYSTEM, now=NOW)
    elif hold == "suspension":
        set_status(account=account, status=AccountStatus.SUSPENDED, actor=SYSTEM)
    else:
        pay(account.invoices.get(), "120", "03-16")
    plan_organization(organization, now=NOW)
    assert own(account).status == Status.SCHEDULED
    minute(at("03-17"))
    assert len(letters(outbox)) == 1


def test_message_at_once_leaves_while_paused(account: Account, outbox: Path) -> None:
    pause_account(account=account, reason=PauseReason.LEGAL_PROCEEDINGS, actor=SYSTEM, now=NOW)
    compose(account)
    minute(NOW)
    assert len(letters(outbox)) == 1


def test_sent_message_counts_for_the_rhythm(organization: Organization) -> None:
    """The agent writes 10 business days after it, as after a message of its own."""
    account = customer(organization, "03-10")
    plan_organization(organization, now=NOW)
    assert Communication.objects.plans().get().planned_on == TODAY
    compose(account)
    minute(NOW)
    plan_organization(organization, now=NOW)
    assert Communication.objects.plans().get().planned_on == date(2026, 3, 30)


def test_message_names_invoices_with_the_amounts_of_its_day(account: Account) -> None:
    part, whole_one = account.invoices.get(), owing(account, "04-01")
    compose(account, planned_on=date(2026, 3, 17), invoices=[part.pk, whole_one.pk])
    pay(part, "20", "03-16")
    pay(whole_one, "120", "03-16")
    minute(at("03-17"))
    [named] = own(account).named_invoices.all()
    assert (named.number, named.remaining_amount) == (part.number, Decimal(100))


def test_message_leaves_to_those_who_can_still_be_written_to(account: Account, jane: Contact, outbox: Path) -> None:
    john = ContactFactory.create(account=account, email="john@acme.example")
    compose(account, planned_on=date(2026, 3, 17))
    jane.do_not_contact = True
    jane.save()
    minute(at("03-17"))
    [mail] = letters(outbox)
    assert mail["To"].addresses[0].addr_spec == john.email
    assert [one.address for one in own(account).recipients.all()] == [john.email]


def test_message_to_nobody_any_more_fails_for_a_person_to_see(account: Account, jane: Contact, outbox: Path) -> None:
    compose(account, planned_on=date(2026, 3, 17))
    jane.delete()
    minute(at("03-17"))
    assert letters(outbox) == []
    failed = own(account)
    assert (failed.status, failed.failure_code) == (Status.FAILED, FailureCode.OUT_OF_REACH)
    minute(at("03-18"))
    assert own(account).updated_at == failed.updated_at


def test_message_that_did_not_get_through_is_tried_again_beside_the_plan(account: Account) -> None:
    class DownMailer:
        def deliver(self, envelope: Envelope) -> None:
            raise TemporaryGatewayError(f"451 {envelope.subject}")

    message = compose(account, invoices=[account.invoices.get().pk])
    assert send_communication(message.pk, now=NOW, mailer=DownMailer()) == Status.SCHEDULED
    again = own(account)
    assert (again.attempts, again.subject, again.named_invoices.count()) == (1, "Hello", 1)
    assert Communication.objects.plans().filter(account=account).count() == 1
    minute(NOW)
    assert own(account).status == Status.SCHEDULED
    minute(at("03-16", "10:02"))
    assert own(account).status == Status.SENT


# --- Changed meanwhile --------------------------------------------------------------------------------------


def test_edited_message_stays_a_members_own(organization: Organization, account: Account, jane: Contact) -> None:
    message = compose(account, planned_on=SUNDAY, invoices=[account.invoices.get().pk])
    edit_message(
        communication=message,
        actor=AGENT,
        now=NOW,
        planned_on=date(2026, 3, 18),
        to=[jane.pk],
        words=("Other words", "Dear Jane"),
    )
    plan_organization(organization, now=NOW)
    edited = own(account)
    assert (edited.subject, edited.planned_on, edited.edited_by) == ("Other words", date(2026, 3, 18), AGENT.label)
    assert edited.named_invoices.count() == 1
    assert Communication.objects.plans().filter(account=account).count() == 1


def test_message_put_on_another_day_while_it_is_queued_waits(account: Account, outbox: Path) -> None:
    message = compose(account, planned_on=date(2026, 3, 17))
    people = [one.pk for one in account.contacts.all()]
    edit_message(communication=message, actor=SYSTEM, now=NOW, planned_on=SUNDAY, to=people)
    with clock.stopped_at(at("03-17")):
        assert send_communication(message.pk, now=clock.now()) is None
    assert letters(outbox) == []


def test_message_can_be_sent_at_once_after_all_even_beside_the_agents_of_today(
    organization: Organization, outbox: Path
) -> None:
    account = customer(organization, "03-10")
    plan_organization(organization, now=NOW)
    message = compose(account, planned_on=SUNDAY)
    minute(NOW)
    send_now(communication=message, actor=SYSTEM, now=NOW)
    minute(NOW)
    assert len(letters(outbox)) == 2


def test_cancelled_message_is_no_skipped_follow_up(organization: Organization) -> None:
    account = customer(organization, "03-10")
    plan_organization(organization, now=NOW)
    cancel_message(communication=compose(account, planned_on=SUNDAY), actor=SYSTEM, now=NOW)
    plan_organization(organization, now=NOW)
    assert not Communication.objects.skipped().exists()
    assert Communication.objects.plans().get().planned_on == TODAY


def test_scheduled_message_is_shown_as_it_leaves(account: Account) -> None:
    message = compose(account, planned_on=SUNDAY, invoices=[account.invoices.get().pk])
    shown = whole(communication_page(account.organization, message.pk), today=TODAY)
    assert (shown.subject, shown.text, shown.why) == ("Hello", "How are you?", "")
    assert not any([shown.is_preview, shown.is_moot, shown.is_held])
    assert [line.number for line in shown.lines] == [account.invoices.get().number]


def test_page_says_whose_message_it_is(account: Account, member: Membership, member_client: Any) -> None:
    message = compose_message(
        account=account,
        wanted=OwnMessage(to=[account.contacts.get().pk], subject="Hello", text="Dear Jane", planned_on=SUNDAY),
        actor=member.actor,
        now=NOW,
    )
    page = member_client.get(message.get_absolute_url()).content.decode()
    assert f"Written by {member.actor.label}" in page
    assert "still withdrawn" not in page
    minute(at("03-22"))
    page = member_client.get(message.get_absolute_url()).content.decode()
    assert f"{member.actor.label}, " in page
