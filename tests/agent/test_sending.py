"""Sending: everything is checked again at the last moment, and each message leaves once or not at all.

Source: agent.md 6; promises.md, "Traps".
"""

from __future__ import annotations

from datetime import time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from django.core import mail

from accounts.enums import PauseReason
from accounts.services import pause_account
from billabex.agent.cycle import plan_organization
from billabex.agent.sending import due_messages, send_communication, send_due
from billabex.core.actors import SYSTEM
from billabex.core.errors import PermanentGatewayError, TemporaryGatewayError
from communications.enums import FailureCode, Status
from communications.models import Communication, NamedInvoice
from communications.services import settle_doubtful
from contacts.enums import EmailStatus
from contacts.models import Contact
from tests.agent.scenes import at, customer, letters, owing, pay, reach, story, text_of

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from accounts.models import Account
    from billabex.organizations.models import Organization
    from communications.gateways.email import Envelope

pytestmark = pytest.mark.django_db
NOW = at("03-17")


@pytest.fixture
def account(organization: Organization) -> Account:
    """Return an account whose first follow-up is due now."""
    organization.iban, organization.reply_to = "FR7630006000011234567890189", "billing@atelier.example"
    organization.save()
    found = customer(organization, "03-10")
    plan_organization(organization, now=NOW)
    return found


def send(now: datetime = NOW) -> dict[str, int]:
    return dict(send_due(now=now))


# --- When ----------------------------------------------------------------------------------------------------


def test_message_that_is_due_leaves(account: Account) -> None:
    assert send() == {"sent": 1}
    message = Communication.objects.get(status=Status.SENT)
    assert (message.sent_at, message.planned_on, message.attempts) == (NOW, NOW.date(), 1)
    assert [sent.to for sent in mail.outbox] == [["Person of Acme <acme@customer.example>"]]


def test_message_leaves_once_however_often_it_is_sent(account: Account) -> None:
    [message_id] = due_messages(now=NOW)
    assert [send_communication(message_id, now=NOW) for _ in range(3)] == [Status.SENT, None, None]
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("hour", "left"), [("08:59", {}), ("09:00", {"sent": 1}), ("17:59", {"sent": 1}), ("18:00", {})]
)
def test_message_leaves_within_sending_hours_only(account: Account, hour: str, left: dict[str, int]) -> None:
    assert send(at("03-17", hour)) == left


def test_message_that_waited_in_a_queue_until_after_hours_leaves_the_next_day(account: Account) -> None:
    [message_id] = due_messages(now=at("03-17", "17:59"))
    assert send_communication(message_id, now=at("03-17", "18:01")) is None
    assert send_communication(message_id, now=at("03-18", "09:00")) is Status.SENT
    assert story(account)[0] == ("sent", "03-18", 1, "courteous")


@pytest.mark.parametrize("day", ["03-21", "03-22", "04-06"])
def test_message_leaves_on_business_days_only(account: Account, day: str) -> None:
    """Planned for a day on which nothing ran, it waits for the next business day: no weekend, no Easter Monday."""
    assert send(at(day)) == {}
    assert Communication.objects.planned().filter(planned_on__gt=at(day).date()).exists()


def test_message_planned_for_a_later_day_stays(organization: Organization) -> None:
    account = customer(organization, "03-20")
    plan_organization(organization, now=at("03-02"))
    assert send(at("03-16")) == {}
    assert send_communication(Communication.objects.get().pk, now=at("03-16")) is None
    assert story(account) == [("scheduled", "03-17", 0, "courteous")]


def test_sending_hours_are_the_organizations_own(account: Account) -> None:
    account.organization.sends_from, account.organization.sends_until = time(14), time(15)
    account.organization.save()
    assert send(at("03-17", "13:59")) == {}
    assert send(at("03-17", "14:00")) == {"sent": 1}


def test_account_deleted_meanwhile_is_not_written_to(account: Account) -> None:
    [message_id] = due_messages(now=NOW)
    account.deletion_started_at = NOW
    account.save()
    account.delete()
    assert send_communication(message_id, now=NOW) is None


# --- Checked again -------------------------------------------------------------------------------------------


