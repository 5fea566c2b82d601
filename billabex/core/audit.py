"""The audit log: one row for each change of money, people, pauses, settings, members and tokens."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from billabex.core.models import AuditEntry

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.db import models

    from billabex.core.actors import Actor

BATCH = 2_000  # far fewer parameters than a statement may have, on either database


def record(
    actor: Actor,
    action: str,
    subject: models.Model,
    *,
    organization_id: UUID | None,
    account_id: UUID | None = None,
    changes: Mapping[str, Any] | None = None,
) -> None:
    """Write one audit entry, inside the caller's transaction.

    Args:
        actor: Who did it.
        action: What was done, in the past tense: "account.created", "invoice.paid-amount-changed".
        subject: The row it was done to; only its type, key and name are kept.
        organization_id: The tenant.
        account_id: The account it belongs to, where there is one.
        changes: New values, or `{"from": …, "to": …}`, by field name.
    """
    entry(actor, action, subject, organization_id=organization_id, account_id=account_id, changes=changes).save()


def record_many(entries: Iterable[AuditEntry]) -> None:
    """Write entries that `entry` has made, inside the caller's transaction; a statement for each two thousand."""
    AuditEntry.objects.bulk_create(entries, batch_size=BATCH)


def entry(
    actor: Actor,
    action: str,
    subject: models.Model,
    *,
    organization_id: UUID | None,
    account_id: UUID | None = None,
    changes: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Return the entry that `record` writes, unsaved: for `record_many`."""
    return AuditEntry(
        organization_id=organization_id,
        account_id=account_id,
        actor_kind=actor.kind,
        actor_id=actor.user_id,
        actor_label=actor.label[:300],
        action=action,
        object_type=subject._meta.label_lower,  # noqa: SLF001 - Django's documented model API
        object_id=subject.pk,
        object_label=str(subject)[:300],
        changes={key: _plain(value) for key, value in (changes or {}).items()},
    )


def _plain(value: Any) -> Any:
    """Return the value as JSON can carry it, exactly."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value
