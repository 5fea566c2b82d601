"""What happens to an account while a message to it is being handed over. Source: house.md 3; agent.md 3 and 6."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from accounts.enums import AccountStatus, PauseReason
from accounts.models import Account
from accounts.services import delete_account, pause_account, set_status
from billabex.agent.cycle import plan_organization
from billabex.agent.sending import due_messages, send_communication, send_due
from billabex.core.actors import SYSTEM
from billabex.core.errors import TemporaryGatewayError
from communications.enums import Status
from communications.models import Communication
from tests.agent.scenes import at, customer, pay, story

if TYPE_CHECKING:
    from collections.abc import Callable

    from billabex.organizations.models import Organization
    from communications.gateways.email import Envelope

pytestmark = pytest.mark.django_db
NOW = at("03-17")


@dataclass
class SlowMailer:
    """A mail server that takes its time: something happens to the account meanwhile."""

    happens: Callable[[], object]
    error: Exception | None = None

    def deliver(self, envelope: Envelope) -> None:
        assert Communication.objects.get().status == Status.SENDING
        self.happens()
        if self.error is not None:
            raise self.error


@pytest.fixture
def account(organization: Organization) -> Account:
    """Return an account whose first follow-up is due now."""
    found = customer(organization, "03-10")
    plan_organization(organization, now=NOW)
    return found


def send(account: Account, what: str, error: Exception | None = None) -> Status | None:
    """Send the account's message while something happens to it, and plan anew afterwards."""
    acts = {
        "written off": lambda: set_status(account=account, status=AccountStatus.WRITTEN_OFF, actor=SYSTEM),
        "paused": lambda: pause_account(account=account, reason=PauseReason.DISPUTE, actor=SYSTEM, now=NOW),
        "paid": lambda: pay(account.invoices.get(), "120.00", "03-17"),
        "deleted": lambda: delete_account(account=account, actor=SYSTEM, now=NOW),
    }
    [message_id] = due_messages(now=NOW)
    status = send_communication(message_id, now=NOW, mailer=SlowMailer(acts[what], error))
    plan_organization(account.organization, now=NOW)
    return status


@pytest.mark.parametrize("what", ["written off", "paused", "paid"])
def test_message_that_left_is_recorded_and_followed_by_none(account: Account, what: str) -> None:
    assert send(account, what) is Status.SENT
    assert story(account) == [("sent", "03-17", 1, "courteous")]


@pytest.mark.parametrize("what", ["written off", "paused", "paid"])
def test_message_that_did_not_leave_is_not_tried_again(account: Account, what: str) -> None:
    assert send(account, what, TemporaryGatewayError("421")) is Status.SCHEDULED
    assert send_due(now=NOW + timedelta(minutes=5)) == {}
    assert story(account) == [("cancelled", "03-17", 1, "courteous")]


@pytest.mark.parametrize("error", [None, TemporaryGatewayError("421")])
def test_account_that_is_deleted_takes_its_message_along(account: Account, error: Exception | None) -> None:
    send(account, "deleted", error)
    assert not Account.objects.exists()
    assert not Communication.objects.exists()