def test_paid_between_plan_and_send_is_not_chased(account: Account) -> None:
    pay(account.invoices.get(), "120.00", "03-17")
    assert send() == {}
    assert story(account) == [("cancelled", "03-17", 1, "courteous")]
    assert mail.outbox == []


def test_paused_between_plan_and_send_is_held(account: Account) -> None:
    pause_account(account=account, reason=PauseReason.DISPUTE, actor=SYSTEM, now=NOW)
    assert send() == {}
    assert story(account) == [("cancelled", "03-17", 1, "courteous")]
    assert mail.outbox == []


def test_amounts_that_changed_are_written_anew(account: Account) -> None:
    pay(account.invoices.get(), "20.00", "03-17")
    owing(account, "03-16", "55.50")
    assert send() == {"sent": 1}
    assert "€155.50" in str(mail.outbox[0].body)
    named = NamedInvoice.objects.order_by("due_on").values_list("total_amount", "remaining_amount")
    assert list(named) == [(Decimal(120), Decimal(100)), (Decimal("55.5"), Decimal("55.5"))]


def test_contact_that_bounced_gives_way_to_the_next(account: Account) -> None:
    Contact.objects.update(email_status=EmailStatus.BOUNCED)
    reach(account, "Second")
    assert send() == {"sent": 1}
    assert mail.outbox[0].to == ["Person of Second <second@customer.example>"]


def test_last_contact_that_bounced_holds_the_message(account: Account) -> None:
    Contact.objects.update(email_status=EmailStatus.BOUNCED)
    assert send() == {}
    assert account.tasks.count() == 1


# --- Once, or not at all -------------------------------------------------------------------------------------


class BrokenMailer:
    """A mail server that fails in one way."""

    def __init__(self, error: BaseException) -> None:
        self.error = error
        self.taken: list[Envelope] = []

    def deliver(self, envelope: Envelope) -> None:
        self.taken.append(envelope)
        raise self.error


def test_worker_killed_between_hand_over_and_record_leaves_an_unknown_outcome(account: Account) -> None:
    [message_id] = due_messages(now=NOW)
    killed = BrokenMailer(SystemExit())
    with pytest.raises(SystemExit):
        send_communication(message_id, now=NOW, mailer=killed)
    assert Communication.objects.get().status == Status.SENDING
    assert settle_doubtful(now=NOW + timedelta(minutes=15)) == 0
    assert settle_doubtful(now=NOW + timedelta(minutes=16)) == 1
    message = Communication.objects.get()
    assert (message.status, message.failure_code) == (Status.FAILED, FailureCode.UNKNOWN_OUTCOME)
    assert len(killed.taken) == 1


@pytest.mark.parametrize("is_settled", [False, True])
def test_message_of_unknown_outcome_is_not_followed_by_another_that_day(account: Account, *, is_settled: bool) -> None:
    [message_id] = due_messages(now=NOW)
    with pytest.raises(SystemExit):
        send_communication(message_id, now=NOW, mailer=BrokenMailer(SystemExit()))
    if is_settled:
        settle_doubtful(now=at("03-17", "10:30"))
    plan_organization(account.organization, now=at("03-17", "10:30"))
    assert send(at("03-17", "10:31")) == {}
    assert mail.outbox == []
    assert story(account)[-1] == ("scheduled", "03-31", 2, "courteous")


def test_message_refused_for_good_is_tried_anew_on_the_next_day_and_not_before(account: Account) -> None:
    [message_id] = due_messages(now=NOW)
    assert send_communication(message_id, now=NOW, mailer=BrokenMailer(PermanentGatewayError("550"))) is Status.FAILED
    plan_organization(account.organization, now=NOW)
    assert send(at("03-17", "17:00")) == {}
    assert story(account) == [("failed", "03-17", 1, "courteous"), ("scheduled", "03-18", 1, "courteous")]
    assert send(at("03-18")) == {"sent": 1}


