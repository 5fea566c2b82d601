"""Writes about one person. Each locks the account first, audits, and announces.

Contacts and internal representatives are written alike: what is said of a person here holds for both kinds.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, transaction

from accounts.services import lock_account, note_change
from billabex.core import audit, clock
from contacts.enums import EmailStatus
from contacts.kinds import CONTACTS, REPRESENTATIVES, Kind, kind_of
from contacts.models import Contact, InternalRepresentative

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accounts.models import Account
    from billabex.core.actors import Actor


@transaction.atomic
def add_person[Row: (Contact, InternalRepresentative)](
    kind: Kind[Row], *, account: Account, full_name: str, language: str, actor: Actor, **details: Any
) -> Row:
    """Add somebody to an account; a primary one takes the flag from whoever had it.

    Args:
        kind: `CONTACTS` or `REPRESENTATIVES`.
        account: Where they work, or which they look after.
        full_name: Their name; the part before the @ of their address when nothing better is known.
        language: ISO 639-1, also one that messages are not written in.
        actor: Who adds them.
        **details: email, role, notes, is_primary; and do_not_contact, copy_only of a contact.

    Raises:
        EmailTaken, RepresentativeEmailTaken: The account has one of their kind with that address.
    """
    lock_account(account.pk)
    details |= {"full_name": full_name, "language": language}
    if details.get("is_primary"):
        _clear_primary(kind, account)
    with _refusing_taken_email(kind):
        person = kind.model.objects.create(account=account, **details)
    _audit(person, actor, "added", {key: value for key, value in details.items() if value})
    note_change(account.pk, "contact")
    return person


@transaction.atomic
def update_person[Row: (Contact, InternalRepresentative)](person: Row, *, actor: Actor, **details: Any) -> Row:
    """Change the given fields of a person; a changed address is Valid again (product.md 5), one in other case is not.

    Args:
        person: Who changes.
        actor: Who changes them.
        **details: As of `add_person`; and email_status, where a member vouches for an address that had bounced.

    Raises:
        ContactNotFound, RepresentativeNotFound: They are gone.
        EmailTaken, RepresentativeEmailTaken: Another one of the account has that address.
    """
    _lock(person)
    changes: dict[str, Any] = {field: value for field, value in details.items() if getattr(person, field) != value}
    if not changes:
        return person
    before = {field: getattr(person, field) for field in changes}
    if changes.get("email", person.email).lower() != person.email.lower():
        changes["email_status"] = EmailStatus.VALID
    kind = kind_of(person)
    if changes.get("is_primary"):
        _clear_primary(kind, person.account)
    for field, value in changes.items():
        setattr(person, field, value)
    with _refusing_taken_email(kind):
        person.save(update_fields=[*changes, "updated_at"])
    _audit(person, actor, "updated", {field: {"from": before[field], "to": changes[field]} for field in before})
    note_change(person.account_id, "contact")
    return person


@transaction.atomic
def delete_person(person: Contact | InternalRepresentative, *, actor: Actor) -> None:
    """Delete a person; messages they received keep their name and address.

    Raises:
        ContactNotFound, RepresentativeNotFound: They are gone.
    """
    _lock(person)
    _audit(person, actor, "deleted", {"full_name": person.full_name, "email": person.email})
    person.delete()
    note_change(person.account_id, "contact")


def add_contact(*, account: Account, full_name: str, language: str, actor: Actor, **details: Any) -> Contact:
    """Add a contact; see `add_person`."""
    return add_person(CONTACTS, account=account, full_name=full_name, language=language, actor=actor, **details)


def add_representative(
    *, account: Account, full_name: str, language: str, actor: Actor, **details: Any
) -> InternalRepresentative:
    """Add an internal representative; see `add_person`."""
    return add_person(REPRESENTATIVES, account=account, full_name=full_name, language=language, actor=actor, **details)


def update_contact(*, contact: Contact, actor: Actor, **details: Any) -> Contact:
    """Change the given fields of a contact; see `update_person`."""
    return update_person(contact, actor=actor, **details)


def delete_contact(*, contact: Contact, actor: Actor) -> None:
    """Delete a contact; see `delete_person`."""
    delete_person(contact, actor=actor)


def _lock(person: Contact | InternalRepresentative) -> None:
    """Lock the account, then read the person again: what was seen before the lock may have changed since."""
    account = lock_account(person.account_id)
    try:
        person.refresh_from_db()
    except ObjectDoesNotExist:
        raise kind_of(person).missing from None
    person.account = account


@contextmanager
def _refusing_taken_email(kind: Kind[Any]) -> Iterator[None]:
    """Name the refusal of the index on addresses; any other constraint that breaks here is a bug and stays one."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        refusal = str(error).partition("\n")[0]  # without the row, in which people may have written anything
        if not re.search(r"_email\b", refusal):
            raise
        raise kind.taken from error


def _clear_primary(kind: Kind[Any], account: Account) -> None:
    kind.model.objects.filter(account=account, is_primary=True).update(is_primary=False, updated_at=clock.now())


def _audit(person: Contact | InternalRepresentative, actor: Actor, what: str, changes: dict[str, Any]) -> None:
    account, action = person.account, f"{kind_of(person).word}.{what}"
    audit.record(actor, action, person, organization_id=account.organization_id, account_id=account.pk, changes=changes)
