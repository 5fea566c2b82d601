"""A message is claimed, handed over and recorded: it leaves once or not at all."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from email import policy
from email.parser import BytesParser
from typing import TYPE_CHECKING

import pytest

from billabex.core.events import account_changed
from communications.enums import FailureCode, Status
from communications.models import Communication
from communications.services import DOUBTFUL_AFTER, hand_over, message_id, settle_doubtful
from tests.communications.conftest import NOW, WORDS, claim_now
from tests.communications.smtp_sink import listening
from tests.factories import CommunicationFactory

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

    from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

    from tests.communications.smtp_sink import SmtpSink


@pytest.fixture
def told() -> Iterator[list[dict[str, Any]]]:
    """Return what the house is told during the test."""
    heard: list[dict[str, Any]] = []

    def listen(*, account_ids: list[object], cause: str, **_rest: object) -> None:
        heard.extend({"account_id": account_id, "cause": cause} for account_id in account_ids)

    account_changed.connect(listen)
    yield heard
    account_changed.disconnect(listen)


def test_claim_scheduled_message_stores_words_and_amounts(scheduled: Communication) -> None:
    assert claim_now(scheduled)
    scheduled.refresh_from_db()
    assert (scheduled.status, scheduled.claimed_at, scheduled.planned_on) == (Status.SENDING, NOW, NOW.date())
    assert (scheduled.subject, scheduled.body_text, scheduled.body_html) == (WORDS.subject, WORDS.text, WORDS.html)
    [named] = scheduled.named_invoices.all()
    assert (named.number, named.remaining_amount) == ("F-2026-0001", Decimal("80.00"))


def test_claim_twice_only_first_wins(scheduled: Communication) -> None:
    same = Communication.objects.get(pk=scheduled.pk)  # as another worker has read it
    assert claim_now(scheduled)
    assert not claim_now(same, NOW + timedelta(seconds=1))
    scheduled.refresh_from_db()
    assert scheduled.claimed_at == NOW
    assert scheduled.named_invoices.count() == 1


def test_claim_withdrawn_message_writes_nothing(scheduled: Communication) -> None:
    Communication.objects.filter(pk=scheduled.pk).update(status=Status.CANCELLED)
    assert not claim_now(scheduled)
    scheduled.refresh_from_db()
    assert (scheduled.status, scheduled.subject) == (Status.CANCELLED, "")
    assert not scheduled.named_invoices.exists()


def test_hand_over_to_file_outbox_writes_one_whole_message(claimed: Communication, outbox: Path) -> None:
    assert hand_over(communication=claimed, now=NOW) == Status.SENT
    [path] = outbox.iterdir()
    assert path.name == f"{claimed.pk}.eml"
    message = BytesParser(policy=policy.default).parsebytes(path.read_bytes())
    assert message["Message-ID"] == message_id(claimed)
    assert str(claimed.pk) in message["Message-ID"]
    assert message["To"] == "Jane Doé <jane@acme.example>"
    claimed.refresh_from_db()
    assert (claimed.status, claimed.sent_at, claimed.attempts) == (Status.SENT, NOW, 1)


def test_hand_over_to_mail_server_sends_both_parts_to_everyone(claimed: Communication, smtp: SmtpSink) -> None:
    assert hand_over(communication=claimed, now=NOW) == Status.SENT
    [message] = smtp.messages
    assert message["Message-ID"] == message_id(claimed)
    assert message["From"].addresses[0].display_name == "Alix (Atelier Nord)"
    assert (message["To"], message["Cc"]) == ("Jane Doé <jane@acme.example>", "John Roe <john@acme.example>")
    assert message["Date"].datetime == NOW
    assert (message["Auto-Submitted"], message["Content-Language"]) == ("auto-generated", "en")
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert text.get_content().splitlines() == WORDS.text.splitlines()
    assert html is not None
    assert html.get_content().strip() == WORDS.html
    assert [line.partition(":")[2] for line in smtp.envelopes] == ["<jane@acme.example>", "<john@acme.example>"]


def test_hand_over_with_reply_address_asks_for_replies_there(claimed: Communication, smtp: SmtpSink) -> None:
    claimed.organization.reply_to = "compta@atelier.example"
    hand_over(communication=claimed, now=NOW)
    assert smtp.messages[0]["Reply-To"] == "compta@atelier.example"


def test_hand_over_message_of_text_alone_sends_text_alone(scheduled: Communication, smtp: SmtpSink) -> None:
    assert claim_now(scheduled)
    message = Communication.objects.get(pk=scheduled.pk)
    message.body_html = message.language = ""
    hand_over(communication=message, now=NOW)
    [received] = smtp.messages
    assert received.get_content_type() == "text/plain"
    assert "Content-Language" not in received


def test_hand_over_tells_the_house(
    claimed: Communication,
    outbox: Path,
    told: list[dict[str, Any]],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        hand_over(communication=claimed, now=NOW)
    assert told == [{"account_id": claimed.account_id, "cause": "delivery"}]


TEMPORARY = [
    pytest.param({"CONNECT": b"421 come back later"}, id="greeting"),
    pytest.param({"CONNECT": b"554 no service for you"}, id="greeting-for-good"),
    pytest.param({"MAIL": b"451 local error"}, id="sender"),
    pytest.param({"RCPT": b"450 mailbox busy"}, id="recipients"),
    pytest.param({"DATA": b"452 disk full"}, id="data"),
    pytest.param({"BODY": b"451 greylisted"}, id="body"),
]


@pytest.mark.parametrize("answers", TEMPORARY)
def test_hand_over_refused_for_now_puts_message_back(
    claimed: Communication, smtp: SmtpSink, answers: dict[str, bytes]
) -> None:
    smtp.answers = answers
    assert hand_over(communication=claimed, now=NOW) == Status.SCHEDULED
    claimed.refresh_from_db()
    assert (claimed.status, claimed.claimed_at, claimed.attempts) == (Status.SCHEDULED, None, 1)
    assert claimed.scheduled_for == NOW + timedelta(minutes=2)
    assert next(iter(answers.values())).decode()[:3] in claimed.failure_detail
    assert not claimed.named_invoices.exists()


def test_hand_over_refused_for_now_five_times_gives_up(claimed: Communication, smtp: SmtpSink) -> None:
    smtp.answers = {"RCPT": b"450 mailbox busy"}
    now, waits = NOW, []
    while hand_over(communication=claimed, now=now) == Status.SCHEDULED:
        claimed.refresh_from_db()
        assert claimed.scheduled_for is not None
        waits.append(claimed.scheduled_for - now)
        now = claimed.scheduled_for
        assert claim_now(claimed, now)
    claimed.refresh_from_db()
    assert waits == [timedelta(minutes=minutes) for minutes in (2, 4, 8, 16)]
    assert (claimed.status, claimed.failure_code, claimed.attempts) == (Status.FAILED, FailureCode.UNREACHABLE, 5)
    assert not smtp.messages


PERMANENT = [
    pytest.param({"MAIL": b"550 not from you"}, id="sender"),
    pytest.param({"RCPT": b"550 no such user"}, id="recipients"),
    pytest.param({"DATA": b"554 no"}, id="data"),
    pytest.param({"BODY": b"552 too big"}, id="body"),
]


@pytest.mark.parametrize("answers", PERMANENT)
def test_hand_over_refused_for_good_fails_message(
    claimed: Communication, smtp: SmtpSink, answers: dict[str, bytes]
) -> None:
    smtp.answers = answers
    assert hand_over(communication=claimed, now=NOW) == Status.FAILED
    claimed.refresh_from_db()
    assert (claimed.status, claimed.failure_code, claimed.sent_at) == (Status.FAILED, FailureCode.REFUSED, None)
    assert next(iter(answers.values())).decode()[:3] in claimed.failure_detail


def test_hand_over_address_no_server_takes_fails_message(claimed: Communication, smtp: SmtpSink) -> None:
    claimed.recipients.filter(field="to").delete()
    claimed.recipients.create(field="to", address="josé@acme.example")
    assert hand_over(communication=claimed, now=NOW) == Status.FAILED
    claimed.refresh_from_db()
    assert claimed.failure_code == FailureCode.REFUSED
    assert not smtp.envelopes


def test_hand_over_connection_refused_puts_message_back(claimed: Communication, settings: Settings) -> None:
    with listening() as sink:
        settings.MAILERS = sink.mailers
    assert hand_over(communication=claimed, now=NOW) == Status.SCHEDULED
    claimed.refresh_from_db()
    assert (claimed.status, claimed.claimed_at) == (Status.SCHEDULED, None)


def test_hand_over_broken_off_before_anything_was_said_puts_message_back(
    claimed: Communication, smtp: SmtpSink
) -> None:
    smtp.hangs_up_at = "CONNECT"
    assert hand_over(communication=claimed, now=NOW) == Status.SCHEDULED


def test_hand_over_broken_off_midway_has_unknown_outcome(claimed: Communication, smtp: SmtpSink) -> None:
    smtp.hangs_up_at = "BODY"
    assert hand_over(communication=claimed, now=NOW) == Status.FAILED
    claimed.refresh_from_db()
    assert (claimed.status, claimed.failure_code) == (Status.FAILED, FailureCode.UNKNOWN_OUTCOME)
    assert len(smtp.messages) == 1  # it had left, which nobody could know


def test_hand_over_broken_off_after_message_was_taken_is_sent(claimed: Communication, smtp: SmtpSink) -> None:
    smtp.hangs_up_at = "QUIT"
    assert hand_over(communication=claimed, now=NOW) == Status.SENT


def test_hand_over_unwritable_outbox_puts_message_back(claimed: Communication, outbox: Path) -> None:
    outbox.write_text("a file where the folder should be")
    assert hand_over(communication=claimed, now=NOW) == Status.SCHEDULED


def test_hand_over_refused_for_now_takes_the_place_of_what_was_planned_after_it(
    claimed: Communication, smtp: SmtpSink
) -> None:
    later = NOW + timedelta(days=14)
    next_one = CommunicationFactory.create(
        account=claimed.account, subject="", body_text="", planned_on=later.date(), scheduled_for=later
    )
    smtp.answers = {"RCPT": b"450 mailbox busy"}
    assert hand_over(communication=claimed, now=NOW) == Status.SCHEDULED
    assert list(Communication.objects.planned()) == [claimed]
    assert not Communication.objects.filter(pk=next_one.pk).exists()


def test_hand_over_refused_for_now_after_all_settles_what_was_doubtful(claimed: Communication, smtp: SmtpSink) -> None:
    settle_doubtful(now=NOW + timedelta(minutes=16))
    smtp.answers = {"RCPT": b"450 mailbox busy"}
    assert hand_over(communication=claimed, now=NOW + timedelta(minutes=17)) == Status.FAILED
    claimed.refresh_from_db()
    assert (claimed.status, claimed.failure_code) == (Status.FAILED, FailureCode.UNREACHABLE)


def test_settle_doubtful_after_fifteen_minutes_fails_message(
    claimed: Communication,
    told: list[dict[str, Any]],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        assert settle_doubtful(now=NOW + DOUBTFUL_AFTER + timedelta(seconds=1)) == 1
    claimed.refresh_from_db()
    assert (claimed.status, claimed.failure_code) == (Status.FAILED, FailureCode.UNKNOWN_OUTCOME)
    assert told == [{"account_id": claimed.account_id, "cause": "delivery"}]


def test_settle_doubtful_before_fifteen_minutes_leaves_message(claimed: Communication) -> None:
    assert settle_doubtful(now=NOW + DOUBTFUL_AFTER) == 0
    claimed.refresh_from_db()
    assert claimed.status == Status.SENDING


def test_a_late_word_of_the_mail_server_corrects_an_unknown_outcome(claimed: Communication, outbox: Path) -> None:
    settle_doubtful(now=NOW + timedelta(minutes=16))
    hand_over(communication=claimed, now=NOW + timedelta(minutes=17))
    claimed.refresh_from_db()
    assert (claimed.status, claimed.failure_code) == (Status.SENT, "")
    assert len(list(outbox.iterdir())) == 1
