"""The agent's ear: whatever happens to an account replans it, within seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.dispatch import receiver

from billabex.agent.jobs import plan_account
from billabex.core.events import account_changed

if TYPE_CHECKING:
    from uuid import UUID


@receiver(account_changed, dispatch_uid="billabex.agent.listening")
def replan(*, account_id: UUID, **_facts: Any) -> None:
    """Queue the account for planning (in process without a broker)."""
    plan_account.delay(str(account_id))
