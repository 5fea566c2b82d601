"""The agent's ear: whatever happens to accounts replans them, within seconds."""

from __future__ import annotations

from itertools import batched
from typing import TYPE_CHECKING, Any

from django.dispatch import receiver

from billabex.agent.cycle import BATCH
from billabex.agent.jobs import replan
from billabex.core.events import account_changed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID


@receiver(account_changed, dispatch_uid="billabex.agent.listening")
def listen(*, account_ids: Iterable[UUID], **_facts: Any) -> None:
    """Queue the accounts for planning, a batch to a job (in process without a broker)."""
    for batch in batched(account_ids, BATCH):
        replan.delay([str(account_id) for account_id in batch])
