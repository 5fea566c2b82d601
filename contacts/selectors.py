"""Reads about the people of accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contacts.errors import ContactNotFound
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


def contact_of(account: Account, contact_id: UUID) -> Contact:
    """Return one contact of the account.

    Raises:
        ContactNotFound: It has no such contact.
    """
    try:
        return Contact.objects.select_related("account").get(account=account, pk=contact_id)
    except Contact.DoesNotExist:
        raise ContactNotFound from None


def representative_of(account: Account, representative_id: UUID) -> InternalRepresentative:
    """Return one internal representative of the account.

    Raises:
        ContactNotFound: It has no such representative.
    """
    try:
        return InternalRepresentative.objects.select_related("account").get(account=account, pk=representative_id)
    except InternalRepresentative.DoesNotExist:
        raise ContactNotFound from None
