"""Writes about people. Each locks the account first, audits, and announces."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction

from accounts.services import lock_account
from billabex.core import audit, events
from contacts.enums import EmailStatus
from contacts.errors import EmailTaken
from contacts.models import Contact, InternalRepresentative

if TYPE_CHECKING:
    from accounts.models import Account
    from billabex.core.actors import Actor


@transaction.atomic
def add_contact(*, account: Account, full_name: str, language: str, actor: Actor, **details: Any) -> Contact:
    """Add a contact; a primary one takes the flag from whoever had it.

    Args:
        account: Where they work.
        full_name: Their name; the part before the @ of their address when nothing better is known.
        language: ISO 639-1, one of the seven.
        actor: Who adds them.
        **details: email, role, notes, is_primary, do_not_contact, copy_only.

    Raises:
        EmailTaken: The account has a contact with that address.
    """
    return _add(Contact, account, actor, "contact", full_name=full_name, language=language, **details)


@transaction.atomic
def add_representative(
    *, account: Account, full_name: str, language: str, actor: Actor, **details: Any
) -> InternalRepresentative:
    """Add an internal representative; as `add_contact`."""
    return _add(
        InternalRepresentative, account, actor, "representative", full_name=full_name, language=language, **details
    )


@transaction.atomic
def update_contact(*, contact: Contact, actor: Actor, **details: Any) -> Contact:
    """Change the given fields of a contact; a changed address is Valid again (product.md 5).

    Raises:
        EmailTaken: Another contact of the account has that address.
    """
    lock_account(contact.account_id)
    changes = {field: value for field, value in details.items() if getattr(contact, field) != value}
    if not changes:
        return contact
    before = {field: getattr(contact, field) for field in changes}
    if "email" in changes:
        changes["email_status"] = EmailStatus.VALID
    if changes.get("is_primary"):
        _clear_primary(Contact, contact.account)
    for field, value in changes.items():
        setattr(contact, field, value)
    try:
        with transaction.atomic():
            contact.save(update_fields=[*changes, "updated_at"])
    except IntegrityError as error:
        raise EmailTaken from error
    _audit(
        contact, actor, "contact.updated", {field: {"from": before[field], "to": changes[field]} for field in before}
    )
    events.announce(contact.account_id, "contact")
    return contact


@transaction.atomic
def delete_contact(*, contact: Contact, actor: Actor) -> None:
    """Delete a contact; messages they received keep their name and address."""
    lock_account(contact.account_id)
    _audit(contact, actor, "contact.deleted", {"full_name": contact.full_name, "email": contact.email})
    contact.delete()
    events.announce(contact.account_id, "contact")


def _add[Row: (Contact, InternalRepresentative)](
    kind: type[Row], account: Account, actor: Actor, word: str, **details: Any
) -> Row:
    lock_account(account.pk)
    if details.get("is_primary"):
        _clear_primary(kind, account)
    try:
        with transaction.atomic():
            person = kind.objects.create(account=account, **details)
    except IntegrityError as error:
        raise EmailTaken from error
    _audit(person, actor, f"{word}.added", {key: value for key, value in details.items() if value})
    events.announce(account.pk, "contact")
    return person


def _clear_primary(kind: type[Contact | InternalRepresentative], account: Account) -> None:
    kind.objects.filter(account=account, is_primary=True).update(is_primary=False)


def _audit(person: Contact | InternalRepresentative, actor: Actor, action: str, changes: dict[str, Any]) -> None:
    account = person.account
    audit.record(actor, action, person, organization_id=account.organization_id, account_id=account.pk, changes=changes)
