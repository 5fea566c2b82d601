"""What people say about a planned message: edit it, send it at once, cancel it. Source: product.md 7."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from accounts.models import Account
from billabex.agent.cycle import plan_accounts
from billabex.core import clock
from billabex.core.errors import InvalidInput, TemporaryGatewayError
from billabex.core.models import AuditEntry
from communications.enums import Author, Status
from communications.errors import NoLongerPlanned, NothingToSend, WrittenToToday
from communications.models import Communication, NamedInvoice
from communications.selectors import communication_page, due_communications, whole
from communications.services import cancel_message, claim, edit_message, hand_over, send_now
from contacts.enums import EmailStatus
from contacts.models import Contact
from invoices.models import Invoice
from tests.communications.conftest import claim_now
from tests.factories import CommunicationFactory, ContactFactory, InvoiceFactory, NamedInvoiceFactory, PauseFactory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from billabex.organizations.models import Membership
    from communications.gateways.email import Envelope
    from communications.selectors import Whole

NOW = datetime(2026, 2, 18, 9, 30, tzinfo=UTC)
TODAY = date(2026, 2, 18)
SATURDAY = date(2026, 2, 21)
MONDAY = date(2026, 2, 23)
OWN_WORDS = ("Our last talk", "Dear Jane,\n\nas we said:\n  F-2   120 €\n\nMax")


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with clock.stopped_at(NOW):
        yield


@pytest.fixture
def jane(planned: Communication) -> Contact:
    return Contact.objects.get(email="jane@acme.example")


@pytest.fixture
def planned(member: Membership) -> Communication:
    """Return the message that the agent itself has planned to Jane for an overdue invoice."""
    jane = ContactFactory.create(
        account__organization=member.organization, full_name="Jane Doe", email="jane@acme.example", language="fr"
    )
    InvoiceFactory.create(account=jane.account, number="F-2", issued_on=date(2026, 1, 5), total_amount=Decimal(120))
    plan_accounts(member.organization, [jane.account_id], now=NOW)
    return Communication.objects.get(account=jane.account)


def edit(member: Membership, planned: Communication, **wanted: Any) -> Communication:
    """Edit the message as the member wants it: Monday, to Jane, unless said otherwise."""
    jane = Contact.objects.get(email="jane@acme.example")
    asked: dict[str, Any] = {"planned_on": MONDAY, "to": [jane.pk]} | wanted
    edit_message(communication=planned, actor=member.actor, now=NOW, **asked)
    return Communication.objects.get(pk=planned.pk)


def page(planned: Communication) -> Whole:
    return whole(communication_page(planned.organization, planned.pk), today=TODAY)


# --- Edit ---------------------------------------------------------------------------------------------------


def test_edit_day_makes_message_a_persons_and_leaves_the_words_to_the_agent(
    member: Membership, planned: Communication
) -> None:
    edited = edit(member, planned)
    assert (edited.planned_on, edited.scheduled_for) == (MONDAY, datetime(2026, 2, 23, 8, tzinfo=UTC))
    assert (edited.edited_at, edited.edited_by) == (NOW, member.actor.label)
    assert (edited.author, edited.subject, edited.body_text) == (Author.AGENT, "", "")
    assert edited.is_by_person
    assert not edited.is_worded


def test_edit_words_keeps_them_as_written_and_as_html(member: Membership, planned: Communication) -> None:
    edited = edit(member, planned, words=(" Our \n last  talk", "Dear <b>Jane</b>,\r\n\r\nsee  you  \n"))
    assert edited.is_worded
    assert (edited.subject, edited.body_text) == ("Our last talk", "Dear <b>Jane</b>,\n\nsee  you")
    assert "Dear &lt;b&gt;Jane&lt;/b&gt;,</p>" in edited.body_html
    assert f'<html lang="{planned.language}">' in edited.body_html


def test_edit_recipients_replaces_them_and_speaks_to_the_first_in_their_language(
    member: Membership, planned: Communication, jane: Contact
) -> None:
    john = ContactFactory.create(account=jane.account, full_name="John", email="john@acme.example", language="de")
    edited = edit(member, planned, to=[john.pk], cc=[jane.pk])
    assert [(one.field, one.address) for one in edited.recipients.all()] == [("to", john.email), ("cc", jane.email)]
    assert edited.language == "de"


def test_edit_is_audited_with_what_changed(member: Membership, planned: Communication) -> None:
    edit(member, planned, words=OWN_WORDS)
    entry = AuditEntry.objects.get(action="communication.edited")
    assert entry.changes["planned_on"]["to"] == "2026-02-23"
    assert entry.changes["subject"] == {"from": None, "to": "Our last talk"}
    assert "to" not in entry.changes
    assert (entry.actor_label, entry.account_id) == (member.actor.label, planned.account_id)


def test_edit_that_changes_nothing_writes_nothing(member: Membership, planned: Communication) -> None:
    assert planned.planned_on is not None
    edited = edit(member, planned, planned_on=planned.planned_on)
    assert (edited.edited_at, edited.updated_at) == (None, planned.updated_at)
    assert not AuditEntry.objects.exists()


def test_edit_again_without_words_keeps_those_of_the_person(member: Membership, planned: Communication) -> None:
    edit(member, planned, words=OWN_WORDS)
    edited = edit(member, planned, planned_on=SATURDAY)
    assert (edited.subject, edited.body_text, edited.planned_on) == (*OWN_WORDS, SATURDAY)


def test_edit_takes_back_what_was_to_leave_at_once(member: Membership, planned: Communication) -> None:
    send_now(communication=planned, actor=member.actor, now=NOW)
    edited = edit(member, planned)
    assert (edited.released_at, edited.released_by) == (None, "")


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        ({"planned_on": date(2026, 2, 17)}, "planned_on"),
        ({"to": []}, "to"),
        ({"to": ["bounced"]}, "to"),
        ({"to": ["copy only"]}, "to"),
        ({"to": ["stranger"]}, "to"),
        ({"cc": ["bounced"]}, "cc"),
        ({"cc": ["jane"]}, "cc"),
        ({"words": (" ", "Text")}, "subject"),
        ({"words": ("Subject", "\n")}, "body_text"),
    ],
)
def test_edit_that_cannot_be_is_refused_beside_its_field(
    member: Membership, planned: Communication, jane: Contact, wanted: dict[str, Any], field: str
) -> None:
    people = {
        "jane": jane,
        "bounced": ContactFactory.create(account=jane.account, email_status=EmailStatus.BOUNCED),
        "copy only": ContactFactory.create(account=jane.account, copy_only=True),
        "stranger": ContactFactory.create(account__organization=member.organization),
    }
    asked = {
        name: [people[one].pk for one in value] if name in {"to", "cc"} else value for name, value in wanted.items()
    }
    with pytest.raises(InvalidInput) as refusal:
        edit(member, planned, **asked)
    assert list(refusal.value.fields) == [field]
    assert str(refusal.value.fields[field])
    planned.refresh_from_db()
    assert planned.edited_at is None


def test_edit_copy_to_copy_only_contact_is_taken(member: Membership, planned: Communication, jane: Contact) -> None:
    boss = ContactFactory.create(account=jane.account, copy_only=True)
    assert edit(member, planned, cc=[boss.pk]).recipients.get(field="cc").contact == boss


@pytest.mark.parametrize("act", [edit_message, send_now, cancel_message])
@pytest.mark.parametrize("status", [Status.SENT, Status.CANCELLED])
def test_nothing_can_be_said_about_what_is_no_longer_planned(
    member: Membership, jane: Contact, act: Any, status: Status
) -> None:
    fields: dict[str, Any] = {"sent": True} if status == Status.SENT else {"status": status}
    message = CommunicationFactory.create(account=jane.account, **fields)
    more = {"planned_on": MONDAY, "to": [jane.pk]} if act is edit_message else {}
    with pytest.raises(NoLongerPlanned):
        act(communication=message, actor=member.actor, now=NOW, **more)


# --- What the page says of an edited message ----------------------------------------------------------------


def test_page_of_worded_message_shows_its_own_words_and_what_it_is_about(
    member: Membership, planned: Communication
) -> None:
    shown = page(edit(member, planned, words=OWN_WORDS))
    assert (shown.subject, shown.text) == OWN_WORDS
    assert [(line.number, line.remaining) for line in shown.lines] == [("F-2", Decimal(120))]
    assert (shown.is_preview, shown.is_moot, shown.is_held, shown.has_changed) == (False,) * 4


def test_page_warns_when_amounts_have_changed_since_the_edit(member: Membership, planned: Communication) -> None:
    edited = edit(member, planned, words=OWN_WORDS)
    Invoice.objects.update(paid_amount=Decimal(20))
    assert page(edited).has_changed
    edited = edit(member, edited, planned_on=SATURDAY)
    assert not page(edited).has_changed


def test_page_says_what_a_message_waits_for(member: Membership, planned: Communication) -> None:
    edited = edit(member, planned, words=OWN_WORDS)
    PauseFactory.create(account=planned.account)
    shown = page(edited)
    assert (shown.is_moot, shown.is_held, shown.has_changed, shown.lines) == (False, True, False, ())
    assert "paused" in shown.why
    assert (shown.subject, shown.text) == OWN_WORDS


@pytest.mark.parametrize(("day", "is_off"), [(MONDAY, False), (SATURDAY, True), (date(2026, 5, 1), True)])
def test_page_warns_of_a_day_off(member: Membership, planned: Communication, day: date, *, is_off: bool) -> None:
    assert page(edit(member, planned, planned_on=day)).is_on_day_off is is_off


# --- Send now -----------------------------------------------------------------------------------------------


def test_send_now_is_due_at_any_hour(member: Membership, planned: Communication) -> None:
    night = datetime(2026, 2, 21, 23, 5, tzinfo=UTC)
    send_now(communication=planned, actor=member.actor, now=night)
    planned.refresh_from_db()
    assert (planned.released_at, planned.released_by) == (night, member.actor.label)
    assert (planned.scheduled_for, planned.planned_on) == (night, date(2026, 2, 22))
    assert (planned.status, planned.author, planned.edited_at) == (Status.SCHEDULED, Author.AGENT, None)
    assert list(due_communications(night)) == [planned.pk]
    assert AuditEntry.objects.get().action == "communication.released"


def test_send_now_twice_is_once(member: Membership, planned: Communication) -> None:
    for minutes in (0, 1):
        send_now(communication=planned, actor=member.actor, now=NOW + timedelta(minutes=minutes))
    planned.refresh_from_db()
    assert planned.released_at == NOW
    assert AuditEntry.objects.count() == 1


def test_send_now_after_a_day_on_which_it_could_not_leave_is_another_click(
    member: Membership, planned: Communication
) -> None:
    send_now(communication=planned, actor=member.actor, now=NOW)
    sunday_night = datetime(2026, 2, 22, 21, 30, tzinfo=UTC)
    assert list(due_communications(sunday_night)) == []
    send_now(communication=planned, actor=member.actor, now=sunday_night)
    planned.refresh_from_db()
    assert (planned.released_at, planned.planned_on) == (sunday_night, date(2026, 2, 22))
    assert list(due_communications(sunday_night)) == [planned.pk]
    assert AuditEntry.objects.filter(action="communication.released").count() == 2


def test_send_now_with_nothing_owed_is_refused(member: Membership, planned: Communication) -> None:
    Invoice.objects.update(paid_amount=Decimal(120), settled_on=TODAY)
    with pytest.raises(NothingToSend):
        send_now(communication=planned, actor=member.actor, now=NOW)


def test_send_now_while_paused_is_refused(member: Membership, planned: Communication) -> None:
    PauseFactory.create(account=planned.account)
    with pytest.raises(NothingToSend):
        send_now(communication=planned, actor=member.actor, now=NOW)


def test_send_now_is_no_second_message_of_the_agent_in_a_day(member: Membership, planned: Communication) -> None:
    CommunicationFactory.create(account=planned.account, sent=True, planned_on=TODAY)
    with pytest.raises(WrittenToToday):
        send_now(communication=planned, actor=member.actor, now=NOW)
    edited = edit(member, planned, words=OWN_WORDS)
    send_now(communication=edited, actor=member.actor, now=NOW)
    assert claim_now(Communication.objects.get(pk=planned.pk))


def test_send_now_after_the_agents_own_was_refused_that_day(member: Membership, planned: Communication) -> None:
    CommunicationFactory.create(account=planned.account, failed=True, planned_on=TODAY)
    send_now(communication=planned, actor=member.actor, now=NOW)
    assert claim_now(Communication.objects.get(pk=planned.pk))


# --- Cancel -------------------------------------------------------------------------------------------------


def test_cancel_counts_as_if_it_had_left_on_its_day(member: Membership, planned: Communication) -> None:
    Communication.objects.update(planned_on=MONDAY)
    cancel_message(communication=planned, actor=member.actor, now=NOW)
    planned.refresh_from_db()
    assert (planned.status, planned.cancelled_at, planned.cancelled_by) == (
        Status.CANCELLED,
        NOW,
        member.actor.label,
    )
    assert Communication.objects.skipped().get().planned_on == MONDAY
    assert AuditEntry.objects.get().action == "communication.cancelled"


def test_cancel_of_a_message_whose_day_has_passed_counts_from_today(member: Membership, planned: Communication) -> None:
    Communication.objects.update(planned_on=date(2026, 2, 2))
    cancel_message(communication=planned, actor=member.actor, now=NOW)
    assert Communication.objects.skipped().get().planned_on == TODAY


def test_what_the_agent_withdraws_is_no_skip(planned: Communication) -> None:
    Communication.objects.update(status=Status.CANCELLED)
    assert not Communication.objects.skipped().exists()


def test_cancel_keeps_what_it_would_have_named(member: Membership, planned: Communication) -> None:
    cancel_message(communication=planned, actor=member.actor, now=NOW)
    named = planned.named_invoices.get()
    assert (named.number, named.total_amount, named.remaining_amount) == ("F-2", Decimal(120), Decimal(120))


def test_cancel_of_a_message_whose_reason_is_gone_names_nothing(member: Membership, planned: Communication) -> None:
    Account.objects.update(status="suspended")
    cancel_message(communication=planned, actor=member.actor, now=NOW)
    assert not planned.named_invoices.exists()


@pytest.mark.parametrize(
    ("fields", "is_done"),
    [
        ({"sent": True}, True),
        ({"failed": True, "failure_code": "unknown_outcome"}, True),
        ({"failed": True}, False),
        ({"status": Status.CANCELLED, "cancelled_at": NOW, "cancelled_by": "Maud"}, True),
        ({"status": Status.CANCELLED}, False),
        ({}, False),
    ],
)
def test_a_reminder_is_done_once_it_left_or_a_person_cancelled_it(
    db: None, fields: dict[str, Any], *, is_done: bool
) -> None:
    named = NamedInvoiceFactory.create(communication=CommunicationFactory.create(**fields), is_reminder=True)
    assert list(NamedInvoice.objects.reminders_done()) == [named] * is_done


# --- On its way ---------------------------------------------------------------------------------------------


class Unreachable:
    """A mail server that cannot be reached."""

    def deliver(self, envelope: Envelope) -> None:
        raise TemporaryGatewayError("connection refused")


def test_claim_without_words_lets_a_persons_leave_as_they_stand(member: Membership, planned: Communication) -> None:
    edited = edit(member, planned, words=OWN_WORDS)
    [line] = [NamedInvoice(**_amounts(edited, remaining=Decimal(70)))]
    assert claim(communication=edited, words=None, named_invoices=[line], today=TODAY, now=NOW)
    edited.refresh_from_db()
    assert (edited.status, edited.subject, edited.body_text) == (Status.SENDING, *OWN_WORDS)
    assert edited.named_invoices.get().remaining_amount == Decimal(70)


def test_claim_leaves_out_whoever_is_out_of_reach_by_now(
    member: Membership, planned: Communication, jane: Contact
) -> None:
    others = ContactFactory.create_batch(3, account=jane.account)
    edited = edit(member, planned, words=OWN_WORDS, cc=[one.pk for one in others])
    Contact.objects.filter(pk=others[0].pk).update(email_status=EmailStatus.BOUNCED)
    Contact.objects.filter(pk=others[1].pk).update(email="elsewhere@acme.example")
    others[2].delete()
    assert claim(communication=edited, words=None, named_invoices=[], today=TODAY, now=NOW)
    assert [one.contact for one in edited.recipients.all()] == [jane]


def test_put_back_keeps_a_persons_words(member: Membership, planned: Communication) -> None:
    edited = edit(member, planned, words=OWN_WORDS)
    assert claim(communication=edited, words=None, named_invoices=[], today=TODAY, now=NOW)
    claimed = Communication.objects.get(pk=edited.pk)
    assert hand_over(communication=claimed, now=NOW, mailer=Unreachable()) == Status.SCHEDULED
    claimed.refresh_from_db()
    assert (claimed.subject, claimed.body_text, claimed.edited_by) == (*OWN_WORDS, member.actor.label)


def test_put_back_gives_way_to_what_a_person_made_theirs_meanwhile(member: Membership, planned: Communication) -> None:
    assert claim_now(planned)
    claimed = Communication.objects.get(pk=planned.pk)
    theirs = edit(member, CommunicationFactory.create(account=planned.account, step=2), words=OWN_WORDS)
    assert hand_over(communication=claimed, now=NOW, mailer=Unreachable()) == Status.FAILED
    assert Communication.objects.plans().get() == theirs


def _amounts(message: Communication, remaining: Decimal) -> dict[str, Any]:
    invoice = Invoice.objects.get()
    return {
        "communication": message,
        "invoice": invoice,
        "number": invoice.number,
        "due_on": invoice.due_on,
        "currency": invoice.currency,
        "total_amount": invoice.total_amount,
        "remaining_amount": remaining,
    }
