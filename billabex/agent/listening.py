"""The agent's ear: whatever happens to accounts, or to their organization's settings, replans them within seconds."""

from __future__ import annotations

from itertools import batched
from typing import TYPE_CHECKING, Any

from django.dispatch import receiver

from billabex.agent.cycle import BATCH
from billabex.agent.jobs import plan_one_organization, replan
from billabex.core.events import account_changed
from billabex.organizations.ports import on_settings_changed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID


@receiver(account_changed, dispatch_uid="billabex.agent.listening")
def listen(*, account_ids: Iterable[UUID], **_facts: Any) -> None:
    """Queue the accounts for planning, a batch to a job (in process without a broker)."""
    for batch in batched(account_ids, BATCH):
        replan.delay([str(account_id) for account_id in batch])


@on_settings_changed
def listen_to_settings(*, organization_id: UUID, **_facts: Any) -> None:
    """Queue the organization for planning: none of its decisions knows the new settings."""
    plan_one_organization.delay(str(organization_id))
