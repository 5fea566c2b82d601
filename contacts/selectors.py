"""Reads about the people of accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contacts.kinds import CONTACTS, REPRESENTATIVES, Kind
from contacts.models import Contact, InternalRepresentative

if TYPE_CHECKING:
    from uuid import UUID

    from accounts.models import Account


def contacts_of(account: Account) -> list[Contact]:
    """Return the account's contacts: the primary first, then the oldest. One query."""
    return list(Contact.objects.filter(account=account).in_order())


def representatives_of(account: Account) -> list[InternalRepresentative]:
    """Return the account's internal representatives: the primary first, then the oldest. One query."""
    return list(InternalRepresentative.objects.filter(account=account).in_order())


def person_of[Row: (Contact, InternalRepresentative)](kind: Kind[Row], account: Account, person_id: UUID) -> Row:
    """Return one person of the account.

    Raises:
        ContactNotFound, RepresentativeNotFound: It has none of that id and kind.
    """
    person = kind.model.objects.filter(account=account, pk=person_id).select_related("account").first()
    if person is None:
        raise kind.missing
    return person


def contact_of(account: Account, contact_id: UUID) -> Contact:
    """Return one contact of the account; see `person_of`."""
    return person_of(CONTACTS, account, contact_id)


def representative_of(account: Account, representative_id: UUID) -> InternalRepresentative:
    """Return one internal representative for the account; see `person_of`."""
    return person_of(REPRESENTATIVES, account, representative_id)
