"""Reads about the people of accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contacts.kinds import CONTACTS, REPRESENTATIVES, Kind
from contacts.models import Contact, InternalRepresentative

if TYPE_CHECKING:
    from uuid import UUID

    from accounts.models import Account


def people_of[Row: (Contact, InternalRepresentative)](kind: Kind[Row], account: Account) -> list[Row]:
    """Return the account's people of a kind: the primary first, then the oldest. One query."""
    return list(kind.model.objects.filter(account=account).in_order())


def contacts_of(account: Account) -> list[Contact]:
    """Return the account's contacts; see `people_of`."""
    return people_of(CONTACTS, account)


def representatives_of(account: Account) -> list[InternalRepresentative]:
    """Return the account's internal representatives; see `people_of`."""
    return people_of(REPRESENTATIVES, account)


def person_of[Row: (Contact, InternalRepresentative)](kind: Kind[Row], account: Account, person_id: UUID) -> Row:
    """Return one person of the account.

    Raises:
        ContactNotFound, RepresentativeNotFound: It has none of that id and kind.
    """
    person = kind.model.objects.filter(account=account, pk=person_id).select_related("account").first()
    if person is None:
        raise kind.missing
    return person
