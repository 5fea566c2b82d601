"""Writes about people. Each locks the account first, audits, and announces."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, transaction

from accounts.services import lock_account, note_change
from billabex.core import audit
from contacts.enums import EmailStatus
from contacts.errors import ContactNotFound, EmailTaken
from contacts.models import Contact, InternalRepresentative

if TYPE_CHECKING:
    from collections.abc import Iterator

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

    Args:
        contact: Who changes.
        actor: Who changes them.
        **details: As of `add_contact`; and email_status, where a person vouches for an address that had bounced.

    Raises:
        ContactNotFound: It is gone.
        EmailTaken: Another contact of the account has that address.
    """
    return _update(contact, actor, "contact", details)


@transaction.atomic
def update_representative(
    *, representative: InternalRepresentative, actor: Actor, **details: Any
) -> InternalRepresentative:
    """Change the given fields of an internal representative; as `update_contact`."""
    return _update(representative, actor, "representative", details)


@transaction.atomic
def delete_contact(*, contact: Contact, actor: Actor) -> None:
    """Delete a contact; messages they received keep their name and address.

    Raises:
        ContactNotFound: It is gone.
    """
    _delete(contact, actor, "contact")


@transaction.atomic
def delete_representative(*, representative: InternalRepresentative, actor: Actor) -> None:
    """Delete an internal representative; as `delete_contact`."""
    _delete(representative, actor, "representative")


def _add[Row: (Contact, InternalRepresentative)](
    kind: type[Row], account: Account, actor: Actor, word: str, **details: Any
) -> Row:
    lock_account(account.pk)
    if details.get("is_primary"):
        _clear_primary(kind, account)
    with _refusing_taken_email():
        person = kind.objects.create(account=account, **details)
    _audit(person, actor, f"{word}.added", {key: value for key, value in details.items() if value})
    note_change(account.pk, "contact")
    return person


def _update[Row: (Contact, InternalRepresentative)](
    person: Row, actor: Actor, word: str, details: dict[str, Any]
) -> Row:
    _lock(person)
    changes: dict[str, Any] = {field: value for field, value in details.items() if getattr(person, field) != value}
    if not changes:
        return person
    before = {field: getattr(person, field) for field in changes}
    if "email" in changes:
        changes["email_status"] = EmailStatus.VALID
    if changes.get("is_primary"):
        _clear_primary(type(person), person.account)
    for field, value in changes.items():
        setattr(person, field, value)
    with _refusing_taken_email():
        person.save(update_fields=[*changes, "updated_at"])
    moved = {field: {"from": before[field], "to": changes[field]} for field in before}
    _audit(person, actor, f"{word}.updated", moved)
    note_change(person.account_id, "contact")
    return person


def _delete(person: Contact | InternalRepresentative, actor: Actor, word: str) -> None:
    _lock(person)
    _audit(person, actor, f"{word}.deleted", {"full_name": person.full_name, "email": person.email})
    person.delete()
    note_change(person.account_id, "contact")


def _lock(person: Contact | InternalRepresentative) -> None:
    """Lock the account, then read the person again: what was seen before the lock may have changed since."""
    lock_account(person.account_id)
    try:
        person.refresh_from_db()
    except ObjectDoesNotExist:
        raise ContactNotFound from None


@contextmanager
def _refusing_taken_email() -> Iterator[None]:
    """Name the refusal of the index on addresses; any other constraint that breaks here is a bug and stays one."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if "_email" not in str(error):
            raise
        raise EmailTaken from error


def _clear_primary(kind: type[Contact | InternalRepresentative], account: Account) -> None:
    kind.objects.filter(account=account, is_primary=True).update(is_primary=False)


def _audit(person: Contact | InternalRepresentative, actor: Actor, action: str, changes: dict[str, Any]) -> None:
    account = person.account
    audit.record(actor, action, person, organization_id=account.organization_id, account_id=account.pk, changes=changes)
