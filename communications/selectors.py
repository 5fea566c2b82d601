"""Reads about communications."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, OuterRef, Q, Subquery

from accounts.models import Account
from billabex.organizations.rules import is_sending_hour
from communications.enums import Status
from communications.errors import CommunicationNotFound
from communications.models import Communication

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from uuid import UUID

    from accounts.models import AccountQuerySet
    from billabex.organizations.models import Organization
    from communications.models import CommunicationQuerySet


def due_communications(now: datetime, organization: Organization | None = None) -> Iterator[UUID]:
    """Return the ids of the messages whose instant has come, the oldest first, where sending hours are open now."""
    due = Communication.objects.due(now).select_related("organization").order_by("scheduled_for", "id")
    if organization is not None:
        due = due.for_organization(organization)
    for message in due.only(
        "id", "organization__time_zone", "organization__sends_from", "organization__sends_until"
    ).iterator():
        if is_sending_hour(message.organization, now):
            yield message.pk


def thread_list(organization: Organization) -> AccountQuerySet:
    """Return the accounts with messages, those written to or planned last first.

    Annotates `message_count`, `last_subject`, `last_kind`, `last_step`, `last_status` and `last_at`.
    """
    last = Communication.objects.filter(account=OuterRef("pk")).exclude(status=Status.CANCELLED)
    last = last.order_by("-scheduled_for", "-id")
    return (
        Account.objects.for_organization(organization)
        .annotate(
            message_count=Count("communications", filter=~Q(communications__status=Status.CANCELLED)),
            last_subject=Subquery(last.values("subject")[:1]),
            last_kind=Subquery(last.values("kind")[:1]),
            last_step=Subquery(last.values("step")[:1]),
            last_status=Subquery(last.values("status")[:1]),
            last_at=Subquery(last.values("scheduled_for")[:1]),
        )
        .filter(message_count__gt=0)
        .order_by("-last_at", "id")
    )


def thread_of(account: Account) -> CommunicationQuerySet:
    """Return the account's messages with recipients and named invoices, planned and newest first."""
    return (
        Communication.objects.filter(account=account)
        .select_related("organization", "account")
        .prefetch_related("recipients", "named_invoices")
        .order_by("-scheduled_for", "-id")
    )


def communication_page(organization: Organization, communication_id: UUID) -> Communication:
    """Return one message with its account, recipients and named invoices.

    Raises:
        CommunicationNotFound: No such message in this organization.
    """
    try:
        return (
            Communication.objects.for_organization(organization)
            .select_related("account", "organization")
            .prefetch_related("recipients", "named_invoices")
            .get(pk=communication_id)
        )
    except Communication.DoesNotExist:
        raise CommunicationNotFound from None
