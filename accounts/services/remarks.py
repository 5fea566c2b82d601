"""What people attach to accounts for colleagues: notes and tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from accounts.models import Account, Note, Tag
from accounts.services.base import audit_account, lock_account

if TYPE_CHECKING:
    from uuid import UUID

    from billabex.core.actors import Actor


@transaction.atomic
def add_note(*, account: Account, text: str, actor: Actor) -> Note:
    """Leave a note on the account for colleagues."""
    note = Note.objects.create(account=account, author_id=actor.user_id, text=text)
    audit_account(account, actor, "account.note-added", {})
    return note


@transaction.atomic
def add_tag(*, account: Account, name: str, actor: Actor) -> Tag:
    """Put a tag on the account. One of that name, whatever its case, is used again; the first spelling stays."""
    # Before the account is locked, as in `tag_accounts`: the other way round, each might wait for the other.
    tag = known_tag(account.organization_id, name.strip())
    account = lock_account(account.pk)
    if not account.tags.filter(pk=tag.pk).exists():
        account.tags.add(tag)
        audit_account(account, actor, "account.tag-added", {"tag": tag.name})
    return tag


@transaction.atomic
def remove_tag(*, account: Account, tag_id: UUID, actor: Actor) -> None:
    """Take a tag off the account. It stays known to the organization."""
    account = lock_account(account.pk)
    tag = account.tags.filter(pk=tag_id).first()
    if tag is None:
        return
    account.tags.remove(tag)
    audit_account(account, actor, "account.tag-removed", {"tag": tag.name})


def known_tag(organization_id: UUID, name: str) -> Tag:
    """Return the organization's tag of that name, made if need be: insert, and take the other's when one was faster."""
    try:
        with transaction.atomic():
            return Tag.objects.create(organization_id=organization_id, name=name)
    except IntegrityError:
        return Tag.objects.get(organization_id=organization_id, name__iexact=name)
