"""Workers side by side send a member's own message once. Source: house.md 3, "claim"; docs/decisions/020."""

from __future__ import annotations

from typing import TYPE_CHECKING

from billabex.agent.cycle import plan_organization
from billabex.agent.sending import due_messages, send_communication
from billabex.core.actors import SYSTEM
from communications.models import Communication
from communications.services import OwnMessage, compose_message
from tests.agent import test_parallel
from tests.agent.scenes import customer, letters
from tests.agent.test_parallel import NOW, all_at_once

if TYPE_CHECKING:
    from pathlib import Path

    from billabex.organizations.models import Organization

pytestmark = test_parallel.pytestmark  # the same: real transactions, on PostgreSQL


def test_own_messages_sent_by_many_at_once_leave_once_beside_the_agents(
    organization: Organization, outbox: Path
) -> None:
    for n in range(5):
        account = customer(organization, "03-10", name=f"Acme {n}")
        wanted = OwnMessage(to=[account.contacts.get().pk], subject="Hello", text="How are you?")
        compose_message(account=account, wanted=wanted, actor=SYSTEM, now=NOW)
    plan_organization(organization, now=NOW)
    due = due_messages(now=NOW)
    results = all_at_once(lambda: [send_communication(one, now=NOW) for one in due])
    own = {pk for pk in due if Communication.objects.get(pk=pk).is_composed}
    assert len(own) == 5
    for one, row in zip(due, zip(*results, strict=True), strict=True):
        assert sum(status == "sent" for status in row) <= 1, one
        assert one not in own or sum(status == "sent" for status in row) == 1
    assert len(letters(outbox)) == Communication.objects.filter(status="sent").count()
