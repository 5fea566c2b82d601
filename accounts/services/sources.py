"""Linking accounts to their records in external systems. See docs/decisions/018."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from accounts.errors import OtherSource, SourceNotFound, SourceTaken
from accounts.models import Source
from accounts.services.base import audit_account, lock_account, note_change

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from accounts.models import Account
    from billabex.core.actors import Actor


@transaction.atomic
def link_source(
    *,
    account: Account,
    external_id: str,
    actor: Actor,
    connection_id: UUID | None = None,
    record_changed_at: datetime | None = None,
) -> Source:
    """Link the account to a record; to the one that it is linked to already, only `record_changed_at` changes.

    Args:
        account: Which has at most one source.
        external_id: The record's id over there, case-sensitive; unique in the organization.
        actor: Who links it.
        connection_id: What the client calls its connection.
        record_changed_at: When the record last changed over there; what is known stays where it is not given.

    Raises:
        OtherSource: The account is linked to another record.
        SourceTaken: Another account is linked to this one.
    """
    account = lock_account(account.pk)
    standing = Source.objects.filter(account=account).first()
    if standing is not None:
        if (standing.connection_id, standing.external_id) != (connection_id, external_id):
            raise OtherSource
        return _changed_over_there(standing, record_changed_at)
    try:
        with transaction.atomic():
            source = Source.objects.create(
                organization_id=account.organization_id,
                account=account,
                connection_id=connection_id,
                external_id=external_id,
                record_changed_at=record_changed_at,
            )
    except IntegrityError as error:
        raise SourceTaken from error
    audit_account(account, actor, "account.source-linked", {"external_id": external_id})
    note_change(account.pk, "account")
    return source


def _changed_over_there(source: Source, changed_at: datetime | None) -> Source:
    """Note when the record changed. A synchronisation says so at every turn: that is no news about the account."""
    if changed_at is not None and changed_at != source.record_changed_at:
        source.record_changed_at = changed_at
        source.save(update_fields=["record_changed_at", "updated_at"])
    return source


@transaction.atomic
def unlink_source(*, account: Account, actor: Actor) -> None:
    """Take the account's link to its record away; the record itself is not ours to touch.

    Raises:
        SourceNotFound: It has none.
    """
    account = lock_account(account.pk)
    source = Source.objects.filter(account=account).first()
    if source is None:
        raise SourceNotFound
    source.delete()
    audit_account(account, actor, "account.source-unlinked", {"external_id": source.external_id})
    note_change(account.pk, "account")