def test_reminder_that_was_refused_is_not_the_invoices_one_reminder(organization: Organization) -> None:
    account = customer(organization, "03-20")
    plan_organization(organization, now=NOW)
    [message_id] = due_messages(now=NOW)
    send_communication(message_id, now=NOW, mailer=BrokenMailer(PermanentGatewayError("550")))
    plan_organization(organization, now=NOW)
    assert story(account)[-1] == ("scheduled", "03-18", 0, "courteous")


def test_message_put_back_for_a_later_try_keeps_that_instant(account: Account) -> None:
    [message_id] = due_messages(now=NOW)
    away = BrokenMailer(TemporaryGatewayError("421"))
    assert send_communication(message_id, now=NOW, mailer=away) is Status.SCHEDULED
    plan_organization(account.organization, now=NOW)
    assert Communication.objects.get().scheduled_for == NOW + timedelta(minutes=2)
    assert send(NOW + timedelta(minutes=1)) == {}
    assert send_communication(message_id, now=NOW + timedelta(minutes=1)) is None
    assert send(NOW + timedelta(minutes=2)) == {"sent": 1}


# --- What it says --------------------------------------------------------------------------------------------


def test_mail_that_leaves_carries_number_amount_and_bank_details(account: Account, outbox: Path) -> None:
    send()
    [letter] = letters(outbox)
    text, invoice = text_of(letter), account.invoices.get()
    assert invoice.number in text
    assert "€120.00" in text
    assert "FR76 3000 6000 0112 3456 7890 189" in text
    assert letter["Reply-To"] == "billing@atelier.example"
    assert letter["To"] == "Person of Acme <acme@customer.example>"
    assert letter["Message-ID"].startswith(f"<{Communication.objects.get().pk}@")


def test_mail_names_the_invoices_of_its_own_account_only(organization: Organization, outbox: Path) -> None:
    names = [f"Acme {n}" for n in range(3)]
    numbers = {name: customer(organization, "03-10", name=name).invoices.get().number for name in names}
    plan_organization(organization, now=NOW)
    assert send() == {"sent": 3}
    for letter in letters(outbox):
        own = [name for name in names if f"Person of {name}" in letter["To"]]
        assert [name for name, number in numbers.items() if number in text_of(letter)] == own
        assert [name for name in names if name in letter.as_string()] == own


def test_mails_of_one_batch_are_each_in_their_own_language(organization: Organization, outbox: Path) -> None:
    """Three languages and back: nothing of the mail before is left in the next one."""
    said = {
        "fr": ("Bonjour", "10 mars 2026"),
        "de": ("Guten Tag", "10. März 2026"),
        "en": ("Dear", "10 March 2026", "€120.00"),
    }
    for language in ("fr", "de", "en", "fr"):
        customer(organization, "03-10", name=f"Acme {language} {Contact.objects.count()}", language=language)
    plan_organization(organization, now=NOW)
    send()
    found = []
    for letter in letters(outbox):
        text, language = text_of(letter), letter["Content-Language"]
        heard = {code for code, words in said.items() for word in words if word in text}
        assert heard == {language}
        assert all(word in text for word in said[language])
        found.append((letter["To"].split()[3], language))
    assert sorted(found) == [("de", "de"), ("en", "en"), ("fr", "fr"), ("fr", "fr")]


def test_mail_of_an_account_with_two_currencies_has_two_totals(organization: Organization, outbox: Path) -> None:
    account = customer(organization, "03-10")
    owing(account, "03-11", "50.00", currency="USD")
    owing(account, "03-12", "25.00", currency="USD")
    plan_organization(organization, now=NOW)
    send()
    [letter] = letters(outbox)
    assert "€120.00" in text_of(letter)
    assert "US$75.00" in text_of(letter)


def test_subject_longer_than_the_column_is_shortened(organization: Organization) -> None:
    organization.name = "Ä" * 200
    organization.save()
    account = customer(organization)
    owing(account, "03-10", number="N" * 100)
    for day in ("03-11", "03-25", "04-09"):  # one for each variant of the words
        plan_organization(organization, now=at(day))
        assert send(at(day)) == {"sent": 1}
    subjects = [str(sent.subject) for sent in mail.outbox]
    assert max(len(subject) for subject in subjects) == 300
    assert [subject[-1] for subject in subjects if len(subject) == 300] == ["…"]
