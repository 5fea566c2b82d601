"""The two kinds of people as the API names them; the views are the same for both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from billabex.api.resources.people.serializers import (
    ContactChanges,
    ContactIn,
    ContactOut,
    PersonChanges,
    PersonIn,
    PersonOut,
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
        answers: Somebody as they are.
    """

    kind: kinds.Kind[Any]
    one: str
    many: str
    takes: type[Body]
    changes: type[Body]
    answers: type[PersonOut]


CONTACTS = People(kinds.CONTACTS, "a contact", "contacts", ContactIn, ContactChanges, ContactOut)
REPRESENTATIVES = People(
    kinds.REPRESENTATIVES, "an internal representative", "internal representatives", PersonIn, PersonChanges, PersonOut
)
