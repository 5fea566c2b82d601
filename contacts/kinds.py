"""The two kinds of people an account has, and what tells them apart in what is written and refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from contacts.errors import ContactNotFound, EmailTaken, RepresentativeEmailTaken, RepresentativeNotFound
from contacts.models import Contact, InternalRepresentative

if TYPE_CHECKING:
    from billabex.core.errors import NotFound, RuleViolation


@dataclass(frozen=True, slots=True)
class Kind[Row: (Contact, InternalRepresentative)]:
    """A kind of people.

    Attributes:
        model: Where they are kept.
        word: What the audit log calls them: "contact.added".
        missing: There is none of that id.
        taken: Another of them has that address.
    """

    model: type[Row]
    word: str
    missing: type[NotFound]
    taken: type[RuleViolation]


CONTACTS = Kind(Contact, "contact", ContactNotFound, EmailTaken)
REPRESENTATIVES = Kind(InternalRepresentative, "representative", RepresentativeNotFound, RepresentativeEmailTaken)


def kind_of(person: Contact | InternalRepresentative) -> Kind[Any]:
    """Return the kind that a person is of."""
    return CONTACTS if isinstance(person, Contact) else REPRESENTATIVES
