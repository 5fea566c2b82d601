"""The two kinds of people as the API names them; the views are the same for both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from billabex.api.resources.people.serializers import (
    ContactChanges,
    ContactIn,
    PersonChanges,
    PersonIn,
)
from contacts import kinds

if TYPE_CHECKING:
    from billabex.api.serializers import Body


@dataclass(frozen=True, slots=True)
class People:
    """A kind of people.

    Attributes:
        kind: Where they are kept, and what is refused in their name.
        one: What the documentation calls one of them.
        many: What it calls all of them.
        takes: Somebody new, in full.
        changes: What changes of somebody.
    """

    kind: kinds.Kind[Any]
    one: str
    many: str
    takes: type[Body]
    changes: type[Body]


CONTACTS = People(kinds.CONTACTS, "a contact", "contacts", ContactIn, ContactChanges)
REPRESENTATIVES = People(
    kinds.REPRESENTATIVES, "an internal representative", "internal representatives", PersonIn, PersonChanges
)
