"""Celery's entry points: ids in, one call each. Safe to run twice, late, or in parallel with themselves."""

from __future__ import annotations

import logging
from uuid import UUID

from celery import shared_task

from accounts.models import Account
from billabex.agent.cycle import plan_accounts, plan_due
from billabex.agent.sending import due_messages, send_communication
from billabex.core import clock
from billabex.organizations.models import Organization
from communications.services import settle_doubtful

logger = logging.getLogger(__name__)

MINUTE, HOUR = 60, 3600
"""Seconds after which a queued job is dropped: by then the schedule has queued it again."""


@shared_task
def replan(account_ids: list[str]) -> None:
    """Plan accounts because something happened to them; those that are gone meanwhile are nothing."""
    ids = [UUID(account_id) for account_id in account_ids]
    for organization in Organization.objects.filter(accounts__in=ids).distinct().order_by("pk"):
        theirs = Account.objects.for_organization(organization).filter(pk__in=ids).order_by("pk")
        plan_accounts(organization, list(theirs.values_list("pk", flat=True)), now=clock.now())


@shared_task
def plan() -> None:
    """Queue every organization for planning: hourly, so that each is planned at the start of its day."""
    for organization_id in Organization.objects.order_by("pk").values_list("pk", flat=True):
        plan_one_organization.apply_async((str(organization_id),), expires=HOUR)


@shared_task
def plan_one_organization(organization_id: str) -> None:
    """Plan the accounts of one organization that the day asks for; its failure is its own."""
    organization = Organization.objects.filter(pk=UUID(organization_id)).first()
    if organization is not None:
        plan_due(organization, now=clock.now())


@shared_task
def send() -> None:
    """Queue the messages whose instant has come, and mark those that hang: every minute.

    What no worker has taken up within the minute is dropped, as the next minute queues it again: the queue never grows
    beyond what is due.
    """
    now = clock.now()
    settle_doubtful(now=now)
    for communication_id in due_messages(now=now):
        send_one.apply_async((str(communication_id),), expires=MINUTE)


@shared_task
def send_one(communication_id: str) -> None:
    """Send one message, if it is still right to; its failure is its own."""
    try:
        send_communication(UUID(communication_id), now=clock.now())
    except Exception:  # the edge: one message that cannot be written never stops the others
        logger.exception("Message %s could not be sent", communication_id)
