"""Who is written to. Source: agent.md 4; product.md 5."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from contacts.enums import EmailStatus

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class Person:
    """A contact as the agent sees it.

    Attributes:
        is_usable: Their email is Valid and nobody asked not to contact them.
        is_copy_only: They are only ever written to in copy.
    """

    id: UUID
    name: str
    email: str
    language: str
    is_primary: bool
    is_usable: bool
    is_copy_only: bool


def is_usable(email: str, status: str, *, do_not_contact: bool) -> bool:
    """Tell whether the agent may write to a contact at all, be it in copy. Source: agent.md 4."""
    return bool(email) and status == EmailStatus.VALID and not do_not_contact


@dataclass(frozen=True, slots=True)
class Recipients:
    """Who a message goes to, and who reads along."""

    to: Person
    cc: tuple[Person, ...] = ()


def recipients(people: Sequence[Person], *, copies: bool) -> Recipients | None:
    """Choose who is written to.

    Args:
        people: The account's contacts, the oldest first.
        copies: Whether the other usable contacts are copied (from the third unanswered follow-up, or firm).

    Returns:
        To: the primary contact when usable, else the oldest usable one. "Copy only" contacts are only ever in copy.
        None when nobody can be written to.
    """
    usable = [person for person in people if person.is_usable]
    addressable = [person for person in usable if not person.is_copy_only]
    if not addressable:
        return None
    to = next((person for person in addressable if person.is_primary), addressable[0])
    others = tuple(person for person in usable if person is not to and (copies or person.is_copy_only))
    return Recipients(to, others)
