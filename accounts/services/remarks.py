"""What people attach to accounts for colleagues: notes and tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import Value
from django.db.models.functions import Lower

from accounts.models import Account, Note, Tag
from accounts.services.base import audit_account, lock_account

if TYPE_CHECKING:
    from collections.abc import Iterable
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


@transaction.atomic
def set_tags(*, account: Account, names: Iterable[str], actor: Actor) -> None:
    """Have these tags stand on the account, and no others; each is found by its name as `add_tag` finds it."""
    # In one order, and before the account is locked: so that two writers never wait for each other.
    in_order = sorted({name.strip(): None for name in names}, key=str.casefold)
    found = [known_tag(account.organization_id, name) for name in in_order]
    wanted = {tag.pk: tag for tag in found}
    account = lock_account(account.pk)
    standing = {tag.pk: tag for tag in account.tags.all()}
    account.tags.set(wanted.values())
    for action, changed in (("added", wanted.keys() - standing), ("removed", standing.keys() - wanted)):
        for tag_id in sorted(changed):
            audit_account(account, actor, f"account.tag-{action}", {"tag": (wanted | standing)[tag_id].name})


def known_tag(organization_id: UUID, name: str) -> Tag:
    """Return the organization's tag of that name, made if need be: insert, and take the other's when one was faster."""
    try:
        with transaction.atomic():
            return Tag.objects.create(organization_id=organization_id, name=name)
    except IntegrityError:
        # In small letters, as the index is: in capitals, other letters are the same (ſ and s).
        same = Tag.objects.alias(key=Lower("name")).filter(key=Lower(Value(name)))
        return same.get(organization_id=organization_id)
